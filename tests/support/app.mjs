/* The built app in a real Chromium, used as a person does: what every test of a part of it needs. Node only. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { ROOT } from './fixtures.mjs';
import { launch, serve } from './site.mjs';

export const DIST = `${ROOT}dist`;
export const SAMPLE = `${ROOT}build/samples/even.jpg`;
export const FOLDER = `${ROOT}build/test/browser/`;
export const WAIT = { timeout: 60_000 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;

/** Start the browser before the first test of a file, end it after the last. `args` are Chromium's. */
export function withBrowser(args = []) {
  before(async () => {
    mkdirSync(FOLDER, { recursive: true });
    browser = await launch(args);
  });
  after(() => browser?.close());
}

/** A copy of the site that a test may change. */
export function copySite(name) {
  const folder = `${FOLDER}${name}`;
  /* A site of an earlier build would leave its files beside the new ones. */
  rmSync(folder, { recursive: true, force: true });
  cpSync(DIST, folder, { recursive: true });
  return folder;
}

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The script at `path` and those that it imports before it runs itself. */
function withImports(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/\b(?:from|import)"\.\/([^"]+\.js)"/g))
    withImports(join(dirname(path), name), found);
  return found;
}

/** A copy of the site whose worker, with all that it imports, and service worker begin with `script`; the list of files says so. */
export function siteWith(name, script) {
  const folder = copySite(name);
  const serviceWorker = `${folder}/sw.js`;
  const [worker] = readdirSync(`${folder}/assets`).filter((one) => /^worker-.*\.js$/.test(one));
  let list = readFileSync(serviceWorker, 'utf8');
  for (const path of withImports(`${folder}/assets/${worker}`)) {
    const before = sha256(path);
    assert.ok(list.includes(before));
    writeFileSync(path, `${script}\n${readFileSync(path, 'utf8')}`);
    list = list.replace(before, sha256(path));
  }
  writeFileSync(serviceWorker, `${script}\n${list}`);
  return folder;
}

/**
 * A fresh profile on a fresh server; everything is closed when the test ends. `path` may hold a screen:
 * `/#/settings`. `headers`: the host sends what `_headers` says; `odd`, `pace`: as `serve` has it. `prepare` gets the
 * page before anything is loaded, `reached` is waited for.
 */
export async function open(
  t,
  folder = DIST,
  { path = '/', extra = {}, headers = false, odd = () => false, prepare = () => undefined, reached = ready, pace } = {},
) {
  const site = await serve(folder, extra, { headers, odd, pace });
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  t.after(async () => {
    await context.close();
    await site.close().catch(() => undefined);
  });
  await prepare(page, site);
  await page.goto(site.url + path);
  await reached(page);
  return { site, page, context };
}

/** Take the newer version of the app that the host has by now, as a person does who is told of it. */
export async function renewApp(page) {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForSelector('.update [data-reload]', WAIT);
  await Promise.all([page.waitForNavigation(WAIT), tap(page, '.update [data-reload]')]);
  await ready(page);
}

export const ready = (page) => page.waitForSelector('[data-engine=ready]', WAIT);
export const judged = (page) => page.waitForSelector('[data-job=done] .answer', WAIT);
export const offlineReady = (page) => page.waitForSelector('[data-offline=ready]', WAIT);
export const text = (page, selector) => page.$eval(selector, (element) => element.textContent);

export async function choose(page, ...files) {
  const input = await page.$('input[name=file]');
  await input.uploadFile(...files);
}

/** Ask until `done` gives something true, at most twenty seconds; for what no event tells of. */
export async function until(done, what) {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await done();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Click what may lie under the bar at the foot: a person would scroll it into the open first. A line that comes up above it
 * may move it away from the pointer in between; then it is clicked once more where it is now.
 */
export async function tap(page, selector) {
  for (let missed = 0; missed < 3; missed++) {
    const element = await page.waitForSelector(selector, WAIT);
    const click = await element.evaluateHandle((node, wanted) => {
      node.scrollIntoView({ block: 'center', behavior: 'instant' });
      const heard = { on: null };
      const hear = ({ target }) => Object.assign(heard, { on: target.closest(wanted) !== null });
      document.addEventListener('click', hear, { capture: true, once: true });
      return heard;
    }, selector);
    await element.click();
    /* Where the click has led to another document there is nothing to ask. */
    if (await click.evaluate((heard) => heard.on ?? true).catch(() => true)) return;
  }
  throw new Error(`${selector} moves away from the pointer`);
}

/** Wait until what `selector` matches has the focus: it moves there once that is drawn. */
export const focused = (page, selector) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), WAIT, selector);

/** Wait for the answer, and ask to see it where the photo is one that the model thinks strange, as drawings are. */
export async function answered(page) {
  await judged(page);
  if (await page.$('.answer[data-gated=true]')) await tap(page, '.gate-show');
  return page.waitForSelector('.answer[data-gated=false]', WAIT);
}

/** The form for saving an answer is fetched when it is asked for. */
export async function openSaveForm(page) {
  await tap(page, '.save-open');
  return page.waitForSelector('.save-form', WAIT);
}

/** Go to a screen by its address, without loading the page anew. */
export async function visit(page, address, selector) {
  await page.evaluate((hash) => (location.hash = hash), address);
  return page.waitForSelector(selector, WAIT);
}

/** For `open`'s prepare: a look of the page (`{'prefers-color-scheme': 'dark'}`), and room for axe. */
export const looking = (features) => async (page) => {
  /* axe is put into the page, which its policy would refuse. */
  await page.setBypassCSP(true);
  await page.emulateMediaFeatures(Object.entries(features).map(([name, value]) => ({ name, value })));
};

/** axe must find nothing; the page was opened with `looking`. */
export async function assertAccessible(page, state) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${state}: ${id} ${nodes[0].html}`),
    [],
  );
}

/** Why a button does nothing for now, as a screen reader says it with the button. */
export const reason = (page, selector) =>
  page.$eval(
    selector,
    (button) => document.getElementById(button.getAttribute('aria-describedby'))?.textContent ?? button.title,
  );

/** A button that does nothing for now has to say why; one that is `disabled` could not even be reached to say it. */
export async function assertReasons(page, state) {
  const silent = await page.$$eval('button', (buttons) =>
    buttons
      .filter(
        (button) =>
          button.disabled ||
          (button.getAttribute('aria-disabled') === 'true' &&
            !(document.getElementById(button.getAttribute('aria-describedby'))?.textContent || button.title)),
      )
      .map(({ className }) => className),
  );
  assert.deepEqual(silent, [], state);
}

/** Nothing may be cut off at the side. */
export async function assertFits(page, width, state) {
  const reached = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(reached <= width, `${state}: ${reached} pixels wide in ${width}`);
}
