/* The package without any bundler, and everything that a photo may be; the answer is in `window.answer`. */
import { Lentigo, LentigoError } from '/node_modules/lentigo/index.js';
import model from '/node_modules/lentigo-model-lite0/index.js';

const codeOf = (error) => (error instanceof LentigoError ? error.code : `${error.name}: ${error.message}`);
const failure = (promise) => promise.then(() => 'none', codeOf);
const bytesOf = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());

/** The same pixels in every form that a browser has them in. */
async function formsOf(file) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  const offscreen = new OffscreenCanvas(width, height);
  offscreen.getContext('2d').drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const { data } = pixels;
  const frame = new VideoFrame(data.slice(), { format: 'RGBX', codedWidth: width, codedHeight: height, timestamp: 0 });
  return { pixels, plain: { data, width, height }, bitmap, canvas, offscreen, frame };
}

async function run() {
  const file = await (await fetch('/photo.jpg')).blob();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const lentigo = await Lentigo.create({ model });
  const answer = { kernels: lentigo.kernels, isolated: crossOriginIsolated };
  answer.file = await lentigo.classify(file);
  answer.bytes = await lentigo.classify(bytes);
  answer.buffer = await lentigo.classify(bytes.buffer);
  answer.webp = await failure(lentigo.classify(await (await fetch('/photo.webp')).blob()));

  const forms = await formsOf(file);
  answer.forms = {};
  for (const [name, form] of Object.entries(forms)) answer.forms[name] = (await lentigo.classify(form)).logits;
  /* What was given is still there. */
  answer.kept = [forms.bitmap.width, forms.frame.codedWidth, forms.pixels.data.length, bytes.length];
  answer.squares = [await lentigo.propose(file), await lentigo.propose(forms.canvas)];
  answer.map = await lentigo.map(file, answer.file.label);

  /* Taken as it is in the moment of the call. */
  const moment = lentigo.classify(forms.pixels);
  forms.pixels.data.fill(0);
  answer.moment = (await moment).logits;

  /* Four at once, one of them taken out. */
  const several = await Promise.all([1, 2].map(() => Lentigo.create({ model })));
  const controller = new AbortController();
  const calls = [...several, ...several].map((one, i) =>
    failure(one.classify(file, i === 2 ? { signal: controller.signal } : {})),
  );
  controller.abort(new LentigoError('stale'));
  answer.several = await Promise.all(calls);
  const waiting = failure(several[0].classify(file));
  for (const one of several) one.dispose();
  answer.disposed = [await waiting, await failure(several[1].classify(file))];

  /* With bytes nothing is fetched but the worker; and from within a worker of the page's own. */
  const [modelBytes, relaxed, simd] = await Promise.all(
    [model, '/node_modules/lentigo/lentigo-relaxed.wasm', '/node_modules/lentigo/lentigo-simd.wasm'].map(bytesOf),
  );
  performance.clearResourceTimings();
  const bare = await Lentigo.create({ model: modelBytes, wasm: { relaxed, simd } });
  answer.bare = (await bare.classify(bytes)).logits;
  answer.fetched = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  answer.simd = await (async () => {
    const plain = await Lentigo.create({
      model: modelBytes,
      wasm: { relaxed: new Uint8Array(8), simd },
      worker: false,
    });
    return { kernels: plain.kernels, logits: (await plain.classify(bytes)).logits };
  })();
  answer.inner = await new Promise((resolve, reject) => {
    const policy = trustedTypes.createPolicy('page', { createScriptURL: (address) => address });
    const inner = new Worker(policy.createScriptURL('/inner.mjs'), { type: 'module' });
    inner.onmessage = ({ data }) => resolve(data);
    inner.onerror = ({ message }) => reject(new Error(message));
    inner.postMessage({ photo: bytes, model: modelBytes });
  });
  answer.missing = await failure(Lentigo.create({ model: '/none.tflite' }));
  answer.html = await failure(Lentigo.create({ model: '/' }));
  return answer;
}

run().then(
  (answer) => Object.assign(window, { answer }),
  (error) => Object.assign(window, { answer: { error: `${error}\n${error.stack}` } }),
);
