#include "jpeg.h"

#include <string.h>

#include "colour_find.h"
#include "jpeg_parts.h"

/* ---- the planes ---- */

static uint32_t divide_up(uint32_t a, uint32_t b) {
    return (a + b - 1) / b;
}

/*
 * The largest reduction that leaves the crop no smaller than what is wanted. At 12 megapixels and an input of 224 the
 * result is 0.3 levels from the whole decode's in the mean and 13 at most, across a dark hair, in a quarter of the
 * time; where the crop only just allows the reduction, 0.7 and 22 (tests/training/test_preprocess.py).
 */
static uint32_t choose_scale(uint32_t width, uint32_t height, const img_want *want) {
    uint32_t least = want->width > want->height ? want->width : want->height;
    uint32_t longer = width > height ? width : height, scale = 1;
    uint32_t side = want->whole ? longer : img_crop_side(width, height, want->crop);
    while (!want->full_decode && scale < JPEG_BLOCK && side / (2 * scale) >= least) scale *= 2;
    return scale;
}

/* Double the pixels decoded of a block in one direction, as long as the plane would be enlarged by as much. */
static void spare_enlarging(uint32_t *block, uint32_t *repeat) {
    while (*block < JPEG_BLOCK && *repeat % 2 == 0) {
        *block *= 2;
        *repeat /= 2;
    }
}

/*
 * Chroma is mostly stored at half size already, so it is reduced by half as much. Not so in a progressive photo at an
 * eighth: there it would be the only reason to keep coefficients of the whole photo, which takes 12 MB and twice the
 * time at 12 megapixels for 0.1 levels in the mean.
 */
static void plan_plane(const jpeg *j, jpeg_plane *p, uint32_t ratio_x, uint32_t ratio_y) {
    p->block_x = p->block_y = JPEG_BLOCK / j->scale;
    p->repeat_x = ratio_x;
    p->repeat_y = ratio_y;
    if (!j->frame.progressive || j->scale < JPEG_BLOCK) {
        spare_enlarging(&p->block_x, &p->repeat_x);
        spare_enlarging(&p->block_y, &p->repeat_y);
    }
    p->kept = p->block_x * p->block_y;
    memset(p->unsent, JPEG_UNSENT, sizeof p->unsent);
    for (int k = 0; k < JPEG_COEFFICIENTS; k++)
        if (jpeg_zigzag[k] % JPEG_BLOCK < p->block_x && jpeg_zigzag[k] / JPEG_BLOCK < p->block_y) p->last = k;
}

/* Pixels from first to below last that a plane needs of an axis with `count` of them, for those of the picture. */
static void plan_axis(uint32_t from, uint32_t size, uint32_t repeat, uint32_t count, uint32_t *first, uint32_t *last) {
    uint32_t beside = repeat == 2; /* enlarging looks at the neighbours */
    *first = from / repeat;
    *last = divide_up(from + size, repeat) + beside;
    if (*first > 0) *first -= beside;
    if (*last > count) *last = count;
}

/* Which blocks the square needs, and which of their pixels. */
static void plan_part(const jpeg *j, jpeg_plane *p) {
    uint32_t right, top, bottom, columns = divide_up(divide_up(j->frame.width, j->scale), p->repeat_x);
    p->rows = divide_up(divide_up(j->frame.height, j->scale), p->repeat_y);
    plan_axis(j->x, j->width, p->repeat_x, columns, &p->column, &right);
    plan_axis(j->y, j->height, p->repeat_y, p->rows, &top, &bottom);
    p->columns = right - p->column;
    p->left = p->column / p->block_x;
    p->right = divide_up(right, p->block_x);
    p->top = top / p->block_y;
    p->bottom = divide_up(bottom, p->block_y);
    p->stride = (size_t)(p->right - p->left) * p->block_x;
}

/* A piece of memory, NULL where there is none; j->lacking notes it, so that one look says whether all were there. */
static void *take(jpeg *j, img_scratch *scratch, uint64_t size) {
    void *memory = img_scratch_take(scratch, size);
    if (memory == NULL) j->lacking = size;
    return memory;
}

static void *take_clear(jpeg *j, img_scratch *scratch, uint64_t size) {
    void *memory = take(j, scratch, size);
    if (memory != NULL) memset(memory, 0, (size_t)size);
    return memory;
}

/* Sizes of what a plane takes. */
static uint64_t block_count(const jpeg_plane *p) {
    return (uint64_t)(p->right - p->left) * (p->bottom - p->top);
}

static uint64_t pixel_bytes(const jpeg_plane *p) {
    return block_count(p) * p->block_x * p->block_y;
}

static uint64_t line_bytes(const jpeg_plane *p) {
    return (uint64_t)p->columns * p->repeat_x + JPEG_LINE_SLACK;
}

static uint64_t coefficient_bytes(const jpeg_plane *p) {
    return block_count(p) * p->kept * sizeof *p->coefficients;
}

static uint64_t nonzero_bytes(const jpeg_plane *p) {
    return (uint64_t)p->bottom * p->blocks_x * sizeof *p->nonzero;
}

static uint64_t state_bytes(const jpeg *j) {
    return (uint64_t)(j->right - j->left) * (j->bottom - j->top);
}

/* All that decoding takes. */
static uint64_t piece_bytes(const jpeg *j) {
    uint64_t bytes = img_piece_bytes(state_bytes(j)) + img_piece_bytes(jpeg_picture_bytes(j));
    for (int n = 0; n < j->frame.count; n++) {
        const jpeg_plane *p = &j->planes[n];
        bytes += img_piece_bytes(pixel_bytes(p)) + img_piece_bytes(line_bytes(p));
        if (j->frame.progressive) bytes += img_piece_bytes(coefficient_bytes(p));
        if (j->frame.progressive && p->kept > 1) bytes += img_piece_bytes(nonzero_bytes(p));
    }
    return bytes;
}

