/* Turning a photo, moving the square that is looked at, and photos of all sizes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  assertFits,
  choose,
  DIST,
  FOLDER,
  focused,
  looking,
  open,
  SAMPLE,
  siteWith,
  tap,
  text,
  until,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { COMMAND } from '../support/fixtures.mjs';
import { blockyJpeg, jpeg } from '../support/jpeg.mjs';
import { drawLesion, png, withoutAlpha } from '../support/pictures.mjs';

withBrowser();

mkdirSync(FOLDER, { recursive: true });
const WIDE = `${FOLDER}wide.jpg`;
const TURNED = `${FOLDER}turned.jpg`;
const picture = drawLesion(803, 601, 3);
writeFileSync(WIDE, jpeg(803, 601, picture));
writeFileSync(TURNED, jpeg(803, 601, picture, { orientation: 6 }));

const commandLine = (file, ...options) =>
  JSON.parse(execFileSync(COMMAND, ['classify', '--json', ...options, file], { encoding: 'utf8' }));

async function openWith(t, file, options) {
  const { page } = await open(t, DIST, options);
  await choose(page, file);
  await answered(page);
  return page;
}

async function edit(page) {
  await tap(page, '.stage-crop');
  const place = await page.waitForSelector('.crop-place', WAIT);
  await place.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
  return place;
}

const square = (page) =>
  page.$eval('.crop-square', ({ dataset }) => dataset.region.split(',').map((number) => Number(number)));

/** Have the chosen square looked at. */
async function done(page) {
  await tap(page, '.crop-done');
  await answered(page);
}

/** The answer's numbers in full, as the lengths of its bars. */
const shown = async (page) =>
  Object.fromEntries(
    await page.$$eval('.bar', (bars) =>
      bars.map((bar) => [bar.dataset.label, Number(bar.querySelector('.bar-track').style.getPropertyValue('--share'))]),
    ),
  );

async function drag(page, place, dx, dy) {
  const { x, y, width, height } = await place.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * (0.5 + dx), y + height * (0.5 + dy), { steps: 4 });
  await page.mouse.up();
}

test('the square is dragged and sized, and the answer is that of the command line for it', async (t) => {
  const page = await openWith(t, WIDE);
  const before = await shown(page);
  const place = await edit(page);
  await page.focus('input[name=side]');
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft');
  await drag(page, place, -0.25, 0.1);
  const [x, y, side] = await square(page);
  assert.ok(x < 0.3 && y > 0.6 && side <= 0.6, `${x}, ${y}, ${side}`);
  await done(page);
  const after = await shown(page);
  assert.notDeepEqual(after, before);
  assert.deepEqual(after, commandLine(WIDE, '--region', `${x},${y},${side}`).probabilities);
});

test('turned by quarters, the answer is that of the command line; the square stays on its skin', async (t) => {
  const page = await openWith(t, WIDE);
  const place = await edit(page);
  await page.focus('input[name=side]');
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft');
  await drag(page, place, 0.2, 0);
  const [x, y, side] = await square(page);
  await tap(page, '.crop-right');
  assert.deepEqual(await square(page), [Math.round((1 - y) * 1e4) / 1e4, x, side]);
  await done(page);
  const region = `${Math.round((1 - y) * 1e4) / 1e4},${x},${side}`;
  assert.deepEqual(await shown(page), commandLine(WIDE, '--region', region, '--turn', '1').probabilities);
  await edit(page);
  await tap(page, '.crop-left');
  await tap(page, '.crop-left');
  await done(page);
  const back = await page.evaluate(() => document.querySelector('.frame-photo').style.transform);
  assert.match(back, /rotate\(270deg\)/);
});

test('a photo whose EXIF says it lies on its side is edited upright', async (t) => {
  const page = await openWith(t, TURNED);
  const place = await edit(page);
  const photo = await page.$('.crop-photo');
  const { width, height } = await photo.boundingBox();
  assert.ok(height > width);
  await page.focus('input[name=side]');
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft');
  await drag(page, place, 0, -0.2);
  const region = (await square(page)).join(',');
  await done(page);
  assert.deepEqual(await shown(page), commandLine(TURNED, '--region', region).probabilities);
});

