/**
 * The list of models beside the app: catalog.json, `{"format":1,"models":[{…}]}`, best first. Unknown
 * members are let through: signatures will be one.
 */
import { Fault } from '../protocol/fault';
import { SilenceTimeout } from './silence-timeout';

export interface CatalogEntry {
  id: string;
  version: string;
  /** Of the file, 64 hex digits. */
  sha256: string;
  bytes: number;
  /** Relative to the catalogue, on this origin. */
  url: string;
}

const FORMAT = 1;
const MAX_MODEL_BYTES = 64 * 1024 * 1024;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `value` as an entry, or the name of the member that is wrong. */
export function checkEntry(value: unknown): CatalogEntry | string {
  if (typeof value !== 'object' || value === null) return 'entry';
  const { id, version, sha256, bytes, url } = value as Record<string, unknown>;
  if (!isText(id)) return 'id';
  if (!isText(version)) return 'version';
  if (!isText(sha256) || !/^[0-9a-f]{64}$/.test(sha256)) return 'sha256';
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 1 || (bytes as number) > MAX_MODEL_BYTES) return 'bytes';
  if (!isText(url)) return 'url';
  return { id, version, sha256, bytes: bytes as number, url };
}

/** The models that the catalogue `text` names, not yet checked; at least one. */
function modelsIn(text: string): unknown[] {
  let document: { format?: unknown; models?: unknown } | null;
  try {
    document = JSON.parse(text) as typeof document;
  } catch {
    throw new Fault('catalog', 'catalog.json is not JSON');
  }
  if (document?.format !== FORMAT)
    throw new Fault('catalog', `catalog.json: format ${String(document?.format)}, read is ${FORMAT}`);
  if (!Array.isArray(document.models) || document.models.length === 0)
    throw new Fault('catalog', 'catalog.json: no models');
  return document.models;
}

/** The first model of the catalogue. */
export async function fetchCatalog(base: URL): Promise<CatalogEntry> {
  const entry = checkEntry((await readCatalog(base))[0]);
  if (typeof entry === 'string') throw new Fault('catalog', `catalog.json: models[0].${entry}`);
  return entry;
}

/** Fetch the catalogue of the site at `base`, past every cache: its models, not yet checked. */
export async function readCatalog(base: URL): Promise<unknown[]> {
  const url = new URL('catalog.json', base);
  const timeout = new SilenceTimeout();
  let text: string;
  try {
    const response = await fetch(url, { cache: 'no-store', signal: timeout.signal });
    if (!response.ok) throw new Fault('catalog', `catalog.json: HTTP ${response.status}`);
    text = await response.text();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('catalog-network', `catalog.json: ${(error as Error).message}`);
  } finally {
    timeout.end();
  }
  return modelsIn(text);
}
