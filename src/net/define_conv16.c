/*
 * Convolutions and dense layers by the sums of kernels/conv16.h.
 *
 * With int8 inputs (uneven weights) a sum becomes int8 as in kernels/kernel.h. With f32 inputs (dynamic) the input is
 * quantised first, to 8 bits whose ends are the least and the largest value, 0 among them; the output is the sum by both
 * scales, plus the bias. As in LiteRT with its XNNPACK, a dense layer and a convolution of 1x1 have scales of their own for
 * each pixel, others one for the picture. What is rounded where follows LiteRT to the bit: a value that falls on the other
 * side of a step changes those that follow, so that engines which round otherwise give other answers (by 0.1 of a
 * probability: two ways of LiteRT's own on a MobileNet of random weights).
 */
#include "define_conv16.h"

#include <math.h>
#include <string.h>

#include "kernels/conv16.h"
#include "own_node.h"

static const float steps_of_int8 = 255; /* from the least int8 value to the largest */

/* What an operator's pieces need; the tensors' memory is the file's or the graph's. */
typedef struct conv16 {
    own_node node;
    c16_shape shape;
    int is_dynamic;
    uint32_t rows; /* parts of the input that are quantised each by itself: its pixels, or 1 */
    const int16_t *packed;
    const float *factors;   /* [out_channels] from sum to output; dynamic: without the input's scale */
    const int32_t *steps;   /* [out_channels] added to a sum; NULL: nothing */
    const float *bias;      /* [out_channels] dynamic: added to the product; NULL: nothing */
    int32_t input_zero, output_zero;
    float least, most;      /* of the output: real, or int8 less its zero point */
} conv16;

static const conv16 *conv16_of(const own_run *run) {
    return (const conv16 *)(const void *)run->node;
}

/* ---- scratch: the input's scales, then its differences ---- */

static size_t scales_bytes(const conv16 *c) {
    return (c->rows * sizeof(float) + 63) / 64 * 64;
}

static int16_t *differences(const conv16 *c, const own_run *run) {
    return (int16_t *)(void *)((uint8_t *)run->shared + scales_bytes(c));
}

static size_t input_elements(const conv16 *c) {
    return (size_t)c->shape.height * c->shape.width * c->shape.channels;
}

/* ---- the first phase: the input as differences of 16 bits ---- */

/* The ends of values, 0 among them. */
typedef struct ends {
    float least, most;
} ends;

static ends ends_of(const float *values, size_t count) {
    ends e = {0, 0};
    for (size_t i = 0; i < count; i++) {
        e.least = values[i] < e.least ? values[i] : e.least;
        e.most = values[i] > e.most ? values[i] : e.most;
    }
    return e;
}

/* The zero point that leaves the smaller error at the ends, which lie at these steps from it. */
static float zero_point(float least, float most) {
    float zero = (INT8_MIN + least) + (INT8_MAX + most) > 0 ? INT8_MIN - least : INT8_MAX - most;
    return rintf(fminf(fmaxf(zero, INT8_MIN), INT8_MAX));
}

/* Rounded once, as an instruction for it does: a double holds the product. */
static float multiply_add(float a, float b, float c) {
    return (float)((double)a * (double)b + (double)c);
}

/* Values to steps of a scale of their own, less their zero point; returns the scale. Roundings are XNNPACK's. */
static float quantise(const float *values, size_t count, int16_t *to) {
    ends e = ends_of(values, count);
    float steps = e.most > e.least ? steps_of_int8 / (e.most - e.least) : 1;
    float zero = zero_point(e.least * steps, e.most * steps), scale = 1 / steps;
    for (size_t i = 0; i < count; i++)
        to[i] = (int16_t)fminf(fmaxf(rintf(values[i] * steps), INT8_MIN - zero), INT8_MAX - zero);
    return scale;
}

/* The same with the roundings of LiteRT's own kernels, which run depthwise convolutions of this kind. */
static float quantise_for_depthwise(const float *values, size_t count, int16_t *to) {
    ends e = ends_of(values, count);
    float scale = e.most > e.least ? (e.most - e.least) / steps_of_int8 : 1, steps = 1 / scale;
    float zero = zero_point(e.least / scale, e.most / scale);
    for (size_t i = 0; i < count; i++) {
        float real = values[i] * steps, whole = truncf(real + copysignf(0.5f, real));
        to[i] = (int16_t)fminf(fmaxf(whole, INT8_MIN - zero), INT8_MAX - zero);
    }
    return scale;
}

