/** The app without a network, and newer versions of it. */
import type { Offline, Update } from './registration';

export interface UpdateBarState {
  update: Update;
  /** The person has put it off. */
  updateLater: boolean;
  /** What is on the screen could not be handed to the newer version. */
  updateBlocked: boolean;
}

export interface OfflineSlice extends UpdateBarState {
  offline: Offline;
}

export const OFFLINE: OfflineSlice = { offline: 'unknown', update: 'none', updateLater: false, updateBlocked: false };
