/** Letting the person try what the content policy forbids, from the page and from the worker with the photo. */
import type { Engine } from '../services/engine';
import { PAGE_WAYS } from '../services/page-ways';
import { type Attempt, attemptElsewhere } from '../shared/attempt';

export interface Attempts {
  page: Attempt[];
  /** null where the worker is not there to try. */
  worker: Attempt[] | null;
}

export function privacyActions(engine: Engine) {
  return {
    async tryElsewhere(): Promise<Attempts> {
      const page = await attemptElsewhere(PAGE_WAYS);
      return { page, worker: await engine.attempt().catch(() => null) };
    },
  };
}
