/*
 * A small writer of baseline JPEG, for pictures to test with. All DC codes have four bits and all AC codes
 * eight, which the format allows and which needs no tables of frequencies; files come out larger for it.
 */

const ZIGZAG = zigzag();
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Index in a row-major 8x8 block of each coefficient in the order of the file. */
function zigzag() {
  const order = Array.from({ length: 64 }, (_, i) => i);
  const diagonal = (i) => (i >> 3) + (i & 7);
  const along = (i) => (diagonal(i) % 2 === 0 ? i & 7 : i >> 3);
  return order.sort((a, b) => diagonal(a) - diagonal(b) || along(a) - along(b));
}

/** Steps that grow with the frequency, finer for a smaller `coarseness`. [64] in row-major order */
function quantisation(coarseness) {
  return Uint8Array.from({ length: 64 }, (_, i) =>
    Math.min(255, Math.max(1, Math.round(coarseness * (2 + (i >> 3) + (i & 7))))),
  );
}

class Bits {
  #bytes = [];
  #pending = 0;
  #count = 0;

  put(value, count) {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#pending = (this.#pending << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) this.#flush();
    }
  }

  #flush() {
    this.#bytes.push(this.#pending);
    if (this.#pending === 0xff) this.#bytes.push(0);
    this.#pending = this.#count = 0;
  }

  end() {
    while (this.#count > 0) this.put(1, 1);
    return Uint8Array.from(this.#bytes);
  }
}

/** The plane of one component, [height, width] f64 around 0, from [height, width, 4] u8. */
function plane(rgba, weights) {
  const [r, g, b, offset] = weights;
  return Float64Array.from(
    { length: rgba.length / 4 },
    (_, i) => r * rgba[i * 4] + g * rgba[i * 4 + 1] + b * rgba[i * 4 + 2] + offset,
  );
}

const LUMA = [0.299, 0.587, 0.114, -128];
const BLUE = [-0.168736, -0.331264, 0.5, 0];
const RED = [0.5, -0.418688, -0.081312, 0];

/** Means of 2x2 pixels; the last row and column stand in for what is beyond. */
function halve({ width, height, values }) {
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const at = (x, y) => values[Math.min(y, height - 1) * width + Math.min(x, width - 1)];
  half.values = Float64Array.from({ length: half.width * half.height }, (_, i) => {
    const [x, y] = [(i % half.width) * 2, Math.floor(i / half.width) * 2];
    return (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
  });
  return half;
}

/** The forward DCT of the block at (left, top), quantised. [64] in row-major order */
function transform({ width, height, values }, left, top, steps) {
  const rows = new Float64Array(64);
  const out = new Int32Array(64);
  for (let y = 0; y < 8; y++)
    for (let u = 0; u < 8; u++)
      for (let x = 0; x < 8; x++)
        rows[y * 8 + u] +=
          COSINES[u * 8 + x] * values[Math.min(top + y, height - 1) * width + Math.min(left + x, width - 1)];
  for (let v = 0; v < 8; v++)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += COSINES[v * 8 + y] * rows[y * 8 + u];
      out[v * 8 + u] = Math.round(sum / steps[v * 8 + u]);
    }
  return out;
}

/** Number of bits of a coefficient, and the bits. */
function category(value) {
  const size = 32 - Math.clz32(Math.abs(value));
  return [size, value < 0 ? value + (1 << size) - 1 : value];
}

function writeBlock(bits, block, previous) {
  const [size, low] = category(block[0] - previous);
  bits.put(size, 4);
  bits.put(low, size);
  let run = 0;
  for (let k = 1; k < 64; k++) {
    const value = block[ZIGZAG[k]];
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) bits.put(AC_CODE[0xf0], 8);
    const [length, rest] = category(value);
    bits.put(AC_CODE[(run << 4) | length], 8);
    bits.put(rest, length);
    run = 0;
  }
  if (run > 0) bits.put(AC_CODE[0], 8);
  return block[0];
}

/* Run and size of each AC code, in order: the end of block, sixteen zeros, then all pairs. */
const AC_SYMBOLS = [0, 0xf0, ...Array.from({ length: 160 }, (_, i) => (Math.floor(i / 10) << 4) | ((i % 10) + 1))];
const AC_CODE = Object.fromEntries(AC_SYMBOLS.map((symbol, code) => [symbol, code]));
const DC_SYMBOLS = Array.from({ length: 12 }, (_, i) => i);

