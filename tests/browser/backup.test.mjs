/* Backups: the same bytes come back whatever is in them, damage is named, nothing is half brought in. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { unzipSync, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { FOLDER, open, ready, SAMPLE, tap, visit, WAIT, withBrowser } from '../support/app.mjs';
import { archiveOf, documentOf, filesOf, idOf, save } from '../support/archive.mjs';
import { bringIn, counts, deleteAll, downloads, keepFile, turnOn } from '../support/history.mjs';

withBrowser();

const SIGNATURES = { data: 'PK\x07\x08', directory: 'PK\x01\x02', local: 'PK\x03\x04', end: 'PK\x05\x06' };

/** The sample with some bytes where no stripping takes them: in a colour profile, which browsers pass over if wrong. */
function photoWith(text) {
  const whole = readFileSync(SAMPLE);
  const body = Buffer.from(`ICC_PROFILE\0\x01\x01${text.repeat(20)}`, 'latin1');
  const segment = Buffer.concat([Buffer.from([0xff, 0xe2, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
  return Buffer.concat([whole.subarray(0, 2), segment, whole.subarray(2)]);
}

async function openHistory(t) {
  const opened = await open(t, undefined, { path: '/#/history' });
  await opened.page.waitForSelector('input[name=archive]', WAIT);
  return opened;
}

const photosIn = (files) =>
  Object.entries(files)
    .filter(([name]) => name.startsWith('photos/'))
    .map(([, bytes]) => Buffer.from(bytes).toString('base64'))
    .sort();

test('photos that hold the signatures of archives come back as the same bytes; any program reads the file', async (t) => {
  const { page } = await open(t);
  const saved = await downloads(page, 'backup');
  await turnOn(page);
  for (const [name, text] of Object.entries(SIGNATURES)) {
    writeFileSync(`${FOLDER}${name}.jpg`, photoWith(text));
    await keepFile(page, `${FOLDER}${name}.jpg`, name);
  }
  const send = async () => {
    await visit(page, '#/history', '[data-lesions="4"]');
    await tap(page, '[data-export]');
    await page.waitForSelector('.news.exported[data-entries="4"]', WAIT);
    return (await saved.next()).bytes;
  };
  const first = await send();
  const file = save('written', first);
  execFileSync('python3', ['-c', 'import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None', file]);
  /* Sizes stand before each file: no program has to look for its end. */
  assert.equal(first.readUInt16LE(6) & 8, 0);
  assert.ok(first.readUInt32LE(22) > 0);
  const before = photosIn(unzipSync(first));
  for (const text of Object.values(SIGNATURES))
    assert.ok(before.some((photo) => Buffer.from(photo, 'base64').includes(text.repeat(20), 0, 'latin1')));
  await deleteAll(page);
  assert.deepEqual(await counts(page), { entries: 0, lesions: 0, pictures: 0 });
  assert.equal(await bringIn(page, file), null);
  await page.waitForSelector('.news.imported[data-entries="4"]', WAIT);
  assert.deepEqual(photosIn(unzipSync(await send())), before);
});

/** As the first versions wrote them: streamed, with the sizes behind each file. */
function oldArchive(files) {
  const parts = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    parts.push(Buffer.from(data));
  });
  for (const [name, bytes] of Object.entries(files)) {
    const file = name === 'history.json' ? new ZipDeflate(name) : new ZipPassThrough(name);
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(parts);
}

test('exports of the first versions come in whole', async (t) => {
  const { page } = await openHistory(t);
  const saved = await downloads(page, 'old-backup');
  const texts = Object.values(SIGNATURES);
  const files = filesOf(documentOf(4), (name) => photoWith(texts[Number(name.at(-5))]));
  assert.equal(await bringIn(page, save('old', oldArchive(files))), null);
  await page.waitForSelector('[data-lesions="1"] img.thumb', WAIT);
  await tap(page, '[data-export]');
  assert.deepEqual(photosIn(unzipSync((await saved.next()).bytes)), photosIn(files));
});

test('a damaged archive is refused with the names of what is damaged, and nothing of it stays', async (t) => {
  const { page } = await openHistory(t);
  const whole = readFileSync(archiveOf('whole', { photos: 4 }));
  const flipped = (...names) => {
    const bytes = Buffer.from(whole);
    for (const name of names) {
      /* The first time it is named in the document. */
      const at = bytes.indexOf(name, bytes.indexOf(name, 0, 'latin1') + 1, 'latin1');
      bytes[at + name.length + 500] ^= 1;
    }
    return bytes;
  };
  const [first, third] = [0, 2].map((n) => `photos/${idOf('b', n)}.jpg`);
  const twice = (bytes) => Buffer.from(bytes.toString('latin1').replaceAll(idOf('b', 1), idOf('b', 0)), 'latin1');
  const wrongCrc = Buffer.from(whole);
  wrongCrc.writeUInt32LE(1, wrongCrc.indexOf('PK\x01\x02', 0, 'latin1') + 16);
  for (const [name, bytes, said] of [
    ['one bit', flipped(first), [first]],
    ['two files', flipped(first, third), [first, third]],
    ['checksum', wrongCrc, ['history.json']],
    ['twice', twice(whole), ['twice']],
    ...Array.from({ length: 8 }, (_, i) => [`cut at ${i}/8`, whole.subarray(0, (whole.length * i) / 8), []]),
    ['without its end', whole.subarray(0, -10), []],
    ['no archive', Buffer.from('no archive at all'), []],
  ]) {
    const failure = await bringIn(page, save('damaged', bytes));
    assert.equal(failure?.code, 'history-archive', name);
    for (const word of said) assert.ok(failure.detail.includes(word), `${name}: ${failure.detail}`);
    assert.deepEqual(await counts(page), { entries: 0, lesions: 0, pictures: 0 }, name);
  }
  assert.equal(await bringIn(page, save('whole', whole)), null);
});

/** The archive with other sizes in its directory, by the files' names. */
function claiming(bytes, sizes) {
  const spoilt = Buffer.from(bytes);
  for (const [name, size] of Object.entries(sizes)) {
    const at = spoilt.lastIndexOf(name, spoilt.length, 'latin1');
    spoilt.writeUInt32LE(size, at - 46 + 24);
  }
  return spoilt;
}

test('what unpacks to far too much is refused before it does', async (t) => {
  const { page } = await openHistory(t);
  const document = documentOf(1);
  const [photo] = document.entries.map((entry) => entry.photo);
  const zeros = new Uint8Array(16 << 20);
  const many = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`photos/${i}.jpg`, zeros.subarray(0, 1000)]));
  const whole = zipSync({ ...filesOf(document), ...many, [photo]: zeros }, { level: 1 });
  const MIB = 1 << 20;
  for (const [name, sizes, code] of [
    ['one file', { [photo]: 300 * MIB }, 'history-bomb'],
    ['the index', { 'history.json': 65 * MIB }, 'history-bomb'],
    ['many files', Object.fromEntries(Object.keys(many).map((file) => [file, 200 * MIB])), 'history-bomb'],
    ['more than it says', { [photo]: 1000 }, 'history-archive'],
  ]) {
    const failure = await bringIn(page, save('bomb', claiming(whole, sizes)));
    assert.equal(failure?.code, code, name);
    assert.deepEqual(await counts(page), { entries: 0, lesions: 0, pictures: 0 }, name);
  }
});

