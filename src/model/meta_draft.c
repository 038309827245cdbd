#include "meta_draft.h"

#include <math.h>
#include <string.h>

#include "base/wide.h"

/* What is taken for the values of a channel where the file says nothing: (value - 127) / 128, about -1 to 1. */
static const float USUAL_MEAN = 127.0f, USUAL_STD = 128.0f;

/* ---- single fields --------------------------------------------------------------------------- */

/* An optional triple R, G, B; out keeps its values where the field is absent. */
static lt_status read_triple(yyjson_val *object, const char *name, float out[3], lt_error *error) {
    yyjson_val *array = yyjson_obj_get(object, name);
    if (!array) return LT_OK;
    if (!yyjson_is_arr(array) || yyjson_arr_size(array) != 3)
        return META_FAIL(error, "preprocessing.%s: not three numbers", name);
    for (int i = 0; i < 3; i++) {
        yyjson_val *item = yyjson_arr_get(array, (size_t)i);
        if (!draft_is_float(item)) return META_FAIL(error, "preprocessing.%s[%d]: not a finite number", name, i);
        out[i] = (float)yyjson_get_num(item);
    }
    return LT_OK;
}

static lt_status read_format(yyjson_val *root, int *out, lt_error *error) {
    yyjson_val *format = yyjson_obj_get(root, "format");
    if (!format) return META_FAIL(error, "format: missing");
    if (!yyjson_is_num(format) || yyjson_get_num(format) < 1 || yyjson_get_num(format) != floor(yyjson_get_num(format)))
        return META_FAIL(error, "format: not a whole number of 1 or more");
    if (yyjson_get_num(format) > META_FORMAT)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "metadata.format: %.0f, newer than %d, the one this engine reads",
                       yyjson_get_num(format), META_FORMAT);
    *out = (int)yyjson_get_num(format);
    return LT_OK;
}

/* Skip one number of a semantic version; NULL where there is none. */
static const char *skip_number(const char *text) {
    size_t digits = strspn(text, "0123456789");
    return digits > 0 ? text + digits : NULL;
}

/* 1.2.3, with -pre.release or +build behind it. */
static lt_status check_version(const char *version, lt_error *error) {
    const char *at = version;
    for (int i = 0; i < 3 && at; i++) {
        if (i > 0) at = *at == '.' ? at + 1 : NULL;
        if (at) at = skip_number(at);
    }
    if (!at || (*at != '\0' && *at != '-' && *at != '+'))
        return META_FAIL(error, "version: \"%.40s\" is no semantic version", version);
    return LT_OK;
}

/* A side that the document states must be the network's. */
static lt_status check_side(yyjson_val *object, const char *name, uint32_t network, lt_error *error) {
    yyjson_val *item = yyjson_obj_get(object, name);
    if (!item) return LT_OK;
    if (!yyjson_is_num(item)) return META_FAIL(error, "preprocessing.%s: not a number", name);
    if (yyjson_get_num(item) != (double)network)
        return META_FAIL(error, "preprocessing.%s: %g, but the network's input has %u", name, yyjson_get_num(item),
                         (unsigned)network);
    return LT_OK;
}

/* ---- groups of fields ------------------------------------------------------------------------ */

static lt_status check_filter(yyjson_val *object, lt_error *error) {
    const char *filter = "triangle";
    lt_status status = draft_text(object, "filter", "preprocessing.", &filter, error);
    if (status != LT_OK) return status;
    if (strcmp(filter, "triangle") != 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED,
                       "metadata.preprocessing.filter: \"%.40s\", but this engine resizes by \"triangle\"", filter);
    return LT_OK;
}

