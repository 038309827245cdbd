/**
 * What page and service worker have agreed on about work that is to outlive a page: newer versions of either have to
 * go on understanding it. The service worker holds it in memory and knows nothing of what is in it.
 */

/** Page to service worker: hold `work` for whoever knows `id`. The answer, on the port, is true. */
export interface HandOver {
  handOver: string;
  work: unknown;
}

/** Page to service worker, once: the answer, on the port, is the work, or null. */
export interface Collect {
  collect: string;
}

/**
 * Service worker to page: a share is about to replace a page. One that is being left with unsaved work takes the
 * files instead, answers true, on the port, and stays.
 */
export interface SharedInPlace {
  shared: File[];
}

/** Under which a tab notes, in its session storage, that work waits for it. */
export const WORK_KEY = 'lentigo:work';
