/** The engine and the model at work. */
import type { Failure } from '../protocol/fault';
import type { EngineStatus } from './engine';

/** What every screen tells of models; null where there is nothing to tell. */
export type ModelNews =
  | { kind: 'renewed' | 'newer' | 'left'; version: string }
  | { kind: 'failed'; failure: Failure }
  | null;

/** Read by every screen; all but the news is set by engine.ts alone. */
export interface EngineSlice extends EngineStatus {
  modelNews: ModelNews;
}

export const ENGINE: EngineSlice = {
  engine: { phase: 'loading', received: 0, total: 0, since: Date.now() },
  model: null,
  shelf: null,
  modelNews: null,
};
