/** Keeping photos and answers on this device, and letting them go. */
import { href } from '../route';
import type { Engine } from '../services/engine';
import { clearHistory, dropHistory, putHistory, readHistory } from '../services/history/database';
import { readRoom, requestPersistence } from '../services/history/room';
import { drawSquare } from '../services/square';
import { stripPhoto } from '../services/strip';
import { Fault, toFailure } from '../shared/fault';
import type { Answer, ClassMap } from '../shared/messages';
import { type Entry, entriesOf, type HistoryContent, type KeptAnswer, type Lesion } from '../slices/history';
import type { State } from '../state';
import type { Store } from '../store';

/** Where a photo is kept: with a lesion there is, or a new one of that name and place. */
export interface Keeping {
  lesion: string | null;
  name: string;
  site: string;
  note: string;
  millimetres: number | null;
}

export const toKept = (answer: Answer, map: ClassMap | null): KeptAnswer => {
  const { decisions, logits, faults, notLesion, kind, views } = answer;
  const { name, version, sha256 } = answer.model;
  return { time: Date.now(), model: { name, version, sha256 }, decisions, logits, faults, notLesion, kind, views, map };
};

export function historyActions(store: Store<State>, engine: Engine) {
  /** Run `work`; a failure is shown and nothing else has changed. True where it went well. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    store.set({ historyFailure: null });
    try {
      await work();
      return true;
    } catch (error) {
      store.set({ historyFailure: toFailure(error) });
      return false;
    }
  }

  async function read(): Promise<void> {
    store.set({ history: await readHistory(), room: await readRoom() });
  }

  async function mapOf({ ticket, decisions }: Answer): Promise<ClassMap | null> {
    const top = Object.values(decisions)[0]?.order[0] ?? '';
    return engine.map(ticket, top).catch(() => null);
  }

  async function keep(answer: Answer, photo: Blob, keeping: Keeping): Promise<void> {
    const now = Date.now();
    const { lesion, name, site, note, millimetres } = keeping;
    const fresh: Lesion = { id: crypto.randomUUID(), name, site, created: now };
    const [stripped, square, map] = await Promise.all([
      stripPhoto(photo),
      drawSquare(photo, answer.region, answer.model.crop),
      mapOf(answer),
    ]);
    const entry: Entry = {
      ...{ id: crypto.randomUUID(), lesion: lesion ?? fresh.id, time: now, photo: stripped, square },
      ...{ region: answer.region, note, millimetres, answers: [toKept(answer, map)] },
    };
    await putHistory({ lesions: lesion === null ? [fresh] : [], entries: [entry] });
    store.set({ keptAs: { ticket: answer.ticket, lesion: entry.lesion } });
    await read();
  }

  const content = (): HistoryContent => {
    const { history } = store.get();
    if (!history) throw new Fault('history-blocked', 'not read');
    return history;
  };

  return {
    readHistory: () => attempt(read),

    keepAnswer: (keeping: Keeping) =>
      attempt(async () => {
        const { job, photo } = store.get();
        if (job.phase === 'done' && photo) await keep(job.answer, photo.file, keeping);
      }),

    changeLesion: (lesion: Lesion) =>
      attempt(async () => {
        await putHistory({ lesions: [lesion] });
        await read();
      }),

    changeEntry: (entry: Entry) =>
      attempt(async () => {
        await putHistory({ entries: [entry] });
        await read();
      }),

    dropEntry: ({ id }: Entry) =>
      attempt(async () => {
        await dropHistory({ lesions: [], entries: [id] });
        await read();
      }),

    dropLesion: ({ id }: Lesion) =>
      attempt(async () => {
        await dropHistory({ lesions: [id], entries: entriesOf(content(), id).map((entry) => entry.id) });
        await read();
        location.hash = href('history');
      }),

    dropAll: () =>
      attempt(async () => {
        await clearHistory();
        store.set({ keptAs: null });
        await read();
      }),

    protectHistory: () =>
      attempt(async () => {
        await requestPersistence();
        store.set({ room: await readRoom() });
      }),
  };
}
