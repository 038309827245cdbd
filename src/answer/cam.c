#include "cam.h"

#include <string.h>

#include "model/op_kind.h"

/* The operator that writes a tensor; NULL where none does. */
static const tfl_op *writer_of(const tfl_graph *graph, int32_t tensor) {
    for (uint32_t i = 0; i < graph->op_count; i++)
        if ((int32_t)graph->ops[i].output == tensor) return &graph->ops[i];
    return NULL;
}

/* The first operator above a tensor that does more than the given traits say. */
static const tfl_op *writer_beyond(const tfl_graph *graph, int32_t tensor, uint8_t traits) {
    const tfl_op *op = writer_of(graph, tensor);
    while (op && op->kind->traits & traits) op = writer_of(graph, op->inputs[0]);
    return op;
}

void cam_find(const tfl_graph *graph, cam *out) {
    *out = (cam){0};
    const tfl_op *dense = writer_beyond(graph, (int32_t)graph->output, OP_RENDERS | OP_PROBABILITIES);
    if (!dense || strcmp(dense->kind->name, "FULLY_CONNECTED") != 0 || dense->activation != TFL_ACT_NONE) return;
    const tfl_op *pool = writer_beyond(graph, dense->inputs[0], OP_RENDERS);
    if (!pool || !op_is_global_pool(graph, pool) || pool->inputs[0] != graph->feature) return;
    const tfl_tensor *feature = &graph->tensors[graph->feature], *weights = &graph->tensors[dense->inputs[1]];
    if (!weights->data || weights->rank != 2 || weights->dims[0] != graph->classes) return;
    if (weights->dims[1] != feature->dims[3]) return;
    *out = (cam){.weights = weights->data,
                 .weight_bytes = (size_t)weights->elements * tfl_type_size(weights->type),
                 .is_int8 = weights->type == TFL_I8,
                 .scales = weights->scales,
                 .scale_count = weights->scale_count,
                 .zero_point = weights->zero_point,
                 .height = feature->dims[1],
                 .width = feature->dims[2],
                 .channels = feature->dims[3]};
}

/* One weight, but for its scale. The file aligns a constant to nothing that a float could count on. */
static double weight_at(const cam *c, size_t index) {
    float real;
    if (c->is_int8) return (double)((int8_t)c->weights[index] - c->zero_point);
    memcpy(&real, c->weights + index * sizeof real, sizeof real);
    return (double)real;
}

void cam_map(const cam *c, const float *features, uint32_t class, float *out) {
    double scale = c->is_int8 ? (double)c->scales[c->scale_count > 1 ? class : 0] : 1.0;
    size_t first = (size_t)class * c->channels;
    for (size_t place = 0; place < (size_t)c->height * c->width; place++) {
        /* in one order and in double, so that every build gives the same bits */
        double sum = 0.0;
        for (size_t k = 0; k < c->channels; k++)
            sum += weight_at(c, first + k) * (double)features[place * c->channels + k];
        out[place] = (float)(sum * scale);
    }
}
