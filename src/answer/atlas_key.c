#include "atlas.h"
#include "base/hash.h"
#include "model/graph.h"
#include "model/tflite.h"

/* Floats and words are hashed as they lie in memory: every target we have is little-endian. */
static uint64_t of_tensor(uint64_t hash, const tfl_tensor *t) {
    hash = hash_bytes(hash, t->dims, sizeof t->dims);
    hash = hash_bytes(hash, &t->zero_point, sizeof t->zero_point);
    hash = hash_bytes(hash, t->scales, t->scale_count * sizeof *t->scales);
    return t->data ? hash_bytes(hash, t->data, (size_t)t->elements * tfl_type_size(t->type)) : hash;
}

uint64_t atl_key(const tfl_graph *graph, const lt_model *model) {
    uint64_t hash = HASH_START;
    for (uint32_t i = 0; i < graph->tensor_count; i++) hash = of_tensor(hash, &graph->tensors[i]);
    hash = hash_bytes(hash, &model->width, sizeof model->width);
    hash = hash_bytes(hash, &model->height, sizeof model->height);
    hash = hash_bytes(hash, &model->crop, sizeof model->crop);
    hash = hash_bytes(hash, model->mean, sizeof model->mean);
    return hash_bytes(hash, model->std, sizeof model->std);
}
