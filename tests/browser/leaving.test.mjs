/* What a share, an update, leaving and Back do to what is on the screen and under way. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  DIST,
  FOLDER,
  focused,
  offlineReady,
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
import { ROOT } from '../support/fixtures.mjs';

withBrowser();

const OTHER = `${ROOT}build/samples/red.jpg`;

const rows = (page, count) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll('.batch-row[data-phase=done]').length === wanted,
    WAIT,
    count,
  );

async function fillBatch(page, files) {
  await visit(page, '#/batch', 'input[name=files]');
  await (await page.$('input[name=files]')).uploadFile(...files);
  await rows(page, files.length);
}

/** Note each question of the browser, and answer it. */
function answerQuestions(page, leave) {
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (leave ? dialog.accept() : dialog.dismiss());
  });
  return asked;
}

const shares = (page) => page.$$eval('.bar-number', (all) => all.map(({ textContent }) => textContent));

test('leaving asks with an unsaved table, not without, and not once it is saved', async (t) => {
  const { page, site } = await open(t);
  const asked = answerQuestions(page, true);
  await choose(page, SAMPLE);
  await answered(page);
  await page.reload();
  await ready(page);
  assert.deepEqual(asked, []);
  await fillBatch(page, [SAMPLE, OTHER]);
  await page.reload();
  await ready(page);
  assert.deepEqual(asked, ['beforeunload']);
  await fillBatch(page, [SAMPLE]);
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: FOLDER,
    browserContextId: page.browserContext().id,
  });
  await tap(page, '.batch-csv');
  await page.goto(`${site.url}/?again`);
  await ready(page);
  assert.deepEqual(asked, ['beforeunload']);
});

test('a half-typed note asks, and is there again after a look at another screen', async (t) => {
  const { page } = await open(t);
  const asked = answerQuestions(page, true);
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await answered(page);
  await openSaveForm(page);
  await page.type('.save-form textarea', 'since spring');
  await visit(page, '#/settings', '.settings');
  await page.goBack();
  await page.waitForSelector('.save-form', WAIT);
  assert.equal(await page.$eval('.save-form textarea', ({ value }) => value), 'since spring');
  await page.type('.save-form textarea', ', larger');
  await page.reload();
  await ready(page);
  assert.deepEqual(asked, ['beforeunload']);
});

/**
 * Send a share to the page at hand, as a phone does that has the app open: it replaces what is there. By a click, since
 * a script alone cannot lead the page away.
 */
async function shareInto(page, file) {
  await page.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { action: './share', method: 'post', enctype: 'multipart/form-data', id: 'sharing' });
    const photos = Object.assign(document.createElement('input'), { type: 'file', name: 'photos' });
    form.append(photos, document.createElement('button'));
    form.style.cssText = 'position: fixed; inset: 0; z-index: 99; background: #fff';
    document.body.append(form);
  });
  await (await page.$('#sharing input')).uploadFile(file);
  await page.click('#sharing button');
}

test('a share into the page with a table neither replaces it nor is lost', async (t) => {
  const { page, site } = await open(t, DIST, { prepare: (fresh) => fresh.setBypassCSP(true) });
  answerQuestions(page, true);
  await offlineReady(page);
  await page.reload();
  await ready(page);
  await fillBatch(page, [SAMPLE, OTHER]);
  await page.evaluate(() => {
    globalThis.same = true;
  });
  await shareInto(page, OTHER);
  await page.waitForSelector('.main[data-screen=check][data-job=done]', WAIT);
  assert.ok(await page.evaluate(() => globalThis.same));
  await page.$eval('#sharing', (form) => form.remove());
  await visit(page, '#/batch', '.batch');
  await rows(page, 2);
  assert.ok(!site.asked.some((request) => request.startsWith('POST')));
});

test('without work a share into the page is taken as ever', async (t) => {
  const { page } = await open(t, DIST, { prepare: (fresh) => fresh.setBypassCSP(true) });
  const asked = answerQuestions(page, true);
  await offlineReady(page);
  await page.reload();
  await ready(page);
  const gone = page.waitForNavigation(WAIT);
  await shareInto(page, OTHER);
  await gone;
  await page.waitForSelector('.main[data-screen=check][data-job=done]', WAIT);
  assert.deepEqual(asked, []);
});

test('files that the installed app is opened with join what is under way', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        Object.defineProperty(window, 'launchQueue', {
          value: {
            setConsumer: (consumer) => {
              globalThis.launch = consumer;
            },
          },
        });
      }),
  });
  await fillBatch(page, [SAMPLE, OTHER]);
  const launch = (count) =>
    page.evaluate(async (wanted) => {
      const photo = await (await fetch('samples/waxy.jpg')).blob();
      const handle = { getFile: async () => new File([photo], 'waxy.jpg', { type: 'image/jpeg' }) };
      globalThis.launch({ files: Array(wanted).fill(handle), targetURL: location.origin });
    }, count);
  await launch(2);
  await rows(page, 4);
  await launch(1);
  await page.waitForSelector('.main[data-screen=check][data-job=done]', WAIT);
  await page.evaluate(() => globalThis.launch({ files: [], targetURL: `${location.origin}/#/batch` }));
  await page.waitForSelector('.batch', WAIT);
  await rows(page, 4);
});

