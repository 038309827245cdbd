/*
 * wasm_study.c - the entry points of a WebAssembly module of its own, which an app fetches only when it is asked for
 * similar lesions or for figures: neither needs the network, so this has none and is small.
 *
 *   lt_study_alloc(bytes)                     -> u8*     16-byte aligned; 0 where memory is short
 *   lt_study_free(u8*)                                   0 is allowed
 *   lt_study_similar(u8* atlas, size, u32* features, labels, kinds) -> char*
 *                                                        lt_similar_json for what lt_wasm_features gave, with "label" as a number; 0: see lt_study_error
 *   lt_study_begin(char* setup)               -> status  begin figures; JSON, [size] bytes and a 0:
 *                                                        {"labels": [{"id", "malignant"}], "points": ["0.90"],
 *                                                         "kinds": [{"id", "coverage", "thresholds": [0.5]}]}
 *   lt_study_add(truth, lesion, kind, set_count, flags, malignant, f32* shares) -> status
 *                                                        shares: [2, labels] probabilities for the data's prior and for
 *                                                        equal priors; flags: STUDY_…; the rest as in figures.h
 *   lt_study_figures(draws, seed)             -> char*   an object of fig_json's members, pictures by their number; 0
 *   lt_study_csv(char* json)                  -> char*   such an object as lines for a spreadsheet; 0
 *   lt_study_error()                          -> char*   what went wrong in the last call; "" after success
 *
 * Strings are UTF-8, end in 0 and are good until the next call. As in src/wasm.c a pointer that is not from here is not
 * checked, and any call may grow the memory.
 */
#include <emscripten/emscripten.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

#include "answer/atlas.h"
#include "base/error.h"
#include "base/json.h"
#include "figures/figures.h"

/* Bits of lt_study_add's flags. */
enum { STUDY_IN_SET = 1, STUDY_ABSTAIN = 2, STUDY_NOT_A_LESION = 4, STUDY_FAULTED = 8 };

/* The head of what lt_wasm_features gives. */
enum { HEIGHT = 0, WIDTH, CHANNELS, KEY, KIND = KEY + 2, HEAD };

/* What one module works on: there is one table at a time. */
static struct {
    fig_table *table;
    yyjson_doc *setup; /* owned; the table's names are in it */
    const char *labels[FIG_MAX_CLASSES], *kinds[LT_MAX_KINDS], *points[LT_MAX_POINTS];
    uint8_t malignant[FIG_MAX_CLASSES];
    uint32_t classes;
    float thresholds[LT_MAX_KINDS * LT_MAX_POINTS], coverage[LT_MAX_KINDS];
    char *text; /* owned; of the last call that gave one */
    lt_error error;
} study;

EMSCRIPTEN_KEEPALIVE void *lt_study_alloc(uint32_t bytes) {
    return malloc(bytes > 0 ? bytes : 1);
}

EMSCRIPTEN_KEEPALIVE void lt_study_free(void *bytes) {
    free(bytes);
}

EMSCRIPTEN_KEEPALIVE const char *lt_study_error(void) {
    return study.error.text;
}

/* Room for a text of so many bytes and its 0; NULL after an error. */
static char *make_text(size_t length) {
    free(study.text);
    study.text = malloc(length + 1);
    if (!study.text) (void)lt_fail(&study.error, LT_MEMORY, "no memory for %zu bytes of text", length);
    return study.text;
}

/* ---- similar lesions ---- */

EMSCRIPTEN_KEEPALIVE const char *lt_study_similar(const uint8_t *bytes, uint32_t size, const uint32_t *features,
                                                  uint32_t labels, uint32_t kinds) {
    const atl_model model = {features[KEY] | (uint64_t)features[KEY + 1] << 32, features[CHANNELS], labels, kinds};
    const float *map = (const float *)(const void *)(features + HEAD);
    lt_neighbour found[LT_NEIGHBOURS];
    json_out json;
    atlas *a;
    lt_clear(&study.error);
    if (atl_read(bytes, size, &model, NULL, &a, &study.error) != LT_OK) return NULL;
    uint32_t count = atl_nearest(a, map, (size_t)features[HEIGHT] * features[WIDTH], features[KIND], found);
    json_begin(&json, NULL, 0);
    atl_json(&json, a, NULL, found, count);
    size_t length = json_end(&json);
    char *text = make_text(length);
    if (text) {
        json_begin(&json, text, length + 1);
        atl_json(&json, a, NULL, found, count);
        (void)json_end(&json);
    }
    atl_free(a);
    return text;
}

/* ---- figures ---- */

static yyjson_val *list_of(yyjson_val *object, const char *name, size_t most) {
    yyjson_val *list = yyjson_obj_get(object, name);
    if (yyjson_is_arr(list) && yyjson_arr_size(list) <= most) return list;
    (void)lt_fail(&study.error, LT_ARGUMENT, "setup: %s: not a list of up to %zu", name, most);
    return NULL;
}

