/**
 * The catalogue of the site, `catalog.json` in format 2 with `catalog.json.sig` beside it: the signature is checked
 * over its bytes before any of it is read. What is refused when, by the rules of The Update Framework, is in SECURITY.md.
 */
import { Fault } from '../protocol/fault';
import { built } from './built';
import { checkModel, isText } from './catalog';
import { sha256 } from './download';
import type { StoredModel } from './model-cache';
import { checkSignature, readKey } from './signature';
import { SilenceTimeout } from './silence-timeout';
import { compareVersions, isVersion } from './version';

type Bytes = Uint8Array<ArrayBuffer>;

const FORMAT = 2;
const MAX_CATALOG_BYTES = 256 * 1024;
const MAX_SIGNATURE_BYTES = 1024;
const MAX_KEYS = 16;
const MAX_MODELS = 100;
const MAX_TEXT = 2000;

export interface CatalogModel extends StoredModel {
  /** The smallest version of the engine that runs it. */
  engine: string;
  kinds: string[];
  licence: string;
  figures: Record<string, Record<string, number>>;
  note: Record<string, string>;
  /** null: never. */
  expires: string | null;
}

/** Who may sign, and the newest catalogue that was seen. */
export interface Trust {
  /** The keys of the app's build that this began with: another build with other keys begins anew. */
  roots: string[];
  keys: string[];
  /** Keys that were replaced: never taken back, whoever names them. */
  retired: string[];
  sequence: number;
  /** SHA-256 of that catalogue. */
  hash: string;
}

export interface Catalog {
  models: CatalogModel[];
  trust: Trust;
}

const wrong = (member: string) => new Fault('catalog', `catalog.json: ${member}`);

async function fetchSmall(base: URL, name: string, most: number): Promise<Bytes> {
  const timeout = new SilenceTimeout();
  try {
    const response = await fetch(new URL(name, base), { cache: 'no-store', signal: timeout.signal });
    /* A list without a signature is none. */
    const code = response.status === 404 && name.endsWith('.sig') ? 'signature' : 'network';
    if (!response.ok) throw new Fault(code, `${name}: HTTP ${response.status}`);
    const reader = response.body?.getReader();
    let bytes: Bytes = new Uint8Array(0);
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      timeout.renew();
      if (part.value.length > most - bytes.length) {
        await reader?.cancel();
        throw new Fault(name.endsWith('.sig') ? 'signature' : 'catalog', `${name}: longer than ${most} bytes`);
      }
      const longer = new Uint8Array(bytes.length + part.value.length);
      longer.set(bytes);
      longer.set(part.value, bytes.length);
      bytes = longer;
    }
    return bytes;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('network', `${name}: ${(error as Error).message}`);
  } finally {
    timeout.end();
  }
}

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));
const isShort = (value: unknown): value is string => isText(value) && value.length <= MAX_TEXT;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isOver = (expires: string | null): boolean => expires !== null && Date.parse(expires) <= Date.now();

/** The shares among a kind's figures; other members are not shown. */
function sharesIn(figures: unknown): Record<string, number> {
  const isShare = ([, value]: [string, unknown]) => typeof value === 'number' && value >= 0 && value <= 1;
  return Object.fromEntries(Object.entries(isObject(figures) ? figures : {}).filter(isShare)) as Record<string, number>;
}

