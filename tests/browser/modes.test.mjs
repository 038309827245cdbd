/* For everyone: zoom, large text, forced colours, less motion, keyboard alone; and the size of it all. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { answered, assertFits, DIST, open, tap, visit, WAIT, withBrowser } from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';

withBrowser();

const SCREENS = [
  ['#/', '.check'],
  ['#/history', '.history'],
  ['#/lesson', '.cards'],
  ['#/lesson/akiec', '[data-lesson]'],
  ['#/settings', '.settings'],
  ['#/model', '.model-page'],
  ['#/privacy', 'main[data-screen=privacy] h2'],
  ['#/batch', 'main[data-screen=batch] h2'],
  ['#/evaluate', '.evaluate'],
  ['#/camera', 'main[data-screen=camera] .button'],
];

test('at 400 % of a desktop window nothing is cut off, and the bar does not cover what is read', async (t) => {
  const { page } = await open(t);
  await page.setViewport({ width: 320, height: 256 });
  for (const [address, shown] of SCREENS) {
    await visit(page, address, shown);
    await assertFits(page, 320, address);
  }
  assert.equal(await page.$eval('.nav', (nav) => getComputedStyle(nav).position), 'static');
});

/** Words of labels that begin on one line and end on another. */
const brokenWords = (page) =>
  page.evaluate(() => {
    const labels = document.querySelectorAll('.nav-way, .button, .tag, .field-name, summary, th, .batch-row td');
    const broken = [];
    for (const label of labels) {
      const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const { 0: word, index } of node.data.matchAll(/\p{L}+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) broken.push(word);
        }
    }
    return broken;
  });

test('no label breaks inside a word, in German, on a phone and at 400 %', async (t) => {
  const { page } = await open(t, undefined, { path: '/#/settings' });
  await page.waitForSelector('select[name=language]', WAIT);
  await page.select('select[name=language]', 'de');
  await page.waitForSelector('html[lang=de]', WAIT);
  await visit(page, '#/batch', '.batch');
  const photos = ['ISIC_0025971', 'ISIC_0027008'].map((id) => `${ROOT}web/samples/${id}.jpg`);
  await (await page.$('input[name=files]')).uploadFile(...photos);
  await page.waitForSelector('.batch-row:nth-child(2)[data-phase=done]', WAIT);
  for (const width of [390, 320]) {
    await page.setViewport({ width, height: 844 });
    for (const [address, shown] of SCREENS) {
      await visit(page, address, shown);
      assert.deepEqual(await brokenWords(page), [], `${address} at ${width}`);
      await assertFits(page, width, address);
    }
  }
  /* The longest of all words are those of kinds, side by side. */
  await visit(page, '#/', '[data-sample=ISIC_0025971]');
  await tap(page, '[data-sample=ISIC_0025971]');
  await answered(page);
  await tap(page, '.similar-open');
  await page.waitForSelector('.similar-lesion', WAIT);
  await assertFits(page, 320, 'similar pictures');
});

