/** What the page asks of the service worker about the app's files. Each answer, on the port, is true or false. */

/** Are all files of this version kept here? */
export const SHELL_KEPT = 'shell-kept';

/** Fetch what is not, and say whether all are then. */
export const KEEP_SHELL = 'keep-shell';
