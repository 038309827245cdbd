/** What surrounds the screens: which one is shown, offline state, updates. */
import { parseRoute, type Route } from '../route';

/** How far the app shell is kept for use without a network. */
export type Offline = 'unknown' | 'ready' | 'failed';

/** A newer app: `waiting` here, or already `taken` over by another tab; or this one was `withdrawn` by the host. */
export type Update = 'none' | 'waiting' | 'taken' | 'withdrawn';

/** `offered`: the browser can ask; `by-hand`: the person has to (iOS). */
export type Install = 'unknown' | 'offered' | 'by-hand' | 'installed';

export interface UpdateBarState {
  update: Update;
  /** The person has put it off. */
  updateLater: boolean;
  /** What is on the screen could not be handed to the newer version. */
  updateBlocked: boolean;
}

export interface ShellSlice extends UpdateBarState {
  route: Route;
  offline: Offline;
  install: Install;
  /** A file that waits for a tap to be handed over. */
  readyFile: File | null;
}

export const SHELL: ShellSlice = {
  route: parseRoute(location.hash),
  offline: 'unknown',
  update: 'none',
  updateLater: false,
  updateBlocked: false,
  install: 'unknown',
  readyFile: null,
};
