/*
 * Averages over windows.
 *
 * LiteRT averages int8 and uint8 in whole numbers: the sum of the values as they stand in the file, divided by their
 * count, a half rounded away from 0. Of a window of 2x2 every fourth sum is such a half, so an average that is rounded in
 * another way (XNNPACK has none for int8, and real numbers round a half to the even one) makes another network of it.
 */
#include "define_pool.h"

#include <math.h>
#include <string.h>

#include "own_node.h"

typedef struct pool {
    own_node node;
    tfl_type type;
    uint32_t kernel[2], stride[2], pad[2]; /* height, width; above and left of the input */
    uint32_t height, width, channels;      /* of the input */
    uint32_t out_height, out_width;
    int moved;    /* not 0: uint8 in the file */
    int rescales; /* not 0: int8, and the output has another scale than the input */
    float ratio;  /* of the input's scale to the output's, where it rescales */
    int32_t input_zero, output_zero;
    float least, most; /* of the output, as its values stand */
} pool;

/* Part of an axis that a window meets. */
typedef struct span {
    uint32_t from, count;
} span;

static span span_of(const pool *p, uint32_t side, uint32_t at, uint32_t size) {
    int64_t first = (int64_t)at * p->stride[side] - p->pad[side], end = first + p->kernel[side];
    if (first < 0) first = 0;
    if (end > size) end = size;
    return (span){.from = (uint32_t)first, .count = (uint32_t)(end - first)};
}

static void sum_int8(const pool *p, const int8_t *in, span rows, span columns, int32_t *sums) {
    memset(sums, 0, p->channels * sizeof *sums);
    for (uint32_t y = 0; y < rows.count; y++) {
        const int8_t *from = in + ((size_t)(rows.from + y) * p->width + columns.from) * p->channels;
        for (uint32_t x = 0; x < columns.count; x++, from += p->channels)
            for (uint32_t c = 0; c < p->channels; c++) sums[c] += from[c];
    }
}

static void sum_real(const pool *p, const float *in, span rows, span columns, float *sums) {
    memset(sums, 0, p->channels * sizeof *sums);
    for (uint32_t y = 0; y < rows.count; y++) {
        const float *from = in + ((size_t)(rows.from + y) * p->width + columns.from) * p->channels;
        for (uint32_t x = 0; x < columns.count; x++, from += p->channels)
            for (uint32_t c = 0; c < p->channels; c++) sums[c] += from[c];
    }
}

/* The whole number next to sum / count: of two equally near the one further from 0. */
static int32_t divide(int32_t sum, int32_t count) {
    return (sum + (sum > 0 ? count / 2 : -(count / 2))) / count;
}

static float average(const pool *p, int32_t sum, int32_t count) {
    if (p->rescales) {
        float real = ((float)sum / (float)count - (float)p->input_zero) * p->ratio;
        return rintf(real) + (float)p->output_zero;
    }
    int32_t move = p->moved ? TFL_MOVE : 0; /* the values of the file are not below 0 */
    return (float)(divide(sum + move * count, count) - move);
}

static void row(const own_run *run, uint32_t piece, void *scratch) {
    const pool *p = (const pool *)(const void *)run->node;
    uint32_t picture = piece / p->out_height, y = piece % p->out_height;
    size_t before = (size_t)picture * p->height * p->width * p->channels;
    size_t at = (size_t)piece * p->out_width * p->channels;
    span rows = span_of(p, 0, y, p->height);
    for (uint32_t x = 0; x < p->out_width; x++, at += p->channels) {
        span columns = span_of(p, 1, x, p->width);
        int32_t count = (int32_t)(rows.count * columns.count);
        if (p->type == TFL_I8) {
            int32_t *sums = scratch;
            int8_t *out = (int8_t *)run->out + at;
            sum_int8(p, (const int8_t *)run->in[0] + before, rows, columns, sums);
            for (uint32_t c = 0; c < p->channels; c++)
                out[c] = (int8_t)fminf(fmaxf(average(p, sums[c], count), p->least), p->most);
        } else {
            float *sums = scratch, *out = (float *)run->out + at;
            sum_real(p, (const float *)run->in[0] + before, rows, columns, sums);
            for (uint32_t c = 0; c < p->channels; c++) out[c] = fminf(fmaxf(sums[c] / (float)count, p->least), p->most);
        }
    }
}

/* A bound of the activation as the int8 output has it. */
static float step_bound(float bound, const tfl_tensor *output) {
    return rintf(fminf(fmaxf(bound / output->scales[0] + (float)output->zero_point, INT8_MIN), INT8_MAX));
}

static void set_quantisation(pool *p, const tfl_tensor *input, const tfl_tensor *output) {
    p->moved = input->moved;
    p->rescales = !tfl_same_scale(input, output);
    p->ratio = input->scales[0] / output->scales[0];
    p->input_zero = input->zero_point;
    p->output_zero = output->zero_point;
    p->least = step_bound(p->least, output);
    p->most = step_bound(p->most, output);
}

void define_pool(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *input = &builder->graph->tensors[op->inputs[0]], *output = &builder->graph->tensors[op->output];
    pool *p = builder->keep(builder->context, sizeof *p);
    if (!p) {
        op_note(builder, xnn_status_out_of_memory);
        return;
    }
    uint32_t padding[4];
    tfl_padding(input, output, &op->params, padding);
    for (uint32_t side = 0; side < 2; side++) {
        p->kernel[side] = op->params.window.kernel[side];
        p->stride[side] = op->params.window.stride[side];
        p->pad[side] = padding[2 * side];
    }
    p->type = input->type;
    p->height = input->dims[1], p->width = input->dims[2], p->channels = input->dims[3];
    p->out_height = output->dims[1], p->out_width = output->dims[2];
    tfl_bounds(op->activation, &p->least, &p->most);
    if (p->type == TFL_I8) set_quantisation(p, input, output);
    p->node.thread_bytes = p->channels * sizeof(int32_t); /* a float has as many */
    p->node.pieces[0] = output->dims[0] * p->out_height;
    p->node.phases[0] = row;
    uint32_t from = op_value(builder, op->inputs[0]), to = op_value(builder, (int32_t)op->output);
    if (builder->status == xnn_status_success)
        op_note(builder, own_node_define(builder->subgraph, &p->node, &from, 1, to));
}