function readModel(value: unknown, at: string): CatalogModel {
  const model = checkModel(value);
  if (typeof model === 'string') throw wrong(`${at}.${model}`);
  const { sequence, engine, kinds, licence, figures = {}, note, expires = null } = value as Record<string, unknown>;
  if (!isShort(model.id)) throw wrong(`${at}.id`);
  if (!isVersion(model.version)) throw wrong(`${at}.version`);
  if (!isCount(sequence)) throw wrong(`${at}.sequence`);
  if (!isVersion(engine)) throw wrong(`${at}.engine`);
  if (!Array.isArray(kinds) || !kinds.every(isShort)) throw wrong(`${at}.kinds`);
  if (!isShort(licence)) throw wrong(`${at}.licence`);
  if (!isObject(figures)) throw wrong(`${at}.figures`);
  if (!isObject(note) || !isShort(note.en) || !Object.values(note).every(isShort)) throw wrong(`${at}.note`);
  if (expires !== null && !isDate(expires)) throw wrong(`${at}.expires`);
  const byKind = Object.fromEntries(Object.entries(figures).map(([kind, own]) => [kind, sharesIn(own)]));
  return {
    ...{ ...model, source: 'catalogue', sequence },
    ...{ engine, kinds, licence, expires, figures: byKind, note: note as Record<string, string> },
  };
}

/** Of a catalogue whose signature is right. */
function read(bytes: Bytes): { sequence: number; keys: string[]; models: CatalogModel[] } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw wrong('no JSON');
  }
  if (!isObject(value)) throw wrong('no object');
  const { format, sequence, issued, expires, keys, models } = value;
  if (isCount(format) && format > FORMAT) throw new Fault('format', `catalog.json: format ${format}`);
  if (format !== FORMAT) throw wrong('format');
  if (!isCount(sequence)) throw wrong('sequence');
  if (!isDate(issued)) throw wrong('issued');
  if (!isDate(expires)) throw wrong('expires');
  const isKey = (key: unknown) => typeof key === 'string' && readKey(key) !== null;
  if (!Array.isArray(keys) || keys.length < 1 || keys.length > MAX_KEYS || !keys.every(isKey)) throw wrong('keys');
  if (!Array.isArray(models) || models.length < 1 || models.length > MAX_MODELS) throw wrong('models');
  if (isOver(expires)) throw new Fault('expired', `catalog.json: ${expires}`);
  return { sequence, keys, models: models.map((model, i) => readModel(model, `models[${i}]`)) };
}

/** Nothing older than what was seen; the same sequence number means the same catalogue. */
export function checkNewer({ trust }: Catalog, seen: Trust | null): void {
  if (!seen || trust.sequence > seen.sequence) return;
  if (trust.sequence < seen.sequence || trust.hash !== seen.hash)
    throw new Fault('older', `catalog.json: sequence ${trust.sequence} after ${seen.sequence}`);
}

/** The keys that count: those of the last catalogue, as long as the app's build has the same to begin with. */
function keysFor(seen: Trust | null): string[] {
  if (!seen) return built.keys;
  if (seen.roots.join() === built.keys.join()) return seen.keys;
  return built.keys.filter((key) => !seen.retired.includes(key));
}

/** The catalogue that the site has now; `seen`: what is known from before. */
export async function fetchCatalog(base: URL, seen: Trust | null): Promise<Catalog> {
  const bytes = await fetchSmall(base, 'catalog.json', MAX_CATALOG_BYTES);
  const signatures = new TextDecoder().decode(await fetchSmall(base, 'catalog.json.sig', MAX_SIGNATURE_BYTES));
  const trusted = keysFor(seen);
  await checkSignature(bytes, signatures, trusted);
  const { sequence, keys: named, models } = read(bytes);
  const before = seen?.retired ?? [];
  const keys = named.filter((key) => !before.includes(key));
  if (keys.length === 0) throw wrong('keys');
  const retired = [...before, ...trusted.filter((key) => !keys.includes(key))];
  const trust = { roots: built.keys, keys, retired, sequence, hash: await sha256(bytes) };
  const catalog = { models, trust };
  checkNewer(catalog, seen);
  return catalog;
}

/** Why a model of the catalogue cannot be had; null where it can. */
export function hindranceOf({ engine, expires }: CatalogModel): 'engine-too-old' | 'expired' | null {
  if (compareVersions(engine, built.engine) > 0) return 'engine-too-old';
  return isOver(expires) ? 'expired' : null;
}
