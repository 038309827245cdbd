/* want.h - what is asked of a photo, and what became of it. */
#ifndef LT_PHOTO_WANT_H
#define LT_PHOTO_WANT_H

#include "base/cancel.h"
#include "lentigo.h"

/* What the network takes. */
typedef struct img_want {
    uint32_t width, height; /* of the result, pixels, 1..4096 */
    double crop;            /* side of the square over the photo's shorter side, (0, 1] */
    double x, y;            /* its centre, as shares of the width and height of the upright and turned photo, 0..1;
                               moved inside where the square would reach beyond an edge */
    uint32_t quarter_turns; /* the upright photo is turned clockwise so many times, 0..3 */
    int whole;              /* not 0: no square but all of the photo, which width and height are in proportion to */
    uint64_t max_pixels;    /* a photo of more is refused before it is decoded */
    uint64_t max_bytes;     /* most that the file and decoding it may take together: LT_MEMORY beyond; 0: no limit */
    int full_decode;        /* not 0: never decode a JPEG at a reduced size */
    const lt_allocator *memory; /* for what is held while a file is only looked into; NULL: malloc and free */
    cancel *cancel;         /* ends it early: LT_CANCELLED; NULL: nothing does */
} img_want;

/* What a file says of itself before its pixels are read. */
typedef struct img_about {
    lt_photo_kind kind;
    uint32_t width, height; /* of the upright photo, pixels */
    uint32_t orientation;   /* EXIF's, 1..8 */
    lt_colour colour;
    char profile[LT_PROFILE_NAME]; /* as in lt_result */
} img_about;

/* What became of the photo. */
typedef struct img_info {
    uint32_t width, height; /* of the upright photo before the quarter turns, pixels */
    uint32_t decode_scale;  /* 1, 2, 4 or 8: the JPEG was decoded at 1/decode_scale */
    double missing;         /* share of the square that the file lacks, 0..LT_MOST_MISSING; it is grey */
    lt_colour colour;
    char profile[LT_PROFILE_NAME]; /* as in lt_result */
    double decode_ms, resize_ms;
} img_info;

#endif
