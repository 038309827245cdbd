/** What page and service worker have agreed on about photos shared from other apps. */

/** Where the manifest sends them: the service worker takes that request, the host never sees it. */
export const SHARE_PATH = 'share';

/** The name of the form's field that holds the files; the manifest says it, too. */
export const SHARE_FIELD = 'photos';

/** The word by which the page asks for what was shared. The answer, on the port: files, or null for nothing. */
export const SHARE_COLLECT = 'collect-shared';
