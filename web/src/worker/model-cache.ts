/**
 * Where models are stored: a cache of its own, apart from the app shell's, under their hash, with one entry
 * beside them that says which is at work. Where the browser gives no storage nothing is stored.
 */
import { Fault } from '../protocol/fault';
import { type CatalogEntry, checkEntry } from './catalog';

export class ModelCache {
  readonly #base: URL;
  readonly #name: string;

  constructor(base: URL) {
    this.#base = base;
    this.#name = `lentigo-models:${base.pathname}`;
  }

  /** The model that was at work last, or null. */
  async current(): Promise<CatalogEntry | null> {
    try {
      const cache = await caches.open(this.#name);
      const note = await cache.match(this.#noteUrl());
      const entry = checkEntry(await note?.json());
      return typeof entry === 'string' ? null : entry;
    } catch {
      return null;
    }
  }

  /** The stored bytes of `entry`, not yet checked; null where they are gone. */
  async read(entry: CatalogEntry): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const cache = await caches.open(this.#name);
      const file = await cache.match(this.#fileUrl(entry));
      return file ? new Uint8Array(await file.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  /** Store a checked model, make it the current one, and let the others go. On error nothing changed. */
  async put(entry: CatalogEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const cache = await caches.open(this.#name);
      const file = this.#fileUrl(entry);
      await cache.put(file, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));
      await cache.put(this.#noteUrl(), new Response(JSON.stringify(entry)));
      const kept = new Set([file, this.#noteUrl()]);
      for (const { url } of await cache.keys()) if (!kept.has(url)) await cache.delete(url);
    } catch (error) {
      throw new Fault('storage', (error as Error).message);
    }
  }

  #fileUrl(entry: CatalogEntry): string {
    return new URL(`model/${entry.sha256}.tflite`, this.#base).href;
  }

  #noteUrl(): string {
    return new URL('model/current.json', this.#base).href;
  }
}
