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

/* What a piece of that size takes, and what the scratch would hold more with pieces that take so much in all. */
uint64_t img_piece_bytes(uint64_t size);
uint64_t img_scratch_growth(const img_scratch *scratch, uint64_t pieces);

/* Make room for pieces that take so much, in one block: so that no more is held than that. 0 where there is none. */
int img_scratch_reserve(img_scratch *scratch, uint64_t pieces);

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
    uint32_t full_width, full_height; /* of the stored photo */
    uint32_t scale;                   /* 1, 2, 4 or 8: one pixel stands for scale x scale of the photo's */
    double missing;                   /* share of these pixels that the file lacks, 0..1 */
} img_picture;

/* LT_IMAGE_SIZE where a photo is empty or too large for want->max_pixels or IMG_MOST_SIDE. */
lt_status img_check_size(uint64_t width, uint64_t height, const img_want *want, lt_error *error);

/* LT_MEMORY for a piece of that size. */
lt_status img_no_memory(uint64_t size, lt_error *error);

/* Makes the square of the result from that of a picture. */
typedef struct img_fitter img_fitter;

/* How a file is read: set before, and what comes of it. */
typedef struct img_job {
    img_kind kind;
    const uint8_t *bytes; /* [size] u8, borrowed */
    size_t size;
    uint32_t orientation;
    int only_plan;       /* not 0: find out what memory it takes, and read no pixels */
    uint64_t held;       /* what the scratch will hold */
    img_picture picture; /* its pixels are in scratch memory; what the file lacks is mid-grey, and counted */
    col_space colour;
    img_square square;
    img_fitter *fitter; /* made before the pixels, so that its memory is known */
} img_job;

/* Decode the square of a file of that kind. */
lt_status img_decode_jpeg(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);
lt_status img_decode_png(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);

/*
 * Open a DICOM file: after it, job is one for the JPEG in it (job->kind says so), or its picture is there.
 * Errors: LT_IMAGE_FORMAT, LT_IMAGE_UNSUPPORTED, LT_IMAGE_SIZE, LT_MEMORY. A build without DICOM refuses them all.
 */
#ifdef IMG_WITHOUT_DICOM
static inline lt_status img_open_dicom(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    (void)scratch, (void)job, (void)want;
    return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a DICOM file, which this build does not read");
}
#else
lt_status img_open_dicom(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);
#endif

/* The end of planning: job->picture and job->square are there, and all else that decoding needs takes `pieces`. Makes
 * room for that. Not 0 where decoding is to go on; else *status says whether anything is wrong. */
int img_begin_pixels(img_scratch *scratch, img_job *job, const img_want *want, uint64_t pieces, lt_status *status,
                     lt_error *error);

/* Set job->colour by what the file says; channels are stored of a pixel: 1 grey, 3 colours, 4 inks. Errors: LT_MEMORY. */
lt_status img_find_colour(img_scratch *scratch, img_job *job, uint32_t channels, lt_error *error);

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
