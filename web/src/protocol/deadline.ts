/** An end for what a browser may never answer. */
import { Fault, type FaultCode } from './fault';

const TICK_MS = 250;

/**
 * `work`, or after `ms` a Fault. Time that the page has slept does not count: on waking its clocks run out before the
 * answers that have come meanwhile are heard.
 */
export function inTime<T>(work: Promise<T>, ms: number, toCode: () => FaultCode): Promise<T> {
  return new Promise((resolve, reject) => {
    let waited = 0;
    const timer = setInterval(() => {
      waited += TICK_MS;
      if (waited < ms) return;
      clearInterval(timer);
      reject(new Fault(toCode(), `${ms} ms`));
    }, TICK_MS);
    work.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
