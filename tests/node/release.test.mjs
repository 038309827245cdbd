/* `make release-model`: a model into a signed catalogue, which the command line then takes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { metadataOf } from '../../web/metadata.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { newKey, sha256 } from '../support/keys.mjs';
import { smallModel } from '../support/models.mjs';

const folder = mkdtempSync(`${tmpdir()}/lentigo-release-`);
after(() => rmSync(folder, { recursive: true }));

function keyFile(name) {
  const key = newKey();
  const path = join(folder, `${name}.pem`);
  writeFileSync(path, key.privatePem);
  const publicPath = join(folder, `${name}.pub`);
  writeFileSync(publicPath, key.pem);
  return { ...key, path, publicPath };
}

const key = keyFile('one');
const next = keyFile('two');
smallModel(folder, '1.0.0');
smallModel(folder, '1.1.0');
smallModel(folder, '1.2.0', 'failing');
const model = (version, kind = 'tested') => join(folder, `small-${kind}-${version}.tflite`);

function release(out, ...args) {
  const note = args.includes('--model') && !args.includes('--note') ? ['--note', 'What changed.'] : [];
  const options = ['--out', join(folder, out), '--command', COMMAND, ...note, ...args];
  return spawnSync(process.execPath, [`${ROOT}src/toolchain/release/release.mjs`, ...options], { encoding: 'utf8' });
}

const catalogIn = (out) => JSON.parse(readFileSync(join(folder, out, 'catalog.json'), 'utf8'));

function released(out, ...args) {
  const { status, stderr } = release(out, ...args);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return catalogIn(out);
}

function refused(text, ...args) {
  const { status, stderr } = release(...args);
  assert.equal(status, 1);
  assert.match(stderr, text);
}

test('the shipped model: what its entry says is what is in its file, figures too', () => {
  const path = `${ROOT}model/lesion.tflite`;
  const atlas = `${ROOT}model/lesion.atlas`;
  const note = 'Learned from more pictures.';
  const catalog = released(
    'shipped',
    '--key',
    key.path,
    '--model',
    path,
    '--atlas',
    atlas,
    '--note',
    note,
    '--days',
    '10',
  );
  const bytes = readFileSync(path);
  const document = metadataOf(bytes, path);
  const [entry, ...others] = catalog.models;
  assert.deepEqual(others, []);
  assert.equal(entry.id, document.name);
  assert.equal(entry.version, document.version);
  assert.deepEqual([entry.sequence, entry.sha256, entry.bytes], [1, sha256(bytes), bytes.length]);
  assert.deepEqual(
    entry.kinds,
    document.kinds.map(({ id }) => id),
  );
  assert.deepEqual(
    entry.labels,
    document.labels.map(({ id }) => id),
  );
  for (const { id, figures } of document.kinds)
    assert.deepEqual(entry.figures[id], {
      accuracy: figures.accuracy,
      balanced_accuracy: figures.balanced_accuracy,
      auc: figures.malignant_auc,
      of: document.figures_of,
    });
  assert.deepEqual(entry.note, { en: note });
  assert.equal(entry.licence, document.licence);
  assert.equal(sha256(readFileSync(join(folder, 'shipped', entry.url))), entry.sha256);
  assert.equal(sha256(readFileSync(join(folder, 'shipped', entry.atlas.url))), entry.atlas.sha256);
  assert.deepEqual([catalog.format, catalog.sequence, catalog.keys], [2, 1, [key.raw]]);
  assert.equal(Date.parse(catalog.expires) - Date.parse(catalog.issued), 10 * 24 * 3600 * 1000);
  assert.ok(readFileSync(`${ROOT}src/lentigo.h`, 'utf8').includes(`"${entry.engine}"`));
});

/** The app's own reader of catalogues, as of a site that trusts `keys` and serves the folder `out`. */
async function appReads(out, keys, seen = null) {
  const built = JSON.stringify({ model: {}, engine: '0.1.0', keys });
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}web/src/worker/signed-catalog.ts`],
    bundle: true,
    format: 'esm',
    write: false,
    define: { BUILT: JSON.stringify(built) },
  });
  const source = Buffer.from(`${outputFiles[0].text}\n// ${out} ${keys}`).toString('base64');
  const { fetchCatalog } = await import(`data:text/javascript;base64,${source}`);
  const { fetch } = globalThis;
  globalThis.fetch = async (url) => new Response(readFileSync(join(folder, out, new URL(url).pathname)));
  try {
    return await fetchCatalog(new URL('https://lentigo.invalid/'), seen);
  } finally {
    globalThis.fetch = fetch;
  }
}

