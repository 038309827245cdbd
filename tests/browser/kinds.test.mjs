/* Kinds of picture: each answer says its own, with its own numbers and no other's; a plain photo's limits come first. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  copySite,
  FOLDER,
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
import { ROOT } from '../support/fixtures.mjs';
import { asFormat1, putModel, siteWithModel } from '../support/model.mjs';
import { drawLesion, png, withoutAlpha } from '../support/pictures.mjs';

withBrowser();

/** The site with the tests' small model of format 2. */
function siteWithKinds() {
  const folder = copySite('kinds-site');
  const model = `${FOLDER}kinds.tflite`;
  execFileSync(`${ROOT}build/test/mkmodel`, [model, 'kinds']);
  putModel(folder, readFileSync(model));
  return folder;
}

/** Pictures that the small model takes for each kind: it goes by how bright they are. */
function drawKinds() {
  const folder = `${FOLDER}kinds/`;
  mkdirSync(folder, { recursive: true });
  const pixels = withoutAlpha(drawLesion(320, 240));
  const shares = Object.entries({ dermoscopic: 1, clinical: 0.5, neither: 0.25 });
  return Object.fromEntries(
    shares.map(([kind, share]) => {
      const file = `${folder}${kind}.png`;
      writeFileSync(
        file,
        png(
          320,
          240,
          3,
          pixels.map((value) => value * share),
        ),
      );
      return [kind, file];
    }),
  );
}

mkdirSync(FOLDER, { recursive: true });
const PHOTOS = drawKinds();
let site;

const openKinds = (t, options = {}) => {
  site ??= siteWithKinds();
  return open(t, site, { prepare: looking({}), ...options });
};

async function look(page, kind) {
  await choose(page, PHOTOS[kind]);
  await judged(page);
}

/** What the button saves, whatever it is called: a real download. */
async function saved(page, button, name) {
  const downloadPath = `${FOLDER}saved-kinds-${name}/`;
  rmSync(downloadPath, { recursive: true, force: true });
  mkdirSync(downloadPath, { recursive: true });
  const client = await page.browser().target().createCDPSession();
  const browserContextId = page.browserContext().id;
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath });
  await tap(page, button);
  const done = () => readdirSync(downloadPath).find((file) => !file.endsWith('.crdownload'));
  return readFileSync(downloadPath + (await until(done, name)));
}

test('a dermatoscopic picture is called that, with its own mark and coverage', async (t) => {
  const { page } = await openKinds(t);
  await look(page, 'dermoscopic');
  assert.equal(await text(page, '.picture-name'), 'Dermatoscopic picture');
  assert.match(await text(page, '.gauge-text'), /20%/);
  assert.match(await text(page, '.figures'), /about 90 were at or above/);
  assert.match(await text(page, '.set'), /9 times in 10/);
  assert.match(await text(page, '.answer'), /Looks most like|No clear match/);
  assert.doesNotMatch(await text(page, '.answer'), /without a dermatoscope/);
});

test('a plain photo’s answer begins with what it can tell and what not, and has no dermatoscopic figure', async (t) => {
  const { page } = await openKinds(t);
  await look(page, 'clinical');
  assert.ok(await page.$('.answer > .picture:first-child[data-kind=clinical]'));
  const limits = await text(page, '.picture');
  for (const part of [
    /without a dermatoscope/,
    /hint at whether/,
    /does not show/,
    /about 58 of 100/,
    /about 80 of 100 pairs/,
  ])
    assert.match(limits, part);
  assert.equal(await text(page, '.eyebrow'), 'Perhaps most like');
  assert.match(await text(page, '.gauge-text'), /31%/);
  assert.match(await text(page, '.malignant'), /tests with such photos/);
  assert.match(await text(page, '.figures'), /about 91 were at or above/);
  assert.match(await text(page, '.set'), /44 times in 50/);
  assert.match(await text(page, '[role=status].unseen'), /without a dermatoscope: perhaps most like/);
  const whole = await text(page, '.answer');
  for (const figure of [/\b9 of 10\b/, /mark at 20%/, /about 80 lay below/, /Looks most like/])
    assert.doesNotMatch(whole, figure);
  await assertAccessible(page, 'plain photo');
});

