/* How the engine is: one word for all screens, seen at once on a phone, and another attempt once there is a network. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  DIST,
  offlineReady,
  open,
  ready,
  renewApp,
  SAMPLE,
  siteWith,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { HURRIED, hurry } from '../support/clock.mjs';
import { putModel, withMetadata } from '../support/model.mjs';

withBrowser();

const PHONE = { width: 360, height: 640 };
const SCREENS = ['#/', '#/settings', '#/camera', '#/batch', '#/model', '#/privacy'];

/** Wholly on the first screen, not scrolled. */
const isOnFirstScreen = (page, selector) =>
  page.$eval(selector, (element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && top >= 0 && bottom <= window.innerHeight && window.scrollY === 0;
  });

const failed = (page) => page.waitForSelector('.main[data-engine=failed] .engine-notice .notice', WAIT);

test('after a change of the model the first photo does not bring the old name back', async (t) => {
  const folder = copySite('model-name');
  const { page } = await open(t, folder);
  await offlineReady(page);
  const [{ url }] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  const bytes = readFileSync(`${folder}/${url}`);
  putModel(
    folder,
    withMetadata(bytes, (metadata) => ({ ...metadata, version: '9.9.9' })),
  );
  await renewApp(page);
  const named = () => page.$eval('.footer-model', ({ textContent }) => textContent.includes('9.9.9'));
  await page.waitForSelector('.footer-model', WAIT);
  await until(named, 'the new name');
  for (let i = 0; i < 2; i++) {
    await choose(page, SAMPLE);
    await answered(page);
    assert.ok(await named());
    assert.match(await text(page, '.took'), /9\.9\.9/);
  }
  await visit(page, '#/settings', '.performance');
  assert.match(await text(page, '.performance'), /9\.9\.9/);
  await visit(page, '#/model', '.model-page');
  assert.match(await text(page, '.model-page'), /9\.9\.9/);
});

test('a first load that failed is seen on every screen of a phone, and tried again once there is a network', async (t) => {
  const folder = copySite('failed-first-load');
  renameSync(`${folder}/model`, `${folder}/later`);
  const { page } = await open(t, folder, { prepare: (fresh) => fresh.setViewport(PHONE), reached: failed });
  for (const address of SCREENS) {
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.waitForFunction((hash) => document.querySelector('.nav') && location.hash === hash, WAIT, address);
    await failed(page);
    assert.ok(await isOnFirstScreen(page, '.engine-notice .notice-heading'), address);
    assert.match(await text(page, '.engine-notice'), /Last tried at \d/);
  }
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await page.waitForSelector('.main[data-job=waiting]', WAIT);
  await visit(page, '#/batch', 'input[name=files]');
  await (await page.$('input[name=files]')).uploadFile(SAMPLE, SAMPLE);
  await page.waitForSelector('.batch[data-batch=still] .batch-row[data-phase=waiting]', WAIT);
  renameSync(`${folder}/later`, `${folder}/model`);
  await page.setOfflineMode(true);
  await page.setOfflineMode(false);
  await ready(page);
  await page.waitForFunction(() => document.querySelectorAll('.batch-row[data-phase=done]').length === 2, WAIT);
  await visit(page, '#/', '.check');
  await answered(page);
  assert.equal(await page.$('.engine-notice'), null);
});

test('while the model comes, its bytes and the time left are on the first screen of a phone, on every screen', async (t) => {
  const pace = (path) => (path.endsWith('.tflite') ? 500_000 : 0);
  const { page } = await open(t, DIST, {
    pace,
    prepare: (fresh) => fresh.setViewport(PHONE),
    reached: (fresh) => fresh.waitForSelector('.header .progress', WAIT),
  });
  for (const address of SCREENS.slice(0, 4)) {
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.waitForFunction(
      () => /\d.*MB of \d.*MB, about \d+ \w+ left/.test(document.querySelector('.header .progress')?.textContent ?? ''),
      WAIT,
    );
    assert.ok(await isOnFirstScreen(page, '.header .progress'), address);
  }
  await ready(page);
});

for (const [what, name] of [
  ['takes nothing', 'put'],
  ['gives nothing', 'match'],
])
  test(`where the storage ${what} and says no word, photos are answered, and none is told that the model is kept`, async (t) => {
    const silent = `Cache.prototype.${name} = () => new Promise(() => undefined);`;
    const { page } = await open(t, siteWith(`silent-${name}`, `${HURRIED}\n${silent}`), { prepare: hurry });
    await choose(page, SAMPLE);
    await answered(page);
    assert.equal(await page.$('[data-offline=ready]'), null);
    await visit(page, '#/settings', '.performance');
    await page.waitForFunction(
      () => document.querySelector('.main').textContent.includes('The model is not stored on this device'),
      WAIT,
    );
  });

test('the first answer does not wait for the storage, and is told once the model is kept', async (t) => {
  const waiting = `if (!self.registration && !self.told) {
    self.told = new Promise((resolve) => (new BroadcastChannel('store').onmessage = resolve));
    const put = Cache.prototype.put;
    Cache.prototype.put = async function (...all) {
      await self.told;
      return put.apply(this, all);
    };
  }`;
  const { page } = await open(t, siteWith('waiting-storage', waiting));
  await choose(page, SAMPLE);
  await answered(page);
  assert.equal(await page.$('[data-offline=ready]'), null);
  await page.evaluate(() => new BroadcastChannel('store').postMessage('now'));
  await offlineReady(page);
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
});

test('a download that stands still is said, then given up with the bytes that had come', async (t) => {
  const { page } = await open(t, siteWith('hurried', HURRIED), {
    pace: (path) => (path.endsWith('.tflite') ? -1_000_000 : 0),
    prepare: async (fresh) => {
      await hurry(fresh);
      await fresh.setViewport(PHONE);
    },
    reached: (fresh) => fresh.waitForSelector('.header .progress', WAIT),
  });
  await page.waitForFunction(
    () => /no data for \d+/.test(document.querySelector('.header .progress')?.textContent ?? ''),
    WAIT,
  );
  await failed(page);
  assert.match(await text(page, '.engine-notice'), /1\.0 MB of \d.*MB of the model had arrived/);
});
