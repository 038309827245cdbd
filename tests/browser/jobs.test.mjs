/* One worker, many jobs: an abort takes out its own job alone, and after a trap the others go on with a new worker. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  DIST,
  FOLDER,
  open,
  openSaveForm,
  ready,
  renewApp,
  SAMPLE,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { hurry } from '../support/clock.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { putModel, withMetadata } from '../support/model.mjs';
import { drawLesion, png, withoutAlpha } from '../support/pictures.mjs';
import { spoilEngine } from '../support/trap.mjs';

withBrowser();

const PHOTOS = `${FOLDER}jobs/`;
const OTHER = `${ROOT}build/samples/red.jpg`;

/** Count the engine's workers, and do without the service worker: it takes no engine but that of the build. */
const counting = (page) =>
  page.evaluateOnNewDocument(() => {
    delete Navigator.prototype.serviceWorker;
    globalThis.workers = 0;
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        globalThis.workers++;
      }
    };
  });

const workersOf = (page) => page.evaluate(() => globalThis.workers);

/** A site whose engine does `deed` with what the browser decodes for it; JPEG and PNG it decodes itself. */
function siteThat(deed) {
  const folder = copySite(`engine-${deed}`);
  spoilEngine(folder, 'classify_rgba', deed, 9);
  return folder;
}

/** The same picture as SAMPLE in a form that is for the browser's decoder. */
async function makeWebp(page) {
  const bytes = await page.evaluate(async () => {
    const image = await createImageBitmap(await (await fetch('samples/even.jpg')).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.95 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  mkdirSync(PHOTOS, { recursive: true });
  const file = `${PHOTOS}bad.webp`;
  writeFileSync(file, Buffer.from(bytes));
  return file;
}

/** `count` copies of `source`. */
function copies(source, count) {
  mkdirSync(PHOTOS, { recursive: true });
  return Array.from({ length: count }, (_, i) => {
    const file = `${PHOTOS}${String(i).padStart(2, '0')}-${source.slice(source.lastIndexOf('/') + 1)}`;
    copyFileSync(source, file);
    return file;
  });
}

async function addToBatch(page, files) {
  await visit(page, '#/batch', 'input[name=files]');
  await (await page.$('input[name=files]')).uploadFile(...files);
}

const phases = (page) => page.$$eval('.batch-row', (rows) => rows.map(({ dataset }) => dataset.fault ?? dataset.phase));

async function settled(page) {
  await visit(page, '#/batch', '.batch');
  await page.waitForFunction(
    () => !document.querySelector('.batch-row[data-phase=waiting], .batch-row[data-phase=working]'),
    { timeout: 240_000 },
  );
  return phases(page);
}

const shares = (page) => page.$$eval('.bar-number', (all) => all.map(({ textContent }) => textContent));

for (const deed of ['spoil', 'overflow'])
  test(`a photo that makes the engine trap (${deed}) fails alone: one new worker, the others go on`, async (t) => {
    const { page: sound } = await open(t);
    await choose(sound, SAMPLE);
    await answered(sound);
    const expected = await shares(sound);

    const { page } = await open(t, siteThat(deed), { prepare: counting });
    const bad = await makeWebp(page);
    const good = copies(SAMPLE, 6);
    await addToBatch(page, [...good.slice(0, 2), bad, ...good.slice(2)]);
    assert.deepEqual(await settled(page), ['done', 'done', 'crash', 'done', 'done', 'done', 'done']);
    assert.match(await text(page, '.batch-row[data-fault=crash]'), /inside the engine.*restarted/);
    assert.equal(await workersOf(page), 2);

    /* The engine gives the same numbers as one that never trapped, for this photo and for maps of it. */
    await visit(page, '#/', 'input[name=file]');
    await choose(page, SAMPLE);
    await answered(page);
    assert.deepEqual(await shares(page), expected);
    assert.equal(await workersOf(page), 2);

    await choose(page, bad);
    await page.waitForSelector('.notice[data-fault=crash]', WAIT);
    await choose(page, OTHER);
    await answered(page);
    assert.equal(await workersOf(page), 3);
  });

test('after a trap the photo shown before still has its map and its further views', async (t) => {
  const { page } = await open(t, siteThat('spoil'), { prepare: counting });
  const bad = await makeWebp(page);
  await choose(page, SAMPLE);
  await answered(page);
  const one = await shares(page);
  const [good] = copies(SAMPLE, 1);
  await addToBatch(page, [bad, good]);
  assert.deepEqual(await settled(page), ['crash', 'done']);
  await visit(page, '#/', '.answer');
  assert.deepEqual(await shares(page), one);
  await tap(page, '.map-toggle');
  await page.waitForSelector('canvas.map-overlay', WAIT);
  await tap(page, '.more-views-start');
  await page.waitForSelector('.more-views[data-views="8"]', WAIT);
  assert.equal(await page.$('.notice'), null);
});

test('an engine that traps with every model is not started for ever, and says so', async (t) => {
  const folder = copySite('engine-model-trap');
  spoilEngine(folder, 'load_model', 'spoil', 3);
  const reached = (page) => page.waitForSelector('.notice[data-fault=crash]', WAIT);
  const { page } = await open(t, folder, { prepare: counting, reached });
  assert.equal(await workersOf(page), 3);
  await choose(page, SAMPLE);
  await until(async () => (await workersOf(page)) === 6, 'another attempt for the photo');
  await page.waitForSelector('.main[data-engine=failed][data-job=waiting]', WAIT);
});

test('a photo that hangs is given up for the next one', async (t) => {
  const { page } = await open(t, siteThat('hang'), { prepare: counting });
  const bad = await makeWebp(page);
  await choose(page, bad);
  await page.waitForSelector('[data-job=working]', WAIT);
  await choose(page, SAMPLE);
  await answered(page);
  assert.equal(await workersOf(page), 2);
});

test('a batch of thirty goes on while other photos are chosen, and loses none', async (t) => {
  rmSync(PHOTOS, { recursive: true, force: true });
  mkdirSync(PHOTOS, { recursive: true });
  /* Read whole, row by row: this takes the engine a while, as any photo does on a slow device. */
  const [width, height] = [2400, 1800];
  writeFileSync(`${PHOTOS}slow.png`, png(width, height, 3, withoutAlpha(drawLesion(width, height))));
  const { page } = await open(t, DIST, { prepare: counting });
  await addToBatch(page, copies(`${PHOTOS}slow.png`, 30));
  await visit(page, '#/', 'input[name=file]');
  for (let i = 0; i < 12; i++) {
    /* The one before is mostly still under way. */
    await choose(page, ...(i % 2 ? [SAMPLE] : [`${PHOTOS}slow.png`]));
    await page.waitForSelector('[data-job=working], [data-job=done]', WAIT);
  }
  await answered(page);
  assert.deepEqual(await settled(page), Array(30).fill('done'));
});

test('emptying the table takes out the photo under way alone, and photos added at once are looked at', async (t) => {
  const { page } = await open(t, siteThat('hang'), { prepare: counting });
  const bad = await makeWebp(page);
  await addToBatch(page, [bad]);
  await page.waitForSelector('.batch-row[data-phase=working]', WAIT);
  await choose(page, SAMPLE).catch(() => undefined);
  await tap(page, '.batch-clear');
  await addToBatch(page, copies(SAMPLE, 2));
  assert.deepEqual(await settled(page), ['done', 'done']);
});

test('stopped and added to at once, a batch goes on', async (t) => {
  const { page } = await open(t);
  /* Pressed as soon as it is there, while a photo is under way, however late this side hears of it. */
  await page.evaluate(() => {
    window.stopped = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        const button = document.querySelector('.batch-stop');
        if (!button) return;
        observer.disconnect();
        button.click();
        resolve();
      }).observe(document.body, { childList: true, subtree: true });
    });
  });
  await addToBatch(page, copies(SAMPLE, 8));
  await page.evaluate(() => window.stopped);
  await addToBatch(page, copies(OTHER, 3));
  const found = await settled(page);
  assert.deepEqual(found, Array(11).fill('done'));
});

