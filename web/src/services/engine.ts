/** The engine as the rest of the page knows it: it starts itself, and starts again after an abort. */
import type { Attempt } from '../shared/attempt';
import { Fault } from '../shared/fault';
import type { Answer, ClassMap, ModelInfo, Pixels, Progress, Region, Started } from '../shared/messages';
import { Rpc } from './rpc';
import { scriptAddress, type WorkerScript } from './trusted';

const OTHER = { 'bound worker': 'worker', worker: 'bound worker' } as const;

export class Engine {
  readonly #rpc: Rpc;
  readonly #onProgress: (progress: Progress) => void;
  #started: Promise<Started> | null = null;
  #script: WorkerScript = 'bound worker';
  #threads = 1;
  /** Threads have failed to start: one is used from then on. */
  #unthreaded = false;

  /** `onProgress` hears of the bytes of a model that `start` has to fetch. */
  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress;
    this.#rpc = new Rpc(
      () => new Worker(scriptAddress(this.#script), { type: 'module', name: 'lentigo engine' }),
      (unheard) => {
        this.#started = null;
        if (unheard) this.#script = OTHER[this.#script];
      },
    );
  }

  /** Load engine and model, once; after a failure or an abort a new call tries again. */
  start(): Promise<Started> {
    if (this.#started) return this.#started;
    const started = this.#begin();
    this.#started = started;
    started.catch(() => {
      if (this.#started === started) this.#started = null;
    });
    return started;
  }

  /** How many threads are wanted. What is under way is given up; the next call starts an engine with so many. */
  useThreads(threads: number): void {
    if (threads === this.#threads) return;
    this.#threads = threads;
    if (this.#started) this.#rpc.end(new DOMException('other threads', 'AbortError'));
  }

  /** Where the worker's script does not even begin, the other way to it is tried; where its threads do not, one. */
  async #begin(otherScript = true): Promise<Started> {
    const threads = this.#unthreaded ? 1 : this.#threads;
    const script = this.#script;
    try {
      return await this.#rpc.call('start', { threads }, { onProgress: this.#onProgress });
    } catch (error) {
      /* The worker is ended: through the service worker its script comes with the policy, and a fresh one is bound. */
      if (error instanceof Fault && error.code === 'unbound') this.#rpc.end(error);
      if (error instanceof Fault && error.code === 'threads') return this.#beginUnthreaded(error, otherScript);
      if (script === this.#script || !otherScript) throw error;
      return this.#begin(false);
    }
  }

  /** The worker is ended, since what it had begun of its threads stays in it; the start goes on with another. */
  #beginUnthreaded(reason: Fault, otherScript: boolean): Promise<Started> {
    const started = this.#started;
    this.#unthreaded = true;
    this.#rpc.end(reason);
    this.#started = started;
    return this.#begin(otherScript);
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

  /** The square around what looks like the lesion; null where nothing stands out of the photo. */
  async propose(photo: Blob): Promise<Region | null> {
    await this.start();
    return this.#rpc.call('propose', { photo });
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
