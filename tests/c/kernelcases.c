#include "kernelcases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if !defined(KERNELCASES_ALONE)
#include <xnnpack.h>
#endif

enum { ALIGNMENT = 64 };

/* How the values of a case are drawn. */
enum { RANDOM, LEAST, MOST, MIXED, DRAWS };

/* A case under way; everything is as large as it says and no larger, for sanitizers to see. */
typedef struct trial {
    const kn_kind *kind;
    kn_conv conv;
    uint32_t bottom, right; /* padding */
    uint32_t seed;
    int draw;
    int8_t *weights, *in, *wanted, *out;
    int32_t *bias;
    float *scales;
    size_t in_size, out_size, weight_count;
} trial;

static void *get(size_t size) {
    void *p = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (!p) abort();
    return memset(p, 0, size);
}

/* Not aligned, and not a byte more than asked for. */
static void *get_exact(size_t size) {
    void *p = malloc(size);
    if (!p) abort();
    return p;
}

static uint32_t next(trial *t) {
    t->seed = t->seed * 1664525u + 1013904223u;
    return t->seed >> 8;
}

static void fill(trial *t, int8_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int8_t ends = next(t) % 2 ? -128 : 127, any = (int8_t)next(t);
        values[i] = (int8_t[DRAWS]){[RANDOM] = any, [LEAST] = -128, [MOST] = 127, [MIXED] = ends}[t->draw];
    }
}

static void draw_values(trial *t) {
    kn_shape *s = &t->conv.shape;
    fill(t, t->weights, t->weight_count);
    for (size_t i = 0; i < t->weight_count && t->seed % 2; i++)
        if (t->weights[i] == -128) t->weights[i] = -127;
    fill(t, t->in, t->in_size);
    size_t depth = t->weight_count / s->out_channels;
    for (uint32_t c = 0; c < s->out_channels; c++) {
        t->bias[c] = t->draw == RANDOM ? (int32_t)(next(t) % 20000) - 10000 : (int32_t)(next(t) << 8);
        /* Most sums fit into int8 for random values; for the others they also go far beyond. */
        t->scales[c] = (1.0f + (float)(next(t) % 100) / 100) / (float)(t->draw == RANDOM ? 64 + 8 * depth : 1 + depth);
    }
    s->input_zero = (int8_t)next(t);
    s->output_zero = (int8_t)next(t);
    s->output_min = (int8_t)(next(t) % 2 ? -128 : -128 + (int32_t)(next(t) % 100));
    s->output_max = (int8_t)(next(t) % 2 ? 127 : 127 - (int32_t)(next(t) % 100));
    t->conv.input_scale = 0.5f + (float)(next(t) % 64) / 64;
    t->conv.output_scale = 0.75f + (float)(next(t) % 64) / 64;
}

static void open_trial(trial *t) {
    const kn_shape *s = &t->conv.shape;
    size_t window = (size_t)s->kernel[0] * s->kernel[1];
    t->weight_count = window * s->out_channels * (s->depthwise ? 1 : s->channels);
    t->in_size = (size_t)s->height * s->width * s->channels;
    t->out_size = (size_t)s->out_height * s->out_width * s->out_channels;
    t->weights = get_exact(t->weight_count);
    t->bias = get(s->out_channels * sizeof *t->bias);
    t->scales = get(s->out_channels * sizeof *t->scales);
    t->in = get_exact(t->in_size + KN_SLACK);
    t->wanted = get_exact(t->out_size);
    t->out = get_exact(t->out_size);
    draw_values(t);
    memset(t->in + t->in_size, 77, KN_SLACK);
    t->conv.weights = t->weights;
    t->conv.bias = t->seed % 5 ? t->bias : NULL;
    t->conv.weight_scale = t->scales;
}

static void close_trial(trial *t) {
    free(t->weights);
    free(t->bias);
    free(t->scales);
    free(t->in);
    free(t->wanted);
    free(t->out);
}

