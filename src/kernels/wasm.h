/*
 * wasm.h - what the WebAssembly kernels share: dot instructions, and bringing sums to int8.
 *
 * The relaxed dot takes 16 signed bytes by 16 that are unsigned on x86 with VNNI (vpdpbusd) and signed on arm64
 * (sdot), and on other x86 loses what overflows 16 bits; which of these it is, is asked of it once.
 */
#ifndef LT_KERNELS_WASM_H
#define LT_KERNELS_WASM_H

#include <wasm_simd128.h>

#include "kernel.h"

/* Not 0 where the relaxed dot takes its second operand as unsigned, or else as signed, and is exact. */
int wasm_usdot(void);
int wasm_sdot(void);

/* Bounds and rounding as numbers to add and compare with, see wasm_round. */
typedef struct wasm_ends {
    v128_t magic, least, less_zero, most;
} wasm_ends;

/* 1.5 * 2^23: added to a small number, it leaves that rounded in the low bits of the f32. */
#define WASM_MAGIC 12582912.0f
enum { WASM_MAGIC_BITS = 0x4B400000 };

KN_INLINE wasm_ends wasm_ends_of(int8_t zero, int8_t min, int8_t max) {
    return (wasm_ends){.magic = wasm_f32x4_splat(WASM_MAGIC),
                       .least = wasm_i32x4_splat(WASM_MAGIC_BITS + min - zero),
                       .less_zero = wasm_i32x4_splat(WASM_MAGIC_BITS - zero),
                       .most = wasm_i8x16_splat(max)};
}

/* rint(sum * scale) + zero, at least min; what is too large stays too large for wasm_bytes. */
KN_INLINE v128_t wasm_round(v128_t sums, v128_t scales, const wasm_ends *ends) {
    v128_t real = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(sums), scales);
    v128_t bits = wasm_i32x4_max(wasm_f32x4_add(real, ends->magic), ends->least);
    return wasm_i32x4_sub(bits, ends->less_zero);
}

#if defined(__wasm_relaxed_simd__) && !defined(KN_EMULATE_SDOT)
KN_INLINE v128_t wasm_dot4(v128_t sums, v128_t pixels, v128_t weights) {
    return wasm_i32x4_relaxed_dot_i8x16_i7x16_add(weights, pixels, sums);
}
#elif defined(__wasm_relaxed_simd__)
/* What arm64 computes, for tests on other processors. */
KN_INLINE v128_t wasm_dot4(v128_t sums, v128_t pixels, v128_t weights) {
    v128_t low = wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_extmul_low_i8x16(pixels, weights));
    v128_t high = wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_extmul_high_i8x16(pixels, weights));
    v128_t even = wasm_i32x4_shuffle(low, high, 0, 2, 4, 6), odd = wasm_i32x4_shuffle(low, high, 1, 3, 5, 7);
    return wasm_i32x4_add(sums, wasm_i32x4_add(even, odd));
}
#endif

KN_INLINE v128_t wasm_dot2(v128_t sums, v128_t pixels, v128_t weights) {
    return wasm_i32x4_add(sums, wasm_i32x4_dot_i16x8(pixels, weights));
}

#endif
