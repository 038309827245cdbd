/*
 * catalog.h - catalog.json of format 2: which models there are. web/docs/models.md describes it.
 *
 * Nothing is parsed before its signature holds; see trust.h.
 */
#ifndef LT_CLI_CATALOG_H
#define LT_CLI_CATALOG_H

#include <stdint.h>
#include <time.h>

#include "signature.h"

/* Largest catalogue, bytes; most models in it, and keys that it names; longest id, version and address of a model, with the final 0. */
enum {
    CAT_MAX_BYTES = 256 << 10,
    CAT_MAX_MODELS = 100,
    CAT_MAX_KEYS = 16,
    CAT_ID = 65,
    CAT_VERSION = 49,
    CAT_URL = 257
};

struct yyjson_doc;

/* A file beside the catalogue. */
typedef struct cat_file {
    char url[CAT_URL], sha256[SIG_HASH_TEXT];
    uint64_t bytes; /* 0: there is none */
} cat_file;

/* One model. The strings live as long as the catalogue. */
typedef struct cat_model {
    char id[CAT_ID], version[CAT_VERSION], url[CAT_URL], sha256[SIG_HASH_TEXT];
    uint64_t sequence, bytes;
    const char *licence, *note; /* note: in English */
    cat_file atlas; /* of similar lesions */
    int engine_is_old; /* not 0: it wants a newer engine */
    int expired; /* not 0: past its own date */
    struct yyjson_val *entry; /* all of it */
} cat_model;

typedef struct catalog {
    uint64_t sequence;
    char sha256[SIG_HASH_TEXT]; /* of its bytes */
    sig_keys keys; /* who may sign from now on */
    cat_model models[CAT_MAX_MODELS]; /* [count], best first */
    uint32_t count;
    struct yyjson_doc *tree; /* owned */
} catalog;

/*
 * Read and check a catalogue whose signature holds (json: [size] u8). The caller ends it with cat_free in any case.
 * Returns 0 on REFUSED_CATALOG, REFUSED_FORMAT and REFUSED_EXPIRED, `now` being the time that counts.
 */
int cat_read(const char *json, size_t size, time_t now, catalog *out, refusal *r);
void cat_free(catalog *c);

/* May this model be taken? Returns 0 on REFUSED_ENGINE and REFUSED_EXPIRED. */
int cat_usable(const cat_model *model, refusal *r);

/* "lentigo-lite0" or "lentigo-lite0@2.1.0": does it mean that model? */
int cat_names(const char *name, const char *id, const char *version);

#endif
