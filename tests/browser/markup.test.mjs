/* Text that looks like markup, wherever it comes from, is shown as text and makes nothing. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  FOLDER,
  open,
  openSaveForm,
  SAMPLE,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { putModel, withMetadata } from '../support/model.mjs';

withBrowser();

const MARKUP = '<img src=x onerror=globalThis.intruder=1><script>globalThis.intruder=2<&>';

/** `selector` shows the markup as it was written, and nothing came of it. */
async function assertInert(page, selector) {
  await page.waitForSelector(selector, WAIT);
  assert.ok((await text(page, selector)).includes(MARKUP), `${selector} shows ${await text(page, selector)}`);
  assert.equal(await page.$('img[src=x], #app script'), null);
  assert.equal(await page.evaluate(() => globalThis.intruder), undefined);
}

test('a file’s name', async (t) => {
  const { page } = await open(t);
  mkdirSync(`${FOLDER}markup`, { recursive: true });
  const photo = `${FOLDER}markup/${MARKUP}.jpg`;
  copyFileSync(SAMPLE, photo);
  await visit(page, '#/batch', '.batch');
  const input = await page.$('input[name=files]');
  await input.uploadFile(photo);
  await page.waitForSelector('.batch-row[data-phase=done]', WAIT);
  await assertInert(page, '.batch-row');
});

test('a spot’s name and a note', async (t) => {
  const { page } = await open(t);
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await visit(page, '#/', '[data-sample=many]');
  await tap(page, '[data-sample=many]');
  await answered(page);
  await openSaveForm(page);
  await page.type('.save-form input[name=name]', MARKUP);
  await page.type('.save-form textarea', MARKUP);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
  await visit(page, '#/history', '.lesion-card');
  await assertInert(page, '.lesion-card');
  await tap(page, '.lesion-card a');
  await page.waitForSelector('img.entry-photo', WAIT);
  await assertInert(page, 'main h1, main h2');
  await assertInert(page, 'main');
});

test('the labels, name and licence of a model', async (t) => {
  const folder = copySite('markup-model');
  const model = readFileSync(`${ROOT}model/lesion.tflite`);
  const spoken = (metadata) => ({
    ...metadata,
    licence: MARKUP,
    labels: metadata.labels.map((label) => ({ ...label, name: `${label.id} ${MARKUP}`, about: MARKUP })),
  });
  putModel(folder, withMetadata(model, spoken));
  const { page } = await open(t, folder);
  await choose(page, SAMPLE);
  await answered(page);
  await assertInert(page, '.bars');
  await visit(page, '#/model', '.model-page');
  await assertInert(page, '.model-page');
});