test('the app in front is brought a photo, not loaded anew', () => {
  const { launch_handler: handler } = JSON.parse(readFileSync(`${DIST}/manifest.webmanifest`, 'utf8'));
  assert.equal(handler.client_mode[0], 'focus-existing');
});

async function waitingUpdate(page, folder) {
  writeFileSync(`${folder}/sw.js`, `${readFileSync(`${folder}/sw.js`, 'utf8')}\n/* newer */`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForSelector('.update', WAIT);
}

test('a newer app takes photo, square, answer and table along, and asks nothing', async (t) => {
  const folder = copySite('update-with-work');
  const { page } = await open(t, folder);
  const asked = answerQuestions(page, true);
  await offlineReady(page);
  await fillBatch(page, [SAMPLE, OTHER]);
  await visit(page, '#/', 'input[name=file]');
  await choose(page, SAMPLE);
  await answered(page);
  await tap(page, '.stage-crop');
  await tap(page, '.crop-right');
  await tap(page, '.crop-done');
  await answered(page);
  const before = await shares(page);
  await waitingUpdate(page, folder);
  await Promise.all([page.waitForNavigation(WAIT), tap(page, '.update [data-reload]')]);
  await page.waitForSelector('[data-job=done] .answer[data-gated=false]', WAIT);
  assert.deepEqual(await shares(page), before);
  assert.equal(await page.$('.update'), null);
  await visit(page, '#/batch', '.batch');
  await rows(page, 2);
  assert.deepEqual(asked, []);
});

test('the bar can be put off, covers nothing, and the settings go on telling of it', async (t) => {
  const folder = copySite('update-later');
  const { page } = await open(t, folder);
  await page.setViewport({ width: 360, height: 640 });
  await offlineReady(page);
  await choose(page, SAMPLE);
  await answered(page);
  await waitingUpdate(page, folder);
  const covered = await page.evaluate(() => {
    const bar = document.querySelector('.update');
    const { position } = getComputedStyle(bar);
    return position === 'fixed' || position === 'sticky' || position === 'absolute';
  });
  assert.equal(covered, false);
  await tap(page, '.update [data-later]');
  await until(async () => (await page.$('.update')) === null, 'a page without the bar');
  assert.ok(await page.$('.answer'));
  await visit(page, '#/settings', '.settings [data-reload]');
  assert.match(await text(page, '.settings'), /new version of the app/);
});

test('what cannot be taken along is said before the page is loaded anew', async (t) => {
  const folder = copySite('update-blocked');
  const { page } = await open(t, folder);
  await offlineReady(page);
  await choose(page, SAMPLE);
  await answered(page);
  await waitingUpdate(page, folder);
  await page.evaluate(() => {
    const post = ServiceWorker.prototype.postMessage;
    ServiceWorker.prototype.postMessage = function (message, ...rest) {
      if (!message?.handOver) post.call(this, message, ...rest);
    };
  });
  await tap(page, '.update [data-reload]');
  await page.waitForFunction(
    () => /would be lost in the new version/.test(document.querySelector('.update').textContent),
    WAIT,
  );
  assert.ok(await page.$('.answer'));
});

test('Back leads to the place on the page, and to the link that was followed', async (t) => {
  const { page } = await open(t);
  await page.setViewport({ width: 360, height: 500 });
  /* The line that says so comes above what is on the screen. */
  await offlineReady(page);
  await choose(page, SAMPLE);
  await answered(page);
  await page.$eval('.bar[data-label=nv] .bar-link', (link) => link.scrollIntoView({ block: 'center' }));
  /* A click by the browser's own tools may move the page once more. */
  await page.evaluate(() => {
    document.addEventListener('click', () => Object.assign(globalThis, { place: window.scrollY }), { capture: true });
  });
  await page.click('.bar[data-label=nv] .bar-link');
  const place = await page.evaluate(() => globalThis.place);
  assert.ok(place > 200);
  await page.waitForFunction(() => document.querySelector('.main').dataset.screen === 'lesson', WAIT);
  await until(() => page.evaluate(() => window.scrollY === 0), 'the top of the new screen');
  await page.goBack();
  await page.waitForSelector('.answer', WAIT);
  await until(() => page.evaluate((wanted) => Math.abs(window.scrollY - wanted) < 5, place), 'the place where one was');
  await focused(page, '[href="#/lesson/nv"]');
});

test('the order of a table is as it was after a look at one of its photos', async (t) => {
  const { page } = await open(t);
  await fillBatch(page, [SAMPLE, OTHER]);
  await page.select('select[name=order]', 'malignant');
  await tap(page, '.batch-name');
  await page.waitForSelector('.main[data-screen=check][data-job=done]', WAIT);
  await page.goBack();
  await page.waitForSelector('.batch', WAIT);
  assert.equal(await page.$eval('select[name=order]', ({ value }) => value), 'malignant');
});
