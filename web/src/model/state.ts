/** Newer models: what the site has, and what is under way. */
import type { Described, Look, ModelFile } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';

export type ModelUpdate =
  | { phase: 'idle' }
  | { phase: 'looking' }
  /** `total` is 0 until bytes are on their way; all received: it is being tried. */
  | { phase: 'fetching'; received: number; total: number }
  | { phase: 'failed'; failure: Failure };

/** A model file of the person's own, and how far it has come; null where none was opened. */
export type Opened =
  | { phase: 'checking' | 'kept'; name: string }
  /** What it does not say is asked; `failure`: of the last try to keep it. */
  | { phase: 'asking' | 'keeping'; file: ModelFile; model: Described; failure: Failure | null }
  | { phase: 'failed'; failure: Failure }
  | null;

export interface ModelSlice {
  opened: Opened;
  /** What the last look into the catalogue found, in this page's life; null before there was one. */
  look: Look | null;
  modelUpdate: ModelUpdate;
}

export const MODEL: ModelSlice = { opened: null, look: null, modelUpdate: { phase: 'idle' } };
