/**
 * The only addresses that may become a script's. The content policy asks for Trusted Types, so the browser
 * refuses every other way to make one from text.
 */
import { makePolicy } from '../../package/trusted-types';

declare const WORKER_FILE: string;

/** Where a worker's script or the service worker lies. */
type ScriptName = WorkerScript | 'service worker';

/** The worker under the page's own policy, and, for browsers that run no module from a blob: address, as served. */
export type WorkerScript = 'bound worker' | 'worker';

const WORKER = new URL(WORKER_FILE, import.meta.url).href;

/**
 * A worker obeys the policy its script was served with, which a plain host does not send; one from a blob:
 * address obeys its maker's. So the worker's first line is this page's, and fetches the rest.
 */
const starter = URL.createObjectURL(new Blob([`import ${JSON.stringify(WORKER)};`], { type: 'text/javascript' }));

const ADDRESSES: Record<string, string> = {
  'bound worker': starter,
  worker: WORKER,
  'service worker': new URL('sw.js', document.baseURI).href,
};

function addressOf(name: string): string {
  const address = ADDRESSES[name];
  if (address === undefined) throw new TypeError(`${name} is no script of this app`);
  return address;
}

const policy = makePolicy(addressOf);

/** The address in the form the browser wants: with Trusted Types an object that is passed on as it is. */
export const scriptAddress = (name: ScriptName): string => policy.createScriptURL(name);
