/** What a person, or an event, can make happen. */
import type { Engine } from '../services/engine';
import type { State } from '../state';
import type { Store } from '../store';
import { batchActions } from './batch';
import { closerActions } from './closer';
import { engineActions } from './engine';
import { historyActions } from './history';
import { intakeActions } from './intake';
import { lookActions } from './look';
import { privacyActions } from './privacy';
import { settingsActions } from './settings';
import { updateActions } from './update';

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
  const ofLook = lookActions(store, engine);
  const ofBatch = batchActions(store, engine);
  const ofSettings = settingsActions(store);

  /** Start the engine where it failed; what has been waiting for it goes on. */
  async function wakeEngine(): Promise<void> {
    if (store.get().engine.phase !== 'failed') return;
    await ofEngine.start();
    if (store.get().engine.phase !== 'ready') return;
    ofLook.resumeLook();
    ofBatch.resumeBatch();
    void ofEngine.renewModel();
  }

  const tools: Tools = { store, engine, prefer: ofSettings.prefer, takeShot: ofLook.takeShot };

  return {
    /** Make what a screen of its own brings along. */
    equip: <T>(make: (tools: Tools) => T): T => make(tools),
    ...ofEngine,
    wakeEngine,
    ...ofLook,
    ...ofBatch,
    ...intakeActions(ofLook.takeFile, ofBatch.addToBatch),
    ...updateActions(store, { ...ofLook, ...ofBatch }),
    ...closerActions(store, engine, ofLook.retry),
    ...historyActions(store, engine),
    ...ofSettings,
    ...privacyActions(engine),
  };
}
