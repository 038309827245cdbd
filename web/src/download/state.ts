/** A file that is made and not yet with the person. */

export interface DownloadSlice {
  /** It waits for a tap to be handed over. */
  readyFile: File | null;
}

export const DOWNLOAD: DownloadSlice = { readyFile: null };
