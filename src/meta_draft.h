/* meta_draft.h - the fields of a metadata document, checked, before they are copied into an lt_model. */
#ifndef LT_META_DRAFT_H
#define LT_META_DRAFT_H

#include <cJSON.h>

#include "error.h"
#include "meta.h"

/* Say which field is wrong, and LT_MODEL_METADATA. */
#define META_FAIL(error, ...) lt_fail((error), LT_MODEL_METADATA, "metadata." __VA_ARGS__)

/* Strings and items are borrowed from the tree, or static. */
typedef struct draft {
    const char *name, *version, *licence, *attribution;
    const cJSON *labels;    /* array of [classes] checked objects; NULL: numbered */
    const cJSON *log_prior; /* array of [classes] checked numbers; NULL: uniform */
    float crop, temperature;
    float mean[3], std[3];
    float confidence, set_coverage;
    lt_prior set_prior;
    const cJSON *set_thresholds; /* array of [classes] checked numbers; NULL: no sets */
    lt_operating_point points[LT_MAX_POINTS]; /* [point_count] */
    uint32_t point_count;
    lt_range quality[LT_MEASURE_COUNT];
    float ood_threshold; /* NaN: no score */
} draft;

/* What holds where the file says nothing, as lentigo.h states it. */
void draft_default(draft *d);

/*
 * Check every field of the document (root: an object) against its type, its range and the network, and
 * put those present into *d, which borrows from root. LT_MODEL_METADATA or LT_MODEL_UNSUPPORTED, naming the field.
 */
lt_status draft_read(const cJSON *root, const meta_net *net, draft *d, lt_error *error);

/* The fields that decide, a part of draft_read. */
lt_status draft_read_limits(const cJSON *root, const meta_net *net, draft *d, lt_error *error);

/* Not 0 where item is a number that a float can hold; NULL is none. */
int draft_is_float(const cJSON *item);

#endif
