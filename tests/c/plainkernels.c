#include "plainkernels.h"

#include <math.h>

#include "kernels/gemm.h"
#include "kernels/weave.h"

static int always(void) {
    return 1;
}

static int8_t rounded(int32_t sum, float scale, int8_t zero, int8_t min, int8_t max) {
    return (int8_t)(lrintf(fminf(fmaxf((float)sum * scale, (float)(min - zero)), (float)(max - zero))) + zero);
}

/* Four bytes by four, or two i16 by two, modulo 2^32. */
static int32_t dot(int32_t sum, const uint8_t *pixels, const uint8_t *weights, int wide, int is_unsigned) {
    uint32_t total = (uint32_t)sum;
    for (int i = 0; i < 4 && !wide; i++) {
        int32_t pixel = is_unsigned ? pixels[i] : (int8_t)pixels[i];
        total += (uint32_t)(pixel * (int8_t)weights[i]);
    }
    for (int i = 0; i < 2 && wide; i++) {
        int16_t pixel, weight;
        memcpy(&pixel, pixels + 2 * i, sizeof pixel);
        memcpy(&weight, weights + 2 * i, sizeof weight);
        total += (uint32_t)(pixel * weight);
    }
    return (int32_t)total;
}

/* ---- depthwise ---- */

enum { LANES = 4 };

typedef struct dw_sums {
    union {
        int32_t sums[LANES];
        float scales[LANES];
        uint8_t bytes[4 * LANES];
    };
} dw_sums;

typedef struct dw_ends {
    int8_t zero, min, max;
} dw_ends;

static dw_sums dw_load(const void *from) {
    dw_sums v;
    memcpy(&v, from, sizeof v);
    return v;
}

static dw_ends dw_ends_of(const dw_row *job) {
    return (dw_ends){job->zero, job->min, job->max};
}

static void dw_store(const dw_sums sums[DW_COLUMNS], dw_sums scales, const dw_ends *e, int8_t *const outs[DW_COLUMNS]) {
    for (int column = 0; column < DW_COLUMNS; column++)
        for (int i = 0; i < LANES; i++)
            outs[column][i] = rounded(sums[column].sums[i], scales.scales[i], e->zero, e->min, e->max);
}

static int wide, is_unsigned; /* what dw_dot is to be: set before each row */

static dw_sums dw_dot(dw_sums sums, dw_sums block, dw_sums taps) {
    for (int i = 0; i < LANES; i++)
        sums.sums[i] = dot(sums.sums[i], block.bytes + 4 * i, taps.bytes + 4 * i, wide, is_unsigned);
    return sums;
}

#include "kernels/dw_row.h"

static void row_unsigned(const dw_row *job, uint32_t columns, uint32_t stride) {
    wide = 0, is_unsigned = 1;
    dw_columns(job, columns, stride);
}

static void row_signed(const dw_row *job, uint32_t columns, uint32_t stride) {
    wide = 0, is_unsigned = 0;
    dw_columns(job, columns, stride);
}

static void row_wide(const dw_row *job, uint32_t columns, uint32_t stride) {
    wide = 1;
    dw_columns(job, columns, stride);
}

static void weave_unsigned(const dw_weave *job) {
    weave_row(job, LANES, 2, 0x80);
}

static void weave_signed(const dw_weave *job) {
    weave_row(job, LANES, 2, 0);
}

static void weave_wide(const dw_weave *job) {
    weave_row(job, LANES, 1, 0);
}

/* ---- tiles ---- */

static void lay(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel, int is_wide, uint8_t flip) {
    uint32_t end = (depth + 15) / 16 * 16, step = is_wide ? 2 : 4;
    for (uint32_t k = 0; k < end; k += step)
        for (uint32_t row = 0; row < GEMM_ROWS; row++, panel += 4)
            for (uint32_t i = 0; i < step; i++) {
                int16_t pixel = rows[row][k + i];
                if (is_wide)
                    memcpy(panel + 2 * i, &pixel, sizeof pixel);
                else
                    panel[i] = (uint8_t)pixel ^ flip;
            }
}

static void lay_unsigned(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel) {
    lay(rows, depth, panel, 0, 0x80);
}

static void lay_wide(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel) {
    lay(rows, depth, panel, 1, 0);
}

static void tile(const gemm_tile *job, uint32_t kr) {
    const uint8_t *block = job->packed;
    for (uint32_t channel = 0; channel < job->channels; channel++) {
        uint32_t column = channel % GEMM_COLUMNS;
        size_t step_bytes = GEMM_COLUMNS * (size_t)kr, block_bytes = 8 * GEMM_COLUMNS + job->steps * step_bytes;
        int32_t start;
        float scale;
        memcpy(&start, block + 4 * column, sizeof start);
        memcpy(&scale, block + 4 * (GEMM_COLUMNS + column), sizeof scale);
        for (uint32_t row = 0; row < GEMM_ROWS; row++) {
            int32_t sum = start;
            for (uint32_t k = 0; k < job->steps; k++) {
                const uint8_t *w = block + 8 * GEMM_COLUMNS + k * step_bytes + column * kr;
                int16_t pair[2] = {(int8_t)w[0], (int8_t)w[1]};
                sum = dot(sum, job->panel + (size_t)k * 16 + 4 * row, kr == 2 ? (const uint8_t *)pair : w, kr == 2, 1);
            }
            job->out[row][channel] = rounded(sum, scale, job->zero, job->min, job->max);
        }
        if (column + 1 == GEMM_COLUMNS) block += block_bytes;
    }
}

static void tile_unsigned(const gemm_tile *job) {
    tile(job, 4);
}

static void tile_wide(const gemm_tile *job) {
    tile(job, 2);
}

static const dw_form dw_unsigned_form = {LANES, 2, 0x80, weave_unsigned, row_unsigned};
static const dw_form dw_signed_form = {LANES, 2, 0, weave_signed, row_signed};
static const dw_form dw_wide_form = {LANES, 1, 0, weave_wide, row_wide};
static void spread(const int8_t *weights, uint32_t depth, uint8_t *to, uint32_t kr) {
    for (uint32_t k = 0; k < depth; k++) to[k / kr * GEMM_COLUMNS * kr + k % kr] = (uint8_t)weights[k];
}

static void spread_words(const int8_t *weights, uint32_t depth, uint8_t *to) {
    spread(weights, depth, to, 4);
}

static void spread_pairs(const int8_t *weights, uint32_t depth, uint8_t *to) {
    spread(weights, depth, to, 2);
}

static const gemm_form gemm_unsigned_form = {4, 0x80, lay_unsigned, tile_unsigned, spread_words};
static const gemm_form gemm_wide_form = {2, 0, lay_wide, tile_wide, spread_pairs};

static const kn_kind dw_unsigned_kind = DW_KIND("depthwise, plain C, unsigned", dw_unsigned_form, always);
static const kn_kind dw_signed_kind = DW_KIND("depthwise, plain C, signed", dw_signed_form, always);
static const kn_kind dw_wide_kind = DW_KIND("depthwise, plain C, i16", dw_wide_form, always);
static const kn_kind gemm_unsigned_kind = GEMM_KIND("tiles, plain C, unsigned", gemm_unsigned_form, always);
static const kn_kind gemm_wide_kind = GEMM_KIND("tiles, plain C, i16", gemm_wide_form, always);

const kn_kind *const plain_kernels[PLAIN_KERNELS] = {&dw_unsigned_kind, &dw_signed_kind, &dw_wide_kind,
                                                     &gemm_unsigned_kind, &gemm_wide_kind};
