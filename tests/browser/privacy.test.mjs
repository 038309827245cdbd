/* Private by proof: hostile probes from everywhere code of the site runs, against a server elsewhere that counts. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  DIST,
  FOLDER,
  looking,
  offlineReady,
  open,
  ready,
  SAMPLE,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { serveElsewhere } from '../support/site.mjs';

withBrowser();

/* Each probe tries one way to `url` from the page, with the directive that has to refuse it. */
const PAGE_PROBES = {
  fetch: ['connect-src', (url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined)],
  post: ['connect-src', (url) => fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' }).catch(() => undefined)],
  beacon: ['connect-src', (url) => void navigator.sendBeacon(url, 'x')],
  socket: ['connect-src', (url) => void new WebSocket(url.replace('http', 'ws'))],
  events: ['connect-src', (url) => void new EventSource(url)],
  image: ['img-src', (url) => void Object.assign(new Image(), { src: url })],
  import: ['script-src-elem', (url) => import(url).catch(() => undefined)],
  script: [
    'require-trusted-types-for',
    (url) => document.head.append(Object.assign(document.createElement('script'), { src: url })),
  ],
  style: [
    'style-src-elem',
    (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })),
  ],
  frame: ['frame-src', (url) => document.body.append(Object.assign(document.createElement('iframe'), { src: url }))],
  object: [
    'require-trusted-types-for',
    (url) => document.body.append(Object.assign(document.createElement('object'), { data: url, type: 'image/png' })),
  ],
  video: [
    'media-src',
    (url) => document.body.append(Object.assign(document.createElement('video'), { preload: 'auto', src: url })),
  ],
  form: [
    'form-action',
    (url) => {
      const form = Object.assign(document.createElement('form'), { action: url, method: 'post', target: '_blank' });
      document.body.append(form);
      form.submit();
    },
  ],
};

