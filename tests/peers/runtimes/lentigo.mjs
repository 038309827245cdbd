/* This engine. A call is all of it: crop, measures of quality, spot, network, decision, and the answer as JSON. */
import { Engine, instantiate } from '../../support/engine.mjs';
import { answer, bytesOf, inputShape } from '../worker.mjs';

function demand(engine, status) {
  if (status !== 'LT_OK') throw new Error(`${status}: ${engine.error}`);
  return Object.values(engine.result.probabilities);
}

async function open({ build, threads }) {
  const [{ default: glue }, wasm, model] = await Promise.all([
    import(`/build/wasm/lentigo-${build}.mjs`),
    WebAssembly.compileStreaming(fetch(`/build/wasm/lentigo-${build}.wasm`)),
    bytesOf('/model/lesion.tflite'),
  ]);
  const module = await instantiate(glue, wasm, { threads });
  const engine = new Engine(module, { threads });
  const status = engine.loadModel(model);
  if (status !== 'LT_OK') throw new Error(`${status}: ${engine.error}`);
  const { width, height } = await shape;
  return {
    prepare: (rgba) => rgba,
    call: (rgba) => demand(engine, engine.classifyPixels(rgba, width, height)),
    photo: async (blob, square) =>
      demand(engine, engine.classify(new Uint8Array(await blob.arrayBuffer()), 'data', square)),
  };
}

const shape = inputShape();
answer(open);
