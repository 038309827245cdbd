/**
 * What is on the screen, carried along into a newer version of the app: the page is loaded anew for that. The service
 * worker of the newer version holds it in between.
 */
import type { CarriedBatch } from '../batch/state';
import type { CarriedCheck } from '../check/state';
import { type Collect, type HandOver, WORK_KEY } from '../protocol/service-worker-messages';
import type { State } from '../state';
import { askServiceWorker } from './ask-service-worker';

/** Its members are named as the versions before have them: they hand it to this one. */
export interface Work {
  format: 1;
  look: CarriedCheck | null;
  batch: CarriedBatch;
}

const ANSWER_MS = 5_000;

/** Null where there is nothing to take along. */
export function packWork({ photo, region, accepted, prior, guess, job, savedAs, ...state }: State): Work | null {
  const { batch: rows, batchRunning: running, batchDownloaded: saved } = state;
  if (!photo && rows.length === 0) return null;
  const kept = job.phase === 'done' && savedAs?.ticket === job.answer.ticket ? savedAs.lesion : null;
  const { url: _, unseen: __, ...chosen } = photo ?? {};
  const look = photo && { photo: chosen as CarriedCheck['photo'], region, accepted, prior, kept, guess };
  return { format: 1, look, batch: { rows, running, saved } };
}

/** Hand `work` to `holder` and note, for this tab alone, how to get it back. */
export async function handOver(holder: ServiceWorker, work: Work): Promise<boolean> {
  const id = crypto.randomUUID();
  const answer = await askServiceWorker<true>(holder, { handOver: id, work } satisfies HandOver, ANSWER_MS);
  if (answer) sessionStorage.setItem(WORK_KEY, id);
  return answer === true;
}

/** What was handed over for this page; null where there is nothing (any more), or nothing that this version knows. */
export async function collectWork(): Promise<Work | null> {
  const id = sessionStorage.getItem(WORK_KEY) ?? '';
  sessionStorage.removeItem(WORK_KEY);
  const { controller } = navigator.serviceWorker;
  const work = controller && (await askServiceWorker<Work>(controller, { collect: id } satisfies Collect, ANSWER_MS));
  if (work?.format !== 1 || !Array.isArray(work.batch?.rows)) return null;
  return work.look === null || work.look.photo?.file instanceof Blob ? work : null;
}
