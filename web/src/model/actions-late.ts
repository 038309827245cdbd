/**
 * Looking for newer models and bringing them in, in a worker of its own: the one that answers goes on meanwhile, and
 * turns to the newer model once that is the current one.
 */
import { Interrupted, Rpc } from '../../package/rpc';
import { scriptAddress } from '../browser/script-address';
import type { Engine } from '../engine/engine';
import type { CallName, Calls, ModelFile, Progress, ShelfView, Stated } from '../protocol/engine-messages';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import type { Opened } from './state';

export function modelWork(store: Store<State>, engine: Engine) {
  let running: Rpc<Calls> | null = null;

  async function ask<K extends CallName>(
    name: K,
    args: Calls[K]['args'],
    onProgress?: (progress: Progress) => void,
    isTracked = true,
  ): Promise<Calls[K]['value']> {
    const worker = new Worker(scriptAddress(engine.script), { type: 'module', name: 'lentigo updates' });
    const rpc = new Rpc<Calls>(worker, () => undefined);
    if (isTracked) running = rpc;
    try {
      return await rpc.call(name, args, { heavy: true, onProgress });
    } finally {
      rpc.end();
      if (running === rpc) running = null;
    }
  }

  const isBusy = () => running !== null;

  /** Said in the settings; what nobody asked for is said elsewhere, and not at all where only the network is gone. */
  function tellFailure(failure: Failure, isAsked: boolean): void {
    store.set({ modelUpdate: { phase: 'failed', failure } });
    if (!isAsked && failure.code !== 'network') store.set({ modelNews: { kind: 'failed', failure } });
  }

  async function look(isAsked: boolean): Promise<void> {
    if (isBusy()) return;
    store.set({ modelUpdate: { phase: 'looking' } });
    try {
      const found = await ask('look', { stored: false });
      const { shelf } = store.get();
      store.set({ look: found, modelUpdate: { phase: 'idle' }, shelf: shelf && { ...shelf, looked: Date.now() } });
      const offer = found.offers.find(({ sha256 }) => sha256 === found.newer);
      if (offer && !isAsked) store.set({ modelNews: { kind: 'newer', version: offer.version } });
    } catch (error) {
      tellFailure(toFailure(error), isAsked);
    }
  }

  /** What the last look found, from before this page was opened. Where that cannot be read there is nothing to say. */
  async function recall(): Promise<void> {
    if (isBusy() || store.get().look) return;
    const found = await ask('look', { stored: true }, undefined, false).catch(() => null);
    if (found && !store.get().look) store.set({ look: found });
  }

  /** Turn to what is the current model now. */
  async function turnTo(shelf: ShelfView): Promise<void> {
    if (store.get().model?.sha256 === shelf.current) return store.set({ shelf });
    await engine.choose(shelf.current);
    const model = shelf.models.find(({ sha256 }) => sha256 === shelf.current);
    if (model) store.set({ modelNews: { kind: 'renewed', version: model.version } });
  }

  /** A model that was not taken is not offered again by itself. */
  function mark(hash: string | null, { code }: Failure): void {
    const { look: found } = store.get();
    if (!found || hash === null || code === 'network') return;
    const offers = found.offers.map((offer) => (offer.sha256 === hash ? { ...offer, hindrance: code } : offer));
    store.set({ look: { offers, newer: found.newer === hash ? null : found.newer } });
  }

  async function bring(model: string | null): Promise<void> {
    if (isBusy()) return;
    store.set({ modelUpdate: { phase: 'fetching', received: 0, total: 0 } });
    try {
      const tell = (progress: Progress) => store.set({ modelUpdate: { phase: 'fetching', ...progress } });
      await turnTo(await ask('bring', { model }, tell));
      const { look: found } = store.get();
      store.set({ look: found && { ...found, newer: null }, modelUpdate: { phase: 'idle' } });
    } catch (error) {
      /* Ended by our hand: see `stop`. */
      if (error instanceof Interrupted) return;
      const failure = toFailure(error);
      mark(model, failure);
      tellFailure(failure, model !== null);
    }
  }

  /** A change of what is stored; a failure is shown, and nothing else has changed. */
  async function change(work: () => Promise<void>): Promise<void> {
    if (isBusy()) return;
    try {
      await work();
      store.set({ modelUpdate: { phase: 'idle' }, modelNews: null });
    } catch (error) {
      store.set({ modelUpdate: { phase: 'failed', failure: failureOf(error) } });
    }
  }

  /** An engine that died of a model names no fault of its own. */
  const failureOf = (error: unknown): Failure => toFailure(error instanceof Interrupted ? new Fault('crash') : error);

  /** Of several files the one opened last counts. */
  async function open(file: File): Promise<void> {
    const checking: Opened = { phase: 'checking', name: file.name };
    const tell = (opened: Opened) => store.get().opened === checking && store.set({ opened });
    store.set({ opened: checking });
    const model: ModelFile = { file, name: file.name };
    try {
      tell({ phase: 'asking', file: model, model: await ask('describe', model, undefined, false), failure: null });
    } catch (error) {
      tell({ phase: 'failed', failure: failureOf(error) });
    }
  }

  /** Store the model that was opened, with what the person says of it, and use it. */
  async function keep(stated: Stated): Promise<void> {
    const { opened } = store.get();
    if (opened?.phase !== 'asking') return;
    const { file, model } = opened;
    store.set({ opened: { ...opened, phase: 'keeping', failure: null } });
    try {
      store.set({ shelf: await ask('keep', { ...file, stated }, undefined, false) });
      await engine.choose(model.sha256);
      store.set({ opened: { phase: 'kept', name: model.name } });
    } catch (error) {
      store.set({ opened: { ...opened, failure: failureOf(error) } });
    }
  }

  return {
    open,
    keep,
    close: () => store.set({ opened: null }),

    look,
    recall,
    bring,

    /** Whatever is pending: a download that was cut, or the model that came with a newer app. */
    goOn: () => bring(null),

    /** End the download and let go of what has come. */
    async stop(): Promise<void> {
      running?.end();
      running = null;
      await change(async () => store.set({ shelf: await ask('forgo', null) }));
    },

    choose: (model: string) => change(() => engine.choose(model)),
    drop: (model: string) => change(async () => store.set({ shelf: await ask('drop', { model }) })),
  };
}