static const char *text_of(yyjson_val *item, const char *name) {
    const char *text = yyjson_get_str(item);
    if (!text) (void)lt_fail(&study.error, LT_ARGUMENT, "setup: %s: not a text", name);
    return text;
}

static float number_of(yyjson_val *item, const char *name) {
    if (!yyjson_is_num(item)) (void)lt_fail(&study.error, LT_ARGUMENT, "setup: %s: not a number", name);
    return (float)yyjson_get_num(item);
}

/* Read one kind, which must have a threshold for each point. */
static void read_kind(yyjson_val *item, fig_setup *setup) {
    yyjson_val *thresholds = list_of(item, "thresholds", LT_MAX_POINTS);
    uint32_t k = setup->kinds++;
    study.kinds[k] = text_of(yyjson_obj_get(item, "id"), "id");
    study.coverage[k] = number_of(yyjson_obj_get(item, "coverage"), "coverage");
    if (thresholds && yyjson_arr_size(thresholds) != setup->points)
        (void)lt_fail(&study.error, LT_ARGUMENT, "setup: thresholds: not one for each point");
    for (uint32_t p = 0; thresholds && p < setup->points; p++)
        study.thresholds[k * setup->points + p] = number_of(yyjson_arr_get(thresholds, p), "thresholds");
}

/* The setup's lists, into the arrays above. */
static fig_setup read_setup(void) {
    fig_setup setup = {.labels = study.labels,
                       .malignant = study.malignant,
                       .kind_ids = study.kinds,
                       .point_names = study.points,
                       .thresholds = study.thresholds,
                       .coverage = study.coverage};
    yyjson_val *root = yyjson_doc_get_root(study.setup);
    yyjson_val *labels = list_of(root, "labels", FIG_MAX_CLASSES), *points = list_of(root, "points", LT_MAX_POINTS);
    yyjson_val *kinds = list_of(root, "kinds", LT_MAX_KINDS), *item;
    size_t i, count;
    yyjson_arr_foreach(labels, i, count, item) {
        study.malignant[setup.classes] = yyjson_is_true(yyjson_obj_get(item, "malignant"));
        study.labels[setup.classes++] = text_of(yyjson_obj_get(item, "id"), "id");
    }
    yyjson_arr_foreach(points, i, count, item) study.points[setup.points++] = text_of(item, "points");
    yyjson_arr_foreach(kinds, i, count, item) read_kind(item, &setup);
    return setup;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_study_begin(const char *json) {
    lt_clear(&study.error);
    fig_close(study.table);
    study.table = NULL;
    yyjson_doc_free(study.setup);
    study.setup = yyjson_read(json, strlen(json), 0);
    if (!study.setup) return lt_fail(&study.error, LT_ARGUMENT, "setup: not JSON");
    fig_setup setup = read_setup();
    study.classes = setup.classes;
    return study.error.status == LT_OK ? fig_open(&setup, &study.table, &study.error) : study.error.status;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_study_add(uint32_t truth, uint32_t lesion, uint32_t kind, uint32_t set_count,
                                            uint32_t flags, float malignant, const float *shares) {
    lt_clear(&study.error);
    if (!study.table) return lt_fail(&study.error, LT_ARGUMENT, "figures: lt_study_begin comes first");
    const fig_answer answer = {.truth = truth,
                               .lesion = lesion,
                               .kind = kind,
                               .set_count = set_count,
                               .in_set = (flags & STUDY_IN_SET) != 0,
                               .abstain = (flags & STUDY_ABSTAIN) != 0,
                               .not_a_lesion = (flags & STUDY_NOT_A_LESION) != 0,
                               .faulted = (flags & STUDY_FAULTED) != 0,
                               .malignant = malignant,
                               .data = shares,
                               .uniform = shares + study.classes};
    return fig_add(study.table, &answer, &study.error);
}

static size_t write_figures(char *text, size_t capacity) {
    json_out json;
    json_begin(&json, text, capacity);
    json_raw(&json, "{");
    fig_json(&json, study.table, NULL);
    json_raw(&json, "}");
    return json_end(&json);
}

EMSCRIPTEN_KEEPALIVE const char *lt_study_figures(uint32_t draws, uint32_t seed) {
    lt_clear(&study.error);
    if (!study.table) {
        (void)lt_fail(&study.error, LT_ARGUMENT, "figures: lt_study_begin comes first");
        return NULL;
    }
    if (fig_compute(study.table, draws, seed, &study.error) != LT_OK) return NULL;
    size_t length = write_figures(NULL, 0);
    char *text = make_text(length);
    if (text) (void)write_figures(text, length + 1);
    return text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_study_csv(const char *object) {
    json_out json;
    lt_clear(&study.error);
    json_begin(&json, NULL, 0);
    if (fig_csv(&json, object, &study.error) != LT_OK) return NULL;
    size_t length = json_end(&json);
    char *text = make_text(length);
    if (!text) return NULL;
    json_begin(&json, text, length + 1);
    lt_status status = fig_csv(&json, object, &study.error);
    (void)json_end(&json);
    return status == LT_OK ? text : NULL;
}
