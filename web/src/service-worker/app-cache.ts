/**
 * The app's files in the browser's cache, under keys that name their SHA-256. What lies there is held against it
 * whenever it is read; what is missing or damaged is fetched again. So an update, too, heals what it takes over.
 */
import { cacheNames } from 'workbox-core';
import { CACHE_SHELL, SHELL_CACHED } from '../protocol/service-worker-messages';
import { belongs, type Files, fetchExactly } from './files';

declare const self: ServiceWorkerGlobalScope;

export const openCache = () => caches.open(cacheNames.precache);

/** What is cached of a file; null where nothing is, it is damaged, or the storage cannot be read. */
export async function readCached(key: string): Promise<ArrayBuffer | null> {
  try {
    const cache = await openCache();
    const bytes = await (await cache.match(key))?.arrayBuffer();
    if (!bytes) return null;
    if (await belongs(bytes, key)) return bytes;
    await cache.delete(key);
  } catch {}
  return null;
}

/** Where there is no room it is fetched again next time. */
export async function cacheFile(key: string, bytes: ArrayBuffer): Promise<void> {
  try {
    await (await openCache()).put(key, new Response(bytes));
  } catch {}
}

/** The page's own file goes last: it is never cached without what it needs. */
function inOrder(files: Files): [path: string, key: string][] {
  const isPage = ([path]: [string, string]) => Number(path === 'index.html');
  return Object.entries(files).sort((a, b) => isPage(a) - isPage(b));
}

/** Cache all of `files`. Where that fails `onPut` has heard of each key that was put. */
async function fill(files: Files, onPut: (key: string) => void = () => undefined): Promise<void> {
  const cache = await openCache();
  for (const [path, key] of inOrder(files)) {
    if (await readCached(key)) continue;
    const bytes = await fetchExactly(path, key);
    await cache.put(key, new Response(bytes));
    onPut(key);
  }
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

/**
 * Cache a version that is being installed, whole, or fail. What a broken connection left is of use to the next
 * attempt; where there was no room, nothing of it may stay: the person's own photos need that room.
 */
export async function cacheAll(files: Files): Promise<void> {
  const put: string[] = [];
  try {
    await fill(files, (key) => put.push(key));
  } catch (error) {
    if (isFull(error)) {
      const cache = await openCache();
      await Promise.all(put.map((key) => cache.delete(key)));
    }
    throw error;
  }
}

async function isWhole(files: Files): Promise<boolean> {
  for (const key of Object.values(files)) if (!(await readCached(key))) return false;
  return true;
}

/** Answer the page's questions about `files`; after each there is time to `tidy`. */
export function answerAboutCache(files: Files, tidy: () => Promise<void>): void {
  const ways = new Map<unknown, () => Promise<boolean>>([
    [SHELL_CACHED, () => isWhole(files)],
    [CACHE_SHELL, () => fill(files).then(() => true)],
  ]);
  self.addEventListener('message', (event) => {
    const way = ways.get(event.data);
    if (!way) return;
    /* No network, no room, no storage: whatever it was, the files are not all here. */
    const answered = way().catch(() => false);
    event.waitUntil(answered.then((whole) => event.ports[0]?.postMessage(whole)).then(tidy));
  });
}
