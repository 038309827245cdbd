/** The engine in the thread that asks, behind what a worker looks like: in Node, Deno and Bun, and inside of workers. */
import { makeHandlers, type PackageCalls } from './handlers';
import type { WorkerLike } from './rpc';
import { type Scope, serve } from './serve';

/* Not in one go with what asks: what else waits in this thread has its turn between two photos. */
const soon: (work: () => void) => void =
  (globalThis as { setImmediate?: (work: () => void) => void }).setImmediate ?? ((work) => setTimeout(work, 0));

export function makeLocalWorker(): WorkerLike {
  let alive = true;
  const scope: Scope = {
    onmessage: null,
    postMessage: (data) => {
      if (alive) worker.onmessage?.({ data } as MessageEvent);
    },
  };
  const worker: WorkerLike = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: (data) => soon(() => alive && scope.onmessage?.({ data } as MessageEvent)),
    terminate: () => {
      alive = false;
    },
  };
  serve<PackageCalls>(scope, makeHandlers(false));
  return worker;
}
