#include "spot.h"

#include <string.h>

#include "base/sized.h"
#include "lentigo.h"

enum {
    GRID = 48, /* cells a side, fewer where the picture has fewer pixels */
    CELLS = GRID * GRID,
    SKIN_PERCENT = 95, /* the cells' level that is taken for bright skin */
    LONE_SKIN = 3, /* a spot too small for Otsu reaches up to the level of so many parts of skin, */
    LONE_DARK = 2, /* and so many of the darkest cell */
    LONE_SPOT = 6, /* where Otsu's parts are this many times closer than skin and the darkest cell, both are skin */
    LESSER_PART = 4, /* parts of this fraction of the largest one belong to the lesion */
    LEAST_DEPTH = 12, /* levels between skin and the darkest cell; with less there is nothing but skin */
    MOST_SIDE = 4096 /* of a picture that a proposal is made from */
};

/* Side of a proposed square over the longer side of the lesion's box, and the least of it over the photo's shorter
 * side: a lesion takes about a third of a square of the data, and below a quarter of a photo few pixels are left. */
static const float ROOM = 1.6f, LEAST_SIDE = 0.25f;

/* The picture as cells: the mean of green and blue, in which all kinds of lesions are darker than skin. */
typedef struct grid {
    uint32_t width, height;
    uint8_t cells[CELLS]; /* [height, width] */
    uint8_t inside[CELLS]; /* not 0: within the round field of view, which leaves dark corners out */
    uint8_t dark[CELLS];
} grid;

/* A connected dark part, and the cells it reaches from and to. */
typedef struct part {
    uint32_t cells, left, top, right, bottom;
} part;

uint32_t spot_level_above(const uint64_t histogram[SPOT_LEVELS], uint64_t skipped) {
    uint64_t seen = 0;
    for (uint32_t level = 0; level < SPOT_LEVELS; level++) {
        seen += histogram[level];
        if (seen > skipped) return level;
    }
    return SPOT_LEVELS - 1;
}

/* ---- the grid -------------------------------------------------------------------------------- */

/* Green and blue of a pixel, added. */
static uint32_t green_and_blue(const uint8_t *pixel, uint32_t channels) {
    uint32_t sum = (uint32_t)pixel[1] + pixel[2];
    if (channels < 4) return sum;
    return (sum * pixel[3] + 2u * 255u * (255u - pixel[3])) / 255u;
}

static uint8_t cell_mean(const spot_picture *p, uint32_t x0, uint32_t x1, uint32_t y0, uint32_t y1) {
    uint64_t sum = 0;
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++)
            sum += green_and_blue(p->pixels + ((size_t)y * p->width + x) * p->channels, p->channels);
    return (uint8_t)(sum / (2 * (uint64_t)(x1 - x0) * (y1 - y0)));
}

/* Where the cell after `cells` of `all` begins. */
static uint32_t edge(uint32_t cells, uint32_t side, uint32_t all) {
    return (uint32_t)((uint64_t)cells * side / all);
}

static void make_grid(const spot_picture *p, uint32_t across, uint32_t down, grid *g) {
    g->width = p->width < across ? p->width : across;
    g->height = p->height < down ? p->height : down;
    for (uint32_t y = 0; y < g->height; y++)
        for (uint32_t x = 0; x < g->width; x++) {
            /* twice the distance from the middle, over the width and the height */
            int64_t dx = 2 * (int64_t)x + 1 - g->width, dy = 2 * (int64_t)y + 1 - g->height;
            int64_t w = g->width, h = g->height;
            g->inside[y * g->width + x] = dx * dx * h * h + dy * dy * w * w <= w * w * h * h;
            g->cells[y * g->width + x] = cell_mean(p, edge(x, p->width, g->width), edge(x + 1, p->width, g->width),
                                                   edge(y, p->height, g->height), edge(y + 1, p->height, g->height));
        }
}

/* ---- what is dark ---------------------------------------------------------------------------- */

/* The cells inside, counted by their level, and their number. */
static uint64_t count_cells(const grid *g, uint64_t histogram[SPOT_LEVELS]) {
    uint64_t all = 0;
    memset(histogram, 0, SPOT_LEVELS * sizeof *histogram);
    for (uint32_t i = 0; i < g->width * g->height; i++) {
        if (!g->inside[i]) continue;
        histogram[g->cells[i]]++;
        all++;
    }
    return all;
}

/* Otsu's threshold: parts the levels into two with the largest variance between them; *apart is how far their means
 * are from each other. */
