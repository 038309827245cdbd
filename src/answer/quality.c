#include "quality.h"

#include <math.h>
#include <string.h>

#include "spot.h"

/*
 * Brightness, contrast and clipping come from the histogram of the luma. Sharpness compares fine edges with coarse
 * ones and with the luma's spread, so that neither a pale nor a dark photo is called blurred. All of them are measured
 * in a round field in the middle: there the lesion is, and the black frame of a dermatoscope's window, whose edge is
 * sharp in any photo, is not.
 */

enum {
    MOST_WIDTH = 4096,  /* of a network's input */
    FIELD_PERCENT = 75, /* of the picture's sides: the field's axes */
    FINE = 2,           /* pixels a side of the cells whose edges are fine */
    COARSE = 4,         /* and coarse */
    SHADOW = 8,         /* luma up to here is clipped */
    HIGHLIGHT = 248,    /* and from here */
    TAIL_PERCENT = 2    /* left out at each end of the contrast */
};

/* ---- the field ---- */

/* Whether a cell's middle lies in the field of a grid [height, width]. */
static int in_field(uint32_t width, uint32_t height, uint32_t x, uint32_t y) {
    int64_t across = 100 * (2 * (int64_t)x + 1 - width) * height, down = 100 * (2 * (int64_t)y + 1 - height) * width;
    int64_t axis = (int64_t)FIELD_PERCENT * width * height;
    return across * across + down * down <= axis * axis;
}

/* How many cells at each end of row y lie outside of the field; `near` is the answer for a row beside it, or 0. */
static uint32_t outside_field(uint32_t width, uint32_t height, uint32_t y, uint32_t near) {
    while (2 * near < width && !in_field(width, height, near, y)) near++;
    while (near > 0 && in_field(width, height, near - 1, y)) near--;
    return near;
}

/* ---- luma: histogram and Laplacian ---- */

/* The edges between cells of `side` pixels, gathered row by row of the picture. */
typedef struct edges {
    uint32_t side, across, down;        /* whole cells in the picture */
    uint32_t left;                      /* how many cells at each end of the last row lie outside of the field */
    uint64_t squares, cells;            /* of the Laplacian of the cells' sums, and how many it was taken of */
    int32_t rows[3][MOST_WIDTH / FINE]; /* row y of the cells is rows[y % 3] */
} edges;

static void edges_begin(edges *e, uint32_t side, uint32_t width, uint32_t height) {
    e->side = side;
    e->across = width / side;
    e->down = height / side;
    e->left = 0;
    e->squares = e->cells = 0;
}

/* Row `row` of the cells is whole: those around the row before it are known. */
static void edges_finish_row(edges *e, uint32_t row) {
    const int32_t *above = e->rows[(row - 2) % 3], *at = e->rows[(row - 1) % 3], *below = e->rows[row % 3];
    e->left = outside_field(e->across, e->down, row - 1, e->left);
    uint32_t rim = e->left > 0 ? e->left : 1; /* a cell at the edge of the picture has no neighbour */
    for (uint32_t x = rim; x + rim < e->across; x++, e->cells++) {
        int64_t l = at[x - 1] + at[x + 1] + above[x] + below[x] - 4 * at[x];
        e->squares += (uint64_t)(l * l);
    }
}

/* Take in row y of the picture, [width] lumas. */
static void edges_add(edges *e, const uint8_t *lumas, uint32_t y) {
    uint32_t row = y / e->side, inside = y % e->side;
    if (row >= e->down) return;
    int32_t *sums = e->rows[row % 3];
    if (inside == 0) memset(sums, 0, e->across * sizeof *sums);
    for (uint32_t x = 0; x < e->across; x++)
        for (uint32_t i = 0; i < e->side; i++) sums[x] += *lumas++;
    if (inside + 1 == e->side && row >= 2) edges_finish_row(e, row);
}

/* Root mean square of the Laplacian of the cells' means; 0 where there are fewer than 3 x 3 cells. */
static double edges_end(const edges *e) {
    if (e->across < 3 || e->down < 3) return 0.0;
    return sqrt((double)e->squares / (double)e->cells) / ((double)e->side * e->side);
}