static int differs(const trial *t, const char *from, char *text) {
    const kn_shape *s = &t->conv.shape;
    for (size_t i = 0; i < t->out_size; i++) {
        if (t->out[i] == t->wanted[i]) continue;
        (void)snprintf(
            text, KERNELCASES_TEXT,
            "%s: %s gives %d and not %d at %zu: %ux%ux%u by %ux%u, stride %u, padding %u %u, to %ux%ux%u, draw %d",
            t->kind->name, from, t->out[i], t->wanted[i], i, (unsigned)s->height, (unsigned)s->width,
            (unsigned)s->channels, (unsigned)s->kernel[0], (unsigned)s->kernel[1], (unsigned)s->stride[0],
            (unsigned)s->pad_top, (unsigned)s->pad_left, (unsigned)s->out_height, (unsigned)s->out_width,
            (unsigned)s->out_channels, t->draw);
        return 1;
    }
    return 0;
}

/* ---- XNNPACK's own ---- */

#if defined(KERNELCASES_ALONE)

/* The formula alone: for a processor that is emulated XNNPACK is not built. */
static int start_xnnpack(void) {
    return 1;
}

static int agrees(trial *t, char *text) {
    (void)t, (void)text;
    return 1;
}

#else

static int start_xnnpack(void) {
    return xnn_initialize(NULL) == xnn_status_success;
}

static int run_operator(trial *t, xnn_operator_t op) {
    const kn_shape *s = &t->conv.shape;
    size_t workspace_size, alignment, height, width;
    if (xnn_reshape_convolution2d_nhwc_qs8_qc8w(op, 1, s->height, s->width, &workspace_size, &alignment, &height,
                                                &width, NULL) != xnn_status_success)
        return 0;
    if (height != s->out_height || width != s->out_width) return 0;
    void *workspace = get(workspace_size + ALIGNMENT);
    int ran = xnn_setup_convolution2d_nhwc_qs8_qc8w(op, workspace, t->in, t->out) == xnn_status_success &&
              xnn_run_operator(op, NULL) == xnn_status_success;
    free(workspace);
    return ran;
}

static int run_xnnpack(trial *t) {
    const kn_conv *c = &t->conv;
    const kn_shape *s = &c->shape;
    uint32_t groups = s->depthwise ? s->channels : 1;
    xnn_operator_t op = NULL;
    enum xnn_status status = xnn_create_convolution2d_nhwc_qs8_qc8w(
        s->pad_top, t->right, t->bottom, s->pad_left, s->kernel[0], s->kernel[1], s->stride[0], s->stride[1], 1, 1,
        groups, s->channels / groups, s->out_channels / groups, s->channels, s->out_channels, s->input_zero,
        c->input_scale, c->weight_scale, c->weights, c->bias, s->output_zero, c->output_scale, s->output_min,
        s->output_max, s->depthwise ? XNN_FLAG_DEPTHWISE_CONVOLUTION : 0, NULL, NULL, &op);
    memset(t->out, 0, t->out_size);
    int ran = status == xnn_status_success && run_operator(t, op);
    (void)xnn_delete_operator(op);
    return ran;
}

/* XNNPACK's depthwise kernels for WebAssembly add two products in 16 bits, which 2 · 128 · 128 do not fit. */
static int agrees(trial *t, char *text) {
    if (memchr(t->weights, (uint8_t)-128, t->weight_count)) return 1;
    if (run_xnnpack(t)) return !differs(t, "XNNPACK", text);
    (void)snprintf(text, KERNELCASES_TEXT, "%s: XNNPACK does not run the same", t->kind->name);
    return 0;
}

#endif

/* ---- ours ---- */

/* In two calls that know nothing of each other. */
static void run_kernel(trial *t, const void *packed, uint32_t cut) {
    const kn_shape *s = &t->conv.shape;
    uint32_t units = t->kind->units(t->kind, s);
    size_t scratch_size = t->kind->scratch_bytes(t->kind, s);
    memset(t->out, 0, t->out_size);
    for (int half = 0; half < 2; half++) {
        void *scratch = get(scratch_size);
        memset(scratch, 0x5A, scratch_size);
        t->kind->run(t->kind, s, packed, t->in, t->out, scratch, half ? cut : 0, half ? units : cut);
        free(scratch);
    }
}

static int passes(trial *t, char *text) {
    kn_reference(&t->conv, t->in, t->wanted);
    if (!agrees(t, text)) return 0;
    void *packed = get(t->kind->packed_bytes(t->kind, &t->conv.shape));
    t->kind->pack(t->kind, &t->conv, packed);
    int same = 1;
    uint32_t units = t->kind->units(t->kind, &t->conv.shape);
    for (uint32_t cut = 0; cut <= units && same; cut += 1 + (units - cut) / 8) {
        run_kernel(t, packed, cut);
        same = !differs(t, "the kernel", text);
    }
    free(packed);
    return same;
}

