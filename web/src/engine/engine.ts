/**
 * The engine as the rest of the page knows it, and the one place that says how it is. It starts itself, has one
 * worker, and gives that one job after the other: an aborted job is taken out alone. A worker that trapped, died or
 * does not come to an end is ended and another started; only the job it was about fails, the others go on.
 */

import { Interrupted, Rpc } from '../../package/rpc';
import { scriptAddress, type WorkerScript } from '../browser/script-address';
import type { ProbeResult } from '../probe/probe';
import type {
  Answer,
  AnswerSource,
  CallName,
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

interface Job {
  name: CallName;
  args: unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
  /** Refused or answered: whatever the worker says of it is not wanted any more. */
  over: boolean;
  /** How many workers have died under it. */
  deaths: number;
}

/** WebAssembly cannot be interrupted. An aborted job may end by itself for so long: a new worker takes about that. */
const ABANDON_MS = 1_000;
/** A job that was under way when this many workers died is not tried again. */
const MOST_DEATHS = 3;
/** Of so many answers it is known what they were made of. */
const REMEMBERED = 8;

export class Engine {
  readonly #tell: (change: Partial<EngineStatus>) => void;
  readonly #queue: Job[] = [];
  readonly #sources = new Map<number, AnswerSource>();
  #running: Job | null = null;
  #rpc: Rpc | null = null;
  #starting: Rpc | null = null;
  #started: Promise<Started> | null = null;
  #script: WorkerScript = 'bound worker';
  #threads = 1;
  /** Threads have failed to start: one is used from then on. */
  #unthreaded = false;
  /** The last worker died under its model. */
  #failed = false;
  #bytes = { received: 0, total: 0 };

  /** `tell` hears how the engine is, and which model it has. */
  constructor(tell: (change: Partial<EngineStatus>) => void) {
    this.#tell = tell;
  }

  /** Load engine and model, once; after a failure a new call tries again. */
  start(): Promise<Started> {
    this.#started ??= this.#begin().then(
      (started) => {
        const { kernels, threads, model, shelf } = started;
        this.#tell({ engine: { phase: 'ready', kernels, threads }, model, shelf });
        return started;
      },
      (error: unknown) => {
        this.#started = null;
        this.#tell({ engine: { phase: 'failed', failure: toFailure(error), time: Date.now(), ...this.#bytes } });
        throw error;
      },
    );
    return this.#started;
  }

  /** How many threads are wanted. Another worker goes on with what is under way. */
  useThreads(threads: number): void {
    if (threads === this.#threads) return;
    this.#threads = threads;
    (this.#rpc ?? this.#starting)?.end();
  }

  /**
   * Where the worker's script does not even begin, the other way to it is tried; where its threads do not, one. Where
   * its model makes the engine trap, the worker is told, and turns to another one in the end. Each start has a worker of
   * its own, since what was begun stays in it.
   */
  async #begin(): Promise<Started> {
    this.#bytes = { received: 0, total: 0 };
    this.#tellLoading(Date.now());
    const scripts = this.#script === 'worker' ? [this.#script] : (['bound worker', 'worker'] as const);
    let other = 0;
    let crashes = 0;
    for (;;) {
      const script = scripts[other] ?? this.#script;
      const rpc = this.#spawn(script);
      try {
        const threads = this.#unthreaded ? 1 : this.#threads;
        const args = { threads, failed: this.#failed };
        this.#failed = false;
        const started = await rpc.call('start', args, { heavy: true, onProgress: this.#onProgress() });
        this.#script = script;
        this.#rpc = rpc;
        return started;
      } catch (error) {
        const { code } = toFailure(error);
        rpc.end();
        if (error instanceof Interrupted) continue;
        if (code === 'threads' && !this.#unthreaded) this.#unthreaded = true;
        else if (!rpc.heard && other + 1 < scripts.length) other++;
        else if (code === 'crash' && ++crashes < MOST_DEATHS) this.#failed = true;
        else throw error;
      } finally {
        this.#starting = null;
      }
    }
  }

  #spawn(script: WorkerScript): Rpc {
    const worker = new Worker(scriptAddress(script), { type: 'module', name: 'lentigo engine' });
    const rpc: Rpc = new Rpc(worker, (reason) => this.#replace(rpc, reason));
    this.#starting = rpc;
    return rpc;
  }

  /** A worker is dead. Where it was the one at work, another is started, once; what waits goes on with that. */
  #replace(dead: Rpc, reason: Fault | null): void {
    if (this.#rpc !== dead) return;
    this.#failed = reason !== null;
    this.#rpc = null;
    this.#started = null;
    this.start().catch(() => undefined);
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

  // ---- jobs, one after the other ----

  #submit<K extends CallName>(name: K, args: Calls[K]['args'], signal?: AbortSignal): Promise<Calls[K]['value']> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const job: Job = { name, args, resolve, reject, over: false, deaths: 0 };
      signal?.addEventListener('abort', () => this.#abandon(job, signal.reason), { once: true });
      this.#queue.push(job);
      void this.#work();
    });
  }

  /** Take a job out, alone. */
  #abandon(job: Job, reason: unknown): void {
    if (job.over) return;
    job.over = true;
    job.reject(reason);
    const at = this.#queue.indexOf(job);
    if (at >= 0) this.#queue.splice(at, 1);
    if (this.#running === job) setTimeout(() => this.#running === job && this.#rpc?.end(), ABANDON_MS);
  }

  async #work(): Promise<void> {
    while (!this.#running && this.#queue[0]) {
      const job = this.#queue.shift() as Job;
      this.#running = job;
      await this.#run(job);
      this.#running = null;
    }
  }

  async #run(job: Job): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      /* Without an engine there is no use in trying again for each of them. */
      for (const refused of [job, ...this.#queue.splice(0)]) refuse(refused, error);
      return;
    }
    if (job.over) return;
    try {
      const value = await this.#call(job.name, job.args as never, true);
      if (!job.over) job.resolve(value as never);
      job.over = true;
    } catch (error) {
      const again = error instanceof Interrupted && ++job.deaths < MOST_DEATHS;
      if (job.over) return;
      if (again) this.#queue.unshift(job);
      else refuse(job, error instanceof Interrupted ? new Fault('crash', job.name) : error);
    }
  }

  #call<K extends CallName>(name: K, args: Calls[K]['args'], heavy: boolean): Promise<Calls[K]['value']> {
    return this.#rpc ? this.#rpc.call(name, args, { heavy }) : Promise.reject(new Interrupted());
  }

  /** What waits for the network more than it computes goes beside the jobs. */
  async #aside<K extends CallName>(name: K, args: Calls[K]['args']): Promise<Calls[K]['value']> {
    for (let deaths = 0; ; ) {
      await this.start();
      try {
        return await this.#call(name, args, false);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        if (++deaths === MOST_DEATHS) throw new Fault('crash', name);
      }
    }
  }

  // ---- what can be asked ----

  /** `model`: SHA-256 of a stored model; null for the usual one. */
  async classify(photo: Blob, region: Region, model: string | null, signal?: AbortSignal): Promise<Answer> {
    const answer = await this.#submit('classify', { photo, region, model }, signal);
    const { ticket } = answer;
    this.#sources.set(ticket, { ticket, photo, region, model: answer.model.sha256, views: 1 });
    const [oldest] = this.#sources.keys();
    if (oldest !== undefined && this.#sources.size > REMEMBERED) this.#sources.delete(oldest);
    return answer;
  }

  /** The answer with one view more. Throws `stale` where its model is stored no more, or it was too long ago. */
  async addView(ticket: number): Promise<Answer> {
    const source = this.#sourceOf(ticket);
    const answer = await this.#submit('addView', source);
    source.views = answer.views;
    return answer;
  }

  /** Null where the network has no maps; `stale` as above. */
  async map(ticket: number, label: string): Promise<ClassMap | null> {
    return this.#submit('map', { ...this.#sourceOf(ticket), label });
  }

  #sourceOf(ticket: number): AnswerSource {
    const source = this.#sources.get(ticket);
    if (!source) throw new Fault('stale');
    return source;
  }

  /** Lesions of known diagnosis that look like it; `stale` as above. */
  similar(ticket: number): Promise<SimilarLesion[]> {
    return this.#submit('similar', this.#sourceOf(ticket));
  }

  figures(pictures: EvaluatedPictures): Promise<FigureFiles> {
    return this.#submit('figures', pictures);
  }

  /** A small square picture of a photo; null where the browser cannot decode it. */
  thumbnail(photo: Blob): Promise<Blob | null> {
    return this.#submit('thumbnail', { photo });
  }

  /** The square around what looks like the lesion; null where nothing stands out of the photo. */
  propose(photo: Blob): Promise<Region | null> {
    return this.#submit('propose', { photo });
  }

  /** What is wrong with the centre square of these pixels, worst first; null where the model sets no limits. */
  check(pixels: Pixels): Promise<string[] | null> {
    return this.#submit('check', { pixels });
  }

  /** What becomes of the worker's own tries to reach another site. */
  probe(): Promise<ProbeResult[]> {
    return this.#aside('probe', null);
  }

  /** Make a stored model the usual one, for photos from now on and whenever the app begins. */
  async choose(model: string): Promise<void> {
    this.#tell(await this.#submit('choose', { model }));
  }

  /** The script that a further worker begins with here. */
  get script(): WorkerScript {
    return this.#script;
  }
}

function refuse(job: Job, error: unknown): void {
  if (job.over) return;
  job.over = true;
  job.reject(error);
}
