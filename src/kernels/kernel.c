/* kernel.c - what the packing of all kernels shares. */
#include "kernel.h"

int32_t kn_start(const kn_conv *conv, uint32_t channel, const int8_t *weights, size_t count, size_t step,
                 int32_t zero) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t weight = weights[i * step];
        sum += (uint32_t)weight;
    }
    return (int32_t)((conv->bias ? (uint32_t)conv->bias[channel] : 0) - (uint32_t)zero * sum);
}

float kn_scale(const kn_conv *conv, uint32_t channel) {
    return conv->input_scale * conv->weight_scale[channel] / conv->output_scale;
}
