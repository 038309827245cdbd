/*
 * The second reader: one's own guess before the answer, saved beside it and counted; and what is said of pictures to
 * try wherever their answers are. Where the picture is, fingers, wheel and keys act on it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import {
  answered,
  assertAccessible,
  FOLDER,
  focused,
  judged,
  looking,
  open,
  openSaveForm,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { bringIn, turnOn } from '../support/history.mjs';

withBrowser();

const [NEVUS, BASAL] = ['ISIC_0033597', 'ISIC_0025971'];

async function look(page, sample) {
  await visit(page, '#/', '.check');
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
  await judged(page);
}

async function keep(page, name) {
  await openSaveForm(page);
  await page.type('.save-form input[name=name]', name);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

async function guess(page, label) {
  await tap(page, `.guess-form input[value=${label}]`);
  await tap(page, '.guess-form [type=submit]');
  await page.waitForSelector('.verdict, .unsure', WAIT);
}

/** The whole history as the button exports it. */
async function exported(page) {
  const downloadPath = `${FOLDER}second-reader/`;
  rmSync(downloadPath, { recursive: true, force: true });
  mkdirSync(downloadPath, { recursive: true });
  const client = await page.browser().target().createCDPSession();
  const browserContextId = page.browserContext().id;
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath });
  await tap(page, '[data-export]');
  const done = () => readdirSync(downloadPath).find((file) => file.endsWith('.zip'));
  return unzipSync(readFileSync(downloadPath + (await until(done, 'the export'))));
}

test('a guess comes before the answer, is saved with it, counted, exported and imported', async (t) => {
  const { page } = await open(t, undefined, { prepare: looking({}) });
  await turnOn(page);
  await visit(page, '#/settings', 'input[name=guess]');
  await tap(page, 'input[name=guess]');
  await look(page, BASAL);
  await page.waitForSelector('.guess-form', WAIT);
  assert.equal(await page.$('.verdict, .bar, .malignant, .map-toggle, .sample-truth'), null);
  assert.match(await text(page, '[role=status].unseen'), /what do you think it is/);
  await assertAccessible(page, 'guess');
  await guess(page, 'nv');
  assert.ok(await until(() => page.$eval('.answer', (answer) => answer === document.activeElement), 'the focus'));
  assert.match(await text(page, '.own-guess'), /first choice is a different kind/);
  await keep(page, 'wrong');
  await look(page, NEVUS);
  await guess(page, 'nv');
  assert.match(await text(page, '.own-guess'), /also the model’s first choice/);
  await keep(page, 'right');
  /* Who would rather not say is not counted; a drawing's row says what it is. */
  await look(page, 'even');
  await tap(page, '.gate-show');
  await tap(page, '.guess-skip');
  await page.waitForSelector('.verdict, .unsure', WAIT);
  assert.equal(await page.$('.own-guess'), null);
  await keep(page, 'drawn');
  await visit(page, '#/history', '.agreement[data-same="1"][data-count="2"]');
  const notes = await page.$$eval('.lesion-card .sample-note', (all) => all.map(({ textContent }) => textContent));
  assert.deepEqual(notes.map((note) => /drawing/.test(note)).sort(), [false, false, true]);

  const files = await exported(page);
  const history = JSON.parse(strFromU8(files['history.json']));
  assert.deepEqual(history.entries.map((entry) => `${entry.sample} ${entry.guess}`).sort(), [
    'drawing null',
    'photograph nv',
    'photograph nv',
  ]);
  /* Back in as they went out; and as an earlier version wrote them, which knew of neither. */
  const older = history.entries.map(({ sample: _, guess: __, ...entry }) => ({ ...entry, id: crypto.randomUUID() }));
  const copies = history.entries.map((entry) => ({ ...entry, id: crypto.randomUUID() }));
  const archive = (entries) => {
    /* Each entry has files of its own. */
    const own = entries.map((entry) => ({
      ...entry,
      photo: `photos/${entry.id}.jpg`,
      square: entry.square && `squares/${entry.id}.jpg`,
    }));
    const pictures = own.flatMap((entry, i) => [
      [entry.photo, files[entries[i].photo]],
      ...(entry.square ? [[entry.square, files[entries[i].square]]] : []),
    ]);
    const document = { ...history, entries: own };
    const path = `${FOLDER}second-reader.zip`;
    writeFileSync(
      path,
      zipSync({ ...Object.fromEntries(pictures), 'history.json': strToU8(JSON.stringify(document)) }),
    );
    return path;
  };
  assert.equal(await bringIn(page, archive([...copies, ...older])), null);
  await page.waitForSelector('.agreement[data-same="2"][data-count="4"]', WAIT);
  const wrong = [{ ...copies[0], id: crypto.randomUUID(), sample: 'painting' }];
  const { code, detail } = await bringIn(page, archive(wrong));
  assert.deepEqual([code, detail.includes('entries[0].sample')], ['history-archive', true]);
});