test('with text twice as large nothing is cut off', async (t) => {
  const { page } = await open(t);
  await page.setViewport({ width: 640, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  for (const [address, shown] of SCREENS) {
    await visit(page, address, shown);
    await assertFits(page, 640, address);
  }
});

test('in forced colours bars, gauge and progress are still seen', async (t) => {
  const { page } = await open(t);
  const client = await page.createCDPSession();
  await client.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  await tap(page, '[data-sample=many]');
  await answered(page);
  const differ = (fill, track) =>
    page.evaluate(
      (inner, outer) => {
        const colour = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor;
        return colour(inner) !== colour(outer);
      },
      fill,
      track,
    );
  assert.ok(await differ('.bar-fill', '.bar-track'));
  assert.ok(await differ('.gauge-fill', '.gauge'));
});

test('where less motion is wanted nothing moves', async (t) => {
  const { page } = await open(t);
  const moving = () =>
    page.evaluate(() => {
      const track = document.createElement('div');
      track.className = 'progress-moving';
      const fill = document.createElement('span');
      fill.className = 'progress-fill';
      track.append(fill);
      document.body.append(track);
      const { animationName } = getComputedStyle(fill);
      track.remove();
      return animationName;
    });
  assert.notEqual(await moving(), 'none');
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  assert.equal(await moving(), 'none');
});

/** Press Tab until the focus is on `selector`; on the way nothing focused may lie under something else. */
async function tabTo(page, selector) {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const { there, covered } = await page.evaluate((wanted) => {
      const { activeElement: focused } = document;
      const { left, top, width, height } = focused.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      const hit =
        seen && (focused.contains(seen) || seen.contains(focused) || seen.closest('label')?.contains(focused));
      /* The body has it where the round of the page begins anew. */
      const free = hit || width === 0 || focused === document.body;
      return { there: focused.matches(wanted), covered: free ? null : focused.outerHTML };
    }, selector);
    assert.equal(covered, null, 'the focus is covered');
    if (there) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

test('on a phone’s screen the keyboard alone leads through the app', async (t) => {
  const { page } = await open(t);
  await page.setViewport({ width: 390, height: 844 });
  await tabTo(page, '[data-sample=many]');
  await page.keyboard.press('Enter');
  await answered(page);
  await tabTo(page, '.bar-link');
  await tabTo(page, '.map-toggle');
  await page.keyboard.press('Space');
  await page.waitForSelector('.map-overlay', WAIT);
  await tabTo(page, '.more-views-start');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.more-views[data-views="8"]:not(:has(.progress))', WAIT);
  await tabTo(page, '.report-way');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-print]', WAIT);
  await tabTo(page, '[data-print]');
});

/** Bytes of a file of the site as a host sends it. */
const compressed = (name) => brotliCompressSync(readFileSync(`${DIST}/${name}`)).length;

/** Any mention of another script, and the imports that are there from the beginning. */
const [MENTIONED, IMPORTED] = [/["'`]\.\/([\w-]+\.js)["'`]/g, /(?:from|import)["'`]\.\/([\w-]+\.js)["'`]/g];

/** Scripts that those of `names` fetch, sooner or later, but by way of `without`. */
function reached(names, without = () => false, how = MENTIONED) {
  const found = new Set();
  const follow = (name) => {
    if (found.has(name) || without(name)) return;
    found.add(name);
    const script = readFileSync(`${DIST}/assets/${name}`, 'utf8');
    for (const [, next] of script.matchAll(how)) follow(next);
  };
  for (const name of names) follow(name);
  return found;
}

/** What is fetched for nothing else but the scripts whose names begin so. */
function ofThese(assets, these) {
  const begins = (name) => /^(main|worker)-/.test(name);
  const isOfThese = (name) => these.test(name);
  const others = reached(assets.filter(begins), isOfThese);
  return [...reached(assets.filter(isOfThese))].filter((name) => !others.has(name));
}

/** Writing and reading archives, backups or pictures to measure. */
const ARCHIVES = /^(archive|zip)-/;
/** Looking for newer models and bringing them in, and Ed25519 for browsers without it. */
const UPDATES = /^(updates|ed25519)-/;

/** Models of the person's own: opening them, and what their answers look like. */
const OWN_MODELS = /^(brought|own-model|general-answer)-/;

test('page, styles and scripts of all screens without the engine are at most 138 KiB, what few fetch apart', () => {
  const assets = readdirSync(`${DIST}/assets`).filter(
    (name) => /\.(js|css)$/.test(name) && !name.startsWith('lentigo-'),
  );
  /* Of the languages a person fetches English and at most one other. */
  const [languages, shell] = [/^(de|es|fr|pt|zh|ar)-/].flatMap((one) => [
    assets.filter((name) => one.test(name)),
    assets.filter((name) => !one.test(name)),
  ]);
  const largest = languages.map((name) => compressed(`assets/${name}`)).sort((a, b) => b - a);
  const sum = ['index.html', ...shell.map((name) => `assets/${name}`)].reduce(
    (bytes, name) => bytes + compressed(name),
    0,
  );
  const scripts = assets.filter((name) => name.endsWith('.js'));
  const [archives, updates, own] = [ARCHIVES, UPDATES, OWN_MODELS].map((these) =>
    ofThese(scripts, these)
      .filter((name) => scripts.includes(name))
      .reduce((bytes, name) => bytes + compressed(`assets/${name}`), 0),
  );
  const total = sum + largest[0] + largest[1] - archives - updates - own;
  assert.ok(total <= 138 * 1024, `${total} bytes`);
  assert.ok(archives <= 40 * 1024, `${archives} bytes for archives`);
  assert.ok(updates > 4 * 1024 && updates <= 10 * 1024, `${updates} bytes for updates`);
  assert.ok(own > 2 * 1024 && own <= 7 * 1024, `${own} bytes for models of one's own`);
});

test('up to the first answer nothing is fetched twice', async (t) => {
  /* It fetches for later what there is, and once the engine is up. */
  const noServiceWorker = (path, response) => path === '/sw.js' && Boolean(response.writeHead(404).end());
  const { site, page } = await open(t, DIST, { odd: noServiceWorker });
  await tap(page, '[data-sample=many]');
  await answered(page);
  assert.ok(site.asked.some((address) => address.endsWith('.tflite')));
  assert.deepEqual(site.asked, [...new Set(site.asked)]);
});

test('scripts and engine that the first answer takes are at most 165 KiB', () => {
  const assets = readdirSync(`${DIST}/assets`);
  const begins = assets.filter((name) => /^(main|worker)-.*\.js$/.test(name));
  const first = reached(begins, () => false, IMPORTED);
  const engine = assets.filter((name) => /^lentigo-relaxed-.*\.(js|wasm)$/.test(name));
  assert.equal(engine.length, 2);
  const sum = [...first, ...engine].reduce((bytes, name) => bytes + compressed(`assets/${name}`), 0);
  assert.ok(sum > 100 * 1024 && sum <= 165 * 1024, `${sum} bytes`);
});
