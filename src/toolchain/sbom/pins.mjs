/* The tables of what is fetched: src/toolchain/pins.txt and package-lock.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arch } from 'node:process';

const DEBIAN = { x64: 'amd64', arm64: 'arm64' };

/** [{kind, name, version, sha256}] for this machine's processor. */
export function readPins(root) {
  const lines = readFileSync(join(root, 'src/toolchain/pins.txt'), 'utf8').split('\n');
  const rows = lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+/));
  return rows
    .filter(([, , , architecture]) => ['any', 'all', DEBIAN[arch]].includes(architecture))
    .map(([kind, name, version, architecture, sha256]) => ({ kind, name, version, architecture, sha256 }));
}

const hexOf = (base64) => Buffer.from(base64, 'base64').toString('hex');

/** What the lock file says of an installed package: {version, licence, hashes}. */
export function locked(root, name) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const entry = packages[`node_modules/${name}`];
  if (!entry?.integrity) throw new Error(`package-lock.json: no ${name} with a hash`);
  const [algorithm, value] = entry.integrity.split(/-(.*)/s);
  const alg = algorithm.toUpperCase().replace('SHA', 'SHA-');
  return { version: entry.version, licence: entry.license, hashes: [{ alg, content: hexOf(value) }] };
}
