/** All the page shows, as one value. Parts draw it; only actions.ts changes it. */
import type { Failure } from './shared/fault';
import type { Answer, Kernels, ModelInfo, PriorName } from './shared/messages';

export type EngineState =
  /** `total` is 0 until bytes of a model are on their way. */
  | { phase: 'loading'; received: number; total: number }
  | { phase: 'ready'; kernels: Kernels }
  | { phase: 'failed'; failure: Failure };

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

/** What became of the last look into the catalogue; null where there is nothing to tell. */
export type ModelNews = { kind: 'renewed'; version: string } | { kind: 'failed'; failure: Failure } | null;

/** How far the app shell is kept for use without a network. */
export type Offline = 'unknown' | 'ready' | 'failed';

/** A newer app: `waiting` here, or already `taken` over by another tab. */
export type Update = 'none' | 'waiting' | 'taken';

export interface State {
  engine: EngineState;
  model: ModelInfo | null;
  modelNews: ModelNews;
  photo: Photo | null;
  job: Job;
  /** What was handed over and is no photo; shown by the picker. */
  refused: Failure | null;
  /** The prior of the answer shown; null is the engine's default. */
  prior: PriorName | null;
  /** Something is being dragged over the page. */
  dragging: boolean;
  offline: Offline;
  update: Update;
}

export const INITIAL: State = {
  engine: { phase: 'loading', received: 0, total: 0 },
  model: null,
  modelNews: null,
  photo: null,
  job: { phase: 'idle' },
  refused: null,
  prior: null,
  dragging: false,
  offline: 'unknown',
  update: 'none',
};
