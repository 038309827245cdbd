/** Letting the person try what the content policy forbids, from the page and from the worker with the photo. */
import { tryClosed } from '../services/closures';
import type { Engine } from '../services/engine';
import { pageWays } from '../services/page-ways';
import { type Attempt, attemptElsewhere } from '../shared/attempt';

export interface Attempts {
  page: Attempt[];
  /** What no policy is about. */
  closed: Attempt[];
  /** null where the worker is not there to try. */
  worker: Attempt[] | null;
}

export function privacyActions(engine: Engine) {
  return {
    async tryElsewhere(): Promise<Attempts> {
      const page = await attemptElsewhere(pageWays());
      return { page, closed: tryClosed(), worker: await engine.attempt().catch(() => null) };
    },
  };
}
