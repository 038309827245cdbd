/*
 * store.h - the folder where models are kept: files named by their SHA-256, and state.json, which says what they are, which
 * one is used, who is trusted, and how new the catalogues were that were seen.
 *
 *     store s;
 *     if (!store_open(&s, STORE_WRITE, &r)) …
 *     …
 *     if (!store_save(&s, &r)) …
 *     store_close(&s);
 *
 * state.json is replaced as a whole, after all that it names is on the disk: a cut at any moment leaves the old state or
 * the new one.
 */
#ifndef LT_CLI_STORE_H
#define LT_CLI_STORE_H

#include <limits.h>

#include "catalog.h"

/* Most models that are kept, and most lines of trust. */
enum { STORE_MAX_MODELS = 64, STORE_MAX_TRUST = 8 };

/* Those who sign the catalogues of one publisher, key after key. */
typedef struct store_trust {
    sig_keys keys;    /* who may sign */
    sig_keys retired; /* who might, and may no more */
    uint64_t sequence; /* of the newest catalogue seen, */
    char sha256[SIG_HASH_TEXT]; /* and its hash */
} store_trust;

typedef struct store_model {
    char id[CAT_ID], version[CAT_VERSION], sha256[SIG_HASH_TEXT];
    uint64_t bytes;
    char atlas[SIG_HASH_TEXT]; /* of its atlas of similar lesions, which is kept beside it; "": none */
} store_model;

typedef struct store {
    char folder[PATH_MAX];
    int lock; /* descriptor; -1: none */
    store_trust trust[STORE_MAX_TRUST]; /* [trust_count] */
    uint32_t trust_count;
    store_model models[STORE_MAX_MODELS]; /* [model_count], the newest first */
    uint32_t model_count;
    char used[SIG_HASH_TEXT]; /* of the model that is used; "": the one that came with this program */
} store;

/* STORE_WRITE makes the folder where it is not there, and keeps other processes that write out until store_close. */
typedef enum store_mode { STORE_READ, STORE_WRITE } store_mode;

/*
 * Open $LENTIGO_MODELS, else $XDG_DATA_HOME/lentigo/models, else ~/.local/share/lentigo/models. A folder that is not
 * there is an empty one. Returns 0 on REFUSED_STORAGE; the store needs no closing then.
 */
int store_open(store *s, store_mode mode, refusal *r);
void store_close(store *s);

/* Write state.json. Returns 0 on REFUSED_STORAGE; what was there before is then still there. */
int store_save(const store *s, refusal *r);

/* The path of a file with that hash: ".tflite", ".atlas", or ".part", what has come of it so far. Into out. Returns 0 on REFUSED_STORAGE. */
int store_path(const store *s, const char *sha256, const char *ending, char out[PATH_MAX], refusal *r);

/* By its hash, or by "ID" or "ID@VERSION" the newest such; NULL where there is none. */
const store_model *store_find(const store *s, const char *sha256);
const store_model *store_find_named(const store *s, const char *name);

/* Take a model into the list, in front; its file is there. Returns 0 where the list is full, on REFUSED_STORAGE. */
int store_add(store *s, const cat_model *model, refusal *r);

/* Note the atlas of a kept model; its file is there. */
void store_add_atlas(store *s, const char *sha256, const char *atlas);

/* Take it out of the list. */
void store_drop(store *s, const char *sha256);

/* Delete files that no state names: what was given up, and what a cut left behind. */
void store_sweep(const store *s);

/* Bring a finished file to the disk and give it its name, with that ending: it is there whole or not at all. Returns 0 on
 * REFUSED_STORAGE. */
int store_settle(const store *s, const char *sha256, const char *ending, refusal *r);

#endif
