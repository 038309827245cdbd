/*
 * What each runtime's worker does, whatever the runtime: it is told which form to run, and then to time calls.
 *
 * A runtime is `open(variant)`, which gives
 *     prepare(rgba)          what a call takes, made of pixels ([H, W, 4] u8) of the network's size, before the clock runs
 *     call(prepared)         one inference: probabilities or logits
 *     photo(blob, square)    from a photo's bytes to the same, of the square of side `square.side` (of the shorter edge)
 *                            around (square.x, square.y) (of the width and height)
 */

export async function bytesOf(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** { height, width, mean, std } of the network's input: real = (pixel - mean) / std. */
export const inputShape = async () => (await fetch('/build/peers/models/about.json')).json();

/** The pixels ([height, width, 3]) of [height, width, 4], each as `map` has it, in an array of `Type`. */
export function interleaved(rgba, Type, map = (value) => value) {
  const values = new Type((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    values[to++] = map(rgba[from]);
    values[to++] = map(rgba[from + 1]);
    values[to++] = map(rgba[from + 2]);
  }
  return values;
}

/** The same as [3, height, width]. */
export function planar(rgba, Type, map) {
  const pixels = rgba.length / 4;
  const values = new Type(pixels * 3);
  for (let i = 0; i < pixels; i++)
    for (let channel = 0; channel < 3; channel++) values[channel * pixels + i] = map(rgba[4 * i + channel]);
  return values;
}

/** The square of a photo at the network's size, decoded and resized by the browser: what a page without a decoder does. */
export async function squareOf(blob, { x, y, side }, { width, height }) {
  const whole = await createImageBitmap(blob);
  const edge = Math.min(whole.width, whole.height) * side;
  const left = Math.min(Math.max(whole.width * x - edge / 2, 0), whole.width - edge);
  const top = Math.min(Math.max(whole.height * y - edge / 2, 0), whole.height - edge);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(whole, left, top, edge, edge, 0, 0, width, height);
  whole.close();
  return context.getImageData(0, 0, width, height);
}

async function timed(runs, work) {
  const times = [];
  let result;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    result = await work();
    times.push(performance.now() - start);
  }
  return { times, result: Array.from(result) };
}

const CENTRE = { x: 0.5, y: 0.5, side: 1 };

/** Answer the page's messages with `open`. */
export function answer(open) {
  let runtime;
  let prepared;
  const orders = {
    /** From the page's navigation on to the first answer, `since` in ms since 1970. */
    async start({ variant, since, photo }) {
      const blob = fetch(photo).then((response) => response.blob());
      runtime = await open(variant);
      const result = await runtime.photo(await blob, CENTRE);
      return { first: performance.timeOrigin + performance.now() - since, result: Array.from(result) };
    },
    async pixels({ rgba }) {
      prepared = runtime.prepare(Uint8Array.from(rgba));
      return {};
    },
    /** Let go of what is not used any more: there with --js-flags=--expose-gc. */
    async collect() {
      self.gc();
      return {};
    },
    call: ({ runs }) => timed(runs, () => runtime.call(prepared)),
    photo: ({ runs, blob, square }) => timed(runs, () => runtime.photo(blob, square)),
  };
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage(await orders[data.order](data));
    } catch (error) {
      self.postMessage({ error: `${data.order}: ${error?.stack ?? error}` });
    }
  };
}
