/* A colour profile for a photo of 1, 3 or 4 channels, which the first byte says; and an orientation in the same bytes. */
#include <string.h>

#include "photo/colour.h"
#include "photo/exif.h"
#include "targets.h"

static void check_space(const col_space *space) {
    FUZZ_PROMISE(memchr(space->name, '\0', sizeof space->name) != NULL && space->kind < LT_COLOUR_COUNT);
    for (int c = 0; c < 3 && space->kind == LT_COLOUR_CONVERTED; c++)
        for (int v = 0; v < 256; v++) FUZZ_PROMISE(space->curves[c][v] >= 0 && space->curves[c][v] <= 1);
    uint8_t rgb[] = {0, 0, 0, 1, 128, 255, 255, 255, 255};
    col_apply(space, rgb, sizeof rgb / 3);
}

static void run(const uint8_t *bytes, size_t size) {
    static const uint32_t channels[] = {3, 1, 4};
    static col_space space;
    uint32_t orientation = exif_orientation(bytes, size);
    FUZZ_PROMISE(orientation >= 1 && orientation <= 8);
    if (size == 0) return;
    col_from_icc(bytes + 1, size - 1, channels[bytes[0] % 3], &space);
    check_space(&space);
}

const fuzz_target fuzz_colour = {.name = "colour", .run = run};
