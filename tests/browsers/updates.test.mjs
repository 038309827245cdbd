/* A newer model in the other engines of the web: its list's signature, the model taken over, and the way back. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { BROWSERS, click, until } from '../support/browsers.mjs';
import { offerOf, putCatalog, putFile, trust } from '../support/catalog.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { newKey } from '../support/keys.mjs';
import { withMetadata } from '../support/model.mjs';
import { serve } from '../support/site.mjs';

const used = (version) => `.kept-model[data-used=true][data-version="${version}"]`;

for (const { name, launch } of BROWSERS)
  test(`${name}: a list that was changed is refused; the right one brings a model, which is used, and left again`, async (t) => {
    const folder = `${ROOT}build/test/updates-${name.split(' ')[0]}`;
    rmSync(folder, { recursive: true, force: true });
    cpSync(`${ROOT}dist`, folder, { recursive: true });
    const [shipped] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
    const key = newKey();
    trust(folder, key);
    const bytes = withMetadata(readFileSync(`${folder}/${shipped.url}`), (old) => ({ ...old, version: '9.0.0' }));
    putFile(folder, bytes);
    putCatalog(folder, key, [offerOf(bytes)]);
    const right = readFileSync(`${folder}/catalog.json`);
    writeFileSync(`${folder}/catalog.json`, `${right} `);

    const site = await serve(folder);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await site.close();
    });
    await browser.goto(`${site.url}/#/settings`);
    await until(browser, '.models[data-updates=signed] [data-look]');
    await click(browser, '[data-look]');
    await until(browser, '.models .notice[data-fault=signature]');
    writeFileSync(`${folder}/catalog.json`, right);
    await click(browser, '[data-look]');
    await until(browser, '.offer[data-version="9.0.0"]');
    await click(browser, '[data-bring]');
    await until(browser, used('9.0.0'));
    await browser.reload();
    await until(browser, used('9.0.0'));
    await click(browser, '[data-go-back]');
    await until(browser, used(shipped.version));
    const news = await browser.evaluate('() => document.querySelector(".footer-model").textContent');
    assert.ok(news.includes(shipped.version), news);
  });
