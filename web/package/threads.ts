/**
 * Threads of the engine. The compiler's glue makes each a worker of its own, from an address in text, and the content
 * policy asks for Trusted Types: this is the one function through which such an address becomes a script's.
 */
import { makePolicy } from './trusted-types';

const GLUE = /^lentigo-threads-\w+\.js$/;

/** Only the glue beside this script becomes a thread's. */
function threadAddress(address: string): string {
  const folder = new URL('./', import.meta.url).href;
  if (!address.startsWith(folder) || !GLUE.test(address.slice(folder.length)))
    throw new TypeError(`${address} is no script of a thread`);
  return address;
}

let allowed = false;

/** Let the glue start its workers, once for this worker. */
export function allowThreads(): void {
  if (allowed) return;
  allowed = true;
  const policy = makePolicy(threadAddress);
  self.Worker = class extends self.Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(policy.createScriptURL(String(address)), options);
    }
  };
}
