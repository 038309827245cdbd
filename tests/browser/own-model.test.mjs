/*
 * Models of the person's own, in a real Chromium: a file is looked into, asked about, kept, used without a network and
 * deleted again; one that is none is named as that. Its answers are the command line's, and speak of no skin.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  assertAccessible,
  choose,
  DIST,
  FOLDER,
  judged,
  looking,
  offlineReady,
  open,
  ready,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { keepFile, turnOn } from '../support/history.mjs';
import { serve } from '../support/site.mjs';

withBrowser();

const FILES = `${FOLDER}own-model/`;
const PHOTO = `${ROOT}web/samples/ISIC_0025971.jpg`;
/** What is said of lesions by models that know them. */
const OF_LESIONS = /skin|malignan|HAM10000|threshold|lesion|doctor|melanom/i;

function put(name, bytes) {
  mkdirSync(FILES, { recursive: true });
  writeFileSync(FILES + name, bytes);
  return FILES + name;
}

/** One of the tests' small networks by "other people". */
function made(how) {
  const path = put(`${how}.tflite`, '');
  execFileSync(`${ROOT}build/test/mkmodel`, [path, how]);
  return path;
}

const UNSAID = made('unsaid');
const DESCRIBED = made('described');
const MANIFEST = JSON.parse(readFileSync(`${DIST}/manifest.webmanifest`, 'utf8'));
const NAMES = ['ape', 'bee', 'cat', 'dog', 'emu'];

/** Files that are refused: what they are, by which code, and what the technical line names. */
const BAD = [
  ['empty', Buffer.alloc(0), 'empty-file', /^$/],
  ['a page', Buffer.from('<!doctype html><title>Log in</title>'), 'LT_MODEL_FORMAT', /TFL3|not a TFLite|identifier/i],
  ['half a model', readFileSync(UNSAID).subarray(0, 900), 'LT_MODEL_FORMAT', /./],
];

/** What the form is given, what comes of it. */
const WRONG = [
  ['too few names', { labels: 'ape\nbee', range: 'unit' }, '.own-form [data-fault=LT_MODEL_METADATA]', /2.*5/s],
  [
    'a deviation of 0',
    { labels: NAMES.join('\n'), range: 'other', mean: '1, 2, 3', std: '1 0 1' },
    '.own-form [data-odd]',
    /above 0/,
  ],
];

const phase = (page, name) => page.waitForSelector(`.own-model[data-opened=${name}]`, WAIT);

async function openFile(page, path) {
  await visit(page, '#/settings', '.own-model');
  await (await page.$('input[name=model-file]')).uploadFile(path);
}

/** Drop a file anywhere on the page. */
const drop = (page, path) =>
  page.evaluate(
    (name, base64) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    path.slice(FILES.length),
    readFileSync(path).toString('base64'),
  );

async function fill(page, { labels, range, mean, std, marked = [] }) {
  const write = (selector, value) =>
    page.$eval(
      selector,
      (field, wanted) => {
        field.value = wanted;
      },
      value,
    );
  await write('.own-form textarea[name=labels]', labels);
  await tap(page, `.own-form input[value=${range}]`);
  if (mean !== undefined) {
    await page.waitForSelector('.own-form input[name=std]', WAIT);
    await write('.own-form input[name=mean]', mean);
    await write('.own-form input[name=std]', std);
  }
  if (marked.length > 0) await tap(page, '.own-marks summary');
  for (const i of marked) await tap(page, `.own-marks input[value="${i}"]`);
  await tap(page, '.own-form [type=submit]');
}

/** Names and shares, as the page lists them. */
const shares = (page) =>
  page.$$eval('.general-answer .bar', (bars) =>
    bars.map((bar) => [bar.dataset.label, Number.parseInt(bar.textContent.match(/(\d+)(?:\.\d)?%/)?.[1] ?? '0', 10)]),
  );

/** The order of the classes that the command line gives. */
function natively(model, ...options) {
  const args = ['classify', '--json', '--model', model, ...options, PHOTO];
  const { probabilities } = JSON.parse(execFileSync(COMMAND, args, { encoding: 'utf8' }));
  return Object.entries(probabilities).sort(([, a], [, b]) => b - a);
}

