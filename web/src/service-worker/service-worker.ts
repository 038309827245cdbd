/**
 * The service worker: caches the app shell, whole or not at all, and answers what is on the fixed list; the
 * rest is refused. The model is not its business: worker/model-cache.ts stores that under its hash.
 */
import './guard';
import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { runnableKernels } from '../../package/kernels';
import { TAKE_OVER, WHICH_BUILD } from '../protocol/service-worker-messages';
import { answerAboutCache, cacheAll, cacheFile, readCached } from './app-cache';
import { askHost, type Files, fetchExactly, fileResponse, OtherBytes, rangeOf } from './files';
import { lostPage } from './lost-page';
import { refusal, withPolicy } from './policy';
import { pathBelow, sourceOf } from './routes';
import './hand-over';
import { takeShare } from './share';
import { scope } from './site';
import { Versions } from './versions';

declare const BUILD_ID: string;
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };

const INDEX = 'index.html';

/* Workbox makes the keys of the list: each names the file's SHA-256. */
const list = new PrecacheController();
list.addToCacheList(self.__WB_MANIFEST);
const files: Files = Object.fromEntries(
  [...list.getURLsToCacheKeys()].map(([url, key]) => [pathBelow(scope, url) ?? '', key]),
);
const wanted: Files = Object.fromEntries(Object.entries(files).filter(([path]) => isWanted(path)));
const indexKey = files[INDEX] ?? '';
const versions = new Versions(BUILD_ID, files);

/**
 * Of the engine's builds those that this browser may come to ask for: a page without a network can turn to each. The
 * build for other people's models, the photographs to try and the pages for developers are cached file by file, when they
 * are asked for.
 */
function isWanted(path: string): boolean {
  if (/^(?:photographs|developers)\//.test(path)) return false;
  const [, build] = path.match(/lentigo-(\w+)-\w+\.(?:js|wasm)$/) ?? [];
  const kernels: string[] = runnableKernels();
  if (build === undefined || kernels.includes(build)) return true;
  return build === 'threads' && kernels.includes('relaxed');
}

/** A file of the version that the page belongs to: cached, or where that was lost, from the host, if it has those bytes. */
async function fromShell(path: string, client: string, signal: AbortSignal): Promise<Response> {
  const key = await versions.keyFor(path, client);
  if (key === null) return refusal();
  const cached = await readCached(key);
  if (cached) return fileResponse(path, cached);
  const bytes = await fetchExactly(path, key, signal);
  await cacheFile(key, bytes);
  return fileResponse(path, bytes);
}

/** Nothing is left of this version but its list, and the host has another: leave the browser to that one. */
async function stepAside(): Promise<Response> {
  const gone = await self.registration.unregister();
  return gone ? Response.redirect(scope.href) : askHost('./', 'no-cache');
}

let aside = false;

async function page(signal: AbortSignal): Promise<Response> {
  const cached = await readCached(indexKey);
  if (cached) return fileResponse(INDEX, cached);
  try {
    return fileResponse(INDEX, await fetchExactly(INDEX, indexKey, signal));
  } catch (error) {
    if (!(error instanceof OtherBytes)) return lostPage();
  }
  if (aside) return askHost('./', 'no-cache', signal);
  aside = true;
  return stepAside();
}

/** Stored by nobody on the way: it is large, and the page stores it itself. */
const fromHost = (path: string, request: Request) => {
  const range = rangeOf(request);
  return askHost(path, 'Range' in range ? 'no-store' : 'no-cache', request.signal, range);
};

async function answer(event: FetchEvent): Promise<Response> {
  const { request, clientId } = event;
  const path = pathBelow(scope, request.url);
  const source = sourceOf(request, path);
  if (source === 'none' || path === null) return refusal();
  if (source === 'share') return takeShare(event);
  if (source === 'page') return withPolicy(await page(request.signal));
  if (source === 'host') return withPolicy(await fromHost(path, request));
  return withPolicy(await fromShell(path, clientId, request.signal));
}

async function install(): Promise<void> {
  await versions.announce();
  await cacheAll(wanted);
}

async function activate(): Promise<void> {
  /* Without storage there is nothing to note, and nothing to tidy. */
  await versions.takeOver().catch(() => undefined);
  await self.clients.claim();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => event.respondWith(answer(event)));

answerAboutCache(wanted, () => versions.tidy());
self.addEventListener('message', (event) => {
  /* Never a silent swap: a newer version waits until the person asks for it. */
  if (event.data === TAKE_OVER) void self.skipWaiting();
  if (event.data === WHICH_BUILD) event.ports[0]?.postMessage(BUILD_ID);
});
