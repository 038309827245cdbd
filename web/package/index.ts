/**
 * Lentigo: a skin-lesion classifier that runs where it is called, in C and WebAssembly. An aid for study, not a medical
 * device.
 *
 *     import { Lentigo } from 'lentigo';
 *     import model from 'lentigo-model-lite0';
 *
 *     const lentigo = await Lentigo.create({ model });
 *     const { label, probabilities, abstain } = await lentigo.classify(file);
 *     lentigo.dispose();
 */
import { Fault } from './fault';
import type { PackageCalls, Photo } from './handlers';
import { JobQueue } from './job-queue';
import type { EnginePlaces, StartArgs, Started } from './loading';
import { takePhoto } from './photos';
import { Interrupted, type Rpc, type WorkerLike } from './rpc';
import { type Place, placeOf } from './sources';
import { makePolicy, type ScriptPolicy } from './trusted-types';
import {
  type ClassMap,
  type EngineBuild,
  type FileSource,
  type Kernels,
  type Model,
  type OfBrowser,
  type PhotoSource,
  type Prior,
  type Progress,
  type Region,
  type Result,
  type Statement,
  WHOLE,
} from './types';

export { Fault as LentigoError, type LentigoFault, type WiringFault } from './fault';
export type {
  ClassMap,
  EngineBuild,
  FileSource,
  Kernels,
  Label,
  Model,
  PhotoFault,
  PhotoSource,
  Pixels,
  Prior,
  Progress,
  Quality,
  Region,
  Result,
  Statement,
} from './types';

declare const PACKAGE_VERSION: string;

/** The version of this package, which is the engine's. */
export const version: string = PACKAGE_VERSION;

/** Of a model by other people, what its file does not say may be stated, too: then the build for such models runs it. */
export interface CreateOptions extends Statement {
  /** The model file: its bytes, or where it lies. With bytes nothing is fetched for it. */
  model: FileSource;
  /**
   * Where it computes. `true`, the default in a page: in a worker of its own. `false`, the default everywhere else, as in
   * Node, Deno, Bun and inside of a worker: in the thread that asks. A function: in the worker that it makes of this
   * package's worker.js, each time one is needed.
   */
  worker?: boolean | (() => OfBrowser<'Worker'>);
  /** The engine's builds, where they do not lie beside this script: bytes or addresses. */
  wasm?: Partial<Record<EngineBuild, FileSource>>;
  /**
   * How many threads compute, 1 to 64; 1 by default. More are had in a worker of the package's own where the page is
   * cross-origin isolated and has relaxed SIMD, for the models that need no wider build. Elsewhere it is one: `threads`
   * of what is made says how many there are.
   */
  threads?: number;
  /** Hears how much of the model has come. */
  onProgress?: (progress: Progress) => void;
}

export interface CallOptions {
  /** Takes this call out, alone; it rejects with the signal's reason. */
  signal?: OfBrowser<'AbortSignal'> | undefined;
}

export interface MapOptions extends CallOptions {
  /** The square that is looked at, as `propose` gives it; by default the model's own crop in the centre. */
  region?: Partial<Region> | null | undefined;
}

export interface ClassifyOptions extends MapOptions {
  /** How common each class is taken to be. Default `data`. */
  prior?: Prior | undefined;
  /** Of how many views, turned and mirrored, the answer is the mean: 1, the default, to the model's `views`. */
  views?: number | undefined;
}

const WORKER = new URL('./worker.js', import.meta.url).href;
/* Bundlers take along what is named like this. */
const WASM: Record<EngineBuild, URL> = {
  relaxed: new URL('./lentigo-relaxed.wasm', import.meta.url),
  simd: new URL('./lentigo-simd.wasm', import.meta.url),
  threads: new URL('./lentigo-threads.wasm', import.meta.url),
  wide: new URL('./lentigo-wide.wasm', import.meta.url),
};
const THREADS = new URL('./lentigo-threads.js', import.meta.url).href;
const MOST_THREADS = 64;

