#include "smallnet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* BuiltinOperator and BuiltinOptions of the file format. */
enum {
    ADD = 0,
    AVERAGE_POOL_2D = 1,
    CONCATENATION = 2,
    CONV_2D = 3,
    DEPTHWISE_CONV_2D = 4,
    DEQUANTIZE = 6,
    FULLY_CONNECTED = 9,
    LOGISTIC = 14,
    MAX_POOL_2D = 17,
    MUL = 18,
    RELU = 19,
    RELU6 = 21,
    RESHAPE = 22,
    SOFTMAX = 25,
    PAD = 34,
    MEAN = 40,
    QUANTIZE = 114,
    HARD_SWISH = 117
};
enum {
    CONV_OPTIONS = 1,
    DEPTHWISE_OPTIONS = 2,
    POOL_OPTIONS = 5,
    DENSE_OPTIONS = 8,
    SOFTMAX_OPTIONS = 9,
    CONCAT_OPTIONS = 10,
    ADD_OPTIONS = 11,
    RESHAPE_OPTIONS = 17,
    MUL_OPTIONS = 21,
    REDUCE_OPTIONS = 27
};

enum { SAME = 0, VALID = 1, ACT_RELU6 = 3 };

typedef struct sketch {
    mk_model *m;
    int is_int8;
    uint32_t seed;
} sketch;

/* -1..1, the same on every machine. */
static float next(sketch *s) {
    s->seed = s->seed * 1664525u + 1013904223u;
    return (float)(int32_t)(s->seed >> 8) / 8388608.0f - 1.0f;
}

static int32_t activation(sketch *s, int32_t height, int32_t width, int32_t channels, float scale, int64_t zero) {
    int32_t t = mk_tensor_of(s->m, s->is_int8 ? MK_I8 : MK_F32, (int32_t[]){1, height, width, channels}, 4);
    if (s->is_int8) mk_quantise(s->m, t, scale, zero);
    return t;
}

/* A tensor of another tensor's quantisation. */
static int32_t like(sketch *s, int32_t other, int32_t height, int32_t width, int32_t channels) {
    const mk_tensor *t = &s->m->tensors[other];
    return activation(s, height, width, channels, t->scales[0], t->zero_point);
}

/* Weights of a spread; int8 ones have a scale per channel of the axis. */
static int32_t weights(sketch *s, const int32_t *dims, uint32_t rank, int32_t axis, float spread) {
    uint32_t count = 1, channels = (uint32_t)dims[axis];
    for (uint32_t i = 0; i < rank; i++) count *= (uint32_t)dims[i];
    int32_t t = mk_tensor_of(s->m, s->is_int8 ? MK_I8 : MK_F32, dims, rank);
    float *real = malloc(count * sizeof *real);
    int8_t *small = malloc(count);
    if (!real || !small) abort();
    for (uint32_t i = 0; i < count; i++) {
        float value = next(s);
        real[i] = value * spread;
        small[i] = (int8_t)lrintf(value * 127);
    }
    mk_fill(s->m, t, s->is_int8 ? (void *)small : (void *)real, s->is_int8 ? count : count * sizeof *real);
    free(real);
    free(small);
    mk_tensor *made = &s->m->tensors[t];
    made->axis = axis;
    made->scale_count = made->zero_count = s->is_int8 ? channels : 0;
    for (uint32_t i = 0; i < made->scale_count; i++) made->scales[i] = spread / 127 * (1 + 0.01f * (float)i);
    return t;
}

static int32_t biases(sketch *s, int32_t input, int32_t filter, uint32_t channels) {
    int32_t dims[1] = {(int32_t)channels}, ints[MK_SCALES];
    float reals[MK_SCALES];
    int32_t t = mk_tensor_of(s->m, s->is_int8 ? MK_I32 : MK_F32, dims, 1);
    mk_tensor *made = &s->m->tensors[t];
    made->scale_count = made->zero_count = s->is_int8 ? channels : 0;
    for (uint32_t i = 0; i < channels; i++) {
        made->scales[i] = s->m->tensors[input].scales[0] * s->m->tensors[filter].scales[i];
        reals[i] = next(s) * 0.5f;
        ints[i] = s->is_int8 ? (int32_t)lrintf(reals[i] / made->scales[i]) : 0;
    }
    mk_fill(s->m, t, s->is_int8 ? (void *)ints : (void *)reals, channels * sizeof(int32_t));
    if (!s->is_int8) made->scales[0] = 0;
    return t;
}

