/** Pictures as bytes with their SHA-256, compared whenever they are read. */

import type { PictureFile } from '../../photo/strip-metadata';
import { inTime } from '../../protocol/deadline';
import { Fault } from '../../protocol/fault';
import type { Picture, PictureName } from '../entry';
import { type StoredEntry, type StoredPicture, transact } from './database';

const READ_MS = 20_000;

export interface CheckedPicture {
  bytes: Uint8Array<ArrayBuffer>;
  type: Picture['type'];
  /** Hash that the bytes should have; empty where nobody knows. */
  sha256: string;
  /** They are not those that were saved. */
  damaged: boolean;
}

export async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What goes into the store of pictures, and what an entry says of it. */
export async function toStored({ bytes, type }: PictureFile): Promise<{ picture: Picture; stored: StoredPicture }> {
  /* A view may show a part of its buffer only. */
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  const picture = { key: crypto.randomUUID(), type, size: whole.length, sha256: await digest(whole) };
  return { picture, stored: { key: picture.key, bytes: whole.buffer } };
}

export const isOld = (picture: Picture | Blob | null): picture is Blob => picture instanceof Blob;

/** The bytes of a Blob of old; fewer than it says it has mean that the browser has lost some. */
export async function readOld(blob: Blob): Promise<CheckedPicture> {
  const type = blob.type === 'image/png' ? 'image/png' : 'image/jpeg';
  try {
    const bytes = new Uint8Array(await inTime(blob.arrayBuffer(), READ_MS, () => 'history-time-out'));
    return { bytes, type, sha256: '', damaged: bytes.length === 0 || bytes.length !== blob.size };
  } catch {
    return { bytes: new Uint8Array(), type, sha256: '', damaged: true };
  }
}

async function check({ key, type, size, sha256 }: Picture, found: StoredPicture | undefined): Promise<CheckedPicture> {
  const { bytes: buffer } = found ?? {};
  if (!(buffer instanceof ArrayBuffer)) return { bytes: new Uint8Array(), type, sha256, damaged: key !== '' };
  const bytes = new Uint8Array(buffer);
  return { bytes, type, sha256, damaged: bytes.length !== size || (await digest(bytes)) !== sha256 };
}

type Found = [entry: StoredEntry | undefined, ...pictures: (StoredPicture | undefined)[]];

/** Those pictures of an entry, in one transaction; null where the entry is gone, and for a picture that it does not have. */
export async function readPictures<N extends PictureName>(
  id: string,
  names: readonly N[],
): Promise<Record<N, CheckedPicture | null> | null> {
  const [entry, ...found] = await transact('readonly', async (on): Promise<Found> => {
    const stored = await on.objectStore('entries').get(id);
    const keys = names.map((name) => stored?.[name]).map((value) => (value && !isOld(value) ? value.key : ''));
    const store = on.objectStore('pictures');
    return [stored, ...(await Promise.all(keys.map((key) => (key ? store.get(key) : undefined))))];
  });
  if (!entry) return null;
  const read = names.map(async (name, i) => {
    const value = entry[name];
    if (!value) return [name, null];
    return [name, await (isOld(value) ? readOld(value) : check(value, found[i]))];
  });
  return Object.fromEntries(await Promise.all(read)) as Record<N, CheckedPicture | null>;
}

export async function readPicture(id: string, name: PictureName): Promise<CheckedPicture | null> {
  const pictures = await readPictures(id, [name]);
  if (!pictures) throw new Fault('history-gone', id);
  return pictures[name];
}

export const toBlob = ({ bytes, type }: CheckedPicture): Blob => new Blob([bytes], { type });
