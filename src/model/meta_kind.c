/*
 * The part of the metadata by which one kind of picture is decided: temperature, priors, thresholds, operating points,
 * prediction sets, limits of quality. In format 1 it is the document itself, from format 2 on each entry of "kinds".
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "meta_draft.h"

/* How far the shares of all labels may be off 1 together: they are written as logarithms of a few digits. */
static const double SUM_TOLERANCE = 0.01;

static int is_share(yyjson_val *item) {
    return yyjson_is_num(item) && yyjson_get_num(item) >= 0.0 && yyjson_get_num(item) <= 1.0;
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

static lt_status read_log_prior(yyjson_val *root, const meta_net *net, draft_kind *kind, lt_error *error) {
    yyjson_val *array = yyjson_obj_get(root, "log_prior");
    if (!array) return LT_OK;
    if (!yyjson_is_arr(array)) return KIND_FAIL("log_prior: not an array");
    int count = (int)yyjson_arr_size(array);
    if ((uint32_t)count != net->classes)
        return KIND_FAIL("log_prior: %d values for %u classes", count, (unsigned)net->classes);
    double sum = 0.0;
    size_t index, end;
    yyjson_val *item;
    yyjson_arr_foreach(array, index, end, item) {
        if (!draft_is_float(item) || yyjson_get_num(item) > 0.0)
            return KIND_FAIL("log_prior[%zu]: not the logarithm of a share (finite, at most 0)", index);
        sum += exp(yyjson_get_num(item));
    }
    if (fabs(sum - 1.0) > SUM_TOLERANCE) return KIND_FAIL("log_prior: the shares add up to %g, not to 1", sum);
    kind->log_prior = array;
    return LT_OK;
}

/* Other thresholds than these are the caller's to use; they only have to be probabilities. */
static lt_status read_thresholds(yyjson_val *root, draft_kind *kind, lt_error *error) {
    yyjson_val *object = yyjson_obj_get(root, "thresholds");
    if (!object) return LT_OK;
    if (!yyjson_is_obj(object)) return KIND_FAIL("thresholds: not an object");
    size_t index, end;
    yyjson_val *key, *item;
    yyjson_obj_foreach(object, index, end, key, item) {
        if (!is_share(item)) return KIND_FAIL("thresholds.%.40s: not a number from 0 to 1", yyjson_get_str(key));
    }
    yyjson_val *confidence = yyjson_obj_get(object, "confidence");
    if (confidence) kind->confidence = (float)yyjson_get_num(confidence);
    return LT_OK;
}

static lt_status read_point(const draft_kind *kind, yyjson_val *item, size_t index, lt_operating_point *out,
                            lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } shares[] = {{"threshold", &out->threshold},
                  {"sensitivity", &out->sensitivity},
                  {"specificity", &out->specificity},
                  {"ppv", &out->ppv},
                  {"ppv_at_2_percent", &out->ppv_at_2_percent}};
    if (!yyjson_is_obj(item)) return KIND_FAIL("operating_points[%zu]: not an object", index);
    yyjson_val *name = yyjson_obj_get(item, "name");
    if (!yyjson_is_str(name) || yyjson_get_str(name)[0] == '\0')
        return KIND_FAIL("operating_points[%zu].name: not a string of one character or more", index);
    out->name = yyjson_get_str(name);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        yyjson_val *value = yyjson_obj_get(item, shares[i].name);
        if (!is_share(value))
            return KIND_FAIL("operating_points[%zu].%s: not a number from 0 to 1", index, shares[i].name);
        *shares[i].value = (float)yyjson_get_num(value);
    }
    return LT_OK;
}

static lt_status read_points(yyjson_val *root, draft_kind *kind, lt_error *error) {
    yyjson_val *array = yyjson_obj_get(root, "operating_points");
    if (!array) return LT_OK;
    if (!yyjson_is_arr(array)) return KIND_FAIL("operating_points: not an array");
    int count = (int)yyjson_arr_size(array);
    if (count > LT_MAX_POINTS)
        return KIND_FAIL("operating_points: %d of them, at most %d are read", count, LT_MAX_POINTS);
    size_t index, end;
    yyjson_val *item;
    yyjson_arr_foreach(array, index, end, item) {
        lt_status status = read_point(kind, item, index, &kind->points[index], error);
        if (status != LT_OK) return status;
    }
    kind->point_count = (uint32_t)count;
    return LT_OK;
}

static lt_status read_conformal(yyjson_val *root, const meta_net *net, draft_kind *kind, lt_error *error) {
    yyjson_val *object = yyjson_obj_get(root, "conformal");
    if (!object) return LT_OK;
    if (!yyjson_is_obj(object)) return KIND_FAIL("conformal: not an object");
    yyjson_val *coverage = yyjson_obj_get(object, "coverage"), *prior = yyjson_obj_get(object, "prior");
    if (!yyjson_is_num(coverage) || !(yyjson_get_num(coverage) > 0.0 && yyjson_get_num(coverage) < 1.0))
        return KIND_FAIL("conformal.coverage: not a number between 0 and 1");
    if (!yyjson_is_str(prior) || lt_prior_from_name(yyjson_get_str(prior), &kind->set_prior) != LT_OK)
        return KIND_FAIL("conformal.prior: neither \"data\" nor \"uniform\"");
    yyjson_val *thresholds = yyjson_obj_get(object, "thresholds");
    if (!yyjson_is_arr(thresholds)) return KIND_FAIL("conformal.thresholds: not an array");
    int count = (int)yyjson_arr_size(thresholds);
    if ((uint32_t)count != net->classes)
        return KIND_FAIL("conformal.thresholds: %d values for %u classes", count, (unsigned)net->classes);
    size_t index, end;
    yyjson_val *item;
    yyjson_arr_foreach(thresholds, index, end, item) {
        if (!is_share(item)) return KIND_FAIL("conformal.thresholds[%zu]: not a number from 0 to 1", index);
    }
    kind->set_coverage = (float)yyjson_get_num(coverage);
    kind->set_thresholds = thresholds;
    return LT_OK;
}

