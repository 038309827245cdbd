/**
 * A download that goes on where it was cut: what has come is stored in parts, each under its place in the file, and the
 * host is asked for the rest (RFC 9110, Range and If-Range). Whether all of it is the file is told by the hash at the end.
 */
import type { Progress } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { type FileEntry, isHash } from './catalog';
import { checkHash, readInto } from './download';
import type { ModelCache } from './model-cache';
import { SilenceTimeout } from './silence-timeout';

type Bytes = Uint8Array<ArrayBuffer>;
type Tell = (progress: Progress) => void;

/** So much is lost at most where the power is cut. */
const PART_BYTES = 256 * 1024;
const ETAG = 'X-ETag';
const PART = /\/model\/([0-9a-f]{64})\.part\/(\d+)$/;

interface Part {
  url: string;
  sha256: string;
  offset: number;
}

function partOf(url: string): Part[] {
  const [, sha256, offset] = new URL(url).pathname.match(PART) ?? [];
  return isHash(sha256) ? [{ url, sha256, offset: Number(offset) }] : [];
}

async function partsIn(cache: Cache): Promise<Part[]> {
  const parts = (await cache.keys()).flatMap(({ url }) => partOf(url));
  return parts.sort((a, b) => a.offset - b.offset);
}

/** Delete what is stored of downloads, but of the file with the hash `except`. */
export async function dropParts(store: ModelCache, except = ''): Promise<void> {
  try {
    const cache = await store.open();
    for (const { url, sha256 } of await partsIn(cache)) if (sha256 !== except) await cache.delete(url);
  } catch {
    /* Where the storage cannot be had there is nothing in it. */
  }
}

/** Copy what is stored to the front of `bytes`: how far that goes, and the entity tag of what it was part of. */
async function readParts(store: ModelCache, entry: FileEntry, bytes: Bytes): Promise<{ end: number; etag: string }> {
  const found = { end: 0, etag: '' };
  try {
    const cache = await store.open();
    for (const { url, sha256, offset } of await partsIn(cache)) {
      if (sha256 !== entry.sha256 || offset !== found.end) continue;
      const part = await cache.match(url);
      const stored = new Uint8Array((await part?.arrayBuffer()) ?? new ArrayBuffer(0));
      if (stored.length > bytes.length - offset) break;
      bytes.set(stored, offset);
      found.end = offset + stored.length;
      found.etag = part?.headers.get(ETAG) ?? '';
    }
  } catch {
    return { end: 0, etag: '' };
  }
  return found;
}

/** Stores a file part by part, as long as there is room. */
class PartWriter {
  readonly #store: ModelCache;
  readonly #entry: FileEntry;
  readonly #bytes: Bytes;
  readonly #etag: string;
  #stored: number;
  #full = false;

  constructor(store: ModelCache, entry: FileEntry, bytes: Bytes, etag: string, stored: number) {
    this.#store = store;
    this.#entry = entry;
    this.#bytes = bytes;
    this.#etag = etag;
    this.#stored = stored;
  }

  /** `received` bytes are there; of those not stored yet, at least so many are worth a part. */
  async write(received: number, least: number): Promise<void> {
    if (this.#full || received - this.#stored < least) return;
    try {
      const cache = await this.#store.open();
      const address = this.#store.addressOf(`${this.#entry.sha256}.part/${this.#stored}`);
      const part = this.#bytes.slice(this.#stored, received);
      await cache.put(address, new Response(part, { headers: this.#etag ? { [ETAG]: this.#etag } : {} }));
      this.#stored = received;
    } catch {
      this.#full = true;
    }
  }
}

/** Where the host goes on with what was begun: at `end`; from the beginning; or not at all (null). */
function placeIn(response: Response, entry: FileEntry, end: number): number | null {
  if (response.status === 200) return 0;
  const isRest = response.headers.get('Content-Range') === `bytes ${end}-${entry.bytes - 1}/${entry.bytes}`;
  return response.status === 206 && isRest ? end : null;
}

/** The rest of what is there already. */
function rangeOf({ end, etag }: { end: number; etag: string }): Record<string, string> {
  if (end === 0) return {};
  /* Weak tags are none for this. */
  return { Range: `bytes=${end}-`, ...(etag && !etag.startsWith('W/') ? { 'If-Range': etag } : {}) };
}

async function attempt(entry: FileEntry, base: URL, store: ModelCache, tell: Tell): Promise<Bytes> {
  const { url } = entry;
  const bytes = new Uint8Array(entry.bytes);
  const begun = await readParts(store, entry, bytes);
  if (begun.end === entry.bytes) return bytes;
  const timeout = new SilenceTimeout();
  const request = { cache: 'no-store', headers: rangeOf(begun), signal: timeout.signal } as const;
  let received = begun.end;
  let writer: PartWriter | null = null;
  try {
    const response = await fetch(new URL(url, base), request);
    const place = placeIn(response, entry, begun.end);
    if (place === null) throw new Fault('network', `${url}: HTTP ${response.status}`);
    /* A page in its place, as a network's login page. */
    if (/html/.test(response.headers.get('Content-Type') ?? '')) throw new Fault('not-a-model', `${url}: a page`);
    if (place === 0) await dropParts(store);
    writer = new PartWriter(store, entry, bytes, response.headers.get('ETag') ?? '', place);
    await readInto(bytes, place, entry, response, async (count) => {
      received = count;
      timeout.renew();
      tell({ received, total: entry.bytes });
      await writer?.write(received, PART_BYTES);
    });
    return bytes;
  } catch (error) {
    await writer?.write(received, 1);
    if (error instanceof Fault) throw error;
    throw new Fault('network', `${url}: ${(error as Error).message}`);
  } finally {
    timeout.end();
  }
}

/** The bytes of `entry`, exactly the ones it names, or a Fault: after `network`, what has come stays. */
export async function downloadOn(entry: FileEntry, base: URL, store: ModelCache, tell: Tell): Promise<Bytes> {
  await dropParts(store, entry.sha256);
  const { end: begun } = await readParts(store, entry, new Uint8Array(entry.bytes));
  try {
    const bytes = await attempt(entry, base, store, tell);
    await checkHash(entry, bytes);
    return bytes;
  } catch (error) {
    /* What was stored may be of another file, or the host has no ranges: once more from the beginning. */
    if (begun === 0 || !navigator.onLine) throw error;
    const { code } = error as Fault;
    if (code === 'network' && !/HTTP (206|416)/.test((error as Fault).detail)) throw error;
    await dropParts(store);
  }
  const bytes = await attempt(entry, base, store, tell);
  await checkHash(entry, bytes);
  return bytes;
}
