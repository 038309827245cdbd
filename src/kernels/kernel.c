/* kernel.c - what the packing of all kernels shares. */
#include "kernel.h"

/* The sum of weights that lie `step` apart, modulo 2^32. */
static uint32_t sum_apart(const int8_t *weights, size_t count, size_t step) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t weight = weights[i * step];
        sum += (uint32_t)weight;
    }
    return sum;
}

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>

/* A browser runs this once, before it has optimised it, over all weights of a model: that is much of what a load takes. */
static uint32_t sum_of(const int8_t *weights, size_t count) {
    enum { VECTOR = 16, VECTORS = 4 }; /* up to 127 sums of two bytes add up in 16 bits */
    v128_t sums = wasm_i32x4_const_splat(0);
    for (; count >= VECTORS * VECTOR; count -= VECTORS * VECTOR, weights += VECTORS * VECTOR) {
        v128_t a = wasm_i16x8_add(wasm_i16x8_extadd_pairwise_i8x16(wasm_v128_load(weights)),
                                  wasm_i16x8_extadd_pairwise_i8x16(wasm_v128_load(weights + VECTOR)));
        v128_t b = wasm_i16x8_add(wasm_i16x8_extadd_pairwise_i8x16(wasm_v128_load(weights + 2 * VECTOR)),
                                  wasm_i16x8_extadd_pairwise_i8x16(wasm_v128_load(weights + 3 * VECTOR)));
        sums = wasm_i32x4_add(sums, wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_add(a, b)));
    }
    uint32_t lanes[4];
    wasm_v128_store(lanes, sums);
    return lanes[0] + lanes[1] + lanes[2] + lanes[3] + sum_apart(weights, count, 1);
}

#else

static uint32_t sum_of(const int8_t *weights, size_t count) {
    return sum_apart(weights, count, 1);
}

#endif

int32_t kn_start(const kn_conv *conv, uint32_t channel, const int8_t *weights, size_t count, size_t step,
                 int32_t zero) {
    uint32_t sum = step == 1 ? sum_of(weights, count) : sum_apart(weights, count, step);
    return (int32_t)((conv->bias ? (uint32_t)conv->bias[channel] : 0) - (uint32_t)zero * sum);
}

float kn_scale(const kn_conv *conv, uint32_t channel) {
    return conv->input_scale * conv->weight_scale[channel] / conv->output_scale;
}
