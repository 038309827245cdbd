/**
 * The way of a photo through the engine: JPEG and PNG go to its own decoder; what that does not know, or is too large
 * for it, to the browser's. The engine holds the photo classified last, of which more can be asked.
 */
import type { Classifier } from './classifier';
import { Fault, type LentigoFault } from './fault';
import type { Pixels, Region } from './types';

/** An engine with its model, and a name for that. */
export interface AtWork {
  classifier: Classifier;
  model: string;
}

/** The photo that the engine holds. */
export interface Held {
  ticket: number;
  region: Region;
  /** Who decoded it. */
  decoder: 'engine' | 'browser';
  classifier: Classifier;
  /** How many views of it the classifier's result is the mean of. */
  views: number;
}

/** Have it looked at in `views` views, those that it has been looked at in already among them. */
export function addViews(held: Held, views: number): void {
  for (; held.views < views; held.views++) held.classifier.addView();
}

/** What an answer was made of: where the engine does not hold that photo any more, it is classified again. */
export interface Source<Photo = Blob> {
  ticket: number;
  photo: Photo;
  region: Region;
  /** The model that answered: by another it would be another answer. */
  model: string;
}

/* What the engine's decoder cannot do, but the browser's may. */
const FOR_THE_BROWSER = ['LT_IMAGE_UNSUPPORTED', 'LT_MEMORY'];

const isOurs = (kind: string): boolean => kind === 'jpeg' || kind === 'png';

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

/** The browser's decoder, which most photos never need. */
const browser = () => import('./pixels');

/* Another worker, after this one has ended, must not give the same ones. */
let tickets = Math.floor(Math.random() * 2 ** 40);

export class Session<Decoded = never> {
  readonly #atWork: () => AtWork;
  readonly #pixelsOf: (photo: Decoded) => Pixels;
  #held: Held | null = null;

  /**
   * `atWork` is asked in the moment a photo is classified: another model may come while it is decoded. `pixelsOf`: those
   * of a photo that is no file.
   */
  constructor(atWork: () => AtWork, pixelsOf: (photo: Decoded) => Pixels = (photo) => photo as never) {
    this.#atWork = atWork;
    this.#pixelsOf = pixelsOf;
  }

  /** Classify a square of a photo, and at once read what is wanted of it. */
  async classify<T>(photo: Blob | Decoded, region: Region, read: (held: Held) => T, ticket = ++tickets): Promise<T> {
    this.#held = null;
    return this.#decodeAndClassify(photo, region, (decoder, classifier) => {
      this.#held = { ticket, region, decoder, classifier, views: 1 };
      return read(this.#held);
    });
  }

  /** Read more of a photo: where it is not the one that is held, it is classified again. */
  async ask<T>({ ticket, photo, region, model }: Source<Blob | Decoded>, read: (held: Held) => T): Promise<T> {
    const isModel = () => this.#atWork().model === model;
    const isHeld = () => this.#held?.ticket === ticket && this.#held.classifier === this.#atWork().classifier;
    if (isModel() && !isHeld()) await this.classify(photo, region, () => undefined, ticket);
    if (!this.#held || !isHeld() || !isModel()) throw new Fault('stale');
    return read(this.#held);
  }

  async #decodeAndClassify<T>(
    photo: Blob | Decoded,
    region: Region,
    done: (decoder: Held['decoder'], classifier: Classifier) => T,
  ): Promise<T> {
    const byPixels = (pixels: Pixels) => {
      const { classifier } = this.#atWork();
      classifier.classifyPixels(pixels, region);
      return done('browser', classifier);
    };
    if (!(photo instanceof Blob)) return byPixels(this.#pixelsOf(photo));
    const bytes = await readBytes(photo);
    const kind = this.#atWork().classifier.photoKind(bytes);
    const decode = async (refusal: LentigoFault) => (await browser()).decodePixels(photo, refusal);
    if (!isOurs(kind)) return byPixels(await decode(kind === 'heic' ? 'heic' : 'not-a-picture'));
    try {
      const { classifier } = this.#atWork();
      classifier.classifyFile(bytes, region);
      return done('engine', classifier);
    } catch (error) {
      if (!(error instanceof Fault) || !FOR_THE_BROWSER.includes(error.code)) throw error;
      return byPixels(await decode('not-a-picture').catch(() => Promise.reject(error)));
    }
  }

  /** What the engine says of a JPEG or PNG; undefined where it is none, or too large for it. */
  async #askOfFile<T>(photo: Blob, ask: (classifier: Classifier, bytes: Uint8Array) => T): Promise<T | undefined> {
    try {
      const bytes = await readBytes(photo);
      const { classifier } = this.#atWork();
      return isOurs(classifier.photoKind(bytes)) ? ask(classifier, bytes) : undefined;
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  /** The square around what looks like the lesion; null where nothing stands out, or it cannot be read. */
  async propose(photo: Blob): Promise<Region | null> {
    const proposal = await this.#askOfFile(photo, (classifier, bytes) => classifier.proposeInFile(bytes));
    if (proposal !== undefined) return proposal;
    const overview = await (await browser()).decodeOverview(photo);
    return overview && this.#atWork().classifier.propose(overview);
  }

  /** A small square picture; null where the browser cannot decode the photo. */
  async thumbnail(photo: Blob): Promise<Blob | null> {
    const { drawThumbnail, THUMBNAIL_SIDE } = await browser();
    const drawn = await this.#askOfFile(photo, (classifier, bytes) => classifier.drawFile(bytes, THUMBNAIL_SIDE));
    return drawThumbnail(drawn ?? photo);
  }
}
