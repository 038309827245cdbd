/* The frame around the screens: addresses, ways, languages, what is kept of the settings. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  DIST,
  focused,
  looking,
  offlineReady,
  open,
  ready,
  tap,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

test('each way leads to its screen, back leads back, and the answer is still there', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=even]');
  await answered(page);
  await page.click('.nav-way[href="#/settings"]');
  await page.waitForSelector('.settings', WAIT);
  assert.match(await page.title(), /Settings/);
  await focused(page, '#content');
  assert.equal(await page.$eval('.nav-way[aria-current]', (way) => way.getAttribute('href')), '#/settings');
  await page.goBack();
  await answered(page);
});

test('an address that names no screen is said to be none', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/nowhere/%E0%A4%A' });
  assert.equal(await page.$eval('main', (main) => main.dataset.screen), 'missing');
});

test('a screen that cannot be fetched says so, and comes when asked again', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: async (fresh) => {
      await fresh.evaluateOnNewDocument(() => {
        delete Navigator.prototype.serviceWorker;
      });
    },
  });
  await page.setOfflineMode(true);
  await visit(page, '#/settings', '.notice[data-fault=screen]');
  await page.setOfflineMode(false);
  await tap(page, '.notice .button');
  await page.waitForSelector('.settings', WAIT);
});

test('every screen is there without a network', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await visit(page, '#/settings', '.settings');
});

test('the keyboard reaches the content past the ways', async (t) => {
  const { page } = await open(t);
  await page.keyboard.press('Tab');
  await focused(page, '.skip');
  await page.keyboard.press('Enter');
  await focused(page, '#content');
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing on the settings, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, { path: '/#/settings', prepare: looking({ 'prefers-color-scheme': scheme }) });
    await page.waitForSelector('.settings', WAIT);
    await assertAccessible(page, 'settings');
    await page.setViewport({ width: 320, height: 256 });
    await assertFits(page, 320, 'settings');
  });
