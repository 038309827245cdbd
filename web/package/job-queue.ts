/**
 * A worker that is given one job after the other: an aborted job is taken out alone. A worker that trapped, died or
 * does not come to an end is ended and another started; only the job it was about fails, the others go on.
 */
import { Fault } from './fault';
import type { CallsOf } from './messages';
import { Interrupted, Rpc, type WorkerLike } from './rpc';

/** How a worker is brought up, and who hears of it. */
export interface Starter<C extends CallsOf<C>, S> {
  /**
   * Make a worker by `spawn`, and have it start; a failed one is ended, and another may be tried. Gives the one that
   * stands, and what it said.
   */
  begin(spawn: (worker: WorkerLike) => Rpc<C>): Promise<{ rpc: Rpc<C>; started: S }>;
  onStarted?(started: S): void;
  onFailed?(error: unknown): void;
  /** The worker at work is dead, and another is about to be started: why, or null where it was ended by our hand. */
  onDeath?(reason: Fault | null): void;
}

interface Job {
  name: string;
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
export const MOST_DEATHS = 3;

export class JobQueue<C extends CallsOf<C>, S> {
  readonly #starter: Starter<C, S>;
  readonly #queue: Job[] = [];
  #running: Job | null = null;
  #rpc: Rpc<C> | null = null;
  #starting: Rpc<C> | null = null;
  #started: Promise<S> | null = null;
  #closed: Fault | null = null;

  constructor(starter: Starter<C, S>) {
    this.#starter = starter;
  }

  /** Have a worker ready, once; after a failure a new call tries again. */
  start(): Promise<S> {
    if (this.#closed) return Promise.reject(this.#closed);
    this.#started ??= this.#starter
      .begin((worker) => this.#spawn(worker))
      .then(
        ({ rpc, started }) => {
          this.#starting = null;
          this.#rpc = rpc;
          if (this.#closed) rpc.end();
          else this.#starter.onStarted?.(started);
          return started;
        },
        (error: unknown) => {
          this.#starting = null;
          this.#started = null;
          this.#starter.onFailed?.(error);
          throw error;
        },
      );
    return this.#started;
  }

  /** End the worker at work. Another goes on with what is under way. */
  renew(): void {
    (this.#rpc ?? this.#starting)?.end();
  }

  /** End all, for good: what waits and whatever is asked from now on is refused with `reason`. */
  close(reason: Fault): void {
    this.#closed = reason;
    for (const job of [...(this.#running ? [this.#running] : []), ...this.#queue.splice(0)]) refuse(job, reason);
    this.renew();
  }

  #spawn(worker: WorkerLike): Rpc<C> {
    const rpc: Rpc<C> = new Rpc(worker, (reason) => this.#replace(rpc, reason));
    this.#starting = rpc;
    return rpc;
  }

  /** A worker is dead. Where it was the one at work, another is started, once; what waits goes on with that. */
  #replace(dead: Rpc<C>, reason: Fault | null): void {
    if (this.#rpc !== dead) return;
    this.#starter.onDeath?.(reason);
    this.#rpc = null;
    this.#started = null;
    this.start().catch(() => undefined);
  }

  submit<K extends keyof C & string>(name: K, args: C[K]['args'], signal?: AbortSignal): Promise<C[K]['value']> {
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
    refuse(job, reason);
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
      const value = await this.#call(job.name as keyof C & string, job.args as never, true);
      if (!job.over) job.resolve(value as never);
      job.over = true;
    } catch (error) {
      const again = error instanceof Interrupted && ++job.deaths < MOST_DEATHS;
      if (job.over) return;
      if (again) this.#queue.unshift(job);
      else refuse(job, error instanceof Interrupted ? new Fault('crash', job.name) : error);
    }
  }

  #call<K extends keyof C & string>(name: K, args: C[K]['args'], heavy: boolean): Promise<C[K]['value']> {
    return this.#rpc ? this.#rpc.call(name, args, { heavy }) : Promise.reject(new Interrupted());
  }

  /** What waits for the network more than it computes goes beside the jobs. */
  async aside<K extends keyof C & string>(name: K, args: C[K]['args']): Promise<C[K]['value']> {
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
}

function refuse(job: Job, error: unknown): void {
  if (job.over) return;
  job.over = true;
  job.reject(error);
}
