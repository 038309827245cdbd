/*
 * The part of the metadata by which one kind of picture is decided: temperature, priors, thresholds, operating points,
 * prediction sets, limits of quality. In format 1 it is the document itself, from format 2 on each entry of "kinds".
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "meta_draft.h"

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int is_share(const cJSON *item) {
    return cJSON_IsNumber(item) && item->valuedouble >= 0.0 && item->valuedouble <= 1.0;
}

/* Say which field is wrong, behind the kind's own place in the document. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
static lt_status
fail(const draft_kind *kind, lt_error *error, lt_status status, const char *format, ...) {
    char text[sizeof error->text];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return lt_fail(error, status, "metadata.%s%.200s", kind->place, text);
}

/* That the metadata are wrong, which is what most of them come to. */
#define KIND_FAIL(...) fail(kind, error, LT_MODEL_METADATA, __VA_ARGS__)

static lt_status read_log_prior(const cJSON *root, const meta_net *net, draft_kind *kind, lt_error *error) {
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(root, "log_prior");
    if (!array) return LT_OK;
    if (!cJSON_IsArray(array)) return KIND_FAIL("log_prior: not an array");
    int count = cJSON_GetArraySize(array);
    if ((uint32_t)count != net->classes)
        return KIND_FAIL("log_prior: %d values for %u classes", count, (unsigned)net->classes);
    double sum = 0.0;
    int index = 0;
    for (const cJSON *item = array->child; item; item = item->next, index++) {
        if (!draft_is_float(item) || item->valuedouble > 0.0)
            return KIND_FAIL("log_prior[%d]: not the logarithm of a share (finite, at most 0)", index);
        sum += exp(item->valuedouble);
    }
    if (fabs(sum - 1.0) > 0.01) return KIND_FAIL("log_prior: the shares add up to %g, not to 1", sum);
    kind->log_prior = array;
    return LT_OK;
}

/* Other thresholds than these are the caller's to use; they only have to be probabilities. */
static lt_status read_thresholds(const cJSON *root, draft_kind *kind, lt_error *error) {
    const cJSON *object = member(root, "thresholds");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return KIND_FAIL("thresholds: not an object");
    for (const cJSON *item = object->child; item; item = item->next)
        if (!is_share(item)) return KIND_FAIL("thresholds.%.40s: not a number from 0 to 1", item->string);
    const cJSON *confidence = member(object, "confidence");
    if (confidence) kind->confidence = (float)confidence->valuedouble;
    return LT_OK;
}

static lt_status read_point(const draft_kind *kind, const cJSON *item, int index, lt_operating_point *out,
                            lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } shares[] = {{"threshold", &out->threshold},
                  {"sensitivity", &out->sensitivity},
                  {"specificity", &out->specificity},
                  {"ppv", &out->ppv},
                  {"ppv_at_2_percent", &out->ppv_at_2_percent}};
    if (!cJSON_IsObject(item)) return KIND_FAIL("operating_points[%d]: not an object", index);
    const cJSON *name = member(item, "name");
    if (!cJSON_IsString(name) || name->valuestring[0] == '\0')
        return KIND_FAIL("operating_points[%d].name: not a string of one character or more", index);
    out->name = name->valuestring;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const cJSON *value = member(item, shares[i].name);
        if (!is_share(value))
            return KIND_FAIL("operating_points[%d].%s: not a number from 0 to 1", index, shares[i].name);
        *shares[i].value = (float)value->valuedouble;
    }
    return LT_OK;
}

static lt_status read_points(const cJSON *root, draft_kind *kind, lt_error *error) {
    const cJSON *array = member(root, "operating_points");
    if (!array) return LT_OK;
    if (!cJSON_IsArray(array)) return KIND_FAIL("operating_points: not an array");
    int count = cJSON_GetArraySize(array), index = 0;
    if (count > LT_MAX_POINTS)
        return KIND_FAIL("operating_points: %d of them, at most %d are read", count, LT_MAX_POINTS);
    for (const cJSON *item = array->child; item; item = item->next, index++) {
        lt_status status = read_point(kind, item, index, &kind->points[index], error);
        if (status != LT_OK) return status;
    }
    kind->point_count = (uint32_t)count;
    return LT_OK;
}

