/*
 * Operators as nodes of an XNNPACK subgraph.
 *
 * Where this XNNPACK has no int8 kernel, or none that is exact, the operator takes a detour: its
 * inputs are converted to f32, the f32 operator runs, the result is converted back.
 */
#include "define.h"

#include "base/wide.h"
#include "choice.h"
#include "define_conv16.h"
#include "define_plain.h"
#include "define_pool.h"
#include "define_table.h"
#include "kernel_node.h"

/* Outside these ratios of scales XNNPACK's fixed-point ADD and MUL overflow. */
static const float ADD_LEAST = 0x1p-10f, MUL_LEAST = 0x1p-16f, RATIO_END = 0x1p8f;

/* ---- bounds ---- */

static void clamp(op_builder *builder, tfl_activation activation, uint32_t from, uint32_t to) {
    union xnn_unary_params params;
    tfl_bounds(activation, &params.clamp.min, &params.clamp.max);
    if (!op_builder_failed(builder))
        op_note(builder, xnn_define_unary(builder->subgraph, xnn_unary_clamp, &params, from, to, 0));
}

/* Where an operator without a fused activation of its own is to write; finish_clamped does the rest. */
static uint32_t clamped_output(op_builder *builder, const tfl_op *op) {
    if (op->activation == TFL_ACT_NONE) return op_value(builder, (int32_t)op->output);
    return op_make_value(builder, &builder->graph->tensors[op->output], NULL, XNN_INVALID_VALUE_ID, 0);
}

static void finish_clamped(op_builder *builder, const tfl_op *op, uint32_t written) {
    uint32_t output = op_value(builder, (int32_t)op->output);
    if (output != written) clamp(builder, op->activation, written, output);
}

/* ---- weights ---- */

/* The tensors of a convolution or dense layer as values. */
typedef struct weighted {
    uint32_t input, filter, bias, output;
    float least, most;
} weighted;

/* One scale per channel, whatever the file has: then one kind of kernel serves both. */
static const float *channel_scales(op_builder *builder, const tfl_tensor *weights, uint32_t channels) {
    if (weights->scale_count == channels) return weights->scales;
    float *scales = builder->keep(builder->context, channels * sizeof *scales);
    if (!scales) op_note(builder, xnn_status_out_of_memory);
    for (uint32_t i = 0; scales && i < channels; i++) scales[i] = weights->scales[0];
    return scales;
}

static uint32_t static_value(op_builder *builder, const tfl_tensor *tensor, enum xnn_datatype type, const float *scales,
                             uint32_t axis) {
    size_t sizes[TFL_MAX_RANK];
    op_sizes(tensor, sizes);
    uint32_t id = XNN_INVALID_VALUE_ID;
    if (op_builder_failed(builder)) return id;
    if (scales)
        op_note(builder,
                xnn_define_channelwise_quantized_tensor_value(builder->subgraph, type, scales, tensor->rank, axis,
                                                              sizes, tensor->data, XNN_INVALID_VALUE_ID, 0, &id));
    else
        op_note(builder, xnn_define_tensor_value(builder->subgraph, type, tensor->rank, sizes, tensor->data,
                                                 XNN_INVALID_VALUE_ID, 0, &id));
    return id;
}

/* Packing reads weights and biases within their bounds, so they stay in the file. */
static weighted weighted_values(op_builder *builder, const tfl_op *op, uint32_t channel_axis) {
    const tfl_tensor *tensors = builder->graph->tensors, *filter = &tensors[op->inputs[1]];
    int is_int8 = filter->type == TFL_I8, has_bias = op->input_count > 2 && op->inputs[2] != TFL_NONE;
    weighted w = {.input = op_value(builder, op->inputs[0]), .bias = XNN_INVALID_VALUE_ID};
    const float *scales = is_int8 ? channel_scales(builder, filter, filter->dims[channel_axis]) : NULL;
    w.filter = static_value(builder, filter, is_int8 ? xnn_datatype_qcint8 : xnn_datatype_fp32, scales, channel_axis);
    if (has_bias)
        w.bias = static_value(builder, &tensors[op->inputs[2]], is_int8 ? xnn_datatype_qcint32 : xnn_datatype_fp32,
                              scales, 0);
    w.output = op_value(builder, (int32_t)op->output);
    tfl_bounds(op->activation, &w.least, &w.most);
    return w;
}