/* No directive is about these: the page's first script closes them. Each says what a hostile script gets. */
const CLOSED_PROBES = {
  peer: () => typeof RTCPeerConnection,
  peerAgain: () => {
    try {
      Object.defineProperty(window, 'RTCPeerConnection', { value: 1 });
    } catch {}
    return typeof window.RTCPeerConnection;
  },
  prefixed: () => typeof window.webkitRTCPeerConnection,
  transport: () => typeof window.WebTransport,
  blank: () => {
    document.body.append(document.createElement('iframe'));
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  blob: () => {
    const src = URL.createObjectURL(new Blob(['<p>'], { type: 'text/html' }));
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  element: (url) => {
    const frame = Object.assign(document.createElement('iframe'), { src: url });
    document.body.appendChild(frame);
    return typeof frame.contentWindow?.RTCPeerConnection;
  },
  source: () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = '<p>';
    document.body.append(frame);
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  nested: (url) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    const inner = window[window.length - 1];
    inner.document.body.append(inner.document.createElement('iframe'));
    return typeof inner[0]?.RTCPeerConnection;
  },
  borrowed: (url) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    const { appendChild } = window[window.length - 1].Node.prototype;
    appendChild.call(document.body, Object.assign(document.createElement('iframe'), { src: url }));
    return typeof window[window.length - 1].RTCPeerConnection;
  },
  carried: (url) => {
    const box = document.createElement('div');
    box.append(Object.assign(document.createElement('iframe'), { src: url }));
    document.body.append(box);
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  shadow: () => {
    const root = document.createElement('div').attachShadow({ mode: 'closed' });
    return typeof root;
  },
  sabotaged: (url) => {
    Array.prototype[Symbol.iterator] = () => ({ next: () => ({ done: true }) });
    Array.prototype.forEach = () => undefined;
    String.prototype.includes = () => false;
    WeakSet.prototype.has = () => true;
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  object: () => {
    document.body.append(Object.assign(document.createElement('object'), { type: 'text/html' }));
    return typeof window[window.length - 1]?.RTCPeerConnection;
  },
  window: () => typeof (window.open('about:blank') ?? undefined),
  picture: () => typeof window.documentPictureInPicture,
  cookie: () => {
    Object.assign(document, { cookie: 'photo=abc' });
    return document.cookie === '' ? 'undefined' : document.cookie;
  },
};

/* Ways to lead the page, or another window, to `url` with text in it. */
const LEADING_PROBES = {
  href: (url) => void Object.assign(location, { href: url }),
  assign: (url) => location.assign(url),
  replace: (url) => location.replace(url),
  click: (url) => Object.assign(document.createElement('a'), { href: url }).click(),
  blankClick: (url) => Object.assign(document.createElement('a'), { href: url, target: '_blank' }).click(),
  event: (url) => {
    const link = Object.assign(document.createElement('a'), { href: url });
    document.body.append(link);
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  },
  open: (url) => void window.open(url),
  openSelf: (url) => void window.open(url, '_self'),
  refresh: (url) =>
    document.head.append(
      Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${url}` }),
    ),
};

/* Names looked up, connections made and files fetched ahead. */
const hint = (rel) =>
  `(url) => document.head.append(Object.assign(document.createElement('link'), { rel: '${rel}', href: url }))`;
const AHEAD_PROBES = {
  ...Object.fromEntries(
    ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender'].map((rel) => [rel, hint(rel)]),
  ),
  attribute: (url) => {
    const link = document.createElement('link');
    link.setAttribute('rel', 'preconnect');
    link.setAttribute('href', url);
    document.head.append(link);
  },
  list: (url) => {
    const link = Object.assign(document.createElement('link'), { href: url });
    document.head.append(link);
    link.relList.add('preconnect');
  },
  own: (url) => {
    const rel = document.createAttribute('rel');
    rel.value = 'PreConnect';
    const link = Object.assign(document.createElement('link'), { href: url });
    link.attributes.setNamedItem(rel);
    document.head.append(link);
  },
  rules: (url) => {
    const rules = JSON.stringify({ prefetch: [{ source: 'list', urls: [url] }] });
    document.head.append(
      Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: rules }),
    );
  },
  font: (url) => new FontFace('x', `url(${url})`).load(),
  css: (url) => document.body.style.setProperty('background-image', `url(${url})`),
  later: (url) => void fetchLater(url, { activateAfter: 0 }),
  ping: (url) => {
    const link = Object.assign(document.createElement('a'), { href: '#/', ping: url });
    document.body.append(link);
    link.click();
  },
  payment: (url) =>
    new PaymentRequest([{ supportedMethods: url }], {
      total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
    }).canMakePayment(),
  background: async (url) => {
    const { backgroundFetch } = await navigator.serviceWorker.ready;
    await backgroundFetch.fetch('x', [url]);
  },
};

const { fetch: byFetch, post, socket, events, import: byImport } = PAGE_PROBES;
const WORKER_PROBES = { fetch: byFetch, post, socket, events, import: byImport };

/* These make script of text on the site itself, where no directive on addresses would refuse them. */
const SCRIPT_PROBES = {
  worker: ['require-trusted-types-for', () => void new Worker('sw.js')],
  blob: ['require-trusted-types-for', () => void new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))],
  timer: ['require-trusted-types-for', () => void setTimeout('globalThis.intruder = true')],
};
const MARKUP_PROBES = {
  markup: ['require-trusted-types-for', () => void Object.assign(document.body, { innerHTML: '<p>' })],
  policy: ['trusted-types', () => void trustedTypes.createPolicy('another', {})],
  second: ['trusted-types', () => void trustedTypes.createPolicy('lentigo', {})],
  inline: [
    'require-trusted-types-for',
    () =>
      document.head.append(
        Object.assign(document.createElement('script'), { textContent: 'globalThis.intruder = true' }),
      ),
  ],
};

const run = (where, name, [, probe], elsewhere) =>
  where.evaluate(
    `(async () => { try { await (${probe})(${JSON.stringify(`${elsewhere.url}/${name}`)}); } catch {} })()`,
  );

/** Each probe in turn is refused by its directive, and none arrives. */
async function expectRefused(where, probes, elsewhere) {
  await where.evaluate(() => {
    globalThis.refusals = [];
    globalThis.addEventListener('securitypolicyviolation', (event) =>
      globalThis.refusals.push(event.effectiveDirective),
    );
  });
  for (const [name, probe] of Object.entries(probes)) {
    await where.evaluate(() => void globalThis.refusals.splice(0));
    await run(where, name, probe, elsewhere);
    const refusals = await until(async () => {
      const found = await where.evaluate(() => globalThis.refusals);
      return found.length > 0 && found;
    }, `the refusal of ${name}`);
    assert.ok(refusals.includes(probe[0]), `${name}: refused by ${refusals}`);
  }
  assert.equal(await where.evaluate(() => 'intruder' in globalThis), false);
  assert.deepEqual(elsewhere.hits, []);
}

async function openElsewhere(t) {
  const elsewhere = await serveElsewhere();
  t.after(() => elsewhere.close());
  return elsewhere;
}

test('from a page without the policy every probe arrives elsewhere', async (t) => {
  const elsewhere = await openElsewhere(t);
  const { page } = await open(t);
  await page.goto(`${elsewhere.url}/bare.html`);
  for (const [name, probe] of Object.entries(PAGE_PROBES)) {
    await run(page, name, probe, elsewhere);
    await until(() => elsewhere.hits.some((hit) => hit.endsWith(`/${name}`)), `the probe ${name}`);
  }
});

/** A page that is not of a private window: in those Chromium makes no connections ahead. */
async function openOrdinary(t, of, url) {
  const page = await of.browser().defaultBrowserContext().newPage();
  t.after(() => page.close());
  await page.goto(url);
  return page;
}

/** What a probe gives; `undefined` where it throws. */
const outcomeOf = (page, probe, url) =>
  page.evaluate(
    `(async () => { try { return await (${probe})(${JSON.stringify(url)}); } catch { return 'undefined'; } })()`,
  );

for (const headers of [false, true]) {
  const host = headers ? 'a host that reads _headers' : 'a plain host';

  test(`no peer connection, no window that has one, no cookie: ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page, context } = await open(t, DIST, { headers });
    for (const [name, probe] of Object.entries(CLOSED_PROBES)) {
      assert.equal(await outcomeOf(page, probe, `${elsewhere.url}/${name}`), 'undefined', name);
      assert.equal((await context.pages()).length, 1, name);
      await page.reload();
      await ready(page);
    }
    assert.deepEqual(elsewhere.hits, []);
  });

  test(`no script leads the page or another window away: ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page, site, context } = await open(t, DIST, { headers });
    for (const [name, probe] of Object.entries(LEADING_PROBES))
      await outcomeOf(page, probe, `${elsewhere.url}/${name}`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    assert.ok(page.url().startsWith(site.url));
    assert.equal((await context.pages()).length, 1);
    assert.deepEqual(elsewhere.hits, []);
    /* The app's own ways still go: another screen, loading anew. */
    await visit(page, '#/privacy', '.privacy');
    await Promise.all([page.waitForNavigation(WAIT), page.evaluate(() => location.reload())]);
    await ready(page);
  });

  test(`nothing is looked up, connected to or fetched ahead: ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page: of, site } = await open(t, DIST, { headers });
    const page = await openOrdinary(t, of, site.url);
    await offlineReady(page);
    for (const [name, probe] of Object.entries(AHEAD_PROBES)) await outcomeOf(page, probe, `${elsewhere.url}/${name}`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    assert.deepEqual(elsewhere.hits, []);
    assert.equal(elsewhere.connections(), 0);
  });
}

