/* meta_field.h - single fields of a metadata document, checked. */
#ifndef LT_MODEL_META_FIELD_H
#define LT_MODEL_META_FIELD_H

#include <yyjson.h>

#include "base/error.h"

/* Say which field is wrong, and LT_MODEL_METADATA. */
#define META_FAIL(error, ...) lt_fail((error), LT_MODEL_METADATA, "metadata." __VA_ARGS__)

/* An optional string or number; *out keeps its value where the field is absent. `where` stands before its name. */
lt_status draft_text(yyjson_val *object, const char *name, const char *where, const char **out, lt_error *error);
lt_status draft_float(yyjson_val *object, const char *name, const char *where, float *out, lt_error *error);

/* Not 0 where item is a number that a float can hold; NULL is none. */
int draft_is_float(yyjson_val *item);

#endif
