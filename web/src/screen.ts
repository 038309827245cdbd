/** What every screen is: a component of the page's whole state and all actions. */
import type { ComponentType } from 'preact';
import type { Actions } from './actions';
import type { State } from './state';

export interface ScreenProps {
  state: State;
  actions: Actions;
}

export type Screen = ComponentType<ScreenProps>;
