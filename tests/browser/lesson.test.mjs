/* The pages of the classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  DIST,
  looking,
  offlineReady,
  open,
  ready,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

test('every class of the model has a page, reached from its bar', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=even]');
  await answered(page);
  const bars = await page.$$eval('.bar', (all) => all.map(({ dataset }) => dataset.label));
  await tap(page, '.bar[data-label=mel] .bar-link');
  await page.waitForSelector('[data-lesson=mel]', WAIT);
  for (const id of bars) {
    await visit(page, `#/lesson/${id}`, `[data-lesson=${id}]`);
    assert.equal((await page.$$('.lesson-part')).length, 3, id);
    assert.ok((await text(page, '.lesson')).length > 900, id);
  }
});

test('the list leads to the pages; a class without a page says so', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/lesson' });
  await page.waitForSelector('.cards', WAIT);
  assert.equal((await page.$$('.card')).length, 7);
  await tap(page, '.card a');
  await page.waitForSelector('[data-lesson]', WAIT);
  await visit(page, '#/lesson/wart', '[data-lesson=wart]');
  assert.match(await text(page, '.lesson'), /no page for this kind/);
});

test('the pages are there without a network', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await visit(page, '#/lesson/bcc', '[data-lesson=bcc]');
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, nothing is cut off, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, {
      path: '/#/lesson/mel',
      prepare: looking({ 'prefers-color-scheme': scheme }),
    });
    await page.setViewport({ width: 320, height: 256 });
    await page.waitForSelector('[data-lesson=mel]', WAIT);
    await assertAccessible(page, 'lesson');
    await assertFits(page, 320, 'lesson');
    await visit(page, '#/lesson', '.cards');
    await assertAccessible(page, 'list');
    await assertFits(page, 320, 'list');
  });
