/**
 * A service worker obeys the policy its own script came with, and a host that sends no headers sends none.
 * So this script binds itself, before any other line of it runs: nothing outside of the site can be fetched,
 * and the other ways out are closed.
 */
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

const fetchFromSite = self.fetch.bind(self);

async function guardedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { origin, pathname } = new URL(request.url);
  const own = origin === scope.origin && pathname.startsWith(scope.pathname);
  if (!own || request.method !== 'GET') throw new TypeError('the service worker asks its own site only');
  return fetchFromSite(request);
}

function fix(name: string, value: unknown): void {
  Object.defineProperty(self, name, { value, writable: false, configurable: false });
}

fix('fetch', guardedFetch);
for (const name of ['importScripts', 'WebSocket', 'WebTransport', 'EventSource', 'BackgroundFetchManager'])
  if (name in self) fix(name, undefined);
