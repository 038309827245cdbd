/**
 * Where models are stored: a cache of its own, apart from the app shell's, each file under its hash, and beside them
 * one document, the shelf, that says which are there and which is at work. The shelf is replaced whole, so that a cut
 * at any time leaves the old one or the new one. Where the browser gives no storage nothing is stored.
 */
import { inTime } from '../protocol/deadline';
import type { KeptModel, ShelfView } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { built } from './built';
import { checkModel, isHash, type ModelEntry } from './catalog';

type Bytes = Uint8Array<ArrayBuffer>;

export interface StoredModel extends ModelEntry, Pick<KeptModel, 'source'> {
  /** As the catalogue has it; absent where the model is not from there. */
  sequence?: number;
  /** What the person has stated of a model of their own; brought.ts checks it. */
  stated?: unknown;
}

export interface Shelf {
  /** SHA-256 of the model that the app begins with; empty before there was one. */
  current: string;
  /** Of the one before it, to go back to. */
  previous: string | null;
  models: StoredModel[];
  /** How often the current model has failed in a row: it was refused when loaded, or the worker died under it. */
  failures: number;
  /** The version that was left by itself after such failures; null once another was chosen. */
  left: string | null;
  /** SHA-256 of the app's own model that was at work last: left again by the person or by itself, it is not brought again. */
  own: string | null;
  /** What updates.ts notes down and reads again; here it is not checked. */
  updates?: Partial<Record<'looked' | 'wanted' | 'refused', unknown>>;
}

/** The model that comes with the app. */
export const OWN: StoredModel = { ...built.model, source: 'build' };

const EMPTY: Shelf = { current: '', previous: null, models: [], failures: 0, left: null, own: null };

/** A storage that has not answered for so long is taken for one that never does. */
export const STORAGE_MS = 10_000;

/** So many failures in a row, and the app goes back to the model before. */
const MOST_FAILURES = 2;

/** A shelf that was stored; a member that makes no sense is left out. */
function checkShelf(value: unknown): Shelf {
  const { current, previous, models, failures, left, own, updates } = (value ?? {}) as Partial<
    Record<keyof Shelf, unknown>
  >;
  return {
    current: isHash(current) ? current : '',
    previous: isHash(previous) ? previous : null,
    models: (Array.isArray(models) ? models : []).flatMap(checkStored),
    failures: Number.isSafeInteger(failures) ? Number(failures) : 0,
    left: typeof left === 'string' ? left : null,
    own: isHash(own) ? own : null,
    ...(typeof updates === 'object' && updates !== null ? { updates } : {}),
  };
}

function checkStored(value: unknown): StoredModel[] {
  const model = checkModel(value);
  if (typeof model === 'string') return [];
  const { source, sequence, stated } = value as Partial<StoredModel>;
  if (source === 'person') return [{ ...model, source, stated }];
  const isSigned = source === 'catalogue' && Number.isSafeInteger(sequence);
  return [{ ...model, source: isSigned ? 'catalogue' : 'build', ...(isSigned && sequence ? { sequence } : {}) }];
}

/** `model` at work; the one before stays to go back to. */
export function withCurrent(shelf: Shelf, model: StoredModel): Shelf {
  const others = shelf.models.filter(({ sha256 }) => sha256 !== model.sha256);
  const previous = shelf.current === model.sha256 ? shelf.previous : shelf.current || null;
  const own = model.sha256 === OWN.sha256 ? OWN.sha256 : shelf.own;
  return { ...shelf, current: model.sha256, previous, models: [model, ...others], failures: 0, left: null, own };
}

/** `model` stored again, or the first one there is. */
export function withModel(shelf: Shelf, model: StoredModel): Shelf {
  const isKnown = shelf.models.some(({ sha256 }) => sha256 === shelf.current);
  if (!isKnown) return withCurrent({ ...shelf, current: '' }, model);
  return { ...shelf, models: [...shelf.models.filter(({ sha256 }) => sha256 !== model.sha256), model] };
}