test('from a page without the policy and the first script a connection is made ahead, and the page led away', async (t) => {
  const elsewhere = await openElsewhere(t);
  const { page: of } = await open(t);
  const page = await openOrdinary(t, of, `${elsewhere.url}/bare.html`);
  const third = await openElsewhere(t);
  await outcomeOf(page, AHEAD_PROBES.preconnect, third.url);
  await until(() => third.connections() > 0, 'a connection');
  assert.equal(await outcomeOf(page, CLOSED_PROBES.peer, ''), 'function');
  await outcomeOf(page, LEADING_PROBES.href, `${third.url}/href`);
  await until(() => third.hits.includes('GET /href'), 'the page led away');
});

test('where the policy is switched off, the service worker refuses what passes through it', async (t) => {
  const elsewhere = await openElsewhere(t);
  const { page } = await open(t, DIST, { prepare: (fresh) => fresh.setBypassCSP(true) });
  await offlineReady(page);
  await page.reload();
  await ready(page);
  const statuses = await page.evaluate(async (url) => {
    const get = await fetch(`${url}/fetch`, { mode: 'cors' });
    const post = await fetch(`${url}/post`, { method: 'POST', body: 'x' });
    const image = await new Promise((resolve) =>
      Object.assign(new Image(), {
        src: `${url}/image`,
        onload: () => resolve('shown'),
        onerror: () => resolve('none'),
      }),
    );
    return [get.status, post.status, image];
  }, elsewhere.url);
  assert.deepEqual(statuses, [403, 403, 'none']);
  assert.deepEqual(elsewhere.hits, []);
});

