/** What the package's worker does, or in its place the thread that asks. */
import relaxedGlue from 'lentigo/relaxed.mjs';
import simdGlue from 'lentigo/simd.mjs';
import { Classifier } from './classifier';
import { Fault } from './fault';
import type { ModelDocument } from './model-document';
import { OVERVIEW_PIXELS, readPixels } from './pixels';
import type { Handlers } from './serve';
import { addViews, type Held, Session } from './session';
import { compilePlace, type Place, readPlace } from './sources';
import type { ClassMap, Kernels, Pixels, Region, Result } from './types';
import { type Builds, loadModule } from './wasm-module';

/** What was decoded elsewhere. */
export type Decoded = Pixels | ImageBitmap;

/** A photo as it comes to the engine. */
export type Photo = Blob | Decoded;

export interface Started {
  kernels: Kernels;
  model: ModelDocument;
}

export interface PackageCalls {
  /** To be called once, before anything else. */
  start: { args: { model: Place; wasm: Record<Kernels, Place> }; value: Started };
  classify: {
    args: { photo: Photo; region: Region; prior: string; views: number };
    /** `ticket`: a name for the photo, by which more is asked of it. */
    value: { ticket: number; result: Result };
  };
  /** Without a ticket, or where another photo is held by now, the photo is classified first. */
  map: { args: { photo: Photo; region: Region; ticket: number | null; label: number }; value: ClassMap | null };
  propose: { args: { photo: Photo }; value: Region | null };
}

/* Of a picture in which a square is looked for: src/lentigo.h, lt_propose_rgba. */
const MOST_SIDE = 4096;

/** Every nth pixel of every nth row, so that no side is too long. */
function thinned({ data, width, height }: Pixels): Pixels {
  const step = Math.ceil(Math.max(width, height) / MOST_SIDE);
  if (step <= 1) return { data, width, height };
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const thin = new Uint8Array(columns * rows * 4);
  for (let row = 0, to = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, to += 4) {
      const from = (row * width + column) * step * 4;
      thin.set(data.subarray(from, from + 4), to);
    }
  return { data: thin, width: columns, height: rows };
}

const isBitmap = (photo: Photo): photo is ImageBitmap =>
  typeof ImageBitmap === 'function' && photo instanceof ImageBitmap;

/** There is one model as long as a worker lives. */
const MODEL = '';

/** Both are in the worker's one file, so that bundlers need not know of more. */
const buildsOf = (wasm: Record<Kernels, Place>): Builds => ({
  relaxed: { compile: () => compilePlace(wasm.relaxed), glue: async () => ({ default: relaxedGlue }) },
  simd: { compile: () => compilePlace(wasm.simd), glue: async () => ({ default: simdGlue }) },
});

/** `cloned`: what comes is a copy that was made on the way, and a bitmap is closed once it has been read. */
export function makeHandlers(cloned: boolean): Handlers<PackageCalls> {
  let classifier: Classifier | null = null;
  const atWork = () => {
    if (!classifier) throw new Fault('LT_NO_MODEL');
    return { classifier, model: MODEL };
  };
  const session = new Session<Decoded>(atWork, (photo) => (isBitmap(photo) ? readPixels(photo) : photo));

  async function propose(photo: Photo): Promise<Region | null> {
    if (photo instanceof Blob) return session.propose(photo);
    return atWork().classifier.propose(isBitmap(photo) ? readPixels(photo, OVERVIEW_PIXELS) : thinned(photo));
  }

  async function using<T>(photo: Photo, use: () => Promise<T>): Promise<T> {
    try {
      return await use();
    } finally {
      if (cloned && 'close' in photo) photo.close();
    }
  }

  return {
    start: async ({ model, wasm }, tell) => {
      const [loaded, bytes] = await Promise.all([loadModule(buildsOf(wasm), 1), readPlace(model, 'network', tell)]);
      classifier = new Classifier(loaded);
      return { kernels: loaded.kernels, model: classifier.loadModel(bytes) };
    },
    classify: ({ photo, region, prior, views }) =>
      using(photo, () =>
        session.classify(photo, region, (held) => {
          addViews(held, views);
          return { ticket: held.ticket, result: held.classifier.result(prior) };
        }),
      ),
    map: ({ photo, region, ticket, label }) => {
      const read = (held: Held) => held.classifier.map(label);
      return using(photo, () =>
        ticket === null
          ? session.classify(photo, region, read)
          : session.ask({ ticket, photo, region, model: MODEL }, read),
      );
    },
    propose: ({ photo }) => using(photo, () => propose(photo)),
  };
}
