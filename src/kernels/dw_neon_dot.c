/* dw_neon_dot.c - depthwise kernels (dw.h) on arm64's sdot: 16 signed bytes by 16 signed ones into 4 sums. */
#include "weave.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>

enum { LANES = 4, BLOCK_ROWS = 2, FLIP = 0 };

typedef int32x4_t dw_sums;
typedef struct dw_ends {
    float32x4_t least, most;
    int16x8_t zero;
} dw_ends;

KN_INLINE dw_sums dw_load(const void *from) {
    return vld1q_s32(from);
}

KN_INLINE dw_sums dw_dot(dw_sums sums, int32x4_t block, int32x4_t taps) {
    return vdotq_s32(sums, vreinterpretq_s8_s32(block), vreinterpretq_s8_s32(taps));
}

KN_INLINE dw_ends dw_ends_of(const dw_row *job) {
    return (dw_ends){.least = vdupq_n_f32((float)(job->min - job->zero)),
                     .most = vdupq_n_f32((float)(job->max - job->zero)),
                     .zero = vdupq_n_s16(job->zero)};
}

KN_INLINE int32x4_t rounded(dw_sums sums, int32x4_t scales, const dw_ends *ends) {
    float32x4_t real = vmulq_f32(vcvtq_f32_s32(sums), vreinterpretq_f32_s32(scales));
    return vcvtnq_s32_f32(vminq_f32(vmaxq_f32(real, ends->least), ends->most));
}

/* Two vectors of sums as i8. */
KN_INLINE int8x8_t bytes_of(dw_sums a, dw_sums b, int32x4_t scales, const dw_ends *ends) {
    int16x8_t words = vcombine_s16(vmovn_s32(rounded(a, scales, ends)), vmovn_s32(rounded(b, scales, ends)));
    return vmovn_s16(vaddq_s16(words, ends->zero));
}

KN_INLINE void dw_store(const dw_sums sums[DW_COLUMNS], int32x4_t scales, const dw_ends *ends,
                        int8_t *const outs[DW_COLUMNS]) {
    int8x16_t bytes = vcombine_s8(bytes_of(sums[0], sums[1], scales, ends), bytes_of(sums[2], sums[3], scales, ends));
    for (int i = 0; i < DW_COLUMNS; i++) memcpy(outs[i], (const int8_t *)&bytes + i * LANES, LANES);
}

#include "dw_row.h"

static void weave(const dw_weave *job) {
    weave_row(job, LANES, BLOCK_ROWS, FLIP);
}

static int can_run(void) {
    return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
}

static const dw_form form = {LANES, BLOCK_ROWS, FLIP, weave, dw_columns};
const kn_kind dw_neon_dot = DW_KIND("dw-neon-dot", form, can_run);
#endif
