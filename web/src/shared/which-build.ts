/** The question by which a page learns which build the service worker is of. The answer, on the port, is its id. */
export const WHICH_BUILD = 'which-build';