static uint32_t otsu(const uint64_t histogram[SPOT_LEVELS], double *apart) {
    uint64_t all = 0, sum = 0, below = 0, sum_below = 0;
    uint32_t best = 0;
    double most = -1.0;
    *apart = 0.0;
    for (uint32_t level = 0; level < SPOT_LEVELS; level++) {
        all += histogram[level];
        sum += level * histogram[level];
    }
    for (uint32_t level = 0; level + 1 < SPOT_LEVELS; level++) {
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

/* Mark the dark cells. A spot too small for Otsu to see is parted from skin by level alone. Returns how many levels
 * lie between skin and the darkest cell. */
static uint32_t mark_dark(grid *g) {
    uint64_t histogram[SPOT_LEVELS], all = count_cells(g, histogram);
    double apart;
    uint32_t threshold = otsu(histogram, &apart);
    uint32_t least = spot_level_above(histogram, 0), skin = spot_level_above(histogram, all * SKIN_PERCENT / 100);
    if (apart * (double)LONE_SPOT < (double)(skin - least))
        threshold = (LONE_SKIN * skin + LONE_DARK * least) / (LONE_SKIN + LONE_DARK);
    for (uint32_t i = 0; i < g->width * g->height; i++) g->dark[i] = g->inside[i] && g->cells[i] <= threshold;
    return skin - least;
}

/* ---- its parts ------------------------------------------------------------------------------- */

static void widen(part *p, uint32_t x, uint32_t y) {
    if (x < p->left) p->left = x;
    if (y < p->top) p->top = y;
    if (x + 1 > p->right) p->right = x + 1;
    if (y + 1 > p->bottom) p->bottom = y + 1;
    p->cells++;
}

/* The connected dark part that holds `start`; its cells are dark no more. */
static part take_part(grid *g, uint32_t start) {
    uint16_t waiting[CELLS];
    uint32_t count = 0, width = g->width;
    part taken = {0, width, g->height, 0, 0};
    waiting[count++] = (uint16_t)start;
    g->dark[start] = 0;
    while (count > 0) {
        uint32_t at = waiting[--count], x = at % width, y = at / width;
        const uint32_t next[4] = {at - 1, at + 1, at - width, at + width};
        const int within[4] = {x > 0, x + 1 < width, y > 0, y + 1 < g->height};
        widen(&taken, x, y);
        for (int i = 0; i < 4; i++) {
            if (!within[i] || !g->dark[next[i]]) continue;
            g->dark[next[i]] = 0;
            waiting[count++] = (uint16_t)next[i];
        }
    }
    return taken;
}

/* All parts' sizes into sizes [CELLS]; returns their number, and the largest in *largest. */
static uint32_t take_parts(grid *g, uint32_t sizes[CELLS], part *largest) {
    uint32_t parts = 0;
    *largest = (part){0};
    for (uint32_t i = 0; i < g->width * g->height; i++) {
        if (!g->dark[i]) continue;
        part taken = take_part(g, i);
        sizes[parts++] = taken.cells;
        if (taken.cells > largest->cells) *largest = taken;
    }
    return parts;
}

/* A lesion may fall into parts; what is much smaller than the largest is a hair, a bubble or another spot. */
float spot_share(const spot_picture *picture) {
    grid g;
    part largest;
    uint32_t sizes[CELLS], taken = 0;
    make_grid(picture, GRID, GRID, &g);
    (void)mark_dark(&g);
    uint32_t parts = take_parts(&g, sizes, &largest);
    for (uint32_t i = 0; i < parts; i++)
        if (sizes[i] * LESSER_PART >= largest.cells) taken += sizes[i];
    return (float)((double)taken / (double)(g.width * g.height));
}

/* GRID for the longer side and as much of it for another as that is shorter, at least 1. */
static uint32_t cells_along(uint32_t side, uint32_t longer) {
    uint32_t cells = (uint32_t)(((uint64_t)side * GRID + longer / 2) / longer);
    return cells > 0 ? cells : 1;
}

int spot_find(const spot_picture *picture, spot_box *out) {
    grid g;
    part largest;
    uint32_t sizes[CELLS], longer = picture->width > picture->height ? picture->width : picture->height;
    make_grid(picture, cells_along(picture->width, longer), cells_along(picture->height, longer), &g);
    if (mark_dark(&g) < LEAST_DEPTH) return 0;
    (void)take_parts(&g, sizes, &largest);
    if (largest.cells == 0) return 0;
    *out = (spot_box){(float)largest.left / (float)g.width, (float)largest.top / (float)g.height,
                      (float)largest.right / (float)g.width, (float)largest.bottom / (float)g.height};
    return 1;
}

/* ---- the proposal ---------------------------------------------------------------------------- */

static float clamp(float value, float least, float most) {
    return value < least ? least : value > most ? most : value;
}

void spot_propose(const spot_picture *picture, lt_request *request) {
    uint32_t width = picture->width, height = picture->height;
    spot_box box;
    request->quarter_turns = 0;
    request->x = request->y = 0.5f;
    request->side = 0.0f;
    if (!spot_find(picture, &box)) return;
    float shorter = (float)(width < height ? width : height);
    float across = (box.right - box.left) * (float)width, down = (box.bottom - box.top) * (float)height;
    float side = clamp(ROOM * (across > down ? across : down) / shorter, LEAST_SIDE, 1.0f);
    float half_x = side * shorter / (2.0f * (float)width), half_y = side * shorter / (2.0f * (float)height);
    request->x = clamp((box.left + box.right) / 2.0f, half_x, 1.0f - half_x);
    request->y = clamp((box.top + box.bottom) / 2.0f, half_y, 1.0f - half_y);
    request->side = side;
}

lt_status lt_propose_rgba(const uint8_t *rgba, uint32_t width, uint32_t height, lt_request *request) {
    if (!rgba || !request || request->size < SIZED_UP_TO(lt_request, quarter_turns)) return LT_ARGUMENT;
    if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) return LT_IMAGE_SIZE;
    spot_propose(&(spot_picture){rgba, width, height, 4}, request);
    return LT_OK;
}
