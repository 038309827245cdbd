/* jpeg_bits.h - the bits of a scan, 64 at a time; for the files that read blocks. */
#ifndef LT_PHOTO_JPEG_BITS_H
#define LT_PHOTO_JPEG_BITS_H

#include <limits.h>

#include "jpeg_parts.h"

enum {
    JPEG_ENOUGH = 32, /* bits that the longest code with its value fits in */
    JPEG_FULL = 56    /* bits that a refill brings at least */
};

/* Entries of jpeg_codes: the length of what they stand for; in `one` the symbol, in `run` how far it goes, and whether the block
 * ends; for DC coefficients the difference, and JPEG_DC_ZERO more. */
enum {
    JPEG_LENGTH = 0x1F,
    JPEG_SYMBOL_SHIFT = 8,
    JPEG_FAR = 0x7F,
    JPEG_FAR_SHIFT = 5,
    JPEG_ENDS_SHIFT = 12,
    JPEG_DC_NEAR = 10, /* bits of the largest differences there, */
    JPEG_DC_ZERO = 1 << JPEG_DC_NEAR /* which are smaller than that */
};

/* EOB: the rest of the block is zero, in a progressive scan (EOB0 to EOB14, table G.1) that of the band. What has no value and is
 * no ZRL is taken for it. */
static inline int jpeg_is_end(uint32_t code) {
    return jpeg_size_of((int)code) == 0 && code != JPEG_ZRL;
}

/* How far an AC symbol goes: its zeros and the coefficient behind them, or the 16 zeros of ZRL. */
static inline uint32_t jpeg_distance(uint32_t code) {
    return (uint32_t)jpeg_zeros_of((int)code) + 1;
}

/* Make at least JPEG_FULL bits known; beyond the end of the data they are zeros. */
void jpeg_refill(jpeg *j);

/* Not 0 where bits beyond the end of the data have been used. */
static inline int jpeg_overran(const jpeg_bits *b) {
    return b->count < b->invented;
}

static inline void jpeg_drop(jpeg_bits *b, int count) {
    b->window <<= count;
    b->count -= count;
}

/* count bits, 1 to JPEG_ENOUGH of them, which are known. */
static inline uint32_t jpeg_take(jpeg_bits *b, int count) {
    uint32_t value = (uint32_t)(b->window >> (64 - count));
    jpeg_drop(b, count);
    return value;
}

/* A value of that many bits (RECEIVE, F.2.2.4, and EXTEND, figure F.12): the lower half of the range stands for the negative
 * ones. */
static inline int jpeg_receive(jpeg_bits *b, int count) {
    if (count == 0) return 0;
    int value = (int)jpeg_take(b, count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
}

/* The next symbol, whose code has more than JPEG_LOOK bits; -1 where the bits are no code. */
int jpeg_long_symbol(jpeg_bits *b, const jpeg_huffman *table);

/* The next symbol (DECODE, F.2.2.3), -1 where the bits are no code. */
static inline int jpeg_symbol(jpeg_bits *b, const jpeg_codes *codes) {
    uint32_t entry = codes->one[b->window >> (64 - JPEG_LOOK)];
    if (entry != 0) {
        jpeg_drop(b, (int)(entry & JPEG_LENGTH));
        return (int)(entry >> JPEG_SYMBOL_SHIFT);
    }
    return jpeg_long_symbol(b, &codes->table);
}

/* The difference of a DC coefficient that the table of differences does not have; where the data is wrong, one that is none. */
enum { JPEG_NO_DIFFERENCE = INT_MIN };
int jpeg_far_difference(jpeg_bits *b, const jpeg_codes *codes);

/* A DC coefficient in units of `step`, by its difference from the block before of the same component (F.2.2.1, A.3.5). 0
 * where the data is wrong. */
static inline int jpeg_read_dc(jpeg *j, int n, int step, int16_t *value) {
    jpeg_bits *b = &j->bits;
    const jpeg_codes *codes = &j->dc_codes[j->frame.component[n].td];
    uint32_t entry = codes->run[b->window >> (64 - JPEG_LOOK)];
    int difference = (int)(entry >> JPEG_FAR_SHIFT) - JPEG_DC_ZERO;
    if (entry == 0)
        difference = jpeg_far_difference(b, codes);
    else
        jpeg_drop(b, (int)(entry & JPEG_LENGTH));
    if (difference == JPEG_NO_DIFFERENCE) return 0;
    int dc = j->planes[n].dc += difference;
    int64_t scaled = (int64_t)dc * step;
    if (scaled < INT16_MIN || scaled > INT16_MAX) return 0;
    *value = (int16_t)scaled;
    return 1;
}

#endif
