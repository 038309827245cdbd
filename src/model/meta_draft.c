#include "meta_draft.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- single fields --------------------------------------------------------------------------- */

lt_status draft_text(const cJSON *object, const char *name, const char *where, const char **out, lt_error *error) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!item) return LT_OK;
    if (!cJSON_IsString(item)) return META_FAIL(error, "%s%s: not a string", where, name);
    *out = item->valuestring;
    return LT_OK;
}

int draft_is_float(const cJSON *item) {
    return cJSON_IsNumber(item) && fabs(item->valuedouble) <= (double)FLT_MAX;
}

lt_status draft_float(const cJSON *object, const char *name, const char *where, float *out, lt_error *error) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!item) return LT_OK;
    if (!draft_is_float(item)) return META_FAIL(error, "%s%s: not a finite number", where, name);
    *out = (float)item->valuedouble;
    return LT_OK;
}

/* An optional triple R, G, B; out keeps its values where the field is absent. */
static lt_status read_triple(const cJSON *object, const char *name, float out[3], lt_error *error) {
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!array) return LT_OK;
    if (!cJSON_IsArray(array) || cJSON_GetArraySize(array) != 3)
        return META_FAIL(error, "preprocessing.%s: not three numbers", name);
    for (int i = 0; i < 3; i++) {
        const cJSON *item = cJSON_GetArrayItem(array, i);
        if (!draft_is_float(item)) return META_FAIL(error, "preprocessing.%s[%d]: not a finite number", name, i);
        out[i] = (float)item->valuedouble;
    }
    return LT_OK;
}

static lt_status read_format(const cJSON *root, int *out, lt_error *error) {
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
    if (!format) return META_FAIL(error, "format: missing");
    if (!cJSON_IsNumber(format) || format->valuedouble < 1 || format->valuedouble != floor(format->valuedouble))
        return META_FAIL(error, "format: not a whole number of 1 or more");
    if (format->valuedouble > META_FORMAT)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "metadata.format: %.0f, newer than %d, the one this engine reads",
                       format->valuedouble, META_FORMAT);
    *out = (int)format->valuedouble;
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
static lt_status check_side(const cJSON *object, const char *name, uint32_t network, lt_error *error) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!item) return LT_OK;
    if (!cJSON_IsNumber(item)) return META_FAIL(error, "preprocessing.%s: not a number", name);
    if (item->valuedouble != (double)network)
        return META_FAIL(error, "preprocessing.%s: %g, but the network's input has %u", name, item->valuedouble,
                         (unsigned)network);
    return LT_OK;
}

/* ---- groups of fields ------------------------------------------------------------------------ */

static lt_status check_filter(const cJSON *object, lt_error *error) {
    const char *filter = "triangle";
    lt_status status = draft_text(object, "filter", "preprocessing.", &filter, error);
    if (status != LT_OK) return status;
    if (strcmp(filter, "triangle") != 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED,
                       "metadata.preprocessing.filter: \"%.40s\", but this engine resizes by \"triangle\"", filter);
    return LT_OK;
}

static lt_status read_preprocessing(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
    const cJSON *object = cJSON_GetObjectItemCaseSensitive(root, "preprocessing");
    if (!object) return LT_OK;
    if (!cJSON_IsObject(object)) return META_FAIL(error, "preprocessing: not an object");
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

static lt_status check_id(const cJSON *labels, const cJSON *label, int index, lt_error *error) {
    const char *id = "";
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(label, "id");
    if (!item) return META_FAIL(error, "labels[%d].id: missing", index);
    if (!cJSON_IsString(item)) return META_FAIL(error, "labels[%d].id: not a string", index);
    id = item->valuestring;
    if (*id == '\0') return META_FAIL(error, "labels[%d].id: empty", index);
    int earlier = 0;
    for (const cJSON *other = labels->child; other != label; other = other->next, earlier++)
        if (strcmp(cJSON_GetObjectItemCaseSensitive(other, "id")->valuestring, id) == 0)
            return META_FAIL(error, "labels[%d].id: \"%.40s\" is labels[%d].id too", index, id, earlier);
    return LT_OK;
}

static lt_status check_label(const cJSON *labels, const cJSON *label, int index, lt_error *error) {
    static const char *const texts[] = {"name", "about"};
    if (!cJSON_IsObject(label)) return META_FAIL(error, "labels[%d]: not an object", index);
    lt_status status = check_id(labels, label, index, error);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == LT_OK; i++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(label, texts[i]);
        if (item && !cJSON_IsString(item)) status = META_FAIL(error, "labels[%d].%s: not a string", index, texts[i]);
    }
    const cJSON *malignant = cJSON_GetObjectItemCaseSensitive(label, "malignant");
    if (status == LT_OK && malignant && !cJSON_IsBool(malignant))
        status = META_FAIL(error, "labels[%d].malignant: neither true nor false", index);
    return status;
}