test('what is of no kind is no lesion; who looks all the same finds neither mark nor figure', async (t) => {
  const { page } = await openKinds(t);
  await look(page, 'neither');
  assert.match(await text(page, '.gate[data-stranger=true]'), /does not look like a picture of a skin lesion/);
  assert.equal(await page.$('.verdict, .bar, .picture'), null);
  await tap(page, '.gate-show');
  await page.waitForSelector('.picture[data-kind=neither]', WAIT);
  assert.match(await text(page, '.picture-name'), /^Neither/);
  assert.match(await text(page, '.malignant'), /no threshold for a picture like this/);
  assert.equal(await page.$('.figures, .gauge-mark, .set .aside, .meaning a'), null);
});

test('a model that tells no kinds says nothing of them', async (t) => {
  const told = (old) => {
    const [{ thresholds, operating_points }] = old.kinds;
    return { ...asFormat1(old), thresholds, operating_points };
  };
  const { page } = await open(t, siteWithModel('no-kinds', told));
  await tap(page, '[data-sample=many]');
  await answered(page);
  assert.equal(await page.$('.picture'), null);
  assert.ok(await page.$('.gauge-mark'));
  await visit(page, '#/model', '.point-facts');
  assert.equal(await page.$('.kind-figures'), null);
});

test('the table of a batch and its files say the kind', async (t) => {
  const { page } = await openKinds(t, { path: '/#/batch' });
  await page.waitForSelector('.batch', WAIT);
  await (await page.$('input[name=files]')).uploadFile(...Object.values(PHOTOS));
  await page.waitForFunction(() => document.querySelectorAll('.batch-row[data-phase=done]').length === 3, WAIT);
  assert.deepEqual(await page.$$eval('.batch-kind', (cells) => cells.map(({ textContent }) => textContent)), [
    'Dermatoscopic picture',
    'Close-up without a dermatoscope',
    'Neither type of picture',
  ]);
  const entries = JSON.parse((await saved(page, '.batch-json', 'json')).toString());
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    Object.keys(PHOTOS),
  );
  const [head, ...lines] = (await saved(page, '.batch-csv', 'csv')).toString().trimEnd().split('\r\n');
  const column = head.split(',').indexOf('kind');
  assert.deepEqual(
    lines.map((line) => line.split(',').at(column - head.split(',').length)),
    Object.keys(PHOTOS),
  );
});

test('the report says the kind, a plain photo’s limits and its own mark, on one page', async (t) => {
  const { page } = await openKinds(t);
  await look(page, 'clinical');
  await tap(page, '.report-way');
  await page.waitForSelector('.report img.report-photo', WAIT);
  const words = await text(page, '.report');
  assert.match(words, /Type of pictureClose-up without a dermatoscope/);
  assert.match(words, /Such a photo does not show/);
  assert.match(words, /threshold: 31%/);
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
});

test('an answer is kept and exported with its kind; one without a kind still shows', async (t) => {
  const { page } = await openKinds(t);
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
  await visit(page, '#/', '.check');
  await look(page, 'clinical');
  await openSaveForm(page);
  await page.type('.save-form input[name=name]', 'knee');
  await tap(page, '.save-form [type=submit]');
  await tap(page, '.saved a');
  await page.waitForSelector('.entry-answer', WAIT);
  assert.equal(await text(page, '.entry-picture'), 'Close-up without a dermatoscope');

  await visit(page, '#/history', '[data-export]');
  const files = unzipSync(await saved(page, '[data-export]', 'zip'));
  const history = JSON.parse(strFromU8(files['history.json']));
  const [entry] = history.entries;
  assert.equal(entry.answers[0].kind, 'clinical');

  /* As an older version has written it. */
  const { kind: _, ...older } = entry.answers[0];
  const old = { ...history, entries: [{ ...entry, id: crypto.randomUUID(), answers: [older] }] };
  const archive = `${FOLDER}older.zip`;
  writeFileSync(archive, zipSync({ ...files, 'history.json': strToU8(JSON.stringify(old)) }));
  await (await page.$('input[name=archive]')).uploadFile(archive);
  await page.waitForSelector('.imported[data-entries="1"]', WAIT);
  await visit(page, `#/history/${entry.lesion}`, '[data-photos="2"]');
  const kinds = await page.$$eval('.entry-picture', (lines) => lines.map(({ textContent }) => textContent));
  assert.deepEqual(kinds.sort(), ['Close-up without a dermatoscope', 'Type of picture unknown']);
  assert.equal((await page.$$('.entry-kind')).length, 2);

  /* What is no kind's name is refused by its place. */
  const wrong = { ...history, entries: [{ ...entry, answers: [{ ...older, kind: 7 }] }] };
  writeFileSync(archive, zipSync({ ...files, 'history.json': strToU8(JSON.stringify(wrong)) }));
  await visit(page, '#/history', '[data-export]');
  await (await page.$('input[name=archive]')).uploadFile(archive);
  await page.waitForSelector('.notice[data-fault=history-archive]', WAIT);
  assert.match(await text(page, '.notice'), /answers\[0\]\.kind/);
});

