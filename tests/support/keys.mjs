/* Keys of Ed25519 for tests, made anew each time, with Node's own functions alone. Node only. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A pair of keys: { privateKey, raw: base64 of the public key's 32 bytes, pem, privatePem, id, sign(bytes) → base64 }. */
export function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  return {
    privateKey,
    raw: raw.toString('base64'),
    pem: publicKey.export({ type: 'spki', format: 'pem' }),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    id: sha256(raw).slice(0, 16),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  };
}
