/* Two versions of the app, built from different sources, at one address: updates, old tabs, cleared caches. */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { before, test } from 'node:test';
import {
  answered,
  choose,
  DIST,
  FOLDER,
  offlineReady,
  open,
  ready,
  SAMPLE,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { buildVersion } from '../support/versions.mjs';

withBrowser();

let newer;
before(() => {
  newer = buildVersion('2.0.0');
});

/** A folder served as the site, with the built app in it. */
function startSite(name) {
  const folder = `${FOLDER}versions-${name}`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(DIST, folder, { recursive: true });
  return folder;
}

/** As hosts deploy: all that was there is gone, all of the other version is there. */
function deploy(folder, version = newer) {
  for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  cpSync(version, folder, { recursive: true });
}

const look = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
const isNewer = (page) => page.evaluate(() => document.documentElement.dataset.version === '2.0.0');

async function takeUpdate(page) {
  await look(page);
  const button = await page.waitForSelector('.update button', WAIT);
  await Promise.all([page.waitForNavigation(WAIT), button.click()]);
  await ready(page);
}

const keptPaths = (page) =>
  page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys())
      if (name.includes('precache'))
        for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname.slice(1));
    return paths;
  });

/** For `open`'s prepare: a device with four processors, on which the settings offer threads. */
async function withProcessors(page) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: 4 });
}

test('the two versions share no script but the engine’s', () => {
  const scripts = (folder) =>
    readdirSync(`${folder}/assets`).filter((name) => /^(main|worker|settings|style)/.test(name));
  assert.equal(scripts(DIST).filter((name) => scripts(newer).includes(name)).length, 0);
  assert.notEqual(readFileSync(`${DIST}/index.html`, 'utf8'), readFileSync(`${newer}/index.html`, 'utf8'));
});

test('an old tab starts its engine and its late screens after another tab has taken over the newer version', async (t) => {
  const folder = startSite('old-tab');
  const { page: old, context } = await open(t, folder, { headers: true, prepare: withProcessors });
  await offlineReady(old);
  const other = await context.newPage();
  await other.goto(old.url());
  await ready(other);
  deploy(folder);
  await takeUpdate(other);
  assert.ok(await isNewer(other));
  await old.bringToFront();
  assert.ok(!(await isNewer(old)));
  await old.waitForSelector('.update', WAIT);
  /* A screen that it has not had, and another worker with another build of the engine: all of the old version. */
  await visit(old, '#/settings', 'select[name=threads]');
  await old.select('select[name=threads]', '2');
  await until(
    () => old.$eval('.performance', ({ textContent }) => /2 threads/.test(textContent)),
    'the engine on two threads',
  );
  assert.equal(await old.evaluate(() => globalThis.lentigoVersion), undefined);
  await visit(old, '#/', 'input[name=file]');
  await choose(old, SAMPLE);
  await answered(old);
  await old.reload();
  await ready(old);
  assert.ok(await isNewer(old), 'loaded anew it is the newer version');
});

test('the files of the old version go when its last tab is gone', async (t) => {
  const folder = startSite('tidy');
  const { page: old, context } = await open(t, folder);
  await offlineReady(old);
  const other = await context.newPage();
  await other.goto(old.url());
  await ready(other);
  deploy(folder);
  await takeUpdate(other);
  await offlineReady(other);
  const [worker] = readdirSync(`${DIST}/assets`).filter((name) => /^worker-\w+\.js$/.test(name));
  assert.ok((await keptPaths(other)).includes(`assets/${worker}`));
  await old.close();
  await other.reload();
  await offlineReady(other);
  await until(async () => !(await keptPaths(other)).includes(`assets/${worker}`), 'the old files to go');
  /* Files go one after the other: index.html, which both versions have, may be the last. */
  await until(async () => {
    const now = await keptPaths(other);
    return new Set(now).size === now.length;
  }, 'one of each');
});

test('an update takes over whole, and works without a network at once', async (t) => {
  const folder = startSite('whole');
  const { page, site } = await open(t, folder);
  await offlineReady(page);
  deploy(folder);
  await takeUpdate(page);
  assert.ok(await isNewer(page));
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await page.goto(site.url);
  await ready(page);
  assert.ok(await isNewer(page));
  await choose(page, SAMPLE);
  await answered(page);
});

test('an update that is cut half-way leaves the old version whole, and goes on later', async (t) => {
  const folder = startSite('cut');
  let cut = true;
  const { page } = await open(t, folder, {
    odd: (path, response) => {
      if (!cut || !/settings-screen-\w+\.js$/.test(path)) return false;
      response.destroy();
      return true;
    },
  });
  cut = false;
  await page.reload();
  await offlineReady(page);
  cut = true;
  deploy(folder);
  await look(page).catch(() => undefined);
  await until(
    () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).installing === null),
    'the end of the attempt',
  );
  await page.reload();
  await ready(page);
  assert.ok(!(await isNewer(page)));
  await offlineReady(page);
  await visit(page, '#/settings', '.settings');
  cut = false;
  await takeUpdate(page);
  assert.ok(await isNewer(page));
});

test('caches cleared while a newer version is at the host: the newer one, whole, at the next visit', async (t) => {
  const folder = startSite('cleared');
  const { page, site } = await open(t, folder);
  await offlineReady(page);
  deploy(folder);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await ready(page);
  assert.ok(await isNewer(page));
  await offlineReady(page);
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  assert.ok(await isNewer(page));
});

test('a page that came before a newer version was put there hears of it', async (t) => {
  const folder = startSite('first');
  const { page } = await open(t, folder, {
    odd: (path) => {
      if (path === '/sw.js') deploy(folder);
      return false;
    },
  });
  await page.waitForSelector('.update', WAIT);
  assert.ok(!(await isNewer(page)));
  await page.reload();
  await offlineReady(page);
  assert.ok(await isNewer(page));
});
