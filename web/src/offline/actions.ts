/** Beginning a newer version of the app, with all that is on the screen. */
import type { CarriedBatch } from '../batch/state';
import type { CarriedCheck } from '../check/state';
import { releaseUnsaved } from '../navigation/unsaved';
import { WORK_KEY } from '../protocol/service-worker-messages';
import type { State } from '../state';
import type { Store } from '../store';
import { beginUpdate, nextWorker } from './registration';

export interface Restorer {
  restoreCheck(check: CarriedCheck): Promise<void>;
  restoreBatch(batch: CarriedBatch): void;
}

/** False where there is something on the screen that cannot be taken along. */
async function takeAlong(state: State): Promise<boolean> {
  try {
    const { handOver, packWork } = await import('./hand-over');
    const work = packWork(state);
    const holder = nextWorker();
    return work === null || (holder !== null && (await handOver(holder, work)));
  } catch {
    return false;
  }
}

/** Where the browser gives no such storage nothing can have been handed over. */
function hasWork(): boolean {
  try {
    return sessionStorage.getItem(WORK_KEY) !== null;
  } catch {
    return false;
  }
}

export function updateActions(store: Store<State>, restorer: Restorer) {
  let begun = false;

  return {
    async takeUpdate(): Promise<void> {
      if (begun) return;
      begun = true;
      const state = store.get();
      const taken = await takeAlong(state);
      if (taken) releaseUnsaved();
      /* Said first; pressed again, it is meant. */
      if (taken || state.updateBlocked) beginUpdate();
      else store.set({ updateBlocked: true, updateLater: false });
      begun = taken;
    },

    putUpdateOff: () => store.set({ updateLater: true }),

    /** After that: what was on the screen is on it again. */
    async restoreWork(): Promise<void> {
      if (!hasWork()) return;
      const { collectWork } = await import('./hand-over');
      const work = await collectWork();
      if (!work) return;
      restorer.restoreBatch(work.batch);
      if (work.look) await restorer.restoreCheck(work.look);
    },
  };
}
