/*
 * What the page holds while a large history goes in from a backup and out into one: `make bench-backup`. Photos are
 * streamed one at a time, so memory must not follow their number; the two runs and the parts of each show whether it does.
 */

import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { Zip, ZipPassThrough } from 'fflate';
import { documentOf } from '../support/archive.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { downloads, turnOn } from '../support/history.mjs';
import { launch, serve } from '../support/site.mjs';
import { mb, print } from './print.mjs';

const FOLDER = `${ROOT}build/bench/`;
const SAMPLE = `${ROOT}build/samples/even.jpg`;
const WAIT = { timeout: 1_800_000 };
const PHOTOS = [500, 2000];
const PHOTO_BYTES = 400_000;
const SAMPLE_MS = 250;
const PARTS = 4;
const SEGMENT_BYTES = 60_000;

/** A photo of its own bytes, and of the size of a telephone's: with random segments that the app keeps. */
function photo() {
  const whole = readFileSync(SAMPLE);
  const segments = [];
  for (let left = PHOTO_BYTES - whole.length; left > 0; left -= SEGMENT_BYTES) {
    const body = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), randomBytes(SEGMENT_BYTES)]);
    segments.push(Buffer.from([0xff, 0xe2, (body.length + 2) >> 8, (body.length + 2) & 255]), body);
  }
  return Buffer.concat([whole.subarray(0, 2), ...segments, whole.subarray(2)]);
}

/** A backup of so many photos, written as it is made. */
function writeBackup(path, photos) {
  const file = openSync(path, 'w');
  const zip = new Zip((error, data) => {
    if (error) throw error;
    writeSync(file, data);
  });
  const add = (name, bytes) => {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(bytes, true);
  };
  const document = documentOf(photos);
  add('history.json', Buffer.from(JSON.stringify(document)));
  for (const entry of document.entries) {
    add(entry.photo, photo());
    add(entry.square, readFileSync(SAMPLE));
  }
  zip.end();
  closeSync(file);
  return path;
}

async function residentBytes(client) {
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  const of = (type) =>
    processInfo
      .filter((process) => process.type === type)
      .map(({ id }) => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]))
      .reduce((sum, bytes) => sum + bytes, 0);
  return { page: of('renderer'), browser: of('browser') };
}

/** Runs `work` and gives the most bytes that page and browser held in each part of its time. */
async function watched(browser, page, work) {
  const client = await browser.target().createCDPSession();
  const heap = await page.createCDPSession();
  const held = [];
  let running = true;
  const done = work().finally(() => {
    running = false;
  });
  while (running) {
    const { usedSize } = await heap.send('Runtime.getHeapUsage');
    held.push({ ...(await residentBytes(client)), heap: usedSize });
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
  }
  await done;
  return Array.from({ length: PARTS }, (_, i) => {
    const part = held.slice(Math.floor((held.length * i) / PARTS), Math.ceil((held.length * (i + 1)) / PARTS));
    const most = (name) => Math.max(...part.map((one) => one[name]));
    return { page: most('page'), browser: most('browser'), heap: most('heap') };
  });
}

function tell(what, parts) {
  for (const name of ['page', 'browser', 'heap'])
    print(`${what}: most in each quarter, ${name}`, parts.map((part) => mb(part[name])).join(' '));
}

async function measure(photos) {
  const archive = writeBackup(`${FOLDER}backup-${photos}.zip`, photos);
  const site = await serve(`${ROOT}dist`);
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${site.url}/#/history`);
  await downloads(page, 'bench-backup');
  await turnOn(page);
  const input = await page.waitForSelector('input[name=archive]', WAIT);
  const client = await browser.target().createCDPSession();
  const before = await residentBytes(client);
  console.log(
    `\n${photos} photos of ${mb(PHOTO_BYTES)}; before: page ${mb(before.page)}, browser ${mb(before.browser)}`,
  );
  tell(
    'brought in',
    await watched(browser, page, async () => {
      await input.uploadFile(archive);
      await page.waitForSelector(`.news.imported[data-entries="${photos}"]`, WAIT);
    }),
  );
  tell(
    'sent out',
    await watched(browser, page, async () => {
      await page.click('[data-export]');
      await page.waitForSelector(`.news.exported[data-entries="${photos}"]`, WAIT);
    }),
  );
  await browser.close();
  await site.close();
  rmSync(archive);
}

mkdirSync(FOLDER, { recursive: true });
for (const photos of PHOTOS) await measure(photos);
