/* Loading a model: everything about it is ready and checked before it takes the place of the one before. */
#include "engine.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/sized.h"
#include "kernels/kernel.h"
#include "model/document.h"
#include "model/graph.h"
#include "model/tflite.h"
#include "net/choice.h"

void engine_free_loaded(loaded *l, const lt_allocator *memory) {
    if (!l) return;
    net_free(l->net);
    if (l->answer) lt_result_free(&l->answer->shown);
    atl_free(l->atlas);
    void *const blocks[] = {l->model, l->numbers, l->rgb, l->probe, l->sums, l->features, l->map, l};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) mem_give(memory, blocks[i]);
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

/* Lines of the table of kernels. */
static size_t kernel_lines(void) {
    size_t lines = 0;
    while (kn_line(lines)) lines++;
    return lines;
}

static size_t number_bytes(const loaded *l) {
    return (kernel_lines() + 1) * sizeof *l->kernels + l->cam.scale_count * sizeof *l->cam.scales +
           l->cam.weight_bytes + l->ood.bytes + l->kinds.bytes + l->selftest_bytes;
}

size_t engine_loaded_bytes(const loaded *l) {
    if (!l) return 0;
    return sizeof *l + net_peak_bytes(l->net) + 2 * rgb_bytes(l) + engine_features(l) * sizeof(float) + map_bytes(l) +
           answer_bytes(l) + number_bytes(l);
}

/* All the memory that photos are classified in; the net is there. */
static lt_status take_buffers(loaded *l, lt_engine *engine, const tfl_graph *graph) {
    const lt_allocator *memory = &engine->options.allocator;
    lt_error none; /* a network without a feature map is fine */
    if (net_feature_map(l->net, NULL, 0, l->feature_shape, &none) == LT_OK) cam_find(graph, &l->cam);
    size_t features = engine_features(l) * sizeof(float), map = map_bytes(l);
    uint32_t classes = net_classes(l->net);
    l->rgb = mem_take(memory, rgb_bytes(l));
    l->probe = mem_take(memory, rgb_bytes(l));
    if (features > 0) l->features = mem_take(memory, features);
    if (map > 0) l->map = mem_take(memory, map);
    l->sums = mem_take(memory, classes * (sizeof *l->sums + sizeof *l->logits));
    l->logits = (float *)(void *)(l->sums ? l->sums + classes : NULL);
    l->answer = result_create(memory, l->model->fingerprint, classes);
    if (l->rgb && l->probe && l->sums && l->answer && (l->features || features == 0) && (l->map || map == 0))
        return LT_OK;
    return lt_fail(&engine->error, LT_MEMORY, "no memory for %zu bytes of pixels, features and answers",
                   2 * rgb_bytes(l) + features + map + answer_bytes(l));
}

/* The numbers of the scores that the document asks for: for "not a lesion", and for the kinds where it has several. */
static lt_status read_scores(loaded *l, const tfl_graph *graph, lt_error *error) {
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

/* ---- what is kept of the file ---- */

/* Copy to *at, which moves on; the copy, or NULL where there was nothing. */
static void *move_to(uint8_t **at, const void *from, size_t size) {
    uint8_t *copy = *at;
    if (size == 0) return NULL;
    memcpy(copy, from, size);
    *at += size;
    return copy;
}

static void count_operators(const tfl_graph *graph, uint32_t *counts) {
    size_t lines = kernel_lines();
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const kn_kind *kernel = op_kernel(graph, &graph->ops[i]);
        size_t line = 0;
        while (line < lines && kn_line(line) != kernel) line++;
        counts[line]++;
    }
}

/* Of the file only this is looked at once it is loaded. Words come first, so that they are aligned. */
static lt_status keep_numbers(loaded *l, lt_engine *engine, const tfl_graph *graph) {
    l->selftest_bytes = graph->selftest_size;
    l->numbers = mem_take_clear(&engine->options.allocator, number_bytes(l));
    if (!l->numbers) return lt_fail(&engine->error, LT_MEMORY, "no memory for %zu bytes of a model", number_bytes(l));
    uint8_t *at = l->numbers;
    l->kernels = (uint32_t *)(void *)at;
    at += (kernel_lines() + 1) * sizeof *l->kernels;
    count_operators(graph, l->kernels);
    l->cam.scales = move_to(&at, l->cam.scales, l->cam.scale_count * sizeof *l->cam.scales);
    l->cam.weights = move_to(&at, l->cam.weights, l->cam.weight_bytes);
    l->ood.values = move_to(&at, l->ood.values, l->ood.bytes);
    l->kinds.values = move_to(&at, l->kinds.values, l->kinds.bytes);
    l->selftest = move_to(&at, graph->selftest, l->selftest_bytes);
    l->network = atl_key(graph, l->model);
    return LT_OK;
}

