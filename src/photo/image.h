/*
 * image.h - from the bytes of a photo to the pixels the network sees.
 *
 *     img_scratch *scratch;
 *     img_scratch_create(NULL, &scratch, &error);
 *     img_want want = {.width = 224, .height = 224, .crop = 1.0, .x = 0.5, .y = 0.5, .max_pixels = 50000000};
 *     img_from_file(scratch, photo, photo_size, &want, rgb, &info, &error);   // rgb: [224, 224, 3] u8
 *
 * A square of the upright photo, the centre one or any other, is resized by a triangle filter widened to the
 * reduction (Pillow's BILINEAR), exactly as training/preprocess.py does it.
 */
#ifndef LT_PHOTO_IMAGE_H
#define LT_PHOTO_IMAGE_H

#include "scratch.h"
#include "want.h"

/*
 * A JPEG or PNG file (bytes: [size] u8, borrowed for the call) to rgb: [want.height, want.width, 3] u8,
 * upright, turned, cropped and resized; written on LT_OK only, as is *info. A file that is cut or damaged gives what
 * there is of it, unless more than LT_MOST_MISSING of the square is missing: LT_IMAGE_FORMAT.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_IMAGE_FORMAT, LT_IMAGE_UNSUPPORTED, LT_IMAGE_SIZE, LT_CANCELLED.
 */
lt_status img_from_file(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want, uint8_t *rgb,
                        img_info *info, lt_error *error);

/*
 * What a file says of itself. out->kind is always written, the rest on LT_OK only. Of *want only limits and memory are read.
 * Errors: as img_from_file, as far as a header tells.
 */
lt_status img_look_into(const uint8_t *bytes, size_t size, const img_want *want, img_about *out, lt_error *error);

/* The size of a small picture of all of a photo: its longer side has most pixels, or fewer where the photo has. */
void img_overview_size(uint32_t width, uint32_t height, uint32_t most, img_want *want);

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

#endif
