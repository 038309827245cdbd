/* PNG files; the checksums of mutated ones are made right, or few would get past them. */
#include "photo.h"
#include "targets.h"

static void run(const uint8_t *bytes, size_t size) {
    fuzz_photo.run(bytes, size);
}

static size_t mend(uint8_t *bytes, size_t size) {
    photo file = {.bytes = bytes, .size = size, .room = size};
    photo_png_repair(&file);
    return size;
}

const fuzz_target fuzz_png = {.name = "png", .run = run, .mend = mend};
