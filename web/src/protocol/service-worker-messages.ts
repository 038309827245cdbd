/**
 * What page and service worker say to each other. The two may be of different versions of the app, so these words and
 * the members of these messages stay as they are: newer versions of either have to go on understanding them.
 */

/** Page to service worker: are all files of this version cached? The answer, on the port, is true or false. */
export const SHELL_CACHED = 'shell-kept';

/** Page to service worker: fetch the files that are not, and say whether all are then. */
export const CACHE_SHELL = 'keep-shell';

/** Page to service worker: which build are you of? The answer, on the port, is its id. */
export const WHICH_BUILD = 'which-build';

/** Page to a waiting version of the app: take over. */
export const TAKE_OVER = 'take-over';

/** Service worker to page: this version has been withdrawn. The page answers on the port that it has heard. */
export const WITHDRAWN = 'withdrawn';

/** Where the manifest sends files shared from other apps: the service worker takes that request, the host never sees it. */
export const SHARE_PATH = 'share';

/** The name of the form's field that holds the files, whatever they are; the manifest says it, too. */
export const SHARE_FIELD = 'photos';

/** Page to service worker: what was shared? The answer, on the port: files, or null for nothing. */
export const SHARE_COLLECT = 'collect-shared';

/**
 * Page to service worker: hold `work`, which is to outlive the page, for whoever knows the id `handOver`. It is held in
 * memory, and the service worker knows nothing of what is in it. The answer, on the port, is true.
 */
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
