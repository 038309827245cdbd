/** Newer models: what the site has, and what is under way. */
import type { Look } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';

export type ModelUpdate =
  | { phase: 'idle' }
  | { phase: 'looking' }
  /** `total` is 0 until bytes are on their way; all received: it is being tried. */
  | { phase: 'fetching'; received: number; total: number }
  | { phase: 'failed'; failure: Failure };

export interface ModelSlice {
  /** What the last look into the catalogue found, in this page's life; null before there was one. */
  look: Look | null;
  modelUpdate: ModelUpdate;
}

export const MODEL: ModelSlice = { look: null, modelUpdate: { phase: 'idle' } };
