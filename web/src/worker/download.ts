/** Fetching a model file and comparing it with its hash. */

import type { Progress } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import type { CatalogEntry } from './catalog';
import { SilenceTimeout } from './silence-timeout';

export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of `entry`, exactly the ones it names, or a Fault. */
export async function download(
  entry: CatalogEntry,
  base: URL,
  onProgress: (progress: Progress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(entry.url, base);
  if (url.origin !== base.origin) throw new Fault('catalog', `${entry.id}: on another origin`);
  const timeout = new SilenceTimeout();
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url, { cache: 'no-store', signal: timeout.signal });
    if (!response.ok) throw new Fault('model-network', `${entry.id}: HTTP ${response.status}`);
    bytes = await readExactly(response, entry, (progress) => {
      timeout.renew();
      onProgress(progress);
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('model-network', `${entry.id}: ${(error as Error).message}`);
  } finally {
    timeout.end();
  }
  const hash = await sha256(bytes);
  if (hash !== entry.sha256)
    throw new Fault('model-hash', `${entry.id}: SHA-256 ${hash}, the catalogue says ${entry.sha256}`);
  return bytes;
}

async function readExactly(
  response: Response,
  entry: CatalogEntry,
  onProgress: (progress: Progress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.bytes);
  const reader = response.body?.getReader();
  if (!reader) throw new Fault('model-network', `${entry.id}: empty answer`);
  let received = 0;
  onProgress({ received, total: entry.bytes });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (part.value.length > entry.bytes - received) {
      await reader.cancel();
      throw new Fault('model-hash', `${entry.id}: longer than the ${entry.bytes} bytes of the catalogue`);
    }
    bytes.set(part.value, received);
    received += part.value.length;
    onProgress({ received, total: entry.bytes });
  }
  if (received !== entry.bytes) throw new Fault('model-hash', `${entry.id}: ${received} of ${entry.bytes} bytes`);
  return bytes;
}
