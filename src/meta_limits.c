/* The parts of the metadata that decide: thresholds, operating points, prediction sets, limits of quality. */
#include <string.h>

#include "meta_draft.h"

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int is_share(const cJSON *item) {
    return cJSON_IsNumber(item) && item->valuedouble >= 0.0 && item->valuedouble <= 1.0;
}

/* Other thresholds than these are the caller's to use; they only have to be probabilities. */
static lt_status read_thresholds(const cJSON *root, draft *d, lt_error *error) {
    const cJSON *object = member(root, "thresholds");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return META_FAIL(error, "thresholds: not an object");
    for (const cJSON *item = object->child; item; item = item->next)
        if (!is_share(item)) return META_FAIL(error, "thresholds.%.40s: not a number from 0 to 1", item->string);
    const cJSON *confidence = member(object, "confidence");
    if (confidence) d->confidence = (float)confidence->valuedouble;
    return LT_OK;
}

static lt_status read_point(const cJSON *item, int index, lt_operating_point *out, lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } shares[] = {{"threshold", &out->threshold},
                  {"sensitivity", &out->sensitivity},
                  {"specificity", &out->specificity},
                  {"ppv", &out->ppv},
                  {"ppv_at_2_percent", &out->ppv_at_2_percent}};
    if (!cJSON_IsObject(item)) return META_FAIL(error, "operating_points[%d]: not an object", index);
    const cJSON *name = member(item, "name");
    if (!cJSON_IsString(name) || name->valuestring[0] == '\0')
        return META_FAIL(error, "operating_points[%d].name: not a string of one character or more", index);
    out->name = name->valuestring;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const cJSON *value = member(item, shares[i].name);
        if (!is_share(value))
            return META_FAIL(error, "operating_points[%d].%s: not a number from 0 to 1", index, shares[i].name);
        *shares[i].value = (float)value->valuedouble;
    }
    return LT_OK;
}

static lt_status read_points(const cJSON *root, draft *d, lt_error *error) {
    const cJSON *array = member(root, "operating_points");
    if (!array) return LT_OK;
    if (!cJSON_IsArray(array)) return META_FAIL(error, "operating_points: not an array");
    int count = cJSON_GetArraySize(array), index = 0;
    if (count > LT_MAX_POINTS)
        return META_FAIL(error, "operating_points: %d of them, at most %d are read", count, LT_MAX_POINTS);
    for (const cJSON *item = array->child; item; item = item->next, index++) {
        lt_status status = read_point(item, index, &d->points[index], error);
        if (status != LT_OK) return status;
    }
    d->point_count = (uint32_t)count;
    return LT_OK;
}

static lt_status read_conformal(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
    const cJSON *object = member(root, "conformal");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return META_FAIL(error, "conformal: not an object");
    const cJSON *coverage = member(object, "coverage"), *prior = member(object, "prior");
    if (!cJSON_IsNumber(coverage) || !(coverage->valuedouble > 0.0 && coverage->valuedouble < 1.0))
        return META_FAIL(error, "conformal.coverage: not a number between 0 and 1");
    if (!cJSON_IsString(prior) || lt_prior_from_name(prior->valuestring, &d->set_prior) != LT_OK)
        return META_FAIL(error, "conformal.prior: neither \"data\" nor \"uniform\"");
    const cJSON *thresholds = member(object, "thresholds");
    if (!cJSON_IsArray(thresholds)) return META_FAIL(error, "conformal.thresholds: not an array");
    int count = cJSON_GetArraySize(thresholds), index = 0;
    if ((uint32_t)count != net->classes)
        return META_FAIL(error, "conformal.thresholds: %d values for %u classes", count, (unsigned)net->classes);
    for (const cJSON *item = thresholds->child; item; item = item->next, index++)
        if (!is_share(item)) return META_FAIL(error, "conformal.thresholds[%d]: not a number from 0 to 1", index);
    d->set_coverage = (float)coverage->valuedouble;
    d->set_thresholds = thresholds;
    return LT_OK;
}

static lt_status read_range(const cJSON *item, lt_range *out, lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } ends[] = {{"min", &out->min}, {"max", &out->max}};
    if (!cJSON_IsObject(item)) return META_FAIL(error, "quality.%.40s: not an object", item->string);
    for (int i = 0; i < 2; i++) {
        const cJSON *value = member(item, ends[i].name);
        if (!value) continue;
        if (!draft_is_float(value))
            return META_FAIL(error, "quality.%.40s.%s: not a finite number", item->string, ends[i].name);
        *ends[i].value = (float)value->valuedouble;
    }
    if (out->min > out->max) return META_FAIL(error, "quality.%.40s: min is above max", item->string);
    return LT_OK;
}

static lt_range *range_of(const char *name, draft *d) {
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        if (strcmp(name, lt_measure_name((lt_measure)i)) == 0) return &d->quality[i];
    return NULL;
}

static lt_status read_quality(const cJSON *root, draft *d, lt_error *error) {
    const cJSON *object = member(root, "quality");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return META_FAIL(error, "quality: not an object");
    for (const cJSON *item = object->child; item; item = item->next) {
        lt_range *range = range_of(item->string, d);
        if (!range)
            return lt_fail(error, LT_MODEL_UNSUPPORTED, "metadata.quality.%.40s: nothing that this engine measures",
                           item->string);
        lt_status status = read_range(item, range, error);
        if (status != LT_OK) return status;
    }
    return LT_OK;
}

static lt_status read_ood(const cJSON *root, draft *d, lt_error *error) {
    const cJSON *object = member(root, "ood");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return META_FAIL(error, "ood: not an object");
    const cJSON *score = member(object, "score"), *threshold = member(object, "threshold");
    if (!cJSON_IsString(score)) return META_FAIL(error, "ood.score: not a string");
    if (strcmp(score->valuestring, "linear") != 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "metadata.ood.score: \"%.40s\", but this engine knows \"linear\"",
                       score->valuestring);
    if (!draft_is_float(threshold)) return META_FAIL(error, "ood.threshold: not a finite number");
    d->ood_threshold = (float)threshold->valuedouble;
    return LT_OK;
}

lt_status draft_read_limits(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
    lt_status status = read_thresholds(root, d, error);
    if (status == LT_OK) status = read_points(root, d, error);
    if (status == LT_OK) status = read_conformal(root, net, d, error);
    if (status == LT_OK) status = read_quality(root, d, error);
    return status == LT_OK ? read_ood(root, d, error) : status;
}
