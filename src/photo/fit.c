/* Crop, resize, turn upright. */
#include "fit.h"

#include <math.h>
#include <string.h>

#define STB_IMAGE_RESIZE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#define STBIR_ASSERT(x) ((void)0)
/* One piece of scratch memory for each resize; it ends with the photo. */
#define STBIR_MALLOC(size, context) img_scratch_take(((const source *)(context))->scratch, size)
#define STBIR_FREE(memory, context) ((void)(memory), (void)(context))

/* What stb_image_resize2 hands to the functions it calls. */
typedef struct source {
    img_scratch *scratch;
    const uint8_t *rgba; /* first pixel of the crop; NULL where the pixels are used as they are */
    size_t stride;
    uint8_t *row; /* [crop's width, 3] u8, a row over white */
} source;

#include <stb/stb_image_resize2.h>

struct img_fitter {
    source from;
    STBIR_RESIZE resize;
    uint8_t *small; /* [height, width, channels] u8, as stored; NULL where that is as wanted */
    uint32_t width, height, channels;
};

/* ---- orientation ---- */

static int is_turned(img_turn t) {
    return t.swap || t.mirror_a || t.mirror_b;
}

/* small: [height, width, channels] u8 as stored, to rgb: [want.height, want.width, 3] u8 as wanted. */
static void turn_upright(const uint8_t *small, uint32_t width, uint32_t height, uint32_t channels, img_turn t,
                         const img_want *want, uint8_t *rgb) {
    /* From a pixel of small to the next one across and down, as stored; t says which of them is x. */
    ptrdiff_t a = (ptrdiff_t)channels, b = (ptrdiff_t)((size_t)width * channels);
    if (t.mirror_a) small += (ptrdiff_t)(width - 1) * a, a = -a;
    if (t.mirror_b) small += (ptrdiff_t)(height - 1) * b, b = -b;
    ptrdiff_t right = t.swap ? b : a, down = t.swap ? a : b;
    size_t green = channels == 3 ? 1 : 0, blue = 2 * green;
    for (uint32_t y = 0; y < want->height; y++) {
        const uint8_t *pixel = small + (ptrdiff_t)y * down;
        for (uint32_t x = 0; x < want->width; x++, pixel += right, rgb += 3) {
            rgb[0] = pixel[0];
            rgb[1] = pixel[green];
            rgb[2] = pixel[blue];
        }
    }
}

/* ---- resize ---- */

/*
 * The filter for a picture decoded at a reduced size. Each of its pixels is the mean over a square of the
 * photo's, so its weight is the mean of the triangle over the width of that square. That makes the result the
 * one that the whole photo gives, but for detail within a square. scale: pixels of the result for one of the picture.
 */
static float mean_triangle(float x, float scale, void *context) {
    (void)context;
    float from = fabsf(x) - 0.5f * scale, to = fabsf(x) + 0.5f * scale;
    if (from >= 1.0f) return 0.0f;
    if (to > 1.0f) to = 1.0f;
    float area = (to - 0.5f * to * to) - (from - 0.5f * from * fabsf(from));
    return area / scale;
}

static float mean_triangle_support(float scale, void *context) {
    (void)context;
    return 1.0f + 0.5f * scale;
}

/*
 * stb_image_resize2 either repeats the edge pixel beyond the edge or counts black there. Training does neither:
 * what lies beyond has no weight, and the rest is scaled to add up to 1. So the weights it has made for black
 * beyond the edge are scaled here. A gathering sampler has one row of weights for each pixel of the result;
 * totals: [pixels of the result], scratch.
 */
static void gather_to_one(stbir__sampler *s) {
    for (int n = 0; n < s->num_contributors; n++) {
        float *weights = s->coefficients + (size_t)n * (size_t)s->coefficient_width;
        int count = s->contributors[n].n1 - s->contributors[n].n0 + 1;
        double total = 0.0;
        for (int i = 0; i < count; i++) total += (double)weights[i];
        for (int i = 0; i < count; i++) weights[i] = (float)((double)weights[i] / total);
    }
}

/* A scattering sampler has one row of weights for each pixel of the source. */
static void scatter_to_one(stbir__sampler *s, double *totals) {
    size_t width = (size_t)s->coefficient_width;
    for (int n = 0; n < s->scale_info.output_sub_size; n++) totals[n] = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < s->num_contributors; i++)
            for (int n = s->contributors[i].n0; n <= s->contributors[i].n1; n++) {
                float *weight = s->coefficients + (size_t)i * width + (n - s->contributors[i].n0);
                if (pass == 0)
                    totals[n] += (double)*weight;
                else
                    *weight = (float)((double)*weight / totals[n]);
            }
}

/* Pixels with an opacity as RGB. */
static void blend(const uint8_t *rgba, size_t count, uint8_t *rgb) {
    for (const uint8_t *end = rgba + 4 * count; rgba < end; rgba += 4, rgb += 3) {
        rgb[0] = rgba[0];
        rgb[1] = rgba[1];
        rgb[2] = rgba[2];
        if (rgba[3] == 255) continue;
        for (size_t c = 0; c < 3; c++) rgb[c] = img_over_white(rgba[c], rgba[3]);
    }
}

/* The same; most are opaque, and of those four are three words of 32 bits: little-endian, as every target we have is. */
static void put_over_white(const uint8_t *rgba, size_t count, uint8_t *rgb) {
    enum { PIXELS = 4, ALPHA = 24, OPAQUE = 0xFF, COLOUR = 0xFFFFFF };
    uint32_t in[PIXELS], out[3];
    for (; count >= PIXELS; count -= PIXELS, rgba += sizeof in, rgb += sizeof out) {
        memcpy(in, rgba, sizeof in);
        if ((in[0] & in[1] & in[2] & in[3]) >> ALPHA != OPAQUE) {
            blend(rgba, PIXELS, rgb);
            continue;
        }
        out[0] = (in[0] & COLOUR) | in[1] << 24;
        out[1] = (in[1] & COLOUR) >> 8 | in[2] << 16;
        out[2] = (in[2] & COLOUR) >> 16 | in[3] << 8;
        memcpy(rgb, out, sizeof out);
    }
    blend(rgba, count, rgb);
}

