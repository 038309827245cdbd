/* trust.h - a catalogue from where it comes, taken only by the rules of TUF: who signed it, how new it is, until when. */
#ifndef LT_CLI_TRUST_H
#define LT_CLI_TRUST_H

#include "source.h"
#include "store.h"

/*
 * Read the catalogue and its signatures, verify first, parse then, and hold it against what was seen before. `given` are
 * keys that the person trusts besides those in the store; one that was retired stays so. On success the store knows how
 * new the catalogue is and which keys count from now on; the caller saves it, and ends *out with cat_free.
 * Returns 0 on a refusal; nothing in the store has changed then, and *out needs no ending.
 */
int trust_read(source *from, const sig_keys *given, store *s, catalog *out, refusal *r);

#endif
