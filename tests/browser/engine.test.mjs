/* All WebAssembly builds in a real Chromium: the suite that Node runs too. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFixtures, ROOT } from '../support/fixtures.mjs';
import { ISOLATED, launch, serve } from '../support/site.mjs';

let site;
let browser;

/** What the worker fetches: an index without bytes, and the bytes by name. */
function routes({ models, photos, brokenModels, pixels }) {
  const bare = ({ bytes: _, path: __, ...entry }) => entry;
  const index = {
    models: models.map(bare),
    photos: photos.map(bare),
    brokenModels: brokenModels.map(bare),
    pixels: { width: pixels.width, height: pixels.height },
  };
  const files = [...models, ...photos, ...brokenModels].map(({ name, bytes }) => [`/fixtures/${name}`, bytes]);
  return {
    '/': '<!doctype html><title>suite</title>',
    '/fixtures.json': JSON.stringify(index),
    '/fixtures/pixels': pixels.rgba,
    '/fixtures/pixels.png': pixels.png,
    ...Object.fromEntries(files),
  };
}

before(async () => {
  site = await serve(ROOT, routes(makeFixtures()), { head: ISOLATED });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

for (const build of ['simd', 'relaxed', 'threads'])
  test(`${build} in Chromium`, async (t) => {
    const page = await browser.newPage();
    await page.goto(site.url);
    const results = await page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const worker = new Worker('/tests/support/suite-worker.mjs', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message));
          worker.postMessage(name);
        }),
      build,
    );
    assert.ok(results.length > 20, `only ${results.length} cases`);
    for (const { name, error } of results) await t.test(name, () => assert.equal(error, null));
    await page.close();
  });
