/** The history as a whole: out to a file, in from one, and once more through a newer model. */
import type { Engine } from '../services/engine';
import { putHistory, readHistory } from '../services/history/database';
import { saveFile } from '../services/save';
import { toFailure } from '../shared/fault';
import { type Entry, latestAnswer } from '../slices/history';
import type { State } from '../state';
import type { Store } from '../store';
import { toKept } from './history';

export function historyFileActions(store: Store<State>, engine: Engine, reread: () => Promise<unknown>) {
  type Kind = NonNullable<State['historyWork']>['kind'];

  async function work(kind: Kind, task: (tell: (share: number) => void) => Promise<void>): Promise<void> {
    const tell = (share: number) => store.set({ historyWork: { kind, share } });
    store.set({ historyFailure: null, imported: null });
    tell(0);
    try {
      await task(tell);
    } catch (error) {
      store.set({ historyFailure: toFailure(error) });
    }
    store.set({ historyWork: null });
  }

  /** Entries whose latest answer is another model's. */
  const outdated = (): Entry[] => {
    const { history, model } = store.get();
    return (history?.entries ?? []).filter((entry) => latestAnswer(entry)?.model.sha256 !== model?.sha256);
  };

  async function rerun(entry: Entry): Promise<void> {
    const answer = await engine.classify(entry.photo, entry.region, new AbortController().signal);
    const top = Object.values(answer.decisions)[0]?.order[0] ?? '';
    const map = await engine.map(answer.ticket, top).catch(() => null);
    await putHistory({ entries: [{ ...entry, answers: [...entry.answers, toKept(answer, map)] }] });
  }

  return {
    exportHistory: () =>
      work('export', async (tell) => {
        const { packHistory } = await import('../services/history/archive');
        const file = await packHistory(await readHistory(), tell);
        saveFile(file, `lentigo-${new Date().toISOString().slice(0, 10)}.zip`);
      }),

    /** What is here already, by its id, stays as it is. */
    importHistory: (archive: Blob) =>
      work('import', async (tell) => {
        const { unpackHistory } = await import('../services/history/archive');
        const come = await unpackHistory(archive, tell);
        const here = await readHistory();
        const isNew = (known: { id: string }[]) => {
          const ids = new Set(known.map(({ id }) => id));
          return ({ id }: { id: string }) => !ids.has(id);
        };
        const lesions = come.lesions.filter(isNew(here.lesions));
        const entries = come.entries.filter(isNew(here.entries));
        await putHistory({ lesions, entries });
        await reread();
        store.set({ imported: { lesions: lesions.length, entries: entries.length } });
      }),

    outdatedEntries: outdated,

    /** Ask the model at work about every photo another one answered; each answer is kept beside those before. */
    rerunHistory: () =>
      work('rerun', async (tell) => {
        const entries = outdated();
        for (const [i, entry] of entries.entries()) {
          await rerun(entry);
          tell((i + 1) / entries.length);
        }
        await reread();
      }),
  };
}
