/** The service worker seen from the page: cached for use without a network, and newer versions. */

import { scriptAddress } from '../browser/script-address';
import { CACHE_SHELL, SHELL_CACHED, TAKE_OVER, WHICH_BUILD, WITHDRAWN } from '../protocol/service-worker-messages';
import { askServiceWorker } from './ask-service-worker';

declare const BUILD_ID: string;

/** How far the app shell is cached for use without a network. */
export type Offline = 'unknown' | 'ready' | 'failed';

/** A newer app: `waiting` here, or already `taken` over by another tab; or this one was `withdrawn` by the host. */
export type Update = 'none' | 'waiting' | 'taken' | 'withdrawn';

export interface OfflineEvents {
  onOffline(offline: Offline): void;
  onUpdate(update: Update): void;
  /** From now on the page's requests go through the service worker, and come back under the policy. */
  onControlled(): void;
}

const HOUR = 3_600_000;
const ANSWER_MS = 5_000;
const FILL_MS = 300_000;

let registration: ServiceWorkerRegistration | null = null;
let asked = false;

export async function installOffline(events: OfflineEvents): Promise<void> {
  if (!('serviceWorker' in navigator)) return events.onOffline('failed');
  watchController(events);
  try {
    registration = await navigator.serviceWorker.register(scriptAddress('service worker'), {
      scope: './',
      updateViaCache: 'none',
    });
  } catch {
    return events.onOffline('failed');
  }
  watchVersions(registration, events);
  await navigator.serviceWorker.ready;
  await tellWhetherSame(registration, events);
  await tellWhetherCached(registration, events);
  checkHourly(registration, events);
}

/** A page that came from the host while a newer version was put there: the files it will ask for are not cached. */
async function tellWhetherSame({ active }: ServiceWorkerRegistration, events: OfflineEvents): Promise<void> {
  const build = active && (await askServiceWorker<string>(active, WHICH_BUILD, ANSWER_MS));
  if (typeof build === 'string' && build !== BUILD_ID) events.onUpdate('taken');
}

async function tellWhetherCached(found: ServiceWorkerRegistration, events: OfflineEvents): Promise<void> {
  const { active } = found;
  events.onOffline(active && (await cacheFiles(found, active)) ? 'ready' : 'failed');
}

/**
 * Whether the app's files are cached; where the browser has cleared them they are fetched again. First a newer version
 * is looked for: that one caches its own files, and they must not be mixed with the list of this one.
 */
async function cacheFiles(found: ServiceWorkerRegistration, active: ServiceWorker): Promise<boolean> {
  if (await askServiceWorker<boolean>(active, SHELL_CACHED, ANSWER_MS)) return true;
  try {
    await found.update();
  } catch {
    return false;
  }
  if (found.installing || found.waiting) return false;
  return (await askServiceWorker<boolean>(active, CACHE_SHELL, FILL_MS)) === true;
}

/** That of the newer version: the one that waits, or has been let in by another tab. */
export const nextWorker = (): ServiceWorker | null => registration?.waiting ?? navigator.serviceWorker.controller;

/** Begin the newer version, in this tab by loading the page anew. */
export function beginUpdate(): void {
  asked = true;
  if (registration?.waiting) registration.waiting.postMessage(TAKE_OVER);
  else location.reload();
}

/** Look for a newer version now. Without a network there is nothing to find, and nothing to say. */
export function checkForUpdate(): void {
  registration?.update().catch(() => undefined);
}

function watchController(events: OfflineEvents): void {
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else if (controlled) events.onUpdate('taken');
    controlled = true;
    events.onControlled();
  });
  navigator.serviceWorker.addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== WITHDRAWN) return;
    events.onUpdate('withdrawn');
    port?.postMessage(true);
  });
}

function watchVersions(found: ServiceWorkerRegistration, events: OfflineEvents): void {
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && found.active) events.onUpdate('waiting');
      if (worker.state === 'redundant' && !found.active) events.onOffline('failed');
    });
  if (found.waiting && found.active) events.onUpdate('waiting');
  follow(found.installing);
  found.addEventListener('updatefound', () => follow(found.installing));
}

/** An installed app may stay open for weeks: look again, for both, when it is brought to the front. */
function checkHourly(found: ServiceWorkerRegistration, events: OfflineEvents): void {
  let last = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < HOUR) return;
    last = Date.now();
    /* Without a network there is nothing to find, and nothing to say. */
    found.update().catch(() => undefined);
    void tellWhetherCached(found, events);
  });
}
