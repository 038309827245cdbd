#include "quality.h"

#include <math.h>
#include <string.h>

/*
 * Brightness, contrast and clipping come from the histogram of the luma; sharpness is the strength of the
 * luma's Laplacian against its spread, so that a pale photo is not called blurred; the lesion is found on a coarse
 * grid, by Otsu's threshold and as the largest connected dark part.
 */

enum {
    LEVELS = 256,
    MOST_WIDTH = 4096, /* of a network's input */
    GRID = 48,         /* cells a side, fewer where the picture has fewer pixels */
    CELLS = GRID * GRID,
    SHADOW = 8,        /* luma up to here is clipped */
    HIGHLIGHT = 248,   /* and from here */
    TAIL_PERCENT = 2   /* left out at each end of the contrast */
};

/* ---- luma: histogram and Laplacian ---- */

/* Sums over a picture's luma. */
typedef struct sums {
    uint64_t histogram[LEVELS];
    uint64_t laplacian; /* sum of squares */
    uint64_t inner;     /* pixels it was taken at */
} sums;

static void luma_row(const uint8_t *rgb, uint32_t width, uint8_t *row) {
    for (size_t x = 0; x < width; x++)
        row[x] = (uint8_t)((77u * rgb[3 * x] + 150u * rgb[3 * x + 1] + 29u * rgb[3 * x + 2] + 128u) >> 8);
}

/* Rows above, at and below; the edge pixels have no Laplacian. */
static void add_laplacian(const uint8_t *above, const uint8_t *at, const uint8_t *below, uint32_t width, sums *s) {
    for (uint32_t x = 1; x + 1 < width; x++) {
        int32_t l = at[x - 1] + at[x + 1] + above[x] + below[x] - 4 * at[x];
        s->laplacian += (uint64_t)(l * l);
        s->inner++;
    }
}

static void sum_luma(const uint8_t *rgb, uint32_t width, uint32_t height, sums *s) {
    uint8_t rows[3][MOST_WIDTH]; /* row y is rows[y % 3] */
    memset(s, 0, sizeof *s);
    for (uint32_t y = 0; y < height; y++) {
        uint8_t *row = rows[y % 3];
        luma_row(rgb + (size_t)y * width * 3, width, row);
        for (uint32_t x = 0; x < width; x++) s->histogram[row[x]]++;
        if (y >= 2) add_laplacian(rows[(y - 2) % 3], rows[(y - 1) % 3], row, width, s);
    }
}

/* The lowest level with more than `skipped` pixels at or below it. */
static uint32_t level_above(const uint64_t histogram[LEVELS], uint64_t skipped) {
    uint64_t seen = 0;
    for (uint32_t level = 0; level < LEVELS; level++) {
        seen += histogram[level];
        if (seen > skipped) return level;
    }
    return LEVELS - 1;
}

static void measure_luma(const sums *s, uint64_t pixels, float *values) {
    uint64_t total = 0, squares = 0, dark = 0, bright = 0, tail = pixels * TAIL_PERCENT / 100;
    for (uint64_t level = 0; level < LEVELS; level++) {
        total += level * s->histogram[level];
        squares += level * level * s->histogram[level];
        if (level <= SHADOW) dark += s->histogram[level];
        if (level >= HIGHLIGHT) bright += s->histogram[level];
    }
    double count = (double)pixels, mean = (double)total / count;
    double spread = (double)squares / count - mean * mean;
    double edges = s->inner > 0 ? (double)s->laplacian / (double)s->inner : 0.0;
    uint32_t low = level_above(s->histogram, tail), high = level_above(s->histogram, pixels - 1 - tail);
    values[LT_SHARPNESS] = spread > 0.0 ? (float)sqrt(edges / spread) : 0.0f;
    values[LT_BRIGHTNESS] = (float)(mean / 255.0);
    values[LT_CONTRAST] = (float)(high - low) / 255.0f;
    values[LT_SHADOWS] = (float)((double)dark / count);
    values[LT_HIGHLIGHTS] = (float)((double)bright / count);
}

/* ---- the lesion's share ---- */

/* The picture as cells: the mean of green and blue, in which all kinds of lesions are darker than skin. */
typedef struct grid {
    uint32_t width, height;
    uint8_t cells[CELLS]; /* [height, width] */
    uint8_t inside[CELLS]; /* not 0: within the round field of view, which leaves dark corners out */
    uint8_t dark[CELLS];
} grid;

static uint8_t cell_mean(const uint8_t *rgb, uint32_t stride, uint32_t x0, uint32_t x1, uint32_t y0, uint32_t y1) {
    uint64_t sum = 0;
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++) {
            const uint8_t *pixel = rgb + ((size_t)y * stride + x) * 3;
            sum += (uint64_t)pixel[1] + pixel[2];
        }
    return (uint8_t)(sum / (2 * (uint64_t)(x1 - x0) * (y1 - y0)));
}

