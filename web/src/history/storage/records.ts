/** What is done with lesions and entries. Whatever depends on what is there is read and written in one transaction. */

import type { PictureFile } from '../../photo/strip-metadata';
import { Fault } from '../../protocol/fault';
import {
  type Entry,
  type HistoryContent,
  type Lesion,
  type Picture,
  type PictureName,
  type SavedAnswer,
  SITES,
} from '../entry';
import { destroy, type StoredEntry, type Transaction, tell, transact } from './database';
import { isOld, toStored } from './pictures';
import { readEntry, readLesion } from './validate';

/** A picture as the page knows it; of a Blob of old only what it says itself. */
const toPicture = (value: Picture | Blob): Picture =>
  isOld(value)
    ? { key: '', type: value.type === 'image/png' ? 'image/png' : 'image/jpeg', size: value.size, sha256: '' }
    : value;

function toEntry(stored: StoredEntry, path: string): Entry {
  const { photo, square } = stored;
  if (typeof photo !== 'object' || photo === null) throw new Fault('history-archive', `${path}.photo is missing`);
  return { ...readEntry(stored, path), photo: toPicture(photo), square: square && toPicture(square) };
}

/** A place that another version of the app knew is none here. */
const toLesion = (stored: Lesion, path: string): Lesion =>
  readLesion({ ...stored, site: (SITES as readonly string[]).includes(stored.site) ? stored.site : '' }, path);

/** Those that make sense; the others are told of in `unreadable`, and stay where they are. */
function readAll<S, T>(all: S[], name: string, read: (stored: S, path: string) => T, unreadable: string[]): T[] {
  return all.flatMap((stored, i) => {
    try {
      return [read(stored, `${name}[${i}]`)];
    } catch (error) {
      unreadable.push((error as Fault).detail ?? `${name}[${i}]`);
      return [];
    }
  });
}

export async function readHistory(): Promise<HistoryContent> {
  const [lesions, entries] = await transact('readonly', (on) =>
    Promise.all([on.objectStore('lesions').getAll(), on.objectStore('entries').getAll()]),
  );
  const unreadable: string[] = [];
  const content = {
    lesions: readAll(lesions, 'lesions', toLesion, unreadable),
    entries: readAll(entries, 'entries', toEntry, unreadable),
  };
  const known = new Set(content.lesions.map(({ id }) => id));
  const lost = content.entries.filter(({ lesion }) => !known.has(lesion));
  unreadable.push(...lost.map(({ id }) => `entries: ${id} has no lesion`));
  return { ...content, entries: content.entries.filter(({ lesion }) => known.has(lesion)), unreadable };
}

/** Records that make no sense to this version, as they are; for taking them along. */
export async function readRaw(): Promise<{ lesions: unknown[]; entries: StoredEntry[] }> {
  return transact('readonly', async (on) => ({
    lesions: await on.objectStore('lesions').getAll(),
    entries: await on.objectStore('entries').getAll(),
  }));
}

export interface Pictures {
  photo: PictureFile;
  square: PictureFile | null;
}

/** Keep an entry with its pictures: with the lesion given, which is a new one, or with one that is there. */
export async function addEntry(
  entry: Omit<Entry, PictureName>,
  pictures: Pictures,
  fresh: Lesion | null,
): Promise<void> {
  const photo = await toStored(pictures.photo);
  const square = pictures.square && (await toStored(pictures.square));
  await transact('readwrite', async (on) => {
    const lesions = on.objectStore('lesions');
    if (fresh) await lesions.put(fresh);
    else if (!(await lesions.getKey(entry.lesion))) throw new Fault('history-gone', `lesion ${entry.lesion}`);
    for (const { stored } of [photo, square].filter((one) => one !== null))
      await on.objectStore('pictures').put(stored);
    await on.objectStore('entries').put({ ...entry, photo: photo.picture, square: square?.picture ?? null });
  });
  tell();
}

/** Only what the person has changed is written, and only over what the person has seen. */
function changed<T extends object>(stored: T, from: Partial<T>, to: Partial<T>): T {
  const names = (Object.keys(to) as (keyof T)[]).filter((name) => to[name] !== from[name]);
  const other = names.find((name) => stored[name] !== from[name] && stored[name] !== to[name]);
  if (other !== undefined) throw new Fault('history-changed', String(other));
  return { ...stored, ...Object.fromEntries(names.map((name) => [name, to[name]])) };
}

export type EntryWords = Pick<Entry, 'note' | 'millimetres'>;
export type LesionWords = Pick<Lesion, 'name' | 'site'>;

export async function changeEntry(id: string, from: EntryWords, to: EntryWords): Promise<void> {
  await transact('readwrite', async (on) => {
    const stored = await on.objectStore('entries').get(id);
    if (!stored) throw new Fault('history-gone', `entry ${id}`);
    await on.objectStore('entries').put(changed<StoredEntry>(stored, from, to));
  });
  tell();
}

export async function changeLesion(id: string, from: LesionWords, to: LesionWords): Promise<void> {
  await transact('readwrite', async (on) => {
    const stored = await on.objectStore('lesions').get(id);
    if (!stored) throw new Fault('history-gone', `lesion ${id}`);
    await on.objectStore('lesions').put(changed<Lesion>(stored, from, to));
  });
  tell();
}

/** False where the entry is gone meanwhile, or has an answer of that model from elsewhere. */
export async function addAnswer(id: string, answer: SavedAnswer): Promise<boolean> {
  const added = await transact('readwrite', async (on) => {
    const stored = await on.objectStore('entries').get(id);
    if (!stored || stored.answers.at(-1)?.model.sha256 === answer.model.sha256) return false;
    await on.objectStore('entries').put({ ...stored, answers: [...stored.answers, answer] });
    return true;
  });
  if (added) tell();
  return added;
}

async function remove(on: Transaction<'readwrite'>, { id, photo, square }: StoredEntry): Promise<void> {
  for (const picture of [photo, square])
    if (picture && !isOld(picture)) await on.objectStore('pictures').delete(picture.key);
  await on.objectStore('entries').delete(id);
}

export async function dropEntry(id: string): Promise<void> {
  await transact('readwrite', async (on) => {
    const stored = await on.objectStore('entries').get(id);
    if (stored) await remove(on, stored);
  });
  tell();
}

/** With all that is saved with it by now, also by another tab. */
export async function dropLesion(id: string): Promise<void> {
  await transact('readwrite', async (on) => {
    await on.objectStore('lesions').delete(id);
    const entries = await on.objectStore('entries').getAll();
    for (const entry of entries) if (entry.lesion === id) await remove(on, entry);
  });
  tell();
}

export async function dropAll(): Promise<void> {
  try {
    await transact('readwrite', (on) =>
      Promise.all([
        on.objectStore('lesions').clear(),
        on.objectStore('entries').clear(),
        on.objectStore('pictures').clear(),
      ]),
    );
  } catch {
    await destroy();
  }
  tell();
}
