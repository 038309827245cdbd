/**
 * Puts a model into a signed catalogue, as `make release-model` does:
 *
 *     node release.mjs --key FILE… --out FOLDER [--model FILE] [--atlas FILE] [--note TEXT | --notes FILE]
 *         [--next-keys FILE] [--withdraw ID@VERSION] [--engine VERSION] [--days N] [--model-days N] --command build/lentigo
 *         [--bundle-key FILE --python PYTHON]
 *
 * The folder gets catalog.json, catalog.json.sig and model/; an earlier catalogue in it is gone on from. What an entry
 * says comes out of the model file. Nothing is written before the model has passed its self-test. With --bundle-key, a private
 * key on an elliptic curve, the model's bundle in the form of OpenSSF model signing lies beside it; PYTHON has the tool.
 */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readKeys } from '../../../web/keys.mjs';
import { metadataOf } from '../../../web/metadata.mjs';
import { entryOf, expiryOf, nextCatalog } from './catalog.mjs';
import { keyIdOf, publicKeyOf, readPrivateKey, signaturesOf, signersOf } from './keys.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/* A catalogue is good for a year, if nothing else is said. */
const DAYS = '365';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Whole or not at all. */
function put(folder, path, content) {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.next`, content);
  renameSync(`${file}.next`, file);
}

/** The version of the engine in this clone. */
function engineVersion() {
  const [, version] = readFileSync(join(ROOT, 'src/lentigo.h'), 'utf8').match(/^#define LT_VERSION +"(.+)"$/m);
  return version;
}

/** The catalogue that the folder holds, signed by one of the keys it names or of those it replaced; null: none. */
function lastCatalog(folder, signing) {
  const path = join(folder, 'catalog.json');
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const catalog = JSON.parse(bytes);
  if (catalog.format !== 2) throw new Error(`${path} is of format ${catalog.format}: choose another folder`);
  const known = [...catalog.keys, ...signing];
  if (signersOf(bytes, readFileSync(`${path}.sig`, 'utf8'), known).length === 0)
    throw new Error(`${path} was signed by none of the keys that are known here`);
  if (!signing.some((key) => catalog.keys.includes(key)))
    throw new Error(`${path} trusts ${catalog.keys.map(keyIdOf).join(', ')}: sign by one of these`);
  return catalog;
}

function readNote({ note, notes }) {
  if (notes) return JSON.parse(readFileSync(notes, 'utf8'));
  return { en: note };
}

/** Beside the model, `model/….tflite.sig`; verified by the tool that signed. It asks no host. */
function writeBundle({ out, python, 'bundle-key': key }, url) {
  const model = join(out, url);
  const tool = (...args) =>
    execFileSync(python, ['-m', 'model_signing', ...args, '--signature', `${model}.sig`, model], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const publicKey = join(mkdtempSync(join(tmpdir(), 'lentigo-bundle-')), 'key.pub');
  try {
    writeFileSync(publicKey, createPublicKey(readFileSync(key)).export({ format: 'pem', type: 'spki' }));
    tool('sign', 'key', '--private_key', key);
    tool('verify', 'key', '--public_key', publicKey);
  } finally {
    rmSync(dirname(publicKey), { recursive: true });
  }
}

/** The file's entry, after the engine has run its self-test; the files themselves go to the folder. */
function takeModel(options, now) {
  execFileSync(options.command, ['model', 'verify', options.model], { stdio: ['ignore', 'ignore', 'inherit'] });
  const bytes = readFileSync(options.model);
  const facts = {
    sha256: sha256(bytes),
    bytes: bytes.length,
    engine: options.engine ?? engineVersion(),
    note: readNote(options),
  };
  const entry = entryOf(metadataOf(bytes, options.model), facts);
  if (options['model-days']) entry.expires = expiryOf(now, Number(options['model-days']));
  put(options.out, entry.url, bytes);
  if (options['bundle-key']) writeBundle(options, entry.url);
  if (options.atlas) {
    const atlas = readFileSync(options.atlas);
    entry.atlas = { sha256: sha256(atlas), bytes: atlas.length, url: `model/${sha256(atlas)}.atlas` };
    put(options.out, entry.atlas.url, atlas);
  }
  return entry;
}

/** As somebody who trusts only the keys of before, and has nothing yet, would take it. */
function checkAsClient(options, keys) {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-release-'));
  try {
    writeFileSync(join(folder, 'keys'), `${keys.join('\n')}\n`);
    execFileSync(options.command, ['model', 'verify', '--keys', join(folder, 'keys'), options.out], {
      env: { ...process.env, LENTIGO_MODELS: join(folder, 'models') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function release(options) {
  const now = new Date();
  const privateKeys = options.key.map((path) => readPrivateKey(readFileSync(path, 'utf8'), path));
  const signing = privateKeys.map(publicKeyOf);
  const last = lastCatalog(options.out, signing);
  const next = options['next-keys'];
  const keys = next ? readKeys(next) : (last?.keys ?? signing);
  const entry = options.model ? takeModel(options, now) : undefined;
  const { withdraw, days } = options;
  const catalog = nextCatalog(last, { entry, withdraw, keys, now, days: Number(days) });
  const bytes = Buffer.from(`${JSON.stringify(catalog, null, 1)}\n`);
  put(options.out, 'catalog.json.sig', signaturesOf(bytes, privateKeys));
  put(options.out, 'catalog.json', bytes);
  checkAsClient(options, last?.keys ?? signing);
  const models = catalog.models.map(({ id, version }) => `${id}@${version}`).join(', ');
  console.log(`${options.out}/catalog.json: sequence ${catalog.sequence}, until ${catalog.expires}: ${models}`);
  console.log(`signed by ${signing.map(keyIdOf).join(', ')}; trusted from now on: ${keys.map(keyIdOf).join(', ')}`);
}

try {
  const { values } = parseArgs({
    options: {
      atlas: { type: 'string' },
      'bundle-key': { type: 'string' },
      command: { type: 'string', default: join(ROOT, 'build/lentigo') },
      days: { type: 'string', default: DAYS },
      engine: { type: 'string' },
      key: { type: 'string', multiple: true },
      model: { type: 'string' },
      'model-days': { type: 'string' },
      'next-keys': { type: 'string' },
      note: { type: 'string' },
      notes: { type: 'string' },
      out: { type: 'string' },
      python: { type: 'string' },
      withdraw: { type: 'string' },
    },
  });
  if (!values.key?.length || !values.out) throw new Error('say who signs, and where to: --key FILE --out FOLDER');
  release(values);
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
}
