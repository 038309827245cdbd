/*
 * mkshapes.c - writes int8 networks of one convolution each, in every shape that picks another way through a kernel:
 * tails of channels, filters, strides, paddings, odd sizes.
 *
 *     mkshapes FOLDER    writes FOLDER/NAME.tflite for each, and the pictures for them; prints the names
 *
 * A network is picture -> 1x1 convolution to the wanted channels -> the convolution under test -> a list of i8. Its
 * input of [side, side, 3] i8 is what the engine makes of a photo's pixels without metadata: the pixel less 128. The
 * name ends in the side; FOLDER/picture-SIDE.rgb has the pixels, u8, and shapes.json what LiteRT makes of them.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fbwrite.h"

/* Sides of the input, an even and an odd one. */
enum { EVEN = 8, ODD = 9 };

/* Fewer outputs than the most classes a model may have: what is more is pooled away first. */
enum { MOST_OUTPUTS = 1024 };

/* BuiltinOperator, BuiltinOptions, Padding and ActivationFunctionType of the file format. */
enum { CONV_2D = 3, DEPTHWISE_CONV_2D = 4, MAX_POOL_2D = 17, RESHAPE = 22 };
enum { CONV_OPTIONS = 1, DEPTHWISE_OPTIONS = 2, POOL_OPTIONS = 5, RESHAPE_OPTIONS = 17 };
enum { SAME = 0, VALID = 1, NONE = 0, RELU6 = 3 };

typedef struct shape {
    int depthwise;
    int32_t channels, outputs, kernel[2], stride[2], padding, side; /* outputs: of a plain convolution */
} shape;

static uint32_t seed;

static int32_t next(int32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (int32_t)((seed >> 8) % (uint32_t)below);
}

static int32_t activation(mk_model *m, const int32_t dims[4], float scale, int64_t zero) {
    int32_t t = mk_tensor_of(m, MK_I8, dims, 4);
    mk_quantise(m, t, scale, zero);
    return t;
}

/* Random weights, a scale for each channel of the axis; *bias gets the biases, for inputs of that scale. */
static int32_t weights(mk_model *m, const int32_t dims[4], int32_t axis, float input_scale, int32_t *bias) {
    enum { MOST_WEIGHTS = 7 * 7 * 40 * 40 };
    static int8_t values[MOST_WEIGHTS];
    int32_t count = dims[0] * dims[1] * dims[2] * dims[3], channels = dims[axis], biases[MK_SCALES];
    for (int32_t i = 0; i < count; i++) values[i] = (int8_t)(next(255) - 127);
    int32_t t = mk_tensor_of(m, MK_I8, dims, 4);
    mk_fill(m, t, values, (size_t)count);
    *bias = mk_tensor_of(m, MK_I32, &channels, 1);
    mk_tensor *filter = &m->tensors[t], *added = &m->tensors[*bias];
    filter->axis = axis;
    filter->scale_count = filter->zero_count = added->scale_count = added->zero_count = (uint32_t)channels;
    for (int32_t c = 0; c < channels; c++) {
        /* So that sums of so many products fill the output's range, and few leave it. */
        filter->scales[c] = (1.0f + 0.05f * (float)(c % 7)) / (90.0f * sqrtf((float)(count / channels)));
        added->scales[c] = input_scale * filter->scales[c];
        biases[c] = next(4001) - 2000;
    }
    mk_fill(m, *bias, biases, (size_t)channels * sizeof(int32_t));
    return t;
}

static int32_t reach(int32_t size, int32_t kernel, int32_t stride, int32_t padding) {
    return padding == SAME ? (size + stride - 1) / stride : (size - kernel) / stride + 1;
}

static int32_t convolve(mk_model *m, int32_t x, const shape *s) {
    const int32_t *in = m->tensors[x].dims;
    int32_t out = s->depthwise ? s->channels : s->outputs, bias;
    int32_t size[4] = {1, reach(in[1], s->kernel[0], s->stride[0], s->padding),
                       reach(in[2], s->kernel[1], s->stride[1], s->padding), out};
    int32_t plain[4] = {out, s->kernel[0], s->kernel[1], in[3]}, deep[4] = {1, s->kernel[0], s->kernel[1], out};
    float scale = m->tensors[x].scales[0];
    int32_t filter = weights(m, s->depthwise ? deep : plain, s->depthwise ? 3 : 0, scale, &bias);
    int32_t y = activation(m, size, 1.0f / 48, -11);
    mk_op *op = mk_add(m, s->depthwise ? DEPTHWISE_CONV_2D : CONV_2D, x, filter, y);
    op->inputs[op->input_count++] = bias;
    if (s->depthwise)
        mk_options(op, DEPTHWISE_OPTIONS, "bwwwbww", (int32_t[]){s->padding, s->stride[1], s->stride[0], 1, 0, 1, 1});
    else
        mk_options(op, CONV_OPTIONS, "bwwbww",
                   (int32_t[]){s->padding, s->stride[1], s->stride[0], s->padding == SAME ? NONE : RELU6, 1, 1});
    return y;
}

/* Halved until the list is short enough. */
static int32_t pooled(mk_model *m, int32_t x) {
    const mk_tensor *t = &m->tensors[x];
    int32_t size[4] = {1, (t->dims[1] + 1) / 2, (t->dims[2] + 1) / 2, t->dims[3]};
    if (t->dims[1] * t->dims[2] * t->dims[3] <= MOST_OUTPUTS) return x;
    int32_t y = activation(m, size, t->scales[0], t->zero_point);
    mk_options(mk_add(m, MAX_POOL_2D, x, -1, y), POOL_OPTIONS, "bwwwwb", (int32_t[]){SAME, 2, 2, 2, 2, 0});
    return pooled(m, y);
}

