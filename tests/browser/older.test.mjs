/*
 * Browsers from Safari 16.4 on. What came later is taken away, one by one and all at once, in page, worker and service
 * worker; and iOS as a home-screen app. What is taken away was found by holding all names in the app's sources
 * against the compatibility tables of the web platform.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  DIST,
  FOLDER,
  offlineReady,
  open,
  openSaveForm,
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
import { jpeg } from '../support/jpeg.mjs';
import { drawLesion } from '../support/pictures.mjs';

withBrowser();

/* Each is text for a script of any kind: page, worker, service worker. */
const MISSING = {
  'Response.json': 'delete Response.json;',
  'imageOrientation: from-image': `{
    const create = self.createImageBitmap;
    if (create) self.createImageBitmap = (source, options = {}) =>
      options.imageOrientation === 'from-image'
        ? Promise.reject(new TypeError('from-image is not a valid enum value'))
        : create.call(self, source, options);
  }`,
  /* As above, and the browser does not turn photos by itself either. */
  'createImageBitmap turns nothing': `{
    const create = self.createImageBitmap;
    if (create) self.createImageBitmap = (source, options = {}) =>
      options.imageOrientation === 'from-image'
        ? Promise.reject(new TypeError('from-image is not a valid enum value'))
        : create.call(self, source, { ...options, imageOrientation: 'none' });
  }`,
  'storage.estimate': 'if (self.StorageManager) delete StorageManager.prototype.estimate;',
  'Trusted Types': 'delete self.trustedTypes; delete self.TrustedTypePolicyFactory;',
  deviceMemory:
    'for (const kind of [self.Navigator, self.WorkerNavigator]) if (kind) delete kind.prototype.deviceMemory;',
  launchQueue: 'delete self.launchQueue; delete self.LaunchQueue;',
  'track.getCapabilities': 'if (self.MediaStreamTrack) delete MediaStreamTrack.prototype.getCapabilities;',
  'later names of the language and the platform': `
    delete Promise.try; delete Promise.withResolvers; delete Object.groupBy; delete Map.groupBy; delete Array.fromAsync;
    delete URL.canParse; delete URL.parse; delete AbortSignal.any; delete ReadableStream.from;
    for (const name of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf'])
      delete Set.prototype[name];
    for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'])
      if (self.Iterator) delete Iterator.prototype[name];
    for (const name of ['transfer', 'transferToFixedLength', 'resize']) delete ArrayBuffer.prototype[name];
    for (const name of ['toHex', 'toBase64']) delete Uint8Array.prototype[name];
    for (const kind of [Blob, Request, Response]) delete kind.prototype.bytes;
    delete ReadableStream.prototype[Symbol.asyncIterator]; delete ReadableStream.prototype.values;
    delete self.scheduler; delete self.requestIdleCallback; delete self.navigation; delete self.cookieStore;
    delete self.QuotaExceededError;`,
};
const ALL = Object.entries(MISSING)
  .filter(([name]) => name !== 'imageOrientation: from-image')
  .map(([, script]) => script)
  .join('\n');

/** Without Trusted Types a browser does not enforce them either, as this one goes on doing. */
const openWithout = (t, name, script) =>
  open(t, siteWith(`without-${name.replaceAll(/\W+/g, '-')}`, script), {
    prepare: async (page) => {
      if (script.includes('trustedTypes')) await page.setBypassCSP(true);
      await page.evaluateOnNewDocument(script);
    },
  });

/** One that the browser has to decode, and one with an orientation. */
const TURNED = `${FOLDER}turned.jpg`;

async function makeTurned() {
  const [width, height] = [240, 160];
  writeFileSync(TURNED, jpeg(width, height, drawLesion(width, height), { orientation: 6 }));
}

async function mainPath(page) {
  await offlineReady(page);
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
  await visit(page, '#/', 'input[name=file]');
  await choose(page, TURNED);
  await answered(page);
  /* Pictures by the browser's decoder: the square of the history, the small one of the table. */
  await openSaveForm(page);
  await page.type('.save-form input[name=name]', 'spot');
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
  await tap(page, '.saved a');
  await page.waitForSelector('.entry img', WAIT);
  await visit(page, '#/batch', 'input[name=files]');
  await (await page.$('input[name=files]')).uploadFile(SAMPLE, TURNED);
  await page.waitForFunction(() => document.querySelectorAll('.batch-row[data-phase=done] img').length === 2, WAIT);
}

for (const [name, script] of [...Object.entries(MISSING), ['all of it', ALL]])
  test(`without ${name}: answers, pictures, history, and the model is kept`, async (t) => {
    await makeTurned();
    const { page, site } = await openWithout(t, name, script);
    await mainPath(page);
    const kept = await page.evaluate(async () => {
      const names = (await caches.keys()).filter((found) => found.startsWith('lentigo-models'));
      return (await Promise.all(names.map(async (found) => (await (await caches.open(found)).keys()).length))).flat();
    });
    assert.deepEqual(kept, [2]);
    await visit(page, '#/settings', '.settings');
    assert.match(await text(page, '.settings'), /The model is stored on this device/);
    const before = site.asked.filter((request) => request.includes('.tflite')).length;
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await ready(page);
    assert.equal(site.asked.filter((request) => request.includes('.tflite')).length, before);
  });

