/*
 * `make screenshots`: every screen and state of the app on a phone and on a desktop, light and dark, in English, German and
 * Arabic, and the answer and the history in the other languages, into build/screenshots/. `node tests/browser/screenshots.mjs
 * de ar` makes those of the languages it names alone. The README's picture is made with English ones.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { answered, copySite, focused, tap, visit, WAIT } from '../support/app.mjs';
import { offerOf, putCatalog, putFile, trust } from '../support/catalog.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { newKey } from '../support/keys.mjs';
import { withMetadata } from '../support/model.mjs';
import { launch, serve } from '../support/site.mjs';

const FOLDER = `${ROOT}build/screenshots/`;
const README = { picture: 'desktop-light-en-photograph', to: `${ROOT}web/docs/screenshot.png` };
const SCREENS = {
  phone: { width: 390, height: 844, deviceScaleFactor: 2 },
  desktop: { width: 1280, height: 900, deviceScaleFactor: 1 },
};
const SCHEMES = ['light', 'dark'];
const WHOLE = ['en', 'de', 'ar'];
const LANGUAGES = [...WHOLE, 'es', 'fr', 'pt', 'zh'];
/** What is pictured in each language. */
const MAIN = ['photograph', 'answer-whole', 'saved', 'history', 'lesion', 'settings'];

const photograph = (id) => `${ROOT}web/samples/${id}.jpg`;
const drawing = (id) => `${ROOT}build/samples/${id}.jpg`;

async function choose(page, sample) {
  await visit(page, '#/', `[data-sample=${sample}]`);
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
}

async function look(page, sample) {
  await choose(page, sample);
  await answered(page);
}

async function save(page, sample, known) {
  /* Without the answer that is on the screen, which could be taken for the new one. */
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
    await page.type('.save-form input[name=name]', 'A');
    await page.select('.save-form select[name=site]', 'back');
  }
  await page.type('.save-form input[name=length]', '6');
}

