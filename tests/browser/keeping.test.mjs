/* What is written is what was meant: bytes with their hash, an end for every call, old databases, two tabs. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import {
  DIST,
  open,
  openSaveForm,
  ready,
  SAMPLE,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { archiveOf, documentOf, idOf, save } from '../support/archive.mjs';
import { hurry } from '../support/clock.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { bringIn, counts, deleteAll, downloads, inDatabase, keepFile, turnOn } from '../support/history.mjs';

withBrowser();

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A site with a history of so many photos in it. */
async function openFilled(t, photos, options = {}) {
  const opened = await open(t, DIST, { path: '/#/history', ...options });
  await opened.page.waitForSelector('input[name=archive]', WAIT);
  await bringIn(opened.page, archiveOf('filled', { photos }));
  return opened;
}

const lesionPage = (page) => visit(page, `#/history/${idOf('a', 1)}`, '.lesion-page');

test('pictures are kept as bytes, beside their hash; none is a Blob', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await keepFile(page, SAMPLE, 'spot');
  const [entry, pictures] = await inDatabase(page, async (db, ask) => {
    const on = db.transaction(['entries', 'pictures']);
    const [found] = await ask(on.objectStore('entries').getAll());
    const kept = await ask(on.objectStore('pictures').getAll());
    return [
      found,
      kept.map(({ key, bytes }) => ({ key, plain: bytes instanceof ArrayBuffer, bytes: [...new Uint8Array(bytes)] })),
    ];
  });
  assert.equal(pictures.length, 2);
  for (const picture of [entry.photo, entry.square]) {
    const { plain, bytes } = pictures.find(({ key }) => key === picture.key);
    assert.equal(plain, true);
    assert.equal(picture.sha256, sha256(Buffer.from(bytes)));
  }
});

const flip = async (db, ask, id, which) => {
  const on = db.transaction(['entries', 'pictures'], 'readwrite');
  const entry = await ask(on.objectStore('entries').get(id));
  const picture = await ask(on.objectStore('pictures').get(entry[which].key));
  new Uint8Array(picture.bytes)[300] ^= 1;
  await ask(on.objectStore('pictures').put(picture));
};

test('a damaged picture is called damaged here and wherever it goes; the rest works', async (t) => {
  const { page } = await openFilled(t, 3);
  const saved = await downloads(page, 'damaged-out');
  await inDatabase(page, flip, idOf('b', 0), 'square');
  await inDatabase(page, flip, idOf('b', 1), 'photo');
  const check = async () => {
    await lesionPage(page);
    await page.waitForSelector('[data-damaged]', WAIT);
    await page.waitForFunction(() => document.querySelectorAll('img.entry-photo').length === 2, WAIT);
    assert.equal((await page.$$('[data-damaged]')).length, 1);
  };
  await check();
  await visit(page, '#/history', '[data-export]');
  await tap(page, '[data-export]');
  await page.waitForSelector('.news.exported[data-entries="3"][data-bad="2"]', WAIT);
  const { bytes } = await saved.next();
  assert.equal(Object.keys(unzipSync(bytes)).length, 7);
  await deleteAll(page);
  assert.equal(await bringIn(page, save('damaged-in', bytes)), null);
  await check();
});

