/* The built app in a real Chromium, used as a person does. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  copySite,
  DIST,
  FOLDER,
  looking,
  offlineReady,
  open,
  ready,
  renewApp,
  SAMPLE,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { AVIF } from '../support/avif.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { putModel, withMetadata } from '../support/model.mjs';

withBrowser();

const commandLine = (file) =>
  JSON.parse(execFileSync(`${ROOT}build/lentigo`, ['classify', '--json', '--logits', file], { encoding: 'utf8' }));

/** The model's file in the site's folder, and its catalogue. */
const catalogOf = (folder) => JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8'));

/** A drawing in which the model sees a class; most it takes for no lesion, or is not sure. */
function namedDrawing() {
  const drawings = ['even', 'many', 'pale', 'red', 'vessels', 'waxy'].map((name) => `${ROOT}build/samples/${name}.jpg`);
  const sure = ({ not_a_lesion, abstain }) => !not_a_lesion && !abstain;
  return drawings.find((file) => sure(commandLine(file)));
}

test('a file is classified, with the answer of the command line', async (t) => {
  const { page } = await open(t);
  const drawing = namedDrawing();
  await choose(page, drawing);
  await answered(page);
  const expected = commandLine(drawing);
  const metadata = await page.$$eval('.bar', (bars) => bars.map((bar) => bar.dataset.label));
  const byProbability = Object.entries(expected.probabilities).sort(([, a], [, b]) => b - a);
  assert.deepEqual(
    metadata,
    byProbability.map(([id]) => id),
  );
  const top = Math.round(byProbability[0][1] * 100);
  assert.match(await text(page, '.verdict-number'), new RegExp(`^(${top}|>|${top}\\.\\d)`));
  assert.match(await text(page, '.took'), new RegExp(`${expected.model.name} ${expected.model.version}`));
  assert.match(await text(page, '[role=status].unseen'), /Looks most like/);
});

test('a sample is classified and named as a drawing', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=red]');
  await answered(page);
  assert.match(await text(page, '.sample-note'), /drawing/);
});

test('another prior gives another answer without another inference', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=even]');
  await answered(page);
  const took = await text(page, '.took');
  const share = () => text(page, '.bar[data-label=nv] .bar-number');
  const before = await share();
  await tap(page, '.details summary');
  await page.click('input[value=uniform]');
  await page.waitForFunction(
    (old) => document.querySelector('.bar[data-label=nv] .bar-number').textContent !== old,
    {},
    before,
  );
  assert.equal(await text(page, '.took'), took);
});

test('with the server stopped and the network cut, a reload and a classification work', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await choose(page, SAMPLE);
  await answered(page);
  assert.ok((await page.$$('.bar')).length > 1);
});

test('the site runs from a folder of a host', async (t) => {
  mkdirSync(`${FOLDER}nested/some`, { recursive: true });
  cpSync(DIST, `${FOLDER}nested/some/where`, { recursive: true });
  const { page, site } = await open(t, `${FOLDER}nested`, { path: '/some/where/' });
  await offlineReady(page);
  await choose(page, SAMPLE);
  await answered(page);
  const outside = [...site.served.keys()].filter((path) => !path.startsWith('/some/where/'));
  assert.deepEqual(outside, []);
});

for (const [name, bytes, fault] of [
  ['empty.jpg', Buffer.alloc(0), 'empty-file'],
  ['text.jpg', Buffer.from('this is no picture'), 'not-a-picture'],
  ['cut.jpg', readFileSync(SAMPLE).subarray(0, 4000), 'LT_IMAGE_FORMAT'],
])
  test(`${name} leads to plain words, and a second attempt works`, async (t) => {
    writeFileSync(FOLDER + name, bytes);
    const { page } = await open(t);
    await choose(page, FOLDER + name);
    await page.waitForSelector(`.notice[data-fault="${fault}"]`, WAIT);
    await choose(page, SAMPLE);
    await answered(page);
  });

