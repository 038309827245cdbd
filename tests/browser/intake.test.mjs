/* Photos from outside of the page: dropped, pasted, opened with the app, shared from other apps. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  DIST,
  offlineReady,
  open,
  ready,
  SAMPLE,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { serve } from '../support/site.mjs';

withBrowser();

const OTHER = `${ROOT}build/samples/red.jpg`;

/** Drop or paste: `parts` are { file: sample's name }, { text } or { link }. */
const hand = (page, type, parts) =>
  page.evaluate(
    async (name, list) => {
      const data = new DataTransfer();
      for (const { file, text, link } of list) {
        if (text) data.setData('text/plain', text);
        if (link) data.setData('text/uri-list', link);
        if (!file) continue;
        const photo = await (await fetch(`samples/${file}.jpg`)).blob();
        data.items.add(new File([photo], `${file}.jpg`, { type: 'image/jpeg' }));
      }
      const Event = name === 'paste' ? ClipboardEvent : DragEvent;
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(
        new Event(name, { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data }),
      );
    },
    type,
    parts,
  );

const refused = (page, fault) => page.waitForSelector(`.notice[data-fault=${fault}]`, WAIT);
const rows = (page, count) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll('.batch-row[data-phase=done]').length === wanted,
    WAIT,
    count,
  );

for (const [what, parts, fault] of [
  ['a dropped link', [{ link: 'https://example.org/a.jpg' }], 'link'],
  ['a dropped text', [{ text: 'a spot' }], 'text'],
])
  test(`${what} is refused in words`, async (t) => {
    const { page } = await open(t);
    await hand(page, 'drop', parts);
    await refused(page, fault);
  });

test('a dropped folder is refused in words', async (t) => {
  const { page } = await open(t);
  /* A real folder, by the browser's own drag and drop. */
  const client = await page.createCDPSession();
  const data = { items: [], files: [`${ROOT}build/samples`], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await client.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data });
  await refused(page, 'folder');
});

test('real files dropped from outside are taken, several as a batch', async (t) => {
  const { page } = await open(t);
  const client = await page.createCDPSession();
  const data = { items: [], files: [SAMPLE, OTHER], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await client.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data });
  await rows(page, 2);
});

test('one dropped and one pasted photo are looked at, from every screen', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/settings' });
  await hand(page, 'drop', [{ file: 'pale' }]);
  await answered(page);
  await page.goto(`${page.url().split('#')[0]}#/privacy`);
  await page.waitForSelector('.privacy', WAIT);
  await hand(page, 'paste', [{ file: 'red' }]);
  await answered(page);
});

test('what is pasted into a field stays there', async (t) => {
  const { page } = await open(t);
  await page.evaluate(() => {
    document.querySelector('main').append(Object.assign(document.createElement('textarea'), { id: 'note' }));
    document.querySelector('#note').focus();
  });
  await hand(page, 'paste', [{ text: 'a note' }]);
  assert.equal(await page.$('.notice'), null);
});

test('several chosen files make a batch', async (t) => {
  const { page } = await open(t);
  await choose(page, SAMPLE, OTHER);
  await rows(page, 2);
});

test('files the installed app is opened with are taken', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        /* The queue of a browser that has installed the app. */
        const handle = { getFile: async () => new File([await (await fetch('samples/waxy.jpg')).blob()], 'waxy.jpg') };
        Object.defineProperty(window, 'launchQueue', {
          value: { setConsumer: (consumer) => consumer({ files: [handle] }) },
        });
      }),
  });
  await answered(page);
});

test('a file that is gone by then is told of', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        const handle = { getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
        Object.defineProperty(window, 'launchQueue', {
          value: { setConsumer: (consumer) => consumer({ files: [handle] }) },
        });
      }),
  });
  await refused(page, 'file-gone');
});

// ---- shared from another app: a real POST, as the browser sends it for `share_target` ----

const { share_target: target } = JSON.parse(readFileSync(`${DIST}/manifest.webmanifest`, 'utf8'));
const { action, enctype, method, params } = target;

/** From a page elsewhere, send the manifest's form with `files` to the app's site. */
async function share(t, { page, site }, files) {
  await offlineReady(page);
  const form = `<!doctype html><form action="${new URL(action, `${site.url}/`)}" method="${method}" enctype="${enctype}">
    <input type="file" multiple name="${params.files[0].name}"><button>share</button></form>`;
  const elsewhere = await serve(ROOT, { '/form.html': form });
  t.after(() => elsewhere.close());
  const before = site.asked.length;
  await page.goto(`${elsewhere.url}/form.html`);
  if (files.length > 0) await (await page.$('input')).uploadFile(...files);
  await Promise.all([page.waitForNavigation(WAIT), page.click('button')]);
  await ready(page);
  return () => site.asked.slice(before);
}

const posts = (asked) => asked.filter((request) => !request.startsWith('GET') || request.includes('share'));

for (const offline of [false, true])
  test(`a shared photo is looked at, and the host never sees it${offline ? ', nor is it needed' : ''}`, async (t) => {
    const visitor = await open(t);
    await offlineReady(visitor.page);
    if (offline) await visitor.site.close();
    const asked = await share(t, visitor, [SAMPLE]);
    await answered(visitor.page);
    assert.deepEqual(posts(asked()), []);
    assert.equal(new URL(visitor.page.url()).pathname, '/');
    const kept = await visitor.page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
      return found;
    });
    assert.ok(kept.length > 5 && !kept.some((path) => path.includes('share')));
    /* It is handed over once. */
    await visitor.page.reload();
    await ready(visitor.page);
    assert.equal(await visitor.page.$('.answer'), null);
  });

test('several shared photos make a batch', async (t) => {
  const visitor = await open(t);
  const asked = await share(t, visitor, [SAMPLE, OTHER]);
  await rows(visitor.page, 2);
  assert.deepEqual(posts(asked()), []);
});

test('a share without a photo is told of', async (t) => {
  const visitor = await open(t);
  const asked = await share(t, visitor, []);
  await refused(visitor.page, 'nothing-shared');
  assert.deepEqual(posts(asked()), []);
});

test('every way the manifest names leads to a screen of the app', async (t) => {
  const { page, site } = await open(t);
  const manifest = JSON.parse(readFileSync(`${DIST}/manifest.webmanifest`, 'utf8'));
  assert.deepEqual(manifest.file_handlers[0].action, manifest.start_url);
  const client = await page.createCDPSession();
  const { errors } = await client.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  for (const { url } of manifest.shortcuts) {
    await page.goto(new URL(url, `${site.url}/`).href);
    const screen = url.split('/').at(-1);
    await until(() => page.$(`.${screen}`), `the screen ${screen}`);
  }
});