/** The first version's code for the page. */
async function firstVersion() {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}tests/support/history-v1.mjs`],
    bundle: true,
    format: 'iife',
    globalName: 'firstVersion',
    write: false,
  });
  return outputFiles[0].text;
}

/** A photo with a place that the first version left in: in a segment behind a stray zero byte. */
function placed() {
  const whole = readFileSync(SAMPLE);
  const place = Buffer.from('\0\xff\xe1\0\x20Exif\0\0PLACEPLACEPLACEPLACEPLACE', 'latin1');
  const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
  place.writeUInt16BE(place.length - 3, 3);
  return Buffer.concat([whole.subarray(0, scan), place, whole.subarray(scan)]);
}

/** Put a history down by the first version's code. */
async function putOld(page, photos, photo) {
  await page.evaluate(await firstVersion());
  await page.evaluate(
    async (document, base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const blob = () => new Blob([bytes], { type: 'image/jpeg' });
      const entries = document.entries.map((entry) => ({ ...entry, photo: blob(), square: blob() }));
      await globalThis.firstVersion.putHistory({ lesions: document.lesions, entries });
    },
    documentOf(photos),
    photo.toString('base64'),
  );
}

test('a history of the first version is shown, brought over, and loses its last places', async (t) => {
  const { page } = await open(t, DIST, { prepare: (fresh) => fresh.setBypassCSP(true) });
  const photo = placed();
  await putOld(page, 4, photo);
  await visit(page, '#/history', '[data-lesions="1"] img.thumb');
  await until(async () => (await counts(page)).pictures === 8, 'all pictures as bytes');
  const [entries, pictures] = await inDatabase(page, async (db, ask) => {
    const on = db.transaction(['entries', 'pictures']);
    const kept = await ask(on.objectStore('pictures').getAll());
    return [
      await ask(on.objectStore('entries').getAll()),
      kept.map(({ key, bytes }) => ({ key, bytes: [...new Uint8Array(bytes)] })),
    ];
  });
  for (const [i, entry] of entries.entries()) {
    assert.equal(entry.note, `note ${i}`);
    const bytes = Buffer.from(pictures.find(({ key }) => key === entry.photo.key).bytes);
    assert.equal(entry.photo.sha256, sha256(bytes));
    assert.equal(bytes.includes('PLACE'), false);
  }
  await page.reload();
  await ready(page);
  await lesionPage(page);
  await page.waitForSelector('[data-photos="4"] img.entry-photo', WAIT);
});

test('a Blob that the browser gives back too short is called damaged, and stays; the others are brought over', async (t) => {
  const photo = readFileSync(SAMPLE);
  const longer = Buffer.concat([photo, Buffer.alloc(7)]);
  const { page } = await open(t, DIST, {
    prepare: async (fresh) => {
      await fresh.setBypassCSP(true);
      await fresh.evaluateOnNewDocument((size) => {
        const whole = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = function () {
          return this.size === size ? whole.call(this.slice(0, 100)) : whole.call(this);
        };
      }, longer.length);
    },
  });
  await putOld(page, 2, photo);
  await page.evaluate(
    async (document, base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const short = new Blob([bytes], { type: 'image/jpeg' });
      await globalThis.firstVersion.putHistory({ entries: [{ ...document.entries[2], photo: short, square: short }] });
    },
    documentOf(3),
    longer.toString('base64'),
  );
  await visit(page, '#/history', '[data-lesions="1"]');
  await until(async () => (await counts(page)).pictures === 4, 'the others as bytes');
  await lesionPage(page);
  await page.waitForSelector('[data-photos="3"] [data-damaged]', WAIT);
  await page.waitForFunction(() => document.querySelectorAll('img.entry-photo').length === 2, WAIT);
  assert.equal((await counts(page)).entries, 3);
});

test('a storage that never answers is given up with a sentence', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: async (fresh) => {
      await hurry(fresh);
      await fresh.evaluateOnNewDocument(() => {
        const open = IDBFactory.prototype.open;
        window.silent = true;
        IDBFactory.prototype.open = function (...args) {
          if (!window.silent) return open.apply(this, args);
          const request = open.call(this, 'another');
          request.addEventListener = () => undefined;
          return request;
        };
      });
    },
  });
  await visit(page, '#/history', '.notice[data-fault=history-time-out]');
  await page.waitForSelector('.rescue [data-export]', WAIT);
  await page.evaluate(() => {
    window.silent = false;
  });
  await tap(page, '.notice .button');
  await page.waitForSelector('.turn-on', WAIT);
});

test('a change that never ends is given up, and nothing of it is written', async (t) => {
  const { page } = await openFilled(t, 1, { prepare: hurry });
  await lesionPage(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      const spin = () => {
        this.get('').onsuccess = spin;
      };
      spin();
      return put.apply(this, args);
    };
  });
  await tap(page, '[data-edit]');
  await page.type('.entry textarea', ' more');
  await tap(page, '.entry [type=submit]');
  await page.waitForSelector('.notice[data-fault=history-time-out]', WAIT);
  await page.reload();
  await ready(page);
  await page.waitForSelector('.entry-note', WAIT);
  assert.equal(await text(page, '.entry-note'), 'note 0');
});

test('a tab that holds on to the old database, one that deletes it, one that has a newer one', async (t) => {
  const { page, site, context } = await open(t, DIST, {
    prepare: async (fresh) => {
      await fresh.setBypassCSP(true);
      await hurry(fresh);
    },
  });
  await putOld(page, 1, readFileSync(SAMPLE));
  const other = await context.newPage();
  await other.goto(`${site.url}/licences.json`);
  const name = await page.evaluate(async () => (await indexedDB.databases())[0].name);
  await other.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const request = indexedDB.open(wanted);
        request.onsuccess = () => {
          window.held = request.result;
          resolve();
        };
      }),
    name,
  );
  await page.bringToFront();
  await visit(page, '#/history', '.notice[data-fault=history-elsewhere]');
  await other.evaluate(() => window.held.close());
  await tap(page, '.notice .button');
  await page.waitForSelector('[data-lesions="1"]', WAIT);

  const erase = (wanted) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(wanted);
      request.onsuccess = () => resolve();
      request.onblocked = () => reject(new Error('blocked'));
    });
  await other.evaluate(erase, name);
  await bringIn(page, archiveOf('after', { photos: 2 }));
  await page.waitForSelector('.news.imported[data-entries="2"]', WAIT);

  await other.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const request = indexedDB.open(wanted, 99);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    name,
  );
  await page.reload();
  await ready(page);
  await page.waitForSelector('.notice[data-fault=history-newer]', WAIT);
  await tap(page, '.rescue [data-ask]');
  await tap(page, '.rescue [data-confirm]');
  await page.waitForSelector('.turn-on', WAIT);
});

/** Another tab of the same history, which hears nothing of the first. */
async function openStale(context, site, hash) {
  const stale = await context.newPage();
  await stale.evaluateOnNewDocument(() => {
    delete window.BroadcastChannel;
  });
  await stale.goto(`${site.url}/${hash}`);
  await ready(stale);
  return stale;
}

async function editNote(page, entry, more) {
  const card = `[data-entry="${entry}"]`;
  if (!(await page.$(`${card} textarea`))) await tap(page, `${card} [data-edit]`);
  await page.waitForSelector(`${card} textarea`, WAIT);
  await page.type(`${card} textarea`, more);
  await tap(page, `${card} [type=submit]`);
}

const noteOf = (page, entry) =>
  inDatabase(
    page,
    async (db, ask, id) => (await ask(db.transaction('entries').objectStore('entries').get(id)))?.note,
    entry,
  );

test('a stale tab writes over no note and brings nothing back; other tabs hear of changes', async (t) => {
  const { page, site, context } = await openFilled(t, 2);
  const [first, second] = [idOf('b', 0), idOf('b', 1)];
  const hash = `#/history/${idOf('a', 1)}`;
  const stale = await openStale(context, site, hash);
  await stale.waitForSelector('[data-photos="2"]', WAIT);
  await tap(stale, `[data-entry="${first}"] [data-edit]`);

  await page.bringToFront();
  await lesionPage(page);
  await editNote(page, first, ' by the first tab');
  await until(async () => (await noteOf(page, first)) === 'note 0 by the first tab', 'the note');

  await stale.bringToFront();
  await editNote(stale, first, ' by the second');
  await stale.waitForSelector('.notice[data-fault=history-changed]', WAIT);
  assert.equal(await noteOf(page, first), 'note 0 by the first tab');
  /* What the person wrote is still there, and a second press is meant. */
  await tap(stale, `[data-entry="${first}"] [type=submit]`);
  await until(async () => (await noteOf(page, first)) === 'note 0 by the second', 'the last word');

  await tap(stale, `[data-entry="${second}"] [data-edit]`);
  await page.bringToFront();
  await tap(page, `[data-entry="${second}"] [data-ask]`);
  await tap(page, `[data-entry="${second}"] [data-confirm]`);
  await page.waitForSelector('[data-photos="1"]', WAIT);
  await stale.bringToFront();
  await editNote(stale, second, ' again');
  await stale.waitForSelector('.notice[data-fault=history-gone]', WAIT);
  assert.deepEqual(await counts(page), { entries: 1, lesions: 1, pictures: 2 });

  const hearing = await context.newPage();
  await hearing.goto(`${site.url}/${hash}`);
  await hearing.waitForSelector('[data-photos="1"]', WAIT);
  await page.bringToFront();
  await editNote(page, first, '!');
  /* Behind the other tab it draws no frames, which waitForFunction would wait for. */
  await until(
    () => hearing.$$eval('.entry-note', (notes) => notes.some((n) => n.textContent.endsWith('!'))),
    'the note',
  );
});

