#include "square.h"

#include <math.h>

/* By EXIF orientation 1..8. */
static const img_turn turns[9] = {
    [1] = {0, 0, 0}, [2] = {0, 1, 0}, [3] = {0, 1, 1}, [4] = {0, 0, 1},
    [5] = {1, 0, 0}, [6] = {1, 0, 1}, [7] = {1, 1, 1}, [8] = {1, 1, 0},
};

/* By the number of clockwise quarter turns: those of an orientation that asks for them. */
static const uint8_t orientation_of_turns[4] = {1, 6, 3, 8};

/* What stands upright after `first` is turned by `then`. */
static img_turn compose(img_turn first, img_turn then) {
    uint8_t a = first.swap ? then.mirror_b : then.mirror_a, b = first.swap ? then.mirror_a : then.mirror_b;
    return (img_turn){first.swap ^ then.swap, first.mirror_a ^ a, first.mirror_b ^ b};
}

uint32_t img_crop_side(uint32_t width, uint32_t height, double crop) {
    uint32_t shorter = width < height ? width : height;
    uint32_t side = (uint32_t)floor((double)shorter * crop + 0.5);
    return side < 1 ? 1 : side;
}

/* start and side are in pixels of the photo, size in pixels of the picture decoded at 1/scale. */
static img_extent map_extent(uint32_t start, uint32_t side, uint32_t size, uint32_t scale) {
    double from = (double)start / scale, to = (double)(start + side) / scale;
    img_extent e;
    e.first = start / scale;
    uint32_t end = (start + side + scale - 1) / scale;
    e.count = (end < size ? end : size) - e.first;
    e.from = (from - e.first) / e.count;
    e.to = fmin((to - e.first) / e.count, 1.0);
    return e;
}

/* Where a square of `side` begins on an axis of `size` pixels, its centre at `share` of it: rounded down, inside. */
static uint32_t place(double share, uint32_t size, uint32_t side) {
    double from = floor(share * size - 0.5 * side);
    return from < 0.0 ? 0 : from > size - side ? size - side : (uint32_t)from;
}

/* Rounded down in the turned picture, where the training crops, so it may lie one pixel further where an axis is
 * mirrored. */
img_square img_find_square(uint32_t width, uint32_t height, uint32_t scale, uint32_t orientation,
                           const img_want *want) {
    img_turn t = compose(turns[orientation], turns[orientation_of_turns[want->quarter_turns]]);
    uint32_t across = (width + scale - 1) / scale, down = (height + scale - 1) / scale;
    if (want->whole) return (img_square){map_extent(0, width, across, scale), map_extent(0, height, down, scale), t};
    uint32_t side = img_crop_side(width, height, want->crop);
    uint32_t a = place(t.swap ? want->y : want->x, width, side);
    uint32_t b = place(t.swap ? want->x : want->y, height, side);
    if (t.mirror_a) a = width - side - a;
    if (t.mirror_b) b = height - side - b;
    return (img_square){map_extent(a, side, across, scale), map_extent(b, side, down, scale), t};
}
