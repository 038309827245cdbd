/* dw_wasm.c - depthwise kernels (dw.h) on i32x4.dot_i16x8_s: 8 i16 by 8 i16, two and two into 4 sums. */
#include "weave.h"

#if defined(__wasm_simd128__)
#include "wasm.h"

enum { BLOCK_ROWS = 1, FLIP = 0 };

#define dw_dot wasm_dot2
#include "dw_wasm.h"

static void weave(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, FLIP);
}

static int can_run(void) {
    return 1;
}

static const dw_form form = {LANES, BLOCK_ROWS, FLIP, weave, dw_columns};
const kn_kind dw_dot16_wasm = DW_KIND("dw-dot16", form, can_run);
#endif
