/* Crop, resize, turn upright. */
#include "image_parts.h"

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

/* ---- orientation ---- */

/* Pixel (x, y) of the picture as wanted is (a, b) of the stored one: (a, b) = (x, y), exchanged where swap is
 * set, then counted from the other end where mirror_a or mirror_b is set. */
typedef struct turn {
    uint8_t swap, mirror_a, mirror_b;
} turn;

/* By EXIF orientation 1..8. */
static const turn turns[9] = {
    [1] = {0, 0, 0}, [2] = {0, 1, 0}, [3] = {0, 1, 1}, [4] = {0, 0, 1},
    [5] = {1, 0, 0}, [6] = {1, 0, 1}, [7] = {1, 1, 1}, [8] = {1, 1, 0},
};

/* By the number of clockwise quarter turns: those of an orientation that asks for them. */
static const uint8_t orientation_of_turns[4] = {1, 6, 3, 8};

/* What stands upright after `first` is turned by `then`. */
static turn compose(turn first, turn then) {
    uint8_t a = first.swap ? then.mirror_b : then.mirror_a, b = first.swap ? then.mirror_a : then.mirror_b;
    return (turn){first.swap ^ then.swap, first.mirror_a ^ a, first.mirror_b ^ b};
}

/* small: [height, width, channels] u8 as stored, to rgb: [want.height, want.width, 3] u8 as wanted. */
static void turn_upright(const uint8_t *small, uint32_t width, uint32_t height, uint32_t channels, turn t,
                         const img_want *want, uint8_t *rgb) {
    for (uint32_t y = 0; y < want->height; y++)
        for (uint32_t x = 0; x < want->width; x++) {
            size_t a = t.swap ? y : x, b = t.swap ? x : y;
            if (t.mirror_a) a = width - 1 - a;
            if (t.mirror_b) b = height - 1 - b;
            const uint8_t *pixel = small + (b * width + a) * channels;
            for (size_t c = 0; c < 3; c++) *rgb++ = pixel[channels == 3 ? c : 0];
        }
}

/* ---- crop ---- */

/* The part of a picture that is resized, in its pixels: whole ones are read, from..to is what counts. */
typedef struct extent {
    uint32_t first, count;
    double from, to; /* 0..1 of the whole pixels */
} extent;

/* start and side are in pixels of the photo, size in pixels of the picture decoded at 1/scale. */
static extent map_extent(uint32_t start, uint32_t side, uint32_t size, uint32_t scale) {
    double from = (double)start / scale, to = (double)(start + side) / scale;
    extent e;
    e.first = start / scale;
    uint32_t end = (start + side + scale - 1) / scale;
    e.count = (end < size ? end : size) - e.first;
    e.from = (from - e.first) / e.count;
    e.to = fmin((to - e.first) / e.count, 1.0);
    return e;
}

/* Where a square of `side` begins on an axis of `size` pixels, its centre at `share` of it: rounded down, inside. */
static uint32_t place(double share, uint32_t size, uint32_t side) {
    double from = floor(share * size - 0.5 * side);
    return from < 0.0 ? 0 : from > size - side ? size - side : (uint32_t)from;
}

/* The wanted square as it lies in the stored picture. Rounded down in the turned one, where the training
 * crops, so it may lie one pixel further where an axis is mirrored. */
