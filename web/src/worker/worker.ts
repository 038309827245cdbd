/** The engine's worker: everything that computes or fetches. The page only draws. */
import relaxedWasm from 'lentigo/relaxed.wasm';
import simdWasm from 'lentigo/simd.wasm';
import threadsWasm from 'lentigo/threads.wasm';
import type { Classified, Classifier } from '../../package/classifier';
import { decodeOverview, decodePixels, drawThumbnail, THUMBNAIL_SIDE } from '../../package/pixels';
import { serve } from '../../package/serve';
import { type Build, loadModule } from '../../package/wasm-module';
import { COMMON_WAYS, probeElsewhere } from '../probe/probe';
import type { Answer, AnswerSource, ClassMap, Kernels, ModelInfo, Region, Started } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { isBound } from './bound';
import { ModelCache } from './model-cache';
import { ModelManager } from './model-manager';

declare const self: DedicatedWorkerGlobalScope;

const BUILDS: Record<Kernels | 'threads', Build> = {
  relaxed: { wasm: new URL(relaxedWasm, import.meta.url), glue: () => import('lentigo/relaxed.mjs') },
  simd: { wasm: new URL(simdWasm, import.meta.url), glue: () => import('lentigo/simd.mjs') },
  threads: { wasm: new URL(threadsWasm, import.meta.url), glue: () => import('lentigo/threads.mjs') },
};

/* This script lies one folder below the site's root. */
const base = new URL('../', import.meta.url);
const cache = new ModelCache(base);
const models = new ModelManager(base, cache);

async function start(wanted: number, failed: boolean, tell: Parameters<ModelManager['find']>[1]): Promise<Started> {
  if (!self.isSecureContext) throw new Fault('insecure');
  if (!isBound()) throw new Fault('unbound');
  const [loaded, found] = await Promise.all([loadModule(BUILDS, wanted), models.find(failed, tell)]);
  await models.begin(loaded, found, tell);
  return { kernels: loaded.kernels, threads: loaded.threads, model: models.info, shelf: models.shelf };
}

/** Newer models: in a worker of their own, so that whatever becomes of it, the one that answers goes on. */
async function updates() {
  const { Updates } = await import('./updates');
  return new Updates(base, cache, () => loadModule(BUILDS, 1));
}

/** The photo the engine holds: what its answer was made of, and by whom. */
let held: (Pick<Answer, 'ticket' | 'decoder' | 'region'> & { classifier: Classifier; views: number }) | null = null;
/* Another worker, after this one has ended, must not give the same ones. */
let tickets = Math.floor(Math.random() * 2 ** 40);

async function classify(photo: Blob, region: Region, model: string | null, ticket = ++tickets): Promise<Answer> {
  const begin = performance.now();
  held = null;
  if (!(await models.use(model))) throw new Fault('model-gone', model ?? '');
  const { decoder, classifier, ...outcome } = await decodeAndClassify(photo, region);
  held = { ticket, decoder, region, classifier, views: outcome.classified.views };
  void models.praise();
  return toAnswer(held, outcome, begin);
}

async function addView(source: AnswerSource): Promise<Answer> {
  const begin = performance.now();
  const holder = await hold(source);
  let classified = holder.classifier.addView();
  /* Of the photo classified anew, the views that the answer had already come first. */
  for (; holder.views < source.views; holder.views++) classified = holder.classifier.addView();
  holder.views = classified.views;
  return toAnswer(holder, { classified, model: models.info }, begin);
}

async function map(source: AnswerSource, id: string): Promise<ClassMap | null> {
  const { classifier } = await hold(source);
  return classifier.map(models.info.labels.findIndex((label) => label.id === id));
}

/** Have the engine hold that photo, where it is not the one it holds; by another model it would be another answer. */
async function hold({ ticket, photo, region, model }: AnswerSource): Promise<NonNullable<typeof held>> {
  if (!(await models.use(model))) throw new Fault('stale');
  if (held?.ticket !== ticket || held.classifier !== models.classifier) await classify(photo, region, model, ticket);
  if (!held) throw new Fault('stale');
  return held;
}

function toAnswer(
  { ticket, decoder, region }: NonNullable<typeof held>,
  { classified, model }: { classified: Classified; model: ModelInfo },
  begin: number,
): Answer {
  const { photo, ms, ...rest } = classified;
  return {
    ...{ ...rest, ticket, decoder, region, model },
    photo: { width: photo.width, height: photo.height },
    ms: { ...ms, total: performance.now() - begin },
  };
}