test('a WebP goes through the browser’s decoder', async (t) => {
  const { page } = await open(t);
  const webp = await page.evaluate(async () => {
    const image = await createImageBitmap(await (await fetch('samples/even.jpg')).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.95 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  writeFileSync(`${FOLDER}even.webp`, Buffer.from(webp));
  await choose(page, `${FOLDER}even.webp`);
  await answered(page);
  assert.match(await text(page, '.facts'), /the browser/);
});

test('an AVIF goes through the browser’s decoder', async (t) => {
  writeFileSync(`${FOLDER}even.avif`, AVIF);
  const { page } = await open(t);
  await choose(page, `${FOLDER}even.avif`);
  await answered(page);
  assert.match(await text(page, '.facts'), /the browser/);
  const [likeliest] = await page.$$eval('.bar', (bars) => bars.map((bar) => bar.dataset.label));
  assert.equal(likeliest, commandLine(SAMPLE).label);
});

test('a HEIC that the browser cannot read leads to words about HEIC', async (t) => {
  /* As a phone's begins: one box with the brands, then what no decoder here knows. */
  const brands = Buffer.from('....ftypmif1....mif1heic', 'latin1');
  brands.writeUInt32BE(brands.length, 0);
  writeFileSync(`${FOLDER}phone.heic`, Buffer.concat([brands, Buffer.alloc(500, 7)]));
  const { page } = await open(t);
  await choose(page, `${FOLDER}phone.heic`);
  await page.waitForSelector('.notice[data-fault=heic]', WAIT);
  await choose(page, SAMPLE);
  await answered(page);
});

test('a dropped and a pasted photo are taken, a dropped link is refused', async (t) => {
  const { page } = await open(t);
  const send = (type, withFile) =>
    page.evaluate(
      async (name, file) => {
        const data = new DataTransfer();
        if (file)
          data.items.add(new File([await (await fetch('samples/pale.jpg')).blob()], 'a.jpg', { type: 'image/jpeg' }));
        else data.setData('text/uri-list', 'https://example.org/a.jpg');
        const Event = name === 'paste' ? ClipboardEvent : DragEvent;
        const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
        document.body.dispatchEvent(new Event(name, options));
      },
      type,
      withFile,
    );
  await send('drop', false);
  await page.waitForSelector('.notice[data-fault=link]', WAIT);
  await send('drop', true);
  await answered(page);
  await page.reload();
  await ready(page);
  await send('paste', true);
  await answered(page);
});

test('a newer app waits until it is asked for', async (t) => {
  const folder = copySite('newer-app');
  const { page } = await open(t, folder);
  await offlineReady(page);
  writeFileSync(`${folder}/sw.js`, `${readFileSync(`${folder}/sw.js`, 'utf8')}\n/* newer */`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForSelector('.update', WAIT);
  await Promise.all([page.waitForNavigation(WAIT), page.click('.update button')]);
  await ready(page);
  assert.equal(await page.$('.update'), null);
});

test('a newer app whose model is not the announced one goes on with the model before', async (t) => {
  const folder = copySite('wrong-model');
  const { page } = await open(t, folder);
  await offlineReady(page);
  const [model] = catalogOf(folder).models;
  const other = withMetadata(readFileSync(`${folder}/${model.url}`), (old) => ({ ...old, version: '9.0.0' }));
  putModel(folder, other);
  other[other.length - 2] ^= 1;
  writeFileSync(`${folder}/${catalogOf(folder).models[0].url}`, other);
  await renewApp(page);
  await page.waitForSelector('.model-failed[data-fault=hash]', WAIT);
  await choose(page, SAMPLE);
  await answered(page);
  assert.match(await text(page, '.took'), new RegExp(model.version.replaceAll('.', '\\.')));
});

test('a newer app brings its own model along, and the host alone brings none', async (t) => {
  const folder = copySite('newer-model');
  const { page, site } = await open(t, folder);
  await offlineReady(page);
  const [{ url, version }] = catalogOf(folder).models;
  putModel(
    folder,
    withMetadata(readFileSync(`${folder}/${url}`), (old) => ({ ...old, version: '9.0.0' })),
  );
  /* As versions before there were several models noted the one they had. */
  await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys()).find((name) => name.startsWith('lentigo-models')));
    const shelf = (await cache.keys()).find((request) => request.url.endsWith('shelf.json'));
    const { models } = await (await cache.match(shelf)).json();
    await cache.put(shelf.url.replace('shelf.json', 'current.json'), new Response(JSON.stringify(models[0])));
    await cache.delete(shelf);
  });
  await page.reload();
  await ready(page);
  assert.deepEqual(
    site.asked.filter((request) => request.includes('catalog.json')),
    [],
  );
  await renewApp(page);
  await page.waitForFunction(() => document.querySelector('.footer-model')?.textContent.includes('9.0.0'), WAIT);
  await choose(page, SAMPLE);
  await answered(page);
  assert.match(await text(page, '.took'), /9\.0\.0/);
  /* Whoever goes back stays there. */
  await visit(page, '#/settings', '.models');
  await tap(page, '[data-go-back]');
  await page.waitForSelector(`.kept-model[data-used=true][data-version="${version}"]`, WAIT);
  await page.reload();
  await offlineReady(page);
  assert.ok((await text(page, '.footer-model')).includes(version));
});

test('nothing scrolls sideways at 320 pixels, and the keyboard reaches everything', async (t) => {
  const { page } = await open(t);
  await page.setViewport({ width: 320, height: 640 });
  await tap(page, '[data-sample=many]');
  await answered(page);
  await assertFits(page, 320, 'answer');
  await page.focus('[data-sample=red]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-sample=red][aria-pressed=true]', WAIT);
  await answered(page);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    await assertAccessible(page, 'start');
    await tap(page, '[data-sample=many]');
    await answered(page);
    await tap(page, '.details summary');
    await assertAccessible(page, 'answer');
    writeFileSync(`${FOLDER}none.jpg`, 'nothing');
    await choose(page, `${FOLDER}none.jpg`);
    await page.waitForSelector('.notice', WAIT);
    await assertAccessible(page, 'error');
  });