static void prepare_picture(const own_run *run, uint32_t piece, void *scratch) {
    const conv16 *c = conv16_of(run);
    (void)piece, (void)scratch;
    float *scale = run->shared;
    *scale =
        (c->shape.depthwise ? quantise_for_depthwise : quantise)(run->in[0], input_elements(c), differences(c, run));
}

/* A row of the picture, of as many pixels as the output's has. */
static void prepare_pixels(const own_run *run, uint32_t y, void *scratch) {
    const conv16 *c = conv16_of(run);
    size_t width = c->shape.width, count = c->shape.channels;
    (void)scratch;
    for (size_t pixel = y * width; pixel < (y + 1) * width; pixel++)
        ((float *)run->shared)[pixel] =
            quantise((const float *)run->in[0] + pixel * count, count, differences(c, run) + pixel * count);
}

static void prepare_int8(const own_run *run, uint32_t piece, void *scratch) {
    const conv16 *c = conv16_of(run);
    const int8_t *in = run->in[0];
    int16_t *to = differences(c, run);
    (void)piece, (void)scratch;
    for (size_t i = 0; i < input_elements(c); i++) to[i] = (int16_t)(in[i] - c->input_zero);
}

/* ---- the second phase: rows of the output ---- */

static void row_of_real(const own_run *run, uint32_t y, void *scratch) {
    const conv16 *c = conv16_of(run);
    const int32_t *sums = c16_row(&c->shape, c->packed, differences(c, run), y, scratch);
    const float *scales = run->shared;
    float *out = (float *)run->out + (size_t)y * c->shape.out_width * c->shape.out_channels;
    for (uint32_t x = 0; x < c->shape.out_width; x++) {
        float scale = scales[c->rows > 1 ? y * c->shape.out_width + x : 0];
        for (uint32_t k = 0; k < c->shape.out_channels; k++) {
            float sum = (float)*sums++, bias = c->bias ? c->bias[k] : 0;
            float real = c->shape.depthwise ? sum * c->factors[k] * scale + bias
                                            : multiply_add(sum * scale, c->factors[k], bias);
            *out++ = fminf(fmaxf(real, c->least), c->most);
        }
    }
}

static void row_of_int8(const own_run *run, uint32_t y, void *scratch) {
    const conv16 *c = conv16_of(run);
    const int32_t *sums = c16_row(&c->shape, c->packed, differences(c, run), y, scratch);
    int8_t *out = (int8_t *)run->out + (size_t)y * c->shape.out_width * c->shape.out_channels;
    for (uint32_t x = 0; x < c->shape.out_width; x++)
        for (uint32_t k = 0; k < c->shape.out_channels; k++) {
            uint32_t sum = (uint32_t)*sums++ + (c->steps ? (uint32_t)c->steps[k] : 0);
            float real = (float)(int32_t)sum * c->factors[k];
            *out++ = (int8_t)(lrintf(fminf(fmaxf(real, c->least), c->most)) + c->output_zero);
        }
}

/* ---- the operator ---- */

static c16_shape shape_of(const op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors, *input = &tensors[op->inputs[0]];
    const tfl_tensor *weights = &tensors[op->inputs[1]], *output = &tensors[op->output];
    c16_shape s = {.kernel = {1, 1}, .stride = {1, 1}, .dilation = {1, 1}, .height = 1, .out_height = 1, .groups = 1};
    if (op->kind->code == OP_FULLY_CONNECTED) {
        s.channels = weights->dims[1], s.out_channels = weights->dims[0];
        s.width = s.out_width = (uint32_t)(input->elements / s.channels);
        return s;
    }
    uint32_t padding[4];
    tfl_padding(input, output, &op->params, padding);
    s.depthwise = op->kind->code == OP_DEPTHWISE_CONV_2D;
    for (uint32_t side = 0; side < 2; side++) {
        s.kernel[side] = op->params.window.kernel[side];
        s.stride[side] = op->params.window.stride[side];
        s.dilation[side] = op->params.window.dilation[side];
    }
    s.height = input->dims[1], s.width = input->dims[2], s.channels = input->dims[3];
    s.out_height = output->dims[1], s.out_width = output->dims[2], s.out_channels = output->dims[3];
    s.pad_top = padding[0], s.pad_left = padding[2];
    if (!s.depthwise) s.groups = op->params.window.groups;
    return s;
}