/* ---- shapes ---- */

typedef struct walk {
    const kn_kind *kind;
    char *text;
    uint32_t count, seed;
    int failed;
} walk;

/* The output's size for a kind of padding: 0 SAME, 1 VALID, 2 more than a window needs. Returns 0 where there is none. */
static int pad(trial *t, int padding) {
    kn_shape *s = &t->conv.shape;
    uint32_t before[2], after[2], out[2], size[2] = {s->height, s->width};
    for (int i = 0; i < 2; i++) {
        if (padding == 0) {
            uint32_t steps = (size[i] - 1) / s->stride[i], need = steps * s->stride[i] + s->kernel[i];
            uint32_t total = need > size[i] ? need - size[i] : 0;
            before[i] = total / 2;
            after[i] = total - before[i];
        } else {
            before[i] = padding == 1 ? 0 : 3 + (uint32_t)i;
            after[i] = padding == 1 ? 0 : 4 - (uint32_t)i;
        }
        if (before[i] + size[i] + after[i] < s->kernel[i]) return 0;
        out[i] = (before[i] + size[i] + after[i] - s->kernel[i]) / s->stride[i] + 1;
    }
    s->pad_top = before[0], s->pad_left = before[1];
    t->bottom = after[0], t->right = after[1];
    s->out_height = out[0], s->out_width = out[1];
    return 1;
}

static void try(walk *w, kn_shape shape, int padding) {
    trial t = {.kind = w->kind, .conv.shape = shape, .seed = w->seed++ * 2654435761u, .draw = (int)(w->seed % DRAWS)};
    if (w->failed || !pad(&t, padding) || !w->kind->takes(w->kind, &t.conv.shape)) return;
    open_trial(&t);
    w->failed = !passes(&t, w->text);
    w->count++;
    close_trial(&t);
}

static const uint32_t sizes[][2] = {{1, 1}, {2, 3}, {5, 4}, {7, 7}, {8, 9}, {13, 6}};
enum { SIZES = sizeof sizes / sizeof sizes[0], PADDINGS = 3, MOST_CHANNELS = 41 };

static void walk_depthwise(walk *w) {
    for (uint32_t channels = 1; channels <= MOST_CHANNELS; channels++)
        for (uint32_t form = 0; form < 4; form++)
            for (uint32_t i = channels % 2; i < SIZES; i += 2) {
                uint32_t side = form % 2 ? 3 : 5, stride = form / 2 + 1;
                kn_shape s = {.depthwise = 1,
                              .height = sizes[i][0],
                              .width = sizes[i][1],
                              .channels = channels,
                              .out_channels = channels,
                              .kernel = {side, side},
                              .stride = {stride, stride}};
                try(w, s, (int)(w->seed % PADDINGS));
            }
}

static void walk_tiles(walk *w) {
    static const uint32_t windows[][4] = {{1, 1, 1, 1}, {3, 3, 2, 2}, {1, 1, 2, 1}, {2, 5, 1, 3}};
    for (uint32_t depth = 1; depth <= MOST_CHANNELS; depth++)
        for (uint32_t form = 0; form < 4; form++)
            for (uint32_t i = depth % 3; i < SIZES; i += 3) {
                const uint32_t *window = windows[form];
                kn_shape s = {.height = sizes[i][0],
                              .width = sizes[i][1],
                              .channels = depth,
                              .out_channels = 1 + w->seed % 19,
                              .kernel = {window[0], window[1]},
                              .stride = {window[2], window[3]}};
                try(w, s, (int)(w->seed / 19 % PADDINGS));
            }
}

uint32_t kernelcases_run(const kn_kind *kind, char text[KERNELCASES_TEXT]) {
    walk w = {.kind = kind, .text = text, .seed = 1};
    (void)snprintf(text, KERNELCASES_TEXT, "%s: XNNPACK does not start, or no shape is taken", kind->name);
    if (!start_xnnpack()) return 0;
    walk_depthwise(&w);
    walk_tiles(&w);
    return w.failed ? 0 : w.count;
}
