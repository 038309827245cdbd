/* Models over the air, in a real Chromium: signed lists, downloads that go on, the way back; and a cut at every step. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  choose,
  copySite,
  FOLDER,
  looking,
  offlineReady,
  open,
  ready,
  SAMPLE,
  siteWith,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { catalogOf, inYears, offerOf, putCatalog, putFile, signatureLine, trust } from '../support/catalog.mjs';
import { newKey, sha256 } from '../support/keys.mjs';
import { withMetadata } from '../support/model.mjs';
import { spoilEngine } from '../support/trap.mjs';

withBrowser();

const shippedOf = (folder) => JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models[0];

/** A site that trusts a key, and a newer model that it has not listed yet: the shipped network under another version. */
function signedSite(name, script = '') {
  const folder = script ? siteWith(name, script) : copySite(name);
  const [key, shipped] = [newKey(), shippedOf(folder)];
  trust(folder, key);
  const bytes = withMetadata(readFileSync(`${folder}/${shipped.url}`), (old) => ({ ...old, version: '9.0.0' }));
  putFile(folder, bytes);
  return { folder, key, shipped, bytes };
}

const settings = (page) => visit(page, '#/settings', '.models[data-updates=signed]');
const look = (page) => tap(page, '[data-look][aria-disabled=false]');
const offered = (page, version = '9.0.0') => page.waitForSelector(`.offer[data-version="${version}"]`, WAIT);
const used = (page, version) => page.waitForSelector(`.kept-model[data-used=true][data-version="${version}"]`, WAIT);
const refused = (page, code) => page.waitForSelector(`.models .notice[data-fault="${code}"]`, WAIT);
const named = (page, version) =>
  page.waitForFunction((v) => document.querySelector('.footer-model')?.textContent.includes(v), WAIT, version);

/** What was asked of the host since `from`, of files of models. */
const fetched = (site, from = 0) => site.asked.slice(from).filter((request) => request.endsWith('.tflite'));

// ---- the list ----

/** Why a list is refused: what the site has, and by which name the app tells of it. */
const LISTS = [
  ['has no signature', 'signature', ({ key }, models) => ({ bytes: catalogOf(models, { keys: [key.raw] }) })],
  [
    'was changed after it was signed',
    'signature',
    ({ key }, models) => {
      const bytes = catalogOf(models, { keys: [key.raw] });
      const signatures = signatureLine(key, bytes);
      return { bytes: Buffer.concat([bytes, Buffer.from(' ')]), signatures };
    },
  ],
  [
    'has signatures in another form',
    'signature',
    ({ key }, models) => {
      const bytes = catalogOf(models, { keys: [key.raw] });
      return { bytes, signatures: signatureLine(key, bytes).trim() };
    },
  ],
  [
    'is a page',
    'signature',
    () => {
      const page = Buffer.from('<!doctype html><title>Log in</title>');
      return { bytes: page, signatures: page };
    },
  ],
  [
    'has a right signature and a wrong one of keys that are known',
    'signature',
    ({ key }, models) => {
      const bytes = catalogOf(models, { keys: [key.raw] });
      return { bytes, signatures: signatureLine(key, bytes) + signatureLine(key, Buffer.from('other')) };
    },
  ],
  [
    'is signed by a stranger',
    'unknown-key',
    (_, models) => {
      const stranger = newKey();
      const bytes = catalogOf(models, { keys: [stranger.raw] });
      return { bytes, signatures: signatureLine(stranger, bytes) };
    },
  ],
  ['has expired', 'expired', ({ key }, models) => signed(key, models, { expires: inYears(-0.001) })],
  ['is in a newer format', 'format', ({ key }, models) => signed(key, models, { format: 3 })],
  ['has a model without a hash', 'catalog', ({ key }, [model]) => signed(key, [{ ...model, sha256: 'none' }])],
  [
    'leads out of the folder',
    'catalog',
    ({ key }, [model]) => signed(key, [{ ...model, url: `../${model.url}` }]),
    /models\[0\]\.url/,
  ],
];

