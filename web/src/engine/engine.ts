/**
 * The engine as the rest of the page knows it, and the one place that says how it is. It starts itself, and has one
 * worker, which is given one job after the other (package/job-queue.ts).
 */

import { JobQueue, MOST_DEATHS } from '../../package/job-queue';
import { Interrupted, type Rpc, type WorkerLike } from '../../package/rpc';
import { scriptAddress, type WorkerScript } from '../browser/script-address';
import type { ProbeResult } from '../probe/probe';
import type {
  Answer,
  AnswerSource,
  Calls,
  ClassMap,
  EvaluatedPictures,
  FigureFiles,
  Kernels,
  ModelInfo,
  Pixels,
  Region,
  ShelfView,
  SimilarLesion,
  Started,
} from '../protocol/engine-messages';
import { type Failure, Fault, toFailure } from '../protocol/fault';

export type EngineState =
  /** `total` is 0 until bytes of a model are on their way; `since`: when this began, or the first of them came. */
  | { phase: 'loading'; received: number; total: number; since: number }
  | { phase: 'ready'; kernels: Kernels; threads: number }
  /** How many bytes had come, of how many, and when it failed. */
  | { phase: 'failed'; failure: Failure; received: number; total: number; time: number };

/** What the engine tells of itself. */
export interface EngineStatus {
  engine: EngineState;
  model: ModelInfo | null;
  /** The models on this device; null until the engine has begun. */
  shelf: ShelfView | null;
}

/** Of so many answers it is known what they were made of. */
const REMEMBERED = 8;

export class Engine {
  readonly #tell: (change: Partial<EngineStatus>) => void;
  readonly #jobs: JobQueue<Calls, Started>;
  readonly #sources = new Map<number, AnswerSource>();
  #script: WorkerScript = 'bound worker';
  #threads = 1;
  /** Threads have failed to start: one is used from then on. */
  #unthreaded = false;
  /** The last worker died under its model. */
  #failed = false;
  /** This worker's network has run, or is about to. */
  #warm = false;
  #bytes = { received: 0, total: 0 };

