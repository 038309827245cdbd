/** Letting the person try what the content policy forbids, from the page and from the worker with the photo. */

import type { Tools } from '../actions';
import { type ProbeResult, probeElsewhere } from '../probe/probe';
import { tryClosed } from './closed-ways';
import { pageWays } from './page-probes';

export interface ProbeReport {
  page: ProbeResult[];
  /** What no policy is about. */
  closed: ProbeResult[];
  /** null where the worker is not there to try. */
  worker: ProbeResult[] | null;
}

export function privacyActions({ engine }: Tools) {
  return {
    async tryElsewhere(): Promise<ProbeReport> {
      const page = await probeElsewhere(pageWays());
      return { page, closed: tryClosed(), worker: await engine.probe().catch(() => null) };
    },
  };
}
