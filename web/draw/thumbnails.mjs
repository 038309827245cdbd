/** Small pictures of the samples, all in one file: a strip of squares, so that one small request shows them all. */
import jpeg from 'jpeg-js';

/* Shown at 48 pixels, on screens with two to each. */
const SIDE = 96;
const QUALITY = 72;

/** The mean of the picture's pixels under one pixel of the thumbnail, which shows the square in the centre. */
function mean({ data, width, height }, column, row) {
  const side = Math.min(width, height);
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const edge = (i) => Math.floor((i * side) / SIDE);
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = top + edge(row); y < top + edge(row + 1); y++)
    for (let x = left + edge(column); x < left + edge(column + 1); x++, count++)
      for (const channel of [0, 1, 2]) sum[channel] += data[(y * width + x) * 4 + channel];
  return sum.map((value) => Math.round(value / count));
}

/** `pictures`: bytes of JPEG files, each at least SIDE pixels wide and high. Gives those of the strip. */
export function drawStrip(pictures) {
  const width = SIDE * pictures.length;
  const data = Buffer.alloc(width * SIDE * 4, 255);
  for (const [i, bytes] of pictures.entries()) {
    const picture = jpeg.decode(bytes, { useTArray: true });
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) data.set(mean(picture, x, y), (y * width + i * SIDE + x) * 4);
  }
  return jpeg.encode({ data, width, height: SIDE }, QUALITY).data;
}
