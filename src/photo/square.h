/* square.h - where the wanted square lies in a photo as it is stored. */
#ifndef LT_PHOTO_SQUARE_H
#define LT_PHOTO_SQUARE_H

#include "want.h"

/* Pixel (x, y) of the picture as wanted is (a, b) of the stored one: (a, b) = (x, y), exchanged where swap is
 * set, then counted from the other end where mirror_a or mirror_b is set. */
typedef struct img_turn {
    uint8_t swap, mirror_a, mirror_b;
} img_turn;

/* The part of an axis that is looked at, in pixels as decoded: whole ones are read, from..to is what counts. */
typedef struct img_extent {
    uint32_t first, count;
    double from, to; /* 0..1 of the whole pixels */
} img_extent;

typedef struct img_square {
    img_extent across, down;
    img_turn turn;
} img_square;

/* Side of the square in pixels of the photo, at least 1. */
uint32_t img_crop_side(uint32_t width, uint32_t height, double crop);

/*
 * The square that *want asks for, in a stored photo of width x height pixels that is decoded at 1/scale and is turned
 * upright by its EXIF orientation 1..8 before it is turned as wanted.
 */
img_square img_find_square(uint32_t width, uint32_t height, uint32_t scale, uint32_t orientation, const img_want *want);

#endif