test('the model’s page says which figures hold for which kind and source', async (t) => {
  const { page } = await openKinds(t);
  await look(page, 'clinical');
  await tap(page, '.meaning a');
  await page.waitForSelector('.kind-figures', WAIT);
  const kinds = await page.$$eval('.one-kind', (list) => list.map(({ textContent }) => textContent));
  assert.equal(kinds.length, 2);
  assert.match(kinds[0], /^Dermatoscopic picture.*3,000.*2,500.*86%.*80%.*75%.*90%.*0\.95.*HAM10000.*MILK10k/);
  assert.match(kinds[1], /^Close-up without a dermatoscope.*900.*810.*62%.*58%.*52%.*88%.*0\.80/);
  await tap(page, '.one-kind:last-of-type [data-source=milk10k] summary');
  const source = await text(page, '.one-kind:last-of-type [data-source=milk10k]');
  assert.match(source, /400.*380.*60%.*57%.*88%.*0\.79/);
  assert.doesNotMatch(source, /Melanomas/); /* not stated for it */
  assert.match(await text(page, '.kind-figures'), /trained further.*figures are those of version 1\.9\.0/);
  const about = await text(page, '.model-page');
  assert.match(about, /Threshold31%/);
  await assertAccessible(page, 'figures');
});

test('one choice of mark holds for both kinds, each at its own place', async (t) => {
  const { page } = await openKinds(t);
  await visit(page, '#/settings', 'input[name=point]');
  const [own, other] = await page.$$eval('.choice:has(input[name=point])', (list) => list.map((c) => c.textContent));
  assert.match(own, /20% and 31%.*Dermatoscopic picture: Of 100.*90.*Close-up without a dermatoscope: Of 100.*91/);
  assert.match(other, /22%/);
  await tap(page, 'input[name=point][value="0.95"]');
  await visit(page, '#/', '.check');
  await look(page, 'clinical');
  assert.match(await text(page, '.gauge-text'), /22%/);
  await look(page, 'dermoscopic');
  await page.waitForSelector('.picture[data-kind=dermoscopic]', WAIT);
  assert.match(await text(page, '.gauge-text'), /20%/); /* it has no mark of that name: its own */
});

for (const language of ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'])
  test(`${language}: a plain photo’s answer and the figures fit a small phone`, async (t) => {
    const { page } = await openKinds(t);
    await page.setViewport({ width: 320, height: 640 });
    await visit(page, '#/settings', 'select[name=language]');
    await page.select('select[name=language]', language);
    await page.waitForSelector(`html[lang=${language}]`, WAIT);
    await visit(page, '#/', '.check');
    await look(page, 'clinical');
    await assertFits(page, 320, `${language}: answer`);
    await assertAccessible(page, `${language}: answer`);
    if (language !== 'en') assert.doesNotMatch(await text(page, '.picture'), /dermatoscope\b.*model/);
    await visit(page, '#/model/figures', '.kind-figures');
    await page.$$eval('.kind-figures details', (list) => {
      for (const details of list) details.open = true;
    });
    await assertFits(page, 320, `${language}: figures`);
    await assertAccessible(page, `${language}: figures`);
  });
