/** An engine with a model in it: which of the engine's builds that takes, and where their files lie. */
import relaxedGlue from 'lentigo/relaxed.mjs';
import simdGlue from 'lentigo/simd.mjs';
import { Classifier } from './classifier';
import { Fault } from './fault';
import type { ModelDocument } from './model-document';
import { compilePlace, type Place, readPlace, type Tell } from './sources';
import { type Stated, takeAs } from './stated';
import type { EngineBuild, Kernels, Label, Statement } from './types';
import { type Build, type Builds, type LoadedModule, loadModule } from './wasm-module';

export interface Started {
  build: EngineBuild;
  kernels: Kernels;
  threads: number;
  model: ModelDocument;
}

/** Where the engine's files lie. */
export interface EnginePlaces {
  wasm: Record<EngineBuild, Place>;
  /** Address of the glue of the build with threads, which is a script of its own: each thread begins with it. */
  threads: string;
}

export interface StartArgs {
  model: Place;
  engine: EnginePlaces;
  /** How many are wanted; where they cannot be had it is one. */
  threads: number;
  stated: Statement | null;
}

/** What the package's own model runs in. Their glue is in the worker's one file, so that bundlers need not know of more. */
const ourBuilds = ({ wasm }: EnginePlaces): Builds => ({
  relaxed: { compile: () => compilePlace(wasm.relaxed), glue: async () => ({ default: relaxedGlue }) },
  simd: { compile: () => compilePlace(wasm.simd), glue: async () => ({ default: simdGlue }) },
});

/** One with all that it takes to answer. */
export interface LoadedEngine {
  classifier: Classifier;
  started: Started;
}

/** `load` takes the model into the classifier; where that fails nothing is left of it. */
function withModel(
  module: LoadedModule,
  build: EngineBuild,
  load: (classifier: Classifier) => ModelDocument,
): LoadedEngine {
  const classifier = new Classifier(module);
  try {
    const { kernels, threads } = module;
    return { classifier, started: { build, kernels, threads, model: load(classifier) } };
  } catch (error) {
    classifier.destroy();
    throw error;
  }
}

const three = (numbers: number | readonly number[]): readonly number[] =>
  typeof numbers === 'number' ? [numbers, numbers, numbers] : numbers;

function flagsOf(labels: Label[], malignant: readonly string[]): boolean[] {
  const stranger = malignant.find((id) => !labels.some((label) => label.id === id));
  if (stranger !== undefined) throw new Fault('LT_ARGUMENT', `malignant: the model has no class ${stranger}`);
  return labels.map(({ id }) => malignant.includes(id));
}

/** A model by other people, in the build for these. */
async function loadWide(engine: EnginePlaces, bytes: Uint8Array, statement: Statement): Promise<LoadedEngine> {
  const wide: Build = { compile: () => compilePlace(engine.wasm.wide), glue: () => import('lentigo/wide.mjs') };
  const module = await loadModule({ relaxed: wide, simd: wide }, 1);
  const { labels, pixels, malignant = [] } = statement;
  const stated: Stated = {
    labels: labels?.map((label) => `${label}\n`).join(''),
    pixels: pixels && [...three(pixels.mean), ...three(pixels.std)],
  };
  return withModel({ ...module, kernels: 'simd' }, 'wide', (classifier) => {
    const document = classifier.loadModel(bytes, takeAs(stated));
    if (malignant.length === 0) return document;
    /* Which number a class has is known only now. */
    return classifier.loadModel(bytes, takeAs({ ...stated, malignant: flagsOf(document.labels, malignant) }));
  });
}

/** The mark at byte 4 of a TensorFlow Lite file. */
const TFL3 = [0x54, 0x46, 0x4c, 0x33];

/** Is this a model that another build may run? */
const isForWide = (error: unknown, bytes: Uint8Array): boolean =>
  error instanceof Fault && error.code.startsWith('LT_MODEL_') && TFL3.every((byte, i) => bytes[4 + i] === byte);

/** The smaller builds run some other networks, too, but know nothing of what the file says in another form than ours. */
function takeOurs(classifier: Classifier, bytes: Uint8Array): ModelDocument {
  const document = classifier.loadModel(bytes);
  if (!('format' in document.metadata)) throw new Fault('LT_MODEL_METADATA', 'a model by other people');
  return document;
}

/** The build with threads, where these may be begun; null elsewhere. */
export type ThreadedBuild = ((engine: EnginePlaces) => Build) | null;

export async function loadEngine(args: StartArgs, threaded: ThreadedBuild, tell: Tell): Promise<LoadedEngine> {
  const { model, engine, threads, stated } = args;
  const reading = readPlace(model, 'network', tell);
  if (stated) return loadWide(engine, await reading, stated);
  const builds = ourBuilds(engine);
  if (threaded) builds.threads = threaded(engine);
  const [module, bytes] = await Promise.all([loadModule(builds, threads), reading]);
  try {
    const build = module.threads > 1 ? 'threads' : module.kernels;
    return withModel(module, build, (classifier) => takeOurs(classifier, bytes));
  } catch (error) {
    if (!isForWide(error, bytes)) throw error;
    /* Threads that were begun would stay: another worker does without them. */
    if (module.threads > 1) throw new Fault('threads', (error as Fault).message);
    return loadWide(engine, bytes, {});
  }
}
