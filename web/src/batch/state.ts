/** Many photos at once. */

import type { Decision } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';

/** What remains of an answer: enough for the table and the files, little enough for hundreds. */
export interface BatchAnswer {
  decision: Decision;
  prior: string;
  faults: string[];
  notLesion: boolean;
  /** As in Answer. */
  kind: string | null;
  model: { name: string; version: string };
}

export type BatchState =
  | { phase: 'waiting' }
  | { phase: 'working' }
  | { phase: 'done'; answer: BatchAnswer }
  | { phase: 'failed'; failure: Failure };

export interface BatchRow {
  /** In the order they came. */
  id: number;
  file: File;
  /** Null where there is none (yet). */
  thumbnail: Blob | null;
  state: BatchState;
}

/** What of it is carried along into a newer version of the app. */
export interface CarriedBatch {
  rows: BatchRow[];
  running: boolean;
  /** As `batchDownloaded`. */
  saved: boolean;
}

export interface BatchSlice {
  batch: BatchRow[];
  batchRunning: boolean;
  /** The table as it stands has been saved to a file. */
  batchDownloaded: boolean;
}

export const BATCH: BatchSlice = { batch: [], batchRunning: false, batchDownloaded: false };
