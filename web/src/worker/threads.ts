/**
 * Threads of the engine. The compiler's glue makes each a worker of its own, from an address in text, and the content
 * policy asks for Trusted Types: this is the one function through which such an address becomes a script's.
 */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

const GLUE = /^lentigo-threads-\w+\.js$/;

/** Memory can be shared between workers here: the browser knows how, and nobody else's code is in this page. */
export const canShareMemory = (): boolean =>
  self.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';

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
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('lentigo', { createScriptURL: threadAddress });
  self.Worker = class extends self.Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      const text = String(address);
      super(policy ? policy.createScriptURL(text) : threadAddress(text), options);
    }
  };
}
