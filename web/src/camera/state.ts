/** The live camera. */

import type { Lens } from '../preferences/preferences';
import type { Failure } from '../protocol/fault';
import type { Zoom } from './camera';

export type CameraState =
  /** Not open, or put to rest while the page is hidden. */
  | { phase: 'off' }
  /** The browser may be asking the person. */
  | { phase: 'opening' }
  | {
      phase: 'live';
      stream: MediaStream;
      /** null: there is no lamp. */
      torch: boolean | null;
      /** null: it does not zoom. */
      zoom: Zoom | null;
      /** To choose from; the one that is open, by its identifier. */
      lenses: Lens[];
      lens: string;
    }
  | { phase: 'failed'; failure: Failure };

export interface CameraSlice {
  camera: CameraState;
  /** What the engine finds wrong with what the camera sees, worst first; null where it says nothing (yet). */
  cameraFaults: string[] | null;
}

export const CAMERA: CameraSlice = { camera: { phase: 'off' }, cameraFaults: null };
