/** The history as the page shows it, and what is under way with it. */
import type { Failure } from '../protocol/fault';
import type { HistoryContent } from './entry';
import type { StorageUse } from './storage/storage-use';

/** What is under way with the whole history, as a share 0..1. */
export interface HistoryWork {
  kind: 'export' | 'import' | 'rerun';
  share: number;
}

/** How a work on many photos ended. */
export type HistoryNews =
  | { kind: 'imported'; entries: number }
  /** `damaged`: photos that went out as they are, which is not as they were. */
  | { kind: 'exported'; entries: number; damaged: number }
  /** `failed`: photos that got no answer. */
  | { kind: 'reran'; entries: number; failed: number };

export interface HistorySlice {
  /** null until it has been read. */
  history: HistoryContent | null;
  historyFailure: Failure | null;
  historyWork: HistoryWork | null;
  historyNews: HistoryNews | null;
  storageUse: StorageUse | null;
  /** A photo is being saved. */
  saving: boolean;
  /** Where the answer shown has been saved: by its ticket. */
  savedAs: { ticket: number; lesion: string } | null;
}

export const HISTORY: HistorySlice = {
  history: null,
  historyFailure: null,
  historyWork: null,
  historyNews: null,
  storageUse: null,
  saving: false,
  savedAs: null,
};