/* Convolutions and dense layers are defined for XNNPACK all the same: its checks and fusions serve both. */
static void run_on_kernel(op_builder *builder, const tfl_op *op) {
    if (!op_builder_failed(builder) && op_kernel(builder->graph, op)) kernel_node_own(builder->subgraph);
}

/* Rows and columns of padding as XNNPACK wants them: clockwise from the top. */
typedef struct border {
    uint32_t top, right, bottom, left;
} border;

static border border_of(const op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors;
    uint32_t padding[4];
    tfl_padding(&tensors[op->inputs[0]], &tensors[op->output], &op->params, padding);
    return (border){.top = padding[0], .bottom = padding[1], .left = padding[2], .right = padding[3]};
}

/* Are the weights such that no fixed-point kernel takes them? */
static int needs_conv16(const op_builder *builder, const tfl_op *op) {
    return op_is_dynamic(builder->graph, op) || op_is_uneven(builder->graph, op);
}

static void define_conv(op_builder *builder, const tfl_op *op) {
    if (LT_WIDE && needs_conv16(builder, op)) {
        define_conv16(builder, op);
        return;
    }
    const tfl_tensor *filter = &builder->graph->tensors[op->inputs[1]];
    const tfl_params *p = &op->params;
    weighted w = weighted_values(builder, op, 0);
    border b = border_of(builder, op);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_convolution_2d(builder->subgraph, b.top, b.right, b.bottom, b.left, p->window.kernel[0],
                                               p->window.kernel[1], p->window.stride[0], p->window.stride[1],
                                               p->window.dilation[0], p->window.dilation[1], p->window.groups,
                                               filter->dims[3], filter->dims[0] / p->window.groups, w.least, w.most,
                                               w.input, w.filter, w.bias, w.output, 0));
    run_on_kernel(builder, op);
}

static void define_depthwise(op_builder *builder, const tfl_op *op) {
    if (LT_WIDE && needs_conv16(builder, op)) {
        define_conv16(builder, op);
        return;
    }
    const tfl_tensor *input = &builder->graph->tensors[op->inputs[0]];
    const tfl_params *p = &op->params;
    weighted w = weighted_values(builder, op, 3);
    border b = border_of(builder, op);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_depthwise_convolution_2d(builder->subgraph, b.top, b.right, b.bottom, b.left,
                                                         p->window.kernel[0], p->window.kernel[1], p->window.stride[0],
                                                         p->window.stride[1], p->window.dilation[0],
                                                         p->window.dilation[1], p->window.multiplier, input->dims[3],
                                                         w.least, w.most, w.input, w.filter, w.bias, w.output, 0));
    run_on_kernel(builder, op);
}

static void define_dense(op_builder *builder, const tfl_op *op) {
    if (LT_WIDE && needs_conv16(builder, op)) {
        define_conv16(builder, op);
        return;
    }
    weighted w = weighted_values(builder, op, 0);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_fully_connected(builder->subgraph, w.least, w.most, w.input, w.filter, w.bias, w.output,
                                                op->params.flatten ? XNN_FLAG_TENSORFLOW_RESHAPE_2D : 0));
    run_on_kernel(builder, op);
}

/* ---- pooling ---- */

static void define_mean(op_builder *builder, const tfl_op *op) {
    if (LT_WIDE && !op_is_global_pool(builder->graph, op)) {
        (void)define_plain(builder, op);
        return;
    }
    static const size_t axes[2] = {1, 2};
    uint32_t flags = builder->graph->tensors[op->output].rank == 4 ? XNN_FLAG_KEEP_DIMS : 0;
    uint32_t input = op_value(builder, op->inputs[0]), output = clamped_output(builder, op);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_static_reduce(builder->subgraph, xnn_reduce_mean, 2, axes, input, output, flags));
    finish_clamped(builder, op, output);
}

/* XNNPACK averages f32 only; it is another kernel, which narrow builds do without. */
static void define_average_pool(op_builder *builder, const tfl_op *op) {
    if (!LT_WIDE || builder->graph->tensors[op->output].type == TFL_I8) {
        define_pool(builder, op);
        return;
    }
    if (op_is_global_pool(builder->graph, op)) {
        define_mean(builder, op);
        return;
    }
    const tfl_params *p = &op->params;
    border b = border_of(builder, op);
    float least, most;
    tfl_bounds(op->activation, &least, &most);
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_average_pooling_2d(builder->subgraph, b.top, b.right, b.bottom, b.left,
                                                   p->window.kernel[0], p->window.kernel[1], p->window.stride[0],
                                                   p->window.stride[1], least, most, input, output, 0));
}

