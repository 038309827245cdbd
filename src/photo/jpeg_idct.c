#include "jpeg_idct.h"

/*
 * The inverse DCT (A.3.3) at a reduced size. With coefficients F(u) normalised as JPEG has them for 8 points, the N-point inverse transform of the N
 * lowest ones is, in one direction,
 *
 *     f(x) = (F(0) + sqrt(2) * sum over u > 0 of F(u) * cos((2x + 1) u pi / 2N)) / sqrt(8)
 *
 * The divisor stays that of 8 points, so that the mean of the pixels stays the mean. Two directions divide by 8.
 */

/* What the level shift (A.3.1) adds to a sample of 8 bits. */
enum { LEVEL = 128 };

/* 1 is 2^12; Ck is sqrt(2) cos(k pi / 16), of which C4 is 1. */
enum { ONE = 1 << 12, C1 = 5681, C2 = 5352, C3 = 4816, C5 = 3218, C6 = 2217, C7 = 1130 };

/* [x][u], by size */
static const int16_t basis1[1][1] = {{ONE}};
static const int16_t basis2[2][2] = {{ONE, ONE}, {ONE, -ONE}};
static const int16_t basis4[4][4] = {
    {ONE, C2, ONE, C6}, {ONE, C6, -ONE, -C2}, {ONE, -C6, -ONE, C2}, {ONE, -C2, ONE, -C6}};
static const int16_t basis8[8][8] = {{ONE, C1, C2, C3, ONE, C5, C6, C7},     {ONE, C3, C6, -C7, -ONE, -C1, -C2, -C5},
                                     {ONE, C5, -C6, -C1, -ONE, C7, C2, C3},  {ONE, C7, -C2, -C5, ONE, C3, -C6, -C1},
                                     {ONE, -C7, -C2, C5, ONE, -C3, -C6, C1}, {ONE, -C5, -C6, C1, -ONE, -C7, C2, -C3},
                                     {ONE, -C3, C6, C7, -ONE, C1, -C2, C5},  {ONE, -C1, C2, -C3, ONE, -C5, C6, -C7}};

static const int16_t *basis_of(uint32_t size) {
    return size == 1 ? basis1[0] : size == 2 ? basis2[0] : size == 4 ? basis4[0] : basis8[0];
}

static uint8_t limit(int64_t value) {
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* The sizes that most blocks of a large photo have, one for brightness and one for colour: the same, shorter. Sums are divided
 * by 8 by a shift, half of that and the level being added before. */
enum { SHIFT = 3, ADDED = (LEVEL << SHIFT) + (1 << SHIFT) / 2 };

static void idct_1x1(const int16_t *f, uint8_t *out) {
    *out = limit((f[0] + ADDED) >> SHIFT);
}

static void idct_2x2(const int16_t *f, uint8_t *out, size_t stride) {
    const int16_t *second = f + 8;
    int left = f[0] + f[1] + ADDED, right = f[0] - f[1] + ADDED;
    out[0] = limit((left + second[0] + second[1]) >> SHIFT);
    out[1] = limit((right + second[0] - second[1]) >> SHIFT);
    out[stride] = limit((left - second[0] - second[1]) >> SHIFT);
    out[stride + 1] = limit((right - second[0] + second[1]) >> SHIFT);
}

static void idct_any(uint32_t width, uint32_t height, const int16_t *f, uint8_t *out, size_t stride) {
    enum { EIGHT = 8 * ONE * ONE };
    const int16_t *across = basis_of(width), *down = basis_of(height);
    int32_t rows[8][8]; /* [v][x], transformed along the rows */
    for (uint32_t v = 0; v < height; v++)
        for (uint32_t x = 0; x < width; x++) {
            rows[v][x] = 0;
            for (uint32_t u = 0; u < width; u++) rows[v][x] += f[8 * v + u] * across[width * x + u];
        }
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            int64_t sum = 0;
            for (uint32_t v = 0; v < height; v++) sum += (int64_t)rows[v][x] * down[height * y + v];
            out[y * stride + x] = limit((sum + EIGHT / 2 + (int64_t)LEVEL * EIGHT) / EIGHT);
        }
}

void img_idct(uint32_t width, uint32_t height, const int16_t *coefficients, uint8_t *out, size_t stride) {
    if (width == 1 && height == 1)
        idct_1x1(coefficients, out);
    else if (width == 2 && height == 2)
        idct_2x2(coefficients, out, stride);
    else
        idct_any(width, height, coefficients, out, stride);
}
