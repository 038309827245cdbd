/*
 * smallnet.h - a small network that has every operator the engine runs, for tests.
 *
 * int8: f32 picture -> QUANTIZE -> … -> SOFTMAX -> DEQUANTIZE -> f32 list; f32: the same without the two.
 */
#ifndef SMALLNET_H
#define SMALLNET_H

#include "fbwrite.h"

enum { SMALLNET_SIDE = 16, SMALLNET_CLASSES = 5 };

/* Tensors and operators of the int8 network that tests spoil, by their number in the description. */
typedef struct smallnet_parts {
    int32_t input, quantised, conv_filter, conv_bias, conv_output, most_output, paddings, axes, pooled, dense_weights,
        output;
    uint32_t conv, depthwise, pad, max_pool, concat, add, mean, pool, reshape, dense, softmax;
} smallnet_parts;

/* Describe the network, not yet written; weights follow from a fixed seed. parts may be NULL. The caller frees it. */
mk_model *smallnet(int is_int8, smallnet_parts *parts);

/* The same with one operator less: logits come out instead of probabilities, and metadata is in it. */
mk_model *smallnet_with(int is_int8, int with_softmax, const char *metadata, smallnet_parts *parts);

#endif
