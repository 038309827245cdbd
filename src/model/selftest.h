/*
 * selftest.h - the metadata entry `lentigo.selftest` of a model file: a picture, and what its network gives for it.
 *
 *   {"input": "blocks:1", "logits": [number, …], "tolerance": number}
 *
 * input says how the picture is drawn: "blocks:SEED", SEED a number of 32 bits, by selftest_draw. logits are those of
 * one view, as lt_result has them, by class index. tolerance is how far each may be off; absent or 0: not at all, which
 * int8 networks keep everywhere. Other members are not read.
 */
#ifndef LT_MODEL_SELFTEST_H
#define LT_MODEL_SELFTEST_H

#include "base/error.h"

/* A self-test, read and checked. */
typedef struct selftest {
    uint32_t seed;
    float tolerance;             /* 0 or more */
    float logits[LT_MAX_LABELS]; /* [classes] */
} selftest;

/*
 * Read the entry (json: [size] u8, borrowed for the call, as is memory; NULL: malloc and free) of a network that gives so many
 * classes.
 * Errors: LT_MEMORY, LT_MODEL_METADATA, LT_MODEL_UNSUPPORTED (a picture that is not known here); the text names the field.
 */
lt_status selftest_read(const uint8_t *json, size_t size, uint32_t classes, const lt_allocator *memory, selftest *out,
                        lt_error *error);

/*
 * Draw the picture "blocks:SEED", rgb [height, width, 3] u8: blocks of one colour, 16 pixels wide and high, and noise over
 * them, so that every layer sees flat parts, edges and texture. With integers modulo 2^32 alone,
 *
 *   mix(n):         n ^= n >> 16, n *= 0x7feb352d, n ^= n >> 15, n *= 0x846ca68b, n ^= n >> 16  (lowbias32 of C. Wellons)
 *   at(s, x, y, c): mix(s ^ mix(x ^ mix(y ^ mix(c + 1)))) & 255
 *   rgb[y, x, c]  = (3 at(seed, x / 16, y / 16, c) + at(~seed, x, y, c)) / 4, rounded down
 */
void selftest_draw(uint32_t seed, uint32_t width, uint32_t height, uint8_t *rgb);

#endif
