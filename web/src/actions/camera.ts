/** The live camera: opened with its screen, put to rest with the page, looked through a few times a second. */
import { Camera } from '../services/camera/camera';
import { smallSquare, takePicture } from '../services/camera/pictures';
import type { Engine } from '../services/engine';
import { toFailure } from '../shared/fault';
import type { CameraState } from '../slices/camera';
import type { State } from '../state';
import type { Store } from '../store';

/* From the end of one look to the next: at most three a second, so that the phone stays cool. */
const LOOK_EVERY_MS = 350;

export function cameraActions(store: Store<State>, engine: Engine, takeFile: (file: File) => void) {
  let open: Camera | null = null;
  let leaving = new AbortController();
  /** Of the camera that is being watched: a video may begin to play more than once. */
  let watched: AbortSignal | null = null;
  let shooting = false;

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
      open = await Camera.open(signal, () => {
        if (!signal.aborted) rest({ phase: 'failed', failure: { code: 'camera-lost', detail: '' } });
      });
      const { stream, torch, zoom } = open;
      store.set({ camera: { phase: 'live', stream, torch, zoom } });
    } catch (error) {
      if (!signal.aborted) rest({ phase: 'failed', failure: toFailure(error) });
    }
  }

  /** One look; said only when two in a row agree, so that the words do not flicker. */
  async function look(video: HTMLVideoElement, before: string): Promise<string> {
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

    /** Judge what `video` shows until the camera rests. Without a judgement the camera works on. */
    async watchCamera(video: HTMLVideoElement): Promise<void> {
      const { signal } = leaving;
      if (watched === signal) return;
      watched = signal;
      for (let last = ''; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))) {
        last = await look(video, last).catch(() => last);
      }
    },

    async shoot(video: HTMLVideoElement): Promise<void> {
      /* Two presses are one photo. */
      if (shooting) return;
      shooting = true;
      try {
        const photo = await takePicture(video);
        rest({ phase: 'off' });
        takeFile(new File([photo], 'camera.jpg', { type: photo.type }));
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
