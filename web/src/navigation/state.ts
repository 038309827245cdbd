/** Which screen is shown. */
import { parseRoute, type Route } from './route';

export interface NavigationSlice {
  route: Route;
}

export const NAVIGATION: NavigationSlice = { route: parseRoute(location.hash) };
