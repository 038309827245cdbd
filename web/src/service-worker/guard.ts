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

async function refuse(): Promise<never> {
  throw new TypeError('the service worker leads nowhere else');
}

function fix(where: object, name: string, value: unknown): void {
  if (name in where) Object.defineProperty(where, name, { value, writable: false, configurable: false });
}

/** Ways out that hang on an object which is there from the beginning, by the name of its class. */
const METHODS = [
  ['BackgroundFetchManager', 'fetch'],
  ['Clients', 'openWindow'],
  ['WindowClient', 'navigate'],
  ['ServiceWorkerRegistration', 'showNotification'],
  ['PushManager', 'subscribe'],
] as const;

fix(self, 'fetch', guardedFetch);
for (const [name, method] of METHODS) {
  const { prototype } = (self as unknown as Record<string, { prototype: object } | undefined>)[name] ?? {};
  if (prototype) fix(prototype, method, refuse);
}
for (const name of ['importScripts', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'cookieStore'])
  fix(self, name, undefined);
fix(self, 'BackgroundFetchManager', undefined);
