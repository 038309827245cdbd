/**
 * Newer models: looked for in the site's signed catalogue, and brought in. What is brought is fetched, compared with its
 * hash, loaded into an engine of its own, tried by the self-test in the file, stored, and only then is it the current
 * model, by one write. Whatever cuts this leaves the current model as it was; a download goes on where it was cut.
 */
import { Classifier } from '../../package/classifier';
import type { LoadedModule } from '../../package/wasm-module';
import type { Look, Offer, Progress, ShelfView } from '../protocol/engine-messages';
import { Fault, type FaultCode } from '../protocol/fault';
import { type ModelCache, OWN, type Shelf, type StoredModel, viewOf, withCurrent } from './model-cache';
import { downloadOn, dropParts } from './resumable-download';
import { type CatalogModel, checkNewer, fetchCatalog, hindranceOf, isOver, type Trust } from './signed-catalog';
import { compareVersions } from './version';

/** What is noted of updates on the shelf. It was checked before it was written there. */
interface Notes {
  trust: Trust | null;
  looked: number;
  /** The models of the last catalogue. */
  offers: CatalogModel[];
  /** What the person has agreed to, until it is there or refused; `trials`: how often an engine was begun with it. */
  wanted: { model: StoredModel; trials: number } | null;
  /** Models that were refused, by their hash: not fetched again but by request. */
  refused: Record<string, FaultCode>;
}

const NONE: Notes = { trust: null, looked: 0, offers: [], wanted: null, refused: {} };
/** An engine that was begun with a model so often, and never came to an end, does not run it. */
const MOST_TRIALS = 2;
const MOST_REFUSED = 100;

const notesOf = ({ updates }: Shelf): Notes => ({ ...NONE, ...(updates as Partial<Notes>) });
const note = (shelf: Shelf, change: Partial<Notes>): Shelf => ({ ...shelf, updates: { ...notesOf(shelf), ...change } });

/** For want of a network it is tried again by itself; all else is final, until the person asks again. */
const isFinal = ({ code }: Fault): boolean => code !== 'network' && code !== 'engine-load';

/** What the engine says of a model on trial, by the names that catalogues know. */
const VERDICTS: Record<string, FaultCode> = {
  LT_MODEL_FORMAT: 'not-a-model',
  LT_MODEL_METADATA: 'not-a-model',
  LT_MODEL_UNSUPPORTED: 'engine-too-old',
  LT_NO_SELF_TEST: 'self-test',
  LT_SELF_TEST: 'self-test',
};

/** Anything thrown while a model was tried, a trap among it. */
function verdictOn(error: unknown): Fault {
  if (!(error instanceof Fault)) return new Fault('self-test', (error as Error).message);
  const code = VERDICTS[error.code];
  return code ? new Fault(code, error.detail) : error;
}

export class Updates {
  readonly #base: URL;
  readonly #cache: ModelCache;
  readonly #load: () => Promise<LoadedModule>;

  constructor(base: URL, cache: ModelCache, load: () => Promise<LoadedModule>) {
    this.#base = base;
    this.#cache = cache;
    this.#load = load;
  }

