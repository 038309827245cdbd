/** The word by which a page hears that its version has been withdrawn. It answers on the port that it has heard. */
export const WITHDRAWN = 'withdrawn';