static int32_t integers(sketch *s, const int32_t *dims, uint32_t rank, const int32_t *values, size_t size) {
    int32_t t = mk_tensor_of(s->m, MK_I32, dims, rank);
    mk_fill(s->m, t, values, size);
    return t;
}

static uint32_t last_op(const sketch *s) {
    return s->m->op_count - 1;
}

/* ---- the network, in three parts ---- */

/* 16x16x3 -> 8x8x8: a convolution, a depthwise one, padding, a maximum. */
static int32_t stem(sketch *s, int32_t x, smallnet_parts *p) {
    p->conv_filter = weights(s, (int32_t[]){8, 3, 3, 3}, 4, 0, 0.6f);
    p->conv_bias = biases(s, x, p->conv_filter, 8);
    p->conv_output = activation(s, 8, 8, 8, 6.0f / 255, -128);
    mk_op *op = mk_add(s->m, CONV_2D, x, p->conv_filter, p->conv_output);
    op->inputs[op->input_count++] = p->conv_bias;
    mk_options(op, CONV_OPTIONS, "bwwbww", (int32_t[]){SAME, 2, 2, ACT_RELU6, 1, 1});
    p->conv = last_op(s);

    int32_t padded = like(s, p->conv_output, 10, 10, 8);
    p->paddings = integers(s, (int32_t[]){4, 2}, 2, (int32_t[]){0, 0, 1, 1, 1, 1, 0, 0}, 32);
    mk_options(mk_add(s->m, PAD, p->conv_output, p->paddings, padded), 22, "", NULL);
    p->pad = last_op(s);

    int32_t filter = weights(s, (int32_t[]){1, 3, 3, 8}, 4, 3, 0.7f), bias = biases(s, padded, filter, 8);
    int32_t y = activation(s, 8, 8, 8, 1.0f / 24, -3);
    op = mk_add(s->m, DEPTHWISE_CONV_2D, padded, filter, y);
    op->inputs[op->input_count++] = bias;
    mk_options(op, DEPTHWISE_OPTIONS, "bwwwbww", (int32_t[]){VALID, 1, 1, 1, 0, 1, 1});
    p->depthwise = last_op(s);

    int32_t most = like(s, y, 8, 8, 8);
    mk_options(mk_add(s->m, MAX_POOL_2D, y, -1, most), POOL_OPTIONS, "bwwwwb", (int32_t[]){SAME, 1, 1, 3, 3, 0});
    p->max_pool = last_op(s);
    p->most_output = most;
    return most;
}

/* 8x8x8 -> 4x4x16: bends, a sum, a gate, an average, two joined. */
static int32_t body(sketch *s, int32_t x, smallnet_parts *p) {
    int32_t bent = activation(s, 8, 8, 8, 1.0f / 24, -118), sum = activation(s, 8, 8, 8, 1.0f / 16, -100);
    mk_add(s->m, HARD_SWISH, x, -1, bent);
    mk_options(mk_add(s->m, ADD, bent, x, sum), ADD_OPTIONS, "b", (int32_t[]){0});
    p->add = last_op(s);

    int32_t mean = activation(s, 1, 1, 8, 1.0f / 32, -60), gate = activation(s, 1, 1, 8, 1.0f / 256, -128);
    int32_t gated = activation(s, 8, 8, 8, 1.0f / 24, -110);
    p->axes = integers(s, (int32_t[]){2}, 1, (int32_t[]){1, 2}, 8);
    mk_options(mk_add(s->m, MEAN, sum, p->axes, mean), REDUCE_OPTIONS, "b", (int32_t[]){1});
    p->mean = last_op(s);
    mk_add(s->m, LOGISTIC, mean, -1, gate);
    mk_options(mk_add(s->m, MUL, sum, gate, gated), MUL_OPTIONS, "b", (int32_t[]){0});

    int32_t positive = like(s, gated, 8, 8, 8), bounded = activation(s, 8, 8, 8, 6.0f / 255, -128);
    mk_add(s->m, RELU, gated, -1, positive);
    mk_add(s->m, RELU6, positive, -1, bounded);
    int32_t small = like(s, bounded, 4, 4, 8), joined = like(s, bounded, 4, 4, 16);
    const int32_t halve[] = {VALID, 2, 2, 2, 2, 0};
    mk_options(mk_add(s->m, AVERAGE_POOL_2D, bounded, -1, small), POOL_OPTIONS, "bwwwwb", halve);
    mk_options(mk_add(s->m, CONCATENATION, small, small, joined), CONCAT_OPTIONS, "wb", (int32_t[]){-1, 0});
    p->concat = last_op(s);
    return joined;
}

