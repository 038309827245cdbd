/* The app at hosts as they are: redirects, pages of HTML for missing files, half files; what is kept stays whole. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  choose,
  copySite,
  DIST,
  offlineReady,
  open,
  ready,
  SAMPLE,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';

withBrowser();

const HTML = '<!doctype html><title>Not what you wanted</title><p>Welcome to our host';
const TYPED = { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=31536000, immutable' };

/** Answers with a page of HTML, and 200. */
function welcome(response) {
  response.writeHead(200, TYPED);
  response.end(HTML);
  return true;
}

const clearCaches = (page) =>
  page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });

/** SHA-256 of what is kept, by path. */
const keptHashes = (page) =>
  page.evaluate(async () => {
    const kept = {};
    for (const name of await caches.keys()) {
      if (!name.includes('precache')) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const bytes = await (await cache.match(request)).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        kept[new URL(request.url).pathname.slice(1)] = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join(
          '',
        );
      }
    }
    return kept;
  });

/** Every file that is kept is, byte for byte, the site's. */
async function assertKeptRight(page, folder) {
  const kept = Object.entries(await keptHashes(page));
  assert.ok(kept.length > 20, `${kept.length} files`);
  for (const [path, hash] of kept)
    assert.equal(
      hash,
      createHash('sha256')
        .update(readFileSync(`${folder}/${path}`))
        .digest('hex'),
      path,
    );
}

/** Put other bytes under the key of a kept file. */
const damage = (page, part) =>
  page.evaluate(async (wanted) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        if (request.url.includes(wanted))
          await cache.put(request, new Response('<p>damaged', { headers: { 'Content-Type': 'text/html' } }));
    }
  }, part);

async function worksWithoutNetwork(page, site) {
  await site.close();
  await page.setOfflineMode(true);
  await page.reload();
  await ready(page);
  await choose(page, SAMPLE);
  await answered(page);
}

/* How hosts with tidy addresses do it. */
const toFolder = (path, response) => {
  if (path !== '/index.html') return false;
  response.writeHead(301, { Location: '/' });
  response.end();
  return true;
};

test('a host that sends index.html to the folder: kept, and after the caches were cleared had again', async (t) => {
  const { page, site } = await open(t, DIST, { odd: toFolder });
  await offlineReady(page);
  await assertKeptRight(page, DIST);
  await clearCaches(page);
  await page.reload();
  await ready(page);
  await offlineReady(page);
  await assertKeptRight(page, DIST);
  await worksWithoutNetwork(page, site);
});

test('a host without a page for the folder, where index.html alone is to be had', async (t) => {
  const noFolder = (path, response) => {
    if (path !== '/') return false;
    response.writeHead(404);
    response.end();
    return true;
  };
  const { page, site } = await open(t, DIST, { path: '/index.html', odd: noFolder });
  await offlineReady(page);
  await clearCaches(page);
  await page.reload();
  await offlineReady(page);
  await worksWithoutNetwork(page, site);
});

for (const [name, odd] of Object.entries({
  'answers with a page of HTML and 200': (response) => welcome(response),
  'breaks off midway': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Length': 5000 });
    response.write('export const half =');
    setTimeout(() => response.destroy(), 50);
    return true;
  },
  'says nothing is missing and sends nothing': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/javascript' });
    response.end();
    return true;
  },
  'sends half of it as if that were all': (response, path) => {
    const bytes = readFileSync(DIST + path);
    response.writeHead(200, { 'Content-Type': 'text/javascript' });
    response.end(bytes.subarray(0, bytes.length / 2));
    return true;
  },
  'leads to another site': (response) => {
    response.writeHead(302, { Location: 'http://localhost:9/elsewhere.js' });
    response.end();
    return true;
  },
}))
  test(`a host that for one script ${name}: nothing of it is kept, and all is once it is there`, async (t) => {
    let spoilt = true;
    const { page, site } = await open(t, DIST, {
      odd: (path, response) => spoilt && /lesson-screen-\w+\.js/.test(path) && odd(response, path),
    });
    await page.waitForSelector('[data-offline=failed]', WAIT);
    const kept = await keptHashes(page);
    assert.ok(Object.keys(kept).every((path) => !path.includes('lesson-screen')));
    spoilt = false;
    await page.reload();
    await offlineReady(page);
    await assertKeptRight(page, DIST);
    await worksWithoutNetwork(page, site);
  });

test('a script that is missing later and comes as HTML breaks nothing: the kept one is used', async (t) => {
  let spoilt = false;
  const { page } = await open(t, DIST, {
    odd: (path, response) => spoilt && path.endsWith('.js') && welcome(response),
  });
  await offlineReady(page);
  spoilt = true;
  await page.reload();
  await ready(page);
  await visit(page, '#/settings', '.settings');
  await assertKeptRight(page, DIST);
});

test('damaged entries are found and fetched again', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  for (const part of ['/index.html', '/assets/main-', '.wasm', '/icons/', '/licences.json']) await damage(page, part);
  await page.reload();
  await ready(page);
  await offlineReady(page);
  await assertKeptRight(page, DIST);
  await worksWithoutNetwork(page, site);
});