async function saved(page) {
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

async function files(page, name, ...paths) {
  const input = await page.waitForSelector(`input[name=${name}]`, WAIT);
  await input.uploadFile(...paths);
}

const PHOTOGRAPHS = readdirSync(`${ROOT}web/samples`).map((name) => `${ROOT}web/samples/${name}`);
/** A small network that says nothing of itself. */
const OWN_MODEL = `${FOLDER}own.tflite`;
const SOME = PHOTOGRAPHS.filter((path) => path.endsWith('.jpg')).slice(0, 4);

const go = (hash) => (page) => page.evaluate((address) => (location.hash = address), hash);
const press = (selector) => (page) => tap(page, selector);

/** In this order, in one profile: what to do, what to wait for, and whether the window alone is pictured. */
const STATES = [
  { name: 'start', act: go('#/'), shown: '[data-engine=ready] .way' },
  { name: 'question', act: press('[data-way=clinical] summary'), shown: '.way[open]', window: true },
  { name: 'gate', act: (page) => choose(page, 'pale'), shown: '[data-gated=true] .gate-found', window: true },
  { name: 'gate-kept', act: press('.gate-show'), shown: '.bars' },
  { name: 'failed', act: (page) => files(page, 'file', `${ROOT}README.md`), shown: '.notice', window: true },
  { name: 'photograph', act: (page) => look(page, 'ISIC_0025971'), shown: '.sample-truth', window: true },
  { name: 'photograph-whole', act: press('.malignant summary'), shown: '.figures[open]' },
  { name: 'similar', act: press('.similar-open'), shown: '.similar-lesion:nth-child(6) img' },
  { name: 'close-up', act: (page) => look(page, 'ISIC_2760612'), shown: '.sample-truth' },
  {
    name: 'other-way',
    act: (page) => files(page, 'file', photograph('ISIC_0025971')),
    shown: '.other-way',
    window: true,
  },
  { name: 'answer-whole', act: press('.details summary'), shown: '.facts' },
  { name: 'map', act: press('.map-toggle'), shown: '.map-overlay', window: true },
  { name: 'views', act: press('.more-views-start'), shown: '[data-views="8"]', window: true },
  { name: 'crop', act: press('.stage-crop'), shown: '.crop-square', window: true },
  { name: 'report', act: go('#/report'), shown: '.report img' },
  { name: 'history-off', act: go('#/history'), shown: '.turn-on' },
  { name: 'history-empty', act: press('.turn-on'), shown: '[data-lesions]' },
  { name: 'save', act: (page) => save(page, 'many', false), shown: '.save-form' },
  { name: 'saved', act: saved, shown: '.saved' },
  { name: 'save-known', act: (page) => save(page, 'even', true), shown: '.save-form' },
  { name: 'saved-again', act: saved, shown: '.saved', window: true },
  { name: 'history', act: go('#/history'), shown: 'img.thumb' },
  { name: 'delete', act: press('.tools [data-ask]'), shown: 'dialog[open]', window: true },
  {
    name: 'lesion',
    act: (page) => page.keyboard.press('Escape').then(() => tap(page, '.lesion-card a')),
    shown: 'img.entry-photo',
  },
  { name: 'entry-form', act: press('[data-edit]'), shown: '.entry .form' },
  { name: 'compare', act: press('.lesion-row a'), shown: '.compare-over img' },
  { name: 'lessons', act: go('#/lesson'), shown: '.cards' },
  { name: 'lesson', act: go('#/lesson/mel'), shown: '[data-lesson]' },
  { name: 'settings', act: go('#/settings'), shown: '.settings' },
  { name: 'offer', act: press('[data-look][aria-disabled=false]'), shown: '.offer' },
  { name: 'brought', act: press('[data-bring]'), shown: '.kept-model[data-version="9.0.0"]' },
  { name: 'own-model', act: (page) => files(page, 'model-file', OWN_MODEL), shown: '.own-form' },
  { name: 'model', act: go('#/model'), shown: '.model-page' },
  { name: 'camera', act: go('#/camera'), shown: '[data-camera=live] video', window: true },
  { name: 'batch-empty', act: go('#/batch'), shown: '.batch' },
  {
    name: 'batch',
    act: (page) => files(page, 'files', `${ROOT}README.md`, ...['even', 'red'].map(drawing), ...SOME),
    shown: '.batch-row:nth-child(7)[data-phase=done]',
  },
  { name: 'evaluate-empty', act: go('#/evaluate'), shown: '.evaluate' },
  { name: 'evaluate-naming', act: (page) => files(page, 'evaluate-files', ...PHOTOGRAPHS), shown: '.evaluate-naming' },
  { name: 'evaluate', act: press('.evaluate-start'), shown: '.evaluate-figures' },
  { name: 'privacy', act: go('#/privacy'), shown: '.trial-button' },
  { name: 'privacy-tried', act: press('.trial-button'), shown: '.probe' },
  { name: 'missing', act: go('#/history/none'), shown: '.missing', window: true },
  {
    name: 'second-reader',
    act: async (page) => {
      await visit(page, '#/settings', 'input[name=guess]');
      await tap(page, 'input[name=guess]');
      await choose(page, 'ISIC_0033597');
    },
    shown: '.guess-form',
    window: true,
  },
  {
    name: 'guessed',
    act: async (page) => {
      await tap(page, '.guess-form input[value=nv]');
      await tap(page, '.guess-form [type=submit]');
      await focused(page, '.answer');
    },
    shown: '.own-guess',
    window: true,
  },
];

/** The built site, which trusts a key here, and whose host offers a newer model. */
function siteWithOffer() {
  const [folder, key] = [copySite('screenshots'), newKey()];
  trust(folder, key);
  const [shipped] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  const newer = withMetadata(readFileSync(`${folder}/${shipped.url}`), (old) => ({ ...old, version: '9.0.0' }));
  putFile(folder, newer);
  putCatalog(folder, key, [offerOf(newer, { labels: shipped.labels })]);
  return folder;
}

async function open(browser, site, viewport, scheme, language) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(site.url);
  await page.waitForSelector('[data-engine=ready]', WAIT);
  await visit(page, '#/settings', 'select[name=language]');
  await page.select('select[name=language]', language);
  await page.waitForSelector(`html[lang=${language}]`, WAIT);
  return page;
}

async function shoot(page, name, { act, shown, window: only = false }, pictured) {
  await act(page);
  await page.waitForSelector(shown, WAIT);
  if (!pictured) return;
  await page.evaluate(async () => {
    window.scrollTo(0, 0);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    /* Until they are drawn. */
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  });
  /* Of a page no longer than the window, in a language from right to left, Chromium pictures the whole page out of place. */
  const longer = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: !only && longer });
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : LANGUAGES;
mkdirSync(FOLDER, { recursive: true });
execFileSync(`${ROOT}build/test/mkmodel`, [OWN_MODEL, 'unsaid']);
const site = await serve(siteWithOffer());
const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
for (const language of wanted)
  for (const [screen, viewport] of Object.entries(SCREENS))
    for (const scheme of WHOLE.includes(language) ? SCHEMES : SCHEMES.slice(0, 1)) {
      const page = await open(browser, site, viewport, scheme, language);
      for (const state of STATES) {
        const pictured = WHOLE.includes(language) || MAIN.includes(state.name);
        await shoot(page, `${screen}-${scheme}-${language}-${state.name}`, state, pictured);
      }
      await page.browserContext().close();
    }
await browser.close();
await site.close();
if (wanted.includes('en')) copyFileSync(`${FOLDER}${README.picture}.png`, README.to);
console.log(`screenshots are in ${FOLDER}`);