/* 4x4x16 -> a list: the global average, a dense layer. */
static int32_t head(sketch *s, int32_t x, int end, smallnet_parts *p) {
    p->pooled = like(s, x, 1, 1, 16);
    mk_options(mk_add(s->m, AVERAGE_POOL_2D, x, -1, p->pooled), POOL_OPTIONS, "bwwwwb",
               (int32_t[]){VALID, 1, 1, 4, 4, 0});
    p->pool = last_op(s);
    int32_t flat = like(s, x, 1, 1, 1);
    s->m->tensors[flat].rank = 2;
    s->m->tensors[flat].dims[1] = 16;
    int32_t shape = integers(s, (int32_t[]){2}, 1, (int32_t[]){1, 16}, 8);
    mk_options(mk_add(s->m, RESHAPE, p->pooled, shape, flat), RESHAPE_OPTIONS, ".", (int32_t[]){0});
    p->reshape = last_op(s);

    if (end == SMALLNET_FLOAT_LOGITS && s->is_int8) {
        s->is_int8 = 0; /* from here on */
        int32_t real = mk_tensor_of(s->m, MK_F32, (int32_t[]){1, 16}, 2);
        mk_add(s->m, DEQUANTIZE, flat, -1, real);
        flat = real;
    }
    p->dense_weights = weights(s, (int32_t[]){SMALLNET_CLASSES, 16}, 2, 0, 0.9f);
    int32_t bias = biases(s, flat, p->dense_weights, SMALLNET_CLASSES);
    int32_t logits = activation(s, 1, 1, 1, 1.0f / 20, 4);
    s->m->tensors[logits].rank = 2;
    s->m->tensors[logits].dims[1] = SMALLNET_CLASSES;
    mk_op *op = mk_add(s->m, FULLY_CONNECTED, flat, p->dense_weights, logits);
    op->inputs[op->input_count++] = bias;
    mk_options(op, DENSE_OPTIONS, "bbb", (int32_t[]){0, 0, 0});
    p->dense = last_op(s);
    if (end != SMALLNET_SHARES) return logits;

    int32_t shares = activation(s, 1, 1, 1, 1.0f / 256, -128), beta;
    s->m->tensors[shares].rank = 2;
    s->m->tensors[shares].dims[1] = SMALLNET_CLASSES;
    float one = 1;
    memcpy(&beta, &one, sizeof beta);
    mk_options(mk_add(s->m, SOFTMAX, logits, -1, shares), SOFTMAX_OPTIONS, "w", &beta);
    p->softmax = last_op(s);
    return shares;
}

mk_model *smallnet_with(int is_int8, int end, const char *metadata, smallnet_parts *parts) {
    smallnet_parts p = {0};
    sketch s = {.m = mk_new(), .is_int8 = is_int8, .seed = 20240917};
    int32_t size[] = {1, SMALLNET_SIDE, SMALLNET_SIDE, 3}, list[] = {1, SMALLNET_CLASSES};
    p.input = p.quantised = mk_tensor_of(s.m, MK_F32, size, 4);
    if (is_int8) {
        p.quantised = activation(&s, SMALLNET_SIDE, SMALLNET_SIDE, 3, 1.0f / 128, -1);
        mk_add(s.m, QUANTIZE, p.input, -1, p.quantised);
    }
    p.output = head(&s, body(&s, stem(&s, p.quantised, &p), &p), end, &p);
    if (s.is_int8) {
        int32_t last = p.output;
        p.output = mk_tensor_of(s.m, MK_F32, list, 2);
        mk_add(s.m, DEQUANTIZE, last, -1, p.output);
    }
    s.m->inputs[s.m->input_count++] = p.input;
    s.m->outputs[s.m->output_count++] = p.output;
    s.m->metadata = metadata;
    s.m->metadata_name = "lentigo";
    if (parts) *parts = p;
    return s.m;
}

mk_model *smallnet(int is_int8, smallnet_parts *parts) {
    return smallnet_with(is_int8, SMALLNET_SHARES, NULL, parts);
}
