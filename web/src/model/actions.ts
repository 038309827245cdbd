/** Newer models, whose work is a file of its own: fetched where there is something to do. */
import type { Engine } from '../engine/engine';
import { go } from '../navigation/route';
import { Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import type { modelWork } from './actions-late';

type Work = ReturnType<typeof modelWork>;

const DAY_MS = 86_400_000;

export function modelActions(store: Store<State>, engine: Engine) {
  let fetched: Promise<Work> | null = null;

  /** Do something about models: `withModels((work) => work.look())`. */
  async function withModels(run: (work: Work) => unknown): Promise<void> {
    try {
      fetched ??= import('./actions-late').then((come) => come.modelWork(store, engine));
      await run(await fetched);
    } catch (error) {
      fetched = null;
      store.set({
        modelUpdate: { phase: 'failed', failure: toFailure(new Fault('screen', (error as Error).message)) },
      });
    }
  }

  /** What is to be done without being asked for: what was begun, the app's own newer model, the daily look. */
  function tendModels(): void {
    const { engine: at, shelf, preferences } = store.get();
    if (at.phase !== 'ready' || !shelf) return;
    if (shelf.left !== null) store.set({ modelNews: { kind: 'left', version: shelf.left } });
    if (!navigator.onLine) return;
    const isDue = preferences.lookDaily && shelf.signed && Date.now() - shelf.looked >= DAY_MS;
    if (shelf.pending) void withModels((work) => work.goOn());
    else if (isDue) void withModels((work) => work.look(false));
  }

  /** A model file from outside: what it says, and what it lacks, is shown in the settings. */
  function openModel(file: File): void {
    go('settings');
    void withModels((work) => work.open(file));
  }

  return { withModels, tendModels, openModel };
}