test('an update heals what is damaged although its hash has not changed', async (t) => {
  const folder = copySite('healing-update');
  const { page, site } = await open(t, folder);
  await offlineReady(page);
  await damage(page, '/assets/lesson-screen');
  await damage(page, '/samples/');
  writeFileSync(`${folder}/sw.js`, `${readFileSync(`${folder}/sw.js`, 'utf8')}\n/* newer */`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForSelector('.update', WAIT);
  await assertKeptRight(page, folder);
  await worksWithoutNetwork(page, site);
});

test('files under wrong types are kept, and come under the right ones', async (t) => {
  const wrong = (path, response) => {
    /* Scripts and styles of another type no browser takes on a first visit; the rest it may get as anything. */
    if (!/\.(wasm|json|png|jpg|webmanifest)$/.test(path) || path.startsWith('/catalog')) return false;
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Set-Cookie': 'a=b' });
    response.end(readFileSync(DIST + path));
    return true;
  };
  const { page } = await open(t, DIST, { odd: wrong });
  await offlineReady(page);
  await page.reload();
  await ready(page);
  const types = await page.evaluate(async () => {
    const [wasm] = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.wasm'));
    const paths = [
      'manifest.webmanifest',
      'licences.json',
      'icons/icon-192.png',
      'samples/even.jpg',
      ...(wasm ? [wasm] : []),
    ];
    return Promise.all(paths.map(async (path) => (await fetch(path)).headers.get('Content-Type')));
  });
  assert.deepEqual(types.slice(0, 4), ['application/manifest+json', 'application/json', 'image/png', 'image/jpeg']);
});

test('no room midway: nothing half is left, the app says it needs the network and works on', async (t) => {
  const { page, site } = await open(t, DIST, {
    async prepare(fresh, { url }) {
      const session = await fresh.createCDPSession();
      await session.send('Storage.overrideQuotaForOrigin', { origin: url, quotaSize: 900_000 });
    },
  });
  await page.waitForSelector('[data-offline=failed]', WAIT);
  await until(async () => Object.keys(await keptHashes(page)).length === 0, 'an empty cache');
  await choose(page, SAMPLE);
  await answered(page);
  const session = await page.createCDPSession();
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url });
  await page.reload();
  await offlineReady(page);
  await assertKeptRight(page, DIST);
});

test('whatever the page may ask for later is kept: screens, languages, every build of the engine it can turn to', async (t) => {
  const { page, site } = await open(t);
  await offlineReady(page);
  const kept = Object.keys(await keptHashes(page));
  for (const build of ['relaxed', 'simd', 'threads'])
    for (const end of ['js', 'wasm'])
      assert.ok(
        kept.some((path) => path.startsWith(`assets/lentigo-${build}-`) && path.endsWith(end)),
        `${build}.${end}`,
      );
  await site.close();
  await page.setOfflineMode(true);
  for (const name of ['settings', 'batch', 'privacy', 'history', 'model', 'camera'])
    await visit(page, `#/${name}`, `[data-screen=${name}] .sheet, [data-screen=${name}] h2`);
});

test('404.html is there, for hosts that show it, in every language, and runs nothing', async (t) => {
  const { page, site } = await open(t);
  /* A context of its own: one without a service worker. */
  const context = await page.browser().createBrowserContext();
  t.after(() => context.close());
  const outside = await context.newPage();
  await outside.setJavaScriptEnabled(false);
  assert.equal((await (await fetch(`${site.url}/404.html`)).text()).includes('<script'), false);
  await outside.goto(`${site.url}/404.html`);
  const sections = await outside.$$eval('section', (all) => all.map(({ lang }) => lang));
  assert.deepEqual(sections.sort(), ['ar', 'de', 'en', 'es', 'fr', 'pt', 'zh']);
});

test('a withdrawn release: sw-off.js in the place of sw.js ends it, and keeps what the person keeps', async (t) => {
  const folder = copySite('withdrawn');
  const { page, site } = await open(t, folder);
  await offlineReady(page);
  await page.evaluate(() => {
    localStorage.setItem('mine', 'kept');
    return new Promise((resolve) => {
      const request = indexedDB.open('mine', 1);
      request.onsuccess = () => resolve(request.result.close());
    });
  });
  await choose(page, SAMPLE);
  await answered(page);
  writeFileSync(`${folder}/sw.js`, readFileSync(`${folder}/sw-off.js`));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await until(async () => /withdrawn/.test((await text(page, '.update-place')) ?? ''), 'the word');
  /* What is on the screen stays until the person reloads. */
  assert.ok(await page.$('.answer'));
  await until(() => page.evaluate(async () => (await caches.keys()).length === 0), 'empty caches');
  writeFileSync(
    `${folder}/index.html`,
    readFileSync(`${folder}/index.html`, 'utf8').replace('<html', '<html data-good'),
  );
  await page.reload();
  await ready(page);
  assert.ok(await page.$('html[data-good]'), 'the page is the host’s');
  await page.waitForSelector('[data-offline=failed]', WAIT);
  assert.equal(await page.evaluate(() => localStorage.getItem('mine')), 'kept');
  assert.ok(await page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'mine')));
  /* A good release put there whole is taken on as by a new visitor. */
  for (const name of ['sw.js', 'index.html']) writeFileSync(`${folder}/${name}`, readFileSync(`${DIST}/${name}`));
  await page.reload();
  await offlineReady(page);
  await worksWithoutNetwork(page, site);
});

test('a withdrawn release whose page is blank is loaded anew by itself', async (t) => {
  const folder = copySite('withdrawn-blank');
  const { page } = await open(t, folder);
  await offlineReady(page);
  /* A page that does not hear, as one whose script has failed. */
  const deaf = await page.browserContext().newPage();
  await deaf.evaluateOnNewDocument(() => {
    const { addEventListener } = EventTarget.prototype;
    navigator.serviceWorker.addEventListener = (type, ...rest) =>
      type === 'message' || addEventListener.call(navigator.serviceWorker, type, ...rest);
  });
  await deaf.goto(page.url());
  await ready(deaf);
  writeFileSync(`${folder}/sw.js`, readFileSync(`${folder}/sw-off.js`));
  const loaded = deaf.waitForNavigation(WAIT);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await loaded;
  await ready(deaf);
});
