/* Catalogues of models as the release tool makes them, and a host that serves them well or badly. Node only. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { entryOf, nextCatalog } from '../../src/toolchain/release/catalog.mjs';
import { signaturesOf } from '../../src/toolchain/release/keys.mjs';
import { metadataOf } from '../../web/metadata.mjs';
import { ROOT } from './fixtures.mjs';
import { sha256 } from './keys.mjs';

/** The bytes of the tests' small model: `tested` or `failing`, of a version. */
export function smallModel(folder, version = '1.0.0', kind = 'tested') {
  const path = join(folder, `small-${kind}-${version}.tflite`);
  execFileSync(`${ROOT}build/test/mkmodel`, [path, kind, version]);
  return readFileSync(path);
}

/** An entry for a model's bytes, as the release tool makes it. */
export const entryFor = (bytes, note = { en: 'A note.' }) =>
  entryOf(metadataOf(bytes, 'model'), { sha256: sha256(bytes), bytes: bytes.length, engine: '0.1.0', note });

/** A catalogue with these models' bytes, the first of them the best. */
export const catalogOf = (models, { keys, sequence = 1, days = 30, now = new Date() }) =>
  [...models]
    .reverse()
    .reduce((last, bytes) => ({ ...nextCatalog(last, { entry: entryFor(bytes), keys, now, days }), sequence }), null);

/** Write a catalogue, its signatures and its models into a folder. */
export function publish(folder, { catalog, signers, models = [], text = `${JSON.stringify(catalog)}\n`, signatures }) {
  mkdirSync(join(folder, 'model'), { recursive: true });
  for (const bytes of models) writeFileSync(join(folder, `model/${sha256(bytes)}.tflite`), bytes);
  writeFileSync(join(folder, 'catalog.json'), text);
  const signed = signaturesOf(
    Buffer.from(text),
    signers.map(({ privateKey }) => privateKey),
  );
  writeFileSync(join(folder, 'catalog.json.sig'), signatures?.(signed) ?? signed);
}

/**
 * Serves a folder. `asked` lists each request as [path, Range]; `manner` may be set to what a bad host does: `cut` (break
 * off after so many bytes), `stall` (send so many and then nothing), `ranges: false`, `status`.
 */
export async function serveFolder(folder) {
  const host = { asked: [], manner: {} };
  const server = createServer((request, response) => {
    const { cut, stall, ranges = true, status } = host.manner;
    host.asked.push([request.url, request.headers.range]);
    let bytes;
    try {
      bytes = readFileSync(join(folder, request.url));
    } catch {
      response.writeHead(404).end('<!doctype html><title>Not here</title>');
      return;
    }
    if (status) {
      response.writeHead(status).end('<!doctype html><title>Log in</title>');
      return;
    }
    const isModel = dirname(request.url) === '/model';
    const from = ranges ? Number(request.headers.range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0) : 0;
    if (from >= bytes.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
      return;
    }
    const part = bytes.subarray(from);
    const range = from > 0 ? { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': part.length, ...range });
    if (isModel && cut !== undefined) response.write(part.subarray(0, cut), () => response.destroy());
    else if (isModel && stall !== undefined) response.write(part.subarray(0, stall), () => host.onStall?.());
    else response.end(part);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.address = `http://127.0.0.1:${server.address().port}/`;
  host.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return host;
}
