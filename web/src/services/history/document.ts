/** `history.json` of an archive: its form, and the check of what comes from outside, by field. */
import { Fault } from '../../shared/fault';
import type { ClassMap, Decision, Region } from '../../shared/messages';
import type { Entry, KeptAnswer, Lesion } from '../../slices/history';

export const FORMAT = 1;

/** An entry whose pictures are named files of the archive. */
export type EntryRecord = Omit<Entry, 'photo' | 'square'> & { photo: string; square: string | null };

export interface HistoryDocument {
  format: number;
  lesions: Lesion[];
  entries: EntryRecord[];
}

const MAX_TEXT = 4000;

/** Reads members of one object; each failure names the way to the member. */
class Reader {
  readonly #value: Record<string, unknown>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path);
    this.#value = value as Record<string, unknown>;
    this.#path = path;
  }

  #take<T>(name: string, fits: (value: unknown) => boolean): T {
    const value = this.#value[name];
    if (!fits(value)) throw wrong(`${this.#path}.${name}`);
    return value as T;
  }

  text = (name: string) => this.#take<string>(name, (value) => typeof value === 'string' && value.length <= MAX_TEXT);
  flag = (name: string) => this.#take<boolean>(name, (value) => typeof value === 'boolean');
  number = (name: string, low = 0, high = Number.MAX_SAFE_INTEGER) =>
    this.#take<number>(name, (value) => Number.isFinite(value) && Number(value) >= low && Number(value) <= high);
  orNull = <T>(name: string, read: (name: string) => T): T | null => (this.#value[name] === null ? null : read(name));
  /** Archives of older versions have no such member. */
  orAbsent = <T>(name: string, read: (name: string) => T): T | null =>
    this.#value[name] === undefined ? null : this.orNull(name, read);
  inner = (name: string) => new Reader(this.#value[name], `${this.#path}.${name}`);
  names = () => Object.keys(this.#value);

  list<T>(name: string, read: (value: unknown, path: string) => T): T[] {
    const value = this.#take<unknown[]>(name, Array.isArray);
    return value.map((item, i) => read(item, `${this.#path}.${name}[${i}]`));
  }
}

const wrong = (path: string) => new Fault('history-archive', `${path} is missing or wrong`);

const text = (value: unknown, path: string): string => {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw wrong(path);
  return value;
};
const number = (value: unknown, path: string): number => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(path);
  return value;
};

function readLesion(value: unknown, path: string): Lesion {
  const from = new Reader(value, path);
  return { id: from.text('id'), name: from.text('name'), site: from.text('site'), created: from.number('created') };
}

function readDecision(from: Reader): Decision {
  const probabilities = from.inner('probabilities');
  return {
    order: from.list('order', text),
    probabilities: Object.fromEntries(probabilities.names().map((id) => [id, probabilities.number(id, 0, 1)])),
    malignant: from.number('malignant', 0, 1.001),
    set: from.orNull('set', (name) => from.list(name, text)),
    abstain: from.flag('abstain'),
  };
}

function readMap(from: Reader): ClassMap {
  const map = {
    label: from.text('label'),
    width: from.number('width', 1, 64),
    height: from.number('height', 1, 64),
    values: from.list('values', number),
  };
  if (map.values.length !== map.width * map.height) throw wrong('map.values');
  return map;
}

function readAnswer(value: unknown, path: string): KeptAnswer {
  const from = new Reader(value, path);
  const model = from.inner('model');
  const decisions = from.inner('decisions');
  return {
    time: from.number('time'),
    model: { name: model.text('name'), version: model.text('version'), sha256: model.text('sha256') },
    decisions: Object.fromEntries(decisions.names().map((prior) => [prior, readDecision(decisions.inner(prior))])),
    logits: from.list('logits', number),
    faults: from.list('faults', text),
    notLesion: from.flag('notLesion'),
    kind: from.orAbsent('kind', from.text),
    views: from.number('views', 1, 64),
    map: from.orNull('map', (name) => readMap(from.inner(name))),
  };
}

function readRegion(from: Reader): Region {
  return {
    x: from.number('x', 0, 1),
    y: from.number('y', 0, 1),
    side: from.number('side', 0, 1),
    quarterTurns: Math.trunc(from.number('quarterTurns', 0, 3)),
  };
}

function readEntry(value: unknown, path: string): EntryRecord {
  const from = new Reader(value, path);
  const answers = from.list('answers', readAnswer);
  if (answers.length === 0) throw wrong(`${path}.answers`);
  return {
    id: from.text('id'),
    lesion: from.text('lesion'),
    time: from.number('time'),
    region: readRegion(from.inner('region')),
    note: from.text('note'),
    millimetres: from.orNull('millimetres', (name) => from.number(name, 0, 1000)),
    answers,
    photo: from.text('photo'),
    square: from.orNull('square', from.text),
  };
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
  const lesions = from.list('lesions', readLesion);
  const entries = from.list('entries', readEntry);
  const known = new Set(lesions.map(({ id }) => id));
  const lost = entries.findIndex(({ lesion }) => !known.has(lesion));
  if (lost >= 0) throw wrong(`history.entries[${lost}].lesion`);
  return { format, lesions, entries };
}
