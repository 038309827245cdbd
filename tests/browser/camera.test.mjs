/* The live camera, with a film of our own as what it sees. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  copySite,
  DIST,
  FOLDER,
  looking,
  open,
  ready,
  reason,
  SAMPLE,
  tap,
  text,
  until,
  visit,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { putModel } from '../support/model.mjs';
import { drawLesion } from '../support/pictures.mjs';
import { film } from '../support/video.mjs';

const [WIDTH, HEIGHT] = [320, 240];
const LESION = drawLesion(WIDTH, HEIGHT);
const FILM = `${FOLDER}film.y4m`;

/* A spot to be seen, then for as long nearly nothing. */
mkdirSync(FOLDER, { recursive: true });
const dark = LESION.map((value, i) => (i % 4 === 3 ? 255 : value / 16));
writeFileSync(
  FILM,
  film(WIDTH, HEIGHT, [
    { rgba: LESION, seconds: 3 },
    { rgba: dark, seconds: 3 },
  ]),
);

withBrowser(['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${FILM}`]);

/** The site with a model that sets limits on photos. */
function limitedSite() {
  const folder = copySite('limited-site');
  const model = `${FOLDER}limited.tflite`;
  execFileSync(`${ROOT}build/test/mkmodel`, [model]);
  putModel(folder, readFileSync(model));
  return folder;
}

/** A page that may use the camera, or may not. */
async function openCamera(t, { folder = DIST, allowed = true, before } = {}) {
  const visitor = await open(t, folder, {
    prepare: async (page, site) => {
      await page.browserContext().overridePermissions(site.url, allowed ? ['camera'] : []);
      await before?.(page);
    },
  });
  await visit(visitor.page, '#/camera', '.camera');
  return visitor;
}

const live = (page) => page.waitForSelector('.camera[data-camera=live]', WAIT);
const failed = (page, fault) => page.waitForSelector(`.camera .notice[data-fault=${fault}]`, WAIT);

/** Keep hold of the running track, to look at it once the camera should be off. */
async function holdTrack(page) {
  await live(page);
  await page.waitForFunction(() => document.querySelector('video').videoWidth > 0, WAIT);
  await page.evaluate(() => {
    [globalThis.track] = document.querySelector('video').srcObject.getVideoTracks();
  });
  assert.equal(await trackState(page), 'live');
}

const trackState = (page) => page.evaluate(() => globalThis.track.readyState);

test('a photo is taken with a click and classified, and the camera is off afterwards', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  await tap(page, '.camera-shoot');
  await answered(page);
  assert.equal(await trackState(page), 'ended');
  await page.click('.details summary');
  assert.match(await text(page, '.facts'), new RegExp(`${WIDTH} × ${HEIGHT}`));
});

for (const [how, shoot] of [
  ['a tap on the picture', (page) => page.click('.viewfinder')],
  ['the space bar', (page) => page.keyboard.press('Space')],
])
  test(`${how} takes the photo`, async (t) => {
    const { page } = await openCamera(t);
    await holdTrack(page);
    await page.evaluate(() => document.activeElement?.blur());
    await shoot(page);
    await answered(page);
  });

test('leaving the screen ends the track', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  await visit(page, '#/settings', '.settings');
  assert.equal(await trackState(page), 'ended');
});

test('a hidden page ends the track, and opens the camera again when it is back', async (t) => {
  const { page, context } = await openCamera(t);
  await holdTrack(page);
  const other = await context.newPage();
  await other.bringToFront();
  await until(async () => (await trackState(page)) === 'ended', 'the end of the track');
  await page.bringToFront();
  await live(page);
});

test('a page that the browser puts aside and brings back has its camera again', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  const change = (type) =>
    page.evaluate((name) => void window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
  await change('pagehide');
  assert.equal(await trackState(page), 'ended');
  await page.waitForSelector('.camera[data-camera=off] .camera-on', WAIT);
  assert.match(await reason(page, '.camera-shoot[aria-disabled=true]'), /^Turn on the camera/);
  await change('pageshow');
  await holdTrack(page);
});

