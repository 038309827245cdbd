/** The engine and the model at work. */
import type { Failure } from '../shared/fault';
import type { Kernels, ModelInfo } from '../shared/messages';

export type EngineState =
  /** `total` is 0 until bytes of a model are on their way. */
  | { phase: 'loading'; received: number; total: number }
  | { phase: 'ready'; kernels: Kernels; threads: number }
  | { phase: 'failed'; failure: Failure };

/** What became of the last look into the catalogue; null where there is nothing to tell. */
export type ModelNews = { kind: 'renewed'; version: string } | { kind: 'failed'; failure: Failure } | null;

export interface EngineSlice {
  engine: EngineState;
  model: ModelInfo | null;
  modelNews: ModelNews;
}

export const ENGINE: EngineSlice = {
  engine: { phase: 'loading', received: 0, total: 0 },
  model: null,
  modelNews: null,
};
