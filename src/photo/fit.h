/* fit.h - from a decoded picture to the pixels of the square: cropped, resized, upright. */
#ifndef LT_PHOTO_FIT_H
#define LT_PHOTO_FIT_H

#include "scratch.h"
#include "square.h"

/* Most pixels a side may have; what JPEG can say. */
#define IMG_MOST_SIDE 65535u

/* What is decoded of a photo, still as it was stored: at least the square, not turned upright. */
typedef struct img_picture {
    const uint8_t *pixels;            /* [height, width, channels] u8, in scratch memory or the caller's */
    uint32_t width, height;           /* of pixels */
    uint32_t left, top;               /* of the first pixel in the whole photo decoded at 1/scale */
    uint32_t channels;                /* 1 grey, 3 RGB, 4 RGBA to be laid over white */
    uint32_t full_width, full_height; /* of the stored photo */
    uint32_t scale;                   /* 1, 2, 4 or 8: one pixel stands for scale x scale of the photo's */
    double missing;                   /* share of these pixels that the file lacks, 0..1 */
} img_picture;

/* Makes the square of the result from that of a picture. */
typedef struct img_fitter img_fitter;

/* Take what img_fit needs; of *picture all but the pixels is read. Errors: LT_MEMORY. */
lt_status img_fit_prepare(img_scratch *scratch, const img_picture *picture, const img_square *square,
                          const img_want *want, img_fitter **out, lt_error *error);

/* Crop, resize, turn upright and then as wanted: rgb is [want.height, want.width, 3] u8. */
void img_fit(img_fitter *fitter, const img_picture *picture, const img_square *square, const img_want *want,
             uint8_t *rgb);

/* One colour value of that opacity laid over white, rounded. */
static inline uint8_t img_over_white(uint32_t value, uint32_t alpha) {
    return (uint8_t)((value * alpha + 255u * (255u - alpha) + 127u) / 255u);
}

#endif
