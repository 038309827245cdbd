/* TensorFlow.js on its WebAssembly backend, which has no int8: the same weights in f32. */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { answer, inputShape, interleaved, squareOf } from '../worker.mjs';

async function start(threads) {
  setWasmPaths('/tests/peers/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  setThreadsCount(threads);
  await tf.setBackend('wasm');
  return loadGraphModel('/build/peers/models/tfjs/model.json');
}

async function open({ threads }) {
  const [shape, model] = await Promise.all([inputShape(), start(threads)]);
  const prepare = (rgba) => interleaved(rgba, Float32Array, (value) => (value - shape.mean) / shape.std);
  const call = (values) => {
    const input = tf.tensor4d(values, [1, shape.height, shape.width, 3]);
    const output = model.execute(input);
    const logits = output.dataSync();
    input.dispose();
    output.dispose();
    return logits;
  };
  return { prepare, call, photo: async (blob, square) => call(prepare((await squareOf(blob, square, shape)).data)) };
}

answer(open);