test('a worker that is gone without a word costs one photo, not the batch', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: async (fresh) => {
      await counting(fresh);
      await hurry(fresh);
    },
  });
  const [worker] = page.workers();
  await worker.evaluate(() => self.close());
  await addToBatch(page, copies(SAMPLE, 4));
  assert.deepEqual(await settled(page), ['time-out', 'done', 'done', 'done']);
  assert.equal(await workersOf(page), 2);
});

test('a rerun of eight goes on while other photos are chosen', async (t) => {
  const folder = copySite('rerun-busy');
  const { page } = await open(t, folder);
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
  for (let i = 0; i < 8; i++) {
    const sample = ['even', 'many', 'red', 'waxy'][i % 4];
    await visit(page, '#/', '.check');
    await tap(page, `[data-sample=${sample}]`);
    await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
    await answered(page);
    await openSaveForm(page);
    await page.type('.save-form input[name=name]', `spot ${i}`);
    await tap(page, '.save-form [type=submit]');
    await page.waitForSelector('.saved', WAIT);
  }
  const [{ url }] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  putModel(
    folder,
    withMetadata(readFileSync(`${folder}/${url}`), (metadata) => ({ ...metadata, version: '9.9.9' })),
  );
  await renewApp(page);
  await page.waitForFunction(() => document.querySelector('.footer-model')?.textContent.includes('9.9.9'), WAIT);
  await visit(page, '#/history', '.rerun');
  await page.$eval('.rerun .button', (button) => button.click());
  for (let i = 0; i < 6; i++) {
    await visit(page, '#/', 'input[name=file]');
    await choose(page, i % 2 ? SAMPLE : OTHER);
    await page.waitForSelector('[data-job=working], [data-job=done]', WAIT);
  }
  await answered(page);
  await visit(page, '#/history', '.lesion-card');
  await page.waitForFunction(() => !document.querySelector('.rerun, .progress'), WAIT);
  const links = await page.$$eval('.lesion-card a', (all) => all.map((a) => a.getAttribute('href')));
  assert.equal(links.length, 8);
  for (const link of links) {
    await visit(page, link, '.entry-answer');
    const versions = await page.$$eval('.entry-answer', (all) => all.map(({ dataset }) => dataset.version));
    assert.equal(versions.at(-1), '9.9.9');
  }
  await ready(page);
});