test('a photo is upright by every way of decoding it', async (t) => {
  await makeTurned();
  const sizes = [];
  for (const name of ['deviceMemory', 'imageOrientation: from-image', 'createImageBitmap turns nothing']) {
    const { page } = await openWithout(t, `${name} upright`, MISSING[name]);
    const webp = await page.evaluate(() => {
      const canvas = new OffscreenCanvas(30, 20);
      canvas.getContext('2d').fillRect(0, 0, 30, 20);
      return canvas
        .convertToBlob({ type: 'image/webp' })
        .then(async (blob) => [...new Uint8Array(await blob.arrayBuffer())]);
    });
    writeFileSync(`${FOLDER}upright.webp`, Buffer.from(webp));
    await choose(page, `${FOLDER}upright.webp`);
    await page.waitForSelector('[data-job=done] .answer', WAIT);
    await visit(page, '#/report', '.report img');
    await visit(page, '#/', 'input[name=file]');
    await choose(page, TURNED);
    await answered(page);
    await visit(page, '#/report', '.report img');
    /* The square as it was drawn by the page: the mean colour of its quarters tells how it lies. */
    sizes.push(
      await page.$eval('.report img', async (image) => {
        await image.decode();
        const canvas = new OffscreenCanvas(4, 4);
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0, 4, 4);
        return [...context.getImageData(0, 0, 4, 4).data];
      }),
    );
  }
  const [truth, ...others] = sizes;
  for (const other of others)
    assert.ok(
      truth.every((value, i) => Math.abs(value - other[i]) <= 6),
      `${truth}\n${other}`,
    );
});

// ---- an app on the home screen of iOS, and a tab of its browser ----

/** `share`: what the share sheet does. */
const homeScreen = (share) => `
  Object.defineProperty(Navigator.prototype, 'standalone', { value: true });
  globalThis.shared = [];
  Navigator.prototype.canShare = ({ files }) => files.every((file) => file instanceof File);
  Navigator.prototype.share = async ({ files }) => { (${share})(); globalThis.shared.push(...files); };
  HTMLAnchorElement.prototype.click = () => { globalThis.shared.push('a download'); };`;

async function openHomeScreen(t, share) {
  const { page } = await open(t, DIST, { prepare: (fresh) => fresh.evaluateOnNewDocument(homeScreen(share)) });
  await visit(page, '#/batch', 'input[name=files]');
  await (await page.$('input[name=files]')).uploadFile(SAMPLE);
  await page.waitForSelector('.batch-row[data-phase=done]', WAIT);
  return page;
}

const sharedNames = (page) => page.evaluate(() => globalThis.shared.map((file) => file.name ?? file));

test('in a home-screen app a file is saved by the share sheet', async (t) => {
  const page = await openHomeScreen(t, '() => undefined');
  await tap(page, '.batch-csv');
  await until(async () => (await sharedNames(page)).length === 1, 'the share sheet');
  assert.deepEqual(await sharedNames(page), ['lentigo.csv']);
  assert.match(await page.evaluate(() => globalThis.shared[0].text()), /^file,label,/);
});

test('a share sheet that wants another tap gets one, and one that fails leads to a download', async (t) => {
  const refuse = (name) =>
    `() => { if (!globalThis.tapped) { globalThis.tapped = true; throw new DOMException('', '${name}'); } }`;
  const page = await openHomeScreen(t, refuse('NotAllowedError'));
  await tap(page, '.batch-json');
  await tap(page, '.ready-bar [data-save]');
  await until(async () => (await sharedNames(page)).length === 1, 'the share sheet');
  assert.deepEqual(await sharedNames(page), ['lentigo.json']);
  await page.waitForFunction(() => !document.querySelector('.ready-bar'), WAIT);
  const other = await openHomeScreen(t, refuse('DataError'));
  await tap(other, '.batch-csv');
  await until(async () => (await sharedNames(other)).length === 1, 'the download');
  assert.deepEqual(await sharedNames(other), ['a download']);
});

test('a tab on iOS says what becomes of what is kept, before anything is', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        Object.defineProperty(Navigator.prototype, 'standalone', { value: false });
        StorageManager.prototype.persisted = async () => false;
        StorageManager.prototype.persist = async () => false;
      }),
  });
  await visit(page, '#/history', '.turn-on');
  assert.match(await text(page, '.apple-note'), /seven days.*its own storage/);
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions] .apple-note, .tools .apple-note', WAIT);
  await visit(page, '#/settings', '[data-install=by-hand] .apple-note');
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await answered(page);
  assert.match(await text(page, '.install-card'), /its own storage/);
  await openSaveForm(page);
  await page.waitForSelector('.save-form .apple-note', WAIT);
});

test('elsewhere that is not said', async (t) => {
  const { page } = await open(t);
  await visit(page, '#/history', '.turn-on');
  assert.equal(await page.$('.apple-note'), null);
  await offlineReady(page);
});
