/** Which screen is meant by the address: the part after `#`, as `#/lesson/mel`. Nothing of a photo is ever in it. */

export const SCREENS = [
  'check',
  'history',
  'lesson',
  'settings',
  'model',
  'privacy',
  'batch',
  'evaluate',
  'camera',
  'report',
] as const;
/** `missing`: the address is none of ours. */
export type ScreenName = (typeof SCREENS)[number] | 'missing';

/** How many parts may follow a screen's name; where none is said, none. */
const LONGEST_REST: Partial<Record<ScreenName, number>> = { history: 2, lesson: 1, model: 1, report: 1 };

export interface Route {
  screen: ScreenName;
  /** What follows the screen's name: a class, an entry; empty where nothing does. */
  rest: string[];
}

/** `#/` is the first screen. */
export function parseRoute(hash: string): Route {
  const [name = '', ...parts] = hash.replace(/^#\/?/, '').split('/').map(decode);
  const rest = parts.filter((part) => part !== '');
  const screen = name === '' ? 'check' : SCREENS.find((candidate) => candidate === name);
  const known = screen && rest.length <= (LONGEST_REST[screen] ?? 0) && !rest.includes(null);
  return known ? { screen, rest: rest as string[] } : { screen: 'missing', rest: [] };
}

/** The address of a screen, for links. */
export function href(screen: ScreenName, ...rest: string[]): string {
  return `#/${screen === 'check' ? '' : [screen, ...rest.map(encodeURIComponent)].join('/')}`;
}

/** null: it is not written as addresses are. */
function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

export function go(screen: ScreenName, ...rest: string[]): void {
  location.hash = href(screen, ...rest);
}

export function watchRoute(onRoute: (route: Route) => void): void {
  window.addEventListener('hashchange', () => onRoute(parseRoute(location.hash)));
}
