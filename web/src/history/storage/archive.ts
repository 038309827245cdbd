/**
 * The whole history as one file, and back: a ZIP with `history.json` and the photos beside it, so that any
 * computer can open it. Pictures go through one at a time; they are never all in memory.
 */
import {
  BlobReader,
  configure,
  type FileEntry,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  type Entry as ZipEntry,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { type PictureFile, stripMetadata, stripMetadataBytes } from '../../photo/strip-metadata';
import { Fault } from '../../protocol/fault';
import type { Entry, HistoryContent, Lesion, Picture, PictureName } from '../entry';
import { type ArchiveFile, writeArchive } from './archive-file';
import type { StoredEntry } from './database';
import { type ArchivedEntry, checkDocument, FORMAT, type HistoryDocument, MAX_ENTRIES } from './document';
import { type CheckedPicture, digest, readPictures } from './pictures';
import { readRaw } from './records';

type Bytes = Uint8Array<ArrayBuffer>;
type Tell = (share: number) => void;

const INDEX = 'history.json';
/** Where records go that make no sense to this version: to be taken along, never to be brought in again. */
const UNREADABLE = 'unreadable';

const MIB = 1024 * 1024;
const MAX_INDEX_BYTES = 64 * MIB;
const MAX_PICTURE_BYTES = 256 * MIB;
/* Index, photo and square of each, and some strange files. */
const MAX_FILES = 3 * MAX_ENTRIES;
/* Pictures hardly shrink: what unpacks to many times its size is none of ours. */
const MAX_GROWTH = 8;
const GROWTH_ROOM_BYTES = 256 * MIB;

/* Workers would need scripts of their own. */
configure({ useWebWorkers: false });

// ---- out ----

const ending = (type: Picture['type']) => (type === 'image/png' ? 'png' : 'jpg');

interface Packed {
  file: Blob;
  entries: number;
  /** Pictures that went out as they are, which is not as they were. */
  damaged: number;
}

export const packHistory = (content: HistoryContent, tell: Tell): Promise<Packed> =>
  writeArchive((file) => packInto(file, content, tell));

async function packInto(file: ArchiveFile, { lesions, entries }: HistoryContent, tell: Tell): Promise<Packed> {
  /* Sizes stand before each file: then every program can read it. Pictures are compressed as they are. */
  const zip = new ZipWriter(file.stream, { level: 0, dataDescriptor: false, extendedTimestamp: false });
  const add = (name: string, bytes: Bytes) => zip.add(name, new Uint8ArrayReader(bytes));
  const packed: ArchivedEntry[] = [];
  for (const [i, entry] of entries.entries()) {
    const pictures = await readPictures(entry.id, ['photo', 'square']);
    /* Null where it was deleted meanwhile. */
    if (pictures) packed.push(await packEntry(entry, pictures, add));
    tell((i + 1) / (entries.length + 1));
  }
  await packUnreadable({ lesions, entries }, add, (name, text) => zip.add(name, new TextReader(text)));
  const document: HistoryDocument = { format: FORMAT, lesions, entries: packed };
  await zip.add(INDEX, new TextReader(JSON.stringify(document)));
  await zip.close();
  const damaged = packed.filter((entry) => entry.damaged).length;
  return { file: await file.whole(), entries: packed.length, damaged };
}

type Add = (name: string, bytes: Bytes) => Promise<unknown>;

async function packEntry(
  entry: Entry,
  { photo, square }: Record<PictureName, CheckedPicture | null>,
  add: Add,
): Promise<ArchivedEntry> {
  const names = {
    photo: `photos/${entry.id}.${ending(photo?.type ?? 'image/jpeg')}`,
    square: square && `squares/${entry.id}.${ending(square.type)}`,
  };
  await add(names.photo, photo?.bytes ?? new Uint8Array());
  if (square && names.square) await add(names.square, square.bytes);
  const sha256 = { ...(await hashOf('photo', photo)), ...(await hashOf('square', square)) };
  const damaged = [
    ...(photo?.damaged === false ? [] : ['photo' as const]),
    ...(square?.damaged ? ['square' as const] : []),
  ];
  return { ...entry, ...names, sha256, ...(damaged.length > 0 ? { damaged } : {}) };
}

/** Of a damaged one the hash of what was saved once, so that it is called damaged wherever it goes. */
async function hashOf(
  name: PictureName,
  picture: CheckedPicture | null,
): Promise<Partial<Record<PictureName, string>>> {
  if (!picture) return {};
  const sha256 = picture.sha256 || (picture.damaged ? '' : await digest(picture.bytes));
  return sha256 ? { [name]: sha256 } : {};
}

/** As JSON has it, whatever it is. */
function plain(value: unknown): string {
  try {
    return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? String(member) : member), 1);
  } catch (error) {
    return JSON.stringify(String(error));
  }
}

/** What the page cannot show, for whoever may read it one day: the records, and their pictures as far as they are there. */
async function packUnreadable(
  { lesions, entries }: Pick<HistoryContent, 'lesions' | 'entries'>,
  add: Add,
  addText: (name: string, text: string) => Promise<unknown>,
): Promise<void> {
  const [knownLesions, knownEntries] = [lesions, entries].map((known) => new Set(known.map(({ id }) => id)));
  const raw = await readRaw();
  const left = {
    lesions: raw.lesions.filter((lesion) => !knownLesions?.has((lesion as Lesion).id)),
    entries: raw.entries.filter(({ id }) => !knownEntries?.has(id)),
  };
  if (left.lesions.length + left.entries.length === 0) return;
  await addText(`${UNREADABLE}.json`, plain(left));
  for (const [i, entry] of left.entries.entries()) {
    const pictures = await readStrange(entry);
    for (const [name, picture] of Object.entries(pictures ?? {}))
      if (picture) await add(`${UNREADABLE}/${i + 1}-${name}.${ending(picture.type)}`, picture.bytes);
  }
}

