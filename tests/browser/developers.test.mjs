/* The pages for developers: the component at work under the site's own policy, and the reference of the package. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  assertAccessible,
  DIST,
  looking,
  offlineReady,
  open,
  SAMPLE,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

const demo = (page) => page.waitForSelector('#demo:defined', WAIT);
const inElement = (page, read) => page.$eval('#demo', read);

/** Wait until what the element shows holds `words`; gives all of it. */
const shows = (page, words) =>
  until(async () => {
    const text = await inElement(page, ({ shadowRoot }) => shadowRoot.querySelector('.frame').textContent);
    return words.test(text) && text;
  }, words);

/** What goes wrong in a page, of which its policy tells, too. */
function listen(page) {
  const wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  return wrong;
}

test('the component answers, is driven by keyboard, speaks the page’s language, and says what it is not', async (t) => {
  const { page } = await open(t, DIST, { path: '/developers/demo.html', reached: demo, prepare: looking({}) });
  const wrong = listen(page);
  await shows(page, /Not a diagnosis, not a medical device/);
  await assertAccessible(page, 'empty');

  /* By keyboard alone: to the button, which opens the browser's own choice of files. */
  const [chooser] = await Promise.all([
    page.waitForFileChooser(WAIT),
    inElement(page, (element) => element.focus()).then(() => page.keyboard.press('Enter')),
  ]);
  await chooser.accept([SAMPLE]);
  const events = () => page.$$eval('#events li', (lines) => lines.map(({ textContent }) => textContent));
  await until(async () => (await events()).includes('lentigo-result'), 'a result');
  /* The engine was started as the button was pressed: it may be ready before the photo is chosen. */
  assert.deepEqual((await events()).toSorted(), ['lentigo-ready', 'lentigo-result', 'lentigo-start']);
  const result = await inElement(page, (element) => element.result);
  assert.equal(result.label, JSON.parse(await page.$eval('#result', ({ textContent }) => textContent)).label);
  /* Drawings are strange to the model: first that, and a class when asked for, with the focus on it. */
  assert.equal(result.not_a_lesion || result.quality.faults.length > 0, true);
  await shows(page, /Show the result anyway/);
  await assertAccessible(page, 'doubt');
  await inElement(page, ({ shadowRoot }) => shadowRoot.querySelector('[part~=show]').click());
  await shows(page, /How closely|Malignant kinds combined/);
  assert.equal(await inElement(page, ({ shadowRoot }) => shadowRoot.activeElement?.tagName), 'H2');
  assert.equal(await inElement(page, ({ shadowRoot }) => shadowRoot.querySelectorAll('[part=bar]').length), 7);
  await assertAccessible(page, 'answer');

  await page.select('select[name=language]', 'ar');
  await shows(page, /ليست تشخيصًا وليست جهازًا طبيًا/);
  assert.equal(await inElement(page, ({ shadowRoot }) => shadowRoot.querySelector('.frame').dir), 'rtl');
  await assertAccessible(page, 'Arabic');
  await page.select('select[name=language]', 'en');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await assertAccessible(page, 'dark');

  /* What is no photo is said, and told as an event; null empties it. */
  await inElement(page, (element) => {
    element.photo = new Blob(['no photo']);
  });
  await shows(page, /cannot read this file as a picture/);
  assert.equal((await events()).at(-1), 'lentigo-error: not-a-picture');
  await inElement(page, (element) => {
    element.photo = null;
  });
  await shows(page, /The photo will be shown here/);
  assert.deepEqual(wrong, []);
});

test('the reference names all that is exported, and can be read by everybody', async (t) => {
  const { page } = await open(t, DIST, {
    path: '/developers/api.html',
    reached: (one) => one.waitForSelector('#reference', WAIT),
    prepare: looking({}),
  });
  for (const name of ['Lentigo', 'ClassifyOptions', 'Result', 'LentigoClassifierElement', 'LentigoError'])
    assert.ok(await page.$(`section[aria-labelledby="${name}"] pre`), `${name} is not in the reference`);
  assert.match(await page.$eval('main', ({ textContent }) => textContent), /not a medical device/);
  await assertAccessible(page, 'reference');
});

test('under the site’s policy, after the app was kept, the component works', async (t) => {
  const { page } = await open(t, DIST, { headers: true });
  await offlineReady(page);
  const wrong = listen(page);
  await page.goto(new URL('developers/demo.html', page.url()).href);
  await demo(page);
  const { logits } = await inElement(page, async (element) => {
    const photo = await (await fetch('../samples/even.jpg')).blob();
    return element.classify(photo);
  });
  assert.equal(logits.length, 7);
  assert.deepEqual(wrong, []);
});

test('nothing of them is fetched before somebody opens them', async (t) => {
  const { site, page } = await open(t);
  await offlineReady(page);
  assert.deepEqual(
    site.asked.filter((line) => line.includes('developers')),
    [],
  );
  assert.ok(!readFileSync(`${DIST}/index.html`, 'utf8').includes('developers/'));
});