function signed(key, models, more = {}) {
  const bytes = catalogOf(models, { keys: [key.raw], ...more });
  return { bytes, signatures: signatureLine(key, bytes) };
}

function put(folder, { bytes, signatures = '' }) {
  writeFileSync(`${folder}/catalog.json`, bytes);
  writeFileSync(`${folder}/catalog.json.sig`, signatures);
}

for (const way of ['the browser', 'the library'])
  test(`a list is taken or refused by its signature, its age and what is in it; Ed25519 of ${way}`, async (t) => {
    /* A browser whose Ed25519 finds every signature right is taken for one that has none. */
    const blind = 'if (self.DedicatedWorkerGlobalScope) SubtleCrypto.prototype.verify = async () => true; /* blind */';
    const site = signedSite(`lists-${way.replace(/\W/g, '')}`, way === 'the browser' ? '' : blind);
    const { folder, key, shipped, bytes } = site;
    const { page, site: host } = await open(t, folder);
    await settings(page);
    await look(page);
    await refused(page, 'signature');
    const offer = offerOf(bytes);
    const rows = way === 'the browser' ? LISTS : LISTS.slice(1, 2);
    for (const [what, code, make, detail = /./] of rows) {
      put(folder, make(site, [offer]));
      await page.evaluate(() => document.querySelector('.models .notice')?.remove());
      await look(page);
      await refused(page, code);
      assert.match(await text(page, '.models .notice-detail'), detail, what);
      assert.equal(await page.$('.offer'), null, what);
    }
    putCatalog(folder, key, [offer], { sequence: 5 });
    await look(page);
    await offered(page);
    assert.match(await text(page, '.offer'), /Knows more\..*88%.*0\.95/s);
    if (way === 'the library') {
      const parts = host.asked.filter((request) => /assets\/ed25519|assets\/index-/.test(request));
      assert.equal(parts.length > 0, true, 'the library is fetched');
      return;
    }

    /* An older one, and another of the same number. */
    for (const sequence of [4, 5]) {
      putCatalog(folder, key, [offer], { sequence, issued: inYears(-0.02) });
      await look(page);
      await refused(page, 'older');
    }
    /* The key changes: the old one signs the list that names the new one, and is no key any more. */
    const next = newKey();
    putCatalog(folder, key, [offer], { sequence: 6, keys: [next.raw] });
    await look(page);
    await offered(page);
    await page.reload();
    await ready(page);
    await settings(page);
    /* What was found is still known. */
    await offered(page);
    putCatalog(folder, key, [offer], { sequence: 7 });
    await look(page);
    await refused(page, 'unknown-key');
    putCatalog(folder, next, [offer], { sequence: 7 });
    await look(page);
    await offered(page);
    await used(page, shipped.version);
    assert.equal(fetched(host).length, 1, 'nothing is fetched unasked');
  });

test('a site without keys says so and is never asked; one that is asked once a day is, where that is allowed', async (t) => {
  const { page, site } = await open(t);
  await visit(page, '#/settings', '.models[data-updates=none]');
  assert.match(await text(page, '.models'), /no signed model updates/);
  assert.equal(await page.$('[data-look]'), null);
  assert.ok(!site.asked.some((request) => request.includes('catalog')));

  const { folder, key, bytes } = signedSite('daily');
  putCatalog(folder, key, [offerOf(bytes)]);
  const { page: other, site: host } = await open(t, folder);
  const asked = () => host.asked.filter((request) => request.endsWith('catalog.json')).length;
  await settings(other);
  assert.equal(asked(), 0);
  await tap(other, 'input[name=lookDaily]');
  await other.reload();
  await other.waitForSelector('[data-news=newer]', WAIT);
  assert.equal(asked(), 1);
  await other.reload();
  await ready(other);
  await offlineReady(other);
  assert.equal(asked(), 1, 'not twice a day');
  await other.evaluateOnNewDocument('{ const now = Date.now; Date.now = () => now() + 90_000_000; }');
  await other.reload();
  await other.waitForSelector('[data-news=newer]', WAIT);
  assert.equal(asked(), 2);
});

