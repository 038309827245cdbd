/**
 * The live camera: opened with its screen, put to rest with the page, judged a few times a second. What the
 * system takes away comes back by itself where it can. Only the camera's screen loads this.
 */

import type { Tools } from '../actions';
import { type AppFault, toFailure } from '../protocol/fault';
import { Camera } from './camera';
import { smallSquare, takePicture } from './pictures';
import { isToBeSpared } from './spare';
import type { CameraState } from './state';

/* From the end of one judgement to the next: at most three a second, so that the phone stays cool. */
const JUDGE_EVERY_MS = 350;
/* A camera that is lost again so soon is not opened by itself another time. */
const REVIVE_EVERY_MS = 10_000;

/** What is said where the camera was lost, and not to be had again. */
const LOST: Record<'ended' | 'muted', AppFault> = { ended: 'camera-lost', muted: 'camera-busy' };

export type CameraActions = ReturnType<typeof cameraActions>;

export function cameraActions({ store, engine, prefer, takeShot }: Tools) {
  let open: Camera | null = null;
  let leaving = new AbortController();
  /** Of the camera that is being watched: a video may begin to play more than once. */
  let watched: AbortSignal | null = null;
  let shooting = false;
  let revived = Number.NEGATIVE_INFINITY;

  function rest(next: CameraState): void {
    leaving.abort();
    open?.stop();
    open = null;
    store.set({ camera: next, cameraFaults: null });
  }

  async function openCamera(): Promise<void> {
    rest({ phase: 'opening' });
    leaving = new AbortController();
    const { signal } = leaving;
    try {
      open = await Camera.open(signal, store.get().preferences.lens, (reason) => {
        if (!signal.aborted) void revive(LOST[reason]);
      });
      const { stream, torch, zoom, lenses, lens } = open;
      store.set({ camera: { phase: 'live', stream, torch, zoom, lenses, lens } });
    } catch (error) {
      if (!signal.aborted) rest({ phase: 'failed', failure: toFailure(error) });
    }
  }

  /** Once more; where that gives no picture either, it is said, and the person can try. */
  async function revive(reason: AppFault): Promise<void> {
    const failed: CameraState = { phase: 'failed', failure: { code: reason, detail: '' } };
    /* The page that comes back to the front opens it. */
    if (document.visibilityState !== 'visible') return rest({ phase: 'off' });
    if (performance.now() - revived < REVIVE_EVERY_MS) return rest(failed);
    revived = performance.now();
    await openCamera();
    if (store.get().camera.phase === 'failed') rest(failed);
  }

  /** One frame; said only when two in a row agree, so that the words do not flicker. */
  async function judgeFrame(video: HTMLVideoElement, before: string): Promise<string> {
    const { data, width, height } = smallSquare(video) ?? {};
    if (!data || !width || !height) return before;
    const faults = await engine.check({ data, width, height });
    const found = JSON.stringify(faults);
    if (found === before) store.set({ cameraFaults: faults });
    return found;
  }

  return {
    openCamera,
    closeCamera: () => rest({ phase: 'off' }),

    /** The page is in front (again): not every browser tells of each way it left by. */
    async returnToCamera(): Promise<void> {
      const { camera } = store.get();
      const refused = camera.phase === 'failed' && camera.failure.code === 'camera-denied';
      if (camera.phase !== 'opening' && !refused && !open?.runs) await openCamera();
    },

    async chooseLens(id: string): Promise<void> {
      const lens = open?.lenses.find((known) => known.id === id);
      if (!lens) return;
      await prefer({ lens });
      await openCamera();
    },

    /** Judge what `video` shows until the camera rests. Without a judgement the camera works on. */
    async watchCamera(video: HTMLVideoElement): Promise<void> {
      const { signal } = leaving;
      if (watched === signal) return;
      watched = signal;
      if (!(await isToBeSpared())) void engine.warmUp().catch(() => undefined);
      for (let last = ''; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, JUDGE_EVERY_MS))) {
        last = await judgeFrame(video, last).catch(() => last);
      }
    },

    async shoot(video: HTMLVideoElement): Promise<void> {
      /* Two presses are one photo. */
      if (shooting) return;
      shooting = true;
      try {
        const photo = await takePicture(video);
        rest({ phase: 'off' });
        takeShot(new File([photo], 'camera.jpg', { type: photo.type }));
      } catch (error) {
        rest({ phase: 'failed', failure: toFailure(error) });
      } finally {
        shooting = false;
      }
    },

    async setTorch(torch: boolean): Promise<void> {
      const { camera } = store.get();
      if (camera.phase === 'live' && (await open?.set({ torch }))) store.set({ camera: { ...camera, torch } });
    },

    async setZoom(value: number): Promise<void> {
      const { camera } = store.get();
      if (camera.phase !== 'live' || !camera.zoom) return;
      store.set({ camera: { ...camera, zoom: { ...camera.zoom, value } } });
      await open?.set({ zoom: value });
    },
  };
}
