/*
 * The planes of a JPEG: enlarged where a component has fewer samples than the picture has pixels (A.1.1), and turned into RGB.
 * T.81 leaves both to others: samples lie as JFIF (ITU-T T.871) says, in the middle of the pixels that they stand for, and
 * colours are those of JFIF, or what Adobe's APP14 segment says (Adobe Technical Note 5116).
 */
#include "jpeg_parts.h"

#include <string.h>

enum {
    GREY = 1, /* components of a picture, and channels that are made of them */
    RGB = 3,
    CMYK = 4,
    K = 3,      /* index of CMYK's last component */
    DOUBLE = 2, /* the usual enlarging of chroma, by interpolation; by anything else samples are repeated */
    SPARE = 1   /* stb_image puts a fourth byte behind each RGB pixel, and so one behind the last row */
};

/*
 * Row y of the picture, of one component, from pixel j->x on: a row of its plane, enlarged where the plane is smaller.
 * A pixel of a plane that is doubled lies nearer to one sample than to the next, and is three quarters of the one and one
 * quarter of the other. The samples beside the square that this takes are in the plane, too (plan_axis in jpeg.c), so that
 * the square's pixels are those of the whole picture.
 */
static const uint8_t *plane_line(const jpeg *j, const jpeg_plane *p, uint32_t y) {
    uint32_t row = y / p->repeat_y, other = row;
    const size_t first = p->column - p->left * p->block_x, offset = j->x - p->column * p->repeat_x;
    if (p->repeat_y == DOUBLE) { /* the next nearest row, above or below y; at an edge the same */
        if (y % DOUBLE == 1 && row + 1 < p->rows) other = row + 1;
        if (y % DOUBLE == 0 && row > 0) other = row - 1;
    }
    uint8_t *near = p->pixels + (row - p->top * p->block_y) * p->stride + first;
    uint8_t *far = p->pixels + (other - p->top * p->block_y) * p->stride + first;
    if (p->repeat_x == 1 && p->repeat_y == 1) return near + offset;
    jpeg_stb_enlarge(j->stb, p->repeat_x, p->repeat_y, near, far, p->columns, p->line);
    return p->line + offset;
}

/* How the components make a row: lines is one row of each ([width] u8), rgb is [width, RGB] u8 with SPARE behind it. */
typedef void row_maker(const jpeg_stb *stb, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width);

static void row_grey(const jpeg_stb *stb, uint8_t *grey, const uint8_t *lines[CMYK], uint32_t width) {
    (void)stb;
    memcpy(grey, lines[0], width);
}

static void row_rgb(const jpeg_stb *stb, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    (void)stb;
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++) rgb[RGB * x + c] = lines[c][x];
}

/* Y, Cb and Cr by the equations of JFIF. */
static void row_ycc(const jpeg_stb *stb, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    jpeg_stb_ycc_to_rgb(stb, lines[0], lines[1], lines[2], width, rgb);
}

/* a * b / 255, to the nearest: shifts divide by 255 what is rounded up by as much as 256 divides too far. */
static uint8_t share_of(uint8_t a, uint8_t b) {
    unsigned product = (unsigned)a * b + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

/* C, M, Y and K are stored inverted, as Adobe does it: 255 is no ink, and light that passes two inks is their product. */
static void row_cmyk(const jpeg_stb *stb, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    row_rgb(stb, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++) rgb[RGB * x + c] = share_of(rgb[RGB * x + c], lines[K][x]);
}

/* Y, Cb and Cr give R, G and B, of which 255 less is C, M and Y as they are stored. */
static void row_ycck(const jpeg_stb *stb, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    row_ycc(stb, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++)
            rgb[RGB * x + c] = share_of((uint8_t)(UINT8_MAX - rgb[RGB * x + c]), lines[K][x]);
}

/* By the number of components, Adobe's colour transform where there is one, and the components' names. */
static row_maker *choose_row(const jpeg *j) {
    enum { ADOBE_NONE = 0, ADOBE_YCCK = 2, ALL_NAMED = 3 };
    if (j->frame.count == GREY) return row_grey;
    if (j->frame.count == CMYK) return j->frame.adobe_transform == ADOBE_YCCK ? row_ycck : row_cmyk;
    int named_rgb = j->frame.named_rgb == ALL_NAMED;
    return named_rgb || (j->frame.adobe_transform == ADOBE_NONE && !j->frame.jfif) ? row_rgb : row_ycc;
}

static uint32_t channels_of(const jpeg *j) {
    return j->frame.count == GREY ? GREY : RGB;
}

img_picture jpeg_picture(const jpeg *j) {
    return (img_picture){.width = j->width,
                         .height = j->height,
                         .left = j->x,
                         .top = j->y,
                         .channels = channels_of(j),
                         .full_width = j->frame.width,
                         .full_height = j->frame.height,
                         .scale = j->scale};
}

uint64_t jpeg_picture_bytes(const jpeg *j) {
    return (uint64_t)j->width * channels_of(j) * j->height + SPARE;
}

lt_status jpeg_make_pixels(jpeg *j, img_scratch *scratch, const uint8_t **out, lt_error *error) {
    size_t stride = (size_t)j->width * channels_of(j);
    uint8_t *pixels = img_scratch_take(scratch, jpeg_picture_bytes(j));
    if (pixels == NULL) return img_no_memory(jpeg_picture_bytes(j), error);
    row_maker *make_row = choose_row(j);
    const uint8_t *lines[CMYK];
    for (uint32_t y = 0; y < j->height && !cancel_seen(j->cancel); y++) {
        for (int n = 0; n < j->frame.count; n++) lines[n] = plane_line(j, &j->planes[n], j->y + y);
        make_row(j->stb, pixels + y * stride, lines, j->width);
    }
    *out = pixels;
    return LT_OK;
}
