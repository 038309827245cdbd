/**
 * The service worker: keeps the app shell, whole or not at all, and answers from there. The model is not
 * its business: worker/shelf.ts keeps that under its hash. Everything else goes to the host.
 */
import { addPlugins, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { TAKE_OVER } from '../shared/take-over';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };
declare const HEADERS: Readonly<Record<string, string>>;

/** The same answer under the site's policy, whatever the host sent: a worker obeys only its own header. */
function withPolicy(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

addPlugins([{ handlerWillRespond: async ({ response }) => withPolicy(response) }]);
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./], cleanURLs: false });

/* Never a silent swap: a newer version waits until the person asks for it. */
self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
