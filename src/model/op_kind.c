#include "op_kind.h"

int op_is_global_pool(const tfl_graph *graph, const tfl_op *op) {
    if (op->kind->code == OP_MEAN) return 1;
    if (op->kind->code != OP_AVERAGE_POOL_2D) return 0;
    const tfl_tensor *input = &graph->tensors[op->inputs[0]], *output = &graph->tensors[op->output];
    return output->dims[1] == 1 && output->dims[2] == 1 && op->params.window.kernel[0] >= input->dims[1] &&
           op->params.window.kernel[1] >= input->dims[2];
}