/* What the engine's decoder cannot do, but the browser's may. */
const FOR_THE_BROWSER = ['LT_IMAGE_UNSUPPORTED', 'LT_MEMORY'];

interface Outcome {
  classified: Classified;
  decoder: Answer['decoder'];
  /** Those at work in that moment; a newer model may come while a photo is decoded. */
  classifier: Classifier;
  model: ModelInfo;
}

function classifyBy(decoder: Answer['decoder'], classify: (classifier: Classifier) => Classified): Outcome {
  const { classifier, info: model } = models;
  return { classified: classify(classifier), decoder, classifier, model };
}

/** The photo's bytes. A file may be gone or changed since it was chosen. */
async function readBytes(photo: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (photo.size === 0) throw new Fault('empty-file');
  try {
    return new Uint8Array(await photo.arrayBuffer());
  } catch (error) {
    if ((error as Error).name === 'RangeError') throw new Fault('LT_MEMORY', `${photo.size} bytes`);
    throw new Fault('file-gone', (error as Error).message);
  }
}

const isOurs = (kind: string): boolean => kind === 'jpeg' || kind === 'png';

/** JPEG and PNG go to the engine's own decoder; what it does not know or is too large for it, to the browser's. */
async function decodeAndClassify(photo: Blob, region: Region): Promise<Outcome> {
  const bytes = await readBytes(photo);
  const kind = models.classifier.photoKind(bytes);
  if (!isOurs(kind)) {
    const pixels = await decodePixels(photo, kind === 'heic' ? 'heic' : 'not-a-picture');
    return classifyBy('browser', (classifier) => classifier.classifyPixels(pixels, region));
  }
  try {
    return classifyBy('engine', (classifier) => classifier.classifyFile(bytes, region));
  } catch (error) {
    if (!(error instanceof Fault) || !FOR_THE_BROWSER.includes(error.code)) throw error;
    const pixels = await decodePixels(photo, 'not-a-picture').catch(() => Promise.reject(error));
    return classifyBy('browser', (classifier) => classifier.classifyPixels(pixels, region));
  }
}

/** What the engine says of a JPEG or PNG; undefined where it is none, or too large for it. */
async function askOf<T>(photo: Blob, ask: (classifier: Classifier, bytes: Uint8Array) => T): Promise<T | undefined> {
  try {
    const bytes = await readBytes(photo);
    const { classifier } = models;
    return isOurs(classifier.photoKind(bytes)) ? ask(classifier, bytes) : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

async function propose(photo: Blob): Promise<Region | null> {
  const proposal = await askOf(photo, (classifier, bytes) => classifier.proposeInFile(bytes));
  if (proposal !== undefined) return proposal;
  const overview = await decodeOverview(photo);
  return overview && models.classifier.propose(overview);
}

async function thumbnail(photo: Blob): Promise<Blob | null> {
  const drawn = await askOf(photo, (classifier, bytes) => classifier.drawFile(bytes, THUMBNAIL_SIDE));
  return drawThumbnail(drawn ?? photo);
}

serve(self, {
  start: ({ threads, failed }, tell) => start(threads, failed, tell),
  classify: ({ photo, region, model }) => classify(photo, region, model),
  addView,
  map: ({ label, ...source }) => map(source, label),
  similar: async (source) => {
    const { findSimilar } = await import('./study');
    const { classifier } = await hold(source);
    return findSimilar(classifier, models.info, models.atlas, base);
  },
  figures: async (pictures) => (await import('./study')).computeFigures(pictures),
  thumbnail: ({ photo }) => thumbnail(photo),
  propose: ({ photo }) => propose(photo),
  check: async ({ pixels }) => {
    await models.use(null);
    return models.classifier.checkPixels(pixels);
  },
  probe: () => probeElsewhere(COMMON_WAYS),
  choose: async ({ model }) => {
    await models.choose(model);
    return { model: models.info, shelf: models.shelf };
  },
  look: async () => (await updates()).look(),
  bring: async ({ model }, tell) => (await updates()).bring(model, tell),
  forgo: async () => (await updates()).forgo(),
  drop: async ({ model }) => (await updates()).drop(model),
});
