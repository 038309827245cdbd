/*
 * image.h - from the bytes of a photo to the pixels the network sees.
 *
 *     img_scratch *scratch;
 *     img_scratch_create(&scratch, &error);
 *     img_want want = {.width = 224, .height = 224, .crop = 1.0, .x = 0.5, .y = 0.5, .max_pixels = 50000000};
 *     img_from_file(scratch, photo, photo_size, &want, rgb, &info, &error);   // rgb: [224, 224, 3] u8
 *     img_table_apply(&table, rgb, 224 * 224, tensor);                        // tensor: [224, 224, 3] i8 or f32
 *
 * A square of the upright photo, the centre one or any other, is resized by a triangle filter widened to the
 * reduction (Pillow's BILINEAR), exactly as training/preprocess.py does it.
 */
#ifndef LT_IMAGE_H
#define LT_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "lentigo.h"

/* Memory for decoding and resizing. Kept from photo to photo, so that only a larger one allocates. */
typedef struct img_scratch img_scratch;

/* The caller owns *out and frees it with img_scratch_free. On error (LT_MEMORY) *out is NULL. */
lt_status img_scratch_create(img_scratch **out, lt_error *error);

/* Free the scratch and all it holds; NULL is allowed. */
void img_scratch_free(img_scratch *scratch);

/* Bytes held now, and the largest number ever held at once. */
size_t img_scratch_held(const img_scratch *scratch);
size_t img_scratch_peak(const img_scratch *scratch);

/* What the network takes. */
typedef struct img_want {
    uint32_t width, height; /* of the result, pixels, 1..4096 */
    double crop;            /* side of the square over the photo's shorter side, (0, 1] */
    double x, y;            /* its centre, as shares of the width and height of the upright and turned photo, 0..1;
                               moved inside where the square would reach beyond an edge */
    uint32_t quarter_turns; /* the upright photo is turned clockwise so many times, 0..3 */
    uint64_t max_pixels;    /* a photo of more is refused before it is decoded */
    int full_decode;        /* not 0: never decode a JPEG at a reduced size */
} img_want;

/* What became of the photo. */
typedef struct img_info {
    uint32_t width, height; /* of the upright photo before the quarter turns, pixels */
    uint32_t decode_scale;  /* 1, 2, 4 or 8: the JPEG was decoded at 1/decode_scale */
    double missing;         /* share of the square that the file lacks, 0..LT_MOST_MISSING; it is grey */
    lt_colour colour;
    char profile[LT_PROFILE_NAME]; /* as in lt_result */
    double decode_ms, resize_ms;
} img_info;

/*
 * A JPEG or PNG file (bytes: [size] u8, borrowed for the call) to rgb: [want.height, want.width, 3] u8,
 * upright, turned, cropped and resized; written on LT_OK only, as is *info. A file that is cut or damaged gives what
 * there is of it, unless more than LT_MOST_MISSING of the square is missing: LT_IMAGE_FORMAT.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_IMAGE_FORMAT, LT_IMAGE_UNSUPPORTED, LT_IMAGE_SIZE.
 */
lt_status img_from_file(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want, uint8_t *rgb,
                        img_info *info, lt_error *error);

/*
 * What img_from_file will have taken of a fresh scratch once it is done, by the file's header: never less, nor much more.
 * Errors: as img_from_file, as far as a header tells.
 */
lt_status img_bytes_needed(const uint8_t *bytes, size_t size, const img_want *want, uint64_t *out, lt_error *error);

/*
 * img_from_file for upright pixels decoded elsewhere: rgba is [height, width, 4] u8, rows without gaps, alpha
 * not premultiplied, laid over white. Errors: LT_ARGUMENT, LT_MEMORY, LT_IMAGE_SIZE.
 */
lt_status img_from_rgba(img_scratch *scratch, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const img_want *want, uint8_t *rgb, img_info *info, lt_error *error);

/* The tensor value of each pixel value, by channel R, G, B: made once when a model is loaded. */
typedef struct img_table {
    int is_int8; /* else f32 */
    union {
        int8_t i8[3][256];
        float f32[3][256];
    } value;
} img_table;

/*
 * x = (pixel - mean) / std; for int8 clamp(round(x / scale) + zero_point), ties to even.
 * std and scale must be positive and finite; scale and zero_point are read for int8 only.
 */
void img_table_make(img_table *table, const float mean[3], const float std[3], int is_int8, float scale,
                    int32_t zero_point);

/* rgb: [pixels, 3] u8 to tensor: [pixels, 3] i8 or f32, as the table says. */
void img_table_apply(const img_table *table, const uint8_t *rgb, size_t pixels, void *tensor);

/* Views of one picture: turned and mirrored. The first is the picture; the first IMG_OBLONG_VIEWS keep its sides. */
enum { IMG_VIEWS = 8, IMG_OBLONG_VIEWS = 4 };

/*
 * The same of a view of the picture, view 0..IMG_VIEWS - 1: rgb is [height, width, 3] u8; width equals height where
 * view is IMG_OBLONG_VIEWS or more. tensor: [height, width, 3] i8 or f32.
 */
void img_table_apply_view(const img_table *table, const uint8_t *rgb, uint32_t width, uint32_t height, uint32_t view,
                          void *tensor);

#endif
