/* gemm_wasm_relaxed.c - tiles (gemm.h) on i32x4.relaxed_dot_i8x16_i7x16_add: 16 bytes by 16 into 4 sums. */
#include "gemm.h"

#include <string.h>

#if defined(__wasm_relaxed_simd__)
#include "wasm.h"

enum { KR = 4, UNSIGNED = 0x80, SIGNED = 0 };

#define gemm_dot     wasm_dot4
#define gemm_weights wasm_v128_load
#include "gemm_wasm.h"

/* Four words of four rows, turned so that the first words of all stand together. */
KN_INLINE void lay(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel, uint8_t flip) {
    const v128_t mask = wasm_u8x16_splat(flip);
    for (uint32_t k = 0; k < depth; k += 16, panel += 64) {
        v128_t a = wasm_v128_xor(wasm_v128_load(rows[0] + k), mask),
               b = wasm_v128_xor(wasm_v128_load(rows[1] + k), mask);
        v128_t c = wasm_v128_xor(wasm_v128_load(rows[2] + k), mask),
               d = wasm_v128_xor(wasm_v128_load(rows[3] + k), mask);
        v128_t ab = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), cd = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5);
        wasm_v128_store(panel, wasm_i64x2_shuffle(ab, cd, 0, 2));
        wasm_v128_store(panel + 16, wasm_i64x2_shuffle(ab, cd, 1, 3));
        ab = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7), cd = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
        wasm_v128_store(panel + 32, wasm_i64x2_shuffle(ab, cd, 0, 2));
        wasm_v128_store(panel + 48, wasm_i64x2_shuffle(ab, cd, 1, 3));
    }
}

static void lay_unsigned(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel) {
    lay(rows, depth, panel, UNSIGNED);
}

static void lay_signed(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel) {
    lay(rows, depth, panel, SIGNED);
}

static const gemm_form form_unsigned = {KR, UNSIGNED, lay_unsigned, gemm_columns, gemm_spread};
static const gemm_form form_signed = {KR, SIGNED, lay_signed, gemm_columns, gemm_spread};
const kn_kind gemm_usdot_wasm = GEMM_KIND("gemm-usdot", form_unsigned, wasm_usdot);
const kn_kind gemm_sdot_wasm = GEMM_KIND("gemm-sdot", form_signed, wasm_sdot);
#endif
