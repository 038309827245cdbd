/** All the page shows, as one value made of slices. Screens and parts draw it; only actions/ change it. */
import { ENGINE, type EngineSlice } from './slices/engine';
import { LOOK, type LookSlice } from './slices/look';
import { SETTINGS, type SettingsSlice } from './slices/settings';
import { SHELL, type ShellSlice } from './slices/shell';

export type State = EngineSlice & LookSlice & SettingsSlice & ShellSlice;

export const INITIAL: State = { ...ENGINE, ...LOOK, ...SETTINGS, ...SHELL };
