/* The app in a real Chromium after the browser has cleared what it kept. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  DIST,
  offlineReady,
  open,
  ready,
  SAMPLE,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { serve } from '../support/site.mjs';

withBrowser();

/** As the browser does when room is short: all caches of the site go, its service worker may stay. */
const clearCaches = (page) =>
  page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });

/** What the shell's cache holds, by path. */
const keptFiles = (page) =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.includes('precache'));
    const requests = name ? await (await caches.open(name)).keys() : [];
    return requests.map(({ url }) => new URL(url).pathname).sort();
  });

async function cutNetwork(page, site) {
  await site.close();
  await page.setOfflineMode(true);
}

test('after the caches were cleared, one visit with a network keeps all again', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  const before = await keptFiles(page);
  assert.ok(before.length > 20);
  await clearCaches(page);
  await page.reload();
  await offlineReady(page);
  assert.deepEqual(await keptFiles(page), before);
  await cutNetwork(page, site);
  await page.reload();
  await ready(page);
  await choose(page, SAMPLE);
  await answered(page);
});

test('cleared under an open page, all is kept again when it comes to the front an hour later', async (t) => {
  const { page } = await open(t);
  await offlineReady(page);
  const before = await keptFiles(page);
  await clearCaches(page);
  await page.evaluate(() => {
    const later = Date.now() + 3_700_000;
    Date.now = () => later;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await until(async () => (await keptFiles(page)).length === before.length, 'the files');
});

test('without files and without a network there is a page that says so, and loads again', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  await clearCaches(page);
  await cutNetwork(page, site);
  await page.reload();
  assert.match(await text(page, 'main'), /deleted this app’s files/);
  const again = await serve(DIST, {}, { port: Number(new URL(site.url).port) });
  t.after(() => again.close());
  await page.setOfflineMode(false);
  await Promise.all([page.waitForNavigation(WAIT), page.click('a')]);
  await offlineReady(page);
});

test('where the files cannot all be had again, the app does not claim to work without a network', async (t) => {
  const folder = copySite('incomplete');
  const { page } = await open(t, folder);
  await offlineReady(page);
  await clearCaches(page);
  rmSync(`${folder}/licences.json`);
  await page.reload();
  await page.waitForSelector('[data-offline=failed]', WAIT);
  await page.evaluate(() => (location.hash = '#/settings'));
  await page.waitForFunction(
    () => document.querySelector('.settings .button-row .button')?.textContent === 'Load again',
    WAIT,
  );
});
