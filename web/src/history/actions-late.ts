/** Saving photos and answers on this device, changing them, letting them go; and the history as a whole. */

import { downloadFile } from '../download/download';
import type { Engine } from '../engine/engine';
import { go, href } from '../navigation/route';
import { drawSquare } from '../photo/square';
import { stripMetadata } from '../photo/strip-metadata';
import { inTime } from '../protocol/deadline';
import type { Answer, ClassMap } from '../protocol/engine-messages';
import { Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import { type Entry, type Lesion, outdatedEntries, type PictureName } from './entry';
import { toSavedAnswer } from './saved-answer';
import type { HistoryNews, HistoryWork } from './state';
import { dropArchives, READ_MS } from './storage/archive-file';
import { importing, onChangeElsewhere } from './storage/database';
import { bringAllOver } from './storage/legacy';
import { readPicture, readPictures, toBlob } from './storage/pictures';
import {
  addAnswer,
  addEntry,
  changeEntry,
  changeLesion,
  dropAll,
  dropEntry,
  dropLesion,
  type EntryWords,
  type LesionWords,
  readHistory,
} from './storage/records';
import { addStaged, stage, sweep, unstage } from './storage/staging';
import { readStorageUse, requestPersistence } from './storage/storage-use';

/** Where a photo is saved: with a lesion there is, or a new one of that name and place. */
export interface SaveRequest {
  lesion: string | null;
  name: string;
  site: string;
  note: string;
  millimetres: number | null;
}

type Shown = NonNullable<State['photo']>;

/** A saved answer without a map is better than none at all. */
const MAP_MS = 10_000;

export function historyWork(store: Store<State>, engine: Engine) {
  const running = new Set<string>();
  let reads = 0;
  let tidied = false;

  /** Run `work`; a failure is shown and nothing else has changed. A second press meanwhile is none. True: it went well. */
  async function once(what: string, work: () => Promise<void>): Promise<boolean> {
    if (running.has(what)) return false;
    running.add(what);
    store.set({ historyFailure: null });
    try {
      await work();
      return true;
    } catch (error) {
      const failure = toFailure(error);
      store.set({ historyFailure: failure });
      /* What the page shows is not what is there: better shown anew. */
      if (['history-gone', 'history-changed'].includes(failure.code)) await read().catch(() => undefined);
      return false;
    } finally {
      running.delete(what);
    }
  }

  /** One of the works on all there is, of which there is one at a time. */
  async function whole(kind: HistoryWork['kind'], work: (tell: (share: number) => void) => Promise<HistoryNews>) {
    await once('whole', async () => {
      const tell = (share: number) => store.set({ historyWork: { kind, share } });
      store.set({ historyNews: null });
      tell(0);
      try {
        store.set({ historyNews: await work(tell) });
      } finally {
        store.set({ historyWork: null });
      }
    });
  }

  async function read(): Promise<void> {
    const turn = ++reads;
    const history = await readHistory();
    /* Another read, begun later, knows better. */
    if (turn === reads) store.set({ history });
    void readStorageUse().then((storageUse) => store.set({ storageUse }));
    if (tidied) return;
    tidied = true;
    void tidy(history.entries).catch(() => undefined);
  }

  /** What can wait until the history is on the screen. */
  async function tidy(entries: Entry[]): Promise<void> {
    const old = entries.filter(({ photo }) => photo.key === '').map(({ id }) => id);
    if (old.length > 0 && (await bringAllOver(old)) > 0) store.set({ history: await readHistory() });
    await sweep();
    await dropArchives(READ_MS);
  }

  onChangeElsewhere(() => {
    if (store.get().history) void read().catch(() => undefined);
  });

  async function mapOf({ ticket, decisions }: Answer): Promise<ClassMap | null> {
    const top = Object.values(decisions)[0]?.order[0] ?? '';
    return inTime(engine.map(ticket, top), MAP_MS, () => 'time-out').catch(() => null);
  }

  async function drawn(photo: Blob, answer: Answer) {
    const square = await drawSquare(photo, answer.region, answer.model.crop);
    return square && { bytes: new Uint8Array(await square.arrayBuffer()), type: 'image/jpeg' as const };
  }

  async function save(
    answer: Answer,
    { file, sample }: Pick<Shown, 'file' | 'sample'>,
    request: SaveRequest,
  ): Promise<void> {
    const now = Date.now();
    const { lesion, name, site, note, millimetres } = request;
    const fresh: Lesion | null = lesion === null ? { id: crypto.randomUUID(), name, site, created: now } : null;
    const [photo, square, map] = await Promise.all([stripMetadata(file), drawn(file, answer), mapOf(answer)]);
    const entry = {
      ...{ id: crypto.randomUUID(), lesion: fresh?.id ?? lesion ?? '', time: now },
      ...{ region: answer.region, note, millimetres, answers: [toSavedAnswer(answer, map)] },
      ...{ sample, guess: store.get().guess?.label ?? null },
    };
    await addEntry(entry, { photo, square }, fresh);
    store.set({ savedAs: { ticket: answer.ticket, lesion: entry.lesion } });
  }

  async function saveShown(request: SaveRequest): Promise<boolean> {
    const { job, photo, savedAs } = store.get();
    if (job.phase !== 'done' || !photo || savedAs?.ticket === job.answer.ticket) return false;
    return once('save', async () => {
      store.set({ saving: true });
      try {
        await save(job.answer, photo, request);
        /* It is saved; what is shown elsewhere is another matter. */
        await read().catch(() => undefined);
      } finally {
        store.set({ saving: false });
      }
    });
  }

  /** True where there is an answer of that model then. */
  async function rerun(entry: Entry, model: string): Promise<boolean> {
    const pictures = await readPictures(entry.id, ['photo']);
    if (!pictures) return true;
    if (!pictures.photo || pictures.photo.damaged) return false;
    const answer = await engine.classify(toBlob(pictures.photo), entry.region, model);
    await addAnswer(entry.id, toSavedAnswer(answer, await mapOf(answer)));
    return true;
  }

  async function rerunAll(model: string, tell: (share: number) => void): Promise<HistoryNews> {
    const entries = outdatedEntries(store.get().history, model);
    let failed = 0;
    for (const [i, entry] of entries.entries()) {
      /* One that fails does not stop the others. */
      if (!(await rerun(entry, model).catch(() => false))) failed++;
      tell((i + 1) / entries.length);
    }
    await read();
    return { kind: 'reran', entries: entries.length - failed, failed };
  }

  async function importFrom(archive: Blob, tell: (share: number) => void): Promise<number> {
    const { unpackHistory } = await import('./storage/archive');
    const keys: string[] = [];
    try {
      const here = new Set((await readHistory()).entries.map(({ id }) => id));
      const takers = { here, stage: (file: Parameters<typeof stage>[0]) => stage(file, keys) };
      const { lesions, entries } = await unpackHistory(archive, takers, tell);
      return await addStaged(lesions, entries);
    } catch (error) {
      await unstage(keys).catch(() => undefined);
      throw error;
    }
  }

  return {
    readHistory: () => once('read', read),
    saveAnswer: saveShown,

    /** The picture itself, and whether it is what was saved; null where there is none. */
    async readPicture(id: string, name: PictureName): Promise<{ blob: Blob; damaged: boolean } | null> {
      const picture = await readPicture(id, name);
      return picture && { blob: toBlob(picture), damaged: picture.damaged };
    },

    changeLesion: (id: string, from: LesionWords, to: LesionWords) =>
      once(`change ${id}`, async () => {
        await changeLesion(id, from, to);
        await read();
      }),

    changeEntry: (id: string, from: EntryWords, to: EntryWords) =>
      once(`change ${id}`, async () => {
        await changeEntry(id, from, to);
        await read();
      }),

    dropEntry: ({ id }: Entry) =>
      once(`drop ${id}`, async () => {
        await dropEntry(id);
        await read();
      }),

    dropLesion: ({ id }: Lesion) =>
      once(`drop ${id}`, async () => {
        await dropLesion(id);
        /* Its page goes first: it would be one that is not there. */
        if (location.hash.startsWith(href('history', id))) go('history');
        await read();
      }),

    dropAll: () =>
      once('drop all', async () => {
        await dropAll();
        await dropArchives().catch(() => undefined);
        store.set({ savedAs: null, history: null, historyNews: null });
        await read();
      }),

    protectHistory: () =>
      once('protect', async () => {
        await requestPersistence();
        store.set({ storageUse: await readStorageUse() });
      }),

    exportHistory: () =>
      whole('export', async (tell) => {
        const { packHistory } = await import('./storage/archive');
        const { file, entries, damaged } = await packHistory(await readHistory(), tell);
        downloadFile(file, `lentigo-${new Date().toISOString().slice(0, 10)}.zip`);
        return { kind: 'exported', entries, damaged };
      }),

    /** What is here already, by its id, stays as it is. */
    importHistory: (archive: Blob) =>
      whole('import', async (tell) => {
        let entries = 0;
        const done = await importing(async () => {
          entries = await importFrom(archive, tell);
        });
        if (!done) throw new Fault('history-elsewhere', 'import');
        await read();
        return { kind: 'imported', entries };
      }),

    /** Ask that model about every photo it has not answered; each answer is saved beside those before. */
    rerunHistory: (model: string) => whole('rerun', (tell) => rerunAll(model, tell)),
  };
}
