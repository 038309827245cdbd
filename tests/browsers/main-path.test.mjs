/* The main path in the other engines of the web: load, classify, the same numbers, privacy, no network. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { BROWSERS, click, until } from '../support/browsers.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { serve, serveElsewhere } from '../support/site.mjs';
import { buildVersion } from '../support/versions.mjs';

const PHOTOS = ['even', 'red'].map((id) => `${ROOT}build/samples/${id}.jpg`);
const textOf = (browser, selector) =>
  browser.evaluate('(found) => document.querySelector(found).textContent', selector);

/** The answer's numbers in full, as the lengths of its bars. */
async function numbersOf(browser, photo) {
  await browser.upload('input[name=file]', photo);
  await until(browser, '[data-job=done] .answer');
  /* The model knows a drawing from a lesion: the answer has to be asked for. */
  if (await browser.has('.answer[data-gated=true]')) await click(browser, '.gate-show');
  await until(browser, '.bar');
  return browser.evaluate(
    `() => Object.fromEntries([...document.querySelectorAll('.bar')].map((bar) =>
      [bar.dataset.label, Number(bar.querySelector('.bar-track').style.getPropertyValue('--share'))]))`,
  );
}

const expectedOf = (photo) =>
  JSON.parse(execFileSync(COMMAND, ['classify', '--json', photo], { encoding: 'utf8' })).probabilities;

for (const { name, launch } of BROWSERS)
  test(`${name}: load, classify, the numbers of the command line, privacy, no network`, async (t) => {
    const site = await serve(`${ROOT}dist`);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await site.close().catch(() => undefined);
    });
    const [first, second] = PHOTOS;

    await browser.goto(`${site.url}/`);
    await until(browser, '[data-engine=ready]');
    assert.deepEqual(await numbersOf(browser, first), expectedOf(first));

    await until(browser, '[data-offline=ready]');
    await site.close();
    /* A page that is not there would be blank; the answer goes with a page loaded anew. */
    await browser.reload();
    await until(browser, '[data-engine=ready]');
    assert.equal(await browser.has('.answer'), false);
    assert.deepEqual(await numbersOf(browser, second), expectedOf(second));

    await browser.evaluate("() => void (location.hash = '#/privacy')");
    await until(browser, '.trial-button');
    await click(browser, '.trial-button');
    await until(browser, '.probe');
    assert.match(await textOf(browser, '.trial-verdict'), /refused every attempt|Nothing got through/);
    assert.equal(await browser.has('.probes:first-child .probe:not([data-outcome=refused])'), false);
    assert.equal(await browser.has('.probe[data-outcome=arrived]'), false);
  });

/* What a hostile script of the page gets; the browsers differ in what there is to be closed. */
const HOSTILE = `(url) => {
  const got = {};
  const note = (name, probe) => {
    try { got[name] = String(probe()); } catch { got[name] = 'refused'; }
  };
  note('peer', () => typeof window.RTCPeerConnection);
  note('frame', () => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url + '/frame' }));
    return typeof window[window.length - 1]?.RTCPeerConnection;
  });
  note('window', () => window.open('about:blank'));
  note('cookie', () => { document.cookie = 'photo=abc'; return document.cookie; });
  note('ahead', () => { const link = document.createElement('link'); link.rel = 'preconnect'; return link.rel; });
  if ('navigation' in window) note('leave', () => { location.href = url + '/leave'; return 'asked'; });
  return got;
}`;

for (const { name, launch } of BROWSERS)
  test(`${name}: what the first script closes is closed; an update, a host that redirects, caches cleared`, async (t) => {
    const elsewhere = await serveElsewhere();
    const folder = `${ROOT}build/test/hosts-${name.split(' ')[0]}`;
    rmSync(folder, { recursive: true, force: true });
    cpSync(`${ROOT}dist`, folder, { recursive: true });
    const toFolder = (path, response) => {
      if (path !== '/index.html') return false;
      response.writeHead(301, { Location: '/' });
      response.end();
      return true;
    };
    const site = await serve(folder, {}, { odd: toFolder });
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      for (const { close } of [site, elsewhere]) await close().catch(() => undefined);
    });
    await browser.goto(`${site.url}/`);
    await until(browser, '[data-offline=ready]');
    const got = await browser.evaluate(HOSTILE, elsewhere.url);
    assert.deepEqual(
      { ...got, leave: 'asked' },
      { peer: 'undefined', frame: 'undefined', window: 'null', cookie: '', ahead: 'refused', leave: 'asked' },
    );
    await until(browser, '[data-engine=ready]');
    assert.deepEqual(elsewhere.hits, []);

    /* A version from other sources is put there, and the browser clears the caches. */
    for (const entry of readdirSync(folder)) rmSync(`${folder}/${entry}`, { recursive: true });
    cpSync(buildVersion('3.0.0'), folder, { recursive: true });
    await browser.evaluate(
      '() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => 0)',
    );
    await browser.reload();
    await until(browser, 'html[data-version="3.0.0"] [data-engine=ready]');
    await until(browser, '[data-offline=ready]');
    await site.close();
    await browser.reload();
    await until(browser, 'html[data-version="3.0.0"] [data-engine=ready]');
  });

/** Change a file of a site as a release that was built so would have it: the service worker knows the file's hash. */
function release(folder, name, change) {
  const hashOf = (text) => createHash('sha256').update(text).digest('hex');
  const before = readFileSync(`${folder}/${name}`, 'utf8');
  const after = change(before);
  writeFileSync(`${folder}/${name}`, after);
  const list = readFileSync(`${folder}/sw.js`, 'utf8');
  writeFileSync(`${folder}/sw.js`, list.replaceAll(hashOf(before), hashOf(after)));
}

/** A copy of the site whose worker asks for `url` as its first deed; without the policy if wished. */
function hostileSite(url, policy) {
  const folder = `${ROOT}build/test/hostile-${policy ? 'bound' : 'free'}`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(`${ROOT}dist`, folder, { recursive: true });
  const [script] = readdirSync(`${folder}/assets`).filter((name) => /^worker-.*\.js$/.test(name));
  const deed = `fetch('${url}', { mode: 'no-cors' }).catch(() => 0);`;
  release(folder, `assets/${script}`, (worker) => `${deed}\n${worker}`);
  if (!policy) release(folder, 'index.html', (page) => page.replace(/<meta http-equiv[^>]*>/, ''));
  return folder;
}

for (const { name, launch } of BROWSERS)
  test(`${name}: a hostile worker reaches nobody, from the first visit on`, async (t) => {
    const elsewhere = await serveElsewhere();
    const [free, bound] = await Promise.all(
      [false, true].map((policy) => serve(hostileSite(`${elsewhere.url}/${policy ? 'bound' : 'free'}`, policy))),
    );
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      for (const { close } of [free, bound, elsewhere]) await close();
    });
    await browser.goto(`${bound.url}/`);
    await until(browser, '[data-offline=ready]');
    await browser.reload();
    await until(browser, '[data-engine=ready]');
    /* The same worker without the policy does arrive, after all the above. */
    await browser.goto(`${free.url}/`);
    await until(browser, '[data-engine=ready]');
    assert.deepEqual([...new Set(elsewhere.hits)], ['GET /free']);
  });
