/**
 * The way of a photo through the engine: JPEG and PNG go to its own decoder; what that does not know, or is too large
 * for it, to the browser's. The engine holds the photo classified last, of which more can be asked.
 */
import type { Classifier } from './classifier';
import { Fault } from './fault';
import { decodeOverview, decodePixels, drawThumbnail, OVERVIEW_PIXELS, readPixels, THUMBNAIL_SIDE } from './pixels';
import type { Pixels, Region } from './types';

/** A photo as it comes to the engine: a file, its bytes, or what was decoded elsewhere. */
export type Photo = Blob | Uint8Array<ArrayBuffer> | Pixels | ImageBitmap;

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
export interface Source {
  ticket: number;
  photo: Photo;
  region: Region;
  /** The model that answered: by another it would be another answer. */
  model: string;
}

const isBitmap = (photo: Photo): photo is ImageBitmap =>
  typeof ImageBitmap === 'function' && photo instanceof ImageBitmap;
const isPixels = (photo: Photo): photo is Pixels => 'data' in photo;

/* What the engine's decoder cannot do, but the browser's may. */
const FOR_THE_BROWSER = ['LT_IMAGE_UNSUPPORTED', 'LT_MEMORY'];

const isOurs = (kind: string): boolean => kind === 'jpeg' || kind === 'png';

/** The photo's bytes. A file may be gone or changed since it was chosen. */
async function readBytes(photo: Blob | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if ((photo instanceof Blob ? photo.size : photo.length) === 0) throw new Fault('empty-file');
  if (!(photo instanceof Blob)) return photo;
  try {
    return new Uint8Array(await photo.arrayBuffer());
  } catch (error) {
    if ((error as Error).name === 'RangeError') throw new Fault('LT_MEMORY', `${photo.size} bytes`);
    throw new Fault('file-gone', (error as Error).message);
  }
}

const asBlob = (photo: Blob | Uint8Array<ArrayBuffer>) => (photo instanceof Blob ? photo : new Blob([photo]));

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

/* Another worker, after this one has ended, must not give the same ones. */
let tickets = Math.floor(Math.random() * 2 ** 40);

export class Session {
  readonly #atWork: () => AtWork;
  #held: Held | null = null;

  /** `atWork` is asked in the moment a photo is classified: another model may come while it is decoded. */
  constructor(atWork: () => AtWork) {
    this.#atWork = atWork;
  }

  /** Classify a square of a photo, and at once read what is wanted of it. */
  async classify<T>(photo: Photo, region: Region, read: (held: Held) => T, ticket = ++tickets): Promise<T> {
    this.#held = null;
    return this.#decodeAndClassify(photo, region, (decoder, classifier) => {
      this.#held = { ticket, region, decoder, classifier, views: 1 };
      return read(this.#held);
    });
  }

  /** Read more of a photo: where it is not the one that is held, it is classified again. */
  async ask<T>({ ticket, photo, region, model }: Source, read: (held: Held) => T): Promise<T> {
    const isModel = () => this.#atWork().model === model;
    const isHeld = () => this.#held?.ticket === ticket && this.#held.classifier === this.#atWork().classifier;
    if (isModel() && !isHeld()) await this.classify(photo, region, () => undefined, ticket);
    if (!this.#held || !isHeld() || !isModel()) throw new Fault('stale');
    return read(this.#held);
  }

  async #decodeAndClassify<T>(
    photo: Photo,
    region: Region,
    done: (decoder: Held['decoder'], classifier: Classifier) => T,
  ): Promise<T> {
    const byPixels = (pixels: Pixels) => {
      const { classifier } = this.#atWork();
      classifier.classifyPixels(pixels, region);
      return done('browser', classifier);
    };
    if (isBitmap(photo)) return byPixels(readPixels(photo));
    if (isPixels(photo)) return byPixels(photo);
    const bytes = await readBytes(photo);
    const kind = this.#atWork().classifier.photoKind(bytes);
    if (!isOurs(kind)) return byPixels(await decodePixels(asBlob(photo), kind === 'heic' ? 'heic' : 'not-a-picture'));
    try {
      const { classifier } = this.#atWork();
      classifier.classifyFile(bytes, region);
      return done('engine', classifier);
    } catch (error) {
      if (!(error instanceof Fault) || !FOR_THE_BROWSER.includes(error.code)) throw error;
      return byPixels(await decodePixels(asBlob(photo), 'not-a-picture').catch(() => Promise.reject(error)));
    }
  }

  /** What the engine says of a JPEG or PNG; undefined where it is none, or too large for it. */
  async #askOfFile<T>(
    photo: Blob | Uint8Array<ArrayBuffer>,
    ask: (classifier: Classifier, bytes: Uint8Array) => T,
  ): Promise<T | undefined> {
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
  async propose(photo: Photo): Promise<Region | null> {
    if (isBitmap(photo)) return this.#atWork().classifier.propose(readPixels(photo, OVERVIEW_PIXELS));
    if (isPixels(photo)) return this.#atWork().classifier.propose(thinned(photo));
    const proposal = await this.#askOfFile(photo, (classifier, bytes) => classifier.proposeInFile(bytes));
    if (proposal !== undefined) return proposal;
    const overview = await decodeOverview(asBlob(photo));
    return overview && this.#atWork().classifier.propose(overview);
  }

  /** A small square picture; null where the browser cannot decode the photo. */
  async thumbnail(photo: Blob): Promise<Blob | null> {
    const drawn = await this.#askOfFile(photo, (classifier, bytes) => classifier.drawFile(bytes, THUMBNAIL_SIDE));
    return drawThumbnail(drawn ?? photo);
  }
}
