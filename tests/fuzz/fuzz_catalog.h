/* fuzz_catalog.h - who signs what is fuzzed: one key of the tests' own, and the message. */
#ifndef FUZZ_CATALOG_H
#define FUZZ_CATALOG_H

#include "cli/signature.h"

#define FUZZ_CATALOG_MESSAGE "{}"

/* A line of catalog.json.sig by that key, with the final 0; and the key. */
enum { FUZZ_CATALOG_LINE = 107 };
void fuzz_catalog_sign(char line[FUZZ_CATALOG_LINE], sig_key *key);

#endif
