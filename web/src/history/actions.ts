/** The history's actions, whose work is a file of its own: fetched with the first of them that is asked for. */
import type { Engine } from '../engine/engine';
import { Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import type { historyWork } from './actions-late';

type Work = ReturnType<typeof historyWork>;

const NAMES = [
  ...(['readHistory', 'readPicture', 'saveAnswer', 'changeLesion', 'changeEntry'] as const),
  ...(['dropEntry', 'dropLesion', 'dropAll', 'protectHistory'] as const),
  ...(['exportHistory', 'importHistory', 'rerunHistory'] as const),
] satisfies (keyof Work)[];

export function historyActions(store: Store<State>, engine: Engine): Work {
  let fetched: Promise<Work> | null = null;

  function work(): Promise<Work> {
    fetched ??= import('./actions-late').then((come) => come.historyWork(store, engine));
    fetched.catch(() => {
      fetched = null;
    });
    return fetched;
  }

  const later =
    (name: (typeof NAMES)[number]) =>
    async (...args: unknown[]) => {
      let come: Work;
      try {
        come = await work();
      } catch (error) {
        store.set({ historyFailure: toFailure(new Fault('screen', (error as Error).message)) });
        return false;
      }
      return (come[name] as (...given: unknown[]) => Promise<unknown>)(...args);
    };

  return Object.fromEntries(NAMES.map((name) => [name, later(name)])) as unknown as Work;
}
