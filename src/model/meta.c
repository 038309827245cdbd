#include "meta.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <yyjson.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "meta_draft.h"
#include "tree.h"

/*
 * Two steps: the document is checked field by field into a draft whose strings point into the parser's tree;
 * then all of it is copied into one block, and the tree goes.
 */

/* ---- the text -------------------------------------------------------------------------------- */

static lt_status no_memory(lt_error *error) {
    return lt_fail(error, LT_MEMORY, "no memory for the model's metadata");
}

/* Text to tree, to be freed with yyjson_doc_free. */
static lt_status parse(const uint8_t *json, size_t size, const lt_allocator *memory, yyjson_doc **out,
                       lt_error *error) {
    yyjson_read_err wrong;
    size_t valid = utf8_check((const char *)json, size);
    if (valid < size) return lt_fail(error, LT_MODEL_METADATA, "metadata: byte %zu is not UTF-8", valid);
    *out = tree_read(json, size, memory, &wrong);
    if (!*out && wrong.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION) return no_memory(error);
    if (!*out)
        return lt_fail(error, LT_MODEL_METADATA, "metadata: not JSON at byte %zu of %zu (%s)", wrong.pos, size,
                       wrong.msg);
    if (!yyjson_is_obj(yyjson_doc_get_root(*out))) return lt_fail(error, LT_MODEL_METADATA, "metadata: not an object");
    return LT_OK;
}

static int is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* JSON that has been parsed. */
typedef struct document {
    const uint8_t *json; /* [size] u8, borrowed */
    size_t size;
} document;

/* The document on one line: what is between its tokens goes. Returns the bytes that are left; out may be NULL. */
static size_t on_one_line(const document *whole, char *out) {
    const uint8_t *json = whole->json;
    size_t length = 0;
    int in_string = 0;
    for (size_t i = 0; i < whole->size; i++) {
        if (!in_string && is_space(json[i])) continue;
        if (out) out[length] = (char)json[i];
        length++;
        if (in_string && json[i] == '\\') {
            i++; /* what is escaped ends no string */
            if (out) out[length] = (char)json[i];
            length++;
        } else if (json[i] == '"') {
            in_string = !in_string;
        }
    }
    return length;
}

/* ---- the block ------------------------------------------------------------------------------- */

/* Copy text to *next, the end of the strings kept so far, and move it on. */
static const char *keep(char **next, const char *text) {
    size_t size = strlen(text) + 1;
    char *kept = memcpy(*next, text, size);
    *next += size;
    return kept;
}

static const char *keep_document(char **next, const document *whole) {
    char *kept = *next;
    *next += on_one_line(whole, kept);
    *(*next)++ = '\0';
    return kept;
}

static size_t string_bytes(const char *text) {
    return text ? strlen(text) + 1 : 0;
}

static const char *text_of(yyjson_val *label, const char *name) {
    yyjson_val *item = yyjson_obj_get(label, name);
    return yyjson_get_str(item); /* NULL where there is none */
}

static void fill_label(lt_label *label, yyjson_val *from, char **next) {
    const char *name = text_of(from, "name");
    const char *about = text_of(from, "about");
    label->id = keep(next, text_of(from, "id"));
    label->name = name && *name ? keep(next, name) : label->id;
    label->about = about ? keep(next, about) : "";
    label->malignant = yyjson_is_true(yyjson_obj_get(from, "malignant"));
}

static void number_label(lt_label *label, uint32_t index, char **next) {
    char text[16];
    (void)snprintf(text, sizeof text, "%u", (unsigned)index);
    label->id = label->name = keep(next, text);
    label->about = "";
    label->malignant = 0;
}

/* Room for all that fill() keeps. */
static size_t strings_size(const draft *d, uint32_t classes, const document *whole) {
    size_t size = string_bytes(d->name) + string_bytes(d->version) + string_bytes(d->licence) +
                  string_bytes(d->attribution) + on_one_line(whole, NULL) + 1;
    for (uint32_t k = 0; k < d->kind_count; k++) {
        const draft_kind *kind = &d->kinds[k];
        size += string_bytes(kind->id) + string_bytes(kind->name);
        for (uint32_t i = 0; i < kind->point_count; i++) size += string_bytes(kind->points[i].name);
    }
    if (!d->labels) return size + (size_t)classes * 16;
    size_t index, end;
    yyjson_val *label;
    yyjson_arr_foreach(d->labels, index, end, label) {
        size += string_bytes(text_of(label, "id")) + string_bytes(text_of(label, "name")) +
                string_bytes(text_of(label, "about"));
    }
    return size;
}

