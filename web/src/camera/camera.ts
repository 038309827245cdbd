/** One open camera: the lens that was chosen, else the rear one. Whoever opened it stops it. */

import type { Lens } from '../preferences/preferences';
import { Fault } from '../protocol/fault';
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
const SIZE: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1440 } };
const REAR: MediaTrackConstraints = { ...SIZE, facingMode: { ideal: 'environment' } };

const get = (video: MediaTrackConstraints | true) => navigator.mediaDevices.getUserMedia({ audio: false, video });

async function askForAny(): Promise<MediaStream> {
  try {
    return await get(REAR);
  } catch (error) {
    if ((error as Error).name !== 'OverconstrainedError') throw error;
    return get(true);
  }
}

/** Where that lens is gone or held, any is better than none. */
async function askFor(lens: string): Promise<MediaStream> {
  try {
    return await get({ ...SIZE, deviceId: { exact: lens } });
  } catch (error) {
    if ((error as Error).name === 'NotAllowedError') throw error;
    return askForAny();
  }
}

/** All cameras by what the system calls them; a browser tells only while one is open. */
async function lensesOf(): Promise<Lens[]> {
  const devices = (await navigator.mediaDevices.enumerateDevices?.().catch(() => [])) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId: id, label }) => ({ id, label }));
}

/** The lens of the open track; empty where the browser does not say. */
const lensIn = (stream: MediaStream): string => stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';

/** An open stream and all lenses. Identifiers may change between visits, names do not. */
async function openLens(chosen: Lens | null): Promise<{ stream: MediaStream; lenses: Lens[] }> {
  const stream = await (chosen ? askFor(chosen.id) : askForAny());
  const lenses = await lensesOf();
  const named = chosen?.label ? lenses.find(({ label }) => label === chosen.label) : undefined;
  if (!chosen || !named || lensIn(stream) === chosen.id || lensIn(stream) === named.id) return { stream, lenses };
  end(stream);
  return { stream: await askFor(named.id), lenses };
}

const end = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/* A picture that stands still for a moment is no reason to begin anew. */
const MUTED_MS = 1_500;

export class Camera {
  readonly stream: MediaStream;
  readonly lenses: Lens[];
  readonly #track: MediaStreamTrack;
  readonly #onLost: (reason: 'ended' | 'muted') => void;
  #muted = 0;

  private constructor(
    opened: { stream: MediaStream; lenses: Lens[] },
    track: MediaStreamTrack,
    onLost: (reason: 'ended' | 'muted') => void,
  ) {
    this.stream = opened.stream;
    this.lenses = opened.lenses;
    this.#track = track;
    this.#onLost = onLost;
    track.addEventListener('ended', () => onLost('ended'));
    track.addEventListener('mute', () => this.#waitForPicture());
    track.addEventListener('unmute', () => clearTimeout(this.#muted));
    if (track.muted) this.#waitForPicture();
  }

  /**
   * `onLost` is told when the device is taken away, or the system gives no picture for a while. Throws a Fault; once
   * `signal` is aborted, its reason.
   */
  static async open(
    signal: AbortSignal,
    chosen: Lens | null,
    onLost: (reason: 'ended' | 'muted') => void,
  ): Promise<Camera> {
    if (!window.isSecureContext) throw new Fault('insecure');
    if (!navigator.mediaDevices?.getUserMedia) throw new Fault('camera-unsupported');
    const opened = await openLens(chosen).catch((error: unknown) => Promise.reject(toCameraFault(error)));
    const { stream } = opened;
    const [track] = stream.getVideoTracks();
    /* The person left while the browser asked. */
    if (signal.aborted || !track) end(stream);
    signal.throwIfAborted();
    if (!track) throw new Fault('camera-none');
    return new Camera(opened, track, onLost);
  }

  stop(): void {
    clearTimeout(this.#muted);
    end(this.stream);
  }

  /** It gives a picture. */
  get runs(): boolean {
    return this.#track.readyState === 'live' && !this.#track.muted;
  }

  get lens(): string {
    return lensIn(this.stream);
  }

  #waitForPicture(): void {
    clearTimeout(this.#muted);
    this.#muted = setTimeout(() => this.#onLost('muted'), MUTED_MS);
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
