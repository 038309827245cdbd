/** The engine and the model at work. */
import type { Failure } from '../shared/fault';
import type { Kernels, ModelInfo } from '../shared/messages';

export type EngineState =
  /** `total` is 0 until bytes of a model are on their way; `since`: when this began, or the first of them came. */
  | { phase: 'loading'; received: number; total: number; since: number }
  | { phase: 'ready'; kernels: Kernels; threads: number }
  /** How many bytes had come, of how many, and when it failed. */
  | { phase: 'failed'; failure: Failure; received: number; total: number; time: number };

/** What became of the last look into the catalogue; null where there is nothing to tell. */
export type ModelNews = { kind: 'renewed'; version: string } | { kind: 'failed'; failure: Failure } | null;

/** `engine` and `model` are set by services/engine.ts alone, and read by every screen. */
export interface EngineSlice {
  engine: EngineState;
  model: ModelInfo | null;
  modelNews: ModelNews;
}

export const ENGINE: EngineSlice = {
  engine: { phase: 'loading', received: 0, total: 0, since: Date.now() },
  model: null,
  modelNews: null,
};