static lt_status read_preprocessing(yyjson_val *root, const meta_net *net, draft *d, lt_error *error) {
    yyjson_val *object = yyjson_obj_get(root, "preprocessing");
    if (!object) return LT_OK;
    if (!yyjson_is_obj(object)) return META_FAIL(error, "preprocessing: not an object");
    lt_status status = draft_float(object, "crop", "preprocessing.", &d->crop, error);
    if (status == LT_OK && !(d->crop > 0.0f && d->crop <= 1.0f))
        status = META_FAIL(error, "preprocessing.crop: %g is not above 0 and at most 1", (double)d->crop);
    if (status == LT_OK) status = check_side(object, "width", net->width, error);
    if (status == LT_OK) status = check_side(object, "height", net->height, error);
    if (status == LT_OK) status = read_triple(object, "mean", d->mean, error);
    if (status == LT_OK) status = read_triple(object, "std", d->std, error);
    for (int i = 0; i < 3 && status == LT_OK; i++)
        if (!(d->std[i] > 0.0f))
            status = META_FAIL(error, "preprocessing.std[%d]: %g is not above 0", i, (double)d->std[i]);
    return status == LT_OK ? check_filter(object, error) : status;
}

static lt_status check_id(yyjson_val *labels, yyjson_val *label, size_t index, lt_error *error) {
    const char *id = "";
    yyjson_val *item = yyjson_obj_get(label, "id");
    if (!item) return META_FAIL(error, "labels[%zu].id: missing", index);
    if (!yyjson_is_str(item)) return META_FAIL(error, "labels[%zu].id: not a string", index);
    id = yyjson_get_str(item);
    if (*id == '\0') return META_FAIL(error, "labels[%zu].id: empty", index);
    size_t earlier, end;
    yyjson_val *other;
    yyjson_arr_foreach(labels, earlier, end, other) {
        if (earlier == index) break;
        if (strcmp(yyjson_get_str(yyjson_obj_get(other, "id")), id) == 0)
            return META_FAIL(error, "labels[%zu].id: \"%.40s\" is labels[%zu].id too", index, id, earlier);
    }
    return LT_OK;
}

static lt_status check_label(yyjson_val *labels, yyjson_val *label, size_t index, lt_error *error) {
    static const char *const texts[] = {"name", "about"};
    if (!yyjson_is_obj(label)) return META_FAIL(error, "labels[%zu]: not an object", index);
    lt_status status = check_id(labels, label, index, error);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == LT_OK; i++) {
        yyjson_val *item = yyjson_obj_get(label, texts[i]);
        if (item && !yyjson_is_str(item)) status = META_FAIL(error, "labels[%zu].%s: not a string", index, texts[i]);
    }
    yyjson_val *malignant = yyjson_obj_get(label, "malignant");
    if (status == LT_OK && malignant && !yyjson_is_bool(malignant))
        status = META_FAIL(error, "labels[%zu].malignant: neither true nor false", index);
    return status;
}

static lt_status read_labels(yyjson_val *root, const meta_net *net, draft *d, lt_error *error) {
    yyjson_val *labels = yyjson_obj_get(root, "labels");
    if (!labels && LT_WIDE && net->may_lack_labels) return LT_OK;
    if (!labels) return META_FAIL(error, "labels: missing");
    if (!yyjson_is_arr(labels)) return META_FAIL(error, "labels: not an array");
    int count = (int)yyjson_arr_size(labels);
    if (count == 0) return META_FAIL(error, "labels: empty");
    if ((uint32_t)count != net->classes)
        return META_FAIL(error, "labels: %d, but the network gives %u values", count, (unsigned)net->classes);
    size_t index, end;
    yyjson_val *label;
    yyjson_arr_foreach(labels, index, end, label) {
        lt_status status = check_label(labels, label, index, error);
        if (status != LT_OK) return status;
    }
    d->labels = labels;
    return LT_OK;
}

