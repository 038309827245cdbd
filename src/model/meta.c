#include "meta.h"

#include <cJSON.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "meta_draft.h"

/*
 * Two steps: the document is checked field by field into a draft whose strings point into cJSON's tree;
 * then all of it is copied into one block, and the tree goes.
 */

enum { MAX_DEPTH = 32 }; /* cJSON recurses; a WebAssembly stack is small */

/* ---- the text -------------------------------------------------------------------------------- */

static int is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Deepest nesting of brackets outside strings; json need not be valid. */
static size_t nesting(const uint8_t *json, size_t size) {
    size_t depth = 0, deepest = 0;
    int in_string = 0;
    for (size_t i = 0; i < size; i++) {
        if (in_string && json[i] == '\\')
            i++;
        else if (json[i] == '"')
            in_string = !in_string;
        else if (!in_string && (json[i] == '[' || json[i] == '{'))
            deepest = ++depth > deepest ? depth : deepest;
        else if (!in_string && (json[i] == ']' || json[i] == '}') && depth > 0)
            depth--;
    }
    return deepest;
}

/* cJSON gives the same NULL for bad text and for short memory; its allocations pass here to tell them apart. */
static _Thread_local int memory_ran_out;

static void *watched_malloc(size_t size) {
    void *memory = malloc(size);
    if (!memory) memory_ran_out = 1;
    return memory;
}

static void watch_memory(void) {
    cJSON_InitHooks(&(cJSON_Hooks){watched_malloc, free});
}

static lt_status no_memory(lt_error *error) {
    return lt_fail(error, LT_MEMORY, "no memory for the model's metadata");
}

/* Text to tree, to be freed with cJSON_Delete. */
static lt_status parse(const uint8_t *json, size_t size, cJSON **out, lt_error *error) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const char *text = (const char *)json;
    const char *end = NULL;
    size_t valid = utf8_check(text, size);
    if (valid < size) return lt_fail(error, LT_MODEL_METADATA, "metadata: byte %zu is not UTF-8", valid);
    if (nesting(json, size) > MAX_DEPTH)
        return lt_fail(error, LT_MODEL_METADATA, "metadata: nested deeper than %d", MAX_DEPTH);
    (void)pthread_once(&once, watch_memory);
    memory_ran_out = 0;
    cJSON *root = cJSON_ParseWithLengthOpts(text, size, &end, 0);
    if (memory_ran_out) return no_memory(error);
    size_t at = end ? (size_t)(end - text) : 0;
    while (root && at < size && is_space(json[at])) at++;
    if (!root || at < size) {
        cJSON_Delete(root);
        return lt_fail(error, LT_MODEL_METADATA, "metadata: not JSON at byte %zu of %zu", at, size);
    }
    if (!cJSON_IsObject(root)) {
        cJSON_Delete(root);
        return lt_fail(error, LT_MODEL_METADATA, "metadata: not an object");
    }
    *out = root;
    return LT_OK;
}

/* ---- the block ------------------------------------------------------------------------------- */

/* Copy text to *next, the end of the strings kept so far, and move it on. */
static const char *keep(char **next, const char *text) {
    size_t size = strlen(text) + 1;
    char *kept = memcpy(*next, text, size);
    *next += size;
    return kept;
}

static size_t string_bytes(const char *text) {
    return text ? strlen(text) + 1 : 0;
}

static const char *text_of(const cJSON *label, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(label, name);
    return item ? item->valuestring : NULL;
}

static void fill_label(lt_label *label, const cJSON *from, char **next) {
    const char *name = text_of(from, "name");
    const char *about = text_of(from, "about");
    label->id = keep(next, text_of(from, "id"));
    label->name = name && *name ? keep(next, name) : label->id;
    label->about = about ? keep(next, about) : "";
    label->malignant = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(from, "malignant"));
}

static void number_label(lt_label *label, uint32_t index, char **next) {
    char text[16];
    (void)snprintf(text, sizeof text, "%u", (unsigned)index);
    label->id = label->name = keep(next, text);
    label->about = "";
    label->malignant = 0;
}

/* Room for all that fill() keeps. */
static size_t strings_size(const draft *d, uint32_t classes, const char *document) {
    size_t size = string_bytes(d->name) + string_bytes(d->version) + string_bytes(d->licence) +
                  string_bytes(d->attribution) + string_bytes(document);
    for (uint32_t k = 0; k < d->kind_count; k++) {
        const draft_kind *kind = &d->kinds[k];
        size += string_bytes(kind->id) + string_bytes(kind->name);
        for (uint32_t i = 0; i < kind->point_count; i++) size += string_bytes(kind->points[i].name);
    }
    if (!d->labels) return size + (size_t)classes * 16;
    for (const cJSON *label = d->labels->child; label; label = label->next)
        size += string_bytes(text_of(label, "id")) + string_bytes(text_of(label, "name")) +
                string_bytes(text_of(label, "about"));
    return size;
}