/* Lay out all components; the frame header has been read. An MCU has one block of the coarsest component. */
static lt_status plan_planes(jpeg *j, lt_error *error) {
    const jpeg_frame *frame = &j->frame;
    uint32_t most_h = 1, most_v = 1;
    for (int n = 0; n < frame->count; n++) {
        if (frame->component[n].h > most_h) most_h = frame->component[n].h;
        if (frame->component[n].v > most_v) most_v = frame->component[n].v;
    }
    j->mcus_x = divide_up(frame->width, most_h * JPEG_BLOCK);
    j->mcus_y = divide_up(frame->height, most_v * JPEG_BLOCK);
    for (int n = 0; n < frame->count; n++) {
        uint32_t h = frame->component[n].h, v = frame->component[n].v, ratio_x = most_h / h, ratio_y = most_v / v;
        if (ratio_x * h != most_h || ratio_y * v != most_v)
            return lt_fail(error, LT_IMAGE_UNSUPPORTED,
                           "photo: a JPEG whose component %d is sampled %ux%u of %ux%u is not read", n + 1, h, v,
                           most_h, most_v);
        jpeg_plane *p = &j->planes[n];
        p->blocks_x = j->mcus_x * h;
        p->blocks_y = j->mcus_y * v;
        p->used_x = divide_up(divide_up(frame->width, ratio_x), JPEG_BLOCK);
        p->used_y = divide_up(divide_up(frame->height, ratio_y), JPEG_BLOCK);
        plan_plane(j, p, ratio_x, ratio_y);
        plan_part(j, p);
    }
    j->mcu_x = most_h * JPEG_BLOCK / j->scale;
    j->mcu_y = most_v * JPEG_BLOCK / j->scale;
    j->left = j->x / j->mcu_x;
    j->top = j->y / j->mcu_y;
    j->right = divide_up(j->x + j->width, j->mcu_x);
    j->bottom = divide_up(j->y + j->height, j->mcu_y);
    return LT_OK;
}

static lt_status take_planes(jpeg *j, img_scratch *scratch, lt_error *error) {
    for (int n = 0; n < j->frame.count; n++) {
        jpeg_plane *p = &j->planes[n];
        p->pixels = take(j, scratch, pixel_bytes(p));
        p->line = take(j, scratch, line_bytes(p));
        if (j->frame.progressive) p->coefficients = take_clear(j, scratch, coefficient_bytes(p));
        if (j->frame.progressive && p->kept > 1) p->nonzero = take_clear(j, scratch, nonzero_bytes(p));
    }
    j->state = take_clear(j, scratch, state_bytes(j));
    return j->lacking > 0 ? img_no_memory(j->lacking, error) : LT_OK;
}

static lt_status damaged(const jpeg *j, lt_error *error) {
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: damaged JPEG (%s)", jpeg_reason(j));
}

/* How many pixels of the square an MCU has along an axis. */
static uint32_t overlap(uint32_t mcu, uint32_t size, uint32_t from, uint32_t count) {
    uint32_t first = mcu * size, last = first + size;
    if (first < from) first = from;
    if (last > from + count) last = from + count;
    return last - first;
}

/* The share of the square that is missing. An MCU that is there but lacks detail counts half. */
static double missing_share(const jpeg *j) {
    static const uint8_t halves[] = {[JPEG_WHOLE] = 0, [JPEG_COARSE] = 1, [JPEG_GREY] = 2};
    const uint8_t *state = j->state;
    uint64_t sum = 0;
    for (uint32_t y = j->top; y < j->bottom; y++)
        for (uint32_t x = j->left; x < j->right; x++)
            sum += (uint64_t)halves[*state++] * overlap(x, j->mcu_x, j->x, j->width) *
                   overlap(y, j->mcu_y, j->y, j->height);
    return (double)sum / 2 / j->width / j->height;
}

lt_status img_decode_jpeg(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    jpeg *j = img_scratch_take(scratch, sizeof *j);
    if (j == NULL) return img_no_memory(sizeof *j, error);
    memset(j, 0, sizeof *j);
    j->stb = take_clear(j, scratch, jpeg_stb_size());
    if (j->stb == NULL) return img_no_memory(j->lacking, error);
    j->file = (jpeg_file){.at = job->bytes, .end = job->bytes + job->size};
    if (!jpeg_stb_read_header(j->stb, &j->file, &j->frame)) return damaged(j, error);

    uint32_t width = j->frame.width, height = j->frame.height;
    lt_status status = img_check_size(width, height, want, error);
    if (status == LT_OK) status = img_find_colour(scratch, job, (uint32_t)j->frame.count, error);
    if (status != LT_OK) return status;
    j->skips_intervals = 1;
    j->cancel = want->cancel;
    j->scale = choose_scale(width, height, want);
    job->square = img_find_square(width, height, j->scale, job->orientation, want);
    j->x = job->square.across.first;
    j->y = job->square.down.first;
    j->width = job->square.across.count;
    j->height = job->square.down.count;
    status = plan_planes(j, error);
    if (status != LT_OK) return status;
    job->picture = jpeg_picture(j);
    if (!img_begin_pixels(scratch, job, want, piece_bytes(j), &status, error)) return status;
    status = take_planes(j, scratch, error);
    if (status != LT_OK) return status;
    if (!jpeg_read_scans(j)) return damaged(j, error);
    status = jpeg_make_pixels(j, scratch, &job->picture.pixels, error);
    job->picture.missing = missing_share(j);
    return status;
}
