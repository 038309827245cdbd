/** `history.json` of an archive: its form, and the check of what comes from outside, by field. */
import { Fault } from '../../protocol/fault';
import type { Entry, Lesion, PictureName } from '../entry';
import { Reader, readEntry, readLesion, wrong } from './validate';

export const FORMAT = 1;
export const MAX_ENTRIES = 20_000;

/** An entry whose pictures are named files of the archive. */
export type ArchivedEntry = Omit<Entry, PictureName> & {
  photo: string;
  square: string | null;
  /** Of those files, hex; not in archives of the first versions. */
  sha256?: Partial<Record<PictureName, string>>;
  /** Pictures that were damaged already when the archive was written: their hash is that of what was saved once. */
  damaged?: PictureName[];
};

export interface HistoryDocument {
  format: number;
  lesions: Lesion[];
  entries: ArchivedEntry[];
}

const HASH = /^[0-9a-f]{64}$/;
const NAMES: readonly PictureName[] = ['photo', 'square'];

function readHashes(from: Reader): Partial<Record<PictureName, string>> {
  const hash = (name: string) => {
    const value = from.text(name);
    if (!HASH.test(value)) throw wrong(`${from.path}.${name}`);
    return value;
  };
  return Object.fromEntries(NAMES.filter((name) => from.has(name)).map((name) => [name, hash(name)]));
}

function readArchived(value: unknown, path: string): ArchivedEntry {
  const from = new Reader(value, path);
  const pictureName = (name: unknown, where: string) => {
    const found = NAMES.find((known) => known === name);
    if (!found) throw wrong(where);
    return found;
  };
  return {
    ...readEntry(value, path),
    photo: from.text('photo'),
    square: from.orNull('square', from.text),
    ...(from.has('sha256') ? { sha256: readHashes(from.inner('sha256')) } : {}),
    ...(from.has('damaged') ? { damaged: from.list('damaged', NAMES.length, pictureName) } : {}),
  };
}

function checkUnique(items: { id: string }[], path: string): void {
  const seen = new Set<string>();
  items.forEach(({ id }, i) => {
    if (seen.has(id)) throw wrong(`${path}[${i}].id (there twice)`);
    seen.add(id);
  });
}

/** The document `source` holds; a Fault names the first member that is wrong. */
export function checkDocument(source: string): HistoryDocument {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new Fault('history-archive', 'history.json is not JSON');
  }
  const from = new Reader(value, 'history');
  const format = from.number('format');
  if (format !== FORMAT) throw new Fault('history-archive', `history.format is ${format}, read is ${FORMAT}`);
  const lesions = from.list('lesions', MAX_ENTRIES, readLesion);
  const entries = from.list('entries', MAX_ENTRIES, readArchived);
  checkUnique(lesions, 'history.lesions');
  checkUnique(entries, 'history.entries');
  const known = new Set(lesions.map(({ id }) => id));
  const lost = entries.findIndex(({ lesion }) => !known.has(lesion));
  if (lost >= 0) throw wrong(`history.entries[${lost}].lesion`);
  return { format, lesions, entries };
}
