/* onnxruntime-web on its WebAssembly backend; `form` is fp32 or int8. */
import * as ort from 'onnxruntime-web/wasm';
import { answer, bytesOf, inputShape, planar, squareOf } from '../worker.mjs';

const FILES = '/tests/peers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded';

async function open({ threads, form }) {
  ort.env.wasm.wasmPaths = { mjs: `${FILES}.mjs`, wasm: `${FILES}.wasm` };
  ort.env.wasm.numThreads = threads;
  const [shape, bytes] = await Promise.all([inputShape(), bytesOf(`/build/peers/models/${form}.onnx`)]);
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const prepare = (rgba) => planar(rgba, Float32Array, (value) => (value - shape.mean) / shape.std);
  const call = async (values) => {
    const input = new ort.Tensor('float32', values, [1, 3, shape.height, shape.width]);
    const outputs = await session.run({ [session.inputNames[0]]: input });
    return outputs[session.outputNames[0]].data;
  };
  return { prepare, call, photo: async (blob, square) => call(prepare((await squareOf(blob, square, shape)).data)) };
}

answer(open);
