/* The answer: doubt before a class, sets and marks in words and numbers, maps, more views. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  judged,
  looking,
  open,
  tap,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { asFormat1, siteWithModel } from '../support/model.mjs';

withBrowser();

const KINDS = 7;
const POINTS = [
  { name: '0.90', threshold: 0.21, sensitivity: 0.9, specificity: 0.86, ppv: 0.55, ppv_at_2_percent: 0.11 },
  { name: '0.95', threshold: 0.1, sensitivity: 0.95, specificity: 0.76, ppv: 0.43, ppv_at_2_percent: 0.07 },
];

/** What a model says of itself in a test: only the sections the test is about. */
const stating = (sections) => (old) => ({ ...asFormat1(old), ...sections });

/** Open a site whose model states `sections`, and have a drawing looked at. */
async function look(t, name, sections, { sample = 'even', features = {} } = {}) {
  const opened = await open(t, siteWithModel(name, stating(sections)), { prepare: looking(features) });
  await tap(opened.page, `[data-sample=${sample}]`);
  await judged(opened.page);
  return opened;
}

test('a model that states nothing: a class and its number, no more', async (t) => {
  const { page } = await look(t, 'states-nothing', {});
  assert.equal(await page.$('.set, .gate, .figures, .unsure'), null);
  assert.match(await text(page, '.malignant'), /sets no threshold/);
  assert.ok(await page.$('.verdict'));
});

test('the prediction set is said in words with its coverage, and marked on the bars', async (t) => {
  const { page } = await look(t, 'states-sets', {
    conformal: { coverage: 0.9, prior: 'data', thresholds: Array(KINDS).fill(0.0005) },
  });
  const marked = await page.$$eval('.bar[data-in-set=true] .bar-link', (bars) => bars.map((bar) => bar.textContent));
  assert.ok(marked.length > 1, `${marked.length} in the set`);
  const names = await text(page, '.set-names');
  for (const name of marked) assert.ok(names.includes(name), `${name} in ${names}`);
  assert.match(names, /, or | or /);
  assert.match(await text(page, '.set'), /9 times in 10/);
});

test('where no kind reaches the threshold the answer is “not sure”', async (t) => {
  const { page } = await look(t, 'states-confidence', { thresholds: { malignant: 0.3, confidence: 0.99999 } });
  assert.match(await text(page, '.unsure'), /No clear match/);
  assert.equal(await page.$('.verdict'), null);
  assert.match(await text(page, '[role=status].unseen'), /No clear match/);
});

test('the mark says what it means in numbers, and another can be chosen', async (t) => {
  const { page } = await look(t, 'states-points', { thresholds: { malignant: 0.21 }, operating_points: POINTS });
  assert.match(await text(page, '.gauge-text'), /21%/);
  const figures = await text(page, '.figures');
  assert.match(figures, /about 90 were at or above/);
  assert.match(figures, /about 11 in 100/);
  await tap(page, '.figures summary');
  await tap(page, '.figures a');
  await tap(page, 'input[name=point][value="0.95"]');
  await page.goBack();
  await answered(page);
  assert.match(await text(page, '.gauge-text'), /10%/);
});

test('faults of the photo come before any class, and only when asked does the answer follow', async (t) => {
  const { page } = await look(t, 'states-quality', { quality: { sharpness: { min: 1e6 } } });
  assert.match(await text(page, '.gate'), /blurred/);
  assert.equal(await page.$('.verdict, .bar'), null);
  assert.doesNotMatch(await text(page, '[role=status].unseen'), /Looks most like/);
  await tap(page, '.gate-show');
  await page.waitForSelector('.verdict', WAIT);
  await tap(page, '[data-sample=red]');
  await page.waitForSelector('[data-sample=red][aria-pressed=true]', WAIT);
  await judged(page);
  assert.equal(await page.$('.verdict'), null);
});

test('a drawing is told from a lesion before any class, by the model that ships', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=pale]');
  await judged(page);
  assert.ok(await page.$('.gate[data-stranger=true]'));
  assert.equal(await page.$('.verdict, .bar'), null);
  assert.match(await text(page, '[role=status].unseen'), /does not look like/);
  await tap(page, '.gate-show');
  await page.waitForSelector('.verdict', WAIT);
});

test('the map lies over the photo for any class, and says where it is strongest', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=many]');
  await answered(page);
  await tap(page, '.map-toggle');
  await page.waitForSelector('.map-overlay', WAIT);
  /* Nothing while another map is being made. */
  const painted = () =>
    page.$$eval('.map-overlay', ([canvas]) => {
      if (!canvas) return null;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return [...data].filter((_, i) => i % 4 === 3).join();
    });
  const first = await until(async () => {
    const now = await painted();
    return now?.includes('255') && now;
  }, 'the map');
  assert.match(await text(page, '.map-controls [role=status]'), /Strongest|Nothing/);
  const [, other] = await page.$$eval('select[name=map] option', (options) => options.map(({ value }) => value));
  await page.select('select[name=map]', other);
  await until(async () => {
    const now = await painted();
    return now !== null && now !== first;
  }, 'the other map');
  await page.$eval('input[name=strength]', (input) => {
    input.value = '0.2';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForFunction(() => document.querySelector('.map-overlay')?.style.opacity === '0.2', WAIT);
  await tap(page, '.map-toggle');
  await page.waitForFunction(() => !document.querySelector('.map-overlay'), WAIT);
});

test('looking closer averages all views; another photo begins anew', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=waxy]');
  await answered(page);
  const before = await text(page, '.bars');
  await tap(page, '.more-views-start');
  await page.waitForSelector('.more-views[data-views="8"]:not(:has(.progress))', WAIT);
  assert.notEqual(await text(page, '.bars'), before);
  assert.equal(await page.$('.more-views-start'), null);
  await tap(page, '[data-sample=red]');
  await page.waitForSelector('[data-sample=red][aria-pressed=true]', WAIT);
  await answered(page);
  assert.ok(await page.$('.more-views[data-views="1"]'));
});

test('looking closer can be stopped', async (t) => {
  const { page } = await open(t);
  await tap(page, '[data-sample=waxy]');
  await answered(page);
  /* The button is pressed as soon as it is drawn. */
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const stop = document.querySelector('.more-views-stop');
      if (!stop) return;
      observer.disconnect();
      stop.click();
    }).observe(document.body, { childList: true, subtree: true });
    document.querySelector('.more-views-start').click();
  });
  await page.waitForFunction(() => !document.querySelector('.more-views .progress'), WAIT);
  const views = Number(await page.$eval('.more-views', ({ dataset }) => dataset.views));
  assert.ok(views >= 1 && views < 8, `${views} views`);
  assert.ok(await page.$('.more-views-start'));
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing, nothing is cut off, ${scheme}`, async (t) => {
    const everything = {
      thresholds: { malignant: 0.21, confidence: 0.99999 },
      operating_points: POINTS,
      conformal: { coverage: 0.95, prior: 'uniform', thresholds: Array(KINDS).fill(0.0005) },
      quality: { sharpness: { min: 1e6 } },
    };
    const { page } = await look(t, `states-all-${scheme}`, everything, {
      features: { 'prefers-color-scheme': scheme },
    });
    await assertAccessible(page, 'gate');
    await tap(page, '.gate-show');
    await tap(page, '.figures summary');
    await tap(page, '.map-toggle');
    await page.waitForSelector('.map-overlay', WAIT);
    await assertAccessible(page, 'answer');
    await page.setViewport({ width: 320, height: 480 });
    await assertFits(page, 320, 'answer');
  });
