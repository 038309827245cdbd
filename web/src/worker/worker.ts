/** The engine's worker: everything that computes or fetches. The page only draws. */
import relaxedWasm from 'lentigo/relaxed.wasm';
import simdWasm from 'lentigo/simd.wasm';
import threadsWasm from 'lentigo/threads.wasm';
import { attemptElsewhere, COMMON_WAYS } from '../shared/attempt';
import { Fault } from '../shared/fault';
import type { Answer, ClassMap, Kernels, Region, Started } from '../shared/messages';
import { isBound } from './bound';
import { fitsEngine } from './budget';
import type { Classified, Classifier } from './classifier';
import { Custodian } from './custodian';
import { type Build, type LoadedModule, loadModule } from './module';
import { decodeOverview, decodePixels, drawThumbnail } from './pixels';
import { serve } from './serve';
import { Shelf } from './shelf';
import { photoKind } from './sniff';

declare const self: DedicatedWorkerGlobalScope;

const BUILDS: Record<Kernels | 'threads', Build> = {
  relaxed: { wasm: new URL(relaxedWasm, import.meta.url), glue: () => import('lentigo/relaxed.mjs') },
  simd: { wasm: new URL(simdWasm, import.meta.url), glue: () => import('lentigo/simd.mjs') },
  threads: { wasm: new URL(threadsWasm, import.meta.url), glue: () => import('lentigo/threads.mjs') },
};

/* This script lies one folder below the site's root. */
const base = new URL('../', import.meta.url);
const custodian = new Custodian(base, new Shelf(base));
let engine: Promise<LoadedModule> | null = null;

async function start(wanted: number, tell: Parameters<Custodian['find']>[0]): Promise<Started> {
  if (!self.isSecureContext) throw new Fault('insecure');
  if (!isBound()) throw new Fault('unbound');
  engine = loadModule(BUILDS, wanted);
  const [loaded, found] = await Promise.all([engine, custodian.find(tell)]);
  await custodian.begin(loaded, found, tell);
  return { kernels: loaded.kernels, threads: loaded.threads, model: custodian.info };
}

/** The photo the engine holds: what its answer was made of, and by whom. */
let held: (Pick<Answer, 'ticket' | 'decoder' | 'region'> & { classifier: Classifier }) | null = null;
/* Another worker, after this one has ended, must not give the same ones. */
let tickets = Math.floor(Math.random() * 2 ** 40);

async function classify(photo: Blob, region: Region): Promise<Answer> {
  const begin = performance.now();
  held = null;
  const { classified, decoder } = await look(photo, region);
  held = { ticket: ++tickets, decoder, region, classifier: custodian.classifier };
  return toAnswer(held, classified, begin);
}

function lookAgain(ticket: number): Answer {
  const begin = performance.now();
  const holder = holderOf(ticket);
  return toAnswer(holder, holder.classifier.lookAgain(), begin);
}

function map(ticket: number, id: string): ClassMap | null {
  const { classifier } = holderOf(ticket);
  return classifier.map(custodian.info.labels.findIndex((label) => label.id === id));
}

/** What the engine holds, where it is still that photo and the same model. */
function holderOf(ticket: number): NonNullable<typeof held> {
  if (held?.ticket !== ticket || held.classifier !== custodian.classifier) throw new Fault('stale');
  return held;
}

function toAnswer({ ticket, decoder, region }: NonNullable<typeof held>, from: Classified, begin: number): Answer {
  const { photo, ms, ...rest } = from;
  return {
    ...{ ...rest, ticket, decoder, region },
    photo: { width: photo.width, height: photo.height },
    model: custodian.info,
    ms: { ...ms, total: performance.now() - begin },
  };
}

/* What the engine's decoder cannot do, but the browser's may. */
const FOR_THE_BROWSER = ['LT_IMAGE_UNSUPPORTED', 'LT_MEMORY'];

/** Not every browser tells. */
const { deviceMemory: memory = 8 } = navigator as { deviceMemory?: number };

/** JPEG and PNG go to the engine's own decoder; what it does not know or is too large for it, to the browser's. */
async function look(photo: Blob, region: Region): Promise<{ classified: Classified; decoder: Answer['decoder'] }> {
  if (photo.size === 0) throw new Fault('empty-file');
  const bytes = new Uint8Array(await photo.arrayBuffer());
  const kind = photoKind(bytes);
  const ours = kind === 'jpeg' || kind === 'png';
  if (!ours || !fitsEngine(bytes, region, custodian.input, memory)) {
    const pixels = await decodePixels(photo, kind === 'heic' ? 'heic' : 'not-a-picture');
    return { classified: custodian.classifier.classifyPixels(pixels, region), decoder: 'browser' };
  }
  try {
    return { classified: custodian.classifier.classifyFile(bytes, region), decoder: 'engine' };
  } catch (error) {
    if (!(error instanceof Fault) || !FOR_THE_BROWSER.includes(error.code)) throw error;
    const pixels = await decodePixels(photo, 'not-a-picture').catch(() => Promise.reject(error));
    return { classified: custodian.classifier.classifyPixels(pixels, region), decoder: 'browser' };
  }
}

serve(self, {
  start: ({ threads }, tell) => start(threads, tell),
  classify: ({ photo, region }) => classify(photo, region),
  lookAgain: async ({ ticket }) => lookAgain(ticket),
  map: async ({ ticket, label }) => map(ticket, label),
  thumbnail: ({ photo }) => drawThumbnail(photo),
  propose: async ({ photo }) => {
    const overview = await decodeOverview(photo);
    return overview && custodian.classifier.propose(overview);
  },
  check: async ({ pixels }) => custodian.classifier.checkPixels(pixels),
  attempt: () => attemptElsewhere(COMMON_WAYS),
  renew: async (_, tell) => {
    if (!engine) throw new Fault('LT_NO_MODEL');
    return (await custodian.renew(await engine, tell)) ? custodian.info : null;
  },
});
