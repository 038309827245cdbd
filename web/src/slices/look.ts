/** The photo under the glass and its answer. */
import type { Failure } from '../shared/fault';
import type { Answer, PriorName } from '../shared/messages';

export type Job =
  | { phase: 'idle' }
  | { phase: 'working' }
  | { phase: 'done'; answer: Answer }
  | { phase: 'failed'; failure: Failure };

export interface Photo {
  /** A blob: address, let go when the next photo comes. */
  url: string;
  file: Blob;
  name: string;
  /** One of our drawings. */
  sample: boolean;
  /** The browser cannot show it; the engine may still read it. */
  unseen: boolean;
}

export interface LookSlice {
  photo: Photo | null;
  job: Job;
  /** What was handed over and is no photo; shown by the picker. */
  refused: Failure | null;
  /** The prior of the answer shown; null is the engine's default. */
  prior: PriorName | null;
  /** Something is being dragged over the page. */
  dragging: boolean;
}

export const LOOK: LookSlice = { photo: null, job: { phase: 'idle' }, refused: null, prior: null, dragging: false };
