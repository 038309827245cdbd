/* Settings and the page about model and app. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  DIST,
  looking,
  offlineReady,
  open,
  ready,
  SAMPLE,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

test('what is set is there after a reload', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/settings' });
  await tap(page, 'input[name=units][value=imperial]');
  await tap(page, 'input[name=history]');
  await page.reload();
  await ready(page);
  await page.waitForSelector('input[name=units][value=imperial]:checked', WAIT);
  assert.ok(await page.$('input[name=history]:checked'));
});

test('settings that make no sense fall back one by one', async (t) => {
  const { page } = await open(t);
  await page.evaluate(() => {
    localStorage.setItem(
      'lentigo:preferences:/',
      '{"language":"xx","units":"imperial","operatingPoint":7,"history":"yes"}',
    );
  });
  await page.reload();
  await ready(page);
  await visit(page, '#/settings', '.settings');
  assert.ok(await page.$('input[name=units][value=imperial]:checked'));
  assert.equal(await page.$('input[name=history]:checked'), null);
  assert.equal(await page.$eval('html', (html) => html.lang), 'en');
});

test('a browser that keeps no settings: they hold, and it is said', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/settings' });
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
  });
  await tap(page, 'input[name=units][value=imperial]');
  await page.waitForSelector('.notice[data-fault=preferences]', WAIT);
  assert.ok(await page.$('input[name=units][value=imperial]:checked'));
});

test('the performance panel has the times of the last photo', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=even]');
  await answered(page);
  await visit(page, '#/settings', '.performance');
  const panel = await text(page, '.performance');
  assert.match(panel, /SIMD, 1 thread/);
  assert.match(panel, /Running the network[\d.]+ ms/);
  assert.match(panel, /Memory used by the engine[\d.]+ MB/);
});

test('installing is offered after an answer to a photo of one’s own, once', async (t) => {
  const { page } = await open(t);
  await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    offer.prompt = async () => {
      window.prompted = true;
      return { outcome: 'accepted' };
    };
    window.dispatchEvent(offer);
  });
  await tap(page, '[data-sample=even]');
  await answered(page);
  assert.equal(await page.$('.install-card'), null);
  await choose(page, SAMPLE);
  await page.waitForSelector('[data-job=done] .answer:not(:has(.sample-note))', WAIT);
  await answered(page);
  await page.waitForSelector('.install-card', WAIT);
  await tap(page, '[data-install]');
  await page.waitForFunction(() => window.prompted && !document.querySelector('.install-card'), WAIT);
});

test('on iOS the way to the home screen is told, and not again when declined', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => Object.defineProperty(Navigator.prototype, 'standalone', { value: false })),
  });
  await choose(page, SAMPLE);
  await answered(page);
  await page.waitForSelector('.install-card', WAIT);
  assert.match(await text(page, '.install-card'), /Add to Home Screen/);
  await tap(page, '[data-later]');
  await page.waitForFunction(() => !document.querySelector('.install-card'), WAIT);
  await page.reload();
  await ready(page);
  await choose(page, SAMPLE);
  await answered(page);
  assert.equal(await page.$('.install-card'), null);
  await visit(page, '#/settings', '[data-install=by-hand]');
});

test('the page about the model says what the file says, and names every licence', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await visit(page, '#/model', '.model-page');
  const page1 = await text(page, '.model-page');
  assert.match(page1, /lentigo-\S+ \d+\.\d+\.\d+/);
  assert.match(page1, /[0-9a-f]{64}/);
  await tap(page, '.licences > summary');
  await page.waitForSelector('.licence-list', WAIT);
  const names = await page.$$eval('.licence-list summary', (all) => all.map(({ textContent }) => textContent));
  for (const name of [
    'xnnpack',
    'pthreadpool',
    'libstb',
    'yyjson',
    'preact',
    'idb',
    '@zip.js/zip.js',
    'workbox-precaching',
  ])
    assert.ok(
      names.some((found) => found.startsWith(`${name} `)),
      name,
    );
  const shortest = await page.$$eval('.licence', (all) =>
    Math.min(...all.map(({ textContent }) => textContent.length)),
  );
  assert.ok(shortest > 150);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, nothing is cut off, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    await page.setViewport({ width: 320, height: 480 });
    await visit(page, '#/settings', '.settings');
    await assertAccessible(page, 'settings');
    await assertFits(page, 320, 'settings');
    await visit(page, '#/model', '.model-page');
    await tap(page, '.licences > summary');
    await page.waitForSelector('.licence-list', WAIT);
    await assertAccessible(page, 'model');
    await assertFits(page, 320, 'model');
  });
