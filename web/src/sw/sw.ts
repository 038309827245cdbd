/**
 * The service worker: keeps the app shell, whole or not at all, and answers what is on the fixed list; the
 * rest is refused. The model is not its business: worker/shelf.ts keeps that under its hash.
 */
import './guard';
import { type PrecacheEntry, precache } from 'workbox-precaching';
import { TAKE_OVER } from '../shared/take-over';
import { runnableKernels } from '../worker/kernels';
import { answerAboutKeeping, keep, matchKept } from './keep';
import { pathBelow, type Source, sourceOf } from './list';
import { lostPage } from './lost';
import { refusal, withPolicy } from './policy';
import './hand-over';
import { takeShare } from './share';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

const manifest = self.__WB_MANIFEST.filter((entry) => typeof entry !== 'string');
const shell = new Set(manifest.map(({ url }) => url));
const wanted = manifest.filter(isWanted);
const installed = new Set(wanted.map(({ url }) => url));

/** Of the engine's builds only the one that this browser begins with: each is 400 KB. */
function isWanted({ url }: PrecacheEntry): boolean {
  const [, build] = url.match(/lentigo-(\w+)-\w+\.(?:js|wasm)$/) ?? [];
  return build === undefined || build === runnableKernels()[0];
}

/** The request is made anew, from the address on the list alone: nothing of the page's goes along. */
async function fromHost(path: string, signal?: AbortSignal): Promise<Response> {
  return fetch(new URL(path, scope), {
    cache: 'no-cache',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: signal ?? null,
  });
}

/** Kept with the app, or where that was lost, at the host. What install left out is kept from its first use on. */
async function fromShell(path: string, signal: AbortSignal): Promise<Response> {
  const kept = await matchKept(path);
  if (kept) return kept;
  const response = await fromHost(path, signal);
  if (response.ok && !installed.has(path)) await keep(path, response.clone());
  return response;
}

async function answer(event: FetchEvent, source: Source, path: string): Promise<Response> {
  const { signal } = event.request;
  if (source === 'none') return refusal();
  if (source === 'share') return takeShare(event);
  if (source === 'host') return withPolicy(await fromHost(path, signal));
  if (source === 'page') return withPolicy(await fromShell('index.html', signal).catch(lostPage));
  return withPolicy(await fromShell(path, signal));
}

precache(wanted);
answerAboutKeeping({ wanted, fetchFile: fromHost });

self.addEventListener('fetch', (event) => {
  const path = pathBelow(scope, event.request.url);
  event.respondWith(answer(event, sourceOf(event.request, path, shell), path ?? ''));
});

/* Never a silent swap: a newer version waits until the person asks for it. */
self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
