/*
 * axe on every screen and on what can be opened there, in a language that runs from the right, light and dark. The tests
 * of each screen do so in English; a screen that is new has to be named here.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  assertReasons,
  choose,
  DIST,
  FOLDER,
  judged,
  looking,
  open,
  openSaveForm,
  ready,
  SAMPLE,
  tap,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';

/* A film of Chromium's own is what the camera shows. */
withBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);

const PHONE = { width: 390, height: 844 };

async function look(page, sample) {
  await visit(page, '#/', `[data-sample=${sample}]`);
  await tap(page, `[data-sample=${sample}]`);
  await page.waitForSelector(`[data-sample=${sample}][aria-pressed=true]`, WAIT);
}

async function keep(page, { again }) {
  /* Without the answer that is on the screen, which could be taken for the new one. */
  await page.reload();
  await ready(page);
  await look(page, again ? 'even' : 'many');
  await answered(page);
  await openSaveForm(page);
  if (again) {
    const spots = await page.waitForSelector('select[name=lesion]', WAIT);
    await page.select('select[name=lesion]', await spots.$eval('option:last-child', ({ value }) => value));
  } else await page.type('.save-form input[name=name]', 'A');
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

async function fail(page) {
  const broken = `${FOLDER}accessible.jpg`;
  writeFileSync(broken, 'no photo');
  await visit(page, '#/', '.check');
  await choose(page, broken);
}

async function many(page) {
  const input = await page.$('input[name=files]');
  await input.uploadFile(SAMPLE);
  await page.waitForSelector('.batch-row[data-phase=done]', WAIT);
}

/** In this order, in one profile: which screen it is, how to get there, and what has to be seen. */
const STATES = [
  { screen: 'check', state: 'start', go: (page) => visit(page, '#/', '.check'), shown: '[data-sample=many]' },
  { screen: 'check', state: 'gate', go: (page) => look(page, 'many').then(() => judged(page)), shown: '.answer' },
  { screen: 'check', state: 'answer', go: answered, shown: '.bars' },
  { screen: 'check', state: 'details', go: (page) => tap(page, '.details summary'), shown: '.facts' },
  { screen: 'check', state: 'map', go: (page) => tap(page, '.map-toggle'), shown: '.map-overlay' },
  { screen: 'check', state: 'crop', go: (page) => tap(page, '.stage-crop'), shown: '.crop-square' },
  { screen: 'report', state: 'report', go: (page) => visit(page, '#/report', '.report'), shown: '.report img' },
  { screen: 'history', state: 'off', go: (page) => visit(page, '#/history', '.turn-on'), shown: '.turn-on' },
  { screen: 'history', state: 'empty', go: (page) => tap(page, '.turn-on'), shown: '[data-lesions]' },
  { screen: 'history', state: 'kept', go: (page) => keep(page, { again: false }), shown: '.saved' },
  { screen: 'history', state: 'kept again', go: (page) => keep(page, { again: true }), shown: '.saved' },
  {
    screen: 'history',
    state: 'list',
    go: (page) => visit(page, '#/history', '[data-lesions="1"]'),
    shown: 'img.thumb',
  },
  { screen: 'history', state: 'spot', go: (page) => tap(page, '.lesion-card a'), shown: 'img.entry-photo' },
  { screen: 'history', state: 'compared', go: (page) => tap(page, '.lesion-row a'), shown: '.compare-over img' },
  { screen: 'check', state: 'failed', go: fail, shown: '.notice' },
  { screen: 'lesson', state: 'list', go: (page) => visit(page, '#/lesson', '.cards'), shown: '.cards' },
  {
    screen: 'lesson',
    state: 'lesson',
    go: (page) => visit(page, '#/lesson/mel', '[data-lesson]'),
    shown: '[data-lesson]',
  },
  { screen: 'settings', state: 'settings', go: (page) => visit(page, '#/settings', '.settings'), shown: '.settings' },
  { screen: 'model', state: 'model', go: (page) => visit(page, '#/model', '.model-page'), shown: '.model-page' },
  {
    screen: 'privacy',
    state: 'privacy',
    go: (page) => visit(page, '#/privacy', '.trial-button'),
    shown: '.trial-button',
  },
  { screen: 'privacy', state: 'tried', go: (page) => tap(page, '.trial-button'), shown: '.probe' },
  { screen: 'camera', state: 'live', go: (page) => visit(page, '#/camera', '[data-camera=live]'), shown: 'video' },
  {
    screen: 'evaluate',
    state: 'empty',
    go: (page) => visit(page, '#/evaluate', '.evaluate-files'),
    shown: '.evaluate-files',
  },
  { screen: 'batch', state: 'empty', go: (page) => visit(page, '#/batch', '.batch'), shown: '.batch' },
  { screen: 'batch', state: 'table', go: many, shown: '.batch-row' },
];

async function speak(page, language) {
  await visit(page, '#/settings', 'select[name=language]');
  await page.select('select[name=language]', language);
  await page.waitForSelector(`html[lang=${language}]`, WAIT);
}

test('every screen that has an address is looked at', () => {
  const [, list] = readFileSync(`${ROOT}web/src/navigation/route.ts`, 'utf8').match(/SCREENS = \[([^\]]*)\]/);
  const screens = [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name);
  assert.ok(screens.length > 0);
  assert.deepEqual(
    screens.filter((name) => !STATES.some(({ screen }) => screen === name)),
    [],
  );
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing on any screen in Arabic, nothing is cut off, ${scheme}`, async (t) => {
    const { page } = await open(t, DIST, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    await page.setViewport(PHONE);
    await speak(page, 'ar');
    assert.equal(await page.$eval('html', ({ dir }) => dir), 'rtl');
    for (const { screen, state, go, shown } of STATES) {
      await go(page);
      await page.waitForSelector(shown, WAIT);
      await assertAccessible(page, `${screen}, ${state}`);
      await assertReasons(page, `${screen}, ${state}`);
      await assertFits(page, PHONE.width, `${screen}, ${state}`);
    }
  });
