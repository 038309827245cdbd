/* Measures one build of the engine in a worker: told what, it posts the figures. Times in ms. */
import { Engine, instantiate } from '../support/engine.mjs';

/* Of each engine, where a build has more than one. */
const THREADS = { threads: 2 };

async function bytes(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function demand(engine, status) {
  if (status !== 'LT_OK') throw new Error(`${status}: ${engine.error}`);
}

function ready(module, model, options) {
  const engine = new Engine(module, options);
  demand(engine, engine.loadModel(model));
  return engine;
}

/** From nothing to the first answer, fetching included. */
async function coldStart(build) {
  const [{ default: glue }, wasm, model, photo] = await Promise.all([
    import(`/build/wasm/lentigo-${build}.mjs`),
    WebAssembly.compileStreaming(fetch(`/build/wasm/lentigo-${build}.wasm`)),
    bytes('/model/lesion.tflite'),
    bytes('/bench/small.jpg'),
  ]);
  const threads = THREADS[build] ?? 1;
  const module = await instantiate(glue, wasm, { threads });
  module.engineThreads = threads;
  const engine = ready(module, model);
  const heap = engine.heapBytes;
  demand(engine, engine.classify(photo));
  return { engine, module, model, heap };
}

/** Medians over `runs` of one photo's whole way, and of its inference alone. */
function measure(engine, photo, runs) {
  const total = [];
  const infer = [];
  for (let i = -3; i < runs; i++) {
    const start = performance.now();
    demand(engine, engine.classify(photo));
    const time = performance.now() - start;
    if (i < 0) continue;
    total.push(time);
    infer.push(engine.result.ms.infer);
  }
  return { total: median(total), infer: median(infer), result: engine.result };
}

function largestDifference(a, b) {
  return Math.max(...Object.keys(a).map((id) => Math.abs(a[id] - b[id])));
}

/** The figures of a build; `since` is when the page began to load, in ms since 1970. */
async function run({ build, since, all }) {
  const { engine, module, model, heap } = await coldStart(build);
  const first = performance.timeOrigin + performance.now() - since;
  if (!all) return { first };
  const [small, large] = await Promise.all([bytes('/bench/small.jpg'), bytes('/bench/large.jpg')]);
  const inference = measure(engine, small, 60).infer;
  const reduced = measure(engine, large, 15);
  const peak = engine.peakBytes;
  const full = measure(ready(module, model, { fullDecode: true }), large, 5);
  return {
    ...{ first, heap, peak, inference },
    photo: reduced.total,
    scale: reduced.result.photo.scale,
    fullPhoto: full.total,
    difference: largestDifference(reduced.result.probabilities, full.result.probabilities),
  };
}

self.onmessage = ({ data }) => {
  run(data).then(
    (figures) => self.postMessage({ figures }),
    (error) => self.postMessage({ error: error.message }),
  );
};
