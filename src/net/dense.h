/*
 * dense.h - a last layer in single precision on an int8 network: logits that are not rounded to int8 steps.
 *
 * A graph that ends in DEQUANTIZE → FULLY_CONNECTED of f32 is run by XNNPACK up to the int8 tensor; what follows is
 * computed here. Products of two f32 are exact in double and are summed in one order, so every build gives the same
 * bits, which XNNPACK's f32 kernels do not promise.
 */
#ifndef LT_NET_DENSE_H
#define LT_NET_DENSE_H

#include "model/graph.h"

/* The layer's numbers; borrowed from the graph. */
typedef struct dense {
    int32_t input;        /* tensor [depth] of int8 that it is computed from; TFL_NONE: the graph ends otherwise */
    uint32_t depth, classes;
    float scale;          /* of the input: real = scale * (i8 - zero_point) */
    int32_t zero_point;
    const float *weights; /* [classes, depth] f32 */
    const float *bias;    /* [classes] f32; NULL: none */
} dense;

/* Find int8 → DEQUANTIZE → RESHAPE or none → FULLY_CONNECTED of f32 without activation → the output. */
void dense_find(const tfl_graph *graph, dense *out);

/* values is the input's [depth] int8, out [classes] f32: products summed by rising depth, then the bias. */
void dense_run(const dense *d, const int8_t *values, float *out);

#endif