test('turned off, the camera can be turned on by hand', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  await page.evaluate(() => void window.dispatchEvent(new PageTransitionEvent('pagehide')));
  await tap(page, '.camera-on');
  await holdTrack(page);
});

/** As a phone call does: the track goes on without a picture. */
const mute = (page) =>
  page.evaluate(() => {
    const { track } = globalThis;
    Object.defineProperty(track, 'muted', { get: () => true });
    track.dispatchEvent(new Event('mute'));
  });

test('a camera that the system mutes is opened anew, and one that stays mute is told of', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  await mute(page);
  await until(async () => (await trackState(page)) === 'ended', 'the end of the mute track');
  await holdTrack(page);
  await mute(page);
  await failed(page, 'camera-busy');
  assert.equal(await trackState(page), 'ended');
  await tap(page, '.camera .notice button');
  await holdTrack(page);
});

test('a moment without a picture changes nothing', async (t) => {
  const { page } = await openCamera(t);
  await holdTrack(page);
  await page.evaluate(() => {
    globalThis.track.dispatchEvent(new Event('mute'));
    globalThis.track.dispatchEvent(new Event('unmute'));
  });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  assert.equal(await trackState(page), 'live');
});

test('leaving while the browser still asks leaves no camera on', async (t) => {
  const { page } = await openCamera(t, {
    before: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        const ask = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (...wishes) {
          await new Promise((resolve) => {
            globalThis.allow = resolve;
          });
          const stream = await ask.apply(this, wishes);
          [globalThis.track] = stream.getVideoTracks();
          return stream;
        };
      }),
  });
  await page.waitForSelector('.camera[data-camera=opening]', WAIT);
  assert.match(await reason(page, '.camera-shoot[aria-disabled=true]'), /browser may ask/);
  await visit(page, '#/settings', '.settings');
  await page.evaluate(() => globalThis.allow());
  await until(() => page.evaluate(() => globalThis.track?.readyState === 'ended'), 'the end of the track');
});

test('a camera that is not allowed leads to a sentence, and a file works beside it', async (t) => {
  const { page } = await openCamera(t, { allowed: false });
  await failed(page, 'camera-denied');
  await choose(page, SAMPLE);
  await answered(page);
});

test('permission withdrawn midway leads to a sentence, and given again, to the camera', async (t) => {
  const { page, context, site } = await openCamera(t);
  await holdTrack(page);
  await context.overridePermissions(site.url, []);
  await failed(page, 'camera-lost');
  await context.overridePermissions(site.url, ['camera']);
  await tap(page, '.notice .button');
  await live(page);
});

/* What no machine without the fitting hardware can be brought to: the browser's own error, by its name. */
for (const [name, fault] of [
  ['NotFoundError', 'camera-none'],
  ['NotReadableError', 'camera-busy'],
  ['AbortError', 'camera-busy'],
  ['OverconstrainedError', 'camera-unfit'],
  ['SomethingNewError', 'camera-failed'],
])
  test(`${name} leads to the words for ${fault}, and trying again to the camera`, async (t) => {
    const { page } = await openCamera(t, {
      before: (fresh) =>
        fresh.evaluateOnNewDocument((errorName) => {
          const ask = MediaDevices.prototype.getUserMedia;
          globalThis.broken = true;
          MediaDevices.prototype.getUserMedia = function (...wishes) {
            return globalThis.broken ? Promise.reject(new DOMException('', errorName)) : ask.apply(this, wishes);
          };
        }, name),
    });
    await failed(page, fault);
    await page.evaluate(() => {
      globalThis.broken = false;
    });
    await tap(page, '.notice .button');
    await live(page);
  });

test('a browser without cameras for pages keeps the button of the camera app', async (t) => {
  const { page } = await open(t, DIST, {
    prepare: (fresh) => fresh.evaluateOnNewDocument(() => delete Navigator.prototype.mediaDevices),
  });
  const camera = await page.$('input[name=camera][capture=environment]');
  await camera.uploadFile(SAMPLE);
  await answered(page);
  await visit(page, '#/camera', '.camera');
  await failed(page, 'camera-unsupported');
});

