/**
 * Brings entries of the first version over, whose pictures are Blobs: one at a time, each in a transaction of its own,
 * so that it can end anywhere and go on another day. Until then such an entry is read as it is.
 */

import { type PictureFile, stripMetadataBytes } from '../../photo/strip-metadata';
import { Fault } from '../../protocol/fault';
import type { Picture } from '../entry';
import { transact } from './database';
import { type CheckedPicture, isOld, readOld, toStored } from './pictures';

/** Stripped once more: the first version left some places in. What cannot be read stays as it is. */
function stripped({ bytes, type }: CheckedPicture): PictureFile {
  try {
    return stripMetadataBytes(bytes) ?? { bytes, type };
  } catch {
    return { bytes, type };
  }
}

async function convert(blob: Blob): Promise<Awaited<ReturnType<typeof toStored>> | null> {
  const read = await readOld(blob);
  return read.damaged ? null : toStored(stripped(read));
}

/** False where a Blob cannot be read: the entry then stays, and is tried again another day. */
async function bringOver(id: string): Promise<boolean> {
  const entry = await transact('readonly', (on) => on.objectStore('entries').get(id));
  if (!entry) return false;
  const pairs: [Blob, Awaited<ReturnType<typeof toStored>>][] = [];
  for (const old of [entry.photo, entry.square].filter(isOld)) {
    const made = await convert(old);
    if (!made) return false;
    pairs.push([old, made]);
  }
  return transact('readwrite', async (on) => {
    /* It may have been edited, deleted, or brought over by another tab meanwhile. */
    const now = await on.objectStore('entries').get(id);
    if (!now || !isOld(now.photo)) return false;
    const replace = (old: Picture | Blob | null, was: Picture | Blob | null) =>
      isOld(old) ? (pairs.find(([blob]) => blob === was)?.[1].picture ?? old) : old;
    const photo = replace(now.photo, entry.photo) as Picture | Blob;
    const square = replace(now.square, entry.square);
    for (const [, { stored }] of pairs) await on.objectStore('pictures').put(stored);
    await on.objectStore('entries').put({ ...now, photo, square });
    return true;
  });
}

/** How many were brought over of those with these ids. Without room for more the others stay as they are. */
export async function bringAllOver(ids: string[]): Promise<number> {
  let count = 0;
  for (const id of ids) {
    try {
      if (await bringOver(id)) count++;
    } catch (error) {
      if (error instanceof Fault && error.code === 'history-full') break;
    }
  }
  return count;
}