  /** `tell` hears how the engine is, and which model it has. */
  constructor(tell: (change: Partial<EngineStatus>) => void) {
    this.#tell = tell;
    this.#jobs = new JobQueue<Calls, Started>({
      begin: (spawn) => this.#begin(spawn),
      onStarted: ({ kernels, threads, model, shelf }) => {
        tell({ engine: { phase: 'ready', kernels, threads }, model, shelf });
        if (model.cached === null) void this.#hearStored();
      },
      onDeath: (reason) => {
        this.#failed = reason !== null;
      },
      onFailed: (error) =>
        tell({ engine: { phase: 'failed', failure: toFailure(error), time: Date.now(), ...this.#bytes } }),
    });
  }

  /** Load engine and model, once; after a failure a new call tries again. */
  start(): Promise<Started> {
    return this.#jobs.start();
  }

  /** How many threads are wanted. Another worker goes on with what is under way. */
  useThreads(threads: number): void {
    if (threads === this.#threads) return;
    this.#threads = threads;
    this.#jobs.renew();
  }

  /**
   * Where the worker's script does not even begin, the other way to it is tried; where its threads do not, one. Where
   * its model makes the engine trap, the worker is told, and turns to another one in the end. Each start has a worker of
   * its own, since what was begun stays in it.
   */
  async #begin(spawn: (worker: WorkerLike) => Rpc<Calls>): Promise<{ rpc: Rpc<Calls>; started: Started }> {
    this.#bytes = { received: 0, total: 0 };
    this.#warm = false;
    this.#tellLoading(Date.now());
    const scripts = this.#script === 'worker' ? [this.#script] : (['bound worker', 'worker'] as const);
    let other = 0;
    let crashes = 0;
    for (;;) {
      const script = scripts[other] ?? this.#script;
      const rpc = spawn(new Worker(scriptAddress(script), { type: 'module', name: 'lentigo engine' }));
      try {
        const threads = this.#unthreaded ? 1 : this.#threads;
        const args = { threads, failed: this.#failed };
        this.#failed = false;
        const started = await rpc.call('start', args, { heavy: true, onProgress: this.#onProgress() });
        this.#script = script;
        return { rpc, started };
      } catch (error) {
        const { code } = toFailure(error);
        rpc.end();
        if (error instanceof Interrupted) continue;
        if (code === 'threads' && !this.#unthreaded) this.#unthreaded = true;
        else if (!rpc.heard && other + 1 < scripts.length) other++;
        else if (code === 'crash' && ++crashes < MOST_DEATHS) this.#failed = true;
        else throw error;
      }
    }
  }

  /** Where the worker dies meanwhile, the next one tells how it is. */
  async #hearStored(): Promise<void> {
    const stored = await this.#jobs.aside('stored', null).catch(() => null);
    if (stored) this.#tell(stored);
  }

  #tellLoading(since: number): void {
    this.#tell({ engine: { phase: 'loading', since, ...this.#bytes } });
  }

  #onProgress(): (bytes: { received: number; total: number }) => void {
    const since = Date.now();
    return (bytes) => {
      this.#bytes = bytes;
      this.#tellLoading(since);
    };
  }

  // ---- what can be asked ----

  /** `model`: SHA-256 of a stored model; null for the usual one. */
  async classify(photo: Blob, region: Region, model: string | null, signal?: AbortSignal): Promise<Answer> {
    this.#warm = true;
    const answer = await this.#jobs.submit('classify', { photo, region, model }, signal);
    const { ticket } = answer;
    this.#sources.set(ticket, { ticket, photo, region, model: answer.model.sha256, views: 1 });
    const [oldest] = this.#sources.keys();
    if (oldest !== undefined && this.#sources.size > REMEMBERED) this.#sources.delete(oldest);
    return answer;
  }

  /** The answer with one view more. Throws `stale` where its model is stored no more, or it was too long ago. */
  async addView(ticket: number): Promise<Answer> {
    const source = this.#sourceOf(ticket);
    const answer = await this.#jobs.submit('addView', source);
    source.views = answer.views;
    return answer;
  }

  /** Null where the network has no maps; `stale` as above. */
  async map(ticket: number, label: string): Promise<ClassMap | null> {
    return this.#jobs.submit('map', { ...this.#sourceOf(ticket), label });
  }

  #sourceOf(ticket: number): AnswerSource {
    const source = this.#sources.get(ticket);
    if (!source) throw new Fault('stale');
    return source;
  }

  /** Lesions of known diagnosis that look like it; `stale` as above. */
  similar(ticket: number): Promise<SimilarLesion[]> {
    return this.#jobs.submit('similar', this.#sourceOf(ticket));
  }

  figures(pictures: EvaluatedPictures): Promise<FigureFiles> {
    return this.#jobs.submit('figures', pictures);
  }

  /** A small square picture of a photo; null where the browser cannot decode it. */
  thumbnail(photo: Blob): Promise<Blob | null> {
    return this.#jobs.submit('thumbnail', { photo });
  }

  /** The square around what looks like the lesion; null where nothing stands out of the photo. */
  propose(photo: Blob): Promise<Region | null> {
    return this.#jobs.submit('propose', { photo });
  }

  /** What is wrong with the centre square of these pixels, worst first; null where the model sets no limits. */
  check(pixels: Pixels): Promise<string[] | null> {
    return this.#jobs.submit('check', { pixels });
  }

  /** Have the network run before there is a photo, once a worker: browsers compile well what has run. */
  async warmUp(): Promise<void> {
    if (this.#warm) return;
    this.#warm = true;
    await this.#jobs.submit('warmUp', null);
  }

  /** What becomes of the worker's own tries to reach another site. */
  probe(): Promise<ProbeResult[]> {
    return this.#jobs.aside('probe', null);
  }

  /** Make a stored model the usual one, for photos from now on and whenever the app begins. */
  async choose(model: string): Promise<void> {
    this.#tell(await this.#jobs.submit('choose', { model }));
  }

  /** The script that a further worker begins with here. */
  get script(): WorkerScript {
    return this.#script;
  }
}
