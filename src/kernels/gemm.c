/* gemm.c - the way of a convolution by tiles, the same for all instructions: sizes, packing, gathering, panels. */
#include "gemm.h"

#include <string.h>

enum { ALIGNMENT = 64, CHUNK = 16, WORD = 4 }; /* bytes; CHUNK: of a row, laid out at a time */

typedef struct plan {
    uint64_t depth, steps, blocks;   /* blocks of 8 channels */
    uint64_t block_bytes, pixel_bytes, panel_bytes, row_bytes;
    int gathers;                     /* not 0 where a row is not a piece of the input */
} plan;

static uint64_t rounded(uint64_t value, uint64_t step) {
    return (value + step - 1) / step * step;
}

static plan plan_of(const gemm_form *form, const kn_shape *s) {
    plan p = {.depth = (uint64_t)s->kernel[0] * s->kernel[1] * s->channels};
    p.steps = (p.depth + form->kr - 1) / form->kr;
    p.blocks = ((uint64_t)s->out_channels + GEMM_COLUMNS - 1) / GEMM_COLUMNS;
    p.block_bytes = GEMM_COLUMNS * (2 * WORD + p.steps * form->kr);
    p.pixel_bytes = rounded((uint64_t)s->channels + KN_SLACK, ALIGNMENT);
    p.panel_bytes = rounded(p.depth, CHUNK) / form->kr * GEMM_ROWS * WORD;
    p.gathers = s->kernel[0] != 1 || s->kernel[1] != 1 || s->stride[0] != 1 || s->stride[1] != 1 || s->pad_top != 0 ||
                s->pad_left != 0 || s->out_width != s->width || s->out_height != s->height;
    p.row_bytes = rounded(p.depth + KN_SLACK, ALIGNMENT);
    return p;
}

/* Padding may come to a shape later (takes does not count it), so there is always room to gather. */
static uint64_t scratch_of(const plan *p) {
    return rounded(p->panel_bytes, ALIGNMENT) + GEMM_ROWS * p->row_bytes;
}

int gemm_takes(const kn_kind *kind, const kn_shape *s) {
    if (s->depthwise) return 0;
    plan p = plan_of(kind->form, s);
    return p.depth <= KN_MAX_SCRATCH && scratch_of(&p) <= KN_MAX_SCRATCH;
}

size_t gemm_packed_bytes(const kn_kind *kind, const kn_shape *s) {
    plan p = plan_of(kind->form, s);
    return (size_t)(p.pixel_bytes + p.blocks * p.block_bytes);
}

size_t gemm_scratch_bytes(const kn_kind *kind, const kn_shape *s) {
    plan p = plan_of(kind->form, s);
    return (size_t)scratch_of(&p);
}

uint32_t gemm_units(const kn_kind *kind, const kn_shape *s) {
    (void)kind;
    return (uint32_t)(((uint64_t)s->out_height * s->out_width - 1) / GEMM_ROWS + 1);
}

void gemm_pack(const kn_kind *kind, const kn_conv *conv, void *packed) {
    const gemm_form *form = kind->form;
    const kn_shape *s = &conv->shape;
    plan p = plan_of(form, s);
    memset(packed, s->input_zero, s->channels);
    for (uint32_t channel = 0; channel < s->out_channels; channel++) {
        const int8_t *weights = conv->weights + channel * p.depth;
        uint8_t *block = (uint8_t *)packed + p.pixel_bytes + channel / GEMM_COLUMNS * p.block_bytes;
        uint32_t column = channel % GEMM_COLUMNS;
        int32_t start = kn_start(conv, channel, weights, (size_t)p.depth, 1, s->input_zero + form->flip);
        float scale = kn_scale(conv, channel);
        memcpy(block + column * WORD, &start, WORD);
        memcpy(block + (GEMM_COLUMNS + column) * WORD, &scale, WORD);
        form->spread(weights, (uint32_t)p.depth, block + 2 * GEMM_COLUMNS * WORD + column * form->kr);
    }
}

/* ---- running ---- */

/* Piece by piece of a fixed size, which needs no call: up to KN_SLACK bytes more on both sides. */
static void copy(int8_t *to, const int8_t *from, size_t count) {
    for (size_t i = 0; i < count; i += KN_SLACK) memcpy(to + i, from + i, KN_SLACK);
}

/* The bytes under the window of an output pixel: to [depth], with KN_SLACK behind it. */
static void gather(const kn_shape *s, const int8_t *in, const int8_t *outside, uint32_t pixel, int8_t *to) {
    int64_t top = (int64_t)(pixel / s->out_width) * s->stride[0] - s->pad_top;
    int64_t left = (int64_t)(pixel % s->out_width) * s->stride[1] - s->pad_left;
    size_t run = (size_t)s->kernel[1] * s->channels;
    for (uint32_t i = 0; i < s->kernel[0]; i++) {
        int64_t y = top + i;
        int in_row = y >= 0 && y < s->height;
        if (in_row && left >= 0 && left + s->kernel[1] <= s->width) {
            copy(to, in + ((size_t)y * s->width + (size_t)left) * s->channels, run);
            to += run;
            continue;
        }
        for (uint32_t j = 0; j < s->kernel[1]; j++, to += s->channels) {
            int64_t x = left + j;
            int inside = in_row && x >= 0 && x < s->width;
            copy(to, inside ? in + ((size_t)y * s->width + (size_t)x) * s->channels : outside, s->channels);
        }
    }
}

void gemm_run(const kn_kind *kind, const kn_shape *s, const void *packed, const int8_t *in, int8_t *out, void *scratch,
              uint32_t first, uint32_t last) {
    const gemm_form *form = kind->form;
    plan p = plan_of(form, s);
    uint32_t pixels = s->out_height * s->out_width;
    uint8_t *panel = scratch;
    int8_t *gathered = (int8_t *)panel + rounded(p.panel_bytes, ALIGNMENT);
    gemm_tile job = {.panel = panel,
                     .steps = (uint32_t)p.steps,
                     .packed = (const uint8_t *)packed + p.pixel_bytes,
                     .channels = s->out_channels,
                     .zero = s->output_zero,
                     .min = s->output_min,
                     .max = s->output_max};
    for (uint32_t unit = first; unit < last; unit++) {
        const int8_t *rows[GEMM_ROWS];
        for (uint32_t i = 0; i < GEMM_ROWS; i++) {
            uint32_t pixel = unit * GEMM_ROWS + i < pixels ? unit * GEMM_ROWS + i : pixels - 1;
            job.out[i] = out + (size_t)pixel * s->out_channels;
            rows[i] = in + (size_t)pixel * s->channels;
            if (!p.gathers) continue;
            rows[i] = gathered + i * p.row_bytes;
            gather(s, in, packed, pixel, gathered + i * p.row_bytes);
        }
        form->lay(rows, (uint32_t)p.depth, panel);
        form->tile(&job);
    }
}
