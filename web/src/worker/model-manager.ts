/**
 * Which model is at work: read from the storage, or fetched, compared with its hash, and loaded on trial before it
 * takes the place of the one before. Newer models are updates.ts's business; this begins with what that has left.
 */

import { Classifier } from '../../package/classifier';
import type { ModelDocument } from '../../package/model-document';
import type { LoadedModule } from '../../package/wasm-module';
import type { Calls, ModelInfo, Progress, ShelfView } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { download, sha256 } from './download';
import {
  type ModelCache,
  OWN,
  type Shelf,
  STORAGE_MS,
  type StoredModel,
  viewOf,
  withCurrent,
  withFailure,
  withModel,
} from './model-cache';
import { pictureKinds } from './picture-kinds';

interface Loaded {
  entry: StoredModel;
  classifier: Classifier;
  document: ModelDocument;
  /** The file lies in the browser's storage; null: it is on its way there. */
  cached: boolean | null;
}

/** What stands ready before the engine does, so that both can be loaded side by side. */
interface Found {
  entry: StoredModel;
  bytes: Uint8Array<ArrayBuffer>;
  source: 'cache' | 'network';
}

type Tell = (progress: Progress) => void;

type Stored = Calls['stored']['value'];

export class ModelManager {
  readonly #base: URL;
  readonly #cache: ModelCache;
  #module: LoadedModule | null = null;
  #loaded: Loaded | null = null;
  #shelf: Shelf | null = null;
  /** The model for every photo that is not to have another. */
  #usual = '';
  /** Of a model that was fetched; never refused. */
  #storing: Promise<Stored> = Promise.resolve(null);

  constructor(base: URL, cache: ModelCache) {
    this.#base = base;
    this.#cache = cache;
  }

  get classifier(): Classifier {
    return this.#now.classifier;
  }

