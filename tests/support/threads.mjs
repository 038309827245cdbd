/*
 * Lets the build with threads run in Node: what its glue expects of a browser, over Node's own threads. The glue makes
 * a `Worker` a thread, by its own address, and asks in there for `self`, `importScripts` and `postMessage`.
 */
import { isMainThread, parentPort, Worker as Thread, workerData } from 'node:worker_threads';

/** A browser's Worker, as far as the glue uses one. */
class Worker {
  #thread;

  constructor(url, { name }) {
    this.#thread = new Thread(new URL(import.meta.url), { workerData: { url: String(url), name } });
    this.#thread.on('message', (data) => this.onmessage({ data }));
    this.#thread.on('error', ({ message }) => this.onerror({ message, filename: url, lineno: 0 }));
    this.#thread.unref(); /* threads without work do not keep the tests from ending */
  }

  postMessage(message, transfer) {
    this.#thread.postMessage(message, transfer);
  }

  terminate() {
    this.#thread.terminate();
  }
}

async function beThread({ url, name }) {
  Object.assign(globalThis, {
    self: globalThis,
    name,
    location: { href: url },
    importScripts: () => {},
    postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  });
  await import(url);
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
}

if (isMainThread) globalThis.Worker = Worker;
else await beThread(workerData);
