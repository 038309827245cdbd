/** What the package's worker does, or in its place the thread that asks. */
import type { Classifier } from './classifier';
import { Fault } from './fault';
import { loadEngine, type StartArgs, type Started, type ThreadedBuild } from './loading';
import { OVERVIEW_PIXELS, readPixels } from './pixels';
import type { Handlers } from './serve';
import { addViews, type Held, Session } from './session';
import type { ClassMap, Pixels, Region, Result } from './types';

/** What was decoded elsewhere. */
export type Decoded = Pixels | ImageBitmap;

/** A photo as it comes to the engine. */
export type Photo = Blob | Decoded;

export interface PackageCalls {
  /** To be called once, before anything else. */
  start: { args: StartArgs; value: Started };
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

/**
 * `cloned`: what comes is a copy that was made on the way, and a bitmap is closed once it has been read. `threaded`: there may
 * be threads here.
 */
export function makeHandlers(cloned: boolean, threaded: ThreadedBuild = null): Handlers<PackageCalls> {
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
    start: async (args, tell) => {
      const loaded = await loadEngine(args, threaded, tell);
      classifier = loaded.classifier;
      return loaded.started;
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
