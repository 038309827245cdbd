/* Many photos at once. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  assertAccessible,
  assertFits,
  DIST,
  FOLDER,
  looking,
  open,
  SAMPLE,
  tap,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';

withBrowser();

const PHOTOS = `${FOLDER}batch/`;
const SAMPLES = ['even', 'many', 'red', 'waxy', 'pale', 'vessels'];

/** `count` photos of few kinds, and what else is asked for: { name: bytes }. */
function makePhotos(count, more = {}) {
  rmSync(PHOTOS, { recursive: true, force: true });
  mkdirSync(PHOTOS, { recursive: true });
  const names = Array.from({ length: count }, (_, i) => `${String(i + 1).padStart(3, '0')}.jpg`);
  for (const [i, name] of names.entries())
    copyFileSync(`${ROOT}build/samples/${SAMPLES[i % SAMPLES.length]}.jpg`, PHOTOS + name);
  for (const [name, bytes] of Object.entries(more)) writeFileSync(PHOTOS + name, bytes);
  return [...names, ...Object.keys(more)].map((name) => PHOTOS + name);
}

async function openBatch(t, options = {}) {
  const visitor = await open(t, DIST, { path: '/#/batch', ...options });
  await visitor.page.waitForSelector('.batch', WAIT);
  return visitor;
}

async function add(page, files) {
  const input = await page.$('input[name=files]');
  await input.uploadFile(...files);
}

const settled = (page, count) =>
  page.waitForFunction(
    (wanted) =>
      document.querySelector('.batch').dataset.batch === 'still' &&
      document.querySelectorAll('.batch-row[data-phase=done], .batch-row[data-phase=failed]').length === wanted,
    { timeout: 240_000 },
    count,
  );

const names = (page) => page.$$eval('.batch-name', (cells) => cells.map((cell) => cell.textContent));

/** What the button `name` saves, as text: a real download. */
async function saved(page, name) {
  const downloadPath = `${FOLDER}saved-${name}/`;
  rmSync(downloadPath, { recursive: true, force: true });
  const client = await page.browser().target().createCDPSession();
  const browserContextId = page.browserContext().id;
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath });
  await tap(page, `.batch-${name}`);
  const file = `${downloadPath}lentigo.${name}`;
  await until(() => existsSync(file), file);
  return readFileSync(file, 'utf8');
}

/** Bytes that scripts hold after a collection. */
async function heapOf(client) {
  await client.send('HeapProfiler.collectGarbage');
  return (await client.send('Runtime.getHeapUsage')).usedSize;
}

/** Bytes the browser's page processes hold, WebAssembly and pictures included. */
async function residentBytes(browser) {
  const client = await browser.target().createCDPSession();
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const kilobytes = pages.map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]));
  return 1024 * kilobytes.reduce((sum, value) => sum + value, 0);
}

