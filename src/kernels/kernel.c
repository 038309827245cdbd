/* kernel.c - the table of kernels, and what all packing shares. */
#include "kernel.h"

#include "dw.h"
#include "gemm.h"

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

int32_t kn_start(const kn_conv *conv, uint32_t channel, const int8_t *weights, size_t count, size_t step,
                 int32_t zero) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t weight = weights[i * step];
        sum += (uint32_t)weight;
    }
    return (int32_t)((conv->bias ? (uint32_t)conv->bias[channel] : 0) - (uint32_t)zero * sum);
}

float kn_scale(const kn_conv *conv, uint32_t channel) {
    return conv->input_scale * conv->weight_scale[channel] / conv->output_scale;
}