static void make_grid(const uint8_t *rgb, uint32_t width, uint32_t height, grid *g) {
    g->width = width < GRID ? width : GRID;
    g->height = height < GRID ? height : GRID;
    for (uint32_t y = 0; y < g->height; y++)
        for (uint32_t x = 0; x < g->width; x++) {
            /* twice the distance from the middle, over the width and the height */
            int64_t dx = 2 * (int64_t)x + 1 - g->width, dy = 2 * (int64_t)y + 1 - g->height;
            int64_t w = g->width, h = g->height;
            g->inside[y * g->width + x] = dx * dx * h * h + dy * dy * w * w <= w * w * h * h;
            g->cells[y * g->width + x] = cell_mean(rgb, width, x * width / g->width, (x + 1) * width / g->width,
                                                   y * height / g->height, (y + 1) * height / g->height);
        }
}

/* Otsu's threshold: the level that parts the cells inside into two with the largest variance between them. */
static uint32_t otsu(const grid *g) {
    uint32_t histogram[LEVELS] = {0}, best = 0;
    double all = 0.0, sum = 0.0, below = 0.0, sum_below = 0.0, most = -1.0;
    for (uint32_t i = 0; i < g->width * g->height; i++)
        if (g->inside[i]) histogram[g->cells[i]]++;
    for (uint32_t level = 0; level < LEVELS; level++) {
        all += histogram[level];
        sum += (double)level * histogram[level];
    }
    for (uint32_t level = 0; level + 1 < LEVELS; level++) {
        below += histogram[level];
        sum_below += (double)level * histogram[level];
        if (below == 0.0 || below == all) continue;
        double apart = sum_below / below - (sum - sum_below) / (all - below);
        double between = below * (all - below) * apart * apart;
        if (between > most) {
            most = between;
            best = level;
        }
    }
    return best;
}

/* Cells of the connected dark part that holds `start`; they are dark no more. */
static uint32_t take_part(grid *g, uint32_t start) {
    uint16_t waiting[CELLS];
    uint32_t count = 0, taken = 0, width = g->width;
    waiting[count++] = (uint16_t)start;
    g->dark[start] = 0;
    while (count > 0) {
        uint32_t at = waiting[--count], x = at % width, y = at / width;
        const uint32_t next[4] = {at - 1, at + 1, at - width, at + width};
        const int within[4] = {x > 0, x + 1 < width, y > 0, y + 1 < g->height};
        taken++;
        for (int i = 0; i < 4; i++) {
            if (!within[i] || !g->dark[next[i]]) continue;
            g->dark[next[i]] = 0;
            waiting[count++] = (uint16_t)next[i];
        }
    }
    return taken;
}

static float measure_lesion(const uint8_t *rgb, uint32_t width, uint32_t height) {
    grid g;
    make_grid(rgb, width, height, &g);
    uint32_t cells = g.width * g.height, threshold = otsu(&g), largest = 0;
    for (uint32_t i = 0; i < cells; i++) g.dark[i] = g.inside[i] && g.cells[i] <= threshold;
    for (uint32_t i = 0; i < cells; i++) {
        if (!g.dark[i]) continue;
        uint32_t part = take_part(&g, i);
        if (part > largest) largest = part;
    }
    return (float)((double)largest / (double)cells);
}

/* ---- both ---- */

void quality_measure(const uint8_t *rgb, uint32_t width, uint32_t height, lt_quality *out) {
    sums s;
    sum_luma(rgb, width, height, &s);
    measure_luma(&s, (uint64_t)width * height, out->values);
    out->values[LT_LESION] = measure_lesion(rgb, width, height);
    out->faults = 0;
}

void quality_judge(const lt_model *model, lt_quality *out) {
    /* what is wrong where a measure is below its least and above its most; -1: nothing */
    static const struct {
        int8_t low, high;
    } faults[LT_MEASURE_COUNT] = {
        [LT_SHARPNESS] = {LT_BLURRED, -1}, [LT_BRIGHTNESS] = {LT_DARK, LT_BRIGHT}, [LT_CONTRAST] = {LT_FLAT, -1},
        [LT_SHADOWS] = {-1, LT_DARK},      [LT_HIGHLIGHTS] = {-1, LT_BRIGHT},      [LT_LESION] = {LT_SMALL, LT_LARGE}};
    out->faults = 0;
    for (int i = 0; i < LT_MEASURE_COUNT; i++) {
        const lt_range *limits = &model->quality[i];
        if (out->values[i] < limits->min && faults[i].low >= 0) out->faults |= 1u << faults[i].low;
        if (out->values[i] > limits->max && faults[i].high >= 0) out->faults |= 1u << faults[i].high;
    }
}
