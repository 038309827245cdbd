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

KN_INLINE void dw_store(const v128_t sums[DW_COLUMNS], v128_t scales, const wasm_ends *ends,
                        int8_t *const outs[DW_COLUMNS]) {
    v128_t ab = wasm_i16x8_narrow_i32x4(wasm_round(sums[0], scales, ends), wasm_round(sums[1], scales, ends));
    v128_t cd = wasm_i16x8_narrow_i32x4(wasm_round(sums[2], scales, ends), wasm_round(sums[3], scales, ends));
    v128_t bytes = wasm_i8x16_min(wasm_i8x16_narrow_i16x8(ab, cd), ends->most);
    wasm_v128_store32_lane(outs[0], bytes, 0);
    wasm_v128_store32_lane(outs[1], bytes, 1);
    wasm_v128_store32_lane(outs[2], bytes, 2);
    wasm_v128_store32_lane(outs[3], bytes, 3);
}

#include "dw_row.h"
