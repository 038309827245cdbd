/**
 * Threads of the engine. The compiler's glue makes each a worker of its own, from an address in text, and the content
 * policy asks for Trusted Types: this is the one function through which such an address becomes a script's.
 */
import { makePolicy } from './trusted-types';

const GLUE = /^lentigo-threads-\w+\.js$/;

function isBesideThis(address: string): boolean {
  const folder = new URL('./', import.meta.url).href;
  return address.startsWith(folder) && GLUE.test(address.slice(folder.length));
}

let allowed = false;

/** Let the glue start its workers, once for this worker: only the one at `script`, or else the one beside this script. */
export function allowThreads(script?: string): void {
  if (allowed) return;
  allowed = true;
  const policy = makePolicy((address) => {
    if (script === undefined ? isBesideThis(address) : address === script) return address;
    throw new TypeError(`${address} is no script of a thread`);
  });
  self.Worker = class extends self.Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(policy.createScriptURL(String(address)), options);
    }
  };
}
