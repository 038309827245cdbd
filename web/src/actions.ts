/** What a person, or an event, can make happen. */

import { batchActions } from './batch/actions';
import { checkActions } from './check/actions';
import { answerActions } from './check/answer-actions';
import { engineActions } from './engine/actions';
import type { Engine } from './engine/engine';
import { historyActions } from './history/actions';
import { intakeActions } from './intake/actions';
import { modelActions } from './model/actions';
import { updateActions } from './offline/actions';
import { settingsActions } from './settings/actions';
import type { State } from './state';
import type { Store } from './store';

/** What the actions of a screen that is loaded later work with. */
export interface Tools {
  store: Store<State>;
  engine: Engine;
  prefer: ReturnType<typeof settingsActions>['prefer'];
  takeShot: (photo: File) => void;
}

export type Actions = ReturnType<typeof createActions>;

export function createActions(store: Store<State>, engine: Engine) {
  const ofEngine = engineActions(store, engine);
  const ofCheck = checkActions(store, engine);
  const ofBatch = batchActions(store, engine);
  const ofSettings = settingsActions(store);
  const ofModels = modelActions(store, engine);

  /** Start the engine where it failed; what has been waiting for it goes on. */
  async function wakeEngine(): Promise<void> {
    if (store.get().engine.phase !== 'failed') return;
    await ofEngine.start();
    if (store.get().engine.phase !== 'ready') return;
    ofCheck.resumeCheck();
    ofBatch.resumeBatch();
    ofModels.tendModels();
  }

  const tools: Tools = { store, engine, prefer: ofSettings.prefer, takeShot: ofCheck.takeShot };

  return {
    /** Make what a screen of its own brings along. */
    equip: <T>(make: (tools: Tools) => T): T => make(tools),
    ...ofEngine,
    wakeEngine,
    ...ofCheck,
    ...ofBatch,
    ...intakeActions(ofCheck.takeFile, ofBatch.addToBatch, ofModels.openModel),
    ...updateActions(store, { ...ofCheck, ...ofBatch }),
    ...answerActions(store, engine, ofCheck.retry),
    ...historyActions(store, engine),
    ...ofSettings,
    ...ofModels,
  };
}
