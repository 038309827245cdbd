/*
 * Keys of Ed25519 and what is signed with them, as web/docs/models.md says: a key's id is the first 16 hexadecimal digits
 * of the SHA-256 of its 32 bytes; a file of signatures has a line `<key id> <base64>` for each.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/* What stands before the 32 bytes in PKCS #8 and SubjectPublicKeyInfo (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

const isKey = (base64) =>
  Buffer.from(base64, 'base64').length === KEY_BYTES && Buffer.from(base64, 'base64').toString('base64') === base64;

/** The 32 bytes of a public key object, base64. */
const rawOf = (key) => key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('base64');

const publicOf = (base64) =>
  createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(base64, 'base64')]), format: 'der', type: 'spki' });

/** A private key out of the text of a file: PEM, or base64 of its 32 bytes. `name` is for errors. */
export function readPrivateKey(text, name) {
  let key;
  try {
    const raw = text.trim();
    key = createPrivateKey(
      isKey(raw) ? { key: Buffer.concat([PKCS8, Buffer.from(raw, 'base64')]), format: 'der', type: 'pkcs8' } : text,
    );
  } catch {
    throw new Error(`${name}: no private key, neither PEM nor base64 of 32 bytes`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`${name}: a key of ${key.asymmetricKeyType}, not of Ed25519`);
  return key;
}

/** The public key of a private one, base64. */
export const publicKeyOf = (privateKey) => rawOf(createPublicKey(privateKey));

/** Of a public key, base64. */
export const keyIdOf = (base64) =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex').slice(0, 16);

/** The file of signatures over `bytes`, a line for each private key. */
export const signaturesOf = (bytes, privateKeys) =>
  privateKeys.map((key) => `${keyIdOf(publicKeyOf(key))} ${sign(null, bytes, key).toString('base64')}\n`).join('');

/** Which of the keys (base64) have signed `bytes`, by the file of signatures. A wrong signature of theirs is an error. */
export function signersOf(bytes, signatures, keys) {
  const known = new Map(keys.map((key) => [keyIdOf(key), key]));
  return signatures.split('\n').flatMap((line) => {
    const [id, base64 = ''] = line.split(' ');
    const key = known.get(id);
    if (!key) return [];
    const signature = Buffer.from(base64, 'base64');
    if (signature.length !== SIGNATURE_BYTES || !verify(null, bytes, publicOf(key), signature))
      throw new Error(`the signature of key ${id} is wrong`);
    return [key];
  });
}
