/** What a model file is known by, wherever it is named: in the app's build, in a catalogue, or in the browser's storage. */

/** A file by its hash. */
export interface FileEntry {
  /** 64 hex digits. */
  sha256: string;
  bytes: number;
  /** Below the site's folder. */
  url: string;
}

export interface ModelEntry extends FileEntry {
  id: string;
  version: string;
  /** The atlas of similar lesions for this model, not yet checked; absent where there is none. */
  atlas?: unknown;
}

export const MAX_MODEL_BYTES = 64 * 1024 * 1024;

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
export const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** `value` as a file, or the name of the member that is wrong. */
export function checkFile(value: unknown, kind: 'tflite' | 'atlas'): FileEntry | string {
  if (typeof value !== 'object' || value === null) return 'entry';
  const { sha256, bytes, url } = value as Record<string, unknown>;
  if (!isHash(sha256)) return 'sha256';
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 1 || (bytes as number) > MAX_MODEL_BYTES) return 'bytes';
  /* The one place where the service worker lets such a file come from. */
  if (url !== `model/${sha256}.${kind}`) return 'url';
  return { sha256, bytes: bytes as number, url };
}

/** `value` as a model, or the name of the member that is wrong. */
export function checkModel(value: unknown): ModelEntry | string {
  const file = checkFile(value, 'tflite');
  if (typeof file === 'string') return file;
  const { id, version, atlas } = value as Record<string, unknown>;
  if (!isText(id)) return 'id';
  if (!isText(version)) return 'version';
  return { id, version, ...file, ...(atlas === undefined ? {} : { atlas }) };
}