static lt_status read_conformal(const cJSON *root, const meta_net *net, draft_kind *kind, lt_error *error) {
    const cJSON *object = member(root, "conformal");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return KIND_FAIL("conformal: not an object");
    const cJSON *coverage = member(object, "coverage"), *prior = member(object, "prior");
    if (!cJSON_IsNumber(coverage) || !(coverage->valuedouble > 0.0 && coverage->valuedouble < 1.0))
        return KIND_FAIL("conformal.coverage: not a number between 0 and 1");
    if (!cJSON_IsString(prior) || lt_prior_from_name(prior->valuestring, &kind->set_prior) != LT_OK)
        return KIND_FAIL("conformal.prior: neither \"data\" nor \"uniform\"");
    const cJSON *thresholds = member(object, "thresholds");
    if (!cJSON_IsArray(thresholds)) return KIND_FAIL("conformal.thresholds: not an array");
    int count = cJSON_GetArraySize(thresholds), index = 0;
    if ((uint32_t)count != net->classes)
        return KIND_FAIL("conformal.thresholds: %d values for %u classes", count, (unsigned)net->classes);
    for (const cJSON *item = thresholds->child; item; item = item->next, index++)
        if (!is_share(item)) return KIND_FAIL("conformal.thresholds[%d]: not a number from 0 to 1", index);
    kind->set_coverage = (float)coverage->valuedouble;
    kind->set_thresholds = thresholds;
    return LT_OK;
}

static lt_status read_range(const draft_kind *kind, const cJSON *item, lt_range *out, lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } ends[] = {{"min", &out->min}, {"max", &out->max}};
    if (!cJSON_IsObject(item)) return KIND_FAIL("quality.%.40s: not an object", item->string);
    for (int i = 0; i < 2; i++) {
        const cJSON *value = member(item, ends[i].name);
        if (!value) continue;
        if (!draft_is_float(value))
            return KIND_FAIL("quality.%.40s.%s: not a finite number", item->string, ends[i].name);
        *ends[i].value = (float)value->valuedouble;
    }
    if (out->min > out->max) return KIND_FAIL("quality.%.40s: min is above max", item->string);
    return LT_OK;
}

static lt_range *range_of(const char *name, draft_kind *kind) {
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        if (strcmp(name, lt_measure_name((lt_measure)i)) == 0) return &kind->quality[i];
    return NULL;
}

static lt_status read_quality(const cJSON *root, draft_kind *kind, lt_error *error) {
    const cJSON *object = member(root, "quality");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return KIND_FAIL("quality: not an object");
    for (const cJSON *item = object->child; item; item = item->next) {
        lt_range *range = range_of(item->string, kind);
        if (!range)
            return fail(kind, error, LT_MODEL_UNSUPPORTED, "quality.%.40s: nothing that this engine measures",
                        item->string);
        lt_status status = read_range(kind, item, range, error);
        if (status != LT_OK) return status;
    }
    return LT_OK;
}

static lt_status read_ood(const cJSON *root, draft_kind *kind, lt_error *error) {
    const cJSON *object = member(root, "ood");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return KIND_FAIL("ood: not an object");
    const cJSON *score = member(object, "score"), *threshold = member(object, "threshold");
    if (!cJSON_IsString(score)) return KIND_FAIL("ood.score: not a string");
    if (strcmp(score->valuestring, "linear") != 0)
        return fail(kind, error, LT_MODEL_UNSUPPORTED, "ood.score: \"%.40s\", but this engine knows \"linear\"",
                    score->valuestring);
    if (!draft_is_float(threshold)) return KIND_FAIL("ood.threshold: not a finite number");
    kind->ood_threshold = (float)threshold->valuedouble;
    return LT_OK;
}

static lt_status read_temperature(const cJSON *root, draft_kind *kind, lt_error *error) {
    lt_status status = draft_float(root, "temperature", kind->place, &kind->temperature, error);
    if (status == LT_OK && !(kind->temperature > 0.0f))
        return KIND_FAIL("temperature: %g is not above 0", (double)kind->temperature);
    return status;
}

const char *draft_kind_field(const cJSON *object) {
    static const char *const fields[] = {"log_prior", "temperature", "thresholds", "operating_points",
                                         "conformal", "quality",     "ood"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (member(object, fields[i])) return fields[i];
    return NULL;
}

void draft_kind_default(draft_kind *kind, int index) {
    *kind = (draft_kind){.id = "", .name = "", .temperature = 1.0f, .ood_threshold = NAN};
    if (index >= 0) (void)snprintf(kind->place, sizeof kind->place, "kinds[%d].", index);
    for (int i = 0; i < LT_MEASURE_COUNT; i++) kind->quality[i] = (lt_range){-INFINITY, INFINITY};
}

lt_status draft_kind_read(const cJSON *object, const meta_net *net, draft_kind *kind, lt_error *error) {
    lt_status status = read_log_prior(object, net, kind, error);
    if (status == LT_OK) status = read_temperature(object, kind, error);
    if (status == LT_OK) status = read_thresholds(object, kind, error);
    if (status == LT_OK) status = read_points(object, kind, error);
    if (status == LT_OK) status = read_conformal(object, net, kind, error);
    if (status == LT_OK) status = read_quality(object, kind, error);
    return status == LT_OK ? read_ood(object, kind, error) : status;
}
