/* The engine on several threads, in a real Chromium that claims to have more processors. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
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
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

/** For `open`'s prepare: a device with so many. */
const processors = (count) => async (page) => {
  const session = await page.createCDPSession();
  await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: count });
};

/** All probabilities as they are written. */
const shares = (page) => page.$$eval('.bar-number', (all) => all.map(({ textContent }) => textContent));

async function classifySample(page) {
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await answered(page);
  return shares(page);
}

const panelSays = (page, pattern) =>
  until(async () => pattern.test(await text(page, '.performance')), `a panel that says ${pattern}`);

async function chooseThreads(page, count) {
  await visit(page, '#/settings', 'select[name=threads]');
  await page.select('select[name=threads]', String(count));
}

for (const headers of [true, false])
  test(`two threads give the same answer, ${headers ? 'with' : 'without'} headers of the host`, async (t) => {
    const { page, site } = await open(t, DIST, { headers, prepare: processors(4) });
    await offlineReady(page);
    if (!headers) {
      await visit(page, '#/settings', '[data-threads=one]');
      assert.match(await text(page, '[data-threads=one]'), /opened again/);
      await page.reload();
      await ready(page);
    }
    const one = await classifySample(page);
    await visit(page, '#/settings', '.performance');
    await panelSays(page, /1 thread/);
    await chooseThreads(page, 2);
    await panelSays(page, /2 threads/);
    assert.deepEqual(await classifySample(page), one);

    /* Kept from then on, as is what it needs. */
    await site.close();
    await page.setOfflineMode(true);
    await page.reload();
    await ready(page);
    assert.deepEqual(await classifySample(page), one);
    await visit(page, '#/settings', '.performance');
    await panelSays(page, /2 threads/);
  });

test('where the threads do not start, one does the work', async (t) => {
  const folder = copySite('no-threads');
  for (const name of readdirSync(`${folder}/assets`))
    if (/^lentigo-threads-\w+\.wasm$/.test(name)) rmSync(`${folder}/assets/${name}`);
  const { page } = await open(t, folder, { headers: true, prepare: processors(4) });
  await chooseThreads(page, 3);
  await classifySample(page);
  await visit(page, '#/settings', '.performance');
  await panelSays(page, /1 thread/);
});

test('two processors are no choice: one is left to the rest of the device', async (t) => {
  const { page } = await open(t, DIST, { headers: true, prepare: processors(2) });
  await visit(page, '#/settings', '[data-threads=one]', WAIT);
});
