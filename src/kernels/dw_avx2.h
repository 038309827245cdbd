/*
 * dw_avx2.h - what depthwise kernels of 8 lanes share; included by dw_avxvnni.c and dw_avx2.c, which define
 * BLOCK_ROWS, FLIP, dw_dot, can_run.
 */

typedef struct dw_ends {
    __m256 least, most;
    __m256i zero, order;
} dw_ends;

KN_INLINE __m256i dw_load(const void *from) {
    return _mm256_load_si256(from);
}

KN_INLINE dw_ends dw_ends_of(const dw_row *job) {
    return (dw_ends){.least = _mm256_set1_ps((float)(job->min - job->zero)),
                     .most = _mm256_set1_ps((float)(job->max - job->zero)),
                     .zero = _mm256_set1_epi16(job->zero),
                     .order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)};
}

KN_INLINE __m256i rounded(__m256i sums, __m256i scales, const dw_ends *ends) {
    __m256 real = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_castsi256_ps(scales));
    return _mm256_cvtps_epi32(_mm256_min_ps(_mm256_max_ps(real, ends->least), ends->most));
}

/* Two vectors of sums as i16, the halves of both in turn. */
KN_INLINE __m256i words_of(__m256i a, __m256i b, __m256i scales, const dw_ends *ends) {
    return _mm256_add_epi16(_mm256_packs_epi32(rounded(a, scales, ends), rounded(b, scales, ends)), ends->zero);
}

KN_INLINE void dw_store(const __m256i sums[DW_COLUMNS], __m256i scales, const dw_ends *ends,
                        int8_t *const outs[DW_COLUMNS]) {
    __m256i bytes =
        _mm256_packs_epi16(words_of(sums[0], sums[1], scales, ends), words_of(sums[2], sums[3], scales, ends));
    bytes = _mm256_permutevar8x32_epi32(bytes, ends->order);
    for (int i = 0; i < DW_COLUMNS; i++) memcpy(outs[i], (const int8_t *)&bytes + i * LANES, LANES);
}

#include "dw_row.h"

static void weave(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, FLIP);
}

static const dw_form form = {LANES, BLOCK_ROWS, FLIP, weave, dw_columns};
