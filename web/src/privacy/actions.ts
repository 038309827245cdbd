/** Letting the person try what the content policy forbids, from the page and from the worker with the photo. */

import type { Engine } from '../engine/engine';
import { type Attempt, attemptElsewhere } from '../probe/probe';
import { tryClosed } from './closed-ways';
import { pageWays } from './page-probes';

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
