/* dw_wasm_relaxed.c - depthwise kernels (dw.h) on i32x4.relaxed_dot_i8x16_i7x16_add: 16 bytes by 16 into 4 sums. */
#include "weave.h"

#if defined(__wasm_relaxed_simd__)
#include "wasm.h"

enum { BLOCK_ROWS = 2, UNSIGNED = 0x80, SIGNED = 0 };

#define dw_dot wasm_dot4
#include "dw_wasm.h"

static void weave_unsigned(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, UNSIGNED);
}

static void weave_signed(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, SIGNED);
}

static const dw_form form_unsigned = {LANES, BLOCK_ROWS, UNSIGNED, weave_unsigned, dw_columns};
static const dw_form form_signed = {LANES, BLOCK_ROWS, SIGNED, weave_signed, dw_columns};
const kn_kind dw_usdot_wasm = DW_KIND("dw-usdot", form_unsigned, wasm_usdot);
const kn_kind dw_sdot_wasm = DW_KIND("dw-sdot", form_signed, wasm_sdot);
#endif