let policy: ScriptPolicy | null = null;

/** The one address that becomes a script's, also where a page asks for Trusted Types. */
function workerAddress(): string {
  policy ??= makePolicy((address) => {
    if (address !== WORKER) throw new TypeError(`${address} is no script of lentigo`);
    return address;
  });
  return policy.createScriptURL(WORKER);
}

const isPage = () => typeof document === 'object' && typeof Worker === 'function';

async function makeWorker(worker: boolean | (() => Worker)): Promise<WorkerLike> {
  if (typeof worker === 'function') return worker();
  if (!worker) return (await import('./local')).makeLocalWorker();
  try {
    return new Worker(workerAddress(), { type: 'module', name: 'lentigo' });
  } catch (error) {
    throw new Fault('engine-load', `${WORKER}: ${(error as Error).message}`);
  }
}

function placesOf(wasm: Partial<Record<EngineBuild, FileSource>>): EnginePlaces {
  const place = (build: EngineBuild): Place => placeOf(wasm[build] ?? WASM[build], `wasm.${build}`);
  const [relaxed, simd, threads, wide] = [place('relaxed'), place('simd'), place('threads'), place('wide')];
  return { wasm: { relaxed, simd, threads, wide }, threads: THREADS };
}

function threadsOf(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new Fault('LT_ARGUMENT', `threads: ${String(threads)} is not from 1 to ${MOST_THREADS}`);
}

/** Null where nothing is stated. */
function statementOf({ labels, pixels, malignant }: Statement): Statement | null {
  const broken = labels?.find((label) => /[\r\n]/.test(label));
  if (broken !== undefined) throw new Fault('LT_ARGUMENT', `labels: ${broken} has a line break`);
  for (const name of ['mean', 'std'] as const) {
    const numbers = [pixels?.[name] ?? []].flat();
    if (pixels && ![1, 3].includes(numbers.length))
      throw new Fault('LT_ARGUMENT', `pixels.${name}: not 1 or 3 numbers`);
    if (!numbers.every(Number.isFinite)) throw new Fault('LT_ARGUMENT', `pixels.${name}: not finite`);
  }
  return labels || pixels || malignant ? { labels, pixels, malignant } : null;
}

function regionOf(region: Partial<Region> | null | undefined): Region {
  const all = { ...WHOLE, ...region };
  for (const [name, value] of Object.entries(all))
    if (!Number.isFinite(value)) throw new Fault('LT_ARGUMENT', `region.${name}: ${String(value)} is no number`);
  const { x, y, side, quarterTurns } = all;
  return { x, y, side, quarterTurns };
}

/** Which photo a ticket is for: files alone, since anything else may have changed in between. */
interface Ticket {
  region: string;
  ticket: number;
}

/** One engine with one model, and a queue of its own. Several beside each other share nothing. */
export class Lentigo {
  readonly #jobs: JobQueue<PackageCalls, Started>;
  readonly #tickets = new WeakMap<object, Ticket>();
  #started!: Started;

