/** All the page shows, as one value made of slices. Screens and parts draw it; only actions/ change it. */
import { BATCH, type BatchSlice } from './slices/batch';
import { CAMERA, type CameraSlice } from './slices/camera';
import { ENGINE, type EngineSlice } from './slices/engine';
import { HISTORY, type HistorySlice } from './slices/history';
import { LOOK, type LookSlice } from './slices/look';
import { SETTINGS, type SettingsSlice } from './slices/settings';
import { SHELL, type ShellSlice } from './slices/shell';

export type State = BatchSlice & CameraSlice & EngineSlice & HistorySlice & LookSlice & SettingsSlice & ShellSlice;

export const INITIAL: State = { ...BATCH, ...CAMERA, ...ENGINE, ...HISTORY, ...LOOK, ...SETTINGS, ...SHELL };
