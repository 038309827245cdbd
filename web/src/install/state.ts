/** Whether the app can be, or has been, put on the home screen. */
import type { Install } from './install';

export interface InstallSlice {
  install: Install;
}

export const INSTALL: InstallSlice = { install: 'unknown' };
