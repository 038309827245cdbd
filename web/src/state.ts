/** All the page shows, as one value made of slices. Screens and parts draw it; only actions/ change it. */
import { BATCH, type BatchSlice } from './slices/batch';
import { CAMERA, type CameraSlice } from './slices/camera';
import { ENGINE, type EngineSlice } from './slices/engine';
import { HISTORY, type HistorySlice } from './slices/history';
import { LOOK, type LookSlice } from './slices/look';
import { SETTINGS, type SettingsSlice } from './slices/settings';
import { SHELL, type ShellSlice } from './slices/shell';

export type State = BatchSlice & CameraSlice & EngineSlice & HistorySlice & LookSlice & SettingsSlice & ShellSlice;

/** There is work that would be gone with the page, though it could be kept. */
export function isUnsaved({ batch, batchSaved, historyWork, photo, job, keptAs, preferences }: State): boolean {
  const answered = batch.some(({ state }) => state.phase !== 'failed');
  const kept = job.phase === 'done' && keptAs?.ticket === job.answer.ticket;
  /* A photo of the live camera is nowhere else. */
  const shot = photo?.taken === true && preferences.history && !kept;
  return (answered && !batchSaved) || historyWork !== null || shot;
}

export const INITIAL: State = { ...BATCH, ...CAMERA, ...ENGINE, ...HISTORY, ...LOOK, ...SETTINGS, ...SHELL };
