/** Starting the engine. How it is, engine.ts tells the store. */

import { mostThreads } from '../browser/threads';
import type { State } from '../state';
import type { Store } from '../store';
import type { Engine } from './engine';

export function engineActions(store: Store<State>, engine: Engine) {
  async function start(): Promise<void> {
    engine.useThreads(Math.min(store.get().preferences.threads, mostThreads()));
    await engine.start().catch(() => undefined);
  }

  return { start };
}
