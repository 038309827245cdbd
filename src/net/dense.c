#include "dense.h"

#include <string.h>

#include "model/op_kind.h"

static const tfl_op *writer_of(const tfl_graph *graph, int32_t tensor) {
    for (uint32_t i = 0; i < graph->op_count; i++)
        if ((int32_t)graph->ops[i].output == tensor) return &graph->ops[i];
    return NULL;
}

/* A constant input of an operator as f32; NULL where it is left out. The reader has checked its type and address. */
static const float *constant(const tfl_graph *graph, const tfl_op *op, uint32_t i) {
    if (i >= op->input_count || op->inputs[i] == TFL_NONE) return NULL;
    return (const float *)(const void *)graph->tensors[op->inputs[i]].data;
}

void dense_find(const tfl_graph *graph, dense *out) {
    *out = (dense){.input = TFL_NONE};
    const tfl_op *last = writer_of(graph, (int32_t)graph->output);
    if (!last || strcmp(last->kind->name, "FULLY_CONNECTED") != 0 || last->activation != TFL_ACT_NONE) return;
    const tfl_tensor *weights = &graph->tensors[last->inputs[1]];
    if (weights->type != TFL_F32 || weights->dims[0] != graph->classes) return;
    const tfl_op *above = writer_of(graph, last->inputs[0]);
    while (above && above->kind->traits & OP_RENDERS && graph->tensors[above->inputs[0]].type == TFL_F32)
        above = writer_of(graph, above->inputs[0]);
    if (!above || !(above->kind->traits & OP_RENDERS)) return; /* computed in f32, or the network's own input */
    const tfl_tensor *input = &graph->tensors[above->inputs[0]];
    if (input->elements != weights->dims[1]) return;
    *out = (dense){.input = above->inputs[0],
                   .depth = weights->dims[1],
                   .classes = graph->classes,
                   .scale = input->scales[0],
                   .zero_point = input->zero_point,
                   .weights = constant(graph, last, 1),
                   .bias = constant(graph, last, 2)};
}

void dense_run(const dense *d, const int8_t *values, float *out) {
    for (uint32_t k = 0; k < d->classes; k++) {
        const float *weights = d->weights + (size_t)k * d->depth;
        double sum = 0.0;
        for (uint32_t i = 0; i < d->depth; i++) {
            float real = (float)(values[i] - d->zero_point) * d->scale; /* rounded to f32, as DEQUANTIZE does */
            sum += (double)weights[i] * (double)real;
        }
        out[k] = (float)(d->bias ? sum + (double)d->bias[k] : sum);
    }
}
