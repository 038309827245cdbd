/* jpeg_bits.h - the bits of a scan, 64 at a time; for the files that read blocks. */
#ifndef LT_PHOTO_JPEG_BITS_H
#define LT_PHOTO_JPEG_BITS_H

#include "jpeg_parts.h"

enum {
    JPEG_ENOUGH = 32, /* bits that the longest code with its value fits in */
    JPEG_FULL = 56    /* bits that a refill brings at least */
};

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

/* A value of that many bits (RECEIVE and EXTEND, F.2.2.1): the lower half of the range stands for the negative ones. */
static inline int jpeg_receive(jpeg_bits *b, int count) {
    if (count == 0) return 0;
    int value = (int)jpeg_take(b, count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
}

/* The next symbol (DECODE, F.2.2.3), -1 where the bits are no code. */
static inline int jpeg_symbol(jpeg_bits *b, const stbi__huffman *table, const jpeg_codes *codes) {
    uint32_t entry = codes->one[b->window >> (64 - JPEG_LOOK)];
    if (entry != 0) {
        jpeg_drop(b, (int)(entry & 31));
        return (int)(entry >> 8);
    }
    uint32_t front = (uint32_t)(b->window >> 48);
    for (int length = JPEG_LOOK + 1; length <= 16; length++) {
        if (front >= table->maxcode[length]) continue;
        int index = (int)(front >> (16 - length)) + table->delta[length];
        if (index < 0 || index > 255) return -1;
        jpeg_drop(b, length);
        return table->values[index];
    }
    return -1;
}

#endif
