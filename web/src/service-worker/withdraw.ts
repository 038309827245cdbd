/**
 * The way out of a bad release: whoever runs the site puts this file in the place of sw.js. It takes over at once
 * wherever the app is opened, deletes the app's files and model from the browser, tells open pages, and unregisters; from
 * then on the browser loads what the host has. What the person has saved (history, settings) is not touched.
 */
import { WITHDRAWN } from '../protocol/service-worker-messages';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

const PATIENCE_MS = 3_000;

/** The caches of the app in this folder; there may be others on the site. */
const isOwn = (name: string) => name.endsWith(scope.href) || name.endsWith(`:${scope.pathname}`);

async function deleteCaches(): Promise<void> {
  for (const name of await caches.keys()) if (isOwn(name)) await caches.delete(name);
}

/** Has the page heard, and shown it? */
function tell(page: WindowClient): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(resolve, PATIENCE_MS, false);
    page.postMessage(WITHDRAWN, [port2]);
  });
}

/** A page that hears keeps what is on its screen until the person reloads; one that is broken is loaded anew. */
async function tellOrReload(page: WindowClient): Promise<void> {
  if (!(await tell(page))) await page.navigate(page.url).catch(() => null);
}

/** Pages of the release before; one that comes from the host by now needs no telling. */
async function tellPages(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  await Promise.all(pages.map(tellOrReload));
  await self.registration.unregister();
}

async function end(): Promise<void> {
  await deleteCaches();
  /* Not waited for: a page is loaded anew only once this has become active. */
  void tellPages();
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(end()));
self.addEventListener('message', (event) => {
  /* Whatever the page asks about its files: they are not cached. */
  event.ports[0]?.postMessage(false);
  /* Where this was ended before it was done. */
  event.waitUntil(
    new Promise((resolve) => setTimeout(resolve, 2 * PATIENCE_MS)).then(() => self.registration.unregister()),
  );
});
