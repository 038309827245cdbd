#include "conv16.h"

#include <string.h>

enum { STEP = 16, PIXELS = 4 }; /* differences that a row of weights is padded to; pixels computed together */

static size_t taps(const c16_shape *s) {
    return (size_t)s->kernel[0] * s->kernel[1];
}

/* Differences that one output value of a convolution is the sum over, padded. */
static size_t depth(const c16_shape *s) {
    size_t count = taps(s) * (s->channels / s->groups);
    return (count + STEP - 1) / STEP * STEP;
}

static size_t sums_bytes(const c16_shape *s) {
    size_t bytes = (size_t)s->out_width * s->out_channels * sizeof(int32_t);
    return (bytes + 63) / 64 * 64;
}

size_t c16_packed_bytes(const c16_shape *s) {
    return (s->depthwise ? taps(s) : depth(s)) * s->out_channels * sizeof(int16_t);
}

size_t c16_scratch_bytes(const c16_shape *s) {
    return sums_bytes(s) + (s->depthwise ? 0 : PIXELS * depth(s) * sizeof(int16_t));
}

void c16_pack(const c16_shape *s, const int8_t *weights, int32_t weight_zero, int16_t *packed) {
    size_t count = s->depthwise ? s->out_channels : taps(s) * (s->channels / s->groups);
    size_t rows = s->depthwise ? taps(s) : s->out_channels, step = s->depthwise ? count : depth(s);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < count; i++) packed[row * step + i] = (int16_t)(weights[row * count + i] - weight_zero);
}

/* ---- windows ---- */

/* The pixel that a tap of the window at (y, x) of the output meets; NULL in the padding. */
static const int16_t *pixel(const c16_shape *s, const int16_t *in, uint32_t y, uint32_t x, uint32_t i, uint32_t j) {
    int64_t row = (int64_t)y * s->stride[0] + (int64_t)i * s->dilation[0] - s->pad_top;
    int64_t column = (int64_t)x * s->stride[1] + (int64_t)j * s->dilation[1] - s->pad_left;
    if (row < 0 || row >= s->height || column < 0 || column >= s->width) return NULL;
    return in + ((size_t)row * s->width + (size_t)column) * s->channels;
}

/* ---- depthwise ---- */

static void add_products(int32_t *restrict sums, const int16_t *restrict in, const int16_t *restrict weights,
                         size_t count) {
    for (size_t c = 0; c < count; c++) sums[c] = (int32_t)((uint32_t)sums[c] + (uint32_t)(in[c] * weights[c]));
}

static void add_repeated(int32_t *restrict sums, const int16_t *restrict in, const int16_t *restrict weights,
                         size_t count, size_t multiplier) {
    for (size_t c = 0; c < count; c++)
        sums[c] = (int32_t)((uint32_t)sums[c] + (uint32_t)(in[c / multiplier] * weights[c]));
}

static void depthwise_pixel(const c16_shape *s, const int16_t *packed, const int16_t *in, uint32_t y, uint32_t x,
                            int32_t *sums) {
    size_t count = s->out_channels, multiplier = s->out_channels / s->channels;
    memset(sums, 0, count * sizeof *sums);
    for (uint32_t i = 0; i < s->kernel[0]; i++)
        for (uint32_t j = 0; j < s->kernel[1]; j++) {
            const int16_t *from = pixel(s, in, y, x, i, j);
            const int16_t *weights = packed + ((size_t)i * s->kernel[1] + j) * count;
            if (from && multiplier == 1) add_products(sums, from, weights, count);
            if (from && multiplier > 1) add_repeated(sums, from, weights, count, multiplier);
        }
}

/* ---- the others ---- */

/* Sums modulo 2^32 of one row of weights over the windows of PIXELS pixels. */
static void dot(const int16_t *restrict weights, const int16_t *const windows[PIXELS], size_t count,
                uint32_t out[PIXELS]) {
    const int16_t *restrict a = windows[0], *restrict b = windows[1], *restrict c = windows[2],
                            *restrict d = windows[3];
    uint32_t w = 0, x = 0, y = 0, z = 0;
    for (size_t i = 0; i < count; i++) {
        w += (uint32_t)(weights[i] * a[i]);
        x += (uint32_t)(weights[i] * b[i]);
        y += (uint32_t)(weights[i] * c[i]);
        z += (uint32_t)(weights[i] * d[i]);
    }
    out[0] = w, out[1] = x, out[2] = y, out[3] = z;
}

/* What the window at (y, x) meets of a group's channels, one tap after the other. */
static void gather(const c16_shape *s, const int16_t *in, uint32_t y, uint32_t x, uint32_t group, int16_t *to) {
    size_t part = s->channels / s->groups;
    for (uint32_t i = 0; i < s->kernel[0]; i++)
        for (uint32_t j = 0; j < s->kernel[1]; j++, to += part) {
            const int16_t *from = pixel(s, in, y, x, i, j);
            if (from)
                memcpy(to, from + group * part, part * sizeof *to);
            else
                memset(to, 0, part * sizeof *to);
        }
}

/* Is what a window meets in one piece already, as of a convolution of 1x1? */
static int is_in_place(const c16_shape *s) {
    return taps(s) == 1 && s->groups == 1 && s->pad_top == 0 && s->pad_left == 0;
}

/* The sums of up to PIXELS pixels from x on, of one group. */
static void some_pixels(const c16_shape *s, const int16_t *packed, const int16_t *in, uint32_t y, uint32_t x,
                        uint32_t count, uint32_t group, int16_t *room, int32_t *sums) {
    const int16_t *windows[PIXELS];
    size_t step = depth(s);
    for (uint32_t p = 0; p < PIXELS; p++) {
        uint32_t at = x + (p < count ? p : 0); /* those that are not there are computed all the same */
        windows[p] = is_in_place(s) ? pixel(s, in, y, at, 0, 0) : room + p * step;
        if (!is_in_place(s)) gather(s, in, y, at, group, room + p * step);
    }
    uint32_t part = s->out_channels / s->groups;
    for (uint32_t c = group * part; c < (group + 1) * part; c++) {
        uint32_t out[PIXELS];
        dot(packed + c * step, windows, step, out);
        for (uint32_t p = 0; p < count; p++) sums[(size_t)(x + p) * s->out_channels + c] = (int32_t)out[p];
    }
}

const int32_t *c16_row(const c16_shape *s, const int16_t *packed, const int16_t *in, uint32_t y, void *scratch) {
    int32_t *sums = scratch;
    if (s->depthwise) {
        for (uint32_t x = 0; x < s->out_width; x++)
            depthwise_pixel(s, packed, in, y, x, sums + (size_t)x * s->out_channels);
        return sums;
    }
    int16_t *room = (int16_t *)(void *)((uint8_t *)scratch + sums_bytes(s));
    for (uint32_t group = 0; group < s->groups; group++)
        for (uint32_t x = 0; x < s->out_width; x += PIXELS) {
            uint32_t left = s->out_width - x;
            some_pixels(s, packed, in, y, x, left < PIXELS ? left : PIXELS, group, room, sums);
        }
    return sums;
}
