#include "quality.h"

#include <math.h>
#include <string.h>

/*
 * Brightness, contrast and clipping come from the histogram of the luma. Sharpness compares fine edges with coarse
 * ones and with the luma's spread, so that neither a pale nor a dark photo is called blurred. The lesion is found on a
 * grid of cells, by Otsu's threshold, as the largest connected dark parts.
 */

enum {
    LEVELS = 256,
    MOST_WIDTH = 4096, /* of a network's input */
    FINE = 2,          /* pixels a side of the cells whose edges are fine */
    COARSE = 4,        /* and coarse */
    GRID = 48,         /* cells a side, fewer where the picture has fewer pixels */
    CELLS = GRID * GRID,
    SHADOW = 8,        /* luma up to here is clipped */
    HIGHLIGHT = 248,   /* and from here */
    TAIL_PERCENT = 2,  /* left out at each end of the contrast */
    SKIN_PERCENT = 95, /* the cells' level that is taken for bright skin */
    LONE_SPOT = 6, /* where Otsu's parts are this many times closer than skin and the darkest cell, both are skin */
    LESSER_PART = 4    /* parts of this fraction of the largest one belong to the lesion */
};

/* ---- luma: histogram and Laplacian ---- */

static uint8_t luma(const uint8_t *pixel) {
    return (uint8_t)((77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2] + 128u) >> 8);
}

static void count_luma(const uint8_t *rgb, size_t pixels, uint64_t histogram[LEVELS]) {
    memset(histogram, 0, LEVELS * sizeof *histogram);
    for (size_t i = 0; i < pixels; i++) histogram[luma(rgb + 3 * i)]++;
}

/* Sums of the luma over one row of cells of `cell` pixels a side: row [width / cell]. */
static void cell_row(const uint8_t *rgb, uint32_t width, uint32_t y, uint32_t cell, int32_t *row) {
    uint32_t count = width / cell;
    memset(row, 0, count * sizeof *row);
    for (uint32_t i = 0; i < cell; i++) {
        const uint8_t *line = rgb + ((size_t)y * cell + i) * width * 3;
        for (size_t x = 0; x < (size_t)count * cell; x++) row[x / cell] += luma(line + 3 * x);
    }
}

/* Root mean square of the Laplacian of the cells' means; 0 where there are fewer than 3 x 3 cells. */
static double edges(const uint8_t *rgb, uint32_t width, uint32_t height, uint32_t cell) {
    int32_t rows[3][MOST_WIDTH / FINE]; /* row y is rows[y % 3] */
    uint32_t across = width / cell, down = height / cell;
    uint64_t squares = 0;
    if (across < 3 || down < 3) return 0.0;
    for (uint32_t y = 0; y < down; y++) {
        cell_row(rgb, width, y, cell, rows[y % 3]);
        if (y < 2) continue;
        const int32_t *above = rows[(y - 2) % 3], *at = rows[(y - 1) % 3], *below = rows[y % 3];
        for (uint32_t x = 1; x + 1 < across; x++) {
            int64_t l = at[x - 1] + at[x + 1] + above[x] + below[x] - 4 * at[x];
            squares += (uint64_t)(l * l);
        }
    }
    double inner = (double)(across - 2) * (down - 2);
    return sqrt((double)squares / inner) / ((double)cell * cell);
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

static void measure_luma(const uint8_t *rgb, uint32_t width, uint32_t height, float *values) {
    uint64_t histogram[LEVELS], pixels = (uint64_t)width * height, tail = pixels * TAIL_PERCENT / 100;
    uint64_t total = 0, squares = 0, dark = 0, bright = 0;
    count_luma(rgb, pixels, histogram);
    for (uint64_t level = 0; level < LEVELS; level++) {
        total += level * histogram[level];
        squares += level * level * histogram[level];
        if (level <= SHADOW) dark += histogram[level];
        if (level >= HIGHLIGHT) bright += histogram[level];
    }
    double count = (double)pixels, mean = (double)total / count;
    double spread = sqrt((double)(pixels * squares - total * total)) / count;
    double coarse = edges(rgb, width, height, COARSE) * spread;
    uint32_t low = level_above(histogram, tail), high = level_above(histogram, pixels - 1 - tail);
    values[LT_SHARPNESS] = coarse > 0.0 ? (float)(edges(rgb, width, height, FINE) / sqrt(coarse)) : 0.0f;
    values[LT_BRIGHTNESS] = (float)(mean / 255.0);
    values[LT_CONTRAST] = (float)((double)(high - low) / 255.0);
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

/* The cells inside, counted by their level, and their number. */
static uint64_t count_cells(const grid *g, uint64_t histogram[LEVELS]) {
    uint64_t all = 0;
    memset(histogram, 0, LEVELS * sizeof *histogram);
    for (uint32_t i = 0; i < g->width * g->height; i++) {
        if (!g->inside[i]) continue;
        histogram[g->cells[i]]++;
        all++;
    }
    return all;
}

/* Otsu's threshold: parts the levels into two with the largest variance between them; *apart is how far their means
 * are from each other. */
static uint32_t otsu(const uint64_t histogram[LEVELS], double *apart) {
    uint64_t all = 0, sum = 0, below = 0, sum_below = 0;
    uint32_t best = 0;
    double most = -1.0;
    *apart = 0.0;
    for (uint32_t level = 0; level < LEVELS; level++) {
        all += histogram[level];
        sum += level * histogram[level];
    }
    for (uint32_t level = 0; level + 1 < LEVELS; level++) {
        below += histogram[level];
        sum_below += level * histogram[level];
        if (below == 0 || below == all) continue;
        double gap = (double)(sum - sum_below) / (double)(all - below) - (double)sum_below / (double)below;
        double between = (double)below * (double)(all - below) * gap * gap;
        if (between <= most) continue;
        most = between;
        best = level;
        *apart = gap;
    }
    return best;
}

/* The level up to which a cell is dark. A spot too small for Otsu to see is parted from skin by level alone. */
static uint32_t dark_level(const grid *g) {
    uint64_t histogram[LEVELS], all = count_cells(g, histogram);
    double apart;
    uint32_t threshold = otsu(histogram, &apart);
    uint32_t least = level_above(histogram, 0), skin = level_above(histogram, all * SKIN_PERCENT / 100);
    return apart * LONE_SPOT < (double)(skin - least) ? (3 * skin + 2 * least) / 5 : threshold;
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

/* A lesion may fall into parts; what is much smaller than the largest is a hair, a bubble or another spot. */
static float measure_lesion(const uint8_t *rgb, uint32_t width, uint32_t height) {
    grid g;
    uint32_t sizes[CELLS], parts = 0, largest = 0, taken = 0;
    make_grid(rgb, width, height, &g);
    uint32_t cells = g.width * g.height, threshold = dark_level(&g);
    for (uint32_t i = 0; i < cells; i++) g.dark[i] = g.inside[i] && g.cells[i] <= threshold;
    for (uint32_t i = 0; i < cells; i++) {
        if (!g.dark[i]) continue;
        sizes[parts] = take_part(&g, i);
        if (sizes[parts] > largest) largest = sizes[parts];
        parts++;
    }
    for (uint32_t i = 0; i < parts; i++)
        if (sizes[i] * LESSER_PART >= largest) taken += sizes[i];
    return (float)((double)taken / (double)cells);
}

/* ---- both ---- */

void quality_measure(const uint8_t *rgb, uint32_t width, uint32_t height, lt_quality *out) {
    measure_luma(rgb, width, height, out->values);
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
