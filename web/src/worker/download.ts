/** Fetching a file of the site and comparing it with its hash. */

import type { Progress } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import type { FileEntry } from './catalog';
import { SilenceTimeout } from './silence-timeout';

type Bytes = Uint8Array<ArrayBuffer>;

export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function checkHash(entry: FileEntry, bytes: Bytes): Promise<void> {
  const hash = await sha256(bytes);
  if (hash !== entry.sha256) throw new Fault('hash', `${entry.url}: SHA-256 ${hash}`);
}

/** The bytes of `entry`, exactly the ones it names, or a Fault. */
export async function download(entry: FileEntry, base: URL, onProgress: (progress: Progress) => void): Promise<Bytes> {
  const { url } = entry;
  const timeout = new SilenceTimeout();
  let bytes: Bytes;
  try {
    const response = await fetch(new URL(url, base), { cache: 'no-store', signal: timeout.signal });
    if (!response.ok) throw new Fault('network', `${url}: HTTP ${response.status}`);
    bytes = new Uint8Array(entry.bytes);
    await readInto(bytes, 0, entry, response, (received) => {
      timeout.renew();
      onProgress({ received, total: entry.bytes });
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('network', `${url}: ${(error as Error).message}`);
  } finally {
    timeout.end();
  }
  await checkHash(entry, bytes);
  return bytes;
}

/** Read what the host sends to `bytes`, from the place `received` on, to its end and not beyond. */
export async function readInto(
  bytes: Bytes,
  received: number,
  entry: FileEntry,
  response: Response,
  onReceived: (received: number) => unknown,
): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) throw new Fault('network', `${entry.url}: empty answer`);
  await onReceived(received);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (part.value.length > entry.bytes - received) {
      await reader.cancel();
      throw new Fault('length', `${entry.url}: longer than ${entry.bytes} bytes`);
    }
    bytes.set(part.value, received);
    received += part.value.length;
    await onReceived(received);
  }
  if (received !== entry.bytes) throw new Fault('length', `${entry.url}: ${received} of ${entry.bytes} bytes`);
}
