/**
 * Models of the person's own, which other people made: they run in a build of the engine that knows more kinds of network.
 * It is fetched for the first of them. Such a model is tried before it is stored, and it is no business of catalogues.
 */
import wideWasm from 'lentigo/wide.wasm';
import { Classifier } from '../../package/classifier';
import type { ModelDocument } from '../../package/model-document';
import { type Stated, takeAs } from '../../package/stated';
import { WHOLE } from '../../package/types';
import { type Build, compileFrom, type LoadedModule, loadModule } from '../../package/wasm-module';
import type { Described, Label, ModelFile, ShelfView } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { MAX_MODEL_BYTES } from './catalog';
import { sha256 } from './download';
import { type ModelCache, type StoredModel, viewOf } from './model-cache';

type Bytes = Uint8Array<ArrayBuffer>;
type WideDocument = ModelDocument & Pick<Described, 'unsaid'>;

const WIDE: Build = {
  compile: () => compileFrom(new URL(wideWasm, import.meta.url)),
  glue: () => import('lentigo/wide.mjs'),
};

let loading: Promise<LoadedModule> | null = null;

/** Needs no more than plain SIMD; where it could not be fetched it is tried again the next time. */
function loadWide(): Promise<LoadedModule> {
  loading ??= loadModule({ relaxed: WIDE, simd: WIDE }, 1).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Mean and standard deviation of three channels. */
const PIXEL_NUMBERS = 6;
/** Of a file's name, as the name of its model. */
const LONGEST_NAME = 80;
/** What the engine calls a model whose file names itself not. */
const UNNAMED = 'unnamed';
/** Of the picture that a model is tried with. */
const GREY = 127;

/** What was stored or typed in, as far as it has the right form; whether it fits the model the engine finds out. */
function checkStated(value: unknown): Stated {
  const { labels, pixels, malignant } = (value ?? {}) as Partial<Record<keyof Stated, unknown>>;
  const isPixels = Array.isArray(pixels) && pixels.length === PIXEL_NUMBERS && pixels.every(Number.isFinite);
  const isFlags = Array.isArray(malignant) && malignant.every((flag) => typeof flag === 'boolean');
  return {
    labels: typeof labels === 'string' && labels !== '' ? labels : undefined,
    pixels: isPixels ? pixels : undefined,
    malignant: isFlags && malignant.includes(true) ? malignant : undefined,
  };
}

/** An engine with that model; `destroy` it. */
async function load(bytes: Bytes, stated: Stated) {
  const classifier = new Classifier(await loadWide());
  try {
    return { classifier, document: classifier.loadModel(bytes, takeAs(stated)) as WideDocument };
  } catch (error) {
    classifier.destroy();
    throw error;
  }
}

/** What the person says of classes is told apart from what a file does: no text of the app's speaks of skin for that. */
const asMarked = ({ malignant, ...label }: Label): Label => ({ ...label, malignant: false, marked: malignant });

/** The same of a stored one, by the name it has there. */
export async function loadBrought({ id, stated }: StoredModel, bytes: Bytes) {
  const known = checkStated(stated);
  const { classifier, document } = await load(bytes, known);
  const labels = known.malignant ? document.labels.map(asMarked) : document.labels;
  return { classifier, document: { ...document, name: id, labels } };
}

/** Does it answer at all, and with numbers? */
function tryOut(classifier: Classifier, { input: { width, height } }: WideDocument): void {
  classifier.classifyPixels({ data: new Uint8Array(width * height * 4).fill(GREY), width, height }, WHOLE);
  const { probabilities } = classifier.result(classifier.priors[0] ?? '');
  if (!Object.values(probabilities).every(Number.isFinite)) throw new Fault('LT_RUNTIME', 'its answer is no number');
}

async function readBytes({ file }: ModelFile): Promise<Bytes> {
  if (file.size === 0) throw new Fault('empty-file');
  if (file.size > MAX_MODEL_BYTES) throw new Fault('length', `${file.size} bytes, more than ${MAX_MODEL_BYTES}`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new Fault('file-gone', (error as Error).message);
  }
}

async function examine(model: ModelFile, stated: Stated) {
  const bytes = await readBytes(model);
  const { classifier, document } = await load(bytes, stated);
  try {
    tryOut(classifier, document);
  } finally {
    classifier.destroy();
  }
  const stem = model.name.replace(/\.tflite$/i, '').slice(0, LONGEST_NAME);
  return {
    bytes,
    document,
    hash: await sha256(bytes),
    name: document.name === UNNAMED ? stem || UNNAMED : document.name,
  };
}

export async function describe(model: ModelFile, cache: ModelCache): Promise<Described> {
  const { document, hash, name } = await examine(model, {});
  const { version, licence, attribution, bytes, labels, input, kernels, unsaid } = document;
  const { models } = await cache.read();
  return {
    ...{ name, version, licence, attribution, bytes, labels, kernels, unsaid },
    width: input.width,
    height: input.height,
    sha256: hash,
    kept: models.some((one) => one.sha256 === hash),
  };
}

/** Stored, and on the shelf, from where it can be chosen as the others are. */
export async function keep(model: ModelFile, given: Stated, cache: ModelCache): Promise<ShelfView> {
  const stated = checkStated(given);
  const { bytes, document, hash, name } = await examine(model, stated);
  await cache.putFile(hash, bytes);
  const entry: StoredModel = {
    ...{ id: name, version: document.version, sha256: hash, bytes: bytes.length, url: `model/${hash}.tflite` },
    source: 'person',
    stated,
  };
  const shelf = await cache.update((now) => {
    const isKept = now.models.some(({ sha256: one }) => one === hash);
    return isKept ? now : { ...now, models: [...now.models, entry] };
  });
  return viewOf(shelf);
}
