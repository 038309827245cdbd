/** All the page shows, as one value made of slices. Screens and parts draw it; only actions/ change it. */
import { ENGINE, type EngineSlice } from './slices/engine';
import { HISTORY, type HistorySlice } from './slices/history';
import { LOOK, type LookSlice } from './slices/look';
import { SETTINGS, type SettingsSlice } from './slices/settings';
import { SHELL, type ShellSlice } from './slices/shell';

export type State = EngineSlice & HistorySlice & LookSlice & SettingsSlice & ShellSlice;

export const INITIAL: State = { ...ENGINE, ...HISTORY, ...LOOK, ...SETTINGS, ...SHELL };
