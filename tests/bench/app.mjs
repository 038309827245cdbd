/*
 * The figures of the built app as a person meets it, on a phone's screen: what the browser fetches for the first
 * answer, when the first screen can be used, and how long the page is busy in one piece while a photo is
 * classified. A slower processor is Chromium's emulation: it slows the page's thread, not the engine's worker.
 */
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { ROOT } from '../support/fixtures.mjs';
import { serve } from '../support/site.mjs';
import { kib, median, ms, print } from './print.mjs';

const COLD_LOADS = 5;
const FIRST_PHOTOS = 3;
const SLOWDOWN = 4;
const SCREEN = { width: 412, height: 823, deviceScaleFactor: 1.75 };
const WAIT = { timeout: 60_000 };
/** Ms from which on the browser tells of a task. */
const LONG = 50;
/** Ms after which the page has drawn what it had to, and the browser has told of its last long task. */
const SETTLED = 700;

const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLED));

/** Runs in the page before its own scripts: `longTasks` will hold { start, length } in ms. */
function noteLongTasks() {
  window.longTasks = [];
  const note = ({ startTime, duration }) => window.longTasks.push({ start: startTime, length: duration });
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'longtask', buffered: true });
}

/** With nothing kept from before. `prepare` gets the page before anything is loaded. */
async function openCold(browser, url, slowdown, prepare = () => undefined) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(SCREEN);
  await page.emulateCPUThrottling(slowdown);
  await page.evaluateOnNewDocument(noteLongTasks);
  prepare(page);
  await page.goto(url);
  await page.waitForSelector('[data-engine=ready]', WAIT);
  return page;
}

/** Choose the file, and ask to see the answer where the photo is one that the model thinks strange. */
async function classify(page, file) {
  const input = await page.$('input[name=file]');
  await input.uploadFile(file);
  await page.waitForSelector('[data-job=done] .answer', WAIT);
  if (await page.$('.answer[data-gated=true]')) await page.$eval('.gate-show', (button) => button.click());
  await page.waitForSelector('.answer[data-gated=false]', WAIT);
}

// ---- what is fetched ----

/** Paths of what was fetched: `shell` by the page until the engine is up, `page` and `worker` until an answer. */
async function fetchedForAnswer(browser, url, photo) {
  const fetched = { page: new Set(), worker: new Set() };
  /* A worker's requests belong to no frame. The service worker, which fetches all there is, is not heard here. */
  const note = (request) => fetched[request.frame() ? 'page' : 'worker'].add(new URL(request.url()).pathname);
  const page = await openCold(browser, url, 1, (fresh) => fresh.on('request', note));
  const shell = new Set(fetched.page);
  await classify(page, photo);
  await page.browserContext().close();
  return { ...fetched, shell };
}

/** Bytes of those files whose path fits, each compressed by itself. */
function compressed(paths, pattern) {
  return [...paths]
    .filter((path) => pattern.test(path))
    .map((path) => brotliCompressSync(readFileSync(`${ROOT}dist${path === '/' ? '/index.html' : path}`)).length)
    .reduce((sum, size) => sum + size, 0);
}

async function printFetched(browser, url, photo) {
  const { shell, page, worker } = await fetchedForAnswer(browser, url, photo);
  const runtime = compressed(page, /\.js$/) + compressed(worker, /\.(js|wasm)$/);
  print(
    'app shell of a first visit: HTML, CSS, JavaScript, brotli',
    kib(compressed(shell, /^\/$|\.(css|js)$/)),
    '90 KiB',
  );
  print('apart from it: script and glue of the engine’s worker, brotli', kib(compressed(worker, /\.js$/)));
  print('apart from it: service worker, brotli', kib(compressed(['/sw.js'], /./)));
  print('JavaScript and .wasm fetched for the first result, brotli', kib(runtime), '165 KiB');
}

// ---- how soon and how smooth ----

/**
 * Ms from the navigation on until the first screen is drawn and the thread is free for it: the later of the first
 * paint that shows anything (the page's first drawing is that screen, its buttons with it) and the end of the last
 * long task, whatever that was for.
 */
async function interactiveAfter(browser, url, slowdown) {
  const page = await openCold(browser, url, slowdown);
  await settle();
  const time = await page.evaluate(() => {
    const [{ startTime: painted }] = performance.getEntriesByName('first-contentful-paint');
    return Math.max(painted, ...window.longTasks.map(({ start, length }) => start + length));
  });
  await page.browserContext().close();
  return time;
}

async function printInteractive(browser, url, slowdown, limit) {
  const times = [];
  for (let i = 0; i < COLD_LOADS; i++) times.push(await interactiveAfter(browser, url, slowdown));
  print(`interactive, slowed ${slowdown} times, median of ${COLD_LOADS} cold loads`, ms(median(times)), limit);
}

/** Ms of the page's longest task while the first photo of a visit is classified and its answer drawn. */
async function longestTask(browser, url, slowdown, photo) {
  const page = await openCold(browser, url, slowdown);
  await settle();
  const since = await page.evaluate(() => performance.now());
  await classify(page, photo);
  await settle();
  const tasks = await page.evaluate(() => window.longTasks);
  await page.browserContext().close();
  return Math.max(0, ...tasks.filter(({ start }) => start >= since).map(({ length }) => length));
}

async function printLongestTask(browser, url, slowdown, name, photo) {
  const longest = [];
  for (let i = 0; i < FIRST_PHOTOS; i++) longest.push(await longestTask(browser, url, slowdown, photo));
  const typical = median(longest);
  const value = typical < LONG ? `under ${LONG} ms` : ms(typical);
  print(`longest task while classifying ${name}, slowed ${slowdown} times, median of ${FIRST_PHOTOS}`, value, '100 ms');
}

/** `photos`: paths of JPEGs by what they are called. */
export async function printApp(browser, photos) {
  const site = await serve(`${ROOT}dist`, {}, { headers: true });
  const url = `${site.url}/`;
  const [photo] = Object.values(photos);
  console.log('\nthe page');
  await printFetched(browser, url, photo);
  await printInteractive(browser, url, 1);
  await printInteractive(browser, url, SLOWDOWN, '1000 ms');
  for (const slowdown of [1, SLOWDOWN])
    for (const [name, path] of Object.entries(photos)) await printLongestTask(browser, url, slowdown, name, path);
  await site.close();
}
