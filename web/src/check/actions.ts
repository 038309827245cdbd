/** Choosing a photo and having it classified. */

import type { Engine } from '../engine/engine';
import { go } from '../navigation/route';
import { type Region, WHOLE } from '../protocol/engine-messages';
import { type Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import { sampleFile, sampleKind, sampleOf } from './samples';
import { type CarriedCheck, FRESH, type Photo, type Way } from './state';

export function checkActions(store: Store<State>, engine: Engine) {
  let running = new AbortController();
  let choices = 0;

  async function classify(): Promise<void> {
    const { photo, region, photoModel } = store.get();
    if (!photo) return;
    running.abort();
    running = new AbortController();
    const { signal } = running;
    store.set({ ...FRESH, job: { phase: 'working' } });
    try {
      const answer = await engine.classify(photo.file, region, photoModel, signal);
      if (!signal.aborted) store.set({ job: { phase: 'done', answer } });
    } catch (error) {
      if (signal.aborted) return;
      /* Where it is the engine that failed, that is said above every screen, and the photo waits for it. */
      const waits = store.get().engine.phase === 'failed';
      store.set({ job: waits ? { phase: 'waiting' } : { phase: 'failed', failure: toFailure(error) } });
    }
  }

  function put(photo: Omit<Photo, 'url' | 'unseen'>, region: Region): void {
    choices++;
    const before = store.get().photo;
    if (before) URL.revokeObjectURL(before.url);
    const shown = { ...photo, url: URL.createObjectURL(photo.file), unseen: false };
    store.set({ photo: shown, refused: null, region, proposal: null, photoModel: null, cropping: false, guess: null });
  }

  function show(photo: Pick<Photo, 'file' | 'name'> & Partial<Photo>): void {
    put({ sample: null, taken: false, time: Date.now(), ...photo }, WHOLE);
    if (store.get().route.screen !== 'check') go('check');
    void classify();
  }

  return {
    refuse(code: Fault['code'], detail = ''): void {
      store.set({ refused: { code, detail } });
      if (store.get().route.screen !== 'check') go('check');
    },

    takeFile: (file: File): void => show({ file, name: file.name }),
    takeShot: (file: File): void => show({ file, name: file.name, taken: true }),

    /** What was on the screen before the page was loaded anew; it is classified anew, too. */
    async restoreCheck({ photo, region, accepted, prior, kept, guess = null }: CarriedCheck): Promise<void> {
      put({ ...photo, sample: photo.sample ? sampleKind(photo.name) : null }, region);
      const looked = classify();
      store.set({ accepted, prior, guess });
      await looked;
      const { job } = store.get();
      if (kept !== null && job.phase === 'done') store.set({ savedAs: { ticket: job.answer.ticket, lesion: kept } });
    },

    async takeSample(id: string): Promise<void> {
      const sample = sampleOf(id);
      if (!sample) return;
      const choice = ++choices;
      try {
        const file = await sampleFile(sample);
        /* Something else may have been chosen while it was on its way. */
        if (choice === choices) show({ file, name: sample.id, sample: sampleKind(sample.id) });
      } catch (error) {
        if (choice === choices) store.set({ refused: toFailure(error) });
      }
    },

    /** The same photo again. */
    retry: classify,

    /** Once the engine is back. */
    resumeCheck: () => void (store.get().job.phase === 'waiting' && classify()),

    /** The same photo with another square of it. */
    async classifyRegion(region: Region): Promise<void> {
      store.set({ region });
      await classify();
    },

    /** The same photo by another of the models on this device. */
    async classifyBy(model: string): Promise<void> {
      store.set({ photoModel: model });
      await classify();
    },

    openCrop: () => store.set({ cropping: true }),
    closeCrop: () => store.set({ cropping: false }),
    setGuess: (label: string | null) => store.set({ guess: { label } }),
    setWay: (way: Way | null) => store.set({ way }),

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
