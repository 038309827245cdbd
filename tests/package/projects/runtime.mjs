/* What a program outside of a browser does with the package: `runtime.mjs PHOTO DESCRIBED UNSAID`, the latter models; prints what came of it as JSON. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { Lentigo, LentigoError, version } from 'lentigo';
import model from 'lentigo-model-lite0';

const [photo, describedModel, unsaidModel] = await Promise.all(process.argv.slice(2).map((path) => readFile(path)));
const codeOf = (error) => (error instanceof LentigoError ? error.code : String(error));
const failure = (promise) => promise.then(() => 'none', codeOf);

const progress = [];
const lentigo = await Lentigo.create({ model, onProgress: (bytes) => progress.push(bytes) });
/* From bytes, beside the first. */
const other = await Lentigo.create({ model: await readFile(model) });

const [result, uniform, again] = await Promise.all([
  lentigo.classify(photo),
  lentigo.classify(new Blob([photo]), { prior: 'uniform' }),
  other.classify(photo, { views: 4 }),
]);
const square = await lentigo.propose(photo);
const map = await lentigo.map(photo, result.label, { region: square });

/* One call is taken out of several, before and after the call. */
const controller = new AbortController();
const calls = [
  lentigo.classify(photo),
  lentigo.classify(photo, { signal: controller.signal }),
  lentigo.classify(photo),
];
controller.abort(new LentigoError('stale', 'not wanted'));
const aborted = await Promise.all(calls.map(failure));

/* Models by other people; threads are for pages alone. */
const described = await Lentigo.create({ model: describedModel, threads: 2 });
const statement = {
  labels: ['ape', 'bee', 'cat', 'dog', 'emu'],
  pixels: { mean: 127.5, std: [127.5, 127.5, 127.5] },
  malignant: ['bee', 'emu'],
};
const stated = await Lentigo.create({ model: unsaidModel, ...statement });
const others = {
  builds: [lentigo, described].map(({ build, threads }) => [build, threads]),
  described: (await described.classify(photo)).probabilities,
  stated: await stated.classify(photo),
  unsaid: [described.model.unsaid, stated.model.unsaid],
};

const pixels = { data: new Uint8ClampedArray(300 * 200 * 4).fill(200), width: 300, height: 200 };
const faults = {
  text: await failure(lentigo.classify(new TextEncoder().encode('no photo'))),
  empty: await failure(lentigo.classify(new Uint8Array())),
  cut: await failure(lentigo.classify(photo.subarray(0, 500))),
  nothing: await failure(lentigo.classify(null)),
  pixels: await failure(lentigo.classify({ ...pixels, height: 201 })),
  region: await failure(lentigo.classify(photo, { region: { side: Number.NaN } })),
  side: await failure(lentigo.classify(photo, { region: { side: 2 } })),
  views: await failure(lentigo.classify(photo, { views: 0 })),
  prior: await failure(lentigo.classify(photo, { prior: 'none' })),
  label: await failure(lentigo.map(photo, 'none')),
  model: await failure(Lentigo.create({ model: photo })),
  address: await failure(Lentigo.create({ model: new URL('missing.tflite', model) })),
  noAddress: await failure(Lentigo.create({ model: 'http://' })),
  wasm: await failure(Lentigo.create({ model, wasm: { relaxed: photo, simd: photo } })),
  threads: await failure(Lentigo.create({ model, threads: 0 })),
  marked: await failure(Lentigo.create({ model: describedModel, malignant: ['none'] })),
  pixels3: await failure(Lentigo.create({ model: unsaidModel, pixels: { mean: [1, 2], std: 1 } })),
  said: await failure(Lentigo.create({ model, labels: ['a'] })),
  names: await failure(Lentigo.create({ model: unsaidModel, labels: ['a', 'b'] })),
};
const plain = await lentigo.classify(pixels);

lentigo.dispose();
const disposed = await failure(lentigo.classify(photo));
const alive = (await other.classify(photo)).label;

const { name } = other.model;
const { kernels } = other;
const heap = { result, uniform, again, square, plain: plain.photo, ...others };
console.log(JSON.stringify({ version, name, kernels, ...heap, map, aborted, faults, disposed, alive, progress }));
