/* The report: one page on paper, and a picture without metadata to share. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  DIST,
  looking,
  open,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

async function report(t, { features = {}, map = true } = {}) {
  const opened = await open(t, DIST, { prepare: looking(features) });
  const { page } = opened;
  await tap(page, '[data-sample=many]');
  await answered(page);
  if (map) {
    await tap(page, '.map-toggle');
    await page.waitForSelector('.map-overlay', WAIT);
  }
  await tap(page, '.report-way');
  await page.waitForSelector('.report img.report-photo', WAIT);
  return opened;
}

test('it prints as one page, of which nothing else is seen', async (t) => {
  const { page } = await report(t);
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
  await page.emulateMediaType('print');
  const seen = (selector) => page.$eval(selector, (element) => element.checkVisibility());
  assert.equal(await seen('.report'), true);
  for (const other of ['.header', '.footer', '.report-tools', '.nav']) assert.equal(await seen(other), false, other);
  const words = await text(page, '.report');
  assert.match(words, /not a diagnosis/i);
  assert.match(words, /Model lentigo-\S+ \d/);
  assert.equal((await page.$$('.report-table tr')).length, 7);
  assert.equal((await page.$$('.report-pictures figure')).length, 2);
});

test('what is shared is a picture drawn anew and one line', async (t) => {
  const { page } = await report(t, { map: false });
  await page.evaluate(() => {
    navigator.canShare = () => true;
    navigator.share = async ({ files: [file], text: line }) => {
      window.shared = { name: file.name, line, head: [...new Uint8Array(await file.slice(0, 4096).arrayBuffer())] };
    };
  });
  /* Drawn again, now that there is a share sheet. */
  await visit(page, '#/', '.check');
  await visit(page, '#/report', '[data-share]');
  await tap(page, '[data-share]');
  await page.waitForFunction(() => 'shared' in window, WAIT);
  const { name, line, head } = await page.evaluate(() => window.shared);
  assert.equal(name, 'lentigo.jpg');
  assert.match(line, /^A drawing .*%.*Not a diagnosis/);
  const bytes = Buffer.from(head);
  assert.equal(bytes.readUInt16BE(0), 0xffd8);
  assert.equal(bytes.indexOf('Exif'), -1);
  assert.deepEqual(await page.$$('.report-pictures figure').then((all) => all.length), 1);
});

test('a share that fails says what to do instead; one that is closed says nothing', async (t) => {
  const { page } = await report(t);
  const failing = async (error) => {
    await page.evaluate((name) => {
      navigator.share = () => Promise.reject(new DOMException('no', name));
    }, error);
    await visit(page, '#/', '.check');
    await visit(page, '#/report', '[data-share]');
    await tap(page, '[data-share]');
  };
  await failing('NotAllowedError');
  await page.waitForSelector('.report-tools [role=alert]', WAIT);
  await failing('AbortError');
  assert.equal(await page.$('.report-tools [role=alert]'), null);
});

test('without an answer there is nothing to report', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/report' });
  await page.waitForSelector('.report-screen', WAIT);
  assert.match(await text(page, '.report-screen'), /no result to report/);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, nothing is cut off, ${scheme}`, async (t) => {
    const { page } = await report(t, { features: { 'prefers-color-scheme': scheme } });
    await assertAccessible(page, 'report');
    await page.setViewport({ width: 320, height: 480 });
    await assertFits(page, 320, 'report');
  });
