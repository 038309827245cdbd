#include "image_idct.h"

/*
 * With coefficients F(u) normalised as JPEG has them for 8 points, the N-point inverse transform of the N
 * lowest ones is, in one direction,
 *
 *     f(x) = (F(0) + sqrt(2) * sum over u > 0 of F(u) * cos((2x + 1) u pi / 2N)) / sqrt(8)
 *
 * The divisor stays that of 8 points, so that the mean of the pixels stays the mean. Two directions divide by 8.
 */

enum { ONE = 1 << 12, C1 = 5352, C3 = 2217 }; /* 1, sqrt(2) cos(pi / 8), sqrt(2) cos(3 pi / 8) */

/* [x][u], by size */
static const int16_t basis1[1][1] = {{ONE}};
static const int16_t basis2[2][2] = {{ONE, ONE}, {ONE, -ONE}};
static const int16_t basis4[4][4] = {
    {ONE, C1, ONE, C3}, {ONE, C3, -ONE, -C1}, {ONE, -C3, -ONE, C1}, {ONE, -C1, ONE, -C3}};

static uint8_t to_pixel(int64_t sum) {
    enum { EIGHT = 8 * ONE * ONE };
    int64_t value = (sum + EIGHT / 2 + (int64_t)128 * EIGHT) / EIGHT;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

void img_idct(uint32_t size, const int16_t *coefficients, uint8_t *out, size_t stride) {
    const int16_t *basis = size == 1 ? basis1[0] : size == 2 ? basis2[0] : basis4[0];
    int32_t rows[4][4]; /* [v][x], transformed along the rows */
    for (uint32_t v = 0; v < size; v++)
        for (uint32_t x = 0; x < size; x++) {
            rows[v][x] = 0;
            for (uint32_t u = 0; u < size; u++) rows[v][x] += coefficients[8 * v + u] * basis[size * x + u];
        }
    for (uint32_t y = 0; y < size; y++)
        for (uint32_t x = 0; x < size; x++) {
            int64_t sum = 0;
            for (uint32_t v = 0; v < size; v++) sum += (int64_t)rows[v][x] * basis[size * y + v];
            out[y * stride + x] = to_pixel(sum);
        }
}