/** The current model has failed once more. Too often: the one before is at work again, or the app's own. */
export function withFailure(shelf: Shelf): Shelf {
  const { current, previous, models } = shelf;
  const failures = shelf.failures + 1;
  const isThere = (hash: string | null) => models.some(({ sha256 }) => sha256 === hash);
  const before = previous !== null && isThere(previous) ? previous : OWN.sha256;
  if (failures < MOST_FAILURES || before === current) return { ...shelf, failures };
  const left = models.find(({ sha256 }) => sha256 === current);
  return { ...shelf, current: before, previous: null, failures: 0, left: left?.version ?? '' };
}

/** The app came with another model than the one at work, which came with the app before. */
function awaitsOwn({ current, models, own, updates }: Shelf): boolean {
  const refused = (updates?.refused ?? {}) as Record<string, unknown>;
  const now = models.find(({ sha256 }) => sha256 === current);
  return now?.source === 'build' && own !== OWN.sha256 && current !== OWN.sha256 && !(OWN.sha256 in refused);
}

/** What the page is told of it. */
export function viewOf(shelf: Shelf): ShelfView {
  const { current, previous, models, left, updates } = shelf;
  return {
    ...{ current, left },
    previous: models.some(({ sha256 }) => sha256 === previous) ? previous : null,
    models: models.map(({ id, version, sha256, bytes, source }) => ({ id, version, sha256, bytes, source })),
    signed: built.keys.length > 0,
    pending: updates?.wanted != null || awaitsOwn(shelf),
    looked: Number(updates?.looked) || 0,
  };
}

/** JSON, or null where it is none. */
const parsed = (response: Response): Promise<unknown> => response.json().catch(() => null);

export const answered = <T>(work: Promise<T>): Promise<T> => inTime(work, STORAGE_MS, () => 'storage');

export class ModelCache {
  readonly #base: URL;
  readonly #name: string;

  constructor(base: URL) {
    this.#base = base;
    this.#name = `lentigo-models:${base.pathname}`;
  }

  open(): Promise<Cache> {
    return caches.open(this.#name);
  }

  addressOf(file: string): string {
    return new URL(`model/${file}`, this.#base).href;
  }

  /** What is stored; empty where nothing is, or it cannot be read. */
  read(): Promise<Shelf> {
    return answered(this.#readShelf()).catch(() => EMPTY);
  }

  async #readShelf(): Promise<Shelf> {
    const cache = await this.open();
    const shelf = await cache.match(this.addressOf('shelf.json'));
    if (shelf) return checkShelf(await parsed(shelf));
    /* Versions of the app before there was a shelf noted the one model they had. */
    const noted = await cache.match(this.addressOf('current.json'));
    const note = noted && (await parsed(noted));
    const model = checkModel(note);
    return typeof model === 'string' ? EMPTY : withCurrent(EMPTY, { ...model, source: 'build' });
  }

  /** Replace the shelf by what `change` makes of it, one tab after the other. On error nothing has changed. */
  async update(change: (shelf: Shelf) => Shelf): Promise<Shelf> {
    const write = async () => {
      /* Not `read`: what could not be read must not be written over. */
      const shelf = change(await answered(this.#readShelf()));
      await answered(this.#put('shelf.json', new Response(JSON.stringify(shelf))));
      return shelf;
    };
    try {
      return await navigator.locks.request(this.#name, write);
    } catch (error) {
      throw error instanceof Fault ? error : new Fault('storage', (error as Error).message);
    }
  }

  /** The stored bytes of a model, not yet checked; null where they are gone. */
  readFile(sha256: string): Promise<Bytes | null> {
    return answered(this.#readBytes(`${sha256}.tflite`)).catch(() => null);
  }

  async #readBytes(file: string): Promise<Bytes | null> {
    const stored = await (await this.open()).match(this.addressOf(file));
    return stored ? new Uint8Array(await stored.arrayBuffer()) : null;
  }

  /** Store the bytes of a checked model. It is on the shelf only once `update` has put it there. */
  async putFile(sha256: string, bytes: Bytes): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    try {
      await answered(this.#put(`${sha256}.tflite`, new Response(bytes, { headers })));
    } catch (error) {
      throw new Fault('storage', (error as Error).message);
    }
  }

  async #put(file: string, response: Response): Promise<void> {
    await (await this.open()).put(this.addressOf(file), response);
  }
}
