/** What a person, or an event, can make happen. */
import type { Engine } from '../services/engine';
import type { State } from '../state';
import type { Store } from '../store';
import { batchActions } from './batch';
import { cameraActions } from './camera';
import { closerActions } from './closer';
import { engineActions } from './engine';
import { historyActions } from './history';
import { intakeActions } from './intake';
import { lookActions } from './look';
import { privacyActions } from './privacy';
import { settingsActions } from './settings';

export type Actions = ReturnType<typeof createActions>;

export function createActions(store: Store<State>, engine: Engine) {
  const ofEngine = engineActions(store, engine);
  const ofLook = lookActions(store, engine, ofEngine.start);
  const ofBatch = batchActions(store, engine);
  return {
    ...ofEngine,
    ...ofLook,
    ...ofBatch,
    ...intakeActions(ofLook.takeFile, ofBatch.addToBatch),
    ...cameraActions(store, engine, ofLook.takeFile),
    ...closerActions(store, engine, ofLook.retry),
    ...historyActions(store, engine),
    ...settingsActions(store),
    ...privacyActions(engine),
  };
}
