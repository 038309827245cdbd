/** What surrounds the screens: which one is shown, offline state, updates. */
import { parseRoute, type Route } from '../route';

/** How far the app shell is kept for use without a network. */
export type Offline = 'unknown' | 'ready' | 'failed';

/** A newer app: `waiting` here, or already `taken` over by another tab; or this one was `withdrawn` by the host. */
export type Update = 'none' | 'waiting' | 'taken' | 'withdrawn';

/** `offered`: the browser can ask; `by-hand`: the person has to (iOS). */
export type Install = 'unknown' | 'offered' | 'by-hand' | 'installed';

export interface ShellSlice {
  route: Route;
  offline: Offline;
  update: Update;
  install: Install;
}

export const SHELL: ShellSlice = {
  route: parseRoute(location.hash),
  offline: 'unknown',
  update: 'none',
  install: 'unknown',
};
