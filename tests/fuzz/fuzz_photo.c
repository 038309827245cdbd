/* Files of a photo, of any kind, through the image path, in one of several ways: its size says in which. */
#include <string.h>

#include "photo/image.h"
#include "targets.h"

enum { SIDE = 24 };

/* Enough for every way through the decoders, and few enough to be quick. */
#define MOST_PIXELS 32768u

/* The whole as seeds are reduced: to 1/8, 1/4 and 1/2; the whole in full; and a square at an edge, turned. */
static const img_want wants[] = {
    {.width = 2, .height = 2, .crop = 1, .x = 0.5, .y = 0.5, .max_pixels = MOST_PIXELS},
    {.width = 4, .height = 4, .crop = 1, .x = 0.5, .y = 0.5, .max_pixels = MOST_PIXELS},
    {.width = 8, .height = 8, .crop = 1, .x = 0.5, .y = 0.5, .max_pixels = MOST_PIXELS},
    {.width = SIDE, .height = SIDE, .crop = 1, .x = 0.5, .y = 0.5, .max_pixels = MOST_PIXELS, .full_decode = 1},
    {.width = SIDE,
     .height = SIDE / 2,
     .crop = 0.4,
     .x = 0.9,
     .y = 0.2,
     .quarter_turns = 1,
     .max_pixels = MOST_PIXELS}};

/* In memory of its own, which has to be as much as the header told, or less. */
static void run(const uint8_t *bytes, size_t size) {
    const img_want *want = &wants[size % (sizeof wants / sizeof *wants)];
    uint8_t rgb[SIDE * SIDE * 3];
    lt_error error = {.status = LT_OK};
    img_scratch *scratch;
    img_info info;
    uint64_t needed = 0;
    if (img_scratch_create(NULL, &scratch, &error) != LT_OK) return;
    lt_status planned = img_bytes_needed(bytes, size, want, &needed, &error);
    lt_clear(&error);
    lt_status status = img_from_file(scratch, bytes, size, want, rgb, &info, &error);
    FUZZ_PROMISE(status == LT_OK || status == LT_IMAGE_FORMAT || status == LT_IMAGE_UNSUPPORTED ||
                 status == LT_IMAGE_SIZE);
    FUZZ_PROMISE(error.status == status && (error.text[0] == '\0') == (status == LT_OK));
    if (status == LT_OK) {
        FUZZ_PROMISE(planned == LT_OK && img_scratch_peak(scratch) <= needed);
        FUZZ_PROMISE(info.missing >= 0 && info.missing <= LT_MOST_MISSING);
        FUZZ_PROMISE(info.width > 0 && info.height > 0 && (uint64_t)info.width * info.height <= MOST_PIXELS);
        FUZZ_PROMISE(memchr(info.profile, '\0', sizeof info.profile) != NULL && info.colour < LT_COLOUR_COUNT);
    }
    img_scratch_free(scratch);
}

const fuzz_target fuzz_photo = {.name = "photo", .run = run};
const fuzz_target fuzz_dicom = {.name = "dicom", .run = run};
