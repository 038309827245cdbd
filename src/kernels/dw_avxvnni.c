/* dw_avxvnni.c - depthwise kernels (dw.h) on vpdpbusd: 32 unsigned bytes by 32 signed ones into 8 sums. */
#include "weave.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum { LANES = 8, BLOCK_ROWS = 2, FLIP = 0x80 };

typedef __m256i dw_sums;

KN_INLINE dw_sums dw_dot(dw_sums sums, __m256i block, __m256i taps) {
    return _mm256_dpbusd_avx_epi32(sums, block, taps);
}

#include "dw_avx2.h"

static int can_run(void) {
    return __builtin_cpu_supports("avxvnni") && __builtin_cpu_supports("avx2");
}

const kn_kind dw_avxvnni = DW_KIND("dw-avxvnni", form, can_run);
#endif
