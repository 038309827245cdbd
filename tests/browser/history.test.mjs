/* The history: off until turned on, kept, compared, reminded of, exported, imported, deleted. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  copySite,
  DIST,
  FOLDER,
  looking,
  open,
  openSaveForm,
  ready,
  renewApp,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { jpeg } from '../support/jpeg.mjs';
import { putModel, withMetadata } from '../support/model.mjs';
import { drawLesion } from '../support/pictures.mjs';

withBrowser();

async function turnOn(page) {
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
}

/** Have a drawing looked at and keep it: under a new name, or with the spot of that name. */
async function keep(page, sample, { name = '', known = false, note = '', site = '' } = {}) {
  await visit(page, '#/', '.check');
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
  await answered(page);
  await openSaveForm(page);
  await page.waitForSelector('.save-form', WAIT);
  if (known) {
    await page.waitForSelector('select[name=lesion]', WAIT);
    const id = await page.$$eval(
      'select[name=lesion] option',
      (options, wanted) => options.find(({ textContent }) => textContent === wanted).value,
      name,
    );
    await page.select('select[name=lesion]', id);
  } else {
    await page.type('.save-form input[name=name]', name);
    if (site) await page.select('.save-form select[name=site]', site);
  }
  if (note) await page.type('.save-form textarea', note);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

/** Where downloads of `page` go. */
async function downloads(page, name) {
  const folder = `${FOLDER}${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    browserContextId: page.browserContext().id,
  });
  return {
    async next() {
      for (let i = 0; i < 600; i++) {
        const [file] = readdirSync(folder).filter((found) => !found.endsWith('.crdownload'));
        if (file) {
          const bytes = readFileSync(`${folder}/${file}`);
          rmSync(`${folder}/${file}`);
          return { file, bytes };
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('no download');
    },
  };
}

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

test('nothing is kept before the history is turned on', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=even]');
  await answered(page);
  assert.match(await text(page, '.save'), /unless you turn the history on/);
  assert.deepEqual(await databases(page), []);
});

test('an answer is kept, found after a reload, edited, and deleted', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await keep(page, 'even', { name: 'left knee', note: 'since spring', site: 'leftLeg' });
  await page.reload();
  await ready(page);
  await visit(page, '#/history', '[data-lesions="1"]');
  assert.match(await text(page, '.lesion-card'), /left knee.*Left leg.*1 photo/s);
  await tap(page, '.lesion-card a');
  await page.waitForSelector('[data-photos="1"] img.entry-photo', WAIT);
  assert.match(await text(page, '.entry'), /since spring/);
  assert.match(await text(page, '.entry-answer'), /%.*Model/s);
  await tap(page, '[data-edit]');
  await page.type('.entry textarea', ', and growing');
  await page.type('.entry input[name=length]', '4.5');
  await tap(page, '.entry [type=submit]');
  await page.waitForFunction(() => document.querySelector('.entry-note')?.textContent.includes('growing'), WAIT);
  assert.match(await text(page, '.entry'), /4\.5 mm/);
  await tap(page, '.entry [data-ask]');
  await tap(page, '.entry [data-confirm]');
  await page.waitForSelector('[data-photos="0"]', WAIT);
});

test('a place is chosen on the drawing of the body as well as in the list', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await tap(page, '.nav-way[href="#/"]');
  await tap(page, '[data-sample=even]');
  await answered(page);
  await openSaveForm(page);
  await tap(page, '.body-place[data-site=lowerBack]');
  await page.waitForSelector('.body-chosen[data-site=lowerBack]', WAIT);
  assert.equal(await page.$eval('.save-form select[name=site]', ({ value }) => value), 'lowerBack');
});

test('two photos of a spot are compared: swipe, zoom of both, side by side, by keyboard', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await keep(page, 'even', { name: 'spot' });
  const second = () => Math.floor(Date.now() / 1000);
  const first = second();
  await until(() => second() > first, 'the next second');
  await keep(page, 'many', { name: 'spot', known: true });
  await tap(page, '.saved a');
  await page.waitForSelector('[data-photos="2"]', WAIT);
  const different = (all) => new Set(all.map(({ textContent }) => textContent)).size;
  assert.equal(await page.$$eval('.entry .card-name', different), 2);
  await tap(page, '.lesion-row a');
  await page.waitForSelector('.compare-over .compare-photo', WAIT);
  assert.equal(await page.$$eval('select[name=older] option', different), 2);
  await page.focus('input[name=split]');
  await page.keyboard.press('Home');
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('.compare-pane')).getPropertyValue('--split') === '0',
    WAIT,
  );
  await page.focus('.compare-pane');
  await page.keyboard.press('+');
  await page.waitForSelector('.compare-pane[data-zoom="1.25"]', WAIT);
  await page.keyboard.press('ArrowRight');
  await tap(page, '.compare .button[aria-pressed]');
  await page.waitForFunction(() => document.querySelectorAll('.compare-pane').length === 2, WAIT);
  const shown = () =>
    [...document.querySelectorAll('img.compare-photo')].map((photo) => getComputedStyle(photo).transform);
  await page.waitForFunction(`(${shown})().filter((view) => view.startsWith('matrix(1.25,')).length === 2`, WAIT);
  const [left, right] = await page.evaluate(shown);
  assert.equal(left, right);
});

test('a calendar file reminds, and says nothing of the spot', async (t) => {
  const { page } = await open(t);
  const saved = await downloads(page, 'reminder');
  await turnOn(page);
  await keep(page, 'even', { name: 'secret knee' });
  await tap(page, '.saved a');
  await tap(page, '.remind summary');
  await tap(page, '[data-months="3"]');
  const { file, bytes } = await saved.next();
  const lines = bytes.toString('utf8').split('\r\n');
  assert.equal(file, 'lentigo.ics');
  assert.equal(lines[0], 'BEGIN:VCALENDAR');
  assert.equal(lines.at(-2), 'END:VCALENDAR');
  assert.doesNotMatch(bytes.toString('utf8'), /secret|knee/);
  const due = lines.find((line) => line.startsWith('DTSTART')).slice(-8);
  const wanted = new Date();
  wanted.setDate(1);
  wanted.setMonth(wanted.getMonth() + 3);
  assert.equal(due.slice(0, 6), wanted.toISOString().slice(0, 7).replace('-', ''));
});

test('a photo is kept without its metadata, and gives the same answer', async (t) => {
  const { page } = await open(t);
  const saved = await downloads(page, 'stripped');
  const plain = jpeg(321, 203, drawLesion(321, 203), { subsampled: true, orientation: 6 });
  const comment = Buffer.from('\xff\xfe\x00\x14taken at 48.2 N 16', 'latin1');
  writeFileSync(`${FOLDER}placed.jpg`, Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2)]));
  await turnOn(page);
  await visit(page, '#/', '.check');
  await choose(page, `${FOLDER}placed.jpg`);
  await answered(page);
  const numbers = await page.$$eval('.bar-number', (bars) => bars.map((bar) => bar.textContent));
  await openSaveForm(page);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
  await visit(page, '#/history', '[data-export]');
  await tap(page, '[data-export]');
  const { bytes } = await saved.next();
  const files = unzipSync(bytes);
  const [photo] = Object.keys(files).filter((name) => name.startsWith('photos/'));
  assert.equal(Buffer.from(files[photo]).indexOf('taken at'), -1);
  writeFileSync(`${FOLDER}kept.jpg`, files[photo]);
  await visit(page, '#/', '.check');
  await choose(page, `${FOLDER}kept.jpg`);
  /* the first answer had been kept; what can be kept, or is not shown yet, is the second */
  await page.waitForSelector('.answer[data-gated=true], .save-open', WAIT);
  await answered(page);
  assert.deepEqual(await page.$$eval('.bar-number', (bars) => bars.map((bar) => bar.textContent)), numbers);
});

test('everything goes out to a file and comes back; what is here already stays', async (t) => {
  const { page } = await open(t);
  const saved = await downloads(page, 'archive');
  await turnOn(page);
  await keep(page, 'even', { name: 'spot one', note: 'a note' });
  await keep(page, 'red', { name: 'spot two' });
  await visit(page, '#/history', '[data-lesions="2"]');
  await tap(page, '[data-export]');
  const { file, bytes } = await saved.next();
  assert.match(file, /^lentigo-\d{4}-\d\d-\d\d\.zip$/);
  const archive = `${FOLDER}archive.zip`;
  writeFileSync(archive, bytes);
  const upload = async (path) => (await page.$('input[name=archive]')).uploadFile(path);
  await upload(archive);
  await page.waitForSelector('.imported[data-entries="0"]', WAIT);
  await tap(page, '.tools [data-ask]');
  await tap(page, '.tools [data-confirm]');
  await page.waitForSelector('[data-lesions="0"]', WAIT);
  await upload(archive);
  await page.waitForSelector('.imported[data-entries="2"]', WAIT);
  await page.waitForSelector('[data-lesions="2"] img.thumb', WAIT);
  assert.match(await text(page, '.history'), /spot one.*spot two|spot two.*spot one/s);

  const files = unzipSync(bytes);
  const history = JSON.parse(Buffer.from(files['history.json']).toString());
  history.entries[1].answers[0].decisions.data.malignant = 'much';
  for (const [name, content, said] of [
    ['not a zip', Buffer.from('no archive at all'), /./],
    ['cut', bytes.subarray(0, bytes.length / 2), /./],
    ['no index', zipSync({ 'a.txt': new Uint8Array(3) }), /history\.json/],
    [
      'wrong member',
      zipSync({ ...files, 'history.json': Buffer.from(JSON.stringify(history)) }),
      /entries\[1\]\.answers\[0\]\.decisions\.data\.malignant/,
    ],
    ['no photo', zipSync({ 'history.json': files['history.json'] }), /no file photos/],
  ]) {
    writeFileSync(`${FOLDER}broken.zip`, content);
    await upload(`${FOLDER}broken.zip`);
    await page.waitForSelector('.notice[data-fault=history-archive]', WAIT);
    await page.waitForFunction(
      (source) => new RegExp(source).test(document.querySelector('.notice-detail')?.textContent),
      WAIT,
      said.source,
    );
    assert.equal(await page.$eval('.history', ({ dataset }) => dataset.lesions), '2', name);
  }
});

test('after a change of the model old photos are asked about again, and both answers stay', async (t) => {
  const folder = copySite('rerun');
  const { page } = await open(t, folder);
  await turnOn(page);
  await keep(page, 'even', { name: 'spot' });
  const [old] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  putModel(
    folder,
    withMetadata(readFileSync(`${folder}/${old.url}`), (metadata) => ({ ...metadata, version: '9.9.9' })),
  );
  await renewApp(page);
  await page.waitForFunction(() => document.querySelector('.footer-model')?.textContent.includes('9.9.9'), WAIT);
  await visit(page, '#/history', '.rerun');
  await tap(page, '.rerun .button');
  await page.waitForFunction(() => !document.querySelector('.rerun, .progress'), WAIT);
  await tap(page, '.lesion-card a');
  await page.waitForSelector('.entry-answer[data-version="9.9.9"]', WAIT);
  assert.equal((await page.$$('.entry-answer')).length, 2);
  const hashes = () => page.$$eval('.entry-answer code', (all) => all.map(({ textContent }) => textContent));
  assert.equal((await hashes())[0], old.sha256.slice(0, 8));

  /* The model before is still on the device, and can be asked about a photo that only the newer one has answered. */
  await keep(page, 'red', { name: 'other' });
  await visit(page, '#/history', '.rerun select[name=rerunModel]');
  assert.equal(await page.$('.rerun .button'), null);
  await page.select('.rerun select[name=rerunModel]', old.sha256);
  await tap(page, '.rerun .button');
  await page.waitForFunction(() => !document.querySelector('.rerun, .progress'), WAIT);
  const links = await page.$$eval('.lesion-card a', (all) => all.map((a) => a.getAttribute('href')));
  for (const link of links) {
    await visit(page, link, '.entry-answer');
    await until(async () => new Set(await hashes()).size === 2, 'an answer of each model');
  }
});

test('where the disk is full the photo is not kept, what was kept stays, and it is said', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await keep(page, 'even', { name: 'first' });
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await tap(page, '[data-sample=red]');
  await page.waitForSelector('[data-sample=red][aria-pressed=true]', WAIT);
  await answered(page);
  await openSaveForm(page);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.notice[data-fault=history-full]', WAIT);
  await page.reload();
  await ready(page);
  await visit(page, '#/history', '[data-lesions="1"]');
});

test('where the browser keeps nothing the rest of the app works and says so', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        indexedDB.open = () => {
          throw new DOMException('blocked', 'SecurityError');
        };
      }),
  });
  await visit(page, '#/history', '.notice[data-fault=history-blocked]');
  await visit(page, '#/', '.check');
  await tap(page, '[data-sample=red]');
  await answered(page);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, nothing is cut off, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    const check = async (state) => {
      await assertAccessible(page, state);
      await assertFits(page, 320, state);
    };
    await page.setViewport({ width: 320, height: 480 });
    await visit(page, '#/history', '.turn-on');
    await check('off');
    await turnOn(page);
    await check('empty');
    await keep(page, 'even', { name: 'spot', site: 'head' });
    await check('kept');
    await keep(page, 'many', { name: 'spot', known: true });
    await visit(page, '#/history', '[data-lesions="1"] img.thumb');
    await tap(page, '.tools [data-ask]');
    await check('list');
    await page.keyboard.press('Escape');
    await tap(page, '.lesion-card a');
    await page.waitForSelector('[data-photos="2"] img.entry-photo', WAIT);
    await tap(page, '[data-edit]');
    await tap(page, '.remind summary');
    await check('lesion');
    await tap(page, '.lesion-row a');
    await page.waitForSelector('.compare-over img', WAIT);
    await check('compare');
    await tap(page, '.compare .button[aria-pressed]');
    await check('side by side');
  });