for (const headers of [false, true]) {
  const host = headers ? 'a host that reads _headers' : 'a plain host';

  test(`the policy refuses every probe of the page, ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page } = await open(t, DIST, { headers });
    await expectRefused(page, { ...PAGE_PROBES, ...SCRIPT_PROBES, ...MARKUP_PROBES }, elsewhere);
  });

  test(`it binds the worker from the first visit on, ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page } = await open(t, DIST, { headers });
    const probes = { ...WORKER_PROBES, ...SCRIPT_PROBES };
    await expectRefused(page.workers()[0], probes, elsewhere);
    await offlineReady(page);
    await page.reload();
    await ready(page);
    await expectRefused(page.workers()[0], probes, elsewhere);
  });

  test(`the service worker reaches its own site alone, ${host}`, async (t) => {
    const elsewhere = await openElsewhere(t);
    const { page, context, site } = await open(t, DIST, { headers });
    await offlineReady(page);
    const target = await context.waitForTarget((candidate) => candidate.type() === 'service_worker');
    const worker = await target.worker();
    const outcome = await worker.evaluate(
      async (away, home) => {
        const attempt = async (way) => {
          try {
            return `got ${typeof (await way())}`;
          } catch (error) {
            return error.name;
          }
        };
        return {
          fetch: await attempt(() => fetch(`${away}/fetch`, { mode: 'no-cors' })),
          post: await attempt(() => fetch(`${home}/catalog.json`, { method: 'POST', body: 'x' })),
          socket: await attempt(() => new WebSocket(away.replace('http', 'ws'))),
          events: await attempt(() => new EventSource(`${away}/events`)),
          script: await attempt(() => importScripts(`${away}/script`)),
          undo: await attempt(() => Object.defineProperty(globalThis, 'fetch', { value: null })),
          own: await attempt(async () => (await fetch(`${home}/catalog.json`)).text()),
        };
      },
      elsewhere.url,
      site.url,
    );
    const { own, ...refused } = outcome;
    assert.equal(own, 'got string');
    assert.deepEqual(refused, Object.fromEntries(Object.keys(refused).map((name) => [name, 'TypeError'])));
    assert.deepEqual(elsewhere.hits, []);
    assert.ok(!site.asked.some((request) => request.startsWith('POST')));
  });
}