/* Where the parts of the block begin; those of the kinds move on as they are filled. */
typedef struct parts {
    lt_kind *kinds;             /* [kind_count] */
    lt_label *labels;           /* [classes] */
    lt_operating_point *points; /* [point_count of all kinds] */
    lt_range *quality;          /* [kind_count, LT_MEASURE_COUNT] */
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
    yyjson_val *share = yyjson_arr_get_first(from->log_prior); /* NULL where there are none */
    yyjson_val *threshold = yyjson_arr_get_first(from->set_thresholds);
    float *log_prior = p->floats, *set_thresholds = p->floats + classes;
    p->floats += 2 * (size_t)classes;
    for (uint32_t i = 0; i < classes; i++) {
        log_prior[i] = share ? (float)yyjson_get_num(share) : -logf((float)classes);
        set_thresholds[i] = threshold ? (float)yyjson_get_num(threshold) : 0.0f;
        share = share ? unsafe_yyjson_get_next(share) : NULL;
        threshold = threshold ? unsafe_yyjson_get_next(threshold) : NULL;
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
                      .quality = p->quality,
                      .ood_threshold = from->ood_threshold};
    memcpy(p->quality, from->quality, sizeof from->quality);
    p->quality += LT_MEASURE_COUNT;
}

static void fill(lt_model *model, const draft *d, const meta_net *net, const document *whole, parts *p) {
    char **next = &p->strings;
    yyjson_val *label = yyjson_arr_get_first(d->labels);
    for (uint32_t i = 0; i < net->classes; i++) {
        if (label)
            fill_label(&p->labels[i], label, next);
        else
            number_label(&p->labels[i], i, next);
        label = label ? unsafe_yyjson_get_next(label) : NULL;
    }
    for (uint32_t i = 0; i < d->kind_count; i++) fill_kind(&p->kinds[i], &d->kinds[i], net->classes, p);
    *model = (lt_model){.name = keep(next, d->name),
                        .version = keep(next, d->version),
                        .licence = keep(next, d->licence),
                        .attribution = keep(next, d->attribution),
                        .metadata = keep_document(next, whole),
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

/* One block: the struct, the kinds, the labels, the points, the limits of quality, the floats, then the strings. */
static lt_status make(const draft *d, const meta_net *net, const document *whole, const lt_allocator *memory,
                      lt_model **out, lt_error *error) {
    size_t points = 0;
    for (uint32_t i = 0; i < d->kind_count; i++) points += d->kinds[i].point_count;
    size_t kinds_at = sizeof(lt_model);
    size_t labels_at = kinds_at + d->kind_count * sizeof(lt_kind);
    size_t points_at = labels_at + net->classes * sizeof(lt_label);
    size_t quality_at = points_at + points * sizeof(lt_operating_point);
    size_t floats_at = quality_at + (size_t)d->kind_count * LT_MEASURE_COUNT * sizeof(lt_range);
    size_t strings_at = floats_at + (size_t)d->kind_count * 2 * net->classes * sizeof(float);
    char *block = mem_take(memory, strings_at + strings_size(d, net->classes, whole));
    if (!block) return no_memory(error);
    parts p = {.kinds = (lt_kind *)(void *)(block + kinds_at),
               .labels = (lt_label *)(void *)(block + labels_at),
               .points = (lt_operating_point *)(void *)(block + points_at),
               .quality = (lt_range *)(void *)(block + quality_at),
               .floats = (float *)(void *)(block + floats_at),
               .strings = block + strings_at};
    *out = (lt_model *)(void *)block;
    fill(*out, d, net, whole, &p);
    return LT_OK;
}

lt_status meta_read(const uint8_t *json, size_t size, const meta_net *net, const lt_allocator *memory, lt_model **out,
                    lt_error *error) {
    static const uint8_t nothing[] = "{}";
    draft d;
    yyjson_doc *tree = NULL;
    *out = NULL;
    draft_default(&d);
    if (!json) return make(&d, net, &(document){nothing, sizeof nothing - 1}, memory, out, error);
    lt_status status = parse(json, size, memory, &tree, error);
    if (status == LT_OK) status = draft_read(yyjson_doc_get_root(tree), net, &d, error);
    if (status == LT_OK) status = make(&d, net, &(document){json, size}, memory, out, error);
    yyjson_doc_free(tree);
    return status;
}
