/* image_idct.h - the inverse cosine transform of a JPEG block, at a reduced size. */
#ifndef LT_IMAGE_IDCT_H
#define LT_IMAGE_IDCT_H

#include <stddef.h>
#include <stdint.h>

/*
 * The size x size pixels that the low frequencies of a block of 8 x 8 stand for; size is 1, 2 or 4.
 * coefficients: dequantised, row-major, [64] i16, of which only the upper left size x size are read
 * ([1] where size is 1). out: size rows of size bytes, stride bytes apart.
 */
void img_idct(uint32_t size, const int16_t *coefficients, uint8_t *out, size_t stride);

#endif