const readStrange = ({ id }: StoredEntry) => readPictures(id, ['photo', 'square']).catch(() => null);

// ---- in ----

/** What unpacking does with what it finds. */
export interface Takers {
  /** Ids of entries that are here already: their pictures are checked, and not put down. */
  here: ReadonlySet<string>;
  /** Put a picture down until all is known to be whole. */
  stage: (picture: PictureFile) => Promise<Picture>;
}

const broken = (detail: string) => new Fault('history-archive', detail);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The files in the archive by their names, from its directory; their sizes are within bounds. */
async function listFiles(archive: Blob): Promise<Map<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  const room = GROWTH_ROOM_BYTES + MAX_GROWTH * archive.size;
  let [packed, unpacked] = [0, 0];
  const take = (entry: ZipEntry) => {
    if (entry.directory) return;
    const { filename } = entry;
    if (files.has(filename)) throw broken(`${filename} is there twice`);
    if (files.size >= MAX_FILES) throw new Fault('history-bomb', `more than ${MAX_FILES} files`);
    const most = filename === INDEX ? MAX_INDEX_BYTES : MAX_PICTURE_BYTES;
    if (entry.uncompressedSize > most) throw new Fault('history-bomb', `${filename}: ${entry.uncompressedSize} bytes`);
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    if (packed > archive.size) throw broken(`${filename} lies over another file`);
    if (unpacked > room) throw new Fault('history-bomb', `more than ${room} bytes`);
    files.set(filename, entry);
  };
  try {
    const reader = new ZipReader(new BlobReader(archive), { checkSignature: true, checkOverlappingEntry: true });
    for await (const entry of reader.getEntriesGenerator()) take(entry);
  } catch (error) {
    throw error instanceof Fault ? error : broken(messageOf(error));
  }
  return files;
}

/** The whole content, its length and checksum compared with the directory's. */
const contentOf = async (file: FileEntry): Promise<Bytes> => (await file.getData(new Uint8ArrayWriter())) as Bytes;

async function readIndex(files: Map<string, FileEntry>): Promise<HistoryDocument> {
  const index = files.get(INDEX);
  if (!index) throw broken(`no ${INDEX} in it`);
  let text: string;
  try {
    text = new TextDecoder().decode(await contentOf(index));
  } catch (error) {
    throw broken(`${INDEX}: ${messageOf(error)}`);
  }
  return checkDocument(text);
}

/** Which picture of which entry each file is. */
function pictureFiles(entries: ArchivedEntry[], files: Map<string, FileEntry>): Map<string, [number, PictureName]> {
  const owners = new Map<string, [number, PictureName]>();
  for (const [i, entry] of entries.entries())
    for (const which of ['photo', 'square'] as const) {
      const name = entry[which];
      if (name === null) continue;
      if (!files.has(name)) throw broken(`entries.${entry.id}: no file ${name}`);
      if (name === INDEX || owners.has(name)) throw broken(`entries.${entry.id}: ${name} is another’s file`);
      owners.set(name, [i, which]);
    }
  return owners;
}

/** As it is to be stored. What is of neither kind we know is drawn anew where the browser can show it. */
async function toStore(bytes: Bytes): Promise<PictureFile> {
  try {
    const stripped = stripMetadataBytes(bytes);
    if (stripped) return stripped;
    return await stripMetadata(new Blob([bytes]));
  } catch {
    return { bytes, type: 'image/jpeg' };
  }
}

async function takePicture(bytes: Bytes, entry: ArchivedEntry, which: PictureName, takers: Takers): Promise<Picture> {
  const expected = entry.sha256?.[which];
  if (entry.damaged?.includes(which)) {
    const picture = await takers.stage({ bytes, type: entry[which]?.endsWith('.png') ? 'image/png' : 'image/jpeg' });
    /* What it was once is known, or nothing is: no hash fits it. */
    return { ...picture, sha256: expected ?? '' };
  }
  if (expected !== undefined && (await digest(bytes)) !== expected) throw new Error('not the picture that was kept');
  return takers.stage(await toStore(bytes));
}

/**
 * What an archive holds. Every file in it is read and compared, one at a time; where any is damaged all of those are
 * named, and nothing comes of it.
 */
export async function unpackHistory(
  archive: Blob,
  takers: Takers,
  tell: Tell,
): Promise<Pick<HistoryContent, 'lesions' | 'entries'>> {
  const files = await listFiles(archive);
  const { lesions, entries } = await readIndex(files);
  const owners = pictureFiles(entries, files);
  const taken = entries.map((): Partial<Record<PictureName, Picture>> => ({}));
  const damaged: string[] = [];
  let read = 0;
  for (const [name, file] of files) {
    const [i, which] = owners.get(name) ?? [];
    try {
      const bytes = await contentOf(file);
      const entry = i === undefined ? undefined : entries[i];
      /* After the first damaged one the others are only looked at. */
      if (entry && i !== undefined && which && damaged.length === 0 && !takers.here.has(entry.id))
        taken[i] = { ...taken[i], [which]: await takePicture(bytes, entry, which, takers) };
    } catch (error) {
      if (error instanceof Fault) throw error;
      damaged.push(`${name}: ${messageOf(error)}`);
    }
    read += file.compressedSize;
    tell(read / archive.size);
  }
  if (damaged.length > 0) throw broken(damaged.join('\n'));
  return {
    lesions,
    entries: entries.flatMap(({ sha256, damaged: _, ...entry }, i) => {
      const { photo, square = null } = taken[i] ?? {};
      return photo ? [{ ...entry, photo, square }] : [];
    }),
  };
}
