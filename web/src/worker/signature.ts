/** Ed25519 signatures over the bytes of a catalogue (RFC 8032), as `catalog.json.sig` has them. */
import { Fault } from '../protocol/fault';
import { sha256 } from './download';

type Bytes = Uint8Array<ArrayBuffer>;

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MOST_SIGNATURES = 4;
/** The key's id and the signature. */
const LINE = /^([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)$/;

/** The bytes that `text` stands for in base64, in its one canonical form; null where they are not so many. */
export function fromBase64(text: string, length: number): Bytes | null {
  try {
    const binary = atob(text);
    if (binary.length !== length || btoa(binary) !== text) return null;
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

export const readKey = (text: string): Bytes | null => fromBase64(text, KEY_BYTES);

/** What a key is called beside a signature: the first 16 hex digits of its SHA-256. */
const idOf = async (key: Bytes): Promise<string> => (await sha256(key)).slice(0, 16);

function signaturesIn(text: string): { id: string; signature: Bytes }[] {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > MOST_SIGNATURES)
    throw new Fault('signature', `catalog.json.sig: not 1 to ${MOST_SIGNATURES} lines`);
  return lines.map((line, i) => {
    const [, id, encoded = ''] = line.match(LINE) ?? [];
    const signature = fromBase64(encoded, SIGNATURE_BYTES);
    if (!id || !signature) throw new Fault('signature', `catalog.json.sig: line ${i + 1}`);
    return { id, signature };
  });
}

type Verify = (key: Bytes, signature: Bytes, message: Bytes) => Promise<boolean>;

const byBrowser: Verify = async (key, signature, message) => {
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
};

/** For browsers that have no Ed25519: fetched only then. */
const byLibrary: Verify = async (key, signature, message) => {
  const { verifyAsync } = await import('@noble/ed25519');
  /* By the letter of RFC 8032, as browsers do. */
  return verifyAsync(signature, message, key, { zip215: false });
};

/** RFC 8032, 7.1, test 1: a signature of the empty message. */
const KNOWN_KEY = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const KNOWN_SIGNATURE = '5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==';

/** Has the browser Ed25519, and does it tell a right signature from a wrong one? */
async function hasEd25519(): Promise<boolean> {
  const [key, signature] = [readKey(KNOWN_KEY), fromBase64(KNOWN_SIGNATURE, SIGNATURE_BYTES)];
  if (!key || !signature) return false;
  try {
    const right = await byBrowser(key, signature, new Uint8Array(0));
    return right && !(await byBrowser(key, signature, new Uint8Array(1)));
  } catch {
    return false;
  }
}

/**
 * Throws unless one of the `keys`, in base64, has signed `message`: `unknown-key` where there is no signature of them. What
 * strangers have signed beside is passed over; all signatures of known keys have to be right.
 */
export async function checkSignature(message: Bytes, signatures: string, keys: readonly string[]): Promise<void> {
  const known = new Map<string, Bytes>();
  for (const text of keys) {
    const key = readKey(text);
    if (key) known.set(await idOf(key), key);
  }
  const found = signaturesIn(signatures);
  const own = found.filter(({ id }) => known.has(id));
  if (own.length === 0) throw new Fault('unknown-key', found.map(({ id }) => id).join(', '));
  const verify = (await hasEd25519()) ? byBrowser : byLibrary;
  for (const { id, signature } of own) {
    const key = known.get(id);
    const isRight = key !== undefined && (await verify(key, signature, message).catch(() => false));
    if (!isRight) throw new Fault('signature', `catalog.json: ${id}`);
  }
}
