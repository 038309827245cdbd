/* MediaPipe's image classifier on the CPU. It takes pictures, so a call has the way of 240x240 pixels into it as well. */
import { ImageClassifier } from '@mediapipe/tasks-vision';
import { answer, bytesOf, inputShape, squareOf } from '../worker.mjs';

const FILES = '/tests/peers/node_modules/@mediapipe/tasks-vision/wasm/vision_wasm_internal';

async function open({ form }) {
  const [shape, bytes] = await Promise.all([inputShape(), bytesOf(`/build/peers/models/${form}.tflite`)]);
  const classifier = await ImageClassifier.createFromOptions(
    { wasmLoaderPath: `${FILES}.js`, wasmBinaryPath: `${FILES}.wasm` },
    { baseOptions: { modelAssetBuffer: bytes, delegate: 'CPU' }, canvas: new OffscreenCanvas(1, 1) },
  );
  const call = (picture) => {
    const [{ categories }] = classifier.classify(picture).classifications;
    return categories.toSorted((a, b) => a.index - b.index).map(({ score }) => score);
  };
  const prepare = (rgba) => new ImageData(new Uint8ClampedArray(rgba), shape.width, shape.height);
  return { prepare, call, photo: async (blob, square) => call(await squareOf(blob, square, shape)) };
}

answer(open);