/* ---- loading ---- */

static lt_status load_net(loaded *l, lt_engine *engine, const tfl_graph *graph, const lt_stated *stated) {
    const lt_options *options = &engine->options;
    lt_error *error = &engine->error;
    lt_status status =
        net_load(graph, &(net_options){options->threads, &options->allocator, &engine->cancel}, &l->net, error);
    if (status != LT_OK) return status;
    const net_io *input = net_input(l->net);
    status = document_read(graph, input_views(input->width, input->height), stated, &l->model, error);
    if (status != LT_OK) return status;

    l->model->fingerprint = hash_bytes(HASH_START, graph->bytes, graph->size);
    l->want = (img_want){.width = input->width,
                         .height = input->height,
                         .crop = (double)l->model->crop,
                         .x = 0.5,
                         .y = 0.5,
                         .max_pixels = options->max_pixels,
                         .max_bytes = options->max_bytes,
                         .full_decode = options->full_decode,
                         .memory = &options->allocator,
                         .cancel = &engine->cancel};
    input_table_make(&l->table, l->model->mean, l->model->std, input->is_int8, input->scale, input->zero_point);
    status = take_buffers(l, engine, graph);
    if (status == LT_OK) status = read_scores(l, graph, error);
    return status == LT_OK ? keep_numbers(l, engine, graph) : status;
}

/* *held is what was taken for the call beside what *l holds. */
static lt_status load_file(loaded *l, lt_engine *engine, const uint8_t *bytes, size_t size, const lt_stated *stated,
                           size_t *held) {
    tfl_graph *graph;
    lt_status status = tfl_read(bytes, size, &engine->options.allocator, &graph, &engine->error);
    if (status != LT_OK) return status;
    *held += graph->allocated;
    status = load_net(l, engine, graph, stated);
    tfl_free(graph);
    return status;
}

/* The reader looks at words where they lie, so a file that lies between them is copied. */
static lt_status load_anywhere(loaded *l, lt_engine *engine, const uint8_t *bytes, size_t size, const lt_stated *stated,
                               size_t *held) {
    if ((uintptr_t)bytes % sizeof(uint32_t) == 0) return load_file(l, engine, bytes, size, stated, held);
    uint8_t *copy = mem_take(&engine->options.allocator, size);
    if (!copy) return lt_fail(&engine->error, LT_MEMORY, "no memory for %zu bytes of a model", size);
    memcpy(copy, bytes, size);
    *held += size;
    lt_status status = load_file(l, engine, copy, size, stated, held);
    mem_give(&engine->options.allocator, copy);
    return status;
}

lt_status lt_load_model(lt_engine *engine, const void *bytes, size_t size) {
    return lt_load_model_as(engine, bytes, size, NULL);
}

lt_status lt_load_model_as(lt_engine *engine, const void *bytes, size_t size, const lt_stated *stated) {
    lt_stated known;
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (stated && !sized_read(stated, SIZED_UP_TO(lt_stated, std), &known, sizeof known))
        return lt_fail(&engine->error, LT_ARGUMENT, "lt_load_model_as: stated.size is that of no version");
    if (!bytes) return lt_fail(&engine->error, LT_ARGUMENT, "lt_load_model: bytes is NULL");
    const lt_allocator *memory = &engine->options.allocator;
    loaded *next = mem_take_clear(memory, sizeof *next);
    if (!next) return lt_fail(&engine->error, LT_MEMORY, "no memory for a model");
    size_t held = 0;
    lt_status status = load_anywhere(next, engine, bytes, size, stated ? &known : NULL, &held);
    if (status != LT_OK) {
        engine_free_loaded(next, memory);
        return status;
    }
    size_t both = sizeof *engine + engine_loaded_bytes(engine->current) + engine_loaded_bytes(next) + held +
                  img_scratch_held(engine->scratch);
    if (both > engine->peak) engine->peak = both;
    engine_free_loaded(engine->current, memory);
    engine->current = next;
    return LT_OK;
}