// ---- a model that is not taken ----

/** The self-test's numbers in the file, one digit of them another. */
function otherNumbers(bytes) {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf('"logits":[');
  assert.ok(at > 0, 'the model has a self-test');
  const digit = copy.toString('latin1', at).search(/[1-8]/) + at;
  copy[digit] += 1;
  return copy;
}

function withoutTest(bytes) {
  const copy = Buffer.from(bytes);
  copy.write('lentigo.selfxxxx', copy.indexOf('lentigo.selftest'), 'latin1');
  return copy;
}

function otherName(bytes) {
  const copy = Buffer.from(bytes);
  const name = '"name":"lentigo-lite';
  copy.write('1', copy.lastIndexOf(name) + name.length, 'latin1');
  return copy;
}

/** What is wrong with a model: its bytes in the list, those at the host, and the name. */
const MODELS = [
  ['shorter than announced', 'length', (bytes) => [bytes, bytes.subarray(0, -1)]],
  ['longer than announced', 'length', (bytes) => [bytes, Buffer.concat([bytes, Buffer.alloc(1)])]],
  ['another than announced', 'hash', (bytes) => [bytes, otherNumbers(bytes)]],
  ['a page', 'not-a-model', (bytes) => [bytes, null]],
  ['no model', 'not-a-model', () => [Buffer.alloc(5000, 7), Buffer.alloc(5000, 7)]],
  ['one that computes other numbers', 'self-test', (bytes) => [otherNumbers(bytes), otherNumbers(bytes)]],
  ['one without a self-test', 'self-test', (bytes) => [withoutTest(bytes), withoutTest(bytes)]],
  ['another by its own word', 'catalog', (bytes) => [otherName(bytes), otherName(bytes)]],
];

test('a model that is not what was announced is refused by name, once, and the one before stays', async (t) => {
  const { folder, key, shipped, bytes } = signedSite('refused-models');
  const original = readFileSync(`${folder}/${shipped.url}`);
  let pageFor = '';
  const odd = (path, response) => {
    if (path !== pageFor) return false;
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Log in</title>');
    return true;
  };
  const { page, site } = await open(t, folder, { odd });
  await offlineReady(page);
  await settings(page);
  let sequence = 1;
  for (const [what, code, make] of MODELS) {
    const version = `9.0.${sequence}`;
    const [announced, sent] = make(withMetadata(original, (old) => ({ ...old, version })));
    const offer = offerOf(announced, { version });
    pageFor = sent ? '' : `/${offer.url}`;
    if (sent) writeFileSync(`${folder}/${offer.url}`, sent);
    putCatalog(folder, key, [offer], { sequence: sequence++ });
    await look(page);
    await tap(page, `.offer[data-version="${version}"] [data-bring]`);
    await refused(page, code);
    await used(page, shipped.version);
    assert.equal(await page.$('.offer'), null, `${what} is not offered again`);
  }
  const before = site.asked.length;
  await page.reload();
  await ready(page);
  await offlineReady(page);
  assert.deepEqual(fetched(site, before), [], 'what was refused is not fetched again');
  await named(page, shipped.version);

  /* It can be asked for again; this time the host has it. */
  await settings(page);
  const [model] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  const right = offerOf(bytes);
  writeFileSync(`${folder}/${right.url}`, bytes.subarray(1));
  putCatalog(folder, key, [right, { ...model, sequence: 1 }], { sequence: sequence++ });
  await look(page);
  await tap(page, '.offer [data-bring]');
  await refused(page, 'length');
  writeFileSync(`${folder}/${right.url}`, bytes);
  await tap(page, '.offers-all summary');
  await tap(page, '[data-listed="9.0.0"] [data-bring-listed]');
  await used(page, '9.0.0');

  /* What this app cannot run, or must not any more, is listed and cannot be had. */
  const others = [
    offerOf(Buffer.alloc(9), { engine: '99.0.0' }),
    offerOf(Buffer.alloc(10), { expires: inYears(-0.1) }),
  ];
  putCatalog(folder, key, others, { sequence: sequence++ });
  await look(page);
  await page.waitForSelector('[data-listed][data-hindrance=engine-too-old]', WAIT);
  await page.waitForSelector('[data-listed][data-hindrance=expired]', WAIT);
  assert.equal(await page.$('[data-bring], [data-bring-listed]'), null);
});

