/* dw_avx512vnni.c - depthwise kernels (dw.h) on vpdpbusd: 64 unsigned bytes by 64 signed ones into 16 sums. */
#include "weave.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum { LANES = 16, BLOCK_ROWS = 2, FLIP = 0x80 };

typedef __m512i dw_sums;
typedef struct dw_ends {
    __m512 least, most;
    __m512i zero;
} dw_ends;

KN_INLINE dw_sums dw_load(const void *from) {
    return _mm512_load_si512(from);
}

KN_INLINE dw_sums dw_dot(dw_sums sums, __m512i block, __m512i taps) {
    return _mm512_dpbusd_epi32(sums, block, taps);
}

KN_INLINE dw_ends dw_ends_of(const dw_row *job) {
    return (dw_ends){.least = _mm512_set1_ps((float)(job->min - job->zero)),
                     .most = _mm512_set1_ps((float)(job->max - job->zero)),
                     .zero = _mm512_set1_epi32(job->zero)};
}

KN_INLINE __m128i rounded(dw_sums sums, __m512i scales, const dw_ends *ends) {
    __m512 real = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_castsi512_ps(scales));
    real = _mm512_min_ps(_mm512_max_ps(real, ends->least), ends->most);
    return _mm512_cvtepi32_epi8(_mm512_add_epi32(_mm512_cvtps_epi32(real), ends->zero));
}

KN_INLINE void dw_store(const dw_sums sums[DW_COLUMNS], __m512i scales, const dw_ends *ends,
                        int8_t *const outs[DW_COLUMNS]) {
    for (int i = 0; i < DW_COLUMNS; i++) _mm_storeu_si128((void *)outs[i], rounded(sums[i], scales, ends));
}

#include "dw_row.h"

static void weave(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, FLIP);
}

static int can_run(void) {
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
}

static const dw_form form = {LANES, BLOCK_ROWS, FLIP, weave, dw_columns};
const kn_kind dw_avx512vnni = DW_KIND("dw-avx512vnni", form, can_run);
#endif
