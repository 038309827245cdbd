/* Keeping in the other engines of the web: kept once, as bytes, found again, out to a file of the same bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROWSERS, click, until } from '../support/browsers.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { serve } from '../support/site.mjs';

const PHOTO = `${ROOT}build/samples/even.jpg`;
const goTo = (browser, hash) => browser.evaluate('(to) => void (location.hash = to)', hash);

for (const { name, launch } of BROWSERS)
  test(`${name}: a photo is kept, once for two presses, found after a reload, shown, exported and deleted`, async (t) => {
    const site = await serve(`${ROOT}dist`);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await site.close().catch(() => undefined);
    });
    await browser.goto(`${site.url}/`);
    await until(browser, '[data-engine=ready]');
    await goTo(browser, '#/history');
    await until(browser, '.turn-on');
    await click(browser, '.turn-on');
    await until(browser, '[data-lesions="0"]');
    await goTo(browser, '#/');
    await until(browser, 'input[name=file]');
    await browser.upload('input[name=file]', PHOTO);
    await until(browser, '[data-job=done] .answer');
    if (await browser.has('.answer[data-gated=true]')) await click(browser, '.gate-show');
    await until(browser, '.save-open');
    await click(browser, '.save-open');
    await until(browser, '.save-form');
    await browser.evaluate(
      '() => { const press = document.querySelector(".save-form [type=submit]"); press.click(); press.click(); }',
    );
    await until(browser, '.saved');

    await browser.reload();
    await until(browser, '[data-engine=ready]');
    await goTo(browser, '#/history');
    await until(browser, '[data-lesions="1"] img.thumb');
    await click(browser, '.lesion-card a');
    await until(browser, '[data-photos="1"] img.entry-photo');

    await goTo(browser, '#/history');
    await until(browser, '[data-export]');
    await click(browser, '[data-export]');
    await until(browser, '.news.exported[data-entries="1"][data-bad="0"]');
    await click(browser, '.tools [data-ask]');
    await until(browser, '.tools [data-confirm]');
    await click(browser, '.tools [data-confirm]');
    await until(browser, '[data-lesions="0"]');
    assert.equal(await browser.has('.notice'), false);
  });

for (const { name, launch } of BROWSERS)
  test(`${name}: a backup is brought in, and an address that leads nowhere says so`, async (t) => {
    const { archiveOf } = await import('../support/archive.mjs');
    const site = await serve(`${ROOT}dist`);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await site.close().catch(() => undefined);
    });
    await browser.goto(`${site.url}/#/history`);
    await until(browser, 'input[name=archive]');
    await browser.upload('input[name=archive]', archiveOf('other-browsers', { photos: 3 }));
    await until(browser, '.news.imported[data-entries="3"]');
    await until(browser, '[data-lesions="1"] img.thumb');
    await goTo(browser, '#/lesson/constructor');
    await until(browser, '[data-lesson=constructor]');
    await goTo(browser, '#/nowhere');
    await until(browser, '.missing');
  });
