/**
 * The sample pictures: drawings in the manner of dermatoscopic pictures, made of noise and a few formulas.
 * No photograph went into them. Each is 600 x 450 pixels, the same on every machine.
 */
import jpeg from 'jpeg-js';

const WIDTH = 600;
const HEIGHT = 450;
const QUALITY = 70;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const mix = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);
const smooth = (low, high, value) => {
  const t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
};

/** A number in 0..1 for a lattice point; no state, so that drawings do not depend on order. */
function lattice(x, y, seed) {
  let hash = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 974634541);
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise, 0..1; `size` is the distance of lattice points in pixels. */
function noise(x, y, size, seed) {
  const [u, v] = [x / size, y / size];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const [s, t] = [smooth(0, 1, u - i), smooth(0, 1, v - j)];
  const row = (k) => lattice(i, j + k, seed) * (1 - s) + lattice(i + 1, j + k, seed) * s;
  return row(0) * (1 - t) + row(1) * t;
}

/** Noise of three sizes, about -0.5..0.5. */
const clouds = (x, y, size, seed) =>
  0.55 * noise(x, y, size, seed) +
  0.3 * noise(x, y, size / 2.3, seed + 1) +
  0.15 * noise(x, y, size / 5, seed + 2) -
  0.5;

/** 1 near thin winding lines, 0 between them. */
const lines = (x, y, size, seed, width) => smooth(width, 0, Math.abs(clouds(x, y, size, seed)));

/** Each kind of drawing: how far the spot reaches, how ragged its edge is, and its colour at a point. */
const KINDS = {
  even: {
    radius: 0.24,
    ragged: 0.03,
    colour: ({ x, y, depth }) => mix([150, 98, 68], [112, 66, 44], depth + 0.5 * lines(x, y, 26, 11, 0.06)),
  },
  many: {
    radius: 0.33,
    ragged: 0.2,
    colour: ({ x, y }) => {
      const part = clouds(x, y, 130, 21);
      const base = mix([128, 78, 52], [42, 28, 30], smooth(-0.1, 0.16, part));
      const veiled = mix(base, [112, 118, 142], 0.75 * smooth(0.1, 0.24, clouds(x, y, 150, 25)));
      return mix(veiled, [30, 22, 22], 0.7 * smooth(0.2, 0.3, clouds(x, y, 24, 29)));
    },
  },
  red: {
    radius: 0.2,
    ragged: 0.05,
    colour: ({ x, y }) => mix([168, 32, 48], [88, 10, 36], smooth(0.02, 0.18, clouds(x, y, 70, 31))),
  },
  waxy: {
    radius: 0.28,
    ragged: 0.06,
    colour: ({ x, y }) => {
      const base = mix([166, 122, 84], [118, 82, 58], 0.5 + clouds(x, y, 60, 41));
      const pits = mix(base, [66, 42, 32], smooth(0.17, 0.24, clouds(x, y, 34, 44)));
      return mix(pits, [240, 224, 196], 0.8 * smooth(0.22, 0.28, clouds(x, y, 30, 48)));
    },
  },
  pale: {
    radius: 0.22,
    ragged: 0.04,
    colour: ({ x, y, depth }) =>
      mix(mix([172, 118, 88], [140, 92, 68], lines(x, y, 24, 51, 0.07)), [232, 202, 190], smooth(0.45, 0.8, depth)),
  },
  vessels: {
    radius: 0.26,
    ragged: 0.07,
    colour: ({ x, y }) => {
      const base = mix([226, 170, 160], [206, 148, 144], 0.5 + clouds(x, y, 90, 61));
      const branched = mix(base, [176, 34, 48], 0.85 * lines(x, y, 96, 64, 0.018));
      return mix(branched, [78, 82, 108], 0.8 * smooth(0.2, 0.27, clouds(x, y, 66, 68)));
    },
  },
};

export const SAMPLE_IDS = Object.keys(KINDS);

/** Pinkish skin with fine furrows, a grain, and the dark rim of the instrument. */
function skin(x, y) {
  const tone = mix([226, 180, 158], [210, 160, 140], 0.5 + clouds(x, y, 160, 5));
  return mix(tone, [196, 142, 124], 0.35 * lines(x, y, 40, 8, 0.03));
}

function pixel(kind, x, y) {
  const [dx, dy] = [(x - WIDTH / 2) / HEIGHT, (y - HEIGHT / 2) / HEIGHT];
  const distance = Math.hypot(dx * 0.92, dy * 1.06);
  const edge = kind.radius + kind.ragged * clouds(x, y, 120, 3) * 2;
  const inside = smooth(edge + 0.016, edge - 0.022, distance);
  const depth = clamp(1 - distance / kind.radius, 0, 1);
  const body = inside > 0 ? mix(skin(x, y), kind.colour({ x, y, depth }), inside) : skin(x, y);
  const light = 1 - 0.32 * smooth(0.5, 0.86, Math.hypot(dx, dy));
  const grain = (lattice(x, y, 99) - 0.5) * 9;
  return body.map((value) => clamp(Math.round(value * light + grain), 0, 255));
}

/** The drawing of that id as the bytes of a JPEG file. */
export function drawSample(id) {
  const data = Buffer.alloc(WIDTH * HEIGHT * 4, 255);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) data.set(pixel(KINDS[id], x, y), (y * WIDTH + x) * 4);
  return jpeg.encode({ data, width: WIDTH, height: HEIGHT }, QUALITY).data;
}
