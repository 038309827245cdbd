/* Metadata: whatever is hidden wherever decoders pass over it, the pixels stay and nothing else does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { build } from 'esbuild';
import { open, withBrowser } from '../support/app.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { jpeg } from '../support/jpeg.mjs';
import { drawLesion, noise, png } from '../support/pictures.mjs';

withBrowser();

const [WIDTH, HEIGHT] = [72, 48];
const PIXELS = drawLesion(WIDTH, HEIGHT);
const SECRET = 'PLACE 52.5N 13.4E';
const ROUNDS = 120;

/** The app's stripping in a page that also tells the pixels a browser sees. */
async function openStripper(t) {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}web/src/photo/strip-metadata.ts`],
    bundle: true,
    format: 'iife',
    globalName: 'strip',
    write: false,
  });
  const { page } = await open(t, undefined, { prepare: (fresh) => fresh.setBypassCSP(true) });
  await page.evaluate(outputFiles[0].text);
  await page.evaluate(() => {
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const pixelsOf = async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
      return `${bitmap.width}x${bitmap.height} ${hash.join()}`;
    };
    window.tryOut = async (base64) => {
      const before = bytesOf(base64);
      const { bytes } = await window.strip.stripMetadata(new Blob([before]));
      const again = await window.strip.stripMetadata(new Blob([bytes]));
      return {
        same: (await pixelsOf(before)) === (await pixelsOf(bytes)),
        settled: again.bytes.join() === bytes.join(),
        bytes: [...bytes],
      };
    };
  });
  return async (bytes) => {
    const { bytes: left, ...rest } = await page.evaluate((text) => window.tryOut(text), bytes.toString('base64'));
    return { ...rest, bytes: Buffer.from(left) };
  };
}

/** Whole numbers below `end`, the same at each run. */
function chance(seed) {
  const bytes = noise(60_000, seed);
  let at = 0;
  return (end) => (bytes[at++] * 256 + bytes[at++]) % end;
}

// ---- JPEG ----

const segmentOf = (marker, body) => {
  const content = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1');
  return Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
};

/** [marker, from, to] of the segments, strictly one behind the other; a scan's data belong to its SOS. */
function segmentsIn(bytes) {
  const found = [];
  let at = 2;
  while (at < bytes.length) {
    assert.equal(bytes[at], 0xff, `no marker at ${at}`);
    const marker = bytes[at + 1];
    let end = marker === 0xd9 ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) while (bytes[end] !== 0xff || [0, ...restarts].includes(bytes[end + 1])) end++;
    found.push([marker, at, end]);
    at = end;
  }
  return found;
}
const restarts = [0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];

const tiff = (orientation) =>
  Buffer.concat([
    Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from(SECRET),
  ]);

/** What may be hidden between two segments; `late`: behind the first scan's begin. */
const HIDING = [
  () => segmentOf(0xe1, `http://ns.adobe.com/xap/1.0/\0${SECRET}`),
  () => segmentOf(0xe1, `Exif\0\0${SECRET}`),
  (_, late) => (late ? segmentOf(0xe1, `Exif\0\0MM\0*${SECRET}`) : Buffer.alloc(0)),
  () => segmentOf(0xfe, SECRET),
  () => segmentOf(0xed, `Photoshop 3.0\0${SECRET}`),
  () => segmentOf(0xe0, `JFXX\0\x10${SECRET}`),
  () => segmentOf(0xe2, `MPF\0${SECRET}`),
  () => segmentOf(0xef, SECRET),
  () => segmentOf(0xe4, SECRET.repeat(3000)),
  () => Buffer.from([0]),
  /* Behind a scan's data text would be data. */
  (_, late) => Buffer.from(late ? '' : SECRET),
  () => Buffer.from([0xff, 0xff, 0xff]),
  () => Buffer.concat([Buffer.from([0]), segmentOf(0xe1, `Exif\0\0${SECRET}`)]),
  () => Buffer.concat([Buffer.from([0xff]), segmentOf(0xe1, `Exif\0\0${SECRET}`)]),
];

function hide(whole, next) {
  const places = segmentsIn(whole).map(([marker, at]) => [marker, at]);
  const scan = places.find(([marker]) => marker === 0xda)[1];
  let bytes = whole;
  /* From the end on, so that the places before stay where they are. */
  for (const [, at] of places.reverse()) {
    /* A file that begins otherwise is no JPEG to browsers. */
    if (next(3) > 0 || at === 2) continue;
    bytes = Buffer.concat([bytes.subarray(0, at), HIDING[next(HIDING.length)](next, at > scan), bytes.subarray(at)]);
  }
  const exif =
    next(3) === 0 ? segmentOf(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff(1 + next(8))])) : Buffer.alloc(0);
  const behind = next(2) ? Buffer.concat([Buffer.from(SECRET), whole]) : Buffer.alloc(0);
  return Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2), behind]);
}

