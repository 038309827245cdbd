/**
 * What an archive is written to. Best a file of this app's own in the browser's private file system (OPFS), so that a
 * history of gigabytes takes no more memory than one photo; browsers keep a large Blob in memory as long as they can.
 * Where there are no such files, or no room for one, it becomes a Blob.
 */

import { inTime } from '../../protocol/deadline';
import { Fault } from '../../protocol/fault';

type Bytes = Uint8Array<ArrayBuffer>;

export interface ArchiveFile {
  stream: WritableStream<Bytes>;
  /** The whole archive, once the stream is closed. */
  whole: () => Promise<Blob>;
  /** Nothing came of it. */
  discard: () => Promise<void>;
}

const TYPE = 'application/zip';
const MIB = 1024 * 1024;
const CALL_MS = 20_000;
/* A download may still be reading what was written within this time. */
export const READ_MS = 60 * 60_000;
/* All apps of a host share one file system: the address of this one is part of the name. */
const FOLDER = `lentigo-archives${new URL('./', document.baseURI).pathname.replaceAll('/', '-')}`;

const ended = <T>(call: Promise<T>) => inTime(call, CALL_MS, () => 'history-time-out');

const typed = (file: Blob) => file.slice(0, file.size, TYPE);

/** Collects small writes into large ones. */
class Chunks {
  #parts: Bytes[] = [];
  #size = 0;
  readonly #put: (parts: Bytes[]) => Promise<void>;

  constructor(put: (parts: Bytes[]) => Promise<void>) {
    this.#put = put;
  }

  async write(part: Bytes): Promise<void> {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size >= MIB) await this.flush();
  }

  async flush(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    this.#size = 0;
    if (parts.length > 0) await this.#put(parts);
  }
}

function streamInto(put: (parts: Bytes[]) => Promise<void>, close = async () => {}): WritableStream<Bytes> {
  const chunks = new Chunks(put);
  return new WritableStream<Bytes>({
    write: (part) => chunks.write(part),
    close: async () => {
      await chunks.flush();
      await close();
    },
  });
}

const folder = async (create: boolean) =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create });

async function onDisk(): Promise<ArchiveFile> {
  const archives = await ended(folder(true));
  const name = crypto.randomUUID();
  const handle = await ended(archives.getFileHandle(name, { create: true }));
  const file = await ended(handle.createWritable());
  return {
    stream: streamInto(
      (parts) => ended(file.write(new Blob(parts))),
      () => ended(file.close()),
    ),
    whole: async () => typed(await ended(handle.getFile())),
    discard: async () => {
      await ended(file.abort()).catch(() => undefined);
      await ended(archives.removeEntry(name));
    },
  };
}

function inBlobs(): ArchiveFile {
  const pieces: Blob[] = [];
  const stream = streamInto(async (parts) => {
    pieces.push(new Blob(parts));
  });
  return { stream, whole: async () => new Blob(pieces, { type: TYPE }), discard: async () => undefined };
}

/** Runs `write` with a file on the disk; where the disk fails, once more with Blobs. */
export async function writeArchive<T>(write: (file: ArchiveFile) => Promise<T>): Promise<T> {
  await dropArchives(READ_MS).catch(() => undefined);
  const file = await onDisk().catch(() => null);
  if (!file) return write(inBlobs());
  try {
    return await write(file);
  } catch (error) {
    await file.discard().catch(() => undefined);
    /* What could not be read says so itself; the disk's errors are none of ours. */
    if (error instanceof Fault && error.code !== 'history-time-out') throw error;
    return write(inBlobs());
  }
}

/** Those that were last written to longer ago than `age` in milliseconds are deleted. */
export async function dropArchives(age = 0): Promise<void> {
  const archives = await ended(folder(false)).catch(() => null);
  if (!archives) return;
  const now = Date.now();
  for await (const [name, handle] of archives.entries()) {
    const { lastModified } = await ended((handle as FileSystemFileHandle).getFile());
    /* One that another tab is writing cannot be removed. */
    if (now - lastModified >= age) await ended(archives.removeEntry(name)).catch(() => undefined);
  }
}