test('the app reads what the command line reads, and refuses the same', async () => {
  const catalog = released('app', '--key', key.path, '--model', `${ROOT}model/lesion.tflite`);
  const { models, trust } = await appReads('app', [key.raw]);
  const [{ id, version, sequence, sha256: hash, note }] = models;
  assert.deepEqual(
    { id, version, sequence, sha256: hash, note },
    Object.fromEntries(['id', 'version', 'sequence', 'sha256', 'note'].map((name) => [name, catalog.models[0][name]])),
  );
  released('app', '--key', key.path, '--next-keys', next.publicPath);
  const { trust: later } = await appReads('app', [key.raw], trust);
  assert.deepEqual([later.keys, later.retired, later.sequence], [[next.raw], [key.raw], 2]);
  await assert.rejects(appReads('app', [key.raw], later), { code: 'unknown-key' });
});

test('the sequence rises, the newest is first, the same file keeps its place in the row', () => {
  const sign = ['--key', key.path];
  assert.equal(released('row', ...sign, '--model', model('1.0.0')).sequence, 1);
  const second = released('row', ...sign, '--model', model('1.1.0'));
  assert.deepEqual(
    second.models.map(({ version, sequence }) => [version, sequence]),
    [
      ['1.1.0', 2],
      ['1.0.0', 1],
    ],
  );
  const third = released('row', ...sign, '--model', model('1.0.0'));
  assert.equal(third.sequence, 3);
  assert.deepEqual(
    third.models.map(({ version, sequence }) => [version, sequence]),
    [
      ['1.0.0', 1],
      ['1.1.0', 2],
    ],
  );
  const fourth = released('row', ...sign, '--withdraw', 'small@1.1.0');
  assert.deepEqual([fourth.sequence, fourth.models.length], [4, 1]);
  refused(/small@1\.1\.0 is not in the catalogue/, 'row', ...sign, '--withdraw', 'small@1.1.0');
  refused(/would have no model/, 'row', ...sign, '--withdraw', 'small@1.0.0');
});

test('keys are changed by the old one; afterwards it signs no more, and both may for those who are late', () => {
  const client = (...args) => {
    const env = { ...process.env, LENTIGO_MODELS: join(folder, 'client') };
    return spawnSync(COMMAND, ['model', 'list', ...args, join(folder, 'keys')], { encoding: 'utf8', env });
  };
  released('keys', '--key', key.path, '--model', model('1.0.0'));
  assert.equal(client('--keys', key.publicPath).status, 0);
  const changed = released('keys', '--key', key.path, '--next-keys', next.publicPath);
  assert.deepEqual(changed.keys, [next.raw]);
  assert.equal(client().status, 0);
  refused(/trusts .*: sign by one of these/, 'keys', '--key', key.path, '--model', model('1.1.0'));
  released('keys', '--key', key.path, '--key', next.path, '--model', model('1.1.0'));
  assert.equal(client().status, 0);
  assert.equal(readFileSync(join(folder, 'keys/catalog.json.sig'), 'utf8').split('\n').length, 3);
});

test('what must not go out does not', () => {
  const sign = ['--key', key.path];
  refused(/self-test/, 'bad', ...sign, '--model', model('1.2.0', 'failing'));
  refused(/self-test/, 'bad', ...sign, '--model', `${ROOT}model/measured.tflite`);
  refused(/say what changed/, 'bad', ...sign, '--model', model('1.0.0'), '--note', '');
  refused(/no private key/, 'bad', '--key', key.publicPath, '--model', model('1.0.0'));
  refused(/say who signs/, 'bad', '--model', model('1.0.0'));
  refused(/holds a key that is not public/, 'bad', ...sign, '--next-keys', key.path, '--model', model('1.0.0'));
  released('bad', ...sign, '--model', model('1.0.0'));
  const path = join(folder, 'bad/catalog.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"sequence": 1', '"sequence": 9'));
  refused(/the signature of key \w+ is wrong/, 'bad', ...sign, '--model', model('1.1.0'));
});
