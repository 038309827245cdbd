/* table.c - which kernels there are, in the order they are tried. */
#include "dw.h"
#include "gemm.h"
#include "kernel.h"

/* In the order they are tried. What no line takes is XNNPACK's. */
static const kn_kind *const kinds[] = {
#if defined(__wasm_relaxed_simd__)
    &dw_usdot_wasm, &dw_sdot_wasm,    &gemm_usdot_wasm, &gemm_sdot_wasm,
#endif
#if defined(__wasm_simd128__)
    &dw_dot16_wasm, &gemm_dot16_wasm,
#endif
#if defined(__x86_64__)
    &dw_avx512vnni, &dw_avxvnni,      &dw_avx2,
#endif
#if defined(__aarch64__)
    &dw_neon_dot,
#endif
    NULL,
};

const kn_kind *kn_line(size_t i) {
    return i < sizeof kinds / sizeof kinds[0] ? kinds[i] : NULL;
}

const kn_kind *kn_find(const kn_shape *shape) {
    for (size_t i = 0; kinds[i]; i++)
        if (kinds[i]->can_run() && kinds[i]->takes(kinds[i], shape)) return kinds[i];
    return NULL;
}