static lt_status read_range(const draft_kind *kind, const char *measure, yyjson_val *item, lt_range *out,
                            lt_error *error) {
    const struct {
        const char *name;
        float *value;
    } ends[] = {{"min", &out->min}, {"max", &out->max}};
    if (!yyjson_is_obj(item)) return KIND_FAIL("quality.%.40s: not an object", measure);
    for (int i = 0; i < 2; i++) {
        yyjson_val *value = yyjson_obj_get(item, ends[i].name);
        if (!value) continue;
        if (!draft_is_float(value)) return KIND_FAIL("quality.%.40s.%s: not a finite number", measure, ends[i].name);
        *ends[i].value = (float)yyjson_get_num(value);
    }
    if (out->min > out->max) return KIND_FAIL("quality.%.40s: min is above max", measure);
    return LT_OK;
}

static lt_range *range_of(const char *name, draft_kind *kind) {
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        if (strcmp(name, lt_measure_name((lt_measure)i)) == 0) return &kind->quality[i];
    return NULL;
}

static lt_status read_quality(yyjson_val *root, draft_kind *kind, lt_error *error) {
    yyjson_val *object = yyjson_obj_get(root, "quality");
    if (!object) return LT_OK;
    if (!yyjson_is_obj(object)) return KIND_FAIL("quality: not an object");
    size_t index, end;
    yyjson_val *key, *item;
    yyjson_obj_foreach(object, index, end, key, item) {
        const char *measure = yyjson_get_str(key);
        lt_range *range = range_of(measure, kind);
        if (!range)
            return fail(kind, error, LT_MODEL_UNSUPPORTED, "quality.%.40s: nothing that this engine measures", measure);
        lt_status status = read_range(kind, measure, item, range, error);
        if (status != LT_OK) return status;
    }
    return LT_OK;
}

static lt_status read_ood(yyjson_val *root, draft_kind *kind, lt_error *error) {
    yyjson_val *object = yyjson_obj_get(root, "ood");
    if (!object) return LT_OK;
    if (!yyjson_is_obj(object)) return KIND_FAIL("ood: not an object");
    yyjson_val *score = yyjson_obj_get(object, "score"), *threshold = yyjson_obj_get(object, "threshold");
    if (!yyjson_is_str(score)) return KIND_FAIL("ood.score: not a string");
    if (strcmp(yyjson_get_str(score), "linear") != 0)
        return fail(kind, error, LT_MODEL_UNSUPPORTED, "ood.score: \"%.40s\", but this engine knows \"linear\"",
                    yyjson_get_str(score));
    if (!draft_is_float(threshold)) return KIND_FAIL("ood.threshold: not a finite number");
    kind->ood_threshold = (float)yyjson_get_num(threshold);
    return LT_OK;
}

static lt_status read_temperature(yyjson_val *root, draft_kind *kind, lt_error *error) {
    lt_status status = draft_float(root, "temperature", kind->place, &kind->temperature, error);
    if (status == LT_OK && !(kind->temperature > 0.0f))
        return KIND_FAIL("temperature: %g is not above 0", (double)kind->temperature);
    return status;
}

const char *draft_kind_field(yyjson_val *object) {
    static const char *const fields[] = {"log_prior", "temperature", "thresholds", "operating_points",
                                         "conformal", "quality",     "ood"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (yyjson_obj_get(object, fields[i])) return fields[i];
    return NULL;
}

void draft_kind_default(draft_kind *kind, int index) {
    *kind = (draft_kind){.id = "", .name = "", .temperature = 1.0f, .ood_threshold = NAN};
    if (index >= 0) (void)snprintf(kind->place, sizeof kind->place, "kinds[%d].", index);
    for (int i = 0; i < LT_MEASURE_COUNT; i++) kind->quality[i] = (lt_range){-INFINITY, INFINITY};
}

lt_status draft_kind_read(yyjson_val *object, const meta_net *net, draft_kind *kind, lt_error *error) {
    lt_status status = read_log_prior(object, net, kind, error);
    if (status == LT_OK) status = read_temperature(object, kind, error);
    if (status == LT_OK) status = read_thresholds(object, kind, error);
    if (status == LT_OK) status = read_points(object, kind, error);
    if (status == LT_OK) status = read_conformal(object, net, kind, error);
    if (status == LT_OK) status = read_quality(object, kind, error);
    return status == LT_OK ? read_ood(object, kind, error) : status;
}
