/* `lentigo model`: newer models from a signed catalogue, each refusal by its id, and never none. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from '../support/fixtures.mjs';
import { jpeg } from '../support/jpeg.mjs';
import { newKey, sha256 } from '../support/keys.mjs';
import { catalogOf, publish, serveFolder, smallModel } from '../support/models.mjs';
import { drawLesion } from '../support/pictures.mjs';

const folder = mkdtempSync(`${tmpdir()}/lentigo-models-`);
after(() => rmSync(folder, { recursive: true }));

/* Under sanitizers, and with the model that came along where an installed command has it. */
const CHECKED = join(folder, 'bin/lentigo');
mkdirSync(join(folder, 'bin'));
mkdirSync(join(folder, 'model'));
copyFileSync(`${ROOT}build/test/lentigo`, CHECKED);
copyFileSync(`${ROOT}model/lesion.tflite`, join(folder, 'model/lesion.tflite'));

const hosts = [];
after(() => hosts.map((host) => host.close()));

const photo = join(folder, 'photo.jpg');
writeFileSync(photo, jpeg(120, 90, drawLesion(120, 90)));
const key = newKey();
const keyFile = join(folder, 'keys.txt');
writeFileSync(keyFile, `# who publishes\n\n  ${key.raw}  # since the first\n`);
const first = smallModel(folder, '1.0.0');
const second = smallModel(folder, '1.1.0');

let count = 0;

