/* gemm_wasm.c - tiles (gemm.h) on i32x4.dot_i16x8_s: 8 i16 by 8 i16, two and two into 4 sums. */
#include "gemm.h"

#include <string.h>

#if defined(__wasm_simd128__)
#include "wasm.h"

enum { KR = 2, FLIP = 0 };

#define gemm_dot     wasm_dot2
#define gemm_weights wasm_i16x8_load8x8
#include "gemm_wasm.h"

static void turn(v128_t a, v128_t b, v128_t c, v128_t d, uint8_t *panel) {
    v128_t ab = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), cd = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5);
    wasm_v128_store(panel, wasm_i64x2_shuffle(ab, cd, 0, 2));
    wasm_v128_store(panel + 16, wasm_i64x2_shuffle(ab, cd, 1, 3));
    ab = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7), cd = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
    wasm_v128_store(panel + 32, wasm_i64x2_shuffle(ab, cd, 0, 2));
    wasm_v128_store(panel + 48, wasm_i64x2_shuffle(ab, cd, 1, 3));
}

/* Four pairs of four rows, widened and turned so that the first pairs of all stand together. */
static void lay(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel) {
    for (uint32_t k = 0; k < depth; k += 8, panel += 64)
        turn(wasm_i16x8_load8x8(rows[0] + k), wasm_i16x8_load8x8(rows[1] + k), wasm_i16x8_load8x8(rows[2] + k),
             wasm_i16x8_load8x8(rows[3] + k), panel);
}

static int can_run(void) {
    return 1;
}

static const gemm_form form = {KR, FLIP, lay, gemm_columns, gemm_spread};
const kn_kind gemm_dot16_wasm = GEMM_KIND("gemm-dot16", form, can_run);
#endif
