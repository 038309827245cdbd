/*
 * conv16.h - sums of a convolution over differences of 16 bits, for weights that have a zero point or whose input is
 * quantised while the network runs.
 *
 *     sum[y, x, c] = Σ (in - input_zero) · (weight - weight_zero)     modulo 2^32
 *
 * Both differences need nine bits, so the int8 kernels (kernel.h) do not take them. Plain C, which compilers turn into
 * multiplications of pairs; the same sums everywhere. Files of our own training do not need it: narrow builds leave it
 * out.
 */
#ifndef LT_KERNELS_CONV16_H
#define LT_KERNELS_CONV16_H

#include <stddef.h>
#include <stdint.h>

/* Differences behind the end of an input that may be read; they meet weights of 0. */
enum { C16_SLACK = 16 };

/* A convolution of one picture; a dense layer is one of 1x1 whose picture has a row of pixels, one for each of its inputs. */
typedef struct c16_shape {
    int depthwise; /* not 0: output channel c is made of input channel c / (out_channels / channels) alone */
    uint32_t height, width, channels; /* of the input */
    uint32_t kernel[2], stride[2], dilation[2]; /* height, width */
    uint32_t pad_top, pad_left; /* pixels of difference 0 around the input; below and right by the output's size */
    uint32_t out_height, out_width, out_channels;
    uint32_t groups; /* of a convolution that is not depthwise: each sees its own part of the channels */
} c16_shape;

/* Bytes of the packed weights, and of one thread's scratch. */
size_t c16_packed_bytes(const c16_shape *shape);
size_t c16_scratch_bytes(const c16_shape *shape);

/*
 * weights is [out_channels, kernel, channels / groups] i8, depthwise [kernel, out_channels]; packed is
 * [c16_packed_bytes], zeroed.
 */
void c16_pack(const c16_shape *shape, const int8_t *weights, int32_t weight_zero, int16_t *packed);

/*
 * The sums of row y, [out_width, out_channels]: valid until scratch is used again. in is [height, width, channels] of
 * differences with C16_SLACK behind it; scratch [c16_scratch_bytes], 64-byte aligned.
 */
const int32_t *c16_row(const c16_shape *shape, const int16_t *packed, const int16_t *in, uint32_t y, void *scratch);

#endif
