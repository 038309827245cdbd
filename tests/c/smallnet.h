/*
 * smallnet.h - a small network that has every operator the engine runs, for tests.
 *
 * int8: f32 picture -> QUANTIZE -> … -> SOFTMAX -> DEQUANTIZE -> f32 list; f32: the same without the two. With its last
 * layer in single precision the int8 network ends in … -> RESHAPE -> DEQUANTIZE -> FULLY_CONNECTED of f32 -> f32 list.
 */
#ifndef SMALLNET_H
#define SMALLNET_H

#include "fbwrite.h"

enum { SMALLNET_SIDE = 16, SMALLNET_CLASSES = 5 };

/* What comes out. */
typedef enum smallnet_end { SMALLNET_LOGITS = 0, SMALLNET_SHARES = 1, SMALLNET_FLOAT_LOGITS = 2 } smallnet_end;

/* Tensors and operators of the int8 network that tests spoil, by their number in the description. */
typedef struct smallnet_parts {
    int32_t input, quantised, conv_filter, conv_bias, conv_output, most_output, paddings, axes, pooled, dense_weights,
        output;
    uint32_t conv, depthwise, pad, max_pool, concat, add, mean, pool, reshape, dense, softmax;
} smallnet_parts;

/* Describe the network, not yet written; weights follow from a fixed seed. parts may be NULL. The caller frees it. */
mk_model *smallnet(int is_int8, smallnet_parts *parts);

/* The same, with metadata in it; what comes out is a smallnet_end. */
mk_model *smallnet_with(int is_int8, int end, const char *metadata, smallnet_parts *parts);

#endif
