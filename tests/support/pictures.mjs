/* Pictures of our own making: a drawn lesion, and writers of PNG and JPEG for it. Node only. */
import { deflateSync } from 'node:zlib';

/** Pseudo-random bytes, the same on every machine. */
export function noise(length, seed) {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** A dark uneven spot on skin: [height, width, 4] u8, opaque. */
export function drawLesion(width, height, seed = 1) {
  const pixels = new Uint8Array(width * height * 4);
  const grain = noise(width * height, seed);
  const side = Math.min(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const dx = (x - width * 0.47) / side;
      const dy = (y - height * 0.52) / side;
      const edge = 0.26 + 0.05 * Math.sin(5 * Math.atan2(dy, dx) + seed);
      const inside = 1 / (1 + Math.exp((Math.hypot(dx, dy * 1.2) - edge) * 60));
      const streak = 14 * Math.sin(dx * 40 + seed) * Math.cos(dy * 31);
      const spot = inside * (120 + streak);
      pixels[at * 4] = clamp(214 - 0.8 * spot + grain[at] / 24);
      pixels[at * 4 + 1] = clamp(168 - spot + grain[at] / 20);
      pixels[at * 4 + 2] = clamp(148 - 0.85 * spot - 20 * dx + grain[at] / 18);
      pixels[at * 4 + 3] = 255;
    }
  }
  return pixels;
}

function clamp(value) {
  return Math.max(0, Math.min(255, Math.round(value)));
}

// ---- PNG ----

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function pngChunk(type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of chunk.subarray(4, 8 + data.length)) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  chunk.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 8 + data.length);
  return chunk;
}

const PNG_COLOUR = { 1: 0, 2: 4, 3: 2, 4: 6 };

/**
 * A PNG of [height, width, channels] samples, 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. With 16 bits each
 * sample is written twice over (value * 257). `claim` overrides the size in the header.
 */
export function png(width, height, channels, samples, { bits = 8, claim = [width, height] } = {}) {
  const bytes = bits / 8;
  const row = width * channels * bytes;
  const raw = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width * channels; i++)
      raw.fill(samples[y * width * channels + i], y * (row + 1) + 1 + i * bytes, y * (row + 1) + 1 + (i + 1) * bytes);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claim[0], 0);
  header.writeUInt32BE(claim[1], 4);
  header.set([bits, PNG_COLOUR[channels], 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(raw)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** [pixels, 4] to [pixels, 3]. */
export function withoutAlpha(rgba) {
  return Uint8Array.from({ length: (rgba.length / 4) * 3 }, (_, i) => rgba[((i / 3) | 0) * 4 + (i % 3)]);
}