static lt_status read_labels(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
    const cJSON *labels = cJSON_GetObjectItemCaseSensitive(root, "labels");
    if (!labels) return META_FAIL(error, "labels: missing");
    if (!cJSON_IsArray(labels)) return META_FAIL(error, "labels: not an array");
    int count = cJSON_GetArraySize(labels);
    if (count == 0) return META_FAIL(error, "labels: empty");
    if ((uint32_t)count != net->classes)
        return META_FAIL(error, "labels: %d, but the network gives %u values", count, (unsigned)net->classes);
    int index = 0;
    for (const cJSON *label = labels->child; label; label = label->next, index++) {
        lt_status status = check_label(labels, label, index, error);
        if (status != LT_OK) return status;
    }
    d->labels = labels;
    return LT_OK;
}

/* An id that this kind has and no kind before it. */
static lt_status read_kind_id(draft *d, uint32_t index, const cJSON *object, lt_error *error) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "id");
    const char *place = d->kinds[index].place;
    if (!item) return META_FAIL(error, "%sid: missing", place);
    if (!cJSON_IsString(item)) return META_FAIL(error, "%sid: not a string", place);
    const char *id = item->valuestring;
    if (*id == '\0') return META_FAIL(error, "%sid: empty", place);
    if (strcmp(id, LT_NEITHER) == 0)
        return META_FAIL(error, "%sid: \"%s\" stands for a picture of no kind", place, LT_NEITHER);
    for (uint32_t i = 0; i < index; i++)
        if (strcmp(d->kinds[i].id, id) == 0)
            return META_FAIL(error, "%sid: \"%.40s\" is kinds[%u].id too", place, id, (unsigned)i);
    d->kinds[index].id = d->kinds[index].name = id;
    return LT_OK;
}

static lt_status read_kind(const cJSON *object, const meta_net *net, draft *d, uint32_t index, lt_error *error) {
    draft_kind *kind = &d->kinds[index];
    draft_kind_default(kind, (int)index);
    if (!cJSON_IsObject(object)) return META_FAIL(error, "kinds[%u]: not an object", (unsigned)index);
    lt_status status = read_kind_id(d, index, object, error);
    if (status == LT_OK) status = draft_text(object, "name", kind->place, &kind->name, error);
    if (status == LT_OK && *kind->name == '\0') kind->name = kind->id;
    return status == LT_OK ? draft_kind_read(object, net, kind, error) : status;
}

static lt_status read_kinds(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(root, "kinds");
    const char *stray = draft_kind_field(root);
    if (stray) return META_FAIL(error, "%s: stands in kinds from format 2 on", stray);
    if (!array) return META_FAIL(error, "kinds: missing");
    if (!cJSON_IsArray(array)) return META_FAIL(error, "kinds: not an array");
    int count = cJSON_GetArraySize(array);
    if (count == 0) return META_FAIL(error, "kinds: empty");
    if (count > LT_MAX_KINDS) return META_FAIL(error, "kinds: %d of them, at most %d are read", count, LT_MAX_KINDS);
    uint32_t index = 0;
    for (const cJSON *item = array->child; item; item = item->next, index++) {
        lt_status status = read_kind(item, net, d, index, error);
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
                 .mean = {127.0f, 127.0f, 127.0f},
                 .std = {128.0f, 128.0f, 128.0f},
                 .kind_count = 1};
    draft_kind_default(&d->kinds[0], -1);
}

lt_status draft_read(const cJSON *root, const meta_net *net, draft *d, lt_error *error) {
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
