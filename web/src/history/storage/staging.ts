/**
 * Bringing in many entries, all or none: their pictures are put down one by one, where nothing points to them yet,
 * and one transaction then adds all entries. What an import that was cut off has left is swept away another day.
 */

import type { PictureFile } from '../../photo/strip-metadata';
import { Fault } from '../../protocol/fault';
import type { Entry, Lesion, Picture } from '../entry';
import { type StoredEntry, sweeping, tell, transact } from './database';
import { isOld, toStored } from './pictures';

export async function stage(file: PictureFile, keys: string[]): Promise<Picture> {
  const { picture, stored } = await toStored(file);
  await transact('readwrite', (on) => on.objectStore('pictures').put(stored));
  keys.push(picture.key);
  return picture;
}

export async function unstage(keys: string[]): Promise<void> {
  await transact('readwrite', (on) => Promise.all(keys.map((key) => on.objectStore('pictures').delete(key))));
}

const keysOf = ({ photo, square }: StoredEntry): string[] =>
  [photo, square].flatMap((picture) => (picture && !isOld(picture) ? [picture.key] : []));

/** Add what is not there by its id, and give the number of new entries. Nothing of what is there changes. */
export async function addStaged(lesions: Lesion[], entries: Entry[]): Promise<number> {
  const added = await transact('readwrite', async (on) => {
    const [lesionStore, entryStore, pictures] = [
      on.objectStore('lesions'),
      on.objectStore('entries'),
      on.objectStore('pictures'),
    ];
    const lesionsHere = new Set(await lesionStore.getAllKeys());
    const here = new Set(await entryStore.getAllKeys());
    const staged = new Set(await pictures.getAllKeys());
    const [come, known] = [entries.filter(({ id }) => !here.has(id)), entries.filter(({ id }) => here.has(id))];
    const lost = come.flatMap(keysOf).find((key) => !staged.has(key));
    if (lost !== undefined) throw new Fault('history-changed', `picture ${lost} is gone`);
    for (const lesion of lesions) if (!lesionsHere.has(lesion.id)) await lesionStore.put(lesion);
    for (const entry of come) await entryStore.put(entry);
    for (const key of known.flatMap(keysOf)) await pictures.delete(key);
    return come.length;
  });
  tell();
  return added;
}

/** Pictures that belong to no entry go, unless an import is under way anywhere. */
export async function sweep(): Promise<void> {
  await sweeping(async () => {
    await transact('readwrite', async (on) => {
      const store = on.objectStore('pictures');
      const keys = await store.getAllKeys();
      const wanted = new Set((await on.objectStore('entries').getAll()).flatMap(keysOf));
      for (const key of keys) if (!wanted.has(key)) await store.delete(key);
    });
  });
}