/** The page's answer to the photo is the command line's, and names its model. */
async function assertAnswers(page, name, expected) {
  await visit(page, '#/', '.check');
  await choose(page, PHOTO);
  await judged(page);
  await page.waitForSelector('.general-answer', WAIT);
  const given = await shares(page);
  assert.deepEqual(
    given.map(([label]) => label),
    expected.map(([label]) => label),
  );
  for (const [i, [, share]] of expected.entries())
    assert.ok(Math.abs(given[i][1] / 100 - share) < 0.011, `${given[i]}`);
  const said = await text(page, '.result');
  assert.doesNotMatch(said, OF_LESIONS);
  assert.ok(said.includes(name), said);
}

/** The first columns of the table that a batch of one photo makes; on the page there is one for sums where the file has. */
async function columns(page) {
  await visit(page, '#/batch', '.batch');
  await (await page.$('input[name=files]')).uploadFile(PHOTO);
  await page.waitForSelector('.batch[data-batch=still] .batch-row[data-phase=done]', WAIT);
  const downloadPath = `${FILES}saved/`;
  rmSync(downloadPath, { recursive: true, force: true });
  const client = await page.browser().target().createCDPSession();
  const browserContextId = page.browserContext().id;
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath });
  await tap(page, '.batch-csv');
  await until(() => existsSync(`${downloadPath}lentigo.csv`), 'the table as a file');
  const head = readFileSync(`${downloadPath}lentigo.csv`, 'utf8').split('\r\n')[0].split(',');
  assert.equal((await page.$('.batch-table th.batch-number')) !== null, head.includes('malignant'));
  assert.equal(head.includes('threshold'), head.includes('malignant'));
  return head.slice(0, 4);
}

const kept = (page) => page.$$eval('.kept-model', (all) => all.map(({ dataset }) => [dataset.source, dataset.used]));
/** The models that one is chosen from for the photo at hand. */
const choices = (page) =>
  page.$$eval('select[name=photoModel] option', (all) => all.map(({ value, textContent }) => [textContent, value]));

test('a file that is no model is named as that, and nothing else changes', async (t) => {
  const { page, site } = await open(t);
  const footer = await text(page, '.footer-model');
  assert.ok(!site.asked.some((request) => request.includes('lentigo-wide')));
  for (const [name, bytes, code, detail] of BAD) {
    await openFile(page, put(`${name}.tflite`, bytes));
    await page.waitForSelector(`.own-model .notice[data-fault="${code}"]`, WAIT);
    const line = await page.$eval(
      '.own-model .notice',
      (notice) => notice.querySelector('.notice-detail')?.textContent,
    );
    assert.match(line ?? '', detail, name);
  }
  assert.equal(await text(page, '.footer-model'), footer);
  assert.deepEqual(await kept(page), [['build', 'true']]);
});

/** As phones hand a model over: under a name and a type that tell nothing. */
const HANDED = put('document', readFileSync(DESCRIBED));

/** The form that the manifest's share_target stands for, sent from a page elsewhere. */
async function share(t, { page, site }) {
  const { action, method, enctype, params } = MANIFEST.share_target;
  const form = `<!doctype html><form action="${new URL(action, `${site.url}/`)}" method="${method}" enctype="${enctype}">
    <input type="file" name="${params.files[0].name}"><button>share</button></form>`;
  const elsewhere = await serve(ROOT, { '/form.html': form });
  t.after(() => elsewhere.close());
  await page.goto(`${elsewhere.url}/form.html`);
  await (await page.$('input')).uploadFile(HANDED);
  await Promise.all([page.waitForNavigation(WAIT), page.click('button')]);
}

/** The queue of a browser that has installed the app and opens a file with it. */
async function openWith(_, { page }) {
  await page.evaluateOnNewDocument((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const handle = { getFile: async () => new File([bytes], 'document', { type: 'application/octet-stream' }) };
    Object.defineProperty(window, 'launchQueue', {
      value: { setConsumer: (consumer) => consumer({ files: [handle] }) },
    });
  }, readFileSync(HANDED).toString('base64'));
  await page.goto(page.url().split('#')[0]);
  await page.reload();
}

