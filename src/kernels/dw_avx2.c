/* dw_avx2.c - depthwise kernels (dw.h) on vpmaddwd: 16 i16 by 16 i16, two and two into 8 sums. */
#include "weave.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum { LANES = 8, BLOCK_ROWS = 1, FLIP = 0 };

typedef __m256i dw_sums;

KN_INLINE dw_sums dw_dot(dw_sums sums, __m256i block, __m256i taps) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(block, taps));
}

#include "dw_avx2.h"

static int can_run(void) {
    return __builtin_cpu_supports("avx2");
}

const kn_kind dw_avx2 = DW_KIND("dw-avx2", form, can_run);
#endif
