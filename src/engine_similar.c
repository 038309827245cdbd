/* Lesions of an atlas that look like the photo classified last. */
#include "engine.h"

#include <string.h>

#include "base/json.h"

uint64_t lt_network(const lt_engine *engine) {
    const loaded *l = engine ? engine->current : NULL;
    return l ? l->network : 0;
}

lt_status lt_load_atlas(lt_engine *engine, const void *bytes, size_t size) {
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    loaded *l = engine->current;
    atlas *next;
    lt_clear(error);
    if (!bytes) return lt_fail(error, LT_ARGUMENT, "lt_load_atlas: bytes is NULL");
    if (!l) return lt_fail(error, LT_NO_MODEL, "lt_load_atlas: load a model first");
    const atl_model model = {lt_network(engine), l->feature_shape[2], l->model->label_count, l->model->kind_count};
    lt_status status = atl_read(bytes, size, &model, &engine->options.allocator, &next, error);
    if (status != LT_OK) return status;
    atl_free(l->atlas);
    l->atlas = next;
    return LT_OK;
}

lt_status lt_similar(lt_engine *engine, lt_neighbour *out, uint32_t capacity, uint32_t *count) {
    lt_neighbour found[LT_NEIGHBOURS];
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    const loaded *l = engine->current;
    lt_clear(error);
    if (!out || !count) return lt_fail(error, LT_ARGUMENT, "lt_similar: %s is NULL", out ? "count" : "out");
    if (!l) return lt_fail(error, LT_NO_MODEL, "lt_similar: load a model first");
    if (!l->atlas) return lt_fail(error, LT_ARGUMENT, "lt_similar: load an atlas first");
    if (l->views == 0) return lt_fail(error, LT_ARGUMENT, "lt_similar: this model has classified no photo yet");
    size_t positions = (size_t)l->feature_shape[0] * l->feature_shape[1];
    uint32_t all = atl_nearest(l->atlas, l->features, positions, l->answer->shown.kind, found);
    *count = all < capacity ? all : capacity;
    memcpy(out, found, *count * sizeof *out);
    return LT_OK;
}

size_t lt_similar_json(lt_engine *engine, char *out, size_t capacity) {
    lt_neighbour found[LT_NEIGHBOURS];
    const char *labels[LT_NEIGHBOURS];
    uint32_t count;
    json_out json;
    if (lt_similar(engine, found, LT_NEIGHBOURS, &count) != LT_OK) return 0;
    for (uint32_t i = 0; i < count; i++) labels[i] = engine->current->model->labels[found[i].label].id;
    json_begin(&json, out, capacity);
    atl_json(&json, engine->current->atlas, labels, found, count);
    return json_end(&json);
}
