/**
 * Which model is at work and how it gets replaced: read from the cache or fetched, compared with its hash,
 * loaded on trial, and only then put in the place of the one before.
 */

import { Classifier } from '../../package/classifier';
import type { ModelDocument } from '../../package/model-document';
import type { LoadedModule } from '../../package/wasm-module';
import type { ModelInfo, Progress } from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { type CatalogEntry, fetchCatalog } from './catalog';
import { download, sha256 } from './download';
import type { ModelCache } from './model-cache';
import { pictureKinds } from './picture-kinds';

interface Loaded {
  entry: CatalogEntry;
  classifier: Classifier;
  document: ModelDocument;
}

/** What stands ready before the engine does, so that both can be loaded side by side. */
export interface Found {
  entry: CatalogEntry;
  bytes: Uint8Array<ArrayBuffer>;
  source: 'cache' | 'network';
}

type Tell = (progress: Progress) => void;

export class ModelManager {
  readonly #base: URL;
  readonly #cache: ModelCache;
  #loaded: Loaded | null = null;
  #cached = false;

  constructor(base: URL, cache: ModelCache) {
    this.#base = base;
    this.#cache = cache;
  }

  get classifier(): Classifier {
    if (!this.#loaded) throw new Fault('LT_NO_MODEL');
    return this.#loaded.classifier;
  }

  get info(): ModelInfo {
    if (!this.#loaded) throw new Fault('LT_NO_MODEL');
    const { entry, document } = this.#loaded;
    const { name, version, licence, attribution, bytes, labels, kernels, input } = document;
    const { figures_of: figuresOf } = document.metadata;
    return {
      ...{ name, version, licence, attribution, bytes, labels, kernels },
      crop: input.crop,
      kinds: pictureKinds(document),
      figuresOf: typeof figuresOf === 'string' ? figuresOf : null,
      views: document.views,
      sha256: entry.sha256,
      cached: this.#cached,
    };
  }

  /** The bytes to begin with: those in the cache, or where they are gone, spoilt or not wanted, the catalogue's first. */
  async find(fresh: boolean, tell: Tell): Promise<Found> {
    const entry = fresh ? null : await this.#cache.current();
    const bytes = entry && (await this.#cache.read(entry));
    if (entry && bytes && (await sha256(bytes)) === entry.sha256) return { entry, bytes, source: 'cache' };
    return this.#fetch(await fetchCatalog(this.#base), tell);
  }

  /** Begin with `found`. A cached model this engine does not take (any more) is fetched anew. */
  async begin(module: LoadedModule, found: Found, tell: Tell): Promise<void> {
    try {
      this.#loaded = load(module, found);
    } catch (error) {
      if (found.source === 'network' || !(error instanceof Fault)) throw error;
      found = await this.#fetch(await fetchCatalog(this.#base), tell);
      this.#loaded = load(module, found);
    }
    this.#cached = found.source === 'cache' || (await this.#tryToCache(found));
  }

  /** Take over the catalogue's model where it is another. False where it is the one at work. */
  async renew(module: LoadedModule, tell: Tell): Promise<boolean> {
    const entry = await fetchCatalog(this.#base);
    if (entry.sha256 === this.#loaded?.entry.sha256) return false;
    const found = await this.#fetch(entry, tell);
    const next = load(module, found);
    try {
      await this.#cache.put(entry, found.bytes);
    } catch (error) {
      next.classifier.destroy();
      throw error;
    }
    this.#loaded?.classifier.destroy();
    this.#loaded = next;
    this.#cached = true;
    return true;
  }

  async #fetch(entry: CatalogEntry, tell: Tell): Promise<Found> {
    return { entry, bytes: await download(entry, this.#base, tell), source: 'network' };
  }

  /** Without storage the app works on, only not without a network. */
  async #tryToCache({ entry, bytes }: Found): Promise<boolean> {
    try {
      await this.#cache.put(entry, bytes);
      return true;
    } catch {
      return false;
    }
  }
}

function load(module: LoadedModule, { entry, bytes }: Found): Loaded {
  const classifier = new Classifier(module);
  try {
    return { entry, classifier, document: classifier.loadModel(bytes) };
  } catch (error) {
    classifier.destroy();
    throw error;
  }
}
