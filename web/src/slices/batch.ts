/** Many photos at once. */
import type { Failure } from '../shared/fault';
import type { Decision } from '../shared/messages';

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
  /** A blob: address; null where there is none (yet). */
  thumbnail: string | null;
  state: BatchState;
}

export interface BatchSlice {
  batch: BatchRow[];
  batchRunning: boolean;
}

export const BATCH: BatchSlice = { batch: [], batchRunning: false };