test('the keyboard alone moves and sizes the square', async (t) => {
  const page = await openWith(t, WIDE);
  await edit(page);
  const [x, y, side] = await square(page);
  await focused(page, '.crop-place');
  for (const key of ['-', '-', '-', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  const after = await square(page);
  assert.ok(after[0] > x && after[1] > y && after[2] < side);
  await page.keyboard.press('+');
  assert.ok((await square(page))[2] > after[2]);
  await page.focus('.crop-cancel');
  await page.keyboard.press('Enter');
  await until(() => page.evaluate(() => document.activeElement?.matches('.stage-crop')), 'the focus on the button');
});

test('two fingers make the square larger and smaller, the wheel too', async (t) => {
  const page = await openWith(t, WIDE);
  const place = await edit(page);
  const { x, y, width, height } = await place.boundingBox();
  const client = await page.createCDPSession();
  const fingers = (apart) => [-apart, apart].map((dx, id) => ({ x: x + width * (0.5 + dx), y: y + height / 2, id }));
  const touch = (type, touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
  const [, , side] = await square(page);
  await touch('touchStart', fingers(0.4));
  await touch('touchMove', fingers(0.3));
  await touch('touchMove', fingers(0.2));
  await touch('touchEnd', []);
  const [, , pinched] = await square(page);
  assert.ok(Math.abs(pinched / side - 0.5) < 0.1, `${side} became ${pinched}`);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel({ deltaY: -100 });
  await page.waitForFunction(
    (old) => Number(document.querySelector('.crop-square').dataset.region.split(',')[2]) > old,
    WAIT,
    pinched,
  );
});

test('the square never leaves the photo, and cancelling changes nothing', async (t) => {
  const page = await openWith(t, WIDE);
  const before = await shown(page);
  const place = await edit(page);
  await drag(page, place, -0.9, -0.9);
  const [x, y, side] = await square(page);
  assert.ok(Math.abs(y - side / 2) < 1e-3 && Math.abs(x - (side * 601) / 803 / 2) < 1e-3, `${x}, ${y}, ${side}`);
  await tap(page, '.crop-cancel');
  assert.deepEqual(await shown(page), before);
});

test('a square is proposed around a spot that lies off the centre, and taken on request', async (t) => {
  const file = `${FOLDER}aside.jpg`;
  const [width, height] = [800, 600];
  const spot = drawLesion(300, 300, 3);
  const photo = Uint8Array.from({ length: width * height * 4 }, (_, at) => spot[at % 4]);
  for (let y = 0; y < 300; y++) photo.set(spot.subarray(y * 1200, (y + 1) * 1200), ((y + 250) * width + 450) * 4);
  writeFileSync(file, jpeg(width, height, photo));
  const page = await openWith(t, file);
  await edit(page);
  await tap(page, '.crop-right');
  await tap(page, '.crop-left');
  assert.deepEqual(await square(page), [0.5, 0.5, 1], 'nothing moves by itself');
  await page.waitForSelector('.crop-proposal', WAIT);
  await tap(page, '.crop-propose');
  const [x, y, side] = await square(page);
  assert.ok(Math.abs(x - 0.75) < 0.05 && Math.abs(y - 400 / 600) < 0.05 && side < 0.6, `${x}, ${y}, ${side}`);
  const [taken, dashed] = await page.$$eval('.crop-square, .crop-proposal', (boxes) =>
    boxes.map((box) => box.style.cssText),
  );
  assert.equal(taken, dashed);
  await done(page);
  assert.deepEqual(await shown(page), commandLine(file, '--region', `${x},${y},${side}`).probabilities);
});

test('the next photo begins with the whole again', async (t) => {
  const page = await openWith(t, WIDE);
  await edit(page);
  await tap(page, '.crop-right');
  await done(page);
  await choose(page, SAMPLE);
  await page.waitForFunction(
    () => document.querySelector('.frame-photo')?.style.transform.includes('rotate(0deg)'),
    WAIT,
  );
  await answered(page);
  assert.deepEqual(await shown(page), commandLine(SAMPLE).probabilities);
});

/* What a phone of 48 or 108 megapixels sends: the engine reads an eighth, which is the level of each block. */
for (const [megapixels, columns, rows] of [
  [48, 1000, 750],
  [108, 1500, 1125],
])
  test(`a JPEG of ${megapixels} megapixels is read by the engine`, async (t) => {
    const spot = drawLesion(columns, rows, 5);
    const level = (column, row) => spot[(row * columns + column) * 4 + 1];
    const file = `${FOLDER}${megapixels}.jpg`;
    const eighth = `${FOLDER}${megapixels}-eighth.png`;
    writeFileSync(file, blockyJpeg(columns * 8, rows * 8, level));
    const grey = Uint8Array.from({ length: columns * rows }, (_, i) => spot[i * 4 + 1]);
    writeFileSync(eighth, png(columns, rows, 1, grey));
    const page = await openWith(t, file);
    /* The picture resized is not quite the same: its edges lie at other fractions of a pixel. */
    const found = await shown(page);
    for (const [label, share] of Object.entries(commandLine(eighth).probabilities))
      assert.ok(Math.abs(found[label] - share) < 0.1, `${label}: ${found[label]} for ${share}`);
    assert.deepEqual(found, commandLine(file, '--megapixels', '200').probabilities);
    await page.click('.details summary');
    assert.match(await text(page, '.facts'), new RegExp(`${(columns * 8).toLocaleString('en')} × .*Lentigo`));
  });

/* Where there is as much of it as on a phone of 2 GB, the engine gets 48 MiB. */
const LITTLE_MEMORY = 'Object.defineProperty(self.WorkerNavigator?.prototype ?? {}, "deviceMemory", { value: 2 });';

test('a PNG too large for the engine’s memory is made small by the browser', async (t) => {
  const file = `${FOLDER}large.png`;
  const [width, height] = [6000, 5000];
  const small = drawLesion(width / 10, height / 10, 7);
  const rgb = withoutAlpha(small);
  const large = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (Math.floor(y / 10) * (width / 10) + Math.floor(x / 10)) * 3;
      large.set(rgb.subarray(from, from + 3), (y * width + x) * 3);
    }
  writeFileSync(file, png(width, height, 3, large));
  const { page } = await open(t, siteWith('little-memory', LITTLE_MEMORY));
  await choose(page, file);
  await answered(page);
  await page.click('.details summary');
  assert.match(await text(page, '.facts'), /the browser/);
  const [[top]] = Object.entries(commandLine(file).probabilities).sort(([, a], [, b]) => b - a);
  assert.equal(Object.keys(await shown(page))[0], top);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing in the editor, and it fits a phone, ${scheme}`, async (t) => {
    const page = await openWith(t, WIDE, { prepare: looking({ 'prefers-color-scheme': scheme }) });
    await page.setViewport({ width: 320, height: 640 });
    await edit(page);
    await assertAccessible(page, 'editor');
    await assertFits(page, 320, 'editor');
  });
