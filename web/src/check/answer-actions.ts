/** Going further with the answer shown: more views of it, and maps of what spoke for a class. */
import type { Engine } from '../engine/engine';
import type { Answer } from '../protocol/engine-messages';
import { Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';

export function answerActions(store: Store<State>, engine: Engine, classify: () => Promise<void>) {
  let stopping = false;

  const answerShown = (): Answer | null => {
    const { job } = store.get();
    return job.phase === 'done' ? job.answer : null;
  };

  /** Do `ask` with the photo shown. Where the worker has seen another since, it classifies this one first. */
  async function withHeld<T>(ask: (ticket: number) => Promise<T>): Promise<T> {
    const answer = answerShown();
    if (!answer) throw new Fault('stale');
    try {
      return await ask(answer.ticket);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'stale') throw error;
      await classify();
      const again = answerShown();
      if (!again) throw error;
      return ask(again.ticket);
    }
  }

  return {
    /** Average all the views there are, one after the other, until stopped. */
    async averageViews(): Promise<void> {
      stopping = false;
      for (;;) {
        const answer = answerShown();
        if (!answer || stopping || answer.views >= answer.model.views) break;
        store.set({ averaging: { done: answer.views, total: answer.model.views } });
        try {
          const next = await withHeld((ticket) => engine.addView(ticket));
          /* Another photo may have come meanwhile. */
          if (answerShown()?.ticket !== next.ticket) break;
          store.set({ job: { phase: 'done', answer: next } });
        } catch (error) {
          if (answerShown() === answer) store.set({ job: { phase: 'failed', failure: toFailure(error) } });
          break;
        }
      }
      store.set({ averaging: null });
    },

    stopAveraging: () => {
      stopping = true;
    },

    async showMap(label: string): Promise<void> {
      try {
        const map = await withHeld((ticket) => engine.map(ticket, label));
        store.set({ map: map ? { phase: 'shown', map } : { phase: 'none' } });
      } catch (error) {
        store.set({ map: { phase: 'failed', failure: toFailure(error) } });
      }
    },

    hideMap: () => store.set({ map: { phase: 'off' } }),
  };
}