static void define_max_pool(op_builder *builder, const tfl_op *op) {
    const tfl_params *p = &op->params;
    if (p->window.kernel[0] == 1 && p->window.kernel[1] == 1) {
        define_average_pool(builder, op); /* of one element; XNNPACK has no such maximum */
        return;
    }
    border b = border_of(builder, op);
    float least, most;
    tfl_bounds(op->activation, &least, &most);
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_max_pooling_2d(builder->subgraph, b.top, b.right, b.bottom, b.left, p->window.kernel[0],
                                               p->window.kernel[1], p->window.stride[0], p->window.stride[1], 1, 1,
                                               least, most, input, output, 0));
}

/* ---- two operands ---- */

/* Do XNNPACK's fixed-point kernels take the scales? */
static int within(float ratio, float least) {
    return ratio >= least && ratio < RATIO_END;
}

static void define_binary(op_builder *builder, const tfl_op *op, enum xnn_binary_operator kind, int fits) {
    struct xnn_binary_params bounds;
    float least, most;
    tfl_bounds(op->activation, &least, &most);
    bounds.output_min = least;
    bounds.output_max = most;
    uint32_t a = fits ? op_value(builder, op->inputs[0]) : op_float_input(builder, op->inputs[0]);
    uint32_t b = fits ? op_value(builder, op->inputs[1]) : op_float_input(builder, op->inputs[1]);
    uint32_t output = fits ? op_value(builder, (int32_t)op->output) : op_float_output(builder, op);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_binary(builder->subgraph, kind, &bounds, a, b, output, 0));
    op_finish_output(builder, op, output);
}

static void define_add(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors, *output = &tensors[op->output];
    int fits = 1;
    for (uint32_t i = 0; output->type == TFL_I8 && i < 2; i++)
        fits = fits && within(tensors[op->inputs[i]].scales[0] / output->scales[0], ADD_LEAST);
    define_binary(builder, op, xnn_binary_add, fits);
}

static void define_mul(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors, *output = &tensors[op->output];
    const tfl_tensor *a = &tensors[op->inputs[0]], *b = &tensors[op->inputs[1]];
    int fits = output->type != TFL_I8 || within(a->scales[0] * b->scales[0] / output->scales[0], MUL_LEAST);
    define_binary(builder, op, xnn_binary_multiply, fits);
}

/* ---- shape ---- */

static void define_reshape(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *shape = &builder->graph->tensors[op->output];
    size_t sizes[TFL_MAX_RANK];
    op_sizes(shape, sizes);
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_static_reshape(builder->subgraph, shape->rank, sizes, input, output, 0));
}

static void define_pad(op_builder *builder, const tfl_op *op) {
    size_t before[XNN_MAX_TENSOR_DIMS] = {0}, after[XNN_MAX_TENSOR_DIMS] = {0};
    for (uint32_t i = 0; i < builder->graph->tensors[op->output].rank; i++) {
        before[i] = op->params.pad[i][0];
        after[i] = op->params.pad[i][1];
    }
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (op_builder_failed(builder)) return;
    /* The real value: XNNPACK turns it into the zero point itself. */
    float value = LT_WIDE && op->kind->code == OP_PADV2 ? plain_padding(builder->graph, op) : 0;
    op_note(builder, xnn_define_static_constant_pad(builder->subgraph, before, after, value, input, output, 0));
}

/* Join two values into one that has the output's other axes. */
static uint32_t join(op_builder *builder, const tfl_op *op, uint32_t a, uint32_t b, uint32_t joined, uint32_t into) {
    uint32_t axis = op->params.axis;
    tfl_tensor part = builder->graph->tensors[op->output];
    part.dims[axis] = joined;
    if (into == XNN_INVALID_VALUE_ID) into = op_make_value(builder, &part, NULL, XNN_INVALID_VALUE_ID, 0);
    if (!op_builder_failed(builder))
        op_note(builder, xnn_define_concatenate2(builder->subgraph, (int32_t)axis, a, b, into, 0));
    return into;
}

