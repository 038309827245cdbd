/** The engine as the rest of the page knows it: it starts itself, and starts again after an abort. */
import type { Attempt } from '../shared/attempt';
import type { Answer, ClassMap, ModelInfo, Pixels, Progress, Region, Started } from '../shared/messages';
import { Rpc } from './rpc';
import { scriptAddress } from './trusted';

export class Engine {
  readonly #rpc: Rpc;
  readonly #onProgress: (progress: Progress) => void;
  #started: Promise<Started> | null = null;

  /** `onProgress` hears of the bytes of a model that `start` has to fetch. */
  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress;
    this.#rpc = new Rpc(
      () => new Worker(scriptAddress('worker'), { type: 'module', name: 'lentigo engine' }),
      () => (this.#started = null),
    );
  }

  /** Load engine and model, once; after a failure or an abort a new call tries again. */
  start(): Promise<Started> {
    if (this.#started) return this.#started;
    const started = this.#rpc.call('start', null, { onProgress: this.#onProgress });
    this.#started = started;
    started.catch(() => {
      if (this.#started === started) this.#started = null;
    });
    return started;
  }

  /** An abort before the engine is ready only leaves the queue: a download is not thrown away for it. */
  async classify(photo: Blob, region: Region, signal: AbortSignal): Promise<Answer> {
    await this.start();
    signal.throwIfAborted();
    return this.#rpc.call('classify', { photo, region }, { signal });
  }

  /** The answer with one view more. Throws `stale` where the worker has seen another photo since. */
  async lookAgain(ticket: number): Promise<Answer> {
    await this.start();
    return this.#rpc.call('lookAgain', { ticket });
  }

  async map(ticket: number, label: string): Promise<ClassMap | null> {
    await this.start();
    return this.#rpc.call('map', { ticket, label });
  }

  /** A small square picture of a photo; null where the browser cannot decode it. */
  async thumbnail(photo: Blob): Promise<Blob | null> {
    await this.start();
    return this.#rpc.call('thumbnail', { photo });
  }

  /** What is wrong with the centre square of these pixels, worst first; null where the model sets no limits. */
  async check(pixels: Pixels): Promise<string[] | null> {
    await this.start();
    return this.#rpc.call('check', { pixels });
  }

  /** What becomes of the worker's own attempt to reach another site. */
  async attempt(): Promise<Attempt[]> {
    await this.start();
    return this.#rpc.call('attempt', null);
  }

  async renew(): Promise<ModelInfo | null> {
    await this.start();
    return this.#rpc.call('renew', null);
  }
}
