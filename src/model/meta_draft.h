/* meta_draft.h - the fields of a metadata document, checked, before they are copied into an lt_model. */
#ifndef LT_MODEL_META_DRAFT_H
#define LT_MODEL_META_DRAFT_H

#include "meta_field.h"
#include "meta_net.h"

/* The fields that belong to one kind of picture. Strings and items are borrowed from the tree, or static. */
typedef struct draft_kind {
    char place[24];         /* stands before the names of its fields in errors: "kinds[1]."; "" in format 1 */
    const char *id, *name;
    float temperature;
    yyjson_val *log_prior; /* array of [classes] checked numbers; NULL: uniform */
    float confidence, set_coverage;
    lt_prior set_prior;
    yyjson_val *set_thresholds; /* array of [classes] checked numbers; NULL: no sets */
    lt_operating_point points[LT_MAX_POINTS]; /* [point_count] */
    uint32_t point_count;
    lt_range quality[LT_MEASURE_COUNT];
    float ood_threshold; /* NaN: none */
} draft_kind;

/* Borrowed as above. */
typedef struct draft {
    const char *name, *version, *licence, *attribution;
    yyjson_val *labels; /* array of [classes] checked objects; NULL: numbered */
    float crop;
    float mean[3], std[3];
    draft_kind kinds[LT_MAX_KINDS]; /* [kind_count] */
    uint32_t kind_count;            /* 1..LT_MAX_KINDS */
} draft;

/* What holds where the file says nothing, as lentigo.h states it. */
void draft_default(draft *d);

/*
 * Check every field of the document (root: an object) against its type, its range and the network, and
 * put those present into *d, which borrows from root. LT_MODEL_METADATA or LT_MODEL_UNSUPPORTED, naming the field.
 */
lt_status draft_read(yyjson_val *root, const meta_net *net, draft *d, lt_error *error);

/* What holds where a kind says nothing; its errors are to name fields as "kinds[index].…", or plainly where index < 0. */
void draft_kind_default(draft_kind *kind, int index);

/* The fields by which a kind is decided, from the object that has them; a part of draft_read. */
lt_status draft_kind_read(yyjson_val *object, const meta_net *net, draft_kind *kind, lt_error *error);

/* The first of those fields that an object has; NULL: none. */
const char *draft_kind_field(yyjson_val *object);

#endif