test('what the engine finds wrong is said a few times a second, and not while the page is hidden', async (t) => {
  const { page, context, site } = await openCamera(t, {
    folder: limitedSite(),
    before: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        globalThis.checks = [];
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message?.name === 'check') globalThis.checks.push(performance.now());
          return post.call(this, message, ...rest);
        };
      }),
  });
  await holdTrack(page);
  await page.waitForSelector('[data-hint=dark]', WAIT);
  assert.match(await text(page, '.camera-hint'), /Too dark/);
  await page.waitForSelector('[data-hint=good]', WAIT);
  const gaps = await page.evaluate(() => globalThis.checks.slice(1).map((time, i) => time - globalThis.checks[i]));
  assert.ok(gaps.length >= 3);
  assert.ok(Math.min(...gaps) > 300, `looks ${Math.min(...gaps)} ms apart`);
  const other = await context.newPage();
  await other.bringToFront();
  await until(async () => (await trackState(page)) === 'ended', 'the end of the track');
  const before = await page.evaluate(() => globalThis.checks.length);
  /* Long enough for several looks. */
  await other.goto(site.url);
  await ready(other);
  assert.ok((await page.evaluate(() => globalThis.checks.length)) <= before + 1);
});

for (const [battery, often, expected] of [
  [{ charging: false, level: 0.9 }, 'once', 1],
  [{ charging: false, level: 0.1 }, 'never', 0],
])
  test(`with a battery at ${battery.level} the network runs ${often} while the person aims`, async (t) => {
    const { page } = await openCamera(t, {
      before: (fresh) =>
        fresh.evaluateOnNewDocument((told) => {
          globalThis.asked = [];
          const post = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (message, ...rest) {
            globalThis.asked.push(message?.name);
            return post.call(this, message, ...rest);
          };
          Navigator.prototype.getBattery = async () => told;
        }, battery),
    });
    const asked = (name) => page.evaluate((wanted) => globalThis.asked.filter((one) => one === wanted).length, name);
    for (let times = 1; times <= 2; times++) {
      await holdTrack(page);
      await until(async () => (await asked('check')) >= 2 * times, 'looks at what the camera shows');
      await visit(page, '#/settings', '.settings');
      await visit(page, '#/camera', '.camera');
    }
    assert.equal(await asked('warmUp'), expected);
  });

test('lamp and zoom are there where the device offers them', async (t) => {
  const { page } = await openCamera(t, {
    before: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        globalThis.wishes = [];
        Object.assign(MediaStreamTrack.prototype, {
          getCapabilities: () => ({ torch: true, zoom: { min: 1, max: 4, step: 0.5 } }),
          applyConstraints: async ({ advanced }) => void globalThis.wishes.push(...advanced),
        });
      }),
  });
  await live(page);
  await tap(page, '.camera-torch');
  await page.waitForSelector('.camera-torch[aria-pressed=true]', WAIT);
  await page.focus('input[name=zoom]');
  await page.keyboard.press('End');
  await page.waitForSelector('input[name=zoom][aria-valuetext^="4"]', WAIT);
  assert.deepEqual(await page.evaluate(() => globalThis.wishes), [{ torch: true }, { zoom: 4 }]);
});

test('without them there is neither', async (t) => {
  const { page } = await openCamera(t);
  await live(page);
  assert.equal(await page.$('.camera-extras'), null);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing with the camera on and off, and it fits a phone, ${scheme}`, async (t) => {
    const { page, context, site } = await openCamera(t, { before: looking({ 'prefers-color-scheme': scheme }) });
    await page.setViewport({ width: 320, height: 640 });
    await live(page);
    await assertAccessible(page, 'live');
    await assertFits(page, 320, 'live');
    await context.overridePermissions(site.url, []);
    await failed(page, 'camera-lost');
    await assertAccessible(page, 'lost');
    await assertFits(page, 320, 'lost');
  });