test('a drawing’s report says so, and carries the advice and the tags', async (t) => {
  const { page } = await open(t);
  await look(page, 'many');
  await answered(page);
  await visit(page, '#/report', '.report-table');
  assert.match(await text(page, '.report .sample-note'), /drawing/);
  assert.match(await text(page, '.report-advice'), /if this were your spot: .*do not wait/);
  const tagged = await page.$$eval('.report-table .tag-alarm', (tags) => tags.length);
  assert.equal(tagged, 3);
});

test('two fingers zoom both photos that are compared; Escape shows them whole', async (t) => {
  const { page } = await open(t, undefined, {
    prepare: (one) => one.setViewport({ width: 1000, height: 1000, hasTouch: true }),
  });
  await turnOn(page);
  await look(page, NEVUS);
  await keep(page, 'left arm');
  await tap(page, '.saved a');
  await page.waitForSelector('[data-photos]', WAIT);
  const [lesion] = await page.evaluate(() => location.hash.split('/').slice(2));
  await look(page, BASAL);
  await openSaveForm(page);
  await page.waitForSelector('select[name=lesion]', WAIT);
  await page.select('select[name=lesion]', lesion);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
  await visit(page, `#/history/${lesion}/compare`, '.compare-over img');
  /* Both are of one day. */
  const names = await page.$$eval('select[name=older] option', (options) => options.map(({ text }) => text));
  assert.match(names[0], /\d:\d\d/);
  await tap(page, '.compare .button-row .button');
  await page.waitForSelector('.compare-beside', WAIT);
  const zooms = () => page.$$eval('.compare-pane', (panes) => panes.map(({ dataset }) => Number(dataset.zoom)));
  const pane = await page.$('.compare-pane');
  await pane.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const { x, y, width, height } = await pane.boundingBox();
  const client = await page.createCDPSession();
  const touch = (type, distance) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [-1, 1].map((side) => ({ x: x + width / 2 + side * distance, y: y + height / 2, id: side + 1 })),
    });
  await touch('touchStart', 20);
  for (const distance of [30, 40]) await touch('touchMove', distance);
  await touch('touchEnd');
  const [first, second] = await until(async () => {
    const now = await zooms();
    return now[0] > 1.5 && now;
  }, 'a zoom by fingers');
  assert.equal(first, second);
  await pane.focus();
  await page.keyboard.press('Escape');
  await until(async () => (await zooms()).every((zoom) => zoom === 1), 'the whole photos');
});

test('a crop is taken by Enter and left by Escape; one notch of the wheel is one step', async (t) => {
  const { page } = await open(t);
  await look(page, NEVUS);
  await tap(page, '.map-toggle');
  await page.waitForSelector('.map-overlay', WAIT);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('.map-overlay'), WAIT);
  await tap(page, '.stage-crop');
  const place = await page.waitForSelector('.crop-place', WAIT);
  const side = () => page.$eval('.crop-square', ({ dataset }) => Number(dataset.region.split(',')[2]));
  await place.hover();
  await page.mouse.wheel({ deltaY: 100 });
  const stepped = await until(async () => (await side()) < 1 && side(), 'a step of the wheel');
  assert.ok(Math.abs(stepped - 1 / 1.1) < 0.001, `${stepped}`);
  await place.focus();
  await page.keyboard.press('Enter');
  await judged(page);
  assert.equal(await page.$('.crop-square'), null);
  await tap(page, '.stage-crop');
  await page.waitForSelector('.crop-square', WAIT);
  assert.equal(await side(), stepped);
});

test('deleting asks in a dialog; the focus goes back to the button, or where that is gone to what it stood in', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await look(page, NEVUS);
  await keep(page, 'left arm');
  await focused(page, '.save');
  await visit(page, '#/history', '.tools [data-ask]');
  await tap(page, '.tools [data-ask]');
  await page.waitForSelector('.tools dialog:modal', WAIT);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog:modal'), WAIT);
  await focused(page, '.tools [data-ask]');
  assert.ok(await page.$('[data-lesions="1"]'));
  await tap(page, '.tools [data-ask]');
  await tap(page, '.tools [data-confirm]');
  await page.waitForSelector('[data-lesions="0"]', WAIT);
  await focused(page, '#content');
});
