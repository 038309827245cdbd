/* image_parts.h - what the files of the image path share; nothing outside src/image*.c includes it. */
#ifndef LT_IMAGE_PARTS_H
#define LT_IMAGE_PARTS_H

#include "colour.h"
#include "image.h"
#include "image_kind.h"
#include "image_square.h"

/* ---- scratch memory ---- */

/* Where the scratch gets its memory; malloc and free unless a test brings its own. */
typedef struct img_memory {
    void *(*take)(size_t size); /* NULL where there is none */
    void (*give)(void *memory);
} img_memory;

/* As img_scratch_create, with another source of memory; *memory is copied. */
lt_status img_scratch_create_with(const img_memory *memory, img_scratch **out, lt_error *error);

/*
 * size bytes, not cleared, aligned to 16, valid until img_scratch_reset; NULL where memory ran out or size is
 * beyond IMG_MOST_BYTES. There is no giving back of single pieces: a photo takes few, and all end together.
 */
void *img_scratch_take(img_scratch *scratch, uint64_t size);

/* End of a photo: all that was taken is invalid. Memory is kept for the next photo, unless it was outsized. */
void img_scratch_reset(img_scratch *scratch);

/* Most bytes one piece may have; sizes up to here fit an int, in which stb_image counts. */
#define IMG_MOST_BYTES ((uint64_t)0x7FFF0000)

/* A scratch that holds more than this after a photo gives all of it back. */
#define IMG_KEPT_BYTES ((size_t)64 << 20)

/* ---- pictures ---- */

/* Most pixels a side may have; what JPEG can say. */
#define IMG_MOST_SIDE 65535u

/* What is decoded of a photo, still as it was stored: at least the square, not turned upright. */
typedef struct img_picture {
    const uint8_t *pixels;            /* [height, width, channels] u8, in scratch memory or the caller's */
    uint32_t width, height;           /* of pixels */
    uint32_t left, top;               /* of the first pixel in the whole photo decoded at 1/scale */
    uint32_t channels;                /* 1 grey, 3 RGB, 4 RGBA to be laid over white */
    uint32_t stored_channels;         /* without opacity: 1 grey, 3 colours, 4 inks */
    uint32_t full_width, full_height; /* of the stored photo */
    uint32_t scale;                   /* 1, 2, 4 or 8: one pixel stands for scale x scale of the photo's */
    double missing;                   /* share of these pixels that the file lacks, 0..1 */
} img_picture;

/* LT_IMAGE_SIZE where a photo is empty or too large for want->max_pixels or IMG_MOST_SIDE. */
lt_status img_check_size(uint64_t width, uint64_t height, const img_want *want, lt_error *error);

/* LT_MEMORY for a piece of that size. */
lt_status img_no_memory(uint64_t size, lt_error *error);

/*
 * Decode the square of a file that begins like a JPEG or PNG and has that EXIF orientation. The pixels of *out are in
 * scratch memory. What the file lacks is mid-grey and counted in out->missing.
 */
lt_status img_decode_jpeg(img_scratch *scratch, const uint8_t *bytes, size_t size, uint32_t orientation,
                          const img_want *want, img_picture *out, lt_error *error);
lt_status img_decode_png(img_scratch *scratch, const uint8_t *bytes, size_t size, uint32_t orientation,
                         const img_want *want, img_picture *out, lt_error *error);

/* What the file says of its colours, stored in so many channels. Errors: LT_MEMORY. */
lt_status img_find_colour(img_scratch *scratch, img_kind kind, const uint8_t *bytes, size_t size, uint32_t channels,
                          col_space *space, lt_error *error);

/* Crop, resize, turn upright and then as wanted: rgb is [want.height, want.width, 3] u8. */
lt_status img_fit(img_scratch *scratch, const img_picture *picture, const img_square *square, const img_want *want,
                  uint8_t *rgb, lt_error *error);

/* One colour value of that opacity laid over white, rounded. */
static inline uint8_t img_over_white(uint32_t value, uint32_t alpha) {
    return (uint8_t)((value * alpha + 255u * (255u - alpha) + 127u) / 255u);
}

#endif
