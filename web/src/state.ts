/** All the page shows, as one value made of a slice of each feature. Screens draw it; only actions change it. */
import { BATCH, type BatchSlice } from './batch/state';
import { CAMERA, type CameraSlice } from './camera/state';
import { CHECK, type CheckSlice } from './check/state';
import { DOWNLOAD, type DownloadSlice } from './download/state';
import { ENGINE, type EngineSlice } from './engine/state';
import { HISTORY, type HistorySlice } from './history/state';
import { INSTALL, type InstallSlice } from './install/state';
import { MODEL, type ModelSlice } from './model/state';
import { NAVIGATION, type NavigationSlice } from './navigation/state';
import { OFFLINE, type OfflineSlice } from './offline/state';
import { SETTINGS, type SettingsSlice } from './settings/state';

export interface State
  extends BatchSlice,
    CameraSlice,
    CheckSlice,
    DownloadSlice,
    EngineSlice,
    HistorySlice,
    InstallSlice,
    ModelSlice,
    NavigationSlice,
    OfflineSlice,
    SettingsSlice {}

/** There is work that would be gone with the page, though it could be saved. */
export function isUnsaved({ batch, batchDownloaded, historyWork, photo, job, savedAs, preferences }: State): boolean {
  const answered = batch.some(({ state }) => state.phase !== 'failed');
  const kept = job.phase === 'done' && savedAs?.ticket === job.answer.ticket;
  /* A photo of the live camera is nowhere else. */
  const shot = photo?.taken === true && preferences.history && !kept;
  return (answered && !batchDownloaded) || historyWork !== null || shot;
}

export const INITIAL: State = {
  ...BATCH,
  ...CAMERA,
  ...CHECK,
  ...DOWNLOAD,
  ...ENGINE,
  ...HISTORY,
  ...INSTALL,
  ...MODEL,
  ...NAVIGATION,
  ...OFFLINE,
  ...SETTINGS,
};