test('a model that is shared to the app, or opened with it, is told by its bytes and looked into', async (t) => {
  assert.ok(MANIFEST.share_target.params.files[0].accept.includes('application/octet-stream'));
  assert.deepEqual(MANIFEST.file_handlers[0].accept['application/octet-stream'], ['.tflite']);
  const visitor = await open(t);
  const { page } = visitor;
  await offlineReady(page);
  for (const hand of [share, openWith]) {
    await hand(t, visitor);
    await phase(page, 'asking');
    assert.equal(new URL(page.url()).hash, '#/settings', hand.name);
    assert.match(await text(page, '.own-model .facts'), /CC0-1\.0/, hand.name);
    await page.waitForSelector('.kept-model', WAIT);
    assert.deepEqual(await kept(page), [['build', 'true']], hand.name);
  }
});

test('a model of one’s own is asked about, kept, used without a network, and deleted', async (t) => {
  const { page, site } = await open(t, undefined, { prepare: looking({}) });
  await offlineReady(page);
  await turnOn(page);
  await keepFile(page, PHOTO, 'spot');
  await drop(page, UNSAID);
  await phase(page, 'asking');
  assert.match(await text(page, '.own-model .facts'), /Version\s*not stated.*16 × 16 pixels/s);
  await assertAccessible(page, 'own model');
  for (const [name, answers, selector, words] of WRONG) {
    await fill(page, answers);
    await page.waitForSelector(selector, WAIT);
    assert.match(await text(page, selector), words, name);
    assert.deepEqual(await kept(page), [['build', 'true']], name);
  }
  await fill(page, { labels: NAMES.join('\n'), range: 'signed', marked: [1, 4] });
  await phase(page, 'kept');
  assert.deepEqual(await kept(page), [
    ['person', 'true'],
    ['build', 'false'],
  ]);
  const labels = put('labels.txt', `${NAMES.join('\n')}\n`);
  const expected = natively(UNSAID, '--labels', labels, '--range', '-1,1');
  await assertAnswers(page, 'unsaid', expected);
  const sum = expected.reduce((all, [name, share]) => (['bee', 'emu'].includes(name) ? all + share : all), 0);
  const assertMarked = async () => {
    const said = await text(page, '.general-marked');
    assert.ok(Math.abs(Number(said.match(/([\d.]+)%/)?.[1]) / 100 - sum) < 0.011, said);
    assert.match(said, /bee.*emu/s);
  };
  await assertMarked();
  assert.deepEqual(await columns(page), ['file', 'label', 'malignant', 'set']);

  /* The photo at hand by the app's model; and what was saved of that is still its own, in the report, too. */
  await visit(page, '#/', '.general-answer');
  const [, own] = (await choices(page)).find(([name]) => name.startsWith('lentigo-lite0'));
  await page.select('select[name=photoModel]', own);
  await page.waitForSelector('.answer .malignant', WAIT);
  assert.match(await text(page, '.took'), /lentigo-lite0/);
  await visit(page, '#/history', '.lesion-card a');
  assert.equal(await page.$('.rerun'), null);
  await tap(page, '.lesion-card a');
  await page.waitForSelector('.entry-answer', WAIT);
  assert.match(await text(page, '.entry-answer'), /Basal cell carcinoma.*lentigo-lite0/s);
  await tap(page, '.entry a[href^="#/report/"]');
  await page.waitForSelector('.report-advice', WAIT);
  assert.match(await text(page, '.report-advice'), /doctor soon/);

  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await assertAnswers(page, 'unsaid', expected);

  /* One that says all there is to say is asked nothing. */
  await openFile(page, DESCRIBED);
  await phase(page, 'asking');
  assert.equal(await page.$('.own-form textarea, .own-form input:not([name=marked])'), null);
  assert.match(await text(page, '.own-model .facts'), /CC0-1\.0/);
  await tap(page, '.own-form [type=submit]');
  await phase(page, 'kept');
  await assertAnswers(page, 'Somebody', natively(DESCRIBED));
  assert.equal(await page.$('.general-marked'), null);
  assert.deepEqual(await columns(page), ['file', 'label', 'set', 'abstain']);

  await visit(page, '#/settings', '.models');
  await tap(page, '.kept-model[data-source=build] input');
  await page.waitForSelector('.kept-model[data-source=build][data-used=true]', WAIT);
  for (let left = 2; left > 0; left--) {
    await tap(page, '.kept-model[data-source=person] [data-ask]');
    await tap(page, 'dialog[open] [data-confirm]');
    await until(async () => (await kept(page)).length === left, 'a model less');
  }
  const stored = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('lentigo-models'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().filter(({ url }) => url.endsWith('.tflite')).length;
  });
  assert.equal(stored, 1);
});