/** A person's folder of models and a catalogue's folder, both new; `lentigo` runs `lentigo model` there. */
function begin() {
  const place = join(folder, String(++count));
  const store = join(place, 'store');
  const catalog = join(place, 'catalog');
  mkdirSync(catalog, { recursive: true });
  const { LENTIGO_MODEL: _, ...rest } = process.env;
  /* the hosts of these tests are on this machine, whatever stands between it and others */
  const env = { ...rest, LENTIGO_MODELS: store, NO_PROXY: '*' };
  const run = (args, options = {}) =>
    new Promise((resolve) => {
      execFile(CHECKED, args, { env, encoding: 'utf8', ...options }, (error, stdout, stderr) =>
        resolve({ status: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
      );
    });
  return {
    ...{ store, catalog, env, run },
    model: (...args) => run(['model', ...args]),
    state: () => JSON.parse(readFileSync(join(store, 'state.json'), 'utf8')),
    files: () => readdirSync(store).filter((name) => /^[0-9a-f]{64}/.test(name)),
    /** Name and version of the model that answers. */
    answers: async () => {
      const { stdout, stderr } = await run(['classify', '--json', photo]);
      assert.equal(stderr, '');
      const { name, version } = JSON.parse(stdout).model;
      return `${name}@${version}`;
    },
  };
}

/** The same with the first model fetched and used, and a catalogue at its sequence 1. */
async function beginWithFirst() {
  const it = begin();
  publish(it.catalog, { catalog: catalogOf([first], { keys: [key.raw] }), signers: [key], models: [first] });
  assert.equal((await it.model('fetch', '--keys', keyFile, it.catalog)).stderr, '');
  assert.equal((await it.model('use', 'small')).status, 0);
  return it;
}

const newer = (options = {}) => catalogOf([second, first], { keys: [key.raw], sequence: 2, ...options });

async function serve(place) {
  const host = await serveFolder(place);
  hosts.push(host);
  return host;
}

function refused(run, id, text = /./) {
  assert.equal(run.status, 1, run.stdout);
  assert.match(run.stderr, new RegExp(`^lentigo: .*: ${id}: `, 'm'));
  assert.match(run.stderr, text);
}

// ---- the way of a model ----

for (const from of ['a folder', 'an address'])
  test(`from ${from}: listed, fetched, verified, used, and it answers`, async () => {
    const it = await beginWithFirst();
    publish(it.catalog, { catalog: newer(), signers: [key], models: [first, second] });
    const place = from === 'a folder' ? it.catalog : (await serve(it.catalog)).address;

    const listed = (await it.model('list', '--json', place)).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      listed.map(({ id, version, here, used, refused, note }) => [`${id}@${version}`, here, used, refused, note]),
      [
        ['small@1.1.0', false, false, null, 'A note.'],
        ['small@1.0.0', true, true, null, 'A note.'],
      ],
    );
    assert.match((await it.model('verify', place)).stdout, /^small@1\.1\.0: fine\nsmall@1\.0\.0: fine\n$/);
    assert.match(
      (await it.model('fetch', `${place.replace(/\/$/, '')}/catalog.json`)).stdout,
      /^small@1\.1\.0 is here, \d+ bytes/,
    );
    assert.equal(await it.answers(), 'small@1.0.0');
    assert.match((await it.model('use', 'small')).stdout, /^small@1\.1\.0 is used from now on\n$/);
    assert.equal(await it.answers(), 'small@1.1.0');
    assert.match((await it.model('fetch', place)).stdout, /^small@1\.1\.0 is here already\n$/);
    assert.equal((await it.model('verify')).stdout, 'small@1.1.0: fine\nsmall@1.0.0: fine\n');
    assert.match((await it.model('list')).stdout, /^\* small@1\.1\.0 .*\n {2}small@1\.0\.0 .*\n {2}built-in/);
    assert.equal((await it.model('use', 'small@1.0.0')).status, 0);
    assert.equal(await it.answers(), 'small@1.0.0');
  });

test('the atlas that a catalogue names comes with its model, is verified with it, and goes with it', async () => {
  const it = begin();
  const [model, atlas] = ['tflite', 'atlas'].map((kind) => readFileSync(`${ROOT}model/lesion.${kind}`));
  const name = `${sha256(atlas)}.atlas`;
  const put = (bytes, entry = {}) => {
    const catalog = catalogOf([model], { keys: [key.raw], sequence: ++sequence });
    catalog.models[0].atlas = { sha256: sha256(bytes), bytes: bytes.length, url: `model/${name}`, ...entry };
    publish(it.catalog, { catalog, signers: [key], models: [model] });
    writeFileSync(join(it.catalog, 'model', name), bytes);
  };
  let sequence = 0;
  put(atlas, { url: '../atlas' });
  refused(await it.model('fetch', '--keys', keyFile, it.catalog), 'catalog', /models\[0\]\.atlas\.url/);
  /* Refused, it leaves the model; the next one is taken. */
  put(atlas, { sha256: sha256(model) });
  refused(await it.model('fetch', '--keys', keyFile, it.catalog), 'hash');
  const spoilt = Buffer.from(atlas);
  spoilt.fill(0, 0, 64);
  put(spoilt);
  refused(await it.model('fetch', it.catalog), 'catalog', /atlas: /);
  refused(await it.model('verify', it.catalog), 'catalog', /atlas: /);
  assert.deepEqual(it.files(), [`${sha256(model)}.tflite`]);
  put(atlas);
  const fetched = await it.model('fetch', it.catalog);
  assert.equal(fetched.stderr, '');
  assert.match(fetched.stdout, /is here already\nits atlas is here; lentigo classify --similar .*\.atlas\n$/);
  assert.match((await it.model('verify', it.catalog)).stdout, /: fine\n$/);
  const { atlas: path, id } = JSON.parse((await it.model('list', '--json')).stdout.split('\n')[0]);
  assert.deepEqual(readFileSync(path), atlas);
  assert.equal((await it.model('use', id)).status, 0);
  const similar = JSON.parse((await it.run(['classify', '--json', '--similar', path, photo])).stdout);
  assert.ok(similar.similar.length > 0);
  writeFileSync(path, spoilt);
  refused(await it.model('verify'), 'hash');
  assert.equal((await it.model('use', 'built-in')).status, 0);
  assert.equal((await it.model('remove', id)).status, 0);
  assert.deepEqual(it.files(), []);
});

test('the model in use cannot be removed; the one that came along can always be used', async () => {
  const it = await beginWithFirst();
  assert.match((await it.model('remove', 'small')).stderr, /is used; lentigo model use/);
  assert.equal(await it.answers(), 'small@1.0.0');
  assert.equal((await it.model('use', 'built-in')).status, 0);
  assert.match(await it.answers(), /^lentigo-lite0@/);
  assert.equal((await it.model('remove', 'small@1.0.0')).stdout, 'small@1.0.0 is gone\n');
  assert.deepEqual(it.files(), []);
  assert.match((await it.model('use', 'small')).stderr, /no such model is here/);
  assert.match((await it.model('remove', 'small')).stderr, /no such model is here/);
});

test('a model file alone is verified by its self-test', async () => {
  const it = begin();
  assert.match((await it.model('verify', join(folder, 'small-tested-1.0.0.tflite'))).stdout, /: fine\n$/);
  smallModel(folder, '1.0.0', 'failing');
  refused(await it.model('verify', join(folder, 'small-failing-1.0.0.tflite')), 'self-test', /class 3, four/);
  refused(await it.model('verify', photo), 'not-a-model');
});

test('where the used model is damaged it is said, and the one that came along answers', async () => {
  const it = await beginWithFirst();
  writeFileSync(join(it.store, `${sha256(first)}.tflite`), first.subarray(0, 1000));
  const { stdout, stderr } = await it.run(['classify', '--json', photo]);
  assert.match(stderr, /the model that came with this program is used instead/);
  assert.match(stdout, /"name":"lentigo-lite0"/);
  refused(await it.model('verify'), 'length');
  refused(await it.model('use', 'small'), 'length');
  assert.match((await it.model('fetch', it.catalog)).stdout, /^small@1\.0\.0 is here, /);
  assert.equal(await it.answers(), 'small@1.0.0');
});

// ---- who is trusted ----

const html = Buffer.from('<!doctype html><title>Log in</title>');
const other = newKey();

/**
 * What a catalogue of sequence 2 may be like, and how it is refused: `catalog` and `entry` change members, `signed` the text
 * before it is signed, `later` after that, `says` is part of the sentence.
 */
const CATALOGS = {
  'signed by nobody who is trusted': { id: 'unknown-key', signers: [other] },
  'without a signature': { id: 'signature', signatures: () => '' },
  'with another byte than what was signed': { id: 'signature', later: (text) => text.replace('A note', 'A mote') },
  'whose signature is cut': { id: 'signature', signatures: (text) => text.slice(0, -10) },
  'whose signature has no line break': { id: 'signature', signatures: (text) => text.trimEnd() },
  'with five signatures': { id: 'signature', signatures: (text) => text.repeat(5) },
  'with a wrong signature of our key beside the right one': {
    id: 'signature',
    signatures: (text) => text.replace(/ .*\n/, ` ${'A'.repeat(86)}==\n`) + text,
  },
  'with a signature file of a megabyte': { id: 'signature', signatures: (text) => text.repeat(9000) },
  'with a page in the place of the signature': { id: 'signature', signatures: () => `${html}` },
  'with the signature of another key under the id of ours': {
    id: 'signature',
    signers: [other],
    signatures: (text) => text.replace(/^\w+/, sha256(Buffer.from(key.raw, 'base64')).slice(0, 16)),
  },
  'that is past its date': { id: 'expired', catalog: { expires: '2026-01-31T00:00:00Z' } },
  'that is older than the one seen before': { id: 'older', seen: 3 },
  'of the same sequence with other bytes': { id: 'older', catalog: { sequence: 1 } },
  'of a newer format': { id: 'format', catalog: { format: 3 }, says: 'newer than 2' },
  'of the format that is not signed': { id: 'catalog', catalog: { format: 1 }, says: 'format' },
  'that is no JSON': { id: 'catalog', signed: () => '{"format":2,', says: 'no JSON object' },
  'of more than 256 KiB': { id: 'catalog', catalog: { more: 'x'.repeat(256 << 10) }, says: 'more than 262144 bytes' },
  'without a sequence': { id: 'catalog', catalog: { sequence: undefined }, says: 'sequence' },
  'whose sequence is 0': { id: 'catalog', catalog: { sequence: 0 }, says: 'sequence' },
  'without the day it was issued': { id: 'catalog', catalog: { issued: undefined }, says: 'issued' },
  'whose date has decimals': { id: 'catalog', catalog: { expires: '2027-01-31T00:00:00.5Z' }, says: 'expires' },
  'with seventeen keys': {
    id: 'catalog',
    catalog: { keys: Array.from({ length: 17 }, () => newKey().raw) },
    says: 'keys: too many',
  },
  'without a date': { id: 'catalog', catalog: { expires: undefined }, says: 'expires' },
  'whose date is none': { id: 'catalog', catalog: { expires: '2027-02-30T00:00:00Z' }, says: 'expires' },
  'without keys': { id: 'catalog', catalog: { keys: [] }, says: 'keys' },
  'with a key that is none': { id: 'catalog', catalog: { keys: ['AAAA'] }, says: 'keys' },
  'without models': { id: 'catalog', catalog: { models: [] }, says: 'models' },
  'with a model that is none': { id: 'catalog', catalog: { models: [7] }, says: 'models\\[0\\]' },
  ...Object.fromEntries(
    Object.entries({
      id: '',
      version: '1.2',
      sequence: -1,
      sha256: 'ABC',
      bytes: 0,
      engine: 'new',
      kinds: {},
      labels: [1],
      licence: undefined,
      note: { de: 'Nur deutsch.' },
      expires: 'tomorrow',
    }).map(([member, value]) => [
      `whose model has a wrong ${member}`,
      { id: 'catalog', entry: { [member]: value }, says: `models\\[0\\]\\.${member}` },
    ]),
  ),
  ...Object.fromEntries(
    [
      '../model.tflite',
      '/etc/passwd',
      'model/../../x',
      'http://elsewhere/x',
      '//elsewhere/x',
      'a//b',
      'a\\b',
      'a%2e',
      'a/',
      'a?b',
    ].map((url) => [`whose model lies at ${url}`, { id: 'catalog', entry: { url }, says: 'models\\[0\\]\\.url' }]),
  ),
};

for (const [name, about] of Object.entries(CATALOGS))
  test(`a catalogue ${name}: ${about.id}; the model in use stays`, async () => {
    const { id, signers = [key], signatures, catalog = {}, entry, signed, later, says = '', seen } = about;
    const it = await beginWithFirst();
    if (seen) {
      publish(it.catalog, { catalog: newer({ sequence: seen }), signers: [key], models: [first, second] });
      assert.equal((await it.model('list', it.catalog)).status, 0);
    }
    const before = it.state();
    const bad = { ...newer(), ...catalog };
    if (entry) bad.models = [{ ...bad.models[0], ...entry }];
    const json = `${JSON.stringify(bad)}\n`;
    publish(it.catalog, { text: signed?.(json) ?? json, signers, signatures, models: [first, second] });
    if (later) writeFileSync(join(it.catalog, 'catalog.json'), later(json));
    for (const command of ['list', 'fetch', 'verify'])
      refused(await it.model(command, it.catalog), id, new RegExp(says));
    assert.deepEqual(it.state(), before);
    assert.equal(await it.answers(), 'small@1.0.0');
  });

test('a catalogue without a file of signatures beside it: signature', async () => {
  const { it, host } = await beginAtHost();
  rmSync(join(it.catalog, 'catalog.json.sig'));
  refused(await it.model('list', it.catalog), 'signature', /nobody has signed/);
  refused(await it.model('list', host.address), 'signature', /nobody has signed/);
});

test('nothing of a catalogue is parsed before its signature holds', async () => {
  const it = await beginWithFirst();
  publish(it.catalog, { text: '[[[[', signers: [other] });
  refused(await it.model('list', it.catalog), 'unknown-key');
});

test('without a key nothing is trusted; once a catalogue is known, no option is needed', async () => {
  const it = begin();
  publish(it.catalog, { catalog: catalogOf([first], { keys: [key.raw] }), signers: [key], models: [first] });
  refused(await it.model('list', it.catalog), 'unknown-key');
  assert.equal((await it.model('list', '--keys', keyFile, it.catalog)).status, 0);
  assert.equal((await it.model('list', it.catalog)).status, 0);
  const pem = join(folder, 'key.pem');
  writeFileSync(pem, key.pem);
  assert.equal((await begin().model('verify', '--keys', pem, it.catalog)).status, 0);
  for (const [bad, what] of [
    ['', 'has no key'],
    ['AAAA\n', 'has a line that is no public key'],
    [key.privatePem, 'has a line that is no public key'],
  ]) {
    writeFileSync(pem, bad);
    assert.match((await it.model('list', '--keys', pem, it.catalog)).stderr, new RegExp(`--keys: .*${what}`));
  }
});

test('a new key signed by the old one is taken, and then the old one counts no more, whoever brings it', async () => {
  const it = await beginWithFirst();
  const rotate = (options) => publish(it.catalog, { models: [first, second], ...options });
  rotate({ catalog: newer({ keys: [other.raw] }), signers: [key] });
  assert.equal((await it.model('list', it.catalog)).status, 0);
  rotate({ catalog: newer({ keys: [key.raw], sequence: 3 }), signers: [key] });
  refused(await it.model('list', it.catalog), 'unknown-key');
  refused(await it.model('list', '--keys', keyFile, it.catalog), 'unknown-key');
  rotate({ catalog: newer({ keys: [other.raw], sequence: 4 }), signers: [key, other] });
  assert.equal((await it.model('list', it.catalog)).status, 0);
  /* who has missed the change takes it up by the old key */
  const late = await beginWithFirst();
  assert.equal((await late.model('list', it.catalog)).status, 0);
  assert.deepEqual(late.state().trust[0].keys, [other.raw]);
  assert.deepEqual(late.state().trust[0].retired, [key.raw]);
});

test('two publishers do not disturb each other', async () => {
  const it = await beginWithFirst();
  const elsewhere = join(it.catalog, 'elsewhere');
  publish(elsewhere, {
    catalog: catalogOf([second], { keys: [other.raw], sequence: 9 }),
    signers: [other],
    models: [second],
  });
  const theirs = join(folder, 'theirs.txt');
  writeFileSync(theirs, other.raw);
  assert.equal((await it.model('fetch', '--keys', theirs, elsewhere)).status, 0);
  assert.equal((await it.model('list', it.catalog)).status, 0);
  assert.deepEqual(
    it.state().trust.map(({ sequence }) => sequence),
    [1, 9],
  );
});

// ---- files that are not what was announced ----

const spoilt = Buffer.from(second);
spoilt[spoilt.length >> 1] ^= 1;
const untested = (() => {
  /* its self-test under another name */
  const bytes = Buffer.from(smallModel(folder, '1.2.0'));
  bytes.write('lentigo.selfless', bytes.indexOf('lentigo.selftest'));
  return bytes;
})();

/** What lies in the second model's place; `announced`: as such in the catalogue, too. */
const FILES = {
  'shorter than announced': { id: 'length', bytes: second.subarray(0, -1) },
  'longer than announced': { id: 'length', bytes: Buffer.concat([second, Buffer.alloc(1)]) },
  'with one other bit': { id: 'hash', bytes: spoilt },
  'a page of HTML': { id: 'length', bytes: html },
  'announced, and a page of HTML': { id: 'not-a-model', bytes: html, announced: true },
  'announced, and with a self-test that fails': {
    id: 'self-test',
    bytes: smallModel(folder, '1.1.0', 'failing'),
    announced: true,
  },
  'announced, and without a self-test': { id: 'self-test', bytes: untested, announced: true },
  'announced under another version': { id: 'catalog', bytes: second, announced: true, entry: { version: '9.0.0' } },
  'announced with other labels': {
    id: 'catalog',
    bytes: second,
    announced: true,
    entry: { labels: ['one', 'two', 'three', 'four', 'six'] },
  },
  'announced for a newer engine': { id: 'engine-too-old', bytes: second, announced: true, entry: { engine: '99.0.0' } },
  'announced until a day that is past': {
    id: 'expired',
    bytes: second,
    announced: true,
    entry: { expires: '2026-01-31T00:00:00Z' },
  },
};

for (const [name, { id, bytes, announced, entry = {} }] of Object.entries(FILES))
  for (const from of ['a folder', 'an address'])
    test(`from ${from} a file that is ${name}: ${id}; nothing of it stays`, async () => {
      const it = await beginWithFirst();
      const catalog = newer();
      if (announced)
        Object.assign(catalog.models[0], {
          sha256: sha256(bytes),
          bytes: bytes.length,
          url: `model/${sha256(bytes)}.tflite`,
        });
      if (bytes === untested) catalog.models[0].version = '1.2.0';
      Object.assign(catalog.models[0], entry);
      publish(it.catalog, { catalog, signers: [key], models: [first, second] });
      writeFileSync(join(it.catalog, catalog.models[0].url), bytes);
      const place = from === 'a folder' ? it.catalog : (await serve(it.catalog)).address;
      const { version } = catalog.models[0];
      refused(await it.model('fetch', place, `small@${version}`), id);
      refused(await it.model('verify', place), id);
      assert.deepEqual(it.files(), [`${sha256(first)}.tflite`]);
      assert.equal(await it.answers(), 'small@1.0.0');
    });

test('the best model that may be taken is fetched where a better one may not', async () => {
  const it = begin();
  const catalog = newer();
  catalog.models[0].engine = '99.0.0';
  publish(it.catalog, { catalog, signers: [key], models: [first, second] });
  assert.match((await it.model('fetch', '--keys', keyFile, it.catalog)).stdout, /^small@1\.0\.0 is here/);
  assert.match((await it.model('list', it.catalog)).stdout, /small@1\.1\.0 .* engine-too-old\n/);
  refused(await it.model('fetch', it.catalog, 'large'), 'catalog', /lists no model large/);
});

// ---- hosts, cuts and disks ----

const partOf = (it) => join(it.store, `${sha256(second)}.part`);
const url = `/model/${sha256(second)}.tflite`;

async function beginAtHost() {
  const it = await beginWithFirst();
  publish(it.catalog, { catalog: newer(), signers: [key], models: [first, second] });
  return { it, host: await serve(it.catalog) };
}

test('a download that is cut goes on where it was, and asks for the rest alone', async () => {
  const { it, host } = await beginAtHost();
  const cuts = [1000, 1, 2000];
  for (const cut of cuts) {
    host.manner = { cut };
    refused(await it.model('fetch', host.address), 'network');
    assert.equal(await it.answers(), 'small@1.0.0');
  }
  assert.equal(statSync(partOf(it)).size, 3001);
  host.manner = {};
  assert.match((await it.model('fetch', host.address)).stdout, /^small@1\.1\.0 is here/);
  const ranges = host.asked.filter(([path]) => path === url).map(([, range]) => range);
  assert.deepEqual(ranges, [undefined, 'bytes=1000-', 'bytes=1001-', 'bytes=3001-']);
  assert.equal((await it.model('verify')).status, 0);
});

test('a host that knows no ranges sends all of it again', async () => {
  const { it, host } = await beginAtHost();
  host.manner = { cut: 1000, ranges: false };
  refused(await it.model('fetch', host.address), 'network');
  host.manner = { ranges: false };
  assert.match((await it.model('fetch', host.address)).stdout, /^small@1\.1\.0 is here/);
});

for (const [name, part] of Object.entries({
  'of something else': Buffer.alloc(1000, 7),
  'longer than the file': Buffer.alloc(second.length + 1),
  'as long as the file': Buffer.alloc(second.length),
}))
  test(`a part ${name} is begun anew`, async () => {
    const { it, host } = await beginAtHost();
    writeFileSync(partOf(it), part);
    assert.match((await it.model('fetch', host.address)).stdout, /^small@1\.1\.0 is here/);
    assert.equal((await it.model('verify')).status, 0);
  });

test('killed in the middle of a download: the model in use stays, and the next attempt goes on', async () => {
  const { it, host } = await beginAtHost();
  host.manner = { stall: 1500 };
  const stalled = new Promise((resolve) => {
    host.onStall = resolve;
  });
  const child = spawn(CHECKED, ['model', 'fetch', host.address], { env: it.env });
  await stalled;
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  assert.equal(await it.answers(), 'small@1.0.0');
  host.manner = {};
  assert.equal((await it.model('fetch', host.address)).status, 0);
  assert.equal((await it.model('use', 'small@1.1.0')).status, 0);
  assert.equal(await it.answers(), 'small@1.1.0');
});

test('what a cut leaves behind is not taken for a model, and goes with the next removal', async () => {
  const it = await beginWithFirst();
  writeFileSync(join(it.store, 'state.json.next'), '{"format":1,"tru');
  writeFileSync(join(it.store, `${sha256(second)}.tflite`), second);
  writeFileSync(partOf(it), second.subarray(0, 9));
  assert.equal(await it.answers(), 'small@1.0.0');
  assert.match((await it.model('use', 'small@1.1.0')).stderr, /no such model is here/);
  assert.equal((await it.model('use', 'built-in')).status, 0);
  assert.equal((await it.model('remove', 'small')).status, 0);
  assert.deepEqual(it.files(), []);
});

test('a host that is not there, or asks to log in: network', async () => {
  const { it, host } = await beginAtHost();
  host.manner = { status: 403 };
  refused(await it.model('fetch', host.address), 'network', /HTTP 403/);
  host.manner = {};
  refused(await it.model('fetch', `${host.address}nowhere/`), 'network', /HTTP 404/);
  host.close();
  refused(await it.model('fetch', host.address), 'network');
  refused(await it.model('fetch', join(it.catalog, 'nowhere')), 'network', /No such file/);
  assert.equal(await it.answers(), 'small@1.0.0');
});

test('a disk that is full, a folder that cannot be: storage, and the old model stays', async () => {
  const { it, host } = await beginAtHost();
  /* more than the state has, less than the model: writes beyond it fail as on a full disk */
  const limited = `trap '' XFSZ; ulimit -f 4; exec ${CHECKED} model fetch ${host.address}`;
  const full = await new Promise((resolve) => {
    execFile('bash', ['-c', limited], { env: it.env, encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    );
  });
  refused(full, 'storage');
  assert.equal(await it.answers(), 'small@1.0.0');
  assert.equal((await it.model('fetch', host.address)).status, 0);
  const nowhere = { env: { ...it.env, LENTIGO_MODELS: join(photo, 'models') } };
  refused(await it.run(['model', 'fetch', '--keys', keyFile, it.catalog], nowhere), 'storage');
});

test('a state that is damaged is told, and never begun anew by itself', async () => {
  const it = await beginWithFirst();
  writeFileSync(join(it.store, 'state.json'), '{"format":1}');
  refused(await it.model('list', '--keys', keyFile, it.catalog), 'storage', /damaged/);
  const { stdout, stderr } = await it.run(['classify', '--json', photo]);
  assert.match(stderr, /storage: .*damaged.*\n.*is used instead/);
  assert.match(stdout, /"name":"lentigo-lite0"/);
});

test('commands that are none are told how they go', async () => {
  const it = begin();
  for (const args of [[], ['get'], ['fetch'], ['use'], ['remove', 'a', 'b'], ['list', 'a', 'b'], ['verify', 'a', 'b']])
    assert.equal((await it.model(...args)).status, 2, args.join(' '));
});