const PICTORIAL = [0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdd, 0xd9];

function assertJpegBare(bytes, what) {
  assert.equal(bytes.includes('PLACE'), false, what);
  for (const [marker, from, to] of segmentsIn(bytes)) {
    const body = bytes.subarray(from + 4, to).toString('latin1');
    const known =
      PICTORIAL.includes(marker) ||
      (marker === 0xe0 && /^JFIF\0.{7}\0\0$/s.test(body)) ||
      (marker === 0xe1 && /^Exif\0\0MM\0\*/.test(body) && body.length === 32) ||
      (marker === 0xe2 && body.startsWith('ICC_PROFILE\0')) ||
      (marker === 0xee && /^Adobe.{7}$/s.test(body));
    assert.ok(known, `${what}: segment ${marker.toString(16)}`);
  }
}

for (const [name, options] of Object.entries({ 'one scan': { subsampled: true }, 'several scans': { apart: true } }))
  test(`JPEG, ${name}: the same pixels, nothing outside of the list`, async (t) => {
    const strip = await openStripper(t);
    const whole = jpeg(WIDTH, HEIGHT, PIXELS, options);
    const jfif = segmentOf(
      0xe0,
      Buffer.concat([Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02'), Buffer.from(SECRET.slice(0, 12))]),
    );
    const profile = segmentOf(0xe2, 'ICC_PROFILE\0\x01\x01a profile');
    const adobe = segmentOf(0xee, `Adobe\0\x64\0\0\0\0\x01${SECRET}`);
    const next = chance(11);
    for (let round = 0; round < ROUNDS; round++) {
      const head = [whole.subarray(0, 2), ...[jfif, profile, adobe].filter(() => next(2)), whole.subarray(2)];
      const { same, settled, bytes } = await strip(hide(Buffer.concat(head), next));
      assert.ok(same, `round ${round}: other pixels`);
      assert.ok(settled, `round ${round}: not the same twice`);
      assertJpegBare(bytes, `round ${round}`);
    }
    const { bytes } = await strip(Buffer.concat([whole.subarray(0, 2), profile, whole.subarray(2)]));
    assert.ok(bytes.includes('ICC_PROFILE'));
  });

test('JPEG: a segment behind a stray zero between two scans goes', async (t) => {
  const strip = await openStripper(t);
  const whole = jpeg(WIDTH, HEIGHT, PIXELS, { apart: true });
  const scans = segmentsIn(whole).filter(([marker]) => marker === 0xda);
  const place = segmentOf(0xe1, `Exif\0\0${SECRET}`);
  const [, second] = scans[1];
  const between = Buffer.concat([whole.subarray(0, second), Buffer.from([0]), place, whole.subarray(second)]);
  const { bytes, same } = await strip(between);
  assert.equal(same, true);
  assertJpegBare(bytes, 'between the scans');
});

// ---- PNG ----

const chunkOf = (name, body) => {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(body)]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length - 4, 0);
  ends.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([ends.subarray(0, 4), content, ends.subarray(4)]);
};

const chunksIn = (bytes) => {
  const found = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    found.push([bytes.toString('latin1', at + 4, at + 8), at]);
  return found;
};

test('PNG: the same pixels, the orientation, nothing outside of the list', async (t) => {
  const strip = await openStripper(t);
  const whole = png(WIDTH, HEIGHT, 4, PIXELS);
  const strange = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'prVt', 'eXIf', 'sPLT', 'dSIG'];
  const next = chance(5);
  for (let round = 0; round < ROUNDS; round++) {
    let bytes = whole;
    for (const [name, at] of chunksIn(whole).reverse()) {
      if (name === 'IHDR') continue;
      const hidden = [next(3) ? chunkOf(strange[next(5)], `Comment\0${SECRET}`) : Buffer.alloc(0)];
      if (name === 'IDAT') hidden.push(chunkOf('gAMA', [0, 0, 0xb1, 0x8f]));
      if (name === 'IDAT' && next(2)) hidden.push(chunkOf('eXIf', tiff(1 + next(8))));
      bytes = Buffer.concat([bytes.subarray(0, at), ...hidden, bytes.subarray(at)]);
    }
    bytes = Buffer.concat([bytes, next(2) ? Buffer.from(SECRET) : Buffer.alloc(0)]);
    const left = await strip(bytes);
    assert.ok(left.same, `round ${round}: other pixels`);
    assert.ok(left.settled, `round ${round}: not the same twice`);
    assert.equal(left.bytes.includes('PLACE'), false);
    const names = new Set(chunksIn(left.bytes).map(([name]) => name));
    for (const name of names) assert.ok(['IHDR', 'gAMA', 'eXIf', 'IDAT', 'IEND'].includes(name), name);
  }
});