static void map_crop(const img_picture *p, turn t, const img_want *want, extent *across, extent *down) {
    uint32_t side = img_crop_side(p->full_width, p->full_height, want->crop);
    uint32_t a = place(t.swap ? want->y : want->x, p->full_width, side);
    uint32_t b = place(t.swap ? want->x : want->y, p->full_height, side);
    if (t.mirror_a) a = p->full_width - side - a;
    if (t.mirror_b) b = p->full_height - side - b;
    *across = map_extent(a, side, p->width, p->scale);
    *down = map_extent(b, side, p->height, p->scale);
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

/* A pixel with an opacity as RGB; most are opaque. */
static void put_over_white(const uint8_t *rgba, uint8_t *rgb) {
    int opaque = rgba[3] == 255;
    for (size_t c = 0; c < 3; c++) rgb[c] = opaque ? rgba[c] : img_over_white(rgba[c], rgba[3]);
}

/*
 * Gives a row of the crop as RGB over white; stb_image_resize2 asks for count pixels from x in row y. The memory it
 * offers is the end of where it puts the row as floats, and its last step there reads what it has just written over.
 */
static const void *row_over_white(void *offered, const void *row, int count, int x, int y, void *context) {
    const source *from = context;
    (void)offered, (void)row;
    const uint8_t *in = from->rgba + (size_t)y * from->stride + (size_t)x * 4;
    for (size_t i = 0; i < (size_t)count; i++) put_over_white(in + 4 * i, from->row + 3 * i);
    return from->row;
}

/* The crop to small: [height, width, channels] u8, 3 channels where the picture has 4. */
static lt_status resize(source *from, const img_picture *p, const extent *across, const extent *down, uint8_t *small,
                        uint32_t width, uint32_t height, lt_error *error) {
    int channels = p->channels == 1 ? 1 : 3;
    from->stride = (size_t)p->width * p->channels;
    const uint8_t *first = p->pixels + down->first * from->stride + (size_t)across->first * p->channels;
    STBIR_RESIZE r;
    stbir_resize_init(&r, first, (int)across->count, (int)down->count, (int)from->stride, small, (int)width,
                      (int)height, (int)width * channels, channels == 1 ? STBIR_1CHANNEL : STBIR_RGB, STBIR_TYPE_UINT8);
    stbir_set_user_data(&r, from);
    if (p->channels == 4) {
        from->rgba = first;
        from->row = img_scratch_take(from->scratch, (uint64_t)across->count * 3);
        if (from->row == NULL) return img_no_memory((uint64_t)across->count * 3, error);
        stbir_set_pixel_callbacks(&r, row_over_white, NULL);
    }
    stbir_set_edgemodes(&r, STBIR_EDGE_ZERO, STBIR_EDGE_ZERO);
    stbir_set_filters(&r, STBIR_FILTER_TRIANGLE, STBIR_FILTER_TRIANGLE);
    if (p->scale > 1)
        stbir_set_filter_callbacks(&r, mean_triangle, mean_triangle_support, mean_triangle, mean_triangle_support);
    stbir_set_input_subrect(&r, across->from, down->from, across->to, down->to);

    double *totals = img_scratch_take(from->scratch, (uint64_t)height * sizeof *totals);
    if (totals == NULL || !stbir_build_samplers(&r)) return img_no_memory(0, error);
    gather_to_one(&r.samplers->horizontal);
    if (r.samplers->vertical.is_gather)
        gather_to_one(&r.samplers->vertical);
    else
        scatter_to_one(&r.samplers->vertical, totals);
    (void)stbir_resize_extended(&r);
    return LT_OK;
}

/* Is every wanted pixel one of the picture's? Then the filter has a single weight of 1. */
static int fits(const img_picture *p, const extent *across, const extent *down, uint32_t width, uint32_t height) {
    return p->scale == 1 && across->count == width && down->count == height;
}

/* The crop as it is to small, as resize would give it. */
static void copy_crop(const img_picture *p, const extent *across, const extent *down, uint8_t *small) {
    size_t channels = p->channels == 1 ? 1 : 3, row_bytes = across->count * channels;
    for (uint32_t y = 0; y < down->count; y++, small += row_bytes) {
        const uint8_t *row = p->pixels + ((size_t)(down->first + y) * p->width + across->first) * p->channels;
        if (p->channels == 4)
            for (size_t x = 0; x < across->count; x++) put_over_white(row + 4 * x, small + 3 * x);
        else
            memcpy(small, row, row_bytes);
    }
}

lt_status img_fit(img_scratch *scratch, const img_picture *picture, uint32_t orientation, const img_want *want,
                  uint8_t *rgb, lt_error *error) {
    turn t = compose(turns[orientation], turns[orientation_of_turns[want->quarter_turns]]);
    extent across, down;
    map_crop(picture, t, want, &across, &down);
    uint32_t width = t.swap ? want->height : want->width, height = t.swap ? want->width : want->height;
    uint32_t channels = picture->channels == 1 ? 1 : 3;
    uint64_t bytes = (uint64_t)width * height * channels;
    uint8_t *small = img_scratch_take(scratch, bytes);
    if (small == NULL) return img_no_memory(bytes, error);
    source from = {.scratch = scratch};
    lt_status status = LT_OK;
    if (fits(picture, &across, &down, width, height))
        copy_crop(picture, &across, &down, small);
    else
        status = resize(&from, picture, &across, &down, small, width, height, error);
    if (status == LT_OK) turn_upright(small, width, height, channels, t, want, rgb);
    return status;
}
