/** Pictures in a ZIP file: its list is read, and each picture when it is its turn. */
import { BlobReader, configure, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { Fault } from '../protocol/fault';
import type { Source } from './source';

/* Workers would need scripts of their own. */
configure({ useWebWorkers: false });

const MAX_FILES = 100_000;
const MAX_FILE_BYTES = 256 * 1024 * 1024;

async function unpack(entry: FileEntry): Promise<Blob> {
  if (entry.uncompressedSize > MAX_FILE_BYTES)
    throw new Fault('cases', `${entry.filename}: ${entry.uncompressedSize} bytes`);
  let bytes = 0;
  /* What the list says of sizes may be a lie. */
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, out) {
      bytes += part.length;
      if (bytes > MAX_FILE_BYTES) throw new Fault('cases', `${entry.filename}: more than ${MAX_FILE_BYTES} bytes`);
      out.enqueue(part);
    },
  });
  const whole = new Response(limit.readable).blob();
  await Promise.all([entry.getData(limit.writable, { checkSignature: true }), whole]);
  return whole;
}

/** Throws `cases` where the file is no ZIP that can be read. */
export async function listZip(file: File): Promise<Source[]> {
  try {
    const entries = await new ZipReader(new BlobReader(file)).getEntries();
    if (entries.length > MAX_FILES) throw new Fault('cases', `${file.name}: ${entries.length} files`);
    return entries.flatMap((entry) =>
      entry.directory || entry.encrypted ? [] : [{ path: entry.filename, read: () => unpack(entry) }],
    );
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('cases', `${file.name}: ${(error as Error).message}`);
  }
}
