/*
 * weave.h - laying pixels side by side, in vectors of 16 bytes that every compiler of ours turns into one
 * instruction a line; only for the files of depthwise kernels.
 */
#ifndef LT_KERNELS_WEAVE_H
#define LT_KERNELS_WEAVE_H

#include <string.h>

#include "dw.h"

typedef int8_t weave_bytes __attribute__((vector_size(16)));
typedef int16_t weave_pairs __attribute__((vector_size(16)));

enum { WEAVE_CHUNK = 16 }; /* channels at a time */

/* count 4, 8 or 16 bytes, the rest 0. */
KN_INLINE weave_bytes weave_load(const int8_t *from, size_t count) {
    weave_bytes v = {0};
    memcpy(&v, from, count);
    return v;
}

KN_INLINE weave_bytes zip_low(weave_bytes a, weave_bytes b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

KN_INLINE weave_bytes zip_high(weave_bytes a, weave_bytes b) {
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

KN_INLINE weave_bytes zip_pairs_low(weave_bytes a, weave_bytes b) {
    weave_pairs x = (weave_pairs)a, y = (weave_pairs)b;
    return (weave_bytes)__builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

KN_INLINE weave_bytes zip_pairs_high(weave_bytes a, weave_bytes b) {
    weave_pairs x = (weave_pairs)a, y = (weave_pairs)b;
    return (weave_bytes)__builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}

/* The low 8 bytes as i16, each beside its neighbour as before. */
KN_INLINE weave_bytes widen_low(weave_bytes v) {
    weave_pairs doubled = (weave_pairs)__builtin_shufflevector(v, v, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    return (weave_bytes)(doubled >> 8);
}

KN_INLINE weave_bytes widen_high(weave_bytes v) {
    weave_pairs doubled =
        (weave_pairs)__builtin_shufflevector(v, v, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
    return (weave_bytes)(doubled >> 8);
}

/* count channels of 2x2 pixels (upper left, upper right, …) to out [count] x 4 bytes. */
KN_INLINE void weave_four(const int8_t *const pixels[4], size_t channel, size_t count, uint8_t flip, int8_t *out) {
    weave_bytes mask = (weave_bytes){0} + (int8_t)flip;
    weave_bytes a = weave_load(pixels[0] + channel, count), b = weave_load(pixels[1] + channel, count);
    weave_bytes c = weave_load(pixels[2] + channel, count), d = weave_load(pixels[3] + channel, count);
    weave_bytes up = zip_low(a, b) ^ mask, down = zip_low(c, d) ^ mask;
    weave_bytes woven[4] = {zip_pairs_low(up, down), zip_pairs_high(up, down)};
    if (count == WEAVE_CHUNK) {
        up = zip_high(a, b) ^ mask;
        down = zip_high(c, d) ^ mask;
        woven[2] = zip_pairs_low(up, down);
        woven[3] = zip_pairs_high(up, down);
    }
    memcpy(out, woven, count * 4);
}

/* count channels of 1x2 pixels to out [count] x 2 i16. */
KN_INLINE void weave_two(const int8_t *const pixels[4], size_t channel, size_t count, uint8_t flip, int8_t *out) {
    (void)flip; /* i16 are signed everywhere */
    weave_bytes a = weave_load(pixels[0] + channel, count), b = weave_load(pixels[1] + channel, count);
    weave_bytes low = zip_low(a, b);
    weave_bytes woven[4] = {widen_low(low), widen_high(low)};
    if (count == WEAVE_CHUNK) {
        weave_bytes high = zip_high(a, b);
        woven[2] = widen_low(high);
        woven[3] = widen_high(high);
    }
    memcpy(out, woven, count * 4);
}

/* A row of blocks of that many lanes; what is constant at the call costs nothing. */
KN_INLINE void weave_row(const dw_weave *job, uint32_t lanes, uint32_t block_rows, uint8_t flip) {
    size_t channels = job->channels, last = channels - lanes;
    int8_t *out = job->out;
    for (uint32_t block = 0; block < job->blocks; block++) {
        const int8_t *pixels[4];
        for (uint32_t i = 0; i < 2 * block_rows; i++) {
            int64_t x = job->left + 2 * (int64_t)block + i % 2;
            const int8_t *row = job->rows[i / 2];
            pixels[i] = row && x >= 0 && x < job->width ? row + (size_t)x * channels : job->outside;
        }
        for (size_t channel = 0; channel < channels;) {
            size_t count = channel + WEAVE_CHUNK <= channels ? WEAVE_CHUNK : lanes;
            size_t from = channel < last || count > lanes ? channel : last;
            if (count == WEAVE_CHUNK)
                (block_rows == 2 ? weave_four : weave_two)(pixels, from, WEAVE_CHUNK, flip, out);
            else
                (block_rows == 2 ? weave_four : weave_two)(pixels, from, lanes, flip, out);
            out += count * 4;
            channel += count;
        }
    }
}

#endif
