/*
 * LiteRT.js. Its tensors are f32, i32 or u8, so the int8 network has a QUANTIZE before it, of u8 or of f32.
 * `build`: internal (relaxed SIMD), compat_internal (plain SIMD) or threaded_internal.
 */
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { answer, bytesOf, inputShape, interleaved, squareOf } from '../worker.mjs';

const FOLDER = '/tests/peers/node_modules/@litertjs/core/wasm/';

async function open({ build, threads, form }) {
  /* In a worker it would look for its files beside the worker's script. */
  self.Module = { locateFile: (file) => FOLDER + file, mainScriptUrlOrBlob: `${FOLDER}litert_wasm_${build}.js` };
  const [shape, bytes] = await Promise.all([
    inputShape(),
    bytesOf(`/build/peers/models/${form}.tflite`),
    loadLiteRt(`${FOLDER}litert_wasm_${build}.js`),
  ]);
  const model = await loadAndCompile(bytes, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
  const size = [1, shape.height, shape.width, 3];
  const prepare = (rgba) =>
    form.endsWith('u8')
      ? interleaved(rgba, Uint8Array)
      : interleaved(rgba, Float32Array, (value) => (value - shape.mean) / shape.std);
  const call = async (values) => {
    const input = new Tensor(values, size);
    const [output] = await model.run(input);
    const logits = output.toTypedArray().slice();
    input.delete();
    output.delete();
    return logits;
  };
  return { prepare, call, photo: async (blob, square) => call(prepare((await squareOf(blob, square, shape)).data)) };
}

answer(open);
