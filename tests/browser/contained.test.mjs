/* What breaks is contained: addresses that lead nowhere, screens that throw, records that make no sense. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import {
  assertAccessible,
  assertFits,
  DIST,
  looking,
  open,
  ready,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { archiveOf, idOf } from '../support/archive.mjs';
import { bringIn, counts, deleteAll, downloads, inDatabase } from '../support/history.mjs';

withBrowser();

test('addresses that lead nowhere say so, and the app goes on', async (t) => {
  const { page } = await open(t);
  for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '%E0%A4%A']) {
    const selector = word.startsWith('%') ? '.missing' : `[data-lesson="${word}"]`;
    await visit(page, `#/lesson/${word}`, selector);
    assert.match(await text(page, 'main'), /no page|not found/);
    for (const address of [`#/${word}`, `#/history/${word}`, `#/settings/${word}`, `#/lesson/mel/${word}`, `#${word}`])
      await visit(page, address, '.missing');
    await visit(page, `#/report/${word}`, word.startsWith('%') ? '.missing' : '.report-screen');
  }
  await visit(page, '#/', '.check');
  await visit(page, '#/lesson/mel', '[data-lesson=mel]');
});

test('a screen that throws is contained: a sentence, ways on, and the way to save what is kept', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/history' });
  const saved = await downloads(page, 'rescue');
  await page.waitForSelector('input[name=archive]', WAIT);
  await bringIn(page, archiveOf('rescue', { photos: 2 }));
  await page.evaluate(() => {
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      configurable: true,
      get: () => () => {
        throw new RangeError('spoilt');
      },
    });
  });
  await visit(page, `#/history/${idOf('a', 1)}`, '.broken .notice[data-fault=screen-broken]');
  assert.match(await text(page, '.broken'), /RangeError: spoilt/);
  await tap(page, '.broken [data-export]');
  assert.equal(Object.keys(unzipSync((await saved.next()).bytes)).length, 5);
  /* Elsewhere the app works; and here, once the cause is gone. */
  await visit(page, '#/', '.check');
  await visit(page, `#/history/${idOf('a', 1)}`, '.broken');
  await page.evaluate(() =>
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      configurable: true,
      get() {
        return (time) => new Date(time).toISOString();
      },
    }),
  );
  await tap(page, '.broken .notice .button');
  await page.waitForSelector('[data-photos="2"]', WAIT);
});

/** Spoil what is kept, as an earlier version or a fault of the browser might have. */
const spoil = async (db, ask, id, change) => {
  const store = db.transaction('entries', 'readwrite').objectStore('entries');
  const entry = await ask(store.get(id));
  await ask(store.put({ ...entry, ...change }));
};

test('records that make no sense are told of, taken along by an export, and can be deleted', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/history' });
  const saved = await downloads(page, 'unreadable');
  await page.waitForSelector('input[name=archive]', WAIT);
  await bringIn(page, archiveOf('spoilt', { photos: 4 }));
  await inDatabase(page, spoil, idOf('b', 0), { time: 9e15 });
  await inDatabase(page, spoil, idOf('b', 1), { answers: null });
  await inDatabase(page, spoil, idOf('b', 2), { photo: null, square: 7 });
  await page.reload();
  await ready(page);
  await page.waitForSelector('[data-lesions="1"] [data-unreadable="3"]', WAIT);
  assert.match(await text(page, '[data-unreadable]'), /time/);
  await tap(page, '[data-export]');
  await page.waitForSelector('.news.exported[data-entries="1"]', WAIT);
  const files = unzipSync((await saved.next()).bytes);
  assert.equal(JSON.parse(Buffer.from(files['unreadable.json'])).entries.length, 3);
  assert.equal(Object.keys(files).filter((name) => name.startsWith('unreadable/1-')).length, 2);
  await visit(page, `#/history/${idOf('a', 1)}`, '[data-photos="1"]');
  await visit(page, '#/history', '.tools');
  await deleteAll(page);
  assert.deepEqual(await counts(page), { entries: 0, lesions: 0, pictures: 0 });
});

test('a history of which nothing makes sense can still be deleted', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/history' });
  await page.waitForSelector('input[name=archive]', WAIT);
  await bringIn(page, archiveOf('senseless', { photos: 1 }));
  await inDatabase(page, async (db, ask) => {
    const on = db.transaction(['lesions', 'entries'], 'readwrite');
    for (const name of ['lesions', 'entries']) {
      const store = on.objectStore(name);
      const [record] = await ask(store.getAll());
      await ask(store.put({ ...record, created: 9e15, time: 9e15, lesion: 7 }));
    }
  });
  await page.reload();
  await ready(page);
  await page.waitForSelector('[data-unreadable="2"]', WAIT);
  await deleteAll(page);
  await until(async () => (await counts(page)).entries === 0, 'nothing kept');
});

test('axe finds nothing, nothing is cut off', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/nowhere', prepare: looking({}) });
  await page.setViewport({ width: 320, height: 480 });
  await page.waitForSelector('.missing', WAIT);
  await assertAccessible(page, 'missing');
  await assertFits(page, 320, 'missing');
  await visit(page, '#/history', 'input[name=archive]');
  await bringIn(page, archiveOf('looks', { photos: 2 }));
  await inDatabase(page, spoil, idOf('b', 0), { time: 9e15 });
  await page.reload();
  await ready(page);
  await page.waitForSelector('[data-unreadable]', WAIT);
  await assertAccessible(page, 'unreadable');
  await assertFits(page, 320, 'unreadable');
  await inDatabase(page, async (db, ask) => {
    const store = db.transaction('pictures', 'readwrite').objectStore('pictures');
    await ask(store.clear());
  });
  await page.reload();
  await ready(page);
  await page.waitForSelector('[data-damaged]', WAIT);
  await assertAccessible(page, 'damaged');
  await assertFits(page, 320, 'damaged');
  await page.evaluate(() =>
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get: () => () => {
        throw new RangeError('spoilt');
      },
    }),
  );
  await visit(page, `#/history/${idOf('a', 1)}`, '.broken');
  await assertAccessible(page, 'broken');
  await assertFits(page, 320, 'broken');
});