  /** The catalogue as it is now. What it says of keys and its number is noted before any of it is used. `stored`: the last. */
  async look(stored: boolean): Promise<Look> {
    const before = await this.#cache.read();
    if (stored) return lookOf(before);
    const { trust: seen } = notesOf(before);
    const looked = Date.now();
    try {
      const catalog = await fetchCatalog(this.#base, seen);
      const shelf = await this.#cache.update((now) => {
        /* Another tab may have seen a newer one meanwhile. */
        checkNewer(catalog, notesOf(now).trust);
        return note(now, { trust: catalog.trust, offers: catalog.models, looked });
      });
      return lookOf(shelf);
    } catch (error) {
      /* A site that answers wrongly is not asked more often than one that answers. */
      if (error instanceof Fault && isFinal(error))
        await this.#cache.update((now) => note(now, { looked })).catch(() => undefined);
      throw error;
    }
  }

  /** Bring in the model with that hash, out of the last catalogue; null: what is wanted still, or the app's own. */
  async bring(hash: string | null, tell: (progress: Progress) => void): Promise<ShelfView> {
    const shelf = await this.#cache.read();
    const { offers, wanted } = notesOf(shelf);
    const offer = offers.find(({ sha256 }) => sha256 === hash);
    const model = hash === null ? (wanted?.model ?? OWN) : hash === OWN.sha256 ? OWN : offer;
    if (!model) throw new Fault('model-gone', hash ?? '');
    /* Of several tabs one does it. */
    const name = `lentigo-update:${this.#base.pathname}`;
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#bring(model, hash !== null, tell);
      return viewOf(await this.#cache.read());
    });
  }

  async #bring(model: StoredModel, isAsked: boolean, tell: (progress: Progress) => void): Promise<void> {
    const { sha256 } = model;
    try {
      const { current } = await this.#cache.update((now) => {
        const { refused, wanted } = notesOf(now);
        const { [sha256]: _, ...others } = refused;
        const trials = !isAsked && wanted?.model.sha256 === sha256 ? wanted.trials : 0;
        return note(now, { wanted: { model, trials }, refused: isAsked ? others : refused });
      });
      if (current !== sha256) await this.#take(model, tell);
      await this.#cache.update((now) => note(now, { wanted: null }));
    } catch (error) {
      const fault = verdictOn(error);
      if (isFinal(fault)) await this.#refuse(sha256, fault);
      throw fault;
    }
  }

  async #take(model: StoredModel, tell: (progress: Progress) => void): Promise<void> {
    checkOffer(model);
    const bytes = await downloadOn(model, this.#base, this.#cache, tell);
    await this.#try(model, bytes);
    await this.#cache.putFile(model.sha256, bytes);
    await this.#cache.update((now) => note(withCurrent(now, model), { wanted: null }));
    await this.#tidy();
  }

  /** Has an engine of its own take it, and give the numbers that the file says? */
  async #try(model: StoredModel, bytes: Uint8Array): Promise<void> {
    const module = await this.#load();
    /* Noted before: an engine that takes the whole worker with it leaves no word. */
    const { updates } = await this.#cache.update((now) => {
      const { wanted } = notesOf(now);
      return note(now, { wanted: { model, trials: (wanted?.trials ?? 0) + 1 } });
    });
    const { wanted } = { ...NONE, ...(updates as Partial<Notes>) };
    if (wanted && wanted.trials > MOST_TRIALS) throw new Fault('self-test', 'the engine came to no end');
    const classifier = new Classifier(module);
    try {
      const { name, version } = classifier.loadModel(bytes);
      if (name !== model.id || version !== model.version)
        throw new Fault('catalog', `${model.id} ${model.version}: the file says ${name} ${version}`);
      classifier.selfTest();
    } catch (error) {
      /* One that came with the app is trusted as the app is. */
      if (model.source !== 'build' || (error as Fault).code !== 'LT_NO_SELF_TEST') throw error;
    } finally {
      classifier.destroy();
    }
  }

  async #refuse(hash: string, fault: Fault): Promise<void> {
    await dropParts(this.#cache);
    const change = (now: Shelf) => {
      const before = Object.entries(notesOf(now).refused).slice(-MOST_REFUSED);
      return note(now, { wanted: null, refused: { ...Object.fromEntries(before), [hash]: fault.code } });
    };
    /* Where not even that can be stored, nothing will be fetched either. */
    await this.#cache.update(change).catch(() => undefined);
  }

  /** Let go of a download. */
  async forgo(): Promise<ShelfView> {
    const shelf = await this.#cache.update((now) => note(now, { wanted: null }));
    await dropParts(this.#cache);
    return viewOf(shelf);
  }

  async drop(hash: string): Promise<ShelfView> {
    const shelf = await this.#cache.update((now) => {
      if (now.current === hash) throw new Fault('storage', 'it is at work');
      const models = now.models.filter(({ sha256 }) => sha256 !== hash);
      return { ...now, models, previous: now.previous === hash ? null : now.previous };
    });
    try {
      await (await this.#cache.open()).delete(this.#cache.addressOf(`${hash}.tflite`));
    } catch {
      /* The next update tries again. */
    }
    return viewOf(shelf);
  }

  /**
   * Delete files that are on no shelf. Of the models that came with the app only the current one, the one before it and
   * the app's own stay: the person has not chosen them one by one.
   */
  async #tidy(): Promise<void> {
    const shelf = await this.#cache.update((now) => {
      const stays = ({ source, sha256 }: StoredModel) =>
        source !== 'build' || [now.current, now.previous, OWN.sha256].includes(sha256);
      return { ...now, models: now.models.filter(stays) };
    });
    await dropParts(this.#cache);
    try {
      const cache = await this.#cache.open();
      const kept = new Set(['shelf.json', ...shelf.models.map(({ sha256 }) => `${sha256}.tflite`)]);
      const addresses = new Set([...kept].map((name) => this.#cache.addressOf(name)));
      for (const { url } of await cache.keys()) if (!addresses.has(url)) await cache.delete(url);
    } catch {
      /* It costs room, and the next update tries again. */
    }
  }
}

/** A model that was agreed to some time ago may be over by now. */
function checkOffer(model: StoredModel): void {
  const { engine, expires = null } = model as Partial<CatalogModel>;
  if (engine === undefined) return;
  const hindrance = hindranceOf(model as CatalogModel);
  if (hindrance) throw new Fault(hindrance, `${model.id} ${model.version}: ${isOver(expires) ? expires : engine}`);
}

/** Is `offer` to be taken in the place of `now`? The catalogue has its best first; of the same name it must be newer. */
function isNewer(offer: CatalogModel, now: StoredModel | undefined): boolean {
  if (!now || offer.id !== now.id) return true;
  if (now.sequence !== undefined && offer.sequence !== undefined) return offer.sequence > now.sequence;
  return compareVersions(offer.version, now.version) > 0;
}

function lookOf(shelf: Shelf): Look {
  const { offers, refused } = notesOf(shelf);
  const all: Offer[] = offers.map((model) => {
    const { id, version, sha256, bytes, kinds, licence, figures, note: words } = model;
    const hindrance = hindranceOf(model) ?? refused[sha256] ?? null;
    return { ...{ id, version, sha256, bytes, kinds, licence, figures }, note: words, hindrance };
  });
  const best = offers.find((model) => hindranceOf(model) === null && !(model.sha256 in refused));
  const current = shelf.models.find(({ sha256 }) => sha256 === shelf.current);
  /* Beside a model of the person's own, the site's are held against the one of theirs that is here. */
  const isTheirs = ({ id, source }: StoredModel) => source !== 'person' && id === best?.id;
  const now = current?.source === 'person' ? shelf.models.find(isTheirs) : current;
  const newer = best && best.sha256 !== shelf.current && isNewer(best, now) ? best.sha256 : null;
  return { offers: all, newer };
}