test('a browser that runs no module from a blob address gets the worker as it is served', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        const Original = Worker;
        globalThis.Worker = class extends Original {
          constructor(address, options) {
            super(address, options);
            globalThis.workers = [...(globalThis.workers ?? []), String(address)];
            if (!String(address).startsWith('blob:')) return;
            this.terminate();
            queueMicrotask(() => this.dispatchEvent(new ErrorEvent('error', { cancelable: true })));
          }
        };
      }),
  });
  await choose(page, SAMPLE);
  await answered(page);
  const [first, second] = await page.evaluate(() => globalThis.workers);
  assert.match(first, /^blob:/);
  assert.match(second, /\/assets\/worker-/);
});

test('everything the service worker serves carries the policy, and what is not on its list is refused', async (t) => {
  mkdirSync(`${FOLDER}privacy-nested/some`, { recursive: true });
  cpSync(DIST, `${FOLDER}privacy-nested/some/where`, { recursive: true });
  cpSync(`${DIST}/README.md`, `${FOLDER}privacy-nested/secret.txt`);
  const { page, site } = await open(t, `${FOLDER}privacy-nested`, { path: '/some/where/' });
  await offlineReady(page);
  await page.reload();
  await ready(page);
  const ask = (requests) =>
    page.evaluate(async (list) => {
      const answers = {};
      for (const [path, method] of list) {
        const { status, headers } = await fetch(path, { method, body: method === 'POST' ? 'x' : undefined });
        answers[`${method} ${path}`] = [status, headers.get('Content-Security-Policy') !== null];
      }
      return answers;
    }, requests);
  const [{ url: model }] = JSON.parse(readFileSync(`${DIST}/catalog.json`, 'utf8')).models;
  const resources = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.slice(document.baseURI.length)),
  );
  const own = [
    ...new Set(['', 'index.html', 'catalog.json', model, 'samples/even.jpg', 'manifest.webmanifest', ...resources]),
  ];
  const served = await ask(own.map((path) => [path, 'GET']));
  assert.deepEqual(served, Object.fromEntries(own.map((path) => [`GET ${path}`, [200, true]])));
  const before = site.asked.length;
  const foreign = [
    ['_headers', 'GET'],
    ['README.md', 'GET'],
    ['../../secret.txt', 'GET'],
    ['model/current.json', 'GET'],
    ['assets/', 'GET'],
    ['index.html', 'HEAD'],
    ['catalog.json', 'POST'],
    ['share', 'POST'],
    ['share', 'GET'],
  ];
  const refused = await ask(foreign);
  assert.deepEqual(refused, Object.fromEntries(foreign.map(([path, method]) => [`${method} ${path}`, [403, true]])));
  assert.deepEqual(site.asked.slice(before), []);
});

test('of a request to the host only the address on the list goes out, and where a file goes on', async (t) => {
  const heads = [];
  const odd = (path, _, { headers }) => {
    if (/catalog|tflite/.test(path)) heads.push(headers);
    return false;
  };
  const { page, site } = await open(t, DIST, { odd });
  await offlineReady(page);
  await page.reload();
  await ready(page);
  await page.evaluate(async () => (await fetch('catalog.json?photo=abc')).json());
  assert.ok(site.asked.includes('GET /catalog.json'));
  const [{ url }] = JSON.parse(readFileSync(`${DIST}/catalog.json`, 'utf8')).models;
  heads.length = 0;
  await page.evaluate(async (file) => {
    const ask = (headers) => fetch(file, { headers: { 'X-Photo': 'abc', ...headers } });
    await ask({ Range: 'bytes=0-photo', 'If-Range': '"abc"' });
    await ask({ Range: 'bytes=100-', 'If-Range': 'photo' });
    await ask({ Range: 'bytes=100-', 'If-Range': '"abc"' });
  }, url);
  const own = heads.map((head) => [head.range, head['if-range'], head['x-photo']]);
  const rest = 'bytes=100-';
  assert.deepEqual(own, [Array(3).fill(undefined), [rest, undefined, undefined], [rest, '"abc"', undefined]]);
  assert.deepEqual(
    site.asked.filter((request) => request.includes('photo')),
    [],
  );
});

