/** One open camera: the rear one where there is a choice. Whoever opened it stops it. */
import { Fault } from '../../shared/fault';
import { toCameraFault } from './faults';

export interface Zoom {
  min: number;
  max: number;
  step: number;
  value: number;
}

/* What phones offer beyond the common constraints. */
interface Extras {
  torch?: boolean;
  zoom?: { min: number; max: number; step?: number };
}

/* Only wishes: a camera that has none of this is taken as it is. */
const WISHES: MediaTrackConstraints = {
  facingMode: { ideal: 'environment' },
  width: { ideal: 1920 },
  height: { ideal: 1440 },
};

async function ask(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: WISHES });
  } catch (error) {
    if ((error as Error).name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia({ audio: false, video: true });
  }
}

const end = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

export class Camera {
  readonly stream: MediaStream;
  readonly #track: MediaStreamTrack;

  private constructor(stream: MediaStream, track: MediaStreamTrack) {
    this.stream = stream;
    this.#track = track;
  }

  /** `onLost` is told when the device is taken away. Throws a Fault; once `signal` is aborted, its reason. */
  static async open(signal: AbortSignal, onLost: () => void): Promise<Camera> {
    if (!window.isSecureContext) throw new Fault('insecure');
    if (!navigator.mediaDevices?.getUserMedia) throw new Fault('camera-unsupported');
    const stream = await ask().catch((error: unknown) => Promise.reject(toCameraFault(error)));
    const [track] = stream.getVideoTracks();
    /* The person left while the browser asked. */
    if (signal.aborted || !track) end(stream);
    signal.throwIfAborted();
    if (!track) throw new Fault('camera-none');
    track.addEventListener('ended', onLost);
    return new Camera(stream, track);
  }

  stop(): void {
    end(this.stream);
  }

  /** null where this camera has no lamp. */
  get torch(): boolean | null {
    return this.#extras().torch === true ? false : null;
  }

  /** null where this camera does not zoom. */
  get zoom(): Zoom | null {
    const { zoom } = this.#extras();
    if (!zoom || zoom.max <= zoom.min) return null;
    const { zoom: value = zoom.min } = this.#track.getSettings() as { zoom?: number };
    return { min: zoom.min, max: zoom.max, step: zoom.step || (zoom.max - zoom.min) / 20, value };
  }

  /** False where the device would not. */
  async set(extra: { torch: boolean } | { zoom: number }): Promise<boolean> {
    try {
      await this.#track.applyConstraints({ advanced: [extra as MediaTrackConstraintSet] });
      return true;
    } catch {
      return false;
    }
  }

  #extras(): Extras {
    /* Firefox has no such function. */
    return (this.#track.getCapabilities?.() ?? {}) as Extras;
  }
}
