/* What TypeScript has to know of the package. It is compiled, and not run. */
import { type ClassifyOptions, type ClassMap, Lentigo, LentigoError, type Region, type Result } from 'lentigo';
import model from 'lentigo-model-lite0';

const options: ClassifyOptions = { prior: 'uniform', views: 2, region: { x: 0.5, y: 0.5, side: 0.5 } };
const lentigo: Lentigo = await Lentigo.create({ model, onProgress: ({ received, total }) => received / total });
const result: Result = await lentigo.classify(new Uint8Array(4), options);
const square: Region | null = await lentigo.propose({ data: new Uint8ClampedArray(4), width: 1, height: 1 });
const map: ClassMap | null = await lentigo.map(new ArrayBuffer(4), result.label, { region: square });
const other = await Lentigo.create({ model: new Uint8Array(4), labels: ['a'], malignant: ['a'], threads: 2 });
export const at: [number, 'relaxed' | 'simd' | 'threads' | 'wide', string[] | undefined] = [
  other.threads,
  other.build,
  other.model.unsaid,
];
export const words: [string, number, boolean, string | undefined] = [
  result.model.version,
  result.probabilities.mel ?? 0,
  result.quality.faults.includes('blurred'),
  map?.label,
];
export const isKnown = (error: unknown) => error instanceof LentigoError && error.code === 'LT_IMAGE_FORMAT';

// @ts-expect-error: there is no such prior
await lentigo.classify(new Uint8Array(4), { prior: 'none' });
// @ts-expect-error: a number is no photo
await lentigo.classify(4);
// @ts-expect-error: a model there has to be
await Lentigo.create({});
