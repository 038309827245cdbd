/*
 * dw_wasm.h - what depthwise kernels of WebAssembly share; included by dw_wasm_relaxed.c and dw_wasm.c, which
 * define dw_dot.
 */
enum { LANES = 4 };

typedef v128_t dw_sums;
typedef wasm_ends dw_ends;

KN_INLINE v128_t dw_load(const void *from) {
    return wasm_v128_load(from);
}

KN_INLINE wasm_ends dw_ends_of(const dw_row *job) {
    return wasm_ends_of(job->zero, job->min, job->max);
}

KN_INLINE void dw_store(v128_t a, v128_t b, v128_t scales, const wasm_ends *ends, int8_t *out_a, int8_t *out_b) {
    v128_t words = wasm_i16x8_narrow_i32x4(wasm_round(a, scales, ends), wasm_round(b, scales, ends));
    v128_t bytes = wasm_i8x16_min(wasm_i8x16_narrow_i16x8(words, words), ends->most);
    wasm_v128_store32_lane(out_a, bytes, 0);
    wasm_v128_store32_lane(out_b, bytes, 1);
}

#include "dw_row.h"
