/**
 * Promises over one worker. Once that is dead, by our hand or its own, whatever was under way is refused and nothing
 * more is taken: job-queue.ts starts another.
 */
import { Fault } from './fault';
import type { CallsOf, Reply } from './messages';
import type { Progress } from './types';

/** A worker, or what stands for it in the thread that asks. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** The worker was ended, and not for this call's sake: the call may be made again with the next one. */
export class Interrupted extends Error {}

export interface CallOptions {
  /** It computes: where the worker dies without a word, this call is to blame. */
  heavy?: boolean;
  onProgress?: ((progress: Progress) => void) | undefined;
}

interface Pending extends CallOptions {
  name: string;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

const TICK_MS = 1_000;
/** Ticks without a word from a worker that owes one. They are counted, since a page put to sleep has no ticks. */
const SILENCE = 30;

export class Rpc<C extends CallsOf<C>> {
  readonly #worker: WorkerLike;
  readonly #onDeath: (reason: Fault | null) => void;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #alive = true;
  #heard = false;
  #quiet = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  /** `onDeath` is told once, however it came about: why, or null where it was ended by our hand. */
  constructor(worker: WorkerLike, onDeath: (reason: Fault | null) => void) {
    this.#worker = worker;
    this.#onDeath = onDeath;
    worker.onmessage = (event: MessageEvent<Reply>) => this.#receive(event.data);
    worker.onmessageerror = () => this.#die(new Fault('crash', 'unreadable message'));
    worker.onerror = (event) => {
      event.preventDefault();
      this.#die(new Fault(this.#heard ? 'crash' : 'engine-load', event.message));
    };
  }

  /** The worker has said a word: its script runs. */
  get heard(): boolean {
    return this.#heard;
  }

  call<K extends keyof C & string>(name: K, args: C[K]['args'], options: CallOptions = {}) {
    return new Promise<C[K]['value']>((resolve, reject) => {
      if (!this.#alive) return reject(new Interrupted());
      const id = this.#nextId++;
      if (this.#pending.size === 0) this.#listen();
      this.#pending.set(id, { name, resolve, reject, ...options });
      try {
        this.#worker.postMessage({ id, name, args });
      } catch (error) {
        /* Not everything can be cloned, as pixels that came from another site. */
        this.#settle(id, () => reject(new Fault('LT_ARGUMENT', (error as Error).message)));
      }
    });
  }

  /** End the worker; what is under way is interrupted. */
  end(): void {
    this.#die(null);
  }

  #listen(): void {
    this.#quiet = 0;
    this.#ticking = setInterval(() => {
      if (++this.#quiet < SILENCE) return;
      this.#die(new Fault('time-out', `${this.#culprit()?.name}: ${SILENCE} s`));
    }, TICK_MS);
  }

  #culprit(): Pending | undefined {
    const pending = [...this.#pending.values()];
    return pending.find(({ heavy }) => heavy) ?? pending[0];
  }

  /** `reason` is what the call to blame is refused with; before the first word all are. */
  #die(reason: Fault | null, culprit = this.#culprit()): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#worker.terminate();
    clearInterval(this.#ticking);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#onDeath(reason);
    for (const call of pending) call.reject(reason && (call === culprit || !this.#heard) ? reason : new Interrupted());
  }

  #receive(reply: Reply): void {
    this.#heard = true;
    this.#quiet = 0;
    const call = this.#pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') call.onProgress?.(reply.progress);
    else if (reply.kind === 'value') this.#settle(reply.id, () => call.resolve(reply.value as never));
    else {
      const fault = new Fault(reply.failure.code, reply.failure.detail);
      if (reply.spoilt) this.#die(fault, call);
      else this.#settle(reply.id, () => call.reject(fault));
    }
  }

  #settle(id: number, answer: () => void): void {
    this.#pending.delete(id);
    if (this.#pending.size === 0) clearInterval(this.#ticking);
    answer();
  }
}