test('nothing of a photo is in an address, a cache, a log or a request', async (t) => {
  const seen = { requests: [], log: [] };
  const { page, site } = await open(t, DIST, {
    prepare(fresh) {
      fresh.on('request', (request) => seen.requests.push(request));
      fresh.on('console', (message) => seen.log.push(message.text()));
    },
  });
  await offlineReady(page);
  const shell = await keptBy(page);
  await choose(page, SAMPLE);
  await answered(page);
  assert.deepEqual(await keptBy(page), shell);
  const { pathname, search, hash } = new URL(page.url());
  assert.deepEqual([pathname, search, hash.replace('#/', '')], ['/', '', '']);
  assert.deepEqual(seen.log, []);
  const own = (url) => url.startsWith(`${site.url}/`) || url.startsWith(`blob:${site.url}/`);
  const odd = seen.requests.filter(
    (request) =>
      !own(request.url()) ||
      request.method() !== 'GET' ||
      request.hasPostData() ||
      /even/.test(request.url().replace('samples/even.jpg', '')),
  );
  assert.deepEqual(
    odd.map((request) => request.url()),
    [],
  );
  assert.ok(seen.requests.length > 5);
  assert.ok(site.asked.every((request) => /^GET \/[\w./-]*$/.test(request)));
});

/** All the browser keeps for the site: addresses with the length of what lies there. */
function keptBy(page) {
  return page.evaluate(async () => {
    const kept = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        kept[request.url] = (await (await cache.match(request)).arrayBuffer()).byteLength;
    }
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return { kept, databases, local: { ...localStorage }, session: { ...sessionStorage } };
  });
}

for (const offline of [false, true])
  test(`the privacy page shows the browser refusing${offline ? ', without a network, too' : ''}`, async (t) => {
    const { page, site } = await open(t);
    await offlineReady(page);
    await visit(page, '#/privacy', '.privacy');
    if (offline) {
      await site.close();
      await page.setOfflineMode(true);
      await page.reload();
      await ready(page);
    }
    await tap(page, '.trial-button');
    await page.waitForSelector('.probe', WAIT);
    assert.match(await text(page, '.trial-verdict'), /refused every attempt/);
    const attempts = await page.$$eval('.probe', (rows) =>
      rows.map((row) => [row.dataset.way, row.dataset.outcome, row.textContent.match(/rule (\S+)/)?.[1] ?? null]),
    );
    assert.deepEqual(attempts, [
      ['fetch', 'refused', 'connect-src'],
      ['line', 'refused', 'connect-src'],
      ['picture', 'refused', 'img-src'],
      ['message', 'refused', 'connect-src'],
      ['stream', 'refused', 'connect-src'],
      ['font', 'refused', 'font-src'],
      ['frame', 'refused', 'frame-src'],
      ['prefetch', 'refused', 'default-src'],
      ['fetch', 'refused', 'connect-src'],
      ['line', 'refused', 'connect-src'],
      ...['call', 'inner', 'window', 'leave', 'ahead'].map((way) => [way, 'closed', null]),
    ]);
  });

test('the privacy page tells a mere failure from a refusal', async (t) => {
  const { page } = await open(t, DIST, { path: '/#/privacy', prepare: (fresh) => fresh.setBypassCSP(true) });
  await tap(page, '.trial-button');
  await page.waitForSelector('.probe', WAIT);
  assert.match(await text(page, '.trial-verdict'), /Nothing got through/);
  assert.deepEqual(await page.$$eval('.probe', (rows) => [...new Set(rows.map((row) => row.dataset.outcome))]), [
    'unclear',
    'closed',
  ]);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing on the privacy page, and it fits a phone, ${scheme}`, async (t) => {
    const prepare = looking({ 'prefers-color-scheme': scheme });
    const { page } = await open(t, DIST, { path: '/#/privacy', prepare });
    await page.setViewport({ width: 320, height: 640 });
    await tap(page, '.trial-button');
    await page.waitForSelector('.probe', WAIT);
    await assertAccessible(page, 'tried');
    await assertFits(page, 320, 'tried');
  });