  get info(): ModelInfo {
    return infoOf(this.#now);
  }

  /** The catalogue's or the build's word on the atlas that belongs to the model at work. */
  get atlas(): unknown {
    const { sha256: hash, atlas } = this.#now.entry;
    return atlas ?? (hash === OWN.sha256 ? OWN.atlas : undefined);
  }

  get shelf(): ShelfView {
    return viewOf(this.#shelf as Shelf);
  }

  get #now(): Loaded {
    if (!this.#loaded) throw new Fault('LT_NO_MODEL');
    return this.#loaded;
  }

  /** The bytes to begin with. `failed`: the worker before this one has died under the current model. */
  async find(failed: boolean, tell: Tell): Promise<Found> {
    const shelf = await this.#cache.read();
    this.#shelf = failed ? await this.#note(withFailure, shelf) : shelf;
    return (await this.#search(new Set(), tell)) as Found;
  }

  /** Begin with `found`, or where the engine does not take it, with another. */
  async begin(module: LoadedModule, found: Found, tell: Tell): Promise<void> {
    this.#module = module;
    const refused = new Set<string>();
    for (;;) {
      try {
        this.#loaded = { ...(await load(module, found)), cached: found.source === 'cache' || null };
        break;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const { sha256: hash } = found.entry;
        refused.add(hash);
        /* Where its build of the engine could not be fetched, that is no fault of the model's. */
        if (hash === this.#shelf?.current && error.code !== 'engine-load')
          this.#shelf = await this.#note(withFailure, this.#shelf);
        const other = await this.#search(refused, tell);
        if (!other) throw error;
        found = other;
      }
    }
    this.#usual = found.entry.sha256;
    /* The first answer does not wait for that. */
    if (!this.#now.cached) this.#storing = this.#tryToStore(found, this.#now);
  }

  /**
   * Once it is known whether a model that was fetched could be stored; null: another is the usual one by now, or it is not
   * known for long. The page takes a worker for dead that is silent for longer than this.
   */
  stored(): Promise<Stored> {
    return Promise.race([this.#storing, new Promise<null>((resolve) => setTimeout(resolve, 2 * STORAGE_MS, null))]);
  }

  /** Have the model with that hash answer, or the usual one. False where it is not stored (any more). */
  async use(hash: string | null): Promise<boolean> {
    const wanted = hash ?? this.#usual;
    if (this.#now.entry.sha256 === wanted) return true;
    const entry = (await this.#cache.read()).models.find((model) => model.sha256 === wanted);
    const found = entry && (await this.#stored(entry));
    if (!found) return false;
    const next = await load(this.#module as LoadedModule, found);
    this.#loaded?.classifier.destroy();
    this.#loaded = { ...next, cached: true };
    return true;
  }

  /** Make that one the usual model, here and whenever the app begins. */
  async choose(hash: string): Promise<void> {
    if (!(await this.use(hash))) throw new Fault('model-gone', hash);
    const { entry } = this.#now;
    this.#usual = hash;
    this.#shelf = await this.#cache.update((shelf) => (shelf.current === hash ? shelf : withCurrent(shelf, entry)));
  }

  /** It has answered: failures before do not count any more. */
  async praise(): Promise<void> {
    if (this.#shelf?.failures && this.#now.entry.sha256 === this.#shelf.current)
      this.#shelf = await this.#note((shelf) => ({ ...shelf, failures: 0 }), this.#shelf);
  }

  /** Where nothing can be stored the change holds as long as this worker does. */
  #note(change: (shelf: Shelf) => Shelf, shelf: Shelf): Promise<Shelf> {
    return this.#cache.update(change).catch(() => change(shelf));
  }

  /** The current model, stored or fetched; then the others that are stored, and at last the app's own; null: none is left. */
  async #search(refused: ReadonlySet<string>, tell: Tell): Promise<Found | null> {
    const { current, previous, models } = this.#shelf as Shelf;
    const known = [...models, OWN].filter(({ sha256: hash }) => !refused.has(hash));
    const wanted = [current || OWN.sha256, previous];
    const order = [...wanted.flatMap((hash) => known.find((model) => model.sha256 === hash) ?? []), ...known];
    let failure: unknown = null;
    for (const [i, model] of order.entries()) {
      const stored = await this.#stored(model);
      if (stored) return stored;
      /* No host has a model of the person's own. */
      if (i > 0 || model.sha256 !== wanted[0] || model.source === 'person') continue;
      try {
        return await this.#fetch(model, tell);
      } catch (error) {
        failure = error;
      }
    }
    if (failure && order[0]?.sha256 === OWN.sha256) throw failure;
    return refused.has(OWN.sha256) ? null : this.#fetch(OWN, tell);
  }

  async #stored(entry: StoredModel): Promise<Found | null> {
    const bytes = await this.#cache.readFile(entry.sha256);
    return bytes && (await sha256(bytes)) === entry.sha256 ? { entry, bytes, source: 'cache' } : null;
  }

  async #fetch(entry: StoredModel, tell: Tell): Promise<Found> {
    return { entry, bytes: await download(entry, this.#base, tell), source: 'network' };
  }

  /** Without storage the app works on, only not without a network. */
  async #tryToStore({ entry, bytes }: Found, loaded: Loaded): Promise<Stored> {
    try {
      await this.#cache.putFile(entry.sha256, bytes);
      this.#shelf = await this.#cache.update((shelf) => withModel(shelf, entry));
      loaded.cached = true;
    } catch {
      loaded.cached = false;
    }
    return this.#usual === entry.sha256 ? { model: infoOf(loaded), shelf: this.shelf } : null;
  }
}

function infoOf({ entry, document, cached }: Loaded): ModelInfo {
  const { name, version, licence, attribution, bytes, labels, kernels, input } = document;
  const { figures_of: figuresOf } = document.metadata;
  return {
    ...{ name, version, licence, attribution, bytes, labels, kernels },
    crop: input.crop,
    kinds: pictureKinds(document),
    figuresOf: typeof figuresOf === 'string' ? figuresOf : null,
    views: document.views,
    sha256: entry.sha256,
    cached,
  };
}

async function load(module: LoadedModule, { entry, bytes }: Found): Promise<Omit<Loaded, 'cached'>> {
  if (entry.source === 'person') return { entry, ...(await (await import('./brought')).loadBrought(entry, bytes)) };
  const classifier = new Classifier(module);
  try {
    return { entry, classifier, document: classifier.loadModel(bytes) };
  } catch (error) {
    classifier.destroy();
    throw error;
  }
}
