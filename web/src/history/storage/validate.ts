/** Members of objects from outside or from the store, checked one by one against what the app can show. */

import type { ClassMap, Decision, Region } from '../../protocol/engine-messages';
import { Fault } from '../../protocol/fault';
import {
  type Entry,
  type Lesion,
  type PictureName,
  SAMPLE_KINDS,
  type SampleKind,
  type SavedAnswer,
  SITES,
} from '../entry';

const MAX_TEXT = 4000;
const MAX_NAME = 400;
const MAX_ANSWERS = 1000;
const MAX_CLASSES = 100;
const MAX_PRIORS = 20;
const MAX_VIEWS = 64;
const MAX_MAP_SIDE = 64;
const MAX_MM = 1000;
/** The end of the year 9999, the last that calendars write with four digits. */
const LAST_TIME = 253_402_300_799_999;
/** Parts of addresses and file names: no sign in it means anything there. */
const ID = /^[\w-]{1,100}$/;
/** Models may call their classes as they like. */
const CLASS = /^.{1,100}$/u;

export const wrong = (path: string) => new Fault('history-archive', `${path} is missing or wrong`);

/** Reads members of one object; each failure names the way to the member. */
export class Reader {
  readonly #value: Record<string, unknown>;
  readonly path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path);
    this.#value = value as Record<string, unknown>;
    this.path = path;
  }

  #take<T>(name: string, fits: (value: unknown) => boolean): T {
    const value = Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
    if (!fits(value)) throw wrong(`${this.path}.${name}`);
    return value as T;
  }

  has = (name: string) => Object.hasOwn(this.#value, name) && this.#value[name] !== undefined;
  text = (name: string, longest = MAX_TEXT) =>
    this.#take<string>(name, (value) => typeof value === 'string' && value.length <= longest);
  id = (name: string) => this.#take<string>(name, (value) => typeof value === 'string' && ID.test(value));
  oneOf = (name: string, values: readonly string[]) =>
    this.#take<string>(name, (value) => typeof value === 'string' && values.includes(value));
  flag = (name: string) => this.#take<boolean>(name, (value) => typeof value === 'boolean');
  number = (name: string, low = 0, high = Number.MAX_SAFE_INTEGER) =>
    this.#take<number>(name, (value) => isNumber(value) && value >= low && value <= high);
  count = (name: string, low: number, high: number) =>
    this.#take<number>(name, (value) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high);
  time = (name: string) => this.number(name, 0, LAST_TIME);
  orNull = <T>(name: string, read: (name: string) => T): T | null => (this.#value[name] === null ? null : read(name));
  /** What earlier versions did not write is null. */
  orAbsent = <T>(name: string, read: (name: string) => T): T | null =>
    this.has(name) ? this.orNull(name, read) : null;
  inner = (name: string) =>
    new Reader(
      this.#take(name, () => true),
      `${this.path}.${name}`,
    );

  /** Names of the members, of which there are at most so many. */
  names(most: number, form: RegExp): string[] {
    const names = Object.keys(this.#value);
    if (names.length > most || names.some((name) => !form.test(name))) throw wrong(this.path);
    return names;
  }

  list<T>(name: string, most: number, read: (value: unknown, path: string) => T): T[] {
    const value = this.#take<unknown[]>(name, (found) => Array.isArray(found) && found.length <= most);
    return value.map((item, i) => read(item, `${this.path}.${name}[${i}]`));
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const className = (value: unknown, path: string): string => {
  if (typeof value !== 'string' || !CLASS.test(value)) throw wrong(path);
  return value;
};
const number = (value: unknown, path: string): number => {
  if (!isNumber(value)) throw wrong(path);
  return value;
};

export function readLesion(value: unknown, path: string): Lesion {
  const from = new Reader(value, path);
  return {
    id: from.id('id'),
    name: from.text('name', MAX_NAME),
    site: from.oneOf('site', ['', ...SITES]),
    created: from.time('created'),
  };
}

function readDecision(from: Reader): Decision {
  const probabilities = from.inner('probabilities');
  const classes = probabilities.names(MAX_CLASSES, CLASS);
  const known = (value: unknown, where: string) => {
    const name = className(value, where);
    if (!classes.includes(name)) throw wrong(where);
    return name;
  };
  const order = from.list('order', MAX_CLASSES, known);
  if (order.length === 0) throw wrong(`${from.path}.order`);
  return {
    order,
    probabilities: Object.fromEntries(classes.map((id) => [id, probabilities.number(id, 0, 1)])),
    malignant: from.number('malignant', 0, 1.001),
    set: from.orNull('set', (name) => from.list(name, MAX_CLASSES, known)),
    abstain: from.flag('abstain'),
  };
}

function readMap(from: Reader): ClassMap {
  const map = {
    label: className(from.text('label'), `${from.path}.label`),
    width: from.count('width', 1, MAX_MAP_SIDE),
    height: from.count('height', 1, MAX_MAP_SIDE),
    values: from.list('values', MAX_MAP_SIDE ** 2, number),
  };
  if (map.values.length !== map.width * map.height) throw wrong(`${from.path}.values`);
  return map;
}

function readAnswer(value: unknown, path: string): SavedAnswer {
  const from = new Reader(value, path);
  const model = from.inner('model');
  const decisions = from.inner('decisions');
  const priors = decisions.names(MAX_PRIORS, CLASS);
  if (priors.length === 0) throw wrong(`${path}.decisions`);
  return {
    time: from.time('time'),
    model: {
      name: model.text('name', MAX_NAME),
      version: model.text('version', MAX_NAME),
      sha256: model.text('sha256'),
    },
    decisions: Object.fromEntries(priors.map((prior) => [prior, readDecision(decisions.inner(prior))])),
    logits: from.list('logits', MAX_CLASSES, number),
    faults: from.list('faults', MAX_CLASSES, className),
    notLesion: from.flag('notLesion'),
    kind: from.orAbsent('kind', (name) => className(from.text(name), `${path}.${name}`)),
    views: from.count('views', 1, MAX_VIEWS),
    map: from.orNull('map', (name) => readMap(from.inner(name))),
  };
}

function readRegion(from: Reader): Region {
  return {
    x: from.number('x', 0, 1),
    y: from.number('y', 0, 1),
    side: from.number('side', 0, 1),
    quarterTurns: from.count('quarterTurns', 0, 3),
  };
}

function sampleKind(value: string, path: string): SampleKind {
  const kind = SAMPLE_KINDS.find((known) => known === value);
  if (!kind) throw wrong(path);
  return kind;
}

/** All of an entry but its pictures. */
export function readEntry(value: unknown, path: string): Omit<Entry, PictureName> {
  const from = new Reader(value, path);
  const answers = from.list('answers', MAX_ANSWERS, readAnswer);
  if (answers.length === 0) throw wrong(`${path}.answers`);
  return {
    id: from.id('id'),
    lesion: from.id('lesion'),
    time: from.time('time'),
    region: readRegion(from.inner('region')),
    note: from.text('note'),
    millimetres: from.orNull('millimetres', (name) => from.number(name, 0, MAX_MM)),
    sample: from.orAbsent('sample', (name) => sampleKind(from.text(name), `${path}.${name}`)),
    guess: from.orAbsent('guess', (name) => className(from.text(name), `${path}.${name}`)),
    answers,
  };
}