test('a document that the app could not show is refused by the member that is wrong', async (t) => {
  const { page } = await openHistory(t);
  const entry = (change) => (document) => {
    Object.assign(document.entries[0], change(document.entries[0]));
    return document;
  };
  const lesion = (change) => (document) => {
    Object.assign(document.lesions[0], change);
    return document;
  };
  const answer = (change) => entry(({ answers: [first] }) => ({ answers: [{ ...first, ...change }] }));
  const map = { label: 'nv', width: 2, height: 2, values: [0, 1, 2, 3] };
  for (const [member, change] of [
    ['lesions[0].created', lesion({ created: 9e15 })],
    ['lesions[0].name', lesion({ name: 'x'.repeat(5000) })],
    ['lesions[0].site', lesion({ site: 'moon' })],
    ['entries[0].time', entry(() => ({ time: 9e15 }))],
    ['entries[0].time', entry(() => ({ time: -1 }))],
    ['entries[0].time', entry(() => ({ time: '2026' }))],
    ['entries[0].id', entry(() => ({ id: '../x' }))],
    ['entries[0].id', entry(() => ({ id: '\ud800' }))],
    ['entries[1].id', (document) => ({ ...document, entries: [document.entries[0], document.entries[0]] })],
    ['entries[0].lesion', entry(() => ({ lesion: 'constructor' }))],
    ['entries[0].answers', entry(() => ({ answers: [] }))],
    ['entries[0].region.side', entry(() => ({ region: { x: 0, y: 0, side: 7, quarterTurns: 0 } }))],
    ['entries[0].millimetres', entry(() => ({ millimetres: 1e9 }))],
    ['answers[0].time', answer({ time: 8.64e15 })],
    ['answers[0].views', answer({ views: 0.5 })],
    ['answers[0].decisions', answer({ decisions: {} })],
    [
      'decisions.data.order[0]',
      answer({ decisions: { data: { ...documentOf(1).entries[0].answers[0].decisions.data, order: ['toString'] } } }),
    ],
    ['answers[0].map.width', answer({ map: { ...map, width: 1.5 } })],
    ['answers[0].map.values', answer({ map: { ...map, values: [1] } })],
  ]) {
    const failure = await bringIn(page, archiveOf('wrong', { photos: 2, change }));
    assert.equal(failure?.code, 'history-archive', member);
    assert.ok(failure.detail.includes(member), `${member}: ${failure.detail}`);
  }
  assert.deepEqual(await counts(page), { entries: 0, lesions: 0, pictures: 0 });
  assert.equal(await bringIn(page, archiveOf('right', { change: answer({ map }) })), null);
  await page.reload();
  await ready(page);
  await page.waitForSelector('[data-lesions="1"] img.thumb', WAIT);
});