  private constructor(start: StartArgs, { worker = isPage(), onProgress }: CreateOptions) {
    let { threads } = start;
    this.#jobs = new JobQueue<PackageCalls, Started>({
      begin: async (spawn) => {
        for (;;) {
          const rpc = spawn(await makeWorker(worker));
          try {
            return { rpc, started: await begin(rpc, { ...start, threads }, onProgress) };
          } catch (error) {
            /* Whatever keeps threads from starting, one does as well; what was begun of them ends with their worker. */
            if (threads === 1 || (error as Fault).code !== 'threads') throw error;
            threads = 1;
          }
        }
      },
    });
  }

  /**
   * Load engine and model. Throws a `LentigoError`: `no-simd`, `engine-load`, `network`, or what the engine says of
   * the model file, as `LT_MODEL_FORMAT`.
   */
  static async create(options: CreateOptions): Promise<Lentigo> {
    const { model, wasm = {}, threads = 1 } = options;
    const stated = statementOf(options);
    const start = { model: placeOf(model, 'model'), engine: placesOf(wasm), threads: threadsOf(threads), stated };
    const lentigo = new Lentigo(start, options);
    try {
      lentigo.#started = await lentigo.#jobs.start();
    } catch (error) {
      lentigo.dispose();
      throw error;
    }
    return lentigo;
  }

  /** What the model says of itself. */
  get model(): Model {
    const { kernels: _, ...model } = this.#started.model;
    return model as unknown as Model;
  }

  /** Which build of the engine is at work; `wide` where the model needs that one. */
  get build(): EngineBuild {
    return this.#started.build;
  }

  /** Of which kind its kernels are. */
  get kernels(): Kernels {
    return this.#started.kernels;
  }

  /** On how many threads it computes: those that were asked for, or one where they cannot be had. */
  get threads(): number {
    return this.#started.threads;
  }

  /**
   * Classify a square of a photo. The photo is taken as it is in this moment, and stays the caller's. Throws a
   * `LentigoError`: `not-a-picture`, `heic`, `empty-file`, `file-gone`, `crash`, or the engine's, as `LT_IMAGE_FORMAT`.
   */
  async classify(photo: PhotoSource, options: ClassifyOptions = {}): Promise<Result> {
    const { prior = 'data', views = 1, signal } = options;
    const region = regionOf(options.region);
    if (!Number.isInteger(views) || views < 1) throw new Fault('LT_ARGUMENT', `views: ${views} is none`);
    const { ticket, result } = await this.#with(photo, signal, (taken) =>
      this.#jobs.submit('classify', { photo: taken, region, prior, views }, signal),
    );
    if (isFile(photo)) this.#tickets.set(photo, { region: JSON.stringify(region), ticket });
    return result;
  }

  /**
   * How much each place of the square speaks for a class, by its id; null where the network has no such maps. Costs no
   * inference where the file was classified last.
   */
  async map(photo: PhotoSource, label: string, options: MapOptions = {}): Promise<ClassMap | null> {
    const region = regionOf(options.region);
    const index = this.#started.model.labels.findIndex(({ id }) => id === label);
    if (index < 0) throw new Fault('LT_ARGUMENT', `label: the model has no class ${label}`);
    const known = isFile(photo) ? this.#tickets.get(photo) : undefined;
    const ticket = known?.region === JSON.stringify(region) ? known.ticket : null;
    return this.#with(photo, options.signal, (taken) =>
      this.#jobs.submit('map', { photo: taken, region, ticket, label: index }, options.signal),
    );
  }

  /** The square around what looks like the lesion, for `region`; null where nothing stands out from its ground. */
  propose(photo: PhotoSource, { signal }: CallOptions = {}): Promise<Region | null> {
    return this.#with(photo, signal, (taken) => this.#jobs.submit('propose', { photo: taken }, signal));
  }

  /** End the worker and free all memory. What is under way rejects with `disposed`, as does every later call. */
  dispose(): void {
    this.#jobs.close(new Fault('disposed'));
  }

  async #with<T>(photo: PhotoSource, signal: AbortSignal | undefined, use: (taken: Photo) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const taken = await takePhoto(photo);
    try {
      return await use(taken);
    } finally {
      if ('close' in taken) taken.close();
    }
  }
}

const isFile = (photo: PhotoSource): photo is Blob => typeof Blob === 'function' && photo instanceof Blob;

async function begin(
  rpc: Rpc<PackageCalls>,
  start: StartArgs,
  onProgress: CreateOptions['onProgress'],
): Promise<Started> {
  try {
    return await rpc.call('start', start, { heavy: true, onProgress });
  } catch (error) {
    rpc.end();
    throw error instanceof Interrupted ? new Fault('disposed') : error;
  }
}
