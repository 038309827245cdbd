/*
 * net.h - a .tflite model made ready to run with XNNPACK.
 *
 *     net *n = NULL;
 *     if (net_load(graph, &(net_options){.threads = 1}, &n, &error) != LT_OK) …error.text…    // graph: of tfl_read, no longer needed then
 *     const net_io *in = net_input(n);        // fill in->data, [height, width, 3] i8 or f32
 *     float logits[LT_MAX_LABELS];
 *     if (net_run(n, logits, &error) == LT_OK) …logits[0 .. net_classes(n) - 1]…
 *     net_free(n);
 *
 * A net belongs to one thread at a time.
 */
#ifndef LT_NET_NET_H
#define LT_NET_NET_H

#include "base/cancel.h"
#include "base/error.h"

struct tfl_graph;

typedef struct net net;

/* The network's input, as the caller has to fill it before net_run. */
typedef struct net_io {
    uint32_t height, width; /* pixels; the channels are 3: R, G, B */
    int is_int8;            /* not 0: elements are i8, else f32 */
    float scale;            /* of the i8 elements: real = scale * (i8 - zero_point); 1 for f32 */
    int32_t zero_point;     /* 0 for f32 */
    void *data;             /* [height, width, 3] i8 or f32, row-major, owned by the net */
} net_io;

/* How a network is made. */
typedef struct net_options {
    uint32_t threads;           /* 1..64; 1 runs on the calling thread */
    const lt_allocator *memory; /* borrowed until net_free; NULL: malloc and free */
    cancel *cancel;             /* ends net_run early; borrowed until net_free; NULL: nothing does */
} net_options;

/*
 * Build a network of a checked graph, which is borrowed for the call as its file is: weights are packed, and what else is
 * needed later is copied. The caller owns *out and frees it with net_free; on
 * error *out is NULL.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_MODEL_UNSUPPORTED, LT_RUNTIME.
 */
lt_status net_load(const struct tfl_graph *graph, const net_options *options, net **out, lt_error *error);

/* Free a net and all it owns; NULL is allowed. */
void net_free(net *n);

/* Where the input goes; valid until net_free. */
const net_io *net_input(const net *n);

/* Number of outputs, 1..LT_MAX_LABELS. */
uint32_t net_classes(const net *n);

/* Not 0 where the last operator is SOFTMAX or LOGISTIC: the outputs are probabilities, not logits. */
int net_gives_probabilities(const net *n);

/*
 * Run the network on what stands in net_input(n)->data; allocates nothing.
 * logits is [net_classes(n)] f32, written on LT_OK only. Errors: LT_RUNTIME, LT_CANCELLED.
 */
lt_status net_run(net *n, float *logits, lt_error *error);

/*
 * The input of the global pooling in the last net_run as out [height, width, channels] f32, row-major.
 * shape is always written; out may be NULL to learn it. capacity counts floats.
 * Errors: LT_MODEL_UNSUPPORTED where the graph has no global pooling, LT_ARGUMENT where capacity is short.
 */
lt_status net_feature_map(const net *n, float *out, size_t capacity, uint32_t shape[3], lt_error *error);

/* Largest number of bytes held at once for this net: packed weights, activations, input. */
size_t net_peak_bytes(const net *n);

#endif