test('two presses are one export; what is exported is told', async (t) => {
  const { page } = await openHistory(t);
  await bringIn(page, archiveOf('twice', { photos: 3 }));
  await page.waitForSelector('[data-export]', WAIT);
  const files = await page.evaluate(async () => {
    let made = 0;
    const { createObjectURL } = URL;
    URL.createObjectURL = (file) => {
      if (file.type === 'application/zip') made++;
      return createObjectURL(file);
    };
    const button = document.querySelector('[data-export]');
    button.click();
    button.click();
    const wait = (done) => new Promise((resolve) => setTimeout(() => (done() ? resolve() : resolve(wait(done))), 50));
    await wait(() => document.querySelector('.news.exported'));
    return made;
  });
  assert.equal(files, 1);
});

/** Hold a lock of the app's in another page of the site until the function that this gives is called. */
async function hold(context, site, suffix) {
  const other = await context.newPage();
  await other.goto(`${site.url}/licences.json`);
  await other.evaluate(
    (end) =>
      new Promise((held) => {
        const wanted = `lentigo-history:${new URL('./', location.href).pathname}${end}`;
        navigator.locks.request(wanted, () => {
          held();
          return new Promise((release) => {
            window.release = release;
          });
        });
      }),
    suffix,
  );
  return () => other.evaluate(() => window.release());
}

test('an import waits for a sweep of left pictures that is under way, and does not take it for another tab', async (t) => {
  const { page, site, context } = await openHistory(t);
  const release = await hold(context, site, '');
  await page.bringToFront();
  const done = bringIn(page, archiveOf('sweep', { photos: 3 }));
  await page.waitForSelector('.tools .progress', WAIT);
  await release();
  assert.equal(await done, null);
  assert.deepEqual(await counts(page), { entries: 3, lesions: 1, pictures: 6 });
});

test('an import while another tab imports is refused at once, and works once that has ended', async (t) => {
  const { page, site, context } = await openHistory(t);
  const release = await hold(context, site, ':import');
  await page.bringToFront();
  const file = archiveOf('elsewhere', { photos: 3 });
  assert.equal((await bringIn(page, file)).code, 'history-elsewhere');
  await release();
  assert.equal(await bringIn(page, file), null);
  assert.equal((await counts(page)).entries, 3);
});

/** Sizes of the archives in the browser's private file system. */
const archivesOf = (page) =>
  page.evaluate(async () => {
    const sizes = [];
    for await (const [name, folder] of (await navigator.storage.getDirectory()).entries())
      if (name.startsWith('lentigo-archives'))
        for await (const file of folder.values()) sizes.push((await file.getFile()).size);
    return sizes;
  });

async function exported(page, saved, entries) {
  await tap(page, '[data-export]');
  await page.waitForSelector(`.news.exported[data-entries="${entries}"]`, WAIT);
  return (await saved.next()).bytes;
}

test('a backup is written to the disk, not to memory, and goes with everything else', async (t) => {
  const { page } = await openHistory(t);
  const saved = await downloads(page, 'disk');
  assert.equal(await bringIn(page, archiveOf('disk', { photos: 3 })), null);
  const bytes = await exported(page, saved, 3);
  assert.deepEqual(await archivesOf(page), [bytes.length]);
  await deleteAll(page);
  assert.deepEqual(await archivesOf(page), []);
});

test('a backup becomes one in memory where the browser has no files, or no room for one', async (t) => {
  const broken = {
    none: () => delete FileSystemFileHandle.prototype.createWritable,
    refused: () => {
      navigator.storage.getDirectory = () => Promise.reject(new DOMException('private', 'SecurityError'));
    },
    full: () => {
      FileSystemWritableFileStream.prototype.write = () =>
        Promise.reject(new DOMException('full', 'QuotaExceededError'));
    },
  };
  for (const [name, spoil] of Object.entries(broken)) {
    const prepare = (page) => page.evaluateOnNewDocument(spoil);
    const { page } = await open(t, undefined, { path: '/#/history', prepare });
    const saved = await downloads(page, `disk-${name}`);
    assert.equal(await bringIn(page, archiveOf('disk', { photos: 3 })), null);
    assert.equal(photosIn(unzipSync(await exported(page, saved, 3))).length, 3, name);
    if (name === 'full') assert.deepEqual(await archivesOf(page), []);
  }
});
