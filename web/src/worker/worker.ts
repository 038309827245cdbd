/** The engine's worker: everything that computes or fetches. The page only draws. */
import relaxedWasm from 'lentigo/relaxed.wasm';
import simdWasm from 'lentigo/simd.wasm';
import threadsWasm from 'lentigo/threads.wasm';
import { serve } from '../../package/serve';
import { addViews, type Held, Session } from '../../package/session';
import type { ClassMap } from '../../package/types';
import { type Builds, compileFrom, loadModule } from '../../package/wasm-module';
import type { Answer, AnswerSource, Calls, ModelInfo, Started } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { type Classified, readAnswer } from './answers';
import { isBound } from './bound';
import { ModelCache } from './model-cache';
import { ModelManager } from './model-manager';

declare const self: DedicatedWorkerGlobalScope;

const BUILDS: Builds = {
  relaxed: {
    compile: () => compileFrom(new URL(relaxedWasm, import.meta.url)),
    glue: () => import('lentigo/relaxed.mjs'),
  },
  simd: { compile: () => compileFrom(new URL(simdWasm, import.meta.url)), glue: () => import('lentigo/simd.mjs') },
  threads: {
    compile: () => compileFrom(new URL(threadsWasm, import.meta.url)),
    glue: () => import('lentigo/threads.mjs'),
  },
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

/** Models of the person's own, which need another build of the engine: in such a worker, too. */
const brought = () => import('./brought');

const session = new Session(() => ({ classifier: models.classifier, model: models.info.sha256 }));

/** What is read in one go: a newer model may come right after. */
interface Outcome {
  held: Held;
  classified: Classified;
  model: ModelInfo;
}

const read = (held: Held): Outcome => ({ held, classified: readAnswer(held.classifier), model: models.info });

function toAnswer({ held: { ticket, decoder, region }, classified, model }: Outcome, begin: number): Answer {
  const { ms, ...rest } = classified;
  return { ...rest, ticket, decoder, region, model, ms: { ...ms, total: performance.now() - begin } };
}

async function classify({ photo, region, model }: Calls['classify']['args']): Promise<Answer> {
  const begin = performance.now();
  if (!(await models.use(model))) throw new Fault('model-gone', model ?? '');
  const outcome = await session.classify(photo, region, read);
  void models.praise();
  return toAnswer(outcome, begin);
}

/** Ask more of a photo, by the model that answered: by another it would be another answer. */
async function ask<T>(source: AnswerSource, of: (held: Held) => T): Promise<T> {
  if (!(await models.use(source.model))) throw new Fault('stale');
  return session.ask(source, of);
}

/** The answer with one view more. Of a photo classified anew, the views that the answer had already come first. */
async function addView(source: AnswerSource): Promise<Answer> {
  const begin = performance.now();
  const outcome = await ask(source, (held) => {
    addViews(held, source.views + 1);
    return read(held);
  });
  return toAnswer(outcome, begin);
}

function map({ label: id, ...source }: Calls['map']['args']): Promise<ClassMap | null> {
  return ask(source, ({ classifier }) => classifier.map(models.info.labels.findIndex((label) => label.id === id)));
}

/** What is computed beside answers is fetched when it is asked for. */
const study = () => import('./study');

serve<Calls>(self, {
  start: ({ threads, failed }, tell) => start(threads, failed, tell),
  stored: () => models.stored(),
  classify,
  addView,
  map,
  similar: async (source) => {
    const { findSimilar } = await study();
    return ask(source, ({ classifier }) => findSimilar(classifier, models.info, models.atlas, base));
  },
  figures: async (pictures) => (await study()).computeFigures(pictures),
  thumbnail: ({ photo }) => session.thumbnail(photo),
  propose: ({ photo }) => session.propose(photo),
  check: async ({ pixels }) => {
    await models.use(null);
    return models.classifier.checkPixels(pixels);
  },
  warmUp: async () => {
    await models.use(null);
    models.classifier.selfTest();
  },
  probe: async () => {
    const { COMMON_WAYS, probeElsewhere } = await import('../probe/probe');
    return probeElsewhere(COMMON_WAYS);
  },
  choose: async ({ model }) => {
    await models.choose(model);
    return { model: models.info, shelf: models.shelf };
  },
  look: async ({ stored }) => (await updates()).look(stored),
  bring: async ({ model }, tell) => (await updates()).bring(model, tell),
  forgo: async () => (await updates()).forgo(),
  describe: async (model) => (await brought()).describe(model, cache),
  keep: async ({ stated, ...model }) => (await brought()).keep(model, stated, cache),
  drop: async ({ model }) => (await updates()).drop(model),
});
