#include "op_kind.h"

#include "base/wide.h"

int op_is_global_pool(const tfl_graph *graph, const tfl_op *op) {
    if (op->kind->code == OP_MEAN) return !LT_WIDE || op->params.reduced == OP_PICTURE_AXES;
    if (op->kind->code != OP_AVERAGE_POOL_2D) return 0;
    const tfl_tensor *input = &graph->tensors[op->inputs[0]], *output = &graph->tensors[op->output];
    return output->dims[1] == 1 && output->dims[2] == 1 && op->params.window.kernel[0] >= input->dims[1] &&
           op->params.window.kernel[1] >= input->dims[2];
}

/* Does the operator have weights of int8? */
static int has_int8_weights(const tfl_graph *graph, const tfl_op *op) {
    int32_t code = op->kind->code;
    if (code != OP_CONV_2D && code != OP_DEPTHWISE_CONV_2D && code != OP_FULLY_CONNECTED) return 0;
    return op->inputs[1] != TFL_NONE && graph->tensors[op->inputs[1]].type == TFL_I8;
}

int op_is_dynamic(const tfl_graph *graph, const tfl_op *op) {
    return has_int8_weights(graph, op) && op->inputs[0] != TFL_NONE && graph->tensors[op->inputs[0]].type == TFL_F32;
}

int op_is_uneven(const tfl_graph *graph, const tfl_op *op) {
    return has_int8_weights(graph, op) && graph->tensors[op->inputs[1]].zero_point != 0;
}