/* Where the parts of the block begin; those of the kinds move on as they are filled. */
typedef struct parts {
    lt_kind *kinds;             /* [kind_count] */
    lt_label *labels;           /* [classes] */
    lt_operating_point *points; /* [point_count of all kinds] */
    float *floats;              /* [kind_count, 2, classes]: log_prior, set_thresholds */
    char *strings;
} parts;

static const lt_operating_point *fill_points(const draft_kind *from, parts *p) {
    lt_operating_point *points = p->points;
    for (uint32_t i = 0; i < from->point_count; i++) {
        points[i] = from->points[i];
        points[i].name = keep(&p->strings, from->points[i].name);
    }
    p->points += from->point_count;
    return points;
}

static void fill_kind(lt_kind *kind, const draft_kind *from, uint32_t classes, parts *p) {
    const cJSON *share = from->log_prior ? from->log_prior->child : NULL;
    const cJSON *threshold = from->set_thresholds ? from->set_thresholds->child : NULL;
    float *log_prior = p->floats, *set_thresholds = p->floats + classes;
    p->floats += 2 * (size_t)classes;
    for (uint32_t i = 0; i < classes; i++) {
        log_prior[i] = share ? (float)share->valuedouble : -logf((float)classes);
        set_thresholds[i] = threshold ? (float)threshold->valuedouble : 0.0f;
        share = share ? share->next : NULL;
        threshold = threshold ? threshold->next : NULL;
    }
    *kind = (lt_kind){.id = keep(&p->strings, from->id),
                      .name = keep(&p->strings, from->name),
                      .temperature = from->temperature,
                      .log_prior = log_prior,
                      .confidence = from->confidence,
                      .set_thresholds = from->set_thresholds ? set_thresholds : NULL,
                      .set_prior = from->set_prior,
                      .set_coverage = from->set_coverage,
                      .points = fill_points(from, p),
                      .point_count = from->point_count,
                      .ood_threshold = from->ood_threshold};
    memcpy(kind->quality, from->quality, sizeof from->quality);
}

static void fill(lt_model *model, const draft *d, const meta_net *net, const char *document, parts *p) {
    char **next = &p->strings;
    const cJSON *label = d->labels ? d->labels->child : NULL;
    for (uint32_t i = 0; i < net->classes; i++) {
        if (label)
            fill_label(&p->labels[i], label, next);
        else
            number_label(&p->labels[i], i, next);
        label = label ? label->next : NULL;
    }
    for (uint32_t i = 0; i < d->kind_count; i++) fill_kind(&p->kinds[i], &d->kinds[i], net->classes, p);
    *model = (lt_model){.name = keep(next, d->name),
                        .version = keep(next, d->version),
                        .licence = keep(next, d->licence),
                        .attribution = keep(next, d->attribution),
                        .metadata = keep(next, document),
                        .labels = p->labels,
                        .label_count = net->classes,
                        .width = net->width,
                        .height = net->height,
                        .crop = d->crop,
                        .kinds = p->kinds,
                        .kind_count = d->kind_count,
                        .views = net->views,
                        .file_bytes = net->file_bytes};
    memcpy(model->mean, d->mean, sizeof d->mean);
    memcpy(model->std, d->std, sizeof d->std);
}

/* One block: the struct, the kinds, the labels, the points, the floats, then the strings. */
static lt_status make(const draft *d, const meta_net *net, const char *document, lt_model **out, lt_error *error) {
    size_t points = 0;
    for (uint32_t i = 0; i < d->kind_count; i++) points += d->kinds[i].point_count;
    size_t kinds_at = sizeof(lt_model);
    size_t labels_at = kinds_at + d->kind_count * sizeof(lt_kind);
    size_t points_at = labels_at + net->classes * sizeof(lt_label);
    size_t floats_at = points_at + points * sizeof(lt_operating_point);
    size_t strings_at = floats_at + (size_t)d->kind_count * 2 * net->classes * sizeof(float);
    char *block = malloc(strings_at + strings_size(d, net->classes, document));
    if (!block) return no_memory(error);
    parts p = {.kinds = (lt_kind *)(void *)(block + kinds_at),
               .labels = (lt_label *)(void *)(block + labels_at),
               .points = (lt_operating_point *)(void *)(block + points_at),
               .floats = (float *)(void *)(block + floats_at),
               .strings = block + strings_at};
    *out = (lt_model *)(void *)block;
    fill(*out, d, net, document, &p);
    return LT_OK;
}

lt_status meta_read(const uint8_t *json, size_t size, const meta_net *net, lt_model **out, lt_error *error) {
    draft d;
    cJSON *root = NULL;
    char *document = NULL;
    *out = NULL;
    draft_default(&d);
    if (!json) return make(&d, net, "{}", out, error);
    lt_status status = parse(json, size, &root, error);
    if (status == LT_OK) status = draft_read(root, net, &d, error);
    if (status == LT_OK) {
        /* written anew, so that what a lenient parser let through is strict JSON for whoever reads it */
        document = cJSON_PrintUnformatted(root);
        status = document ? make(&d, net, document, out, error) : no_memory(error);
    }
    cJSON_free(document);
    cJSON_Delete(root);
    return status;
}
