/* How does it do here: pictures of known diagnosis, measured in the app as by `lentigo evaluate`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import {
  assertAccessible,
  assertFits,
  DIST,
  FOLDER,
  looking,
  open,
  reason,
  tap,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';

withBrowser();

const PICTURES = `${FOLDER}evaluate/`;
/* Drawings, some under a name of the model's, some under one of the person's own. */
const DIAGNOSES = { even: 'nv', many: 'mel', red: 'vasc', waxy: 'bkl', pale: 'Basalioma', vessels: 'unclear' };
const NAMES = Object.keys(DIAGNOSES);

/** Folders of diagnoses with two pictures in each, and a CSV file beside them that says the same, with lesions. */
function makePictures() {
  rmSync(PICTURES, { recursive: true, force: true });
  const lines = ['file;diagnosis;lesion'];
  mkdirSync(`${PICTURES}all`, { recursive: true });
  for (const [name, diagnosis] of Object.entries(DIAGNOSES)) {
    mkdirSync(`${PICTURES}folders/${diagnosis}`, { recursive: true });
    for (const copy of ['a', 'b']) {
      const file = `${name}-${copy}.jpg`;
      for (const folder of ['all', `folders/${diagnosis}`])
        copyFileSync(`${ROOT}build/samples/${name}.jpg`, `${PICTURES}${folder}/${file}`);
      lines.push(`${file};${diagnosis};"lesion of ${name}"`);
    }
  }
  writeFileSync(`${PICTURES}table.csv`, `\uFEFF${lines.join('\r\n')}\r\n`);
  return NAMES.flatMap((name) => ['a', 'b'].map((copy) => `${PICTURES}folders/${DIAGNOSES[name]}/${name}-${copy}.jpg`));
}

const byCommand = (...args) => {
  const maps = ['--map', 'bcc=basalioma', '--map', 'none=unclear'];
  return JSON.parse(execFileSync(COMMAND, ['evaluate', '--json', ...maps, ...args], { encoding: 'utf8' }));
};

async function openEvaluate(t) {
  const visitor = await open(t, DIST, { path: '/#/evaluate', prepare: looking({}) });
  await visitor.page.waitForSelector('.evaluate .evaluate-files', WAIT);
  return visitor;
}

async function take(page, ...files) {
  const input = await page.$('input[name=evaluate-files]');
  await input.uploadFile(...files);
}

/** Name what the model does not know, start, and wait for the figures. */
async function measure(page) {
  await page.waitForSelector('.evaluate-naming', WAIT);
  const chosen = (name) => page.$eval(`select[name="naming ${name}"]`, (select) => select.value);
  assert.deepEqual([await chosen('nv'), await chosen('mel'), await chosen('Basalioma')], ['nv', 'mel', '']);
  await page.select('select[name="naming Basalioma"]', 'bcc');
  await tap(page, '.evaluate-start');
  await page.waitForSelector('.evaluate[data-phase=done] .evaluate-figures', { timeout: 240_000 });
}

/** What the button `name` saves. */
async function saved(page, name) {
  const downloadPath = `${FOLDER}figures-${name}/`;
  rmSync(downloadPath, { recursive: true, force: true });
  const client = await page.browser().target().createCDPSession();
  const browserContextId = page.browserContext().id;
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath });
  await tap(page, `button.evaluate-${name}`);
  const file = `${downloadPath}lentigo-figures.${name}`;
  await until(() => existsSync(file), file);
  return readFileSync(file, 'utf8');
}

/** Only what the pictures are called differs: the app knows no folders of the machine. */
function withoutNames({ failures, ...figures }) {
  const rows = ([name, list]) => [
    name,
    list.map(({ picture, ...row }) => ({ ...row, picture: picture.split('/').at(-1) })),
  ];
  return { ...figures, failures: Object.fromEntries(Object.entries(failures).map(rows)) };
}

