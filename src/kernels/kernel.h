/*
 * kernel.h - int8 kernels of our own: which there are, what they take, how they are run.
 *
 *     const kn_kind *kind = kn_find(&shape);      // NULL: XNNPACK runs it
 *     kind->pack(kind, &conv, packed);            // once, into kind->packed_bytes(kind, &shape)
 *     kind->run(kind, &shape, packed, in, out, scratch, 0, kind->units(kind, &shape));
 *
 * All give the bits of XNNPACK's kernels: with the zero point and scale of each side and channel
 *
 *     sum    = bias[c] + Σ (x - input_zero) · w                      modulo 2^32
 *     out    = clamp(rint(sum · scale[c]) + output_zero, min, max)   in f32, to nearest, ties to even
 *     scale  = input_scale · weight_scale[c] / output_scale          in f32, in this order
 *
 * A sum is the same in whatever order it is taken, so it matters only that f32 is rounded alike.
 */
#ifndef LT_KERNEL_H
#define LT_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/* Of kernels' parts, which must not become calls: what is constant in one is constant in the next. */
#define KN_INLINE static inline __attribute__((always_inline))

/* Before a loop that is to stay one, and before one over an array that has to become registers. */
#if defined(__clang__)
#define KN_ROLLED   _Pragma("clang loop unroll(disable)")
#define KN_UNROLLED _Pragma("clang loop unroll(full)")
#else
#define KN_ROLLED
#define KN_UNROLLED
#endif

/* Bytes behind the end of an input that a kernel may read: XNN_EXTRA_BYTES, which every tensor has. */
enum { KN_SLACK = 16 };

/* The largest scratch of one thread; what needs more is left to XNNPACK. */
enum { KN_MAX_SCRATCH = 1 << 24 };

/* A convolution of one picture; a dense layer is one of 1x1 whose picture has a pixel for each of its inputs. */
typedef struct kn_shape {
    int depthwise;                    /* not 0: output channel c is made of input channel c alone */
    uint32_t height, width, channels; /* of the input */
    uint32_t kernel[2], stride[2];    /* height, width */
    uint32_t pad_top, pad_left; /* pixels of input_zero around the input; below and right by the output's size */
    uint32_t out_height, out_width, out_channels;
    int8_t input_zero, output_zero, output_min, output_max;
} kn_shape;

/* What is packed besides. */
typedef struct kn_conv {
    kn_shape shape;
    const int8_t *weights; /* [out_channels, kernel, channels]; depthwise: [kernel, channels] */
    const int32_t *bias; /* [out_channels]; NULL: 0 */
    const float *weight_scale; /* [out_channels] */
    float input_scale, output_scale;
} kn_conv;

typedef struct kn_kind kn_kind;

/* All functions of a line get the line itself; of the shape, padding and quantisation change no size and no answer. */
struct kn_kind {
    const char *name; /* what it computes and on which instruction: "dw-avx512vnni" */
    const void *form; /* what its driver has to know of it: dw_form or gemm_form */
    uint32_t least_units; /* of one call; fewer, and too much is done anew in each */
    int (*can_run)(void); /* on this processor */
    int (*takes)(const kn_kind *kind, const kn_shape *shape);
    size_t (*packed_bytes)(const kn_kind *kind, const kn_shape *shape); /* of weights, biases and scales */
    size_t (*scratch_bytes)(const kn_kind *kind, const kn_shape *shape); /* of each thread, at most KN_MAX_SCRATCH */
    uint32_t (*units)(const kn_kind *kind, const kn_shape *shape); /* pieces that threads may share out */

    /* packed [packed_bytes], 64-byte aligned, zeroed. */
    void (*pack)(const kn_kind *kind, const kn_conv *conv, void *packed);

    /*
     * Compute the units from first up to, not including, last. in [height, width, channels] i8 with KN_SLACK
     * behind it, out [out_height, out_width, out_channels] i8, scratch [scratch_bytes] 64-byte aligned.
     */
    void (*run)(const kn_kind *kind, const kn_shape *shape, const void *packed, const int8_t *in, int8_t *out,
                void *scratch, uint32_t first, uint32_t last);
};

/* The first line of the table that runs here and takes the shape; NULL where XNNPACK has to. */
const kn_kind *kn_find(const kn_shape *shape);

/* Line i of the table, whether or not it runs here; NULL behind the last. */
const kn_kind *kn_line(size_t i);

/* bias[c] - zero · Σ w of a channel's weights, `step` apart, modulo 2^32: what a sum over x · w starts from. */
int32_t kn_start(const kn_conv *conv, uint32_t channel, const int8_t *weights, size_t count, size_t step, int32_t zero);

/* The factor from sum to output. */
float kn_scale(const kn_conv *conv, uint32_t channel);

/* The formula above, word for word, for tests: out [out_height, out_width, out_channels]. */
void kn_reference(const kn_conv *conv, const int8_t *in, int8_t *out);

#endif
