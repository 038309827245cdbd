#include "exif.h"
#include "image_kind.h"
#include "image_parts.h"

#include "clock.h"

#include <math.h>

/* Most pixels a side of the result may have. */
enum { MOST_WANTED = 4096 };

/* Largest file: the decoder counts bytes in int. */
#define MOST_FILE_BYTES ((size_t)1 << 30)

uint32_t img_crop_side(uint32_t width, uint32_t height, double crop) {
    uint32_t shorter = width < height ? width : height;
    uint32_t side = (uint32_t)floor((double)shorter * crop + 0.5);
    return side < 1 ? 1 : side;
}

lt_status img_check_size(uint64_t width, uint64_t height, const img_want *want, lt_error *error) {
    if (width == 0 || height == 0)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, nothing to see", (unsigned long long)width,
                       (unsigned long long)height);
    if (width > IMG_MOST_SIDE || height > IMG_MOST_SIDE)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, at most %u a side are read",
                       (unsigned long long)width, (unsigned long long)height, IMG_MOST_SIDE);
    if (width * height > want->max_pixels)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, at most %llu in all are read",
                       (unsigned long long)width, (unsigned long long)height, (unsigned long long)want->max_pixels);
    return LT_OK;
}

lt_status img_no_memory(uint64_t size, lt_error *error) {
    return lt_fail(error, LT_MEMORY, "photo: no memory for %llu bytes", (unsigned long long)size);
}

static lt_status check_want(const img_want *want, lt_error *error) {
    if (want->width < 1 || want->width > MOST_WANTED || want->height < 1 || want->height > MOST_WANTED)
        return lt_fail(error, LT_ARGUMENT, "want: %u x %u pixels, 1 to %d a side are made", want->width, want->height,
                       MOST_WANTED);
    if (!(want->crop > 0.0 && want->crop <= 1.0))
        return lt_fail(error, LT_ARGUMENT, "want: crop %g is not above 0 and at most 1", want->crop);
    if (!(want->x >= 0.0 && want->x <= 1.0 && want->y >= 0.0 && want->y <= 1.0))
        return lt_fail(error, LT_ARGUMENT, "want: centre %g, %g is not within 0 and 1", want->x, want->y);
    if (want->quarter_turns > 3)
        return lt_fail(error, LT_ARGUMENT, "want: %u quarter turns, 0 to 3 are made", want->quarter_turns);
    return LT_OK;
}

static lt_status decode(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want,
                        img_picture *picture, lt_error *error) {
    img_kind kind;
    lt_status status = img_find_kind(bytes, size, &kind, error);
    if (status != LT_OK) return status;
    if (size > MOST_FILE_BYTES)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: a file of %zu bytes, at most %zu are read", size, MOST_FILE_BYTES);
    if (kind == IMG_PNG) return img_decode_png(scratch, bytes, size, want, picture, error);
    return img_decode_jpeg(scratch, bytes, size, want, picture, error);
}

/* What is known of a picture once it is fitted; the times are those of the two steps' ends. */
static void describe(const img_picture *picture, uint32_t orientation, double start, double decoded, img_info *info) {
    int lying = orientation >= 5;
    info->width = lying ? picture->full_height : picture->full_width;
    info->height = lying ? picture->full_width : picture->full_height;
    info->decode_scale = picture->scale;
    info->decode_ms = decoded - start;
    info->resize_ms = clock_ms() - decoded;
}

lt_status img_from_file(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want, uint8_t *rgb,
                        img_info *info, lt_error *error) {
    double start = clock_ms();
    img_picture picture;
    lt_status status = check_want(want, error);
    if (status == LT_OK) status = decode(scratch, bytes, size, want, &picture, error);
    double decoded = clock_ms();
    if (status == LT_OK) {
        uint32_t orientation = exif_orientation(bytes, size);
        status = img_fit(scratch, &picture, orientation, want, rgb, error);
        if (status == LT_OK) describe(&picture, orientation, start, decoded, info);
    }
    img_scratch_reset(scratch);
    return status;
}

lt_status img_from_rgba(img_scratch *scratch, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const img_want *want, uint8_t *rgb, img_info *info, lt_error *error) {
    double start = clock_ms();
    lt_status status = check_want(want, error);
    if (status == LT_OK) status = img_check_size(width, height, want, error);
    if (status == LT_OK) {
        img_picture picture = {rgba, width, height, 4, width, height, 1};
        status = img_fit(scratch, &picture, 1, want, rgb, error);
        if (status == LT_OK) describe(&picture, 1, start, start, info);
    }
    img_scratch_reset(scratch);
    return status;
}

/* ---- pixel values to tensor values ---- */

static int8_t quantise(float x, float scale, int32_t zero_point) {
    float q = nearbyintf(x / scale) + (float)zero_point;
    return (int8_t)(q < -128.0f ? -128.0f : q > 127.0f ? 127.0f : q);
}

void img_table_make(img_table *table, const float mean[3], const float std[3], int is_int8, float scale,
                    int32_t zero_point) {
    table->is_int8 = is_int8;
    for (int c = 0; c < 3; c++)
        for (int pixel = 0; pixel < 256; pixel++) {
            float x = ((float)pixel - mean[c]) / std[c];
            if (is_int8)
                table->value.i8[c][pixel] = quantise(x, scale, zero_point);
            else
                table->value.f32[c][pixel] = x;
        }
}

void img_table_apply(const img_table *table, const uint8_t *rgb, size_t pixels, void *tensor) {
    if (table->is_int8) {
        int8_t *out = tensor;
        for (size_t i = 0; i < pixels; i++)
            for (size_t c = 0; c < 3; c++) out[3 * i + c] = table->value.i8[c][rgb[3 * i + c]];
    } else {
        float *out = tensor;
        for (size_t i = 0; i < pixels; i++)
            for (size_t c = 0; c < 3; c++) out[3 * i + c] = table->value.f32[c][rgb[3 * i + c]];
    }
}

/* ---- views ---- */

void img_table_apply_view(const img_table *table, const uint8_t *rgb, uint32_t width, uint32_t height, uint32_t view,
                          void *tensor) {
    /* bit 0 mirrors left and right, bit 1 top and bottom, bit 2 exchanges rows and columns */
    static const uint8_t steps[IMG_VIEWS] = {0, 3, 1, 2, 5, 6, 4, 7};
    uint32_t step = steps[view];
    if (step == 0) {
        img_table_apply(table, rgb, (size_t)width * height, tensor);
        return;
    }
    size_t pixel_bytes = 3 * (table->is_int8 ? sizeof(int8_t) : sizeof(float));
    uint8_t *out = tensor;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++, out += pixel_bytes) {
            size_t a = step & 4 ? y : x, b = step & 4 ? x : y;
            if (step & 1) a = width - 1 - a;
            if (step & 2) b = height - 1 - b;
            img_table_apply(table, rgb + (b * width + a) * 3, 1, out);
        }
}
