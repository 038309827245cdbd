/**
 * The only addresses that may become a script's. The content policy asks for Trusted Types, so the browser
 * refuses every other way to make one from text.
 */
import { makePolicy } from '../../package/trusted-types';

/** The worker's script, and the scripts that it imports from its first line on. */
declare const WORKER_FILES: [string, ...string[]];

/** Where a worker's script or the service worker lies. */
type ScriptName = WorkerScript | 'service worker';

/** The worker under the page's own policy, and, for browsers that run no module from a blob: address, as served. */
export type WorkerScript = 'bound worker' | 'worker';

const FILES = WORKER_FILES.map((file) => new URL(file, import.meta.url).href);
const WORKER = FILES[0] as string;

/**
 * A worker obeys the policy its script was served with, which a plain host does not send; one from a blob:
 * address obeys its maker's. So the worker's first lines are this page's, and fetch the rest: all at once, not one file after
 * the other.
 */
const lines = FILES.map((file) => `import ${JSON.stringify(file)};`);
const starter = URL.createObjectURL(new Blob(lines, { type: 'text/javascript' }));

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