test('each photo has its row, with the answer of the command line; one that fails keeps no other', async (t) => {
  const files = makePhotos(3, {
    'empty.jpg': '',
    '=cmd, "x".jpg': readFileSync(SAMPLE),
    'cut.jpg': readFileSync(SAMPLE).subarray(0, 3000),
  });
  const { page } = await openBatch(t);
  await add(page, files);
  await settled(page, files.length);
  assert.equal(await page.$$eval('.batch-row img', (images) => images.length), 4);
  const faults = await page.$$eval('[data-fault]', (list) => list.map(({ dataset }) => dataset.fault));
  assert.deepEqual(faults, ['empty-file', 'LT_IMAGE_FORMAT']);
  const good = files.filter((file) => !/empty|cut/.test(file));
  const expected = execFileSync(COMMAND, ['classify', '--json', ...good], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const found = JSON.parse(await saved(page, 'json'));
  assert.deepEqual(
    found.map(({ file }) => PHOTOS + file),
    files,
  );
  for (const { file, label, malignant, probabilities } of expected) {
    const entry = found.find((candidate) => PHOTOS + candidate.file === file);
    assert.equal(entry.label, label);
    assert.equal(entry.malignant, malignant);
    assert.deepEqual(entry.probabilities, probabilities);
  }
  assert.equal(found.find(({ file }) => file === 'empty.jpg').error.code, 'empty-file');
  const [head, ...lines] = (await saved(page, 'csv')).trimEnd().split('\r\n');
  assert.match(head, /^file,label,malignant,set,abstain,not_a_lesion,faults,/);
  assert.equal(lines.length, files.length);
  /* Neither a formula nor two cells. */
  assert.ok(lines.some((line) => line.startsWith(`"'=cmd, ""x"".jpg",`)));
});

test('the table is sorted by name, by kind and by the malignant sum', async (t) => {
  const files = makePhotos(6);
  const { page } = await openBatch(t);
  await add(page, files.toReversed());
  await settled(page, 6);
  const inOrder = files.map((file) => file.slice(PHOTOS.length));
  assert.deepEqual(await names(page), inOrder.toReversed());
  await page.select('select[name=order]', 'name');
  assert.deepEqual(await names(page), inOrder);
  await page.select('select[name=order]', 'malignant');
  const shown = await names(page);
  const sums = new Map(JSON.parse(await saved(page, 'json')).map(({ file, malignant }) => [file, malignant]));
  assert.deepEqual(
    shown,
    inOrder.toSorted((a, b) => sums.get(b) - sums.get(a)),
  );
});

test('what is above the threshold stands out by a word, and is sorted and filtered by; long names break at their signs', async (t) => {
  const long = 'a_very_long_name_as_cameras_and_clinics_give_them-2026-11-28.jpg';
  const { page } = await openBatch(t);
  await add(page, [
    ...['ISIC_0033597', 'ISIC_0025971', 'ISIC_0024626'].map((id) => `${ROOT}web/samples/${id}.jpg`),
    ...makePhotos(0, { [long]: Buffer.from('no picture') }),
  ]);
  await settled(page, 4);
  const shown = () => page.$$eval('.batch-name', (names) => names.map(({ textContent }) => textContent));
  const marked = await page.$$eval('[data-above=true] .batch-name', (names) =>
    names.map(({ textContent }) => textContent),
  );
  assert.ok(marked.includes('ISIC_0025971.jpg'), marked.join());
  assert.match(await text(page, '[data-above=true] .batch-above'), /above threshold/);
  assert.match(await text(page, '.batch-count'), new RegExp(`^${marked.length} photo`));
  const rows = JSON.parse(await saved(page, 'json'));
  assert.deepEqual(
    rows
      .filter((row) => row.above_threshold)
      .map(({ file }) => file)
      .sort(),
    marked.toSorted(),
  );
  for (const { error, malignant, threshold, above_threshold: above } of rows.filter((row) => !row.error))
    assert.deepEqual([error, above], [undefined, malignant >= threshold]);
  const [head, ...lines] = (await saved(page, 'csv')).trimEnd().split('\r\n');
  const at = head.split(',').indexOf('above_threshold');
  assert.deepEqual(
    lines.map((line) => line.split(',')[at]),
    rows.map(({ above_threshold: above }) => `${above ?? ''}`),
  );
  await page.select('select[name=order]', 'above');
  assert.equal((await shown())[0], 'ISIC_0025971.jpg');
  await page.select('select[name=filter]', 'above');
  assert.deepEqual((await shown()).sort(), marked.sort());
  await page.select('select[name=filter]', 'failed');
  assert.deepEqual(await shown(), [long]);
  assert.ok((await page.$$('.batch-name wbr')).length > 5);
});

test('it can be stopped, goes on, and is cleared', async (t) => {
  const files = makePhotos(30);
  const { page } = await openBatch(t);
  await add(page, files);
  await page.waitForSelector('.batch-row[data-phase=done]', WAIT);
  await tap(page, '.batch-stop');
  await page.waitForSelector('.batch[data-batch=still]', WAIT);
  const waiting = await page.$$eval('.batch-row[data-phase=waiting]', (list) => list.length);
  assert.ok(waiting > 0);
  await tap(page, '.batch-go');
  await settled(page, 30);
  await tap(page, '.batch-clear');
  await until(async () => (await page.$('.batch-row')) === null, 'an empty table');
});

test('a photo of the table opens on the first screen', async (t) => {
  const files = makePhotos(2);
  const { page } = await openBatch(t);
  await add(page, files);
  await settled(page, 2);
  await tap(page, '.batch-row:nth-child(2) .batch-name');
  await page.waitForSelector('[data-screen=check][data-job=done] .answer', WAIT);
});

test('a hundred photos take no more memory than twenty', async (t) => {
  const { page } = await openBatch(t);
  const [worker] = page.workers();
  const client = await page.createCDPSession();
  const used = async () => ({
    page: await heapOf(client),
    worker: await heapOf(worker.client),
    resident: await residentBytes(page.browser()),
  });
  await add(page, makePhotos(20));
  await settled(page, 20);
  const before = await used();
  await add(page, makePhotos(100));
  await settled(page, 120);
  const after = await used();
  t.diagnostic(`after 20: ${JSON.stringify(before)}, after 120: ${JSON.stringify(after)}`);
  assert.ok(after.worker - before.worker < 1_000_000);
  /* The table itself grows; a hundred photos kept decoded would be a hundred megabytes. */
  assert.ok(after.page - before.page < 5_000_000);
  assert.ok(after.resident - before.resident < 60_000_000);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, and it fits a phone, ${scheme}`, async (t) => {
    const { page } = await openBatch(t, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    await page.setViewport({ width: 320, height: 640 });
    await assertAccessible(page, 'empty');
    await add(page, makePhotos(3, { 'a name that is long and has no room in so narrow a table.jpg': '' }));
    await settled(page, 4);
    assert.match(await text(page, '.batch [role=status]'), /4 of 4/);
    await assertAccessible(page, 'full');
    await assertFits(page, 320, 'full');
  });