/* An input's value in the output's scale, which only uint8 inputs may not have already. */
static uint32_t joinable(op_builder *builder, const tfl_op *op, uint32_t i) {
    const tfl_tensor *input = &builder->graph->tensors[op->inputs[i]], *output = &builder->graph->tensors[op->output];
    uint32_t value = op_value(builder, op->inputs[i]);
    if (!LT_WIDE || input->type != TFL_I8 || tfl_same_scale(input, output)) return value;
    tfl_tensor other = *input;
    other.scales = output->scales;
    other.zero_point = output->zero_point;
    uint32_t rescaled = op_make_value(builder, &other, NULL, XNN_INVALID_VALUE_ID, 0);
    define_rescaled(builder, input, output, value, rescaled);
    return rescaled;
}

static void define_concat(op_builder *builder, const tfl_op *op) {
    uint32_t axis = op->params.axis, output = op_value(builder, (int32_t)op->output);
    uint32_t sum = joinable(builder, op, 0), length = builder->graph->tensors[op->inputs[0]].dims[axis];
    if (op->input_count == 1 && !op_builder_failed(builder))
        op_note(builder, xnn_define_copy(builder->subgraph, sum, output, 0));
    for (uint32_t i = 1; i < op->input_count; i++) {
        length += builder->graph->tensors[op->inputs[i]].dims[axis];
        sum = join(builder, op, sum, joinable(builder, op, i), length,
                   i + 1 == op->input_count ? output : XNN_INVALID_VALUE_ID);
    }
}

/* ---- element by element ---- */

static void define_unary(op_builder *builder, const tfl_op *op, enum xnn_unary_operator kind) {
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (!op_builder_failed(builder))
        op_note(builder, xnn_define_unary(builder->subgraph, kind, NULL, input, output, 0));
}

static void define_sigmoid(op_builder *builder, const tfl_op *op) {
    define_unary(builder, op, xnn_unary_sigmoid); /* int8: XNNPACK makes a table of 256 */
}

static void define_hard_swish(op_builder *builder, const tfl_op *op) {
    if (builder->graph->tensors[op->output].type == TFL_I8 && define_hard_swish_table(builder, op)) return;
    define_unary(builder, op, xnn_unary_hardswish);
}

static void define_softmax(op_builder *builder, const tfl_op *op) {
    uint32_t input = op_float_input(builder, op->inputs[0]), output = op_float_output(builder, op);
    if (op_builder_failed(builder)) return;
    op_note(builder, xnn_define_softmax(builder->subgraph, input, output, 0));
    op_finish_output(builder, op, output);
}

static void define_clamp(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *from = &builder->graph->tensors[op->inputs[0]], *to = &builder->graph->tensors[op->output];
    if (to->type == TFL_F32 || tfl_same_scale(from, to))
        clamp(builder, op->activation, op_value(builder, op->inputs[0]), op_value(builder, (int32_t)op->output));
    else
        define_relu_table(builder, op);
}

static void define_convert(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors;
    if (tensors[op->inputs[0]].type == TFL_I8 && tensors[op->output].type == TFL_I8)
        define_quantize_table(builder, op);
    else
        op_convert(builder, op_value(builder, op->inputs[0]), op_value(builder, (int32_t)op->output));
}

/* ---- all of them ---- */

void op_define(op_builder *builder, const tfl_op *op) {
    static const struct {
        int32_t code; /* OP_… */
        void (*define)(op_builder *builder, const tfl_op *op);
    } table[] = {
        {OP_CONV_2D, define_conv},
        {OP_DEPTHWISE_CONV_2D, define_depthwise},
        {OP_FULLY_CONNECTED, define_dense},
        {OP_ADD, define_add},
        {OP_MUL, define_mul},
        {OP_AVERAGE_POOL_2D, define_average_pool},
        {OP_MAX_POOL_2D, define_max_pool},
        {OP_MEAN, define_mean},
        {OP_RESHAPE, define_reshape},
        {OP_PAD, define_pad},
        {OP_CONCATENATION, define_concat},
        {OP_SOFTMAX, define_softmax},
        {OP_LOGISTIC, define_sigmoid},
        {OP_HARD_SWISH, define_hard_swish},
        {OP_RELU, define_clamp},
        {OP_RELU6, define_clamp},
        {OP_QUANTIZE, define_convert},
        {OP_DEQUANTIZE, define_convert},
    };
    int32_t code = LT_WIDE ? plain_alias(op->kind->code) : op->kind->code;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].code == code) {
            table[i].define(builder, op);
            return;
        }
    if (LT_WIDE && define_plain(builder, op)) return;
    op_note(builder, xnn_status_unsupported_parameter); /* no line of the table in model/ops.c is without one here */
}
