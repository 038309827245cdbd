/** Starting the engine, and newer models for it. */
import type { Engine } from '../services/engine';
import { mostThreads } from '../services/threads';
import { toFailure } from '../shared/fault';
import type { State } from '../state';
import type { Store } from '../store';

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

export function engineActions(store: Store<State>, engine: Engine) {
  async function start(): Promise<void> {
    engine.useThreads(Math.min(store.get().preferences.threads, mostThreads()));
    if (store.get().engine.phase === 'failed') store.set({ engine: { phase: 'loading', received: 0, total: 0 } });
    try {
      const { kernels, threads, model } = await engine.start();
      store.set({ engine: { phase: 'ready', kernels, threads }, model });
    } catch (error) {
      store.set({ engine: { phase: 'failed', failure: toFailure(error) } });
    }
  }

  /** Look for another model; what is at work stays where that fails. Silent without a network. */
  async function renewModel(): Promise<void> {
    if (store.get().engine.phase !== 'ready' || !navigator.onLine) return;
    store.set({ modelNews: null });
    try {
      const model = await engine.renew();
      if (model) store.set({ model, modelNews: { kind: 'renewed', version: model.version } });
    } catch (error) {
      /* The worker it ran in was ended for a newer photo. */
      if (isAbort(error)) return renewModel();
      const failure = toFailure(error);
      if (failure.code !== 'catalog-network') store.set({ modelNews: { kind: 'failed', failure } });
    }
  }

  return { start, renewModel };
}