function segment(marker, body) {
  return [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
}

/** A table with all codes of `bits` bits. */
function huffman(id, bits, symbols) {
  const counts = new Array(16).fill(0);
  counts[bits - 1] = symbols.length;
  return segment(0xc4, [id, ...counts, ...symbols]);
}

/** An EXIF block with nothing in it but the orientation, 1..8. */
function exif(orientation) {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  return segment(0xe1, [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]);
}

function components(rgba, width, height, grey, subsampled) {
  const luma = { width, height, values: plane(rgba, LUMA) };
  if (grey) return [{ ...luma, blocks: 1 }];
  const chroma = [BLUE, RED].map((weights) => ({ width, height, values: plane(rgba, weights) }));
  return [
    { ...luma, blocks: subsampled ? 2 : 1 },
    ...chroma.map((c) => ({ ...(subsampled ? halve(c) : c), blocks: 1 })),
  ];
}

function scan(parts, width, height, steps) {
  const bits = new Bits();
  const unit = parts[0].blocks * 8;
  const previous = parts.map(() => 0);
  for (let top = 0; top < height; top += unit)
    for (let left = 0; left < width; left += unit)
      parts.forEach((part, index) => {
        for (let b = 0; b < part.blocks * part.blocks; b++) {
          const x = (left / unit) * part.blocks * 8 + (b % part.blocks) * 8;
          const y = (top / unit) * part.blocks * 8 + Math.floor(b / part.blocks) * 8;
          previous[index] = writeBlock(bits, transform(part, x, y, steps), previous[index]);
        }
      });
  return bits.end();
}

/**
 * A baseline JPEG of [height, width, 4] u8; alpha is left out.
 * options: grey, subsampled (4:2:0 instead of 4:4:4), orientation (an EXIF block), coarseness (default 1),
 * apart (a scan for each component, as progressive files have several; not with subsampled)
 */
export function jpeg(width, height, rgba, { grey, subsampled, orientation, apart, coarseness = 1 } = {}) {
  const parts = components(rgba, width, height, grey, subsampled);
  const steps = quantisation(coarseness);
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const frame = parts.flatMap((part, i) => [i + 1, part.blocks * 17, 0]);
  const head = [
    ...[0xff, 0xd8],
    ...(orientation ? exif(orientation) : []),
    ...segment(0xdb, [0, ...ZIGZAG.map((i) => steps[i])]),
    ...segment(0xc0, [8, ...size, parts.length, ...frame]),
    ...huffman(0x00, 4, DC_SYMBOLS),
    ...huffman(0x10, 8, AC_SYMBOLS),
  ];
  const together = (ids) => [
    Buffer.from(segment(0xda, [ids.length, ...ids.flatMap((i) => [i + 1, 0]), 0, 63, 0])),
    scan(
      ids.map((i) => parts[i]),
      width,
      height,
      steps,
    ),
  ];
  const all = parts.map((_, i) => i);
  const scans = apart ? all.flatMap((i) => together([i])) : together(all);
  return Buffer.concat([Buffer.from(head), ...scans, Buffer.from([0xff, 0xd9])]);
}

/**
 * A grey JPEG of any size in little time: each block of 8 x 8 is of one level, 0..255, as `level(column, row)`
 * says of the blocks.
 */
export function blockyJpeg(width, height, level) {
  const steps = quantisation(1);
  const bits = new Bits();
  const block = new Int32Array(64);
  let previous = 0;
  for (let row = 0; row * 8 < height; row++)
    for (let column = 0; column * 8 < width; column++) {
      block[0] = Math.round(((level(column, row) - 128) * 8) / steps[0]);
      previous = writeBlock(bits, block, previous);
    }
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const head = [
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...ZIGZAG.map((i) => steps[i])]),
    ...segment(0xc0, [8, ...size, 1, 1, 17, 0]),
    ...huffman(0x00, 4, DC_SYMBOLS),
    ...huffman(0x10, 8, AC_SYMBOLS),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
  ];
  return Buffer.concat([Buffer.from(head), bits.end(), Buffer.from([0xff, 0xd9])]);
}
