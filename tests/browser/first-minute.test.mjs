/* The first minute: the question before the scripts are here, photographs to try, what stands before an answer. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  focused,
  judged,
  looking,
  offlineReady,
  open,
  SAMPLE,
  tap,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { siteWithModel } from '../support/model.mjs';

withBrowser();

const PHONE = { width: 390, height: 844 };
const [BASAL, CLOSE_UP] = ['ISIC_0025971', 'ISIC_2760612'];
const CREDIT = /ViDIR Group, Department of Dermatology, Medical University of Vienna.*MILK study team/;

const shown = (page) => page.waitForSelector('.way', WAIT);

/** All of `selector` lies in the window, above the bar at the foot. */
const inView = (page, selector) =>
  page.$eval(selector, (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= document.querySelector('.nav').getBoundingClientRect().top;
  });

test('without scripts the first screen can be read, and what helps be opened', async (t) => {
  const { page } = await open(t, undefined, {
    prepare: async (one) => {
      await one.setJavaScriptEnabled(false);
      await one.setViewport(PHONE);
    },
    reached: shown,
  });
  const html = readFileSync(`${ROOT}dist/index.html`, 'utf8');
  assert.match(html, /How will you photograph the spot\?/);
  assert.doesNotMatch(html, /<[^>]* style=/);
  const [body] = await page.$$('body');
  assert.match(await page.evaluate((node) => node.innerText, body), /Through a dermatoscope/);
  assert.ok(await inView(page, '.ways'));
  await page.click('[data-way=clinical] summary');
  assert.match(await page.evaluate((node) => node.innerText, body), /shows only the surface/);
});

test('a photograph comes when it is opened, with licence, credit, and the truth after the answer', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  const fetched = () => [...site.served.keys()].filter((path) => path.startsWith('/photographs/'));
  assert.deepEqual(fetched(), []);
  assert.match(await text(page, '.samples-credit'), /^CC BY-NC 4\.0: /);
  assert.match(await text(page, '.samples-credit'), CREDIT);
  assert.equal(await page.$('.sample-truth'), null);
  await tap(page, `[data-sample=${BASAL}]`);
  await judged(page);
  assert.equal(await page.$('.gate, .sample-note'), null);
  assert.match(await text(page, '.sample-truth'), /really is: Basal cell carcinoma/);
  assert.match(await text(page, '.next'), /if this were your spot/);
  assert.match(await text(page, '.next'), /Whatever the app says, do not wait/);
  /* The advice is that for the model's own prior, whichever is shown. */
  assert.match(await text(page, '.next'), /to a doctor soon/);
  await tap(page, '.details summary');
  await tap(page, 'input[name=prior][value=uniform]');
  await page.waitForFunction(() => !document.querySelector('.gauge-mark'), WAIT);
  assert.match(await text(page, '.next'), /to a doctor soon/);
  assert.deepEqual(fetched(), [`/photographs/${BASAL}.jpg`]);
  /* And it is there without a network then. */
  await site.close();
  await page.reload();
  await page.waitForSelector('[data-engine=ready]', WAIT);
  await tap(page, `[data-sample=${BASAL}]`);
  await judged(page);
});

test('the answer is in the order of what matters', async (t) => {
  const { page } = await open(t);
  await tap(page, `[data-sample=${BASAL}]`);
  await judged(page);
  const order = ['.verdict', '.sample-truth', '.next', '.malignant', '.set', '.bars', '.meaning', '.save'];
  const tops = await page.evaluate(
    (all) => all.map((one) => document.querySelector(one).getBoundingClientRect().top),
    order,
  );
  assert.deepEqual(
    tops,
    [...tops].sort((a, b) => a - b),
  );
});

test('a kind of picture other than the one said is noticed', async (t) => {
  const { page } = await open(t);
  const close = `${ROOT}web/samples/${CLOSE_UP}.jpg`;
  await tap(page, '[data-way=dermoscopic] summary');
  await choose(page, close);
  await answered(page);
  assert.match(await text(page, '.other-way'), /without one/);
  await page.reload();
  await page.waitForSelector('[data-engine=ready]', WAIT);
  await tap(page, '[data-way=dermoscopic] summary');
  await tap(page, '[data-way=clinical] summary');
  assert.deepEqual(await page.$$eval('.way[open]', (ways) => ways.map(({ dataset }) => dataset.way)), ['clinical']);
  await choose(page, close);
  await answered(page);
  assert.equal(await page.$('.other-way'), null);
});

test('what stands before an answer has the ways on, in view on a phone: closer, another photo, all the same', async (t) => {
  const small = siteWithModel('far-away', (old) => ({
    ...old,
    kinds: old.kinds.map((kind) => ({ ...kind, quality: { lesion: { min: 0.2 } } })),
  }));
  const { page } = await open(t, small, {
    prepare: async (one) => {
      await looking({})(one);
      await one.setViewport(PHONE);
    },
  });
  await choose(page, SAMPLE);
  await judged(page);
  await page.waitForSelector('.gate[data-faults=small] .gate-found', WAIT);
  for (const way of ['.gate-found', '.stage-crop', '.gate .button-camera', '.gate .button-file', '.gate-show'])
    await until(() => inView(page, way), `${way} in view`);
  await assertAccessible(page, 'gate with ways');
  await tap(page, '.stage-crop');
  await page.waitForSelector('.crop-square', WAIT);
  assert.equal(await page.$('.gate'), null);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.gate-found', WAIT);
  await focused(page, '.stage-crop');
  await tap(page, '.gate-show');
  await page.waitForSelector('.answer[data-gated=false]', WAIT);
  await focused(page, '.answer');
  await tap(page, '.stage-crop');
  await page.waitForSelector('.crop-square', WAIT);
  await page.setViewport({ width: 320, height: 256 });
  await assertFits(page, 320, 'crop');
});

test('the square that was found is taken at a press', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=pale]');
  await judged(page);
  await tap(page, '.gate-found');
  await page.waitForFunction(() => !document.querySelector('.gate-found'), WAIT);
  await judged(page);
  assert.equal(await page.$('.gate-found'), null);
});
