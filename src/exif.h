/* exif.h - the orientation tag of a photo, out of the few bytes that hold it. */
#ifndef LT_EXIF_H
#define LT_EXIF_H

#include <stddef.h>
#include <stdint.h>

/*
 * How the stored picture is turned upright, as EXIF numbers it. The name says where the stored
 * picture's first row and first column lie in the upright one.
 */
enum {
    EXIF_TOP_LEFT = 1,     /* upright already */
    EXIF_TOP_RIGHT = 2,    /* mirrored left to right */
    EXIF_BOTTOM_RIGHT = 3, /* turned by half */
    EXIF_BOTTOM_LEFT = 4,  /* mirrored top to bottom */
    EXIF_LEFT_TOP = 5,     /* rows and columns exchanged */
    EXIF_RIGHT_TOP = 6,    /* needs a quarter turn clockwise */
    EXIF_RIGHT_BOTTOM = 7, /* rows and columns exchanged, then turned by half */
    EXIF_LEFT_BOTTOM = 8   /* needs a quarter turn anticlockwise */
};

/* Not 0 where upright width and height are the stored height and width. */
int exif_swaps_sides(uint32_t orientation);

/*
 * The orientation 1..8 of a JPEG (APP1 before the scan) or PNG (eXIf chunk), bytes: [size] u8, borrowed.
 * Anything missing, damaged or out of range counts as 1: a photo is never refused for its EXIF.
 */
uint32_t exif_orientation(const uint8_t *bytes, size_t size);

#endif