test('a model under which the engine traps as it is tried is refused, and nothing else has noticed', async (t) => {
  const { folder, key, shipped, bytes } = signedSite('traps');
  spoilEngine(folder, 'self_test', 'spoil', 1);
  putCatalog(folder, key, [offerOf(bytes)]);
  /* The service worker takes no engine but that of the build. */
  const prepare = (fresh) => fresh.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
  const { page } = await open(t, folder, { prepare });
  await choose(page, SAMPLE);
  await answered(page);
  await settings(page);
  await look(page);
  await tap(page, '[data-bring]');
  await refused(page, 'self-test');
  await visit(page, '#/', '.check');
  assert.ok((await text(page, '.took')).includes(shipped.version), 'the answer is still there');
  await choose(page, SAMPLE);
  await answered(page);
});

// ---- a model that is taken ----

/** A host with ranges; `cut`: after so many bytes, once, the connection ends, or where it `holds`, nothing more comes. */
function hostWithRanges(folder) {
  const ranges = [];
  const host = { ranges, cut: 0, holds: false };
  host.odd = (path, response, request) => {
    if (!path.endsWith('.tflite')) return false;
    const bytes = readFileSync(folder + path);
    const [, from = '0'] = (request.headers.range ?? '').match(/^bytes=(\d+)-$/) ?? [];
    const start = request.headers['if-range'] === `"${sha256(bytes)}"` ? Number(from) : 0;
    ranges.push(start);
    const range = start ? { 'Content-Range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    const head = { 'Content-Length': bytes.length - start, ETag: `"${sha256(bytes)}"`, ...range };
    response.writeHead(start ? 206 : 200, head);
    if (!host.cut) return response.end(bytes.subarray(start));
    const { holds } = host;
    response.write(bytes.subarray(start, start + host.cut), () => holds || setTimeout(() => response.destroy(), 200));
    host.cut = 0;
    return true;
  };
  return host;
}

test('a newer model is shown, fetched on, tried and used; kept, chosen for a photo, left again and deleted', async (t) => {
  const { folder, key, shipped, bytes } = signedSite('taken');
  putCatalog(folder, key, [offerOf(bytes), shippedOffer(shipped)]);
  const host = hostWithRanges(folder);
  const { page, site } = await open(t, folder, { odd: host.odd, prepare: looking({}) });
  await offlineReady(page);
  await page.reload();
  await ready(page);
  await settings(page);
  await look(page);
  await offered(page);
  await assertAccessible(page, 'an offer');
  /* Cancelled: nothing of it stays. */
  Object.assign(host, { cut: 1_000_000, holds: true });
  await tap(page, '[data-bring]');
  await page.waitForFunction(
    () => Number(document.querySelector('.fetching [aria-valuenow]')?.ariaValueNow) > 20,
    WAIT,
  );
  await assertAccessible(page, 'a download');
  await tap(page, '[data-stop]');
  await offered(page);
  Object.assign(host, { cut: 1_500_000, holds: false });
  await tap(page, '[data-bring]');
  await refused(page, 'network');
  assert.deepEqual(host.ranges.slice(-2), [0, 0]);
  /* Through the service worker the rest is asked for, by itself once the app is opened again. */
  await page.reload();
  await page.waitForSelector('[data-news=renewed]', WAIT);
  const [start] = host.ranges.slice(-1);
  assert.ok(start > 500_000 && start <= 1_500_000, `goes on at ${start}`);
  await named(page, '9.0.0');
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await answered(page);
  assert.match(await text(page, '.took'), /9\.0\.0/);

  /* The photo at hand by the other one; the next photo by the usual one again. */
  await tap(page, '.details summary');
  await page.waitForSelector('select[name=photoModel]', WAIT);
  await page.select('select[name=photoModel]', shipped.sha256);
  const tookBy = (version) =>
    until(async () => {
      await answered(page);
      return (await text(page, '.took')).includes(version);
    }, version);
  await tookBy(shipped.version);
  await choose(page, SAMPLE);
  await tookBy('9.0.0');

  await settings(page);
  await used(page, '9.0.0');
  assert.equal((await page.$$('.kept-model')).length, 2);
  await tap(page, '[data-go-back]');
  await used(page, shipped.version);
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await named(page, shipped.version);
  await settings(page);
  await tap(page, '.kept-model[data-used=false] [data-ask]');
  await tap(page, '.kept-model[data-used=false] [data-confirm]');
  await page.waitForFunction(() => document.querySelectorAll('.kept-model').length === 1, WAIT);
});

const shippedOffer = ({ id, version, sha256: hash, bytes, url }) =>
  offerOf(Buffer.alloc(0), { id, version, sequence: 1, sha256: hash, bytes, url });

// ---- cut at every step ----

/**
 * In the worker, where a step of an update is one of the browser's calls: do `deed` when `step` comes for the nth time,
 * by the plan that lies in a cache of the test's. `stop`: the step is never over; the test then closes the page.
 */
const STEPS = `if (self.DedicatedWorkerGlobalScope && !self.stepsCounted) {
  self.stepsCounted = new Map();
  const [put, match, fetchOf, instantiate] = [Cache.prototype.put, Cache.prototype.match, fetch, WebAssembly.instantiate];
  const planned = async () => {
    const cache = await caches.open('plan');
    return { cache, plan: await (await match.call(cache, self.origin + '/plan'))?.json() };
  };
  const step = async (name) => {
    const { cache, plan } = await planned();
    const isMeant = plan && plan.step.split(' ').every((word) => name.includes(word));
    if (!isMeant || self.name !== 'lentigo updates') return;
    const count = (self.stepsCounted.get(plan.step) ?? 0) + 1;
    self.stepsCounted.set(plan.step, count);
    if (count !== plan.nth) return;
    await put.call(cache, self.origin + '/reached', new Response(name));
    if (plan.deed === 'stop') await new Promise(() => undefined);
    if (plan.deed === 'full') throw new DOMException('no room', 'QuotaExceededError');
    throw new TypeError('Failed to fetch');
  };
  Cache.prototype.put = async function (request, response) {
    const name = 'put ' + (request.url ?? request);
    await step('before ' + name);
    await put.call(this, request, response);
    await step('after ' + name);
  };
  self.fetch = async (...args) => (await step('fetch ' + (args[0].href ?? args[0])), fetchOf(...args));
  WebAssembly.instantiate = async (...args) => (await step('engine'), instantiate(...args));
}`;

/** Where it is cut and how; which model is at work when the app is opened again, by itself, and whether it goes on. */
const CUTS = [
  ['the network, before the file', { step: 'fetch', deed: 'cut' }, 'network', 'new'],
  ['the page closed amid the file', { step: 'after put .part/', nth: 2, deed: 'stop' }, null, 'new'],
  ['the page closed while an engine is begun', { step: 'engine', deed: 'stop' }, null, 'new'],
  ['no room for the file', { step: 'before put .tflite', deed: 'full' }, 'storage', 'old'],
  ['the page closed before the file is stored', { step: 'before put .tflite', deed: 'stop' }, null, 'new'],
  ['the page closed after that', { step: 'after put .tflite', deed: 'stop' }, null, 'new'],
  ['no room for the pointer', { step: 'before put shelf.json', nth: 3, deed: 'full' }, 'storage', 'old'],
  ['the page closed before the pointer moves', { step: 'before put shelf.json', nth: 3, deed: 'stop' }, null, 'new'],
  ['the page closed after it has moved', { step: 'after put shelf.json', nth: 3, deed: 'stop' }, null, 'new'],
];

test('cut at any step: the old model or the new one, never none, never half', async (t) => {
  const { folder, key, shipped } = signedSite('cuts', STEPS);
  const original = readFileSync(`${folder}/${shipped.url}`);
  const host = hostWithRanges(folder);
  const { page: first, context, site } = await open(t, folder, { odd: host.odd });
  await offlineReady(first);
  let page = first;
  const plan = (what) =>
    page.evaluate(async (text) => {
      await caches.delete('plan');
      if (text) await (await caches.open('plan')).put('/plan', new Response(text));
    }, what && JSON.stringify(what));
  const reached = () => page.evaluate(async () => Boolean(await (await caches.open('plan')).match('/reached')));
  let now = shipped.version;
  for (const [i, [what, { nth = 1, ...cut }, code, then]] of CUTS.entries()) {
    const version = `9.0.${i}`;
    const bytes = withMetadata(original, (old) => ({ ...old, version }));
    putFile(folder, bytes);
    putCatalog(folder, key, [offerOf(bytes, { version, sequence: i + 1 })], { sequence: i + 1 });
    await settings(page);
    await look(page);
    await offered(page, version);
    await plan({ nth, ...cut });
    await tap(page, '[data-bring]');
    await until(reached, what);
    if (code) await refused(page, code);
    await named(page, now);
    await plan(null);
    const asked = site.asked.length;
    await page.close();
    page = await context.newPage();
    await page.goto(site.url);
    await ready(page);
    if (then === 'new') now = version;
    else await offlineReady(page);
    await named(page, now);
    /* What had come before the page was closed is not asked for again. */
    if (cut.step.includes('.part/')) assert.ok(host.ranges.at(-1) >= 256 * 1024, `goes on at ${host.ranges.at(-1)}`);
    if (then === 'old') assert.deepEqual(fetched(site, asked), [], `${what}: not fetched again`);
  }
  await choose(page, SAMPLE);
  await answered(page);
});

test('a model that fails twice in use is left for the one before, and it is said', async (t) => {
  const { folder, key, shipped, bytes } = signedSite('fails-in-use');
  /* Whatever model it has, the engine traps at what the browser decodes for it; JPEG it decodes itself. */
  spoilEngine(folder, 'classify_rgba', 'spoil', 9);
  putCatalog(folder, key, [offerOf(bytes)]);
  /* The service worker takes no engine but that of the build. */
  const prepare = (fresh) => fresh.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
  const { page } = await open(t, folder, { prepare });
  await settings(page);
  await look(page);
  await tap(page, '[data-bring]');
  await used(page, '9.0.0');
  const webp = await page.evaluate(async () => {
    const image = await createImageBitmap(await (await fetch('samples/even.jpg')).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp' })).arrayBuffer())];
  });
  const bad = `${FOLDER}fails.webp`;
  writeFileSync(bad, Buffer.from(webp));
  await visit(page, '#/', 'input[name=file]');
  const fail = async () => {
    await choose(page, bad);
    await page.waitForSelector('.notice[data-fault=crash]', WAIT);
    await ready(page);
  };
  await fail();
  await choose(page, SAMPLE);
  await answered(page);
  await fail();
  await named(page, '9.0.0');
  await fail();
  await named(page, shipped.version);
  await choose(page, SAMPLE);
  await answered(page);
  assert.ok((await text(page, '.took')).includes(shipped.version));
  await page.reload();
  await page.waitForSelector('[data-news=left]', WAIT);
  await settings(page);
  assert.match(await text(page, '.models-left'), /9\.0\.0 failed twice/);
  await used(page, shipped.version);
});
