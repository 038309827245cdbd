/**
 * The atlas of similar lesions for a model: named beside the model by the build or the catalogue, fetched when it is first
 * asked for, and then stored under the model's hash, so that it is there without a network. There is one at a time.
 */
import { Fault } from '../protocol/fault';
import { checkFile, type FileEntry } from './catalog';
import { download, sha256 } from './download';
import { answered } from './model-cache';

type Bytes = Uint8Array<ArrayBuffer>;

const open = (base: URL) => caches.open(`lentigo-atlas:${base.pathname}`);
const addressOf = (model: string, base: URL) => new URL(`model/${model}.atlas`, base).href;

/** The stored atlas with the hash that was written down with it; null where there is none, or it is damaged. */
async function readStored(model: string, base: URL): Promise<Bytes | null> {
  try {
    const stored = await answered(open(base).then((cache) => cache.match(addressOf(model, base))));
    if (!stored) return null;
    const bytes = new Uint8Array(await answered(stored.arrayBuffer()));
    return (await sha256(bytes)) === stored.headers.get('X-SHA256') ? bytes : null;
  } catch {
    return null;
  }
}

/** Where there is no room it is fetched again next time. */
async function store(model: string, { sha256: hash }: FileEntry, bytes: Bytes, base: URL): Promise<void> {
  try {
    const cache = await answered(open(base));
    await answered(cache.put(addressOf(model, base), new Response(bytes, { headers: { 'X-SHA256': hash } })));
    for (const { url } of await cache.keys()) if (url !== addressOf(model, base)) await cache.delete(url);
  } catch {}
}

/** What was said of the model's atlas: `{"sha256", "bytes", "url"}`. */
function entryOf(atlas: unknown, model: string): FileEntry {
  if (typeof atlas !== 'object' || atlas === null) throw new Fault('atlas-none', model);
  const entry = checkFile(atlas, 'atlas');
  if (typeof entry === 'string') throw new Fault('catalog', `atlas.${entry}`);
  return entry;
}

/** The atlas of the model with that hash. What it holds is checked by the one who reads it. */
export async function readAtlas(model: string, atlas: unknown, base: URL): Promise<Bytes> {
  const stored = await readStored(model, base);
  if (stored) return stored;
  const entry = entryOf(atlas, model);
  const bytes = await download(entry, base, () => undefined);
  await store(model, entry, bytes, base);
  return bytes;
}
