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
    resample_row_func enlarge = p->repeat_x == 1 && p->repeat_y == DOUBLE        ? stbi__resample_row_v_2
                                : p->repeat_x == DOUBLE && p->repeat_y == 1      ? stbi__resample_row_h_2
                                : p->repeat_x == DOUBLE && p->repeat_y == DOUBLE ? j->stb.resample_row_hv_2_kernel
                                                                                 : stbi__resample_row_generic;
    return enlarge(p->line, near, far, (int)p->columns, (int)p->repeat_x) + offset;
}

/* How the components make a row: lines is one row of each ([width] u8), rgb is [width, RGB] u8 with SPARE behind it. */
typedef void row_maker(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width);

static void row_grey(const stbi__jpeg *z, uint8_t *grey, const uint8_t *lines[CMYK], uint32_t width) {
    (void)z;
    memcpy(grey, lines[0], width);
}

static void row_rgb(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    (void)z;
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++) rgb[RGB * x + c] = lines[c][x];
}

/* Y, Cb and Cr by the equations of JFIF. */
static void row_ycc(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    z->YCbCr_to_RGB_kernel(rgb, lines[0], lines[1], lines[2], (int)width, RGB);
}

/* C, M, Y and K are stored inverted, as Adobe does it: 255 is no ink, and light that passes two inks is their product. */
static void row_cmyk(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    row_rgb(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++) rgb[RGB * x + c] = stbi__blinn_8x8(rgb[RGB * x + c], lines[K][x]);
}

/* Y, Cb and Cr give R, G and B, of which 255 less is C, M and Y as they are stored. */
static void row_ycck(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[CMYK], uint32_t width) {
    row_ycc(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < RGB; c++)
            rgb[RGB * x + c] = stbi__blinn_8x8((uint8_t)(UINT8_MAX - rgb[RGB * x + c]), lines[K][x]);
}

/* By the number of components, Adobe's colour transform where there is one, and the components' names. */
static row_maker *choose_row(const jpeg *j) {
    enum { ADOBE_NONE = 0, ADOBE_YCCK = 2, ALL_NAMED = 3 };
    const stbi__jpeg *z = &j->stb;
    if (j->context.img_n == GREY) return row_grey;
    if (j->context.img_n == CMYK) return z->app14_color_transform == ADOBE_YCCK ? row_ycck : row_cmyk;
    int named_rgb = z->rgb == ALL_NAMED; /* stb_image counts the components whose Ci is R, G or B, in this order */
    return named_rgb || (z->app14_color_transform == ADOBE_NONE && !z->jfif) ? row_rgb : row_ycc;
}

static uint32_t channels_of(const jpeg *j) {
    return j->context.img_n == GREY ? GREY : RGB;
}

img_picture jpeg_picture(const jpeg *j) {
    return (img_picture){.width = j->width,
                         .height = j->height,
                         .left = j->x,
                         .top = j->y,
                         .channels = channels_of(j),
                         .full_width = j->context.img_x,
                         .full_height = j->context.img_y,
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
        for (int n = 0; n < j->context.img_n; n++) lines[n] = plane_line(j, &j->planes[n], j->y + y);
        make_row(&j->stb, pixels + y * stride, lines, j->width);
    }
    *out = pixels;
    return LT_OK;
}