test('asking again writes over no note, brings nothing back, goes on after one that fails, and adds once', async (t) => {
  const { page, site, context } = await openFilled(t, 4);
  await inDatabase(page, flip, idOf('b', 3), 'photo');
  const stale = await openStale(context, site, '#/history');
  await stale.waitForSelector('.rerun .button', WAIT);
  await page.bringToFront();
  await lesionPage(page);
  await editNote(page, idOf('b', 0), ' edited');
  await until(async () => (await noteOf(page, idOf('b', 0))) === 'note 0 edited', 'the note');
  await tap(page, `[data-entry="${idOf('b', 1)}"] [data-ask]`);
  await tap(page, `[data-entry="${idOf('b', 1)}"] [data-confirm]`);
  await page.waitForSelector('[data-photos="3"]', WAIT);
  await stale.bringToFront();
  await stale.$eval('.rerun .button', (button) => {
    button.click();
    button.click();
  });
  await stale.waitForSelector('.news.reran[data-bad="1"]', WAIT);
  const kept = await inDatabase(page, async (db, ask) => {
    const entries = await ask(db.transaction('entries').objectStore('entries').getAll());
    return entries.map(({ note, answers }) => [note, answers.length]);
  });
  assert.deepEqual(kept, [
    ['note 0 edited', 2],
    ['note 2', 2],
    ['note 3', 1],
  ]);
});

test('two presses on Keep are one photo', async (t) => {
  const { page } = await open(t);
  await turnOn(page);
  await visit(page, '#/', '.check');
  await tap(page, '[data-sample=even]');
  await page.waitForSelector('[data-job=done] .answer', WAIT);
  if (await page.$('.answer[data-gated=true]')) await tap(page, '.gate-show');
  await openSaveForm(page);
  await page.$eval('.save-form', (form) => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await page.waitForSelector('.saved', WAIT);
  assert.deepEqual(await counts(page), { entries: 1, lesions: 1, pictures: 2 });
});
