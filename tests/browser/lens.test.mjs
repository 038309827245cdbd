/* A device with three cameras. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, ready, until, visit, WAIT, withBrowser } from '../support/app.mjs';

withBrowser(['--use-fake-device-for-media-stream=device-count=3']);

const allowed = (page, site) => page.browserContext().overridePermissions(site.url, ['camera']);

const live = (page) => page.waitForSelector('.camera[data-camera=live]', WAIT);
const lensOf = (page) =>
  page.$eval('video', ({ srcObject }) => srcObject.getVideoTracks()[0].getSettings().deviceId).catch(() => null);

/** The lenses to choose from, by name. */
const lenses = (page) =>
  page.$$eval('select[name=lens] option', (all) => all.map(({ value, textContent: name }) => ({ value, name })));

async function choose(page, lens) {
  await page.select('select[name=lens]', lens);
  await until(async () => (await lensOf(page)) === lens, 'the chosen camera');
  await live(page);
}

test('where there are several cameras one can be chosen, and is remembered by the device', async (t) => {
  const { page } = await open(t, undefined, { prepare: allowed });
  await visit(page, '#/camera', '.camera');
  await live(page);
  const [first, , third] = await lenses(page);
  assert.equal(await lensOf(page), first.value);
  assert.match(third.name, /fake_device/);
  await choose(page, third.value);
  await page.reload();
  await ready(page);
  await live(page);
  assert.equal(await lensOf(page), third.value);
  assert.equal(await page.$eval('select[name=lens]', ({ value }) => value), third.value);
});

test('a camera that is known by another identifier now is found by its name', async (t) => {
  const { page } = await open(t, undefined, { prepare: allowed });
  await visit(page, '#/camera', '.camera');
  await live(page);
  const [, , third] = await lenses(page);
  await choose(page, third.value);
  /* As browsers do that give other identifiers at each visit. */
  await page.evaluateOnNewDocument(() => {
    const ask = MediaDevices.prototype.getUserMedia;
    let first = true;
    MediaDevices.prototype.getUserMedia = function (wishes) {
      if (first && wishes.video?.deviceId) {
        first = false;
        return Promise.reject(new DOMException('no such camera', 'OverconstrainedError'));
      }
      return ask.call(this, wishes);
    };
  });
  await page.reload();
  await ready(page);
  await until(async () => (await lensOf(page)) === third.value, 'the camera of that name');
});

test('with one that is gone any other is taken', async (t) => {
  const { page } = await open(t, undefined, { prepare: allowed });
  await visit(page, '#/camera', '.camera');
  await live(page);
  const [first, , third] = await lenses(page);
  await choose(page, third.value);
  await page.evaluateOnNewDocument((gone) => {
    const list = MediaDevices.prototype.enumerateDevices;
    const ask = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.enumerateDevices = async function () {
      return (await list.call(this)).filter(({ deviceId }) => deviceId !== gone);
    };
    MediaDevices.prototype.getUserMedia = function (wishes) {
      if (wishes.video?.deviceId?.exact === gone)
        return Promise.reject(new DOMException('no such camera', 'OverconstrainedError'));
      return ask.call(this, wishes);
    };
  }, third.value);
  await page.reload();
  await ready(page);
  await live(page);
  assert.equal(await lensOf(page), first.value);
});