static int write_file(const char *folder, const char *name, const void *bytes, size_t size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    int failed = !file || fwrite(bytes, 1, size, file) != size;
    if (file && fclose(file) != 0) failed = 1;
    if (failed) perror(path);
    return failed;
}

static int write_shape(const char *folder, const shape *s) {
    char name[80], file[96];
    snprintf(name, sizeof name, "%s-%dx%d-stride%dx%d-%s-%d-%d-side%d", s->depthwise ? "depthwise" : "conv",
             (int)s->kernel[0], (int)s->kernel[1], (int)s->stride[0], (int)s->stride[1],
             s->padding == SAME ? "same" : "valid", (int)s->channels, (int)s->outputs, (int)s->side);
    seed = 7;
    for (const char *c = name; *c; c++) seed = seed * 31 + (unsigned char)*c;
    mk_model *m = mk_new();
    int32_t picture = activation(m, (int32_t[]){1, s->side, s->side, 3}, 1.0f / 128, -1);
    const shape widen = {0, 3, s->channels, {1, 1}, {1, 1}, SAME, s->side};
    int32_t last = pooled(m, convolve(m, convolve(m, picture, &widen), s));
    const mk_tensor *t = &m->tensors[last];
    int32_t list[2] = {1, t->dims[1] * t->dims[2] * t->dims[3]}, output = mk_tensor_of(m, MK_I8, list, 2);
    mk_quantise(m, output, t->scales[0], t->zero_point);
    int32_t wanted = mk_tensor_of(m, MK_I32, (int32_t[]){2}, 1);
    mk_fill(m, wanted, list, sizeof list);
    mk_options(mk_add(m, RESHAPE, last, wanted, output), RESHAPE_OPTIONS, ".", (int32_t[]){0});
    m->inputs[m->input_count++] = picture;
    m->outputs[m->output_count++] = output;
    mk_write(m);
    snprintf(file, sizeof file, "%s.tflite", name);
    int failed = write_file(folder, file, m->file.bytes, m->file.size);
    mk_free(m);
    if (!failed) puts(name);
    return failed;
}

/* Every tail of channels: 1 to 33 is beyond twice the widest vector of bytes. */
static int write_tails(const char *folder) {
    enum { MOST_CHANNELS = 33 };
    int failed = 0;
    for (int32_t c = 1; c <= MOST_CHANNELS && !failed; c++)
        failed =
            write_shape(folder, &(shape){0, c, c, {1, 1}, {1, 1}, SAME, ODD}) ||
            write_shape(folder, &(shape){0, c, MOST_CHANNELS + 1 - c, {3, 3}, {1 + c % 2, 1 + c % 2}, SAME, ODD}) ||
            write_shape(folder, &(shape){1, c, c, {3, 3}, {1 + c % 2, 1 + c % 2}, SAME, ODD}) ||
            write_shape(folder, &(shape){1, c, c, {5, 5}, {2 - c % 2, 2 - c % 2}, SAME, ODD});
    return failed;
}

/* Every filter with every stride and padding, and some that are not square, on both sides. */
static int write_windows(const char *folder, int32_t side) {
    static const int32_t oblong[][4] = {{1, 3, 1, 1}, {3, 1, 2, 1}, {2, 5, 1, 2},
                                        {5, 3, 1, 1}, {7, 2, 2, 3}, {3, 3, 1, 2}};
    enum { LARGEST = 7, MOST_STRIDE = 3, CONV_CHANNELS = 5, CONV_OUTPUTS = 9, DEPTHWISE_CHANNELS = 35 };
    static const shape kinds[2] = {{.channels = CONV_CHANNELS, .outputs = CONV_OUTPUTS},
                                   {1, .channels = DEPTHWISE_CHANNELS, .outputs = DEPTHWISE_CHANNELS}};
    int failed = 0;
    for (int kind = 0; kind < 2; kind++) {
        shape s = kinds[kind];
        s.side = side;
        for (int32_t i = 0; i < LARGEST * MOST_STRIDE * 2 && !failed; i++) {
            s.kernel[0] = s.kernel[1] = 1 + i / 2 / MOST_STRIDE;
            s.stride[0] = s.stride[1] = 1 + i / 2 % MOST_STRIDE;
            s.padding = i % 2 ? VALID : SAME;
            failed = write_shape(folder, &s);
        }
        s.padding = SAME;
        for (size_t i = 0; i < sizeof oblong / sizeof *oblong && !failed; i++) {
            memcpy(s.kernel, oblong[i], sizeof s.kernel);
            memcpy(s.stride, oblong[i] + 2, sizeof s.stride);
            failed = write_shape(folder, &s);
        }
    }
    return failed;
}

static int write_picture(const char *folder, uint32_t side) {
    char name[4096];
    uint8_t pixels[ODD * ODD * 3];
    for (uint32_t i = 0; i < side * side * 3; i++) pixels[i] = (uint8_t)(i * i * 37 + i * 11 + 5);
    snprintf(name, sizeof name, "picture-%u.rgb", (unsigned)side);
    return write_file(folder, name, pixels, side * side * 3);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: mkshapes FOLDER\n");
        return 2;
    }
    const char *folder = arguments[1];
    return write_picture(folder, EVEN) || write_picture(folder, ODD) || write_tails(folder) ||
           write_windows(folder, EVEN) || write_windows(folder, ODD);
}
