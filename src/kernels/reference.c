/* reference.c - a convolution as its formula has it; nothing here is fast, and only tests run it. */
#include <math.h>

#include "kernel.h"

/* x - input_zero at a pixel of the padded picture; 0 in the padding. */
static int32_t centred(const kn_shape *s, const int8_t *in, int64_t y, int64_t x, uint32_t channel) {
    if (y < 0 || y >= s->height || x < 0 || x >= s->width) return 0;
    return in[((size_t)y * s->width + (size_t)x) * s->channels + channel] - s->input_zero;
}

static uint32_t sum_at(const kn_conv *conv, const int8_t *in, uint32_t y, uint32_t x, uint32_t channel) {
    const kn_shape *s = &conv->shape;
    uint32_t sum = conv->bias ? (uint32_t)conv->bias[channel] : 0;
    for (uint32_t i = 0; i < s->kernel[0]; i++) {
        for (uint32_t j = 0; j < s->kernel[1]; j++) {
            int64_t row = (int64_t)y * s->stride[0] + i - s->pad_top,
                    column = (int64_t)x * s->stride[1] + j - s->pad_left;
            size_t tap = (size_t)i * s->kernel[1] + j;
            if (s->depthwise) {
                sum += (uint32_t)(centred(s, in, row, column, channel) * conv->weights[tap * s->channels + channel]);
                continue;
            }
            const int8_t *w = conv->weights + ((size_t)channel * s->kernel[0] * s->kernel[1] + tap) * s->channels;
            for (uint32_t k = 0; k < s->channels; k++) sum += (uint32_t)(centred(s, in, row, column, k) * w[k]);
        }
    }
    return sum;
}

static int8_t requantised(const kn_shape *s, uint32_t sum, float scale) {
    float least = (float)(s->output_min - s->output_zero), most = (float)(s->output_max - s->output_zero);
    float real = (float)(int32_t)sum * scale;
    return (int8_t)(lrintf(fminf(fmaxf(real, least), most)) + s->output_zero);
}

void kn_reference(const kn_conv *conv, const int8_t *in, int8_t *out) {
    const kn_shape *s = &conv->shape;
    for (uint32_t y = 0; y < s->out_height; y++)
        for (uint32_t x = 0; x < s->out_width; x++)
            for (uint32_t c = 0; c < s->out_channels; c++)
                *out++ = requantised(s, sum_at(conv, in, y, x, c), kn_scale(conv, c));
}
