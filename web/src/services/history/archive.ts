/**
 * The whole history as one file, and back: a ZIP with `history.json` and the photos beside it, so that any
 * computer can open it. Photos go through one at a time; they are never all in memory.
 */
import { Unzip, UnzipInflate, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { Fault } from '../../shared/fault';
import type { Entry, HistoryContent } from '../../slices/history';
import { checkDocument, FORMAT, type HistoryDocument } from './document';

const INDEX = 'history.json';

type Bytes = Uint8Array<ArrayBuffer>;
type Tell = (share: number) => void;

const photoName = (entry: Entry) => `photos/${entry.id}.${entry.photo.type === 'image/png' ? 'png' : 'jpg'}`;
const squareName = (entry: Entry) => `squares/${entry.id}.jpg`;

export async function packHistory({ lesions, entries }: HistoryContent, tell: Tell): Promise<Blob> {
  const parts: Bytes[] = [];
  /* Called at once for all that is pushed. */
  const zip = new Zip((error, data) => {
    if (error) throw new Fault('history-archive', error.message);
    parts.push(data as Bytes);
  });
  const document: HistoryDocument = {
    format: FORMAT,
    lesions,
    entries: entries.map(({ photo, square, ...entry }) => ({
      ...entry,
      photo: photoName({ photo, square, ...entry }),
      square: square && squareName({ photo, square, ...entry }),
    })),
  };
  const index = new ZipDeflate(INDEX);
  zip.add(index);
  index.push(new TextEncoder().encode(JSON.stringify(document)), true);
  for (const [i, entry] of entries.entries()) {
    await add(zip, photoName(entry), entry.photo);
    if (entry.square) await add(zip, squareName(entry), entry.square);
    tell((i + 1) / entries.length);
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

async function add(zip: Zip, name: string, content: Blob): Promise<void> {
  /* Pictures are compressed as they are. */
  const file = new ZipPassThrough(name);
  zip.add(file);
  file.push(new Uint8Array(await content.arrayBuffer()), true);
}

/** What an archive holds, checked by field; nothing is stored yet. */
export async function unpackHistory(archive: Blob, tell: Tell): Promise<HistoryContent> {
  const files = await unpack(archive, tell);
  const index = files.get(INDEX);
  if (!index) throw new Fault('history-archive', `no ${INDEX} in it`);
  const { lesions, entries } = checkDocument(await index.text());
  const fileFor = (name: string, entry: string, type: string) => {
    const file = files.get(name);
    if (!file) throw new Fault('history-archive', `entries.${entry}: no file ${name}`);
    return new Blob([file], { type });
  };
  return {
    lesions,
    entries: entries.map(({ photo, square, ...entry }) => ({
      ...entry,
      photo: fileFor(photo, entry.id, photo.endsWith('.png') ? 'image/png' : 'image/jpeg'),
      square: square === null ? null : fileFor(square, entry.id, 'image/jpeg'),
    })),
  };
}

async function unpack(archive: Blob, tell: Tell): Promise<Map<string, Blob>> {
  const files = new Map<string, Blob>();
  let failure: Error | null = null;
  const unzip = new Unzip((file) => {
    const parts: Bytes[] = [];
    file.ondata = (error, data, final) => {
      if (error) failure = error;
      else parts.push(data as Bytes);
      if (final) files.set(file.name, new Blob(parts));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let read = 0;
  try {
    for (const reader = archive.stream().getReader(); ; ) {
      const { done, value } = await reader.read();
      unzip.push(value ?? new Uint8Array(), done);
      read += value?.length ?? 0;
      tell(read / archive.size);
      if (done || failure) break;
    }
  } catch (error) {
    failure = error as Error;
  }
  if (failure) throw new Fault('history-archive', failure.message);
  return files;
}
