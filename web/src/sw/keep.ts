/**
 * The app's files in the cache that Workbox fills at install, and at install only. Where the browser has cleared
 * it since, the page has it filled again from here.
 */
import { cacheNames } from 'workbox-core';
import { getCacheKeyForURL, type PrecacheEntry } from 'workbox-precaching';
import { KEEP_SHELL, SHELL_KEPT } from '../shared/keep';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

interface Keeping {
  wanted: PrecacheEntry[];
  fetchFile(path: string): Promise<Response>;
}

const keyOf = (path: string) => getCacheKeyForURL(path) ?? new URL(path, scope).href;

/** What is kept under `path`; nothing where the storage cannot be read. */
export async function matchKept(path: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(cacheNames.precache)).match(keyOf(path));
  } catch {
    return undefined;
  }
}

/** Where there is no room it is fetched again next time. */
export async function keep(path: string, response: Response): Promise<void> {
  try {
    await (await caches.open(cacheNames.precache)).put(keyOf(path), response);
  } catch {}
}

async function missing(wanted: PrecacheEntry[]): Promise<string[]> {
  const cache = await caches.open(cacheNames.precache);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return wanted.map(({ url }) => url).filter((path) => !kept.has(keyOf(path)));
}

/** The page's own file goes last: it is never kept without what it needs. */
async function fill({ wanted, fetchFile }: Keeping): Promise<void> {
  const cache = await caches.open(cacheNames.precache);
  const paths = await missing(wanted);
  for (const path of paths.sort((a, b) => Number(a === 'index.html') - Number(b === 'index.html'))) {
    const response = await fetchFile(path);
    if (!response.ok) throw new TypeError(`${path}: ${response.status}`);
    await cache.put(keyOf(path), response);
  }
}

const isWhole = async ({ wanted }: Keeping) => (await missing(wanted)).length === 0;

export function answerAboutKeeping(keeping: Keeping): void {
  const fillAndLook = async () => {
    await fill(keeping);
    return isWhole(keeping);
  };
  const ways = new Map<unknown, () => Promise<boolean>>([
    [SHELL_KEPT, () => isWhole(keeping)],
    [KEEP_SHELL, fillAndLook],
  ]);
  self.addEventListener('message', (event) => {
    const way = ways.get(event.data);
    if (!way) return;
    /* No network, no room, no storage: whatever it was, the files are not all here. */
    const answered = way().catch(() => false);
    event.waitUntil(answered.then((whole) => event.ports[0]?.postMessage(whole)));
  });
}
