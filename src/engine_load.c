/* Loading a model: everything about it is ready and checked before it takes the place of the one before. */
#include "engine.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "model/document.h"
#include "model/graph.h"
#include "model/tflite.h"

void engine_free_loaded(loaded *l) {
    if (!l) return;
    net_free(l->net);
    free(l->model);
    free(l->rgb);
    free(l->probe);
    free(l->sums);
    free(l->answer);
    free(l->features);
    free(l->map);
    atl_free(l->atlas);
    free(l);
}

static size_t rgb_bytes(const loaded *l) {
    return (size_t)l->want.width * l->want.height * 3;
}

static size_t map_bytes(const loaded *l) {
    return l->cam.weights ? (size_t)l->cam.height * l->cam.width * sizeof(float) : 0;
}

/* Of the sums of the logits, of a view's, and of the answer. */
static size_t answer_bytes(const loaded *l) {
    uint32_t classes = net_classes(l->net);
    return classes * (sizeof *l->sums + sizeof *l->logits) + result_bytes(classes);
}

size_t engine_loaded_bytes(const loaded *l) {
    if (!l) return 0;
    return sizeof *l + net_peak_bytes(l->net) + 2 * rgb_bytes(l) + engine_features(l) * sizeof(float) + map_bytes(l) +
           answer_bytes(l);
}

/* All the memory that photos are classified in; the net is there. */
static lt_status take_buffers(loaded *l, lt_error *error) {
    lt_error none; /* a network without a feature map is fine */
    if (net_feature_map(l->net, NULL, 0, l->feature_shape, &none) == LT_OK) cam_find(net_graph(l->net), &l->cam);
    size_t features = engine_features(l) * sizeof(float), map = map_bytes(l);
    uint32_t classes = net_classes(l->net);
    l->rgb = malloc(rgb_bytes(l));
    l->probe = malloc(rgb_bytes(l));
    if (features > 0) l->features = malloc(features);
    if (map > 0) l->map = malloc(map);
    l->sums = malloc(classes * (sizeof *l->sums + sizeof *l->logits));
    l->logits = (float *)(void *)(l->sums ? l->sums + classes : NULL);
    l->answer = result_create(l->model->fingerprint, classes);
    if (l->rgb && l->probe && l->sums && l->answer && (l->features || features == 0) && (l->map || map == 0)) return LT_OK;
    return lt_fail(error, LT_MEMORY, "no memory for %zu bytes of pixels, features and answers",
                   2 * rgb_bytes(l) + features + map + answer_bytes(l));
}

/* The numbers of the scores that the document asks for: for "not a lesion", and for the kinds where it has several. */
static lt_status read_scores(loaded *l, lt_error *error) {
    const tfl_graph *graph = net_graph(l->net);
    const lt_model *model = l->model;
    const linear_entry ood = {TFL_OOD_ENTRY, "ood", graph->ood, graph->ood_size};
    const linear_entry kinds = {TFL_KIND_ENTRY, "kinds", graph->kind, graph->kind_size};
    uint32_t channels = l->feature_shape[2];
    int asked = 0;
    for (uint32_t i = 0; i < model->kind_count; i++) asked |= !isnan(model->kinds[i].ood_threshold);
    lt_status status = asked ? linear_read(&ood, 1, channels, &l->ood, error) : LT_OK;
    if (status != LT_OK || model->kind_count == 1) return status;
    return linear_read(&kinds, model->kind_count, channels, &l->kinds, error);
}

static lt_status load_net(loaded *l, const lt_options *options, const uint8_t *bytes, size_t size,
                          const lt_stated *stated, lt_error *error) {
    lt_status status = net_load(bytes, size, options->threads, &l->net, error);
    if (status != LT_OK) return status;
    const net_io *input = net_input(l->net);
    status = document_read(net_graph(l->net), input_views(input->width, input->height), stated, &l->model, error);
    if (status != LT_OK) return status;

    l->model->fingerprint = hash_bytes(HASH_START, bytes, size);
    l->want = (img_want){.width = input->width,
                         .height = input->height,
                         .crop = (double)l->model->crop,
                         .x = 0.5,
                         .y = 0.5,
                         .max_pixels = options->max_pixels,
                         .max_bytes = options->max_bytes,
                         .full_decode = options->full_decode};
    input_table_make(&l->table, l->model->mean, l->model->std, input->is_int8, input->scale, input->zero_point);
    status = take_buffers(l, error);
    return status == LT_OK ? read_scores(l, error) : status;
}

lt_status lt_load_model(lt_engine *engine, const void *bytes, size_t size) {
    return lt_load_model_as(engine, bytes, size, NULL);
}

lt_status lt_load_model_as(lt_engine *engine, const void *bytes, size_t size, const lt_stated *stated) {
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (!bytes) return lt_fail(&engine->error, LT_ARGUMENT, "lt_load_model: bytes is NULL");
    loaded *next = calloc(1, sizeof *next);
    if (!next) return lt_fail(&engine->error, LT_MEMORY, "no memory for a model");
    lt_status status = load_net(next, &engine->options, bytes, size, stated, &engine->error);
    if (status != LT_OK) {
        engine_free_loaded(next);
        return status;
    }
    size_t both = sizeof *engine + engine_loaded_bytes(engine->current) + engine_loaded_bytes(next) +
                  img_scratch_held(engine->scratch);
    if (both > engine->peak) engine->peak = both;
    engine_free_loaded(engine->current);
    engine->current = next;
    return LT_OK;
}
