/* The planes of a JPEG: enlarged where they are smaller than the picture, and turned into RGB. */
#include "jpeg_parts.h"

#include <string.h>

/*
 * Row y of the picture, of one component, from pixel j->x on: a row of its plane, enlarged where the plane is smaller.
 * What enlarging takes from pixels beside the square is there (take_planes), so that they are as in the whole picture.
 */
static const uint8_t *plane_line(const jpeg *j, const jpeg_plane *p, uint32_t y) {
    uint32_t row = y / p->repeat_y, other = row;
    const size_t first = p->column - p->left * p->block_x, offset = j->x - p->column * p->repeat_x;
    if (p->repeat_y == 2) { /* the row on the other side of y */
        if (y % 2 == 1 && row + 1 < p->rows) other = row + 1;
        if (y % 2 == 0 && row > 0) other = row - 1;
    }
    uint8_t *near = p->pixels + (row - p->top * p->block_y) * p->stride + first;
    uint8_t *far = p->pixels + (other - p->top * p->block_y) * p->stride + first;
    if (p->repeat_x == 1 && p->repeat_y == 1) return near + offset;
    resample_row_func enlarge = p->repeat_x == 1 && p->repeat_y == 2   ? stbi__resample_row_v_2
                                : p->repeat_x == 2 && p->repeat_y == 1 ? stbi__resample_row_h_2
                                : p->repeat_x == 2 && p->repeat_y == 2 ? j->stb.resample_row_hv_2_kernel
                                                                       : stbi__resample_row_generic;
    return enlarge(p->line, near, far, (int)p->columns, (int)p->repeat_x) + offset;
}

/* How the components make a row: lines is one row of each, rgb [width, 3] u8 with a byte to spare. */
typedef void row_maker(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width);

static void row_grey(const stbi__jpeg *z, uint8_t *grey, const uint8_t *lines[4], uint32_t width) {
    (void)z;
    memcpy(grey, lines[0], width);
}

static void row_rgb(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    (void)z;
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = lines[c][x];
}

static void row_ycc(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    z->YCbCr_to_RGB_kernel(rgb, lines[0], lines[1], lines[2], (int)width, 3);
}

/* Four inks are stored inverted, as Adobe does it: 255 is no ink. */
static void row_cmyk(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    row_rgb(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = stbi__blinn_8x8(rgb[3 * x + c], lines[3][x]);
}

static void row_ycck(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    row_ycc(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = stbi__blinn_8x8((uint8_t)(255 - rgb[3 * x + c]), lines[3][x]);
}

static row_maker *choose_row(const jpeg *j) {
    enum { ADOBE_PLAIN = 0, ADOBE_YCCK = 2 };
    const stbi__jpeg *z = &j->stb;
    if (j->context.img_n == 1) return row_grey;
    if (j->context.img_n == 4) return z->app14_color_transform == ADOBE_YCCK ? row_ycck : row_cmyk;
    int named_rgb = z->rgb == 3; /* the components are called R, G and B */
    return named_rgb || (z->app14_color_transform == ADOBE_PLAIN && !z->jfif) ? row_rgb : row_ycc;
}

img_picture jpeg_picture(const jpeg *j) {
    return (img_picture){.width = j->width,
                         .height = j->height,
                         .left = j->x,
                         .top = j->y,
                         .channels = j->context.img_n == 1 ? 1 : 3,
                         .full_width = j->context.img_x,
                         .full_height = j->context.img_y,
                         .scale = j->scale};
}

uint64_t jpeg_picture_bytes(const jpeg *j) {
    return (uint64_t)j->width * (j->context.img_n == 1 ? 1 : 3) * j->height + 1;
}

lt_status jpeg_make_pixels(jpeg *j, img_scratch *scratch, const uint8_t **out, lt_error *error) {
    size_t stride = (size_t)j->width * (j->context.img_n == 1 ? 1 : 3);
    uint8_t *pixels = img_scratch_take(scratch, jpeg_picture_bytes(j));
    if (pixels == NULL) return img_no_memory(jpeg_picture_bytes(j), error);
    row_maker *make_row = choose_row(j);
    const uint8_t *lines[4];
    for (uint32_t y = 0; y < j->height && !cancel_seen(j->cancel); y++) {
        for (int n = 0; n < j->context.img_n; n++) lines[n] = plane_line(j, &j->planes[n], j->y + y);
        make_row(&j->stb, pixels + y * stride, lines, j->width);
    }
    *out = pixels;
    return LT_OK;
}