/* By the weights of ITU-R BT.601 (0.299, 0.587, 0.114) in 256ths, to the nearest. */
static uint8_t luma(const uint8_t *rgb) {
    enum { RED = 77, GREEN = 150, BLUE = 29, HALF = 128, SHIFT = 8 };
    return (uint8_t)((RED * rgb[0] + GREEN * rgb[1] + BLUE * rgb[2] + HALF) >> SHIFT);
}

/* Everything that is made of lumas, each of which is computed once. The histogram is the field's. */
static void read_lumas(const uint8_t *rgb, uint32_t width, uint32_t height, uint64_t histogram[SPOT_LEVELS],
                       edges *fine, edges *coarse) {
    uint8_t lumas[MOST_WIDTH];
    uint32_t left = 0;
    memset(histogram, 0, SPOT_LEVELS * sizeof *histogram);
    edges_begin(fine, FINE, width, height);
    edges_begin(coarse, COARSE, width, height);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++, rgb += 3) lumas[x] = luma(rgb);
        left = outside_field(width, height, y, left);
        for (uint32_t x = left; x + left < width; x++) histogram[lumas[x]]++;
        edges_add(fine, lumas, y);
        edges_add(coarse, lumas, y);
    }
}

static void measure_luma(const uint8_t *rgb, uint32_t width, uint32_t height, float *values) {
    uint64_t histogram[SPOT_LEVELS], pixels = 0, total = 0, squares = 0, dark = 0, bright = 0;
    edges fine, coarse;
    read_lumas(rgb, width, height, histogram, &fine, &coarse);
    for (uint64_t level = 0; level < SPOT_LEVELS; level++) {
        pixels += histogram[level];
        total += level * histogram[level];
        squares += level * level * histogram[level];
        if (level <= SHADOW) dark += histogram[level];
        if (level >= HIGHLIGHT) bright += histogram[level];
    }
    double count = (double)pixels, mean = (double)total / count;
    double spread = sqrt((double)(pixels * squares - total * total)) / count;
    double base = edges_end(&coarse) * spread;
    uint64_t tail = pixels * TAIL_PERCENT / 100;
    uint32_t low = spot_level_above(histogram, tail), high = spot_level_above(histogram, pixels - 1 - tail);
    values[LT_SHARPNESS] = base > 0.0 ? (float)(edges_end(&fine) / sqrt(base)) : 0.0f;
    values[LT_BRIGHTNESS] = (float)(mean / 255.0);
    values[LT_CONTRAST] = total > 0 ? (float)((double)(high - low) / mean) : 0.0f;
    values[LT_SHADOWS] = (float)((double)dark / count);
    values[LT_HIGHLIGHTS] = (float)((double)bright / count);
}

/* ---- both ---- */

void quality_measure(const uint8_t *rgb, uint32_t width, uint32_t height, lt_quality *out) {
    *out = (lt_quality){.size = sizeof *out, .measure_count = LT_MEASURE_COUNT};
    measure_luma(rgb, width, height, out->values);
    out->values[LT_LESION] = spot_share(&(spot_picture){rgb, width, height, 3});
}

void quality_judge(const lt_kind *kind, lt_quality *out) {
    /* what is wrong where a measure is below its least and above its most; -1: nothing */
    static const struct {
        int8_t low, high;
    } faults[LT_MEASURE_COUNT] = {
        [LT_SHARPNESS] = {LT_BLURRED, -1}, [LT_BRIGHTNESS] = {LT_DARK, LT_BRIGHT}, [LT_CONTRAST] = {LT_FLAT, -1},
        [LT_SHADOWS] = {-1, LT_DARK},      [LT_HIGHLIGHTS] = {-1, LT_BRIGHT},      [LT_LESION] = {LT_SMALL, LT_LARGE}};
    out->faults = 0;
    for (int i = 0; i < LT_MEASURE_COUNT; i++) {
        const lt_range *limits = &kind->quality[i];
        if (out->values[i] < limits->min && faults[i].low >= 0) out->faults |= 1u << faults[i].low;
        if (out->values[i] > limits->max && faults[i].high >= 0) out->faults |= 1u << faults[i].high;
    }
}

void quality_judge_unknown(const lt_model *model, lt_quality *out) {
    uint32_t common = UINT32_MAX;
    for (uint32_t i = 0; i < model->kind_count; i++) {
        quality_judge(&model->kinds[i], out);
        common &= out->faults;
    }
    out->faults = common;
}
