/** What a person, or an event, can make happen. */
import type { Engine } from '../services/engine';
import type { State } from '../state';
import type { Store } from '../store';
import { closerActions } from './closer';
import { engineActions } from './engine';
import { historyActions } from './history';
import { historyFileActions } from './history-files';
import { lookActions } from './look';
import { privacyActions } from './privacy';
import { settingsActions } from './settings';

export type Actions = ReturnType<typeof createActions>;

export function createActions(store: Store<State>, engine: Engine) {
  const ofEngine = engineActions(store, engine);
  const ofLook = lookActions(store, engine, ofEngine.start);
  const ofHistory = historyActions(store, engine);
  return {
    ...ofEngine,
    ...ofLook,
    ...closerActions(store, engine, ofLook.retry),
    ...ofHistory,
    ...historyFileActions(store, engine, ofHistory.readHistory),
    ...settingsActions(store),
    ...privacyActions(engine),
  };
}
