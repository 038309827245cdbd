#include "input.h"

#include <math.h>

static int8_t quantise(float x, float scale, int32_t zero_point) {
    float q = nearbyintf(x / scale) + (float)zero_point;
    return (int8_t)(q < -128.0f ? -128.0f : q > 127.0f ? 127.0f : q);
}

void input_table_make(input_table *table, const float mean[3], const float std[3], int is_int8, float scale,
                      int32_t zero_point) {
    table->is_int8 = table->moves = is_int8;
    for (int c = 0; c < 3; c++)
        for (int pixel = 0; pixel < 256; pixel++) {
            float x = ((float)pixel - mean[c]) / std[c];
            if (is_int8)
                table->value.i8[c][pixel] = quantise(x, scale, zero_point);
            else
                table->value.f32[c][pixel] = x;
            table->moves = table->moves && table->value.i8[c][pixel] == pixel + INT8_MIN;
        }
}

void input_apply(const input_table *table, const uint8_t *rgb, size_t pixels, void *tensor) {
    if (table->moves) {
        uint8_t *out = tensor;
        for (size_t i = 0; i < 3 * pixels; i++) out[i] = rgb[i] ^ 0x80; /* less 128, in two's complement */
    } else if (table->is_int8) {
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

void input_apply_view(const input_table *table, const uint8_t *rgb, uint32_t width, uint32_t height, uint32_t view,
                      void *tensor) {
    /* bit 0 mirrors left and right, bit 1 top and bottom, bit 2 exchanges rows and columns */
    static const uint8_t steps[INPUT_VIEWS] = {0, 3, 1, 2, 5, 6, 4, 7};
    uint32_t step = steps[view];
    if (step == 0) {
        input_apply(table, rgb, (size_t)width * height, tensor);
        return;
    }
    size_t pixel_bytes = 3 * (table->is_int8 ? sizeof(int8_t) : sizeof(float));
    uint8_t *out = tensor;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++, out += pixel_bytes) {
            size_t a = step & 4 ? y : x, b = step & 4 ? x : y;
            if (step & 1) a = width - 1 - a;
            if (step & 2) b = height - 1 - b;
            input_apply(table, rgb + (b * width + a) * 3, 1, out);
        }
}
