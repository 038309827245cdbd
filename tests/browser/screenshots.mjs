/*
 * `make screenshots`: every screen and state of the app, phone and desktop, light and dark, and the languages, into
 * build/screenshots/.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { ROOT } from '../support/fixtures.mjs';
import { launch, serve } from '../support/site.mjs';

const FOLDER = `${ROOT}build/screenshots/`;
const WAIT = { timeout: 60_000 };
const SCREENS = [
  { name: 'phone', width: 390, height: 844, deviceScaleFactor: 2 },
  { name: 'desktop', width: 1280, height: 900, deviceScaleFactor: 1 },
];
const SCHEMES = ['light', 'dark'];
const LANGUAGES = ['de', 'es', 'fr', 'pt', 'zh', 'ar'];

async function tap(page, selector) {
  const element = await page.waitForSelector(selector, WAIT);
  await element.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await element.click();
}

const go = (hash) => (page) => page.evaluate((address) => (location.hash = address), hash);

async function look(page, sample) {
  await go('#/')(page);
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
  /* The same sample may have been looked at before: its old answer is not the one to wait for. */
  await page.waitForSelector('[data-job]:not([data-job=done])', { timeout: 1000 }).catch(() => undefined);
  await page.waitForSelector('[data-job=done] .answer', WAIT);
  if (await page.$('[data-gated=true]')) await tap(page, '.gate-show');
  await page.waitForSelector('.bars', WAIT);
}

/** What stands before an answer. */
async function doubt(page, sample) {
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector('[data-gated=true]', WAIT);
}

async function photograph(page, sample) {
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
  await page.waitForSelector('.sample-truth', WAIT);
}

async function guess(page) {
  await go('#/settings')(page);
  await tap(page, 'input[name=guess]');
  await go('#/')(page);
  await tap(page, '[data-sample=ISIC_0033597]');
}

async function keep(page, sample, known) {
  /* Without the crop that is open, and without the answer, which could be taken for the new one. */
  await page.reload();
  await page.waitForSelector('[data-engine=ready]', WAIT);
  await look(page, sample);
  await tap(page, '.save-open');
  await page.waitForSelector('.save-form', WAIT);
  if (known) {
    await page.waitForSelector('select[name=lesion]', WAIT);
    const id = await page.$eval('select[name=lesion] option:last-child', ({ value }) => value);
    await page.select('select[name=lesion]', id);
  } else {
    await page.type('.save-form input[name=name]', 'Left shoulder blade');
    await page.select('.save-form select[name=site]', 'back');
  }
  await page.type('.save-form textarea', 'Same light, same lens.');
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

async function many(page) {
  const input = await page.$('input[name=files]');
  const drawings = ['even', 'many', 'red', 'waxy'].map((id) => `${ROOT}build/samples/${id}.jpg`);
  const samples = [...drawings, ...['ISIC_0025971', 'ISIC_0033597'].map((id) => `${ROOT}web/samples/${id}.jpg`)];
  await input.uploadFile(...samples);
}

/** In this order, in one profile: what to do, what to wait for, and whether the whole page is pictured. */
const STATES = [
  { name: 'start', act: go('#/'), shown: '[data-engine=ready]', whole: true },
  { name: 'question', act: (page) => tap(page, '[data-way=clinical] summary'), shown: '.way[open]', whole: false },
  { name: 'gate', act: (page) => doubt(page, 'pale'), shown: '.gate-found', whole: false },
  { name: 'photograph', act: (page) => photograph(page, 'ISIC_0025971'), shown: '.sample-truth', whole: false },
  { name: 'close-up', act: (page) => photograph(page, 'ISIC_2760612'), shown: '.sample-truth', whole: true },
  { name: 'answer', act: (page) => look(page, 'many'), shown: '.answer', whole: false },
  { name: 'answer-whole', act: (page) => tap(page, '.details summary'), shown: '.facts', whole: true },
  { name: 'map', act: (page) => tap(page, '.map-toggle'), shown: '.map-overlay', whole: false },
  { name: 'crop', act: (page) => tap(page, '.stage-crop'), shown: '.crop-square', whole: false },
  { name: 'report', act: go('#/report'), shown: '.report img', whole: true },
  { name: 'history-off', act: go('#/history'), shown: '.turn-on', whole: true },
  { name: 'history-empty', act: (page) => tap(page, '.turn-on'), shown: '[data-lesions]', whole: true },
  { name: 'kept', act: (page) => keep(page, 'many', false), shown: '.saved', whole: true },
  { name: 'kept-again', act: (page) => keep(page, 'even', true), shown: '.saved', whole: false },
  { name: 'history', act: go('#/history'), shown: 'img.thumb', whole: true },
  { name: 'spot', act: (page) => tap(page, '.lesion-card a'), shown: 'img.entry-photo', whole: true },
  { name: 'compare', act: (page) => tap(page, '.lesion-row a'), shown: '.compare-over img', whole: true },
  { name: 'lessons', act: go('#/lesson'), shown: '.cards', whole: true },
  { name: 'lesson', act: go('#/lesson/mel'), shown: '[data-lesson]', whole: true },
  { name: 'settings', act: go('#/settings'), shown: '.settings', whole: true },
  { name: 'model', act: go('#/model'), shown: '.model-page', whole: true },
  { name: 'camera', act: go('#/camera'), shown: '[data-camera=live] video', whole: true },
  { name: 'batch-empty', act: go('#/batch'), shown: '.batch', whole: true },
  { name: 'batch', act: many, shown: '.batch-row:nth-child(6)[data-phase=done]', whole: true },
  { name: 'privacy', act: go('#/privacy'), shown: '.trial-button', whole: true },
  { name: 'privacy-tried', act: (page) => tap(page, '.trial-button'), shown: '.probe', whole: true },
  { name: 'second-reader', act: guess, shown: '.guess-form', whole: false },
];

async function open(browser, site, viewport, scheme) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(site.url);
  await page.waitForSelector('[data-engine=ready]', WAIT);
  return page;
}

async function shoot(page, name, { act, shown, whole }) {
  await act(page);
  await page.waitForSelector(shown, WAIT);
  await page.evaluate(async () => {
    window.scrollTo(0, 0);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: whole });
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const site = await serve(`${ROOT}dist`);
const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
for (const { name, ...viewport } of SCREENS)
  for (const scheme of SCHEMES) {
    const page = await open(browser, site, viewport, scheme);
    for (const state of STATES) await shoot(page, `${name}-${scheme}-${state.name}`, state);
    await page.browserContext().close();
  }
const [{ name: _, ...phone }] = SCREENS;
const page = await open(browser, site, phone, 'light');
for (const language of LANGUAGES) {
  await go('#/settings')(page);
  await page.waitForSelector('select[name=language]', WAIT);
  await page.select('select[name=language]', language);
  await page.waitForSelector(`html[lang=${language}]`, WAIT);
  const answer = { act: (shown) => look(shown, 'many'), shown: '.answer', whole: true };
  await shoot(page, `language-${language}-answer`, answer);
  await shoot(page, `language-${language}-start`, { act: go('#/settings'), shown: '.settings', whole: true });
}
await browser.close();
await site.close();
console.log(`screenshots are in ${FOLDER}`);
