/** The app's icons as PNG: a spot in the ring of a dermatoscope, as src/widgets/mark.tsx draws it. */
import { crc32, deflateSync } from 'node:zlib';

const GROUND = [20, 83, 84];
const RING = [236, 243, 240];
const SPOT = [226, 160, 116];

/** What the system shows, and where: `maskable` ones leave room for the system's own outline. */
export const ICONS = [
  { name: 'icon-192.png', size: 192, purpose: 'any' },
  { name: 'icon-512.png', size: 512, purpose: 'any' },
  { name: 'icon-maskable-512.png', size: 512, purpose: 'maskable' },
  { name: 'icon-180.png', size: 180, purpose: 'apple' },
];

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function png(size, rgba) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((size * 4 + 1) * size);
  for (let y = 0; y < size; y++) rows.set(rgba.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    magic,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colour at a point of the unit square around the middle (-1..1), or null where it is clear. */
function colourAt(x, y, purpose) {
  const scale = purpose === 'maskable' ? 1.35 : purpose === 'apple' ? 1.15 : 1;
  const [u, v] = [x * scale, y * scale];
  const radius = Math.hypot(u, v);
  const wobble = 0.34 + 0.035 * Math.sin(3 * Math.atan2(v, u) + 0.6);
  if (radius < wobble) return SPOT;
  if (Math.abs(radius - 0.72) < 0.06) return RING;
  const onAxis = Math.min(Math.abs(u), Math.abs(v)) < 0.05;
  if (onAxis && radius > 0.56 && radius < 0.72) return RING;
  const corner = Math.hypot(Math.max(0, Math.abs(x) - 0.58), Math.max(0, Math.abs(y) - 0.58));
  return purpose !== 'any' || corner < 0.42 ? GROUND : null;
}

const SUBPIXELS = [0.125, 0.375, 0.625, 0.875];

/** One pixel: the mean over a grid of points in it. */
function shade(x, y, size, purpose) {
  const sum = [0, 0, 0, 0];
  for (const j of SUBPIXELS)
    for (const i of SUBPIXELS) {
      const colour = colourAt(((x + i) / size) * 2 - 1, ((y + j) / size) * 2 - 1, purpose);
      if (!colour) continue;
      for (let c = 0; c < 3; c++) sum[c] += colour[c];
      sum[3]++;
    }
  const points = SUBPIXELS.length ** 2;
  return sum[3] === 0
    ? [0, 0, 0, 0]
    : [...sum.slice(0, 3).map((c) => Math.round(c / sum[3])), Math.round((sum[3] * 255) / points)];
}

export function drawIcon({ size, purpose }) {
  const rgba = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) rgba.set(shade(x, y, size, purpose), (y * size + x) * 4);
  return png(size, rgba);
}
