/* Languages: every text on the page comes from the texts, numbers and dates follow, Arabic runs from the right. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  copySite,
  DIST,
  looking,
  offlineReady,
  open,
  openSaveForm,
  ready,
  tap,
  text,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

const LANGUAGES = { de: 'Einstellungen', es: 'Ajustes', fr: 'Réglages', pt: 'Ajustes', zh: '设置', ar: 'الإعدادات' };

async function choose(page, language) {
  await visit(page, '#/settings', 'select[name=language]');
  await page.select('select[name=language]', language);
  await page.waitForSelector(`html[lang=${language}]`, WAIT);
}

for (const [language, heading] of Object.entries(LANGUAGES))
  test(`${language}: chosen, kept, there without a network, accessible, nothing cut off`, async (t) => {
    const { page, site } = await open(t, DIST, { prepare: looking({}) });
    await page.setViewport({ width: 320, height: 640 });
    await choose(page, language);
    await page.waitForFunction((wanted) => document.querySelector('h2')?.textContent === wanted, WAIT, heading);
    assert.equal(await page.$eval('html', ({ dir }) => dir), language === 'ar' ? 'rtl' : 'ltr');
    await offlineReady(page);
    await site.close();
    await page.setOfflineMode(true);
    await page.reload();
    await ready(page);
    await page.waitForSelector(`html[lang=${language}]`, WAIT);
    await visit(page, '#/', '.check');
    await tap(page, '[data-sample=many]');
    await answered(page);
    await assertAccessible(page, 'answer');
    await assertFits(page, 320, 'answer');
    await visit(page, '#/lesson/mel', '[data-lesson=mel]');
    await assertFits(page, 320, 'lesson');
  });

test('the browser’s language is taken where there is one of it', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() =>
        Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['it-IT', 'fr-CA', 'en'] }),
      ),
  });
  assert.equal(await page.$eval('html', ({ lang }) => lang), 'fr');
  await tap(page, '[data-sample=even]');
  await answered(page);
  assert.match(await text(page, '.bar-number'), /^\d+[\s\u202f\u00a0]%$/);
});

test('a language that cannot be fetched leaves the page as it was, and says so', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        delete Navigator.prototype.serviceWorker;
      }),
  });
  await visit(page, '#/settings', 'select[name=language]');
  await page.setOfflineMode(true);
  await page.select('select[name=language]', 'zh');
  await page.waitForSelector('.notice[data-fault=language]', WAIT);
  assert.equal(await text(page, 'h2'), 'Settings');
});

/** A copy of the site whose German is the English in brackets: what has none on the page is no text of ours. */
async function bracketed() {
  const folder = copySite('bracketed');
  for (const name of readdirSync(`${folder}/assets`).filter((file) => /^de-\w+\.js$/.test(file))) {
    const file = `${folder}/assets/${name}`;
    if (!readFileSync(file, 'utf8').includes('app.notDiagnosis')) continue;
    const { default: messages } = await import(file);
    const wrap = (message) =>
      typeof message === 'string'
        ? `⟦${message}⟧`
        : Object.fromEntries(Object.entries(message).map(([form, said]) => [form, `⟦${said}⟧`]));
    const wrapped = Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, wrap(message)]));
    writeFileSync(file, `export default ${JSON.stringify(wrapped)};`);
    return folder;
  }
  throw new Error('no German in the site');
}

/** Texts and labels on the page that are in no brackets, and not marked as nobody's to translate. */
const strangers = (page) =>
  page.evaluate(() => {
    const bare = (said) => {
      let rest = said;
      for (let before = ''; before !== rest; ) {
        before = rest;
        rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
      }
      /* units, and the words that Intl joins a list with */
      return /\p{L}{2,}/u.test(rest.replace(/\b(GB|MB|ms|kB|Bytes?|und|oder)\b/g, ''));
    };
    const ours = (element) => !element.closest('[translate=no], script, style, noscript');
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (ours(node.parentElement) && bare(node.data)) found.push(node.data);
    for (const element of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]'))
      for (const name of ['aria-label', 'alt', 'title', 'placeholder']) {
        const said = element.getAttribute(name);
        if (said && ours(element) && bare(said)) found.push(`${name}: ${said}`);
      }
    return found;
  });

test('no text is hard-coded', async (t) => {
  const { page } = await open(t, await bracketed());
  assert.ok((await strangers(page)).length > 20, 'in English every text is in no brackets');
  await choose(page, 'de');
  const check = async (state) => assert.deepEqual(await strangers(page), [], state);
  await check('settings');
  await visit(page, '#/', '.check');
  await check('start');
  await tap(page, '[data-sample=many]');
  await answered(page);
  await tap(page, '.map-toggle');
  await page.waitForSelector('.map-overlay', WAIT);
  await check('answer');
  await visit(page, '#/report', '.report img');
  await check('report');
  await visit(page, '#/history', '.turn-on');
  await check('history off');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
  await visit(page, '#/', '.check');
  await openSaveForm(page);
  await check('keeping');
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
  await visit(page, '#/history', '[data-lesions="1"]');
  await tap(page, '.tools [data-ask]');
  await check('history');
  await page.keyboard.press('Escape');
  await tap(page, '.lesion-card a');
  await page.waitForSelector('[data-photos="1"]', WAIT);
  await tap(page, '[data-edit]');
  await check('spot');
  for (const [address, shown] of [
    ['#/lesson', '.cards'],
    ['#/model', '.model-page'],
    ['#/privacy', 'main[data-screen=privacy] h2'],
    ['#/batch', 'main[data-screen=batch] h2'],
    ['#/camera', 'main[data-screen=camera] .button'],
  ]) {
    await visit(page, address, shown);
    await check(address);
  }
});
