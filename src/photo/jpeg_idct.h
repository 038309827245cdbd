/* jpeg_idct.h - the inverse cosine transform of a JPEG block, at a reduced size. */
#ifndef LT_PHOTO_JPEG_IDCT_H
#define LT_PHOTO_JPEG_IDCT_H

#include <stddef.h>
#include <stdint.h>

/*
 * The width x height pixels that the low frequencies of a block of 8 x 8 stand for; each is 1, 2, 4 or 8.
 * coefficients: dequantised, row-major, [64] i16, of which only the upper left width x height are read
 * ([1] where that is all). out: height rows of width bytes, stride bytes apart.
 */
void img_idct(uint32_t width, uint32_t height, const int16_t *coefficients, uint8_t *out, size_t stride);

#endif
