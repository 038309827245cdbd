/** The engine's worker: everything that computes or fetches. The page only draws. */
import relaxedWasm from 'lentigo/relaxed.wasm';
import simdWasm from 'lentigo/simd.wasm';
import { Fault } from '../shared/fault';
import type { Answer, Kernels, Started } from '../shared/messages';
import type { Classified } from './classifier';
import { Custodian } from './custodian';
import { type Build, loadModule, type WasmModule } from './module';
import { decodePixels } from './pixels';
import { serve } from './serve';
import { Shelf } from './shelf';
import { photoKind } from './sniff';

declare const self: DedicatedWorkerGlobalScope;

const BUILDS: Record<Kernels, Build> = {
  relaxed: { wasm: new URL(relaxedWasm, import.meta.url), glue: () => import('lentigo/relaxed.mjs') },
  simd: { wasm: new URL(simdWasm, import.meta.url), glue: () => import('lentigo/simd.mjs') },
};

/* This script lies one folder below the site's root. */
const base = new URL('../', import.meta.url);
const custodian = new Custodian(base, new Shelf(base));
let engine: Promise<{ kernels: Kernels; module: WasmModule }> | null = null;

async function start(tell: Parameters<Custodian['find']>[0]): Promise<Started> {
  if (!self.isSecureContext) throw new Fault('insecure');
  engine = loadModule(BUILDS);
  const [{ kernels, module }, found] = await Promise.all([engine, custodian.find(tell)]);
  await custodian.begin(module, found, tell);
  return { kernels, model: custodian.info };
}

async function classify(photo: Blob): Promise<Answer> {
  const begin = performance.now();
  const { classified, decoder } = await look(photo);
  const { decisions, logits, photo: size } = classified;
  return {
    ...{ decisions, logits, decoder },
    photo: { width: size.width, height: size.height },
    model: custodian.info,
    ms: { ...classified.ms, total: performance.now() - begin },
  };
}

/** JPEG and PNG go to the engine's own decoder; what it does not know, to the browser's. */
async function look(photo: Blob): Promise<{ classified: Classified; decoder: Answer['decoder'] }> {
  if (photo.size === 0) throw new Fault('empty-file');
  const bytes = new Uint8Array(await photo.arrayBuffer());
  if (photoKind(bytes) === 'other') {
    return { classified: custodian.classifier.classifyPixels(await decodePixels(photo)), decoder: 'browser' };
  }
  try {
    return { classified: custodian.classifier.classifyFile(bytes), decoder: 'engine' };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'LT_IMAGE_UNSUPPORTED') throw error;
    const pixels = await decodePixels(photo).catch(() => Promise.reject(error));
    return { classified: custodian.classifier.classifyPixels(pixels), decoder: 'browser' };
  }
}

serve(self, {
  start: (_, tell) => start(tell),
  classify: ({ photo }) => classify(photo),
  renew: async (_, tell) => {
    if (!engine) throw new Fault('LT_NO_MODEL');
    return (await custodian.renew((await engine).module, tell)) ? custodian.info : null;
  },
});
