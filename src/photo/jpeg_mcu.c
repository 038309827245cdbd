/* The blocks and MCUs of a scan: which the square needs, where their samples go, and what becomes of those that are lost. */
#include "jpeg_parts.h"

#include "jpeg_idct.h"

#include <string.h>

/* Of a sample that is missing: the level shift of 8 bits (A.3.1), what a block of zeros decodes to. */
enum { GREY = 128 };

/* ---- blocks ---- */

/* Whether the square has something of block (x, y) of a component. */
static int is_needed(const jpeg_plane *p, uint32_t x, uint32_t y) {
    return x >= p->left && x < p->right && y >= p->top && y < p->bottom;
}

static uint8_t *pixels_of(const jpeg_plane *p, uint32_t x, uint32_t y) {
    return p->pixels + (size_t)(y - p->top) * p->block_y * p->stride + (size_t)(x - p->left) * p->block_x;
}

static int16_t *coefficients_of(const jpeg_plane *p, uint32_t x, uint32_t y) {
    return p->coefficients + ((size_t)(y - p->top) * (p->right - p->left) + (x - p->left)) * p->kept;
}

/* The inverse DCT of a block (A.3.3), at the size that the plane has it. */
static void write_block(const jpeg *j, const jpeg_plane *p, uint32_t x, uint32_t y, int16_t *coefficients) {
    uint8_t *out = pixels_of(p, x, y);
    if (p->block_x == JPEG_BLOCK && p->block_y == JPEG_BLOCK)
        jpeg_stb_idct(j->stb, coefficients, out, p->stride);
    else
        img_idct(p->block_x, p->block_y, coefficients, out, p->stride);
}

/* Block (x, y) of component n, as this scan has it; 0 where its data is wrong or has ended. */
static int read_block(jpeg *j, int n, uint32_t x, uint32_t y) {
    const jpeg_plane *p = &j->planes[n];
    int needed = is_needed(p, x, y);
    if (j->frame.progressive)
        return jpeg_refine_block(j, n, needed ? coefficients_of(p, x, y) : NULL,
                                 j->scan.ss > 0 ? p->nonzero + (size_t)y * p->blocks_x + x : NULL);
    if (!needed) return jpeg_read_block(j, n, NULL);
    _Alignas(16) int16_t block[JPEG_COEFFICIENTS];
    if (!jpeg_read_block(j, n, block)) return 0;
    write_block(j, p, x, y, block);
    return 1;
}

/* Grey where a DC coefficient is missing; without AC coefficients, or the lower bits of any, a block is only coarse. */
static void lose_block(jpeg *j, int n, uint32_t x, uint32_t y) {
    const jpeg_plane *p = &j->planes[n];
    int progressive = j->frame.progressive, grey = !progressive || (j->scan.ss == 0 && j->scan.ah == 0);
    if (!is_needed(p, x, y)) return;
    if (grey && progressive)
        coefficients_of(p, x, y)[0] = 0;
    else if (grey)
        for (uint32_t row = 0; row < p->block_y; row++) memset(pixels_of(p, x, y) + row * p->stride, GREY, p->block_x);
    uint32_t across = x / j->frame.component[n].h, down = y / j->frame.component[n].v;
    if (across < j->left || across >= j->right || down < j->top || down >= j->bottom) return;
    uint8_t *state = j->state + (size_t)(down - j->top) * (j->right - j->left) + (across - j->left);
    if (grey)
        *state = JPEG_GREY;
    else if (*state == JPEG_WHOLE)
        *state = JPEG_COARSE;
}

/* ---- MCUs (A.2) ---- */

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static uint32_t most(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

jpeg_extent jpeg_scan_extent(const jpeg *j) {
    const jpeg_scan *scan = &j->scan;
    const jpeg_plane *p = &j->planes[scan->order[0]];
    if (scan->count == 1) return (jpeg_extent){p->used_x, p->used_y, p->left, p->right, p->top, p->bottom};
    jpeg_extent e = {j->mcus_x, j->mcus_y, UINT32_MAX, 0, UINT32_MAX, 0};
    for (int k = 0; k < scan->count; k++) {
        uint32_t h = j->frame.component[scan->order[k]].h, v = j->frame.component[scan->order[k]].v;
        p = &j->planes[scan->order[k]];
        e.left = least(e.left, p->left / h);
        e.right = most(e.right, (p->right + h - 1) / h);
        e.top = least(e.top, p->top / v);
        e.bottom = most(e.bottom, (p->bottom + v - 1) / v);
    }
    return e;
}

int jpeg_read_mcu(jpeg *j, uint32_t x, uint32_t y) {
    const jpeg_scan *scan = &j->scan;
    if (scan->count == 1) return read_block(j, scan->order[0], x, y);
    for (int k = 0; k < scan->count; k++) {
        int n = scan->order[k];
        uint32_t h = j->frame.component[n].h, v = j->frame.component[n].v;
        for (uint32_t down = 0; down < v; down++)
            for (uint32_t across = 0; across < h; across++)
                if (!read_block(j, n, x * h + across, y * v + down)) return 0;
    }
    return 1;
}

void jpeg_lose_mcu(jpeg *j, uint32_t x, uint32_t y) {
    const jpeg_scan *scan = &j->scan;
    if (scan->count == 1) {
        lose_block(j, scan->order[0], x, y);
        return;
    }
    for (int k = 0; k < scan->count; k++) {
        int n = scan->order[k];
        uint32_t h = j->frame.component[n].h, v = j->frame.component[n].v;
        for (uint32_t i = 0; i < h * v; i++) lose_block(j, n, x * h + i % h, y * v + i / h);
    }
}

/* ---- progressive frames ---- */

void jpeg_finish_plane(jpeg *j, const jpeg_plane *p, const uint16_t steps[JPEG_COEFFICIENTS]) {
    _Alignas(16) int16_t block[JPEG_COEFFICIENTS];
    for (uint32_t y = p->top; y < p->bottom && !cancel_seen(j->cancel); y++)
        for (uint32_t x = p->left; x < p->right; x++) {
            const int16_t *kept = coefficients_of(p, x, y);
            for (uint32_t v = 0; v < p->block_y; v++)
                for (uint32_t u = 0; u < p->block_x; u++)
                    block[v * JPEG_BLOCK + u] = (int16_t)(*kept++ * steps[v * JPEG_BLOCK + u]);
            write_block(j, p, x, y, block);
        }
}
