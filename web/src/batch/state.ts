/** Many photos at once. */

import type { Decision } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';

/** What is kept of an answer: enough for the table and the files, little enough for hundreds. */
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

export interface BatchSlice {
  batch: BatchRow[];
  batchRunning: boolean;
  /** The table as it stands has been saved to a file. */
  batchSaved: boolean;
}

export const BATCH: BatchSlice = { batch: [], batchRunning: false, batchSaved: false };
