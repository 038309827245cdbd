/** Starting the engine, and newer models for it. How it is, engine.ts tells the store. */

import { mostThreads } from '../browser/threads';
import { toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import type { Engine } from './engine';

export function engineActions(store: Store<State>, engine: Engine) {
  async function start(): Promise<void> {
    engine.useThreads(Math.min(store.get().preferences.threads, mostThreads()));
    await engine.start().catch(() => undefined);
  }

  /** Look for another model; what is at work stays where that fails. Silent without a network. */
  async function renewModel(): Promise<void> {
    if (store.get().engine.phase !== 'ready' || !navigator.onLine) return;
    store.set({ modelNews: null });
    try {
      const model = await engine.renew();
      if (model) store.set({ modelNews: { kind: 'renewed', version: model.version } });
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'catalog-network') store.set({ modelNews: { kind: 'failed', failure } });
    }
  }

  return { start, renewModel };
}
