/** Many photos, one after the other; one that fails does not keep the others. */
import { go } from '../route';
import type { Engine } from '../services/engine';
import { toFailure } from '../shared/fault';
import { type Answer, WHOLE } from '../shared/messages';
import type { BatchAnswer, BatchRow, BatchState } from '../slices/batch';
import type { State } from '../state';
import type { Store } from '../store';

/* A picture to look at is not worth the memory of a very large one, decoded whole by the browser. */
const MAX_THUMBNAIL_PIXELS = 50_000_000;

function toRow({ decisions, faults, notLesion, kind, model }: Answer): BatchAnswer | null {
  const [found] = Object.entries(decisions);
  if (!found) return null;
  const [prior, decision] = found;
  return { decision, prior, faults, notLesion, kind, model: { name: model.name, version: model.version } };
}

export function batchActions(store: Store<State>, engine: Engine) {
  let running = new AbortController();
  let last = 0;

  function change(id: number, to: Partial<BatchRow>): void {
    store.set({ batch: store.get().batch.map((row) => (row.id === id ? { ...row, ...to } : row)) });
  }

  /** The worker may have been ended for a photo on the first screen; then the same again. */
  async function classify(file: File): Promise<Answer> {
    const never = new AbortController().signal;
    try {
      return await engine.classify(file, WHOLE, never);
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      return engine.classify(file, WHOLE, never);
    }
  }

  async function picture(file: File, { photo }: Answer): Promise<string | null> {
    if (photo.width * photo.height > MAX_THUMBNAIL_PIXELS) return null;
    const blob = await engine.thumbnail(file).catch(() => null);
    return blob && URL.createObjectURL(blob);
  }

  async function work({ id, file }: BatchRow): Promise<void> {
    change(id, { state: { phase: 'working' } });
    let state: BatchState;
    let thumbnail: string | null = null;
    try {
      const answer = await classify(file);
      const row = toRow(answer);
      thumbnail = await picture(file, answer);
      state = row
        ? { phase: 'done', answer: row }
        : { phase: 'failed', failure: { code: 'crash', detail: 'no decision' } };
    } catch (error) {
      state = { phase: 'failed', failure: toFailure(error) };
    }
    /* The table may have been emptied meanwhile. */
    if (store.get().batch.some((row) => row.id === id)) change(id, { state, thumbnail });
    else if (thumbnail) URL.revokeObjectURL(thumbnail);
  }

  async function runBatch(): Promise<void> {
    if (store.get().batchRunning) return;
    running = new AbortController();
    const { signal } = running;
    store.set({ batchRunning: true });
    while (!signal.aborted) {
      const next = store.get().batch.find(({ state }) => state.phase === 'waiting');
      if (!next) break;
      await work(next);
    }
    store.set({ batchRunning: false });
  }

  return {
    runBatch,

    addToBatch(files: File[]): void {
      const rows = files.map((file): BatchRow => ({ id: ++last, file, thumbnail: null, state: { phase: 'waiting' } }));
      store.set({ batch: [...store.get().batch, ...rows] });
      if (store.get().route.screen !== 'batch') go('batch');
      void runBatch();
    },

    /** The photo under way is finished; the others wait. */
    stopBatch: () => running.abort(),

    clearBatch(): void {
      running.abort();
      for (const { thumbnail } of store.get().batch) if (thumbnail) URL.revokeObjectURL(thumbnail);
      store.set({ batch: [] });
    },
  };
}
