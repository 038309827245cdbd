/**
 * The service worker: keeps the app shell, whole or not at all, and answers from there. The model is not
 * its business: worker/shelf.ts keeps that under its hash. Everything else goes to the host.
 */
import { addPlugins, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { TAKE_OVER } from '../shared/take-over';
import { runnableKernels } from '../worker/kernels';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };
declare const HEADERS: Readonly<Record<string, string>>;

/** The same answer under the site's policy, whatever the host sent: a worker obeys only its own header. */
function withPolicy(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

addPlugins([{ handlerWillRespond: async ({ response }) => withPolicy(response) }]);

/** Of the engine's builds only the one this browser will choose: the other would be 400 KB for nothing. */
function isWanted(entry: PrecacheEntry | string): boolean {
  const url = typeof entry === 'string' ? entry : entry.url;
  const [, build] = url.match(/lentigo-(\w+)-\w+\.(?:js|wasm)$/) ?? [];
  return build === undefined || build === runnableKernels()[0];
}

precacheAndRoute(self.__WB_MANIFEST.filter(isWanted), { ignoreURLParametersMatching: [/./], cleanURLs: false });

/* Never a silent swap: a newer version waits until the person asks for it. */
self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
