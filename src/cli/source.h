/*
 * source.h - where a catalogue and its files come from: a folder, or an address that begins with http:// or https://.
 *
 *     source from;
 *     if (!source_open(&from, "https://example.org/models/", &r)) …
 *     size_t size;
 *     char *text = source_read(&from, "catalog.json", CAT_MAX_BYTES, REFUSED_CATALOG, &size, &r);
 *     …
 *     source_close(&from);
 *
 * What comes is only bytes: who wants to trust them checks them afterwards.
 */
#ifndef LT_CLI_SOURCE_H
#define LT_CLI_SOURCE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "refusal.h"

typedef struct source {
    char base[PATH_MAX]; /* ends in '/' */
    void *client;        /* of HTTP, owned; NULL: a folder */
    int absent;          /* not 0: the file asked for last is not there */
} source;

/* address may name catalog.json in it. Returns 0 on REFUSED_NETWORK. */
int source_open(source *from, const char *address, refusal *r);
void source_close(source *from);

/*
 * A whole file of at most `most` bytes; the caller frees it. NULL on REFUSED_NETWORK (from->absent says whether it is only
 * not there), on `longer` where it is longer, and on REFUSED_STORAGE where memory is short.
 */
char *source_read(source *from, const char *name, size_t most, refusal_id longer, size_t *size, refusal *r);

/*
 * Bring a file of exactly `bytes` bytes to where an open file has them, from the length on that it has: what an earlier
 * call has brought is not asked for again, where the host can give parts. Returns 0 on REFUSED_NETWORK (what has come
 * stays), REFUSED_LENGTH and REFUSED_STORAGE.
 */
int source_fetch(source *from, const char *name, uint64_t bytes, int file, refusal *r);

#endif
