/**
 * The bytes of the app's files, held against the hashes the build wrote into the list: whatever a host sends or
 * a cache gives back, only those are used. So a page of HTML under a script's name, half a file or
 * a damaged entry is as good as none.
 */
import { scope } from './site';

/** Path below the scope → key in the cache. */
export type Files = Record<string, string>;

/** The name by which Workbox writes an entry's revision into its key in the cache; here it is a SHA-256. */
const REVISION = '__WB_REVISION__';

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

/** The host has answered, with other bytes than this version's. */
export class OtherBytes extends Error {}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The SHA-256 in a key; null in those of versions from before there were any. */
function hashIn(key: string): string | null {
  const revision = new URL(key).searchParams.get(REVISION) ?? '';
  return /^[0-9a-f]{64}$/.test(revision) ? revision : null;
}

/** Are these the bytes that belong under `key`? Where it names no hash nobody can tell. */
export async function belongs(bytes: ArrayBuffer, key: string): Promise<boolean> {
  const hash = hashIn(key);
  return hash === null || (await sha256(bytes)) === hash;
}

/** What a file says of itself is known by its name, whatever the host called it. */
export function fileResponse(path: string, bytes: ArrayBuffer): Response {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { 'Content-Type': type } });
}

/**
 * The request is made anew, from the address on the list and `headers` alone: nothing else of the page's goes along. It
 * follows redirects as far as they stay on the site, since many hosts send `index.html` to the folder.
 */
export function askHost(
  path: string,
  cache: RequestCache,
  signal: AbortSignal | null = null,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(new URL(path, scope), { cache, mode: 'same-origin', referrerPolicy: 'no-referrer', signal, headers });
}

/** Of a request what asks for the rest of a file that was cut: from a place to its end, as long as it is that file. */
export function rangeOf({ headers }: Request): Record<string, string> {
  const [range, tag] = [headers.get('Range') ?? '', headers.get('If-Range') ?? ''];
  if (!/^bytes=\d{1,15}-$/.test(range)) return {};
  return { Range: range, ...(/^"[\x21\x23-\x7e]{1,200}"$/.test(tag) ? { 'If-Range': tag } : {}) };
}

/* A browser's own cache may hold what is wrong; the page is at some hosts to be had by one of its names only. */
const CACHES: RequestCache[] = ['no-cache', 'reload'];
const addressesOf = (path: string) => (path === 'index.html' ? ['index.html', './'] : [path]);

/** The bytes of `path` that belong under `key`, from the host. Throws OtherBytes where it has others. */
export async function fetchExactly(path: string, key: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  let reason: unknown;
  let answered = false;
  for (const cache of CACHES)
    for (const address of addressesOf(path)) {
      signal?.throwIfAborted();
      try {
        const response = await askHost(address, cache, signal);
        if (!response.ok) throw new TypeError(`${path}: HTTP ${response.status}`);
        const bytes = await response.arrayBuffer();
        if (await belongs(bytes, key)) return bytes;
        answered = true;
      } catch (error) {
        reason = error;
      }
    }
  throw answered ? new OtherBytes(path) : reason;
}