/* A bound as the int8 output has it, less the zero point. */
static float step_bound(float bound, const tfl_tensor *output) {
    float zero = (float)output->zero_point;
    return rintf(fminf(fmaxf(bound / output->scales[0] + zero, INT8_MIN), INT8_MAX)) - zero;
}

/* bias: [out_channels] f32, or i32 in the steps of the sums; NULL: none. */
static void set_quantisation(conv16 *c, const op_builder *builder, const tfl_op *op, float *factors, const void *bias) {
    const tfl_tensor *tensors = builder->graph->tensors, *input = &tensors[op->inputs[0]];
    const tfl_tensor *weights = &tensors[op->inputs[1]], *output = &tensors[op->output];
    tfl_bounds(op->activation, &c->least, &c->most);
    for (uint32_t k = 0; k < c->shape.out_channels; k++) factors[k] = weights->scales[weights->scale_count > 1 ? k : 0];
    c->factors = factors;
    if (c->is_dynamic) {
        c->bias = bias;
        return;
    }
    for (uint32_t k = 0; k < c->shape.out_channels; k++) factors[k] = input->scales[0] * factors[k] / output->scales[0];
    c->steps = bias;
    c->input_zero = input->zero_point;
    c->output_zero = output->zero_point;
    c->least = step_bound(c->least, output);
    c->most = step_bound(c->most, output);
}

/* Does each value of the output come from one pixel, in the same place? */
static int is_by_pixel(const c16_shape *s) {
    return !s->depthwise && s->kernel[0] * s->kernel[1] == 1 && s->stride[0] * s->stride[1] == 1;
}

static void set_work(conv16 *c) {
    c->node.shared_bytes = scales_bytes(c) + (input_elements(c) + C16_SLACK) * sizeof(int16_t);
    c->node.thread_bytes = c16_scratch_bytes(&c->shape);
    c->node.pieces[0] = c->is_dynamic && c->rows > 1 ? c->shape.height : 1;
    c->node.pieces[1] = c->shape.out_height;
    c->node.phases[0] = !c->is_dynamic ? prepare_int8 : c->rows > 1 ? prepare_pixels : prepare_picture;
    c->node.phases[1] = c->is_dynamic ? row_of_real : row_of_int8;
}

void define_conv16(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors, *weights = &tensors[op->inputs[1]];
    int has_bias = op->input_count > 2 && op->inputs[2] != TFL_NONE;
    c16_shape shape = shape_of(builder, op);
    conv16 *c = builder->keep(builder->context, sizeof *c);
    float *factors = builder->keep(builder->context, shape.out_channels * sizeof *factors);
    int16_t *packed = builder->keep(builder->context, c16_packed_bytes(&shape));
    const size_t bias_bytes = has_bias ? shape.out_channels * sizeof(float) : 0; /* i32 takes as much */
    void *bias = has_bias ? builder->keep(builder->context, bias_bytes) : NULL;
    if (!c || !factors || !packed || (has_bias && !bias)) {
        op_note(builder, xnn_status_out_of_memory);
        return;
    }
    c->shape = shape;
    c->packed = packed;
    c->is_dynamic = op_is_dynamic(builder->graph, op);
    c->rows = c->is_dynamic && is_by_pixel(&shape) ? shape.height * shape.width : 1;
    c16_pack(&shape, (const int8_t *)weights->data, weights->zero_point, packed);
    if (has_bias) memcpy(bias, tensors[op->inputs[2]].data, bias_bytes);
    set_quantisation(c, builder, op, factors, bias);
    set_work(c);
    uint32_t input = op_value(builder, op->inputs[0]), output = op_value(builder, (int32_t)op->output);
    if (builder->status == xnn_status_success)
        op_note(builder, own_node_define(builder->subgraph, &c->node, &input, 1, output));
}
