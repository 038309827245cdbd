#include "meta_field.h"

#include <float.h>
#include <math.h>

lt_status draft_text(yyjson_val *object, const char *name, const char *where, const char **out, lt_error *error) {
    yyjson_val *item = yyjson_obj_get(object, name);
    if (!item) return LT_OK;
    if (!yyjson_is_str(item)) return META_FAIL(error, "%s%s: not a string", where, name);
    *out = yyjson_get_str(item);
    return LT_OK;
}

int draft_is_float(yyjson_val *item) {
    return yyjson_is_num(item) && fabs(yyjson_get_num(item)) <= (double)FLT_MAX;
}

lt_status draft_float(yyjson_val *object, const char *name, const char *where, float *out, lt_error *error) {
    yyjson_val *item = yyjson_obj_get(object, name);
    if (!item) return LT_OK;
    if (!draft_is_float(item)) return META_FAIL(error, "%s%s: not a finite number", where, name);
    *out = (float)yyjson_get_num(item);
    return LT_OK;
}
