/**
 * The atlas of similar lesions for a model: named by the catalogue beside it, fetched when it is first asked for, and
 * then stored under the model's hash, so that it is there without a network. There is one at a time.
 */
import { Fault } from '../protocol/fault';
import { type CatalogEntry, checkEntry, readCatalog } from './catalog';
import { download, sha256 } from './download';

type Bytes = Uint8Array<ArrayBuffer>;

const open = (base: URL) => caches.open(`lentigo-atlas:${base.pathname}`);
const addressOf = (model: string, base: URL) => new URL(`model/${model}.atlas`, base).href;

/** The stored atlas with the hash that was written down with it; null where there is none, or it is damaged. */
async function readStored(model: string, base: URL): Promise<Bytes | null> {
  try {
    const stored = await (await open(base)).match(addressOf(model, base));
    if (!stored) return null;
    const bytes = new Uint8Array(await stored.arrayBuffer());
    return (await sha256(bytes)) === stored.headers.get('X-SHA256') ? bytes : null;
  } catch {
    return null;
  }
}

/** Where there is no room it is fetched again next time. */
async function store(model: string, { sha256: hash }: CatalogEntry, bytes: Bytes, base: URL): Promise<void> {
  try {
    const cache = await open(base);
    await cache.put(addressOf(model, base), new Response(bytes, { headers: { 'X-SHA256': hash } }));
    for (const { url } of await cache.keys()) if (url !== addressOf(model, base)) await cache.delete(url);
  } catch {}
}

/** What the catalogue says of the model's atlas: `"atlas": {"sha256", "bytes", "url"}`. */
async function findEntry(model: string, base: URL): Promise<CatalogEntry> {
  const models = await readCatalog(base);
  const own = models.find((entry) => (entry as { sha256?: unknown } | null)?.sha256 === model);
  const { version, atlas } = (own ?? {}) as { version?: unknown; atlas?: unknown };
  if (typeof atlas !== 'object' || atlas === null) throw new Fault('atlas-none', model);
  const entry = checkEntry({ ...atlas, id: 'atlas', version });
  if (typeof entry === 'string') throw new Fault('catalog', `catalog.json: atlas.${entry}`);
  return entry;
}

/** The atlas of the model with that hash. What it holds is checked by the one who reads it. */
export async function readAtlas(model: string, base: URL): Promise<Bytes> {
  const stored = await readStored(model, base);
  if (stored) return stored;
  const entry = await findEntry(model, base);
  const bytes = await download(entry, base, () => undefined);
  await store(model, entry, bytes, base);
  return bytes;
}
