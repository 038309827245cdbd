/** Which screen is meant by the address: the part after `#`, as `#/lesson/mel`. Nothing of a photo is ever in it. */

export const SCREENS = [
  'check',
  'history',
  'lesson',
  'settings',
  'model',
  'privacy',
  'batch',
  'camera',
  'report',
] as const;
export type ScreenName = (typeof SCREENS)[number];

export interface Route {
  screen: ScreenName;
  /** What follows the screen's name: a class, an entry; empty where nothing does. */
  rest: string[];
}

const HOME: Route = { screen: 'check', rest: [] };

/** `#/` is the first screen; so is whatever names none. */
export function parseRoute(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decode);
  const screen = SCREENS.find((candidate) => candidate === name);
  return screen ? { screen, rest: rest.filter((part) => part !== '') } : HOME;
}

/** The address of a screen, for links. */
export function href(screen: ScreenName, ...rest: string[]): string {
  return `#/${screen === 'check' ? '' : [screen, ...rest.map(encodeURIComponent)].join('/')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function go(screen: ScreenName, ...rest: string[]): void {
  location.hash = href(screen, ...rest);
}

export function watchRoute(onRoute: (route: Route) => void): void {
  window.addEventListener('hashchange', () => onRoute(parseRoute(location.hash)));
}