test('pictures with a CSV file are measured to the command line’s figures', async (t) => {
  const files = makePictures();
  const { page } = await openEvaluate(t);
  await take(page, ...files, `${PICTURES}table.csv`);
  await measure(page);
  const {
    model,
    source,
    views,
    left_out: leftOut,
    failed,
    ...expected
  } = byCommand(`${PICTURES}table.csv`, '--pictures', `${PICTURES}all`);
  assert.equal(expected.lesions, 5);
  assert.deepEqual(withoutNames(JSON.parse(await saved(page, 'json'))), withoutNames(expected));
  const lines = (await saved(page, 'csv')).split('\r\n');
  assert.equal(lines[0], 'figure,value,low,high');
  assert.ok(lines.includes(`pictures,${expected.pictures},,`));
  assert.equal(await page.$eval('.evaluate-figures', ({ dataset }) => dataset.pictures), '10');
  assert.match(await text(page, '.evaluate'), /2 pictures were left out/);
  await assertAccessible(page, 'evaluate');
  await page.setViewport({ width: 390, height: 844 });
  await assertFits(page, 390, 'evaluate');
});

test('a folder with a folder for each diagnosis, and a ZIP of them, are measured as by the command line', async (t) => {
  makePictures();
  const entries = NAMES.flatMap((name) =>
    ['a', 'b'].map((copy) => [
      `pictures/${DIAGNOSES[name]}/${name}-${copy}.jpg`,
      readFileSync(`${PICTURES}folders/${DIAGNOSES[name]}/${name}-${copy}.jpg`),
    ]),
  );
  writeFileSync(`${PICTURES}all.zip`, zipSync(Object.fromEntries(entries)));
  const { page } = await openEvaluate(t);
  await take(page, `${PICTURES}all.zip`);
  await measure(page);
  const { headline } = byCommand(`${PICTURES}folders`);
  assert.deepEqual(JSON.parse(await saved(page, 'json')).headline, headline);
  const folder = await page.$('input[name=evaluate-folder]');
  assert.ok(await folder.evaluate(({ webkitdirectory }) => webkitdirectory));
  await folder.uploadFile(`${PICTURES}folders`);
  await measure(page);
  assert.deepEqual(JSON.parse(await saved(page, 'json')).headline, headline);
});

test('without a kind for any diagnosis the button to start says why it does nothing', async (t) => {
  const files = makePictures();
  const { page } = await openEvaluate(t);
  await take(page, ...files, `${PICTURES}table.csv`);
  await page.waitForSelector('.evaluate-naming', WAIT);
  for (const diagnosis of Object.values(DIAGNOSES)) await page.select(`select[name="naming ${diagnosis}"]`, '');
  await page.waitForSelector('.evaluate-start[aria-disabled=true]', WAIT);
  assert.match(await reason(page, '.evaluate-start'), /at least one diagnosis/);
  await tap(page, '.evaluate-start');
  await page.select('select[name="naming nv"]', 'nv');
  await page.waitForSelector('.evaluate[data-phase=naming] .evaluate-start[aria-disabled=false]', WAIT);
  assert.equal(await reason(page, '.evaluate-start'), '');
});

const WRONG = [
  ['no picture', 'notes.csv', 'file,diagnosis\na.jpg,nv\n', /no pictures among them/],
  ['a table without diagnoses', 'table.csv', 'file,age\neven-a.jpg,50\n', /no column is called diagnosis/],
  ['a quote that is not closed', 'table.csv', 'file,diagnosis\neven-a.jpg,"nv\n', /line 2: a quote is not closed/],
  ['a table of other files', 'table.csv', 'file,diagnosis\nx.jpg,nv\n', /none of its 1 files/],
  ['a ZIP that is none', 'all.zip', 'not an archive', /all\.zip: /],
];

test('what cannot be measured is refused by name', async (t) => {
  const [picture] = makePictures();
  const { page } = await openEvaluate(t);
  for (const [what, name, content, detail] of WRONG) {
    writeFileSync(PICTURES + name, content);
    await take(page, PICTURES + name, ...(what.includes('table') || what.includes('quote') ? [picture] : []));
    await page.waitForFunction(
      (source) =>
        new RegExp(source).test(document.querySelector('[data-fault=cases] .notice-detail')?.textContent ?? ''),
      WAIT,
      detail.source,
    );
  }
});
