/** Public keys that may sign catalogues: PEM blocks, or the 32 raw bytes in base64, one key a line; `#` begins a remark. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PEM = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----/g;
const KEY_BYTES = 32;

function fromPem(pem, path) {
  /* Node makes a public key of a private one; that one has no business here. */
  if (!pem.includes('BEGIN PUBLIC KEY')) throw new Error(`${path}: holds a key that is not public`);
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path}: ${key.asymmetricKeyType}, not ed25519`);
  return Buffer.from(key.export({ format: 'jwk' }).x, 'base64url').toString('base64');
}

function fromLine(line, path) {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== line) throw new Error(`${path}: no key: ${line}`);
  return line;
}

/** The keys in the file at `path`, each as base64 of its 32 bytes, every one once; at least one. */
export function readKeys(path) {
  const text = readFileSync(path, 'utf8');
  const lines = text
    .replace(PEM, '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean);
  const found = [
    ...(text.match(PEM) ?? []).map((pem) => fromPem(pem, path)),
    ...lines.map((line) => fromLine(line, path)),
  ];
  if (found.length === 0) throw new Error(`${path}: no keys`);
  return [...new Set(found)];
}