/*
 * Gives a row of the crop as RGB over white; stb_image_resize2 asks for count pixels from x in row y. The memory it
 * offers is the end of where it puts the row as floats, and its last step there reads what it has just written over.
 */
static const void *row_over_white(void *offered, const void *row, int count, int x, int y, void *context) {
    const source *from = context;
    (void)offered, (void)row;
    const uint8_t *in = from->rgba + (size_t)y * from->stride + (size_t)x * 4;
    put_over_white(in, (size_t)count, from->row);
    return from->row;
}

static void *take(img_scratch *scratch, uint64_t size, lt_error *error) {
    void *memory = img_scratch_take(scratch, size);
    if (memory == NULL) (void)img_no_memory(size, error);
    return memory;
}

/* Set up the resizer; its memory is taken here. */
static lt_status build(img_fitter *f, const img_picture *p, const img_square *square, lt_error *error) {
    const img_extent *across = &square->across, *down = &square->down;
    STBIR_RESIZE *r = &f->resize;
    int channels = (int)f->channels;
    void *pixels =
        f; /* they are set when there are some; until then offsets are added to it, which NULL does not allow */
    stbir_resize_init(r, pixels, (int)across->count, (int)down->count, 0, pixels, (int)f->width, (int)f->height,
                      (int)f->width * channels, channels == 1 ? STBIR_1CHANNEL : STBIR_RGB, STBIR_TYPE_UINT8);
    stbir_set_user_data(r, &f->from);
    if (p->channels == 4) {
        f->from.row = take(f->from.scratch, (uint64_t)across->count * 3, error);
        if (f->from.row == NULL) return LT_MEMORY;
        stbir_set_pixel_callbacks(r, row_over_white, NULL);
    }
    stbir_set_edgemodes(r, STBIR_EDGE_ZERO, STBIR_EDGE_ZERO);
    stbir_set_filters(r, STBIR_FILTER_TRIANGLE, STBIR_FILTER_TRIANGLE);
    if (p->scale > 1)
        stbir_set_filter_callbacks(r, mean_triangle, mean_triangle_support, mean_triangle, mean_triangle_support);
    stbir_set_input_subrect(r, across->from, down->from, across->to, down->to);
    double *totals = take(f->from.scratch, (uint64_t)f->height * sizeof *totals, error);
    if (totals == NULL) return LT_MEMORY;
    /* it says not how much it wants; its weights alone are two numbers for each pixel of both sides */
    if (!stbir_build_samplers(r))
        return img_no_memory(2 * sizeof(float) * ((uint64_t)across->count + down->count), error);
    gather_to_one(&r->samplers->horizontal);
    if (r->samplers->vertical.is_gather)
        gather_to_one(&r->samplers->vertical);
    else
        scatter_to_one(&r->samplers->vertical, totals);
    return LT_OK;
}

/* Is every wanted pixel one of the picture's? Then the filter has a single weight of 1, and none is needed. */
static int fits(const img_fitter *f, const img_picture *p, const img_square *square) {
    return p->scale == 1 && square->across.count == f->width && square->down.count == f->height;
}

lt_status img_fit_prepare(img_scratch *scratch, const img_picture *picture, const img_square *square,
                          const img_want *want, img_fitter **out, lt_error *error) {
    img_fitter *f = take(scratch, sizeof *f, error);
    if (f == NULL) return LT_MEMORY;
    *f = (img_fitter){.from = {.scratch = scratch},
                      .width = square->turn.swap ? want->height : want->width,
                      .height = square->turn.swap ? want->width : want->height,
                      .channels = picture->channels == 1 ? 1 : 3};
    if (f->channels != 3 || is_turned(square->turn)) {
        f->small = take(scratch, (uint64_t)f->width * f->height * f->channels, error);
        if (f->small == NULL) return LT_MEMORY;
    }
    *out = f;
    return fits(f, picture, square) ? LT_OK : build(f, picture, square, error);
}

/* The square as it is, [height, width, channels], to `small`. */
static void copy_square(const img_fitter *f, const img_picture *p, const uint8_t *first, uint8_t *small) {
    size_t row_bytes = (size_t)f->width * f->channels;
    for (uint32_t y = 0; y < f->height; y++, small += row_bytes) {
        const uint8_t *row = first + y * f->from.stride;
        if (p->channels == 4)
            put_over_white(row, f->width, small);
        else
            memcpy(small, row, row_bytes);
    }
}

void img_fit(img_fitter *f, const img_picture *p, const img_square *square, const img_want *want, uint8_t *rgb) {
    f->from.stride = (size_t)p->width * p->channels;
    const uint8_t *first = p->pixels + (square->down.first - p->top) * f->from.stride +
                           (size_t)(square->across.first - p->left) * p->channels;
    uint8_t *small = f->small ? f->small : rgb;
    if (fits(f, p, square)) {
        copy_square(f, p, first, small);
    } else {
        if (p->channels == 4) f->from.rgba = first;
        stbir_set_buffer_ptrs(&f->resize, first, (int)f->from.stride, small, (int)(f->width * f->channels));
        (void)stbir_resize_extended(&f->resize);
    }
    if (f->small) turn_upright(f->small, f->width, f->height, f->channels, square->turn, want, rgb);
}
