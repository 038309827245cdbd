#include "choice.h"

#include "base/wide.h"
#include "kernels/kernel.h"
#include "model/op_kind.h"

enum { ROWS = 1, COLUMNS = 2, CHANNELS = 3 }; /* axes of a picture tensor */

/* A kernel sees one picture, and every pixel of its window beside the next. Returns 0 where that does not hold. */
static int picture_shape(const tfl_op *op, const tfl_tensor *input, const tfl_tensor *output, kn_shape *s) {
    if (input->dims[0] != 1 || op->params.window.dilation[0] != 1 || op->params.window.dilation[1] != 1) return 0;
    for (uint32_t side = 0; side < 2; side++) {
        s->kernel[side] = op->params.window.kernel[side];
        s->stride[side] = op->params.window.stride[side];
    }
    s->height = input->dims[ROWS], s->width = input->dims[COLUMNS], s->channels = input->dims[CHANNELS];
    s->out_height = output->dims[ROWS], s->out_width = output->dims[COLUMNS], s->out_channels = output->dims[CHANNELS];
    return 1;
}

const kn_kind *op_kernel(const tfl_graph *graph, const tfl_op *op) {
    const tfl_tensor *input = &graph->tensors[op->inputs[0]], *output = &graph->tensors[op->output];
    kn_shape s = {.kernel = {1, 1}, .stride = {1, 1}, .height = 1, .out_height = 1};
    if (output->type != TFL_I8 || input->type != TFL_I8) return NULL;
    if (LT_WIDE && op_is_uneven(graph, op)) return NULL;
    if (op->kind->code == OP_FULLY_CONNECTED) {
        const tfl_tensor *weights = &graph->tensors[op->inputs[1]];
        s.channels = weights->dims[1], s.out_channels = weights->dims[0];
        s.width = s.out_width = (uint32_t)(input->elements / s.channels);
        return kn_find(&s);
    }
    s.depthwise = op->kind->code == OP_DEPTHWISE_CONV_2D;
    if (!s.depthwise && (op->kind->code != OP_CONV_2D || op->params.window.groups != 1)) return NULL;
    return picture_shape(op, input, output, &s) ? kn_find(&s) : NULL;
}
