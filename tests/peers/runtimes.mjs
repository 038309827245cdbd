/* Who is measured, in which form. */

/**
 * runtime: its file in runtimes/; variant: what its worker is told; ours: this engine; plain: runs without relaxed SIMD;
 * cold: of all of a runtime's forms, the one of which cold start, size, memory and photos are taken.
 */
export const RUNTIMES = [
  {
    name: 'Lentigo',
    form: 'int8, relaxed SIMD',
    runtime: 'lentigo',
    variant: { build: 'relaxed', threads: 1 },
    ours: true,
    cold: true,
  },
  {
    name: 'Lentigo',
    form: 'int8, plain SIMD',
    runtime: 'lentigo',
    variant: { build: 'simd', threads: 1 },
    ours: true,
    plain: true,
  },
  {
    name: 'LiteRT.js',
    form: 'int8, relaxed SIMD',
    runtime: 'litert',
    variant: { build: 'internal', threads: 1, form: 'int8-f32' },
    cold: true,
  },
  {
    name: 'LiteRT.js',
    form: 'int8, plain SIMD',
    runtime: 'litert',
    variant: { build: 'compat_internal', threads: 1, form: 'int8-f32' },
    plain: true,
  },
  {
    name: 'TensorFlow.js',
    form: 'fp32: it has no int8',
    runtime: 'tfjs',
    variant: { threads: 1 },
    plain: true,
    cold: true,
  },
  {
    name: 'onnxruntime-web',
    form: 'fp32',
    runtime: 'onnx',
    variant: { threads: 1, form: 'fp32' },
    plain: true,
    cold: true,
  },
  { name: 'onnxruntime-web', form: 'int8', runtime: 'onnx', variant: { threads: 1, form: 'int8' }, plain: true },
  {
    name: 'MediaPipe',
    form: 'int8',
    runtime: 'mediapipe',
    variant: { threads: 1, form: 'int8-u8' },
    plain: true,
    cold: true,
  },
  {
    name: 'Lentigo',
    form: 'int8, relaxed SIMD',
    runtime: 'lentigo',
    variant: { build: 'threads', threads: 2 },
    ours: true,
  },
  {
    name: 'LiteRT.js',
    form: 'int8, relaxed SIMD',
    runtime: 'litert',
    variant: { build: 'threaded_internal', threads: 2, form: 'int8-f32' },
  },
  { name: 'TensorFlow.js', form: 'fp32', runtime: 'tfjs', variant: { threads: 2 } },
  { name: 'onnxruntime-web', form: 'fp32', runtime: 'onnx', variant: { threads: 2, form: 'fp32' } },
];
