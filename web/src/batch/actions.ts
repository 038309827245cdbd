/** Many photos, one after the other; one that fails does not stop the others. */

import type { Engine } from '../engine/engine';
import { go } from '../navigation/route';
import { type Answer, WHOLE } from '../protocol/engine-messages';
import { toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import type { BatchAnswer, BatchRow, CarriedBatch } from './state';

/* A picture to look at is not worth the memory of a very large one, decoded whole by the browser. */
const MAX_THUMBNAIL_PIXELS = 50_000_000;

function toRow({ decisions, faults, notLesion, kind, model }: Answer): BatchAnswer | null {
  const [found] = Object.entries(decisions);
  if (!found) return null;
  const [prior, decision] = found;
  return { decision, prior, faults, notLesion, kind, model: { name: model.name, version: model.version } };
}

export function batchActions(store: Store<State>, engine: Engine) {
  /** The photos that wait shall be classified. */
  let wanted = false;
  /** It was the engine that stopped, not the person. */
  let failed = false;
  let cleared = new AbortController();
  let last = 0;

  /** The table may have been emptied meanwhile: then nothing changes. */
  function change(id: number, to: Partial<BatchRow>): void {
    store.set({ batch: store.get().batch.map((row) => (row.id === id ? { ...row, ...to } : row)) });
  }

  /** Without a picture the row is as good. */
  async function picture(file: File, { photo }: Answer): Promise<Blob | null> {
    if (photo.width * photo.height > MAX_THUMBNAIL_PIXELS) return null;
    return engine.thumbnail(file).catch(() => null);
  }

  async function work({ id, file }: BatchRow, { signal }: AbortController): Promise<void> {
    change(id, { state: { phase: 'working' } });
    store.set({ batchDownloaded: false });
    try {
      const answer = await engine.classify(file, WHOLE, null, signal);
      const row = toRow(answer);
      const thumbnail = await picture(file, answer);
      if (row) change(id, { state: { phase: 'done', answer: row }, thumbnail });
      else change(id, { state: { phase: 'failed', failure: { code: 'crash', detail: 'no decision' } } });
    } catch (error) {
      failed = store.get().engine.phase === 'failed';
      if (failed) wanted = false;
      /* No fault of the photo: it waits for the engine. */
      change(id, { state: failed ? { phase: 'waiting' } : { phase: 'failed', failure: toFailure(error) } });
    }
  }

  async function runBatch(): Promise<void> {
    wanted = true;
    failed = false;
    if (store.get().batchRunning) return;
    store.set({ batchRunning: true });
    while (wanted) {
      const next = store.get().batch.find(({ state }) => state.phase === 'waiting');
      if (!next) break;
      await work(next, cleared);
    }
    store.set({ batchRunning: false });
  }

  return {
    runBatch,

    /** Once the engine is back. */
    resumeBatch: () => void (failed && runBatch()),

    addToBatch(files: File[]): void {
      const rows = files.map((file): BatchRow => ({ id: ++last, file, thumbnail: null, state: { phase: 'waiting' } }));
      store.set({ batch: [...store.get().batch, ...rows], batchDownloaded: false });
      if (store.get().route.screen !== 'batch') go('batch');
      void runBatch();
    },

    /** The table as it was before the page was loaded anew. */
    restoreBatch({ rows, running, saved }: CarriedBatch): void {
      const restored = rows.map(({ file, thumbnail, state }): BatchRow => {
        const settled = state.phase === 'done' || state.phase === 'failed';
        return { id: ++last, file, thumbnail, state: settled ? state : { phase: 'waiting' } };
      });
      store.set({ batch: [...restored, ...store.get().batch], batchDownloaded: saved });
      if (running) void runBatch();
    },

    /** The photo under way is finished; the others wait. */
    stopBatch(): void {
      wanted = false;
    },

    clearBatch(): void {
      wanted = false;
      cleared.abort();
      cleared = new AbortController();
      store.set({ batch: [] });
    },

    /** What the table says has been taken along as a file. */
    markBatchDownloaded: () => store.set({ batchDownloaded: true }),
  };
}