/* An id that this kind has and no kind before it. */
static lt_status read_kind_id(draft *d, uint32_t index, yyjson_val *object, lt_error *error) {
    yyjson_val *item = yyjson_obj_get(object, "id");
    const char *place = d->kinds[index].place;
    if (!item) return META_FAIL(error, "%sid: missing", place);
    if (!yyjson_is_str(item)) return META_FAIL(error, "%sid: not a string", place);
    const char *id = yyjson_get_str(item);
    if (*id == '\0') return META_FAIL(error, "%sid: empty", place);
    if (strcmp(id, LT_NEITHER) == 0)
        return META_FAIL(error, "%sid: \"%s\" stands for a picture of no kind", place, LT_NEITHER);
    for (uint32_t i = 0; i < index; i++)
        if (strcmp(d->kinds[i].id, id) == 0)
            return META_FAIL(error, "%sid: \"%.40s\" is kinds[%u].id too", place, id, (unsigned)i);
    d->kinds[index].id = d->kinds[index].name = id;
    return LT_OK;
}

static lt_status read_kind(yyjson_val *object, const meta_net *net, draft *d, uint32_t index, lt_error *error) {
    draft_kind *kind = &d->kinds[index];
    draft_kind_default(kind, (int)index);
    if (!yyjson_is_obj(object)) return META_FAIL(error, "kinds[%u]: not an object", (unsigned)index);
    lt_status status = read_kind_id(d, index, object, error);
    if (status == LT_OK) status = draft_text(object, "name", kind->place, &kind->name, error);
    if (status == LT_OK && *kind->name == '\0') kind->name = kind->id;
    return status == LT_OK ? draft_kind_read(object, net, kind, error) : status;
}

static lt_status read_kinds(yyjson_val *root, const meta_net *net, draft *d, lt_error *error) {
    yyjson_val *array = yyjson_obj_get(root, "kinds");
    const char *stray = draft_kind_field(root);
    if (stray) return META_FAIL(error, "%s: stands in kinds from format 2 on", stray);
    if (!array) return META_FAIL(error, "kinds: missing");
    if (!yyjson_is_arr(array)) return META_FAIL(error, "kinds: not an array");
    int count = (int)yyjson_arr_size(array);
    if (count == 0) return META_FAIL(error, "kinds: empty");
    if (count > LT_MAX_KINDS) return META_FAIL(error, "kinds: %d of them, at most %d are read", count, LT_MAX_KINDS);
    size_t index, end;
    yyjson_val *item;
    yyjson_arr_foreach(array, index, end, item) {
        lt_status status = read_kind(item, net, d, (uint32_t)index, error);
        if (status != LT_OK) return status;
    }
    d->kind_count = (uint32_t)count;
    return LT_OK;
}

void draft_default(draft *d) {
    *d = (draft){.name = "unnamed",
                 .version = "0.0.0",
                 .licence = "",
                 .attribution = "",
                 .crop = 1.0f,
                 .mean = {USUAL_MEAN, USUAL_MEAN, USUAL_MEAN},
                 .std = {USUAL_STD, USUAL_STD, USUAL_STD},
                 .kind_count = 1};
    draft_kind_default(&d->kinds[0], -1);
}

lt_status draft_read(yyjson_val *root, const meta_net *net, draft *d, lt_error *error) {
    int format = META_FORMAT;
    lt_status status = read_format(root, &format, error);
    if (status == LT_OK) status = draft_text(root, "name", "", &d->name, error);
    if (status == LT_OK) status = draft_text(root, "version", "", &d->version, error);
    if (status == LT_OK) status = check_version(d->version, error);
    if (status == LT_OK) status = draft_text(root, "licence", "", &d->licence, error);
    if (status == LT_OK) status = draft_text(root, "attribution", "", &d->attribution, error);
    if (status == LT_OK) status = read_labels(root, net, d, error);
    if (status == LT_OK) status = read_preprocessing(root, net, d, error);
    if (status != LT_OK) return status;
    return format == 1 ? draft_kind_read(root, net, &d->kinds[0], error) : read_kinds(root, net, d, error);
}
