/**
 * Promises over a worker. A call that is aborted, times out or meets a dead worker ends the worker, since
 * WebAssembly cannot be interrupted; the next call starts a fresh one.
 */
import { Fault } from '../shared/fault';
import type { CallName, Calls, Progress, Reply } from '../shared/messages';

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds without a word from the worker after which it is given up. */
  silence?: number;
  onProgress?: (progress: Progress) => void;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
  onProgress: ((progress: Progress) => void) | undefined;
  heard: () => void;
  settle: () => void;
}

const DEFAULT_SILENCE_MS = 30_000;

export class Rpc {
  readonly #spawn: () => Worker;
  readonly #onEnd: (unheard: boolean) => void;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;

  /**
   * `spawn` makes a worker; `onEnd` is told when one was ended with all its state, and whether that one failed
   * before it said a word.
   */
  constructor(spawn: () => Worker, onEnd: (unheard: boolean) => void) {
    this.#spawn = spawn;
    this.#onEnd = onEnd;
  }

  call<K extends CallName>(name: K, args: Calls[K]['args'], options: CallOptions = {}) {
    return new Promise<Calls[K]['value']>((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) return reject(signal.reason);
      const id = this.#nextId++;
      const silence = options.silence ?? DEFAULT_SILENCE_MS;
      const giveUp = () => this.end(new Fault('time-out', `${name}: ${silence} ms`));
      const abort = () => this.end(signal?.reason);
      let timer = setTimeout(giveUp, silence);
      signal?.addEventListener('abort', abort, { once: true });
      this.#pending.set(id, {
        resolve,
        reject,
        onProgress: options.onProgress,
        heard: () => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, silence);
        },
        settle: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        },
      });
      this.#live().postMessage({ id, name, args });
    });
  }

  /** End the worker; every call under way is refused with `reason`. */
  end(reason: unknown, unheard = false): void {
    this.#worker?.terminate();
    this.#worker = null;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#onEnd(unheard);
    for (const call of pending) {
      call.settle();
      call.reject(reason);
    }
  }

  #live(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn();
    let unheard = true;
    worker.onmessage = (event: MessageEvent<Reply>) => {
      unheard = false;
      this.#receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(new Fault('engine-load', event.message), unheard);
    };
    worker.onmessageerror = () => this.end(new Fault('crash', 'unreadable message'));
    this.#worker = worker;
    return worker;
  }

  #receive(reply: Reply): void {
    const call = this.#pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') {
      call.heard();
      call.onProgress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    call.settle();
    if (reply.kind === 'value') call.resolve(reply.value as never);
    else call.reject(new Fault(reply.failure.code, reply.failure.detail));
  }
}
