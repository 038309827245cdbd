/** Choosing a photo and having it looked at. */
import { go } from '../route';
import type { Engine } from '../services/engine';
import { SAMPLES, sampleFile } from '../services/samples';
import { type Fault, toFailure } from '../shared/fault';
import { type Region, WHOLE } from '../shared/messages';
import { FRESH, type Photo } from '../slices/look';
import type { State } from '../state';
import type { Store } from '../store';

export function lookActions(store: Store<State>, engine: Engine, start: () => Promise<void>) {
  let running = new AbortController();
  let choices = 0;

  async function classify(): Promise<void> {
    const { photo } = store.get();
    if (!photo) return;
    running.abort();
    running = new AbortController();
    const { signal } = running;
    store.set({ ...FRESH, job: { phase: 'working' } });
    try {
      await start();
      if (signal.aborted || store.get().engine.phase !== 'ready') return;
      const answer = await engine.classify(photo.file, store.get().region, signal);
      if (!signal.aborted) store.set({ job: { phase: 'done', answer } });
    } catch (error) {
      if (!signal.aborted) store.set({ job: { phase: 'failed', failure: toFailure(error) } });
    }
  }

  function show(photo: Pick<Photo, 'file' | 'name' | 'sample'>): void {
    choices++;
    const before = store.get().photo;
    if (before) URL.revokeObjectURL(before.url);
    store.set({
      photo: { ...photo, time: Date.now(), url: URL.createObjectURL(photo.file), unseen: false },
      refused: null,
      region: WHOLE,
      proposal: null,
    });
    if (store.get().route.screen !== 'check') go('check');
    void classify();
  }

  return {
    refuse(code: Fault['code'], detail = ''): void {
      store.set({ refused: { code, detail } });
      if (store.get().route.screen !== 'check') go('check');
    },

    takeFile(file: File): void {
      show({ file, name: file.name, sample: false });
    },

    async takeSample(id: string): Promise<void> {
      const sample = SAMPLES.find((candidate) => candidate.id === id);
      if (!sample) return;
      const choice = ++choices;
      try {
        const file = await sampleFile(sample);
        /* Something else may have been chosen while the drawing was on its way. */
        if (choice === choices) show({ file, name: sample.id, sample: true });
      } catch (error) {
        if (choice === choices) store.set({ refused: toFailure(error) });
      }
    },

    /** The same photo again, or where there is none, the engine. */
    async retry(): Promise<void> {
      if (store.get().photo) await classify();
      else await start();
    },

    /** The same photo with another square of it. */
    async lookAt(region: Region): Promise<void> {
      store.set({ region });
      await classify();
    },

    /** Have a square proposed for the photo. Without one the person chooses alone. */
    async propose(): Promise<void> {
      const { photo, proposal } = store.get();
      if (!photo || proposal) return;
      const found = await engine.propose(photo.file).catch(() => null);
      if (store.get().photo === photo) store.set({ proposal: found });
    },

    /** The browser could not show the photo at `url`. */
    markUnseen(url: string): void {
      const { photo } = store.get();
      if (photo?.url === url) store.set({ photo: { ...photo, unseen: true } });
    },

    acceptFaults: () => store.set({ accepted: true }),
    setPrior: (prior: string) => store.set({ prior }),
    setDragging: (dragging: boolean) => store.set({ dragging }),
  };
}
