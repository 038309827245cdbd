#include "net.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "define.h"
#include "dense.h"
#include "model/graph.h"
#include "netmem.h"
#include "run.h"
#include "threads.h"

enum { MAX_THREADS = 64 };

/* Numbers of the subgraph's external values. */
enum { INPUT, OUTPUT, FEATURE, EXTERNALS };

/*
 * XNNPACK's planner takes 64 bytes for each value and each node, rounded up three times. A call of
 * ours makes one of them, and where it is an operator with a fused activation two more.
 */
enum { PLAN_BYTES = 96, MADE_PER_CALL = 3 };

/* Memory that lives as long as the runtime, in a list. */
typedef struct kept {
    struct kept *next;
    max_align_t data[];
} kept;

/* A tensor at the edge of the graph and the memory behind it. */
typedef struct edge {
    int32_t tensor; /* TFL_NONE: there is none */
    tfl_type type;
    uint32_t dims[TFL_MAX_RANK];
    size_t elements;
    float scale; /* of the i8 elements: real = scale * (i8 - zero_point) */
    int32_t zero_point;
    void *data; /* owned; with XNN_EXTRA_BYTES of slack, which kernels read */
} edge;

struct net {
    uint32_t classes;
    int probabilities;     /* not 0: the outputs are */
    netmem memory;         /* XNNPACK's account, and that of what follows */
    xnn_runtime_t runtime; /* owned */
    pthreadpool_t pool;    /* owned; NULL: the calling thread works alone */
    kept *kept;            /* owned */
    edge edges[EXTERNALS]; /* the input, the output and the feature map as XNNPACK sees them */
    dense last;            /* computed from the output after it; input is TFL_NONE where XNNPACK runs all */
    net_io io;
    cancel *cancel;        /* borrowed */
};

/* What is needed while a network is built only. */
typedef struct plan {
    uint8_t *needed; /* [tensor_count] not 0: the output depends on it */
    op_builder builder;
} plan;

/* ---- errors ---- */

static lt_status no_memory(lt_error *error) {
    return lt_fail(error, LT_MEMORY, "no memory for the network");
}

/* XNNPACK hides some refused requests, so the account is asked as well. */
static int is_short(const net *n, enum xnn_status status) {
    return status == xnn_status_out_of_memory || n->memory.failed;
}

static lt_status check(const net *n, enum xnn_status status, const char *what, lt_error *error) {
    if (is_short(n, status)) return no_memory(error);
    if (status == xnn_status_success) return LT_OK;
    return lt_fail(error, LT_RUNTIME, "XNNPACK: %s: status %d", what, (int)status);
}

/* ---- what is run, and what is not ---- */

static void mark_needed(const tfl_graph *graph, uint32_t output, uint8_t *needed) {
    memset(needed, 0, graph->tensor_count);
    needed[output] = 1;
    for (uint32_t i = graph->op_count; i-- > 0;) {
        const tfl_op *op = &graph->ops[i];
        for (uint32_t k = 0; needed[op->output] && k < op->input_count; k++)
            if (op->inputs[k] != TFL_NONE) needed[op->inputs[k]] = 1;
    }
}

/* Does the operator only turn values of one type into the other? */
static int converts(const tfl_graph *graph, const tfl_op *op, tfl_type from, tfl_type to) {
    return op->kind->traits & OP_RENDERS && graph->tensors[op->inputs[0]].type == from &&
           graph->tensors[op->output].type == to;
}

/* The int8 tensor that a float input is turned into first and only, or else the input itself. */
static int32_t inner_input(const tfl_graph *graph, const uint8_t *needed) {
    const tfl_op *reader = NULL;
    uint32_t readers = 0;
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const tfl_op *op = &graph->ops[i];
        for (uint32_t k = 0; needed[op->output] && k < op->input_count; k++) {
            if (op->inputs[k] != (int32_t)graph->input) continue;
            reader = op;
            readers++;
        }
    }
    int elided = readers == 1 && converts(graph, reader, TFL_F32, TFL_I8) && reader->output != graph->output;
    return (int32_t)(elided ? reader->output : graph->input);
}

/* The int8 tensor that a float output is turned or computed from, or else the output itself. */
static int32_t inner_output(const tfl_graph *graph, const dense *last, int32_t input) {
    if (last->input != TFL_NONE) return last->input;
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const tfl_op *op = &graph->ops[i];
        if (op->output == graph->output && op->inputs[0] != input && converts(graph, op, TFL_I8, TFL_F32))
            return op->inputs[0];
    }
    return (int32_t)graph->output;
}

static void find_edges(net *n, const tfl_graph *graph, uint8_t *needed) {
    mark_needed(graph, graph->output, needed);
    int32_t input = inner_input(graph, needed), feature = graph->feature;
    dense_find(graph, &n->last);
    if (n->last.input == input) n->last.input = TFL_NONE; /* nothing would be left for XNNPACK */
    int32_t output = inner_output(graph, &n->last, input);
    mark_needed(graph, (uint32_t)output, needed);
    n->edges[INPUT].tensor = input;
    n->edges[OUTPUT].tensor = output;
    if (feature == input || feature == output || (feature != TFL_NONE && !needed[feature])) feature = TFL_NONE;
    n->edges[FEATURE].tensor = feature;
}

/* ---- building ---- */

static void *keep(void *context, size_t size) {
    net *n = context;
    kept *piece = size <= SIZE_MAX - sizeof *piece ? netmem_allocate(&n->memory, sizeof *piece + size) : NULL;
    if (!piece) return NULL;
    piece->next = n->kept;
    n->kept = piece;
    return piece->data;
}

static size_t edge_bytes(const edge *e) {
    return e->elements * tfl_type_size(e->type);
}

/* What is needed of a tensor when its values are read. */
static void describe_edge(edge *e, const tfl_tensor *tensor) {
    e->type = tensor->type;
    memcpy(e->dims, tensor->dims, sizeof e->dims);
    e->elements = (size_t)tensor->elements;
    e->scale = tensor->type == TFL_I8 ? tensor->scales[0] : 1;
    e->zero_point = tensor->type == TFL_I8 ? tensor->zero_point : 0;
}

static lt_status make_edges(net *n, op_builder *builder, lt_error *error) {
    static const uint32_t flags[EXTERNALS] = {XNN_VALUE_FLAG_EXTERNAL_INPUT, XNN_VALUE_FLAG_EXTERNAL_OUTPUT,
                                              XNN_VALUE_FLAG_EXTERNAL_OUTPUT};
    for (uint32_t i = 0; i < EXTERNALS; i++) {
        edge *e = &n->edges[i];
        if (e->tensor == TFL_NONE) continue;
        describe_edge(e, &builder->graph->tensors[e->tensor]);
        e->data = netmem_allocate(&n->memory, edge_bytes(e) + XNN_EXTRA_BYTES);
        if (!e->data) return no_memory(error);
        op_external(builder, e->tensor, i, flags[i]);
    }
    return check(n, builder->status, "defining the edges", error);
}

/* A copy of floats that outlives the graph; NULL where memory is short. */
static const float *keep_floats(net *n, const float *from, size_t count) {
    float *copy = keep(n, count * sizeof *copy);
    if (copy) memcpy(copy, from, count * sizeof *copy);
    return copy;
}

static lt_status keep_last_layer(net *n, lt_error *error) {
    dense *last = &n->last;
    if (last->input == TFL_NONE) return LT_OK;
    last->weights = keep_floats(n, last->weights, (size_t)last->classes * last->depth);
    if (!last->weights) return no_memory(error);
    if (!last->bias) return LT_OK;
    last->bias = keep_floats(n, last->bias, last->classes);
    return last->bias ? LT_OK : no_memory(error);
}

static lt_status define_operators(net *n, plan *p, lt_error *error) {
    const tfl_graph *graph = p->builder.graph;
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const tfl_op *op = &graph->ops[i];
        if ((int32_t)op->output == n->edges[INPUT].tensor || !p->needed[op->output]) continue;
        op_define(&p->builder, op);
        if (is_short(n, p->builder.status)) return no_memory(error);
        if (p->builder.status != xnn_status_success)
            return lt_fail(error, LT_MODEL_UNSUPPORTED, "operator %u (%s): XNNPACK does not take it (status %d)",
                           (unsigned)i, op->kind->name, (int)p->builder.status);
    }
    return LT_OK;
}

static lt_status make_runtime(net *n, plan *p, lt_error *error) {
    enum xnn_status made = xnn_create_runtime_v2(p->builder.subgraph, n->pool, 0, &n->runtime);
    lt_status status = check(n, made, "packing the weights", error);
    if (status != LT_OK) return status;
    if (!netmem_begin_plan(&n->memory, (size_t)p->builder.calls * MADE_PER_CALL * PLAN_BYTES)) return no_memory(error);
    status = check(n, xnn_reshape_runtime(n->runtime), "planning the memory", error);
    netmem_end_plan(&n->memory);
    if (status != LT_OK) return status;
    struct xnn_external_value values[EXTERNALS];
    size_t count = 0;
    for (uint32_t i = 0; i < EXTERNALS; i++)
        if (n->edges[i].tensor != TFL_NONE)
            values[count++] = (struct xnn_external_value){.id = i, .data = n->edges[i].data};
    return check(n, xnn_setup_runtime_v2(n->runtime, count, values), "setting up", error);
}

static lt_status build_with(net *n, plan *p, lt_error *error) {
    find_edges(n, p->builder.graph, p->needed);
    lt_status status = check(n, xnn_create_subgraph(EXTERNALS, 0, &p->builder.subgraph), "subgraph", error);
    if (status != LT_OK) return status;
    status = make_edges(n, &p->builder, error);
    if (status == LT_OK) status = keep_last_layer(n, error);
    if (status != LT_OK) return status;
    status = define_operators(n, p, error);
    return status != LT_OK ? status : make_runtime(n, p, error);
}

static lt_status build(net *n, const tfl_graph *graph, lt_error *error) {
    uint32_t tensors = graph->tensor_count;
    plan p = {.needed = netmem_allocate(&n->memory, tensors),
              .builder = {.graph = graph,
                          .values = netmem_allocate(&n->memory, tensors * sizeof(uint32_t)),
                          .status = xnn_status_success,
                          .keep = keep,
                          .context = n}};
    lt_status status;
    if (p.needed && p.builder.values) {
        for (uint32_t i = 0; i < tensors; i++) p.builder.values[i] = XNN_INVALID_VALUE_ID;
        status = build_with(n, &p, error);
    } else {
        status = no_memory(error);
    }
    (void)xnn_delete_subgraph(p.builder.subgraph);
    netmem_free(p.builder.values);
    netmem_free(p.needed);
    return status;
}

static void describe_input(net *n) {
    const edge *input = &n->edges[INPUT];
    n->io = (net_io){.height = input->dims[1],
                     .width = input->dims[2],
                     .is_int8 = input->type == TFL_I8,
                     .scale = input->scale,
                     .zero_point = input->zero_point,
                     .data = input->data};
}

static lt_status load(net *n, const tfl_graph *graph, uint32_t threads, lt_error *error) {
    n->classes = graph->classes;
    n->probabilities = graph->probabilities;
    lt_status status = thr_start(threads, n->memory.allocator, &n->pool, error);
    if (status != LT_OK) return status;
    netmem_open(&n->memory);
    status = build(n, graph, error);
    netmem_open(NULL);
    if (status == LT_OK) describe_input(n);
    return status;
}

lt_status net_load(const tfl_graph *graph, const net_options *options, net **out, lt_error *error) {
    uint32_t threads = options->threads;
    *out = NULL;
    if (threads < 1 || threads > MAX_THREADS)
        return lt_fail(error, LT_ARGUMENT, "threads: %u, 1 to %d are allowed", (unsigned)threads, MAX_THREADS);
    if (netmem_initialize() != xnn_status_success)
        return lt_fail(error, LT_RUNTIME, "XNNPACK does not run on this processor");
    net *n = mem_take_clear(options->memory, sizeof *n);
    if (!n) return no_memory(error);
    n->cancel = options->cancel;
    n->memory.allocator = options->memory;
    lt_status status = load(n, graph, threads, error);
    if (status != LT_OK) {
        net_free(n);
        return status;
    }
    *out = n;
    return LT_OK;
}

void net_free(net *n) {
    if (!n) return;
    (void)xnn_delete_runtime(n->runtime);
    thr_end(n->pool);
    for (uint32_t i = 0; i < EXTERNALS; i++) netmem_free(n->edges[i].data);
    while (n->kept) {
        kept *piece = n->kept;
        n->kept = piece->next;
        netmem_free(piece);
    }
    mem_give(n->memory.allocator, n);
}

/* ---- running ---- */

/* An edge's values as real numbers, out [elements] f32. */
static void read_edge(const net *n, int which, float *out) {
    const edge *e = &n->edges[which];
    if (e->type == TFL_F32) {
        memcpy(out, e->data, e->elements * sizeof *out);
        return;
    }
    const int8_t *values = e->data;
    for (size_t i = 0; i < e->elements; i++) out[i] = (float)(values[i] - e->zero_point) * e->scale;
}

lt_status net_run(net *n, float *logits, lt_error *error) {
    enum xnn_status status = run_operators(n->runtime, n->cancel);
    if (cancel_seen(n->cancel)) return lt_fail(error, LT_CANCELLED, "the network was cancelled");
    if (status != xnn_status_success) return lt_fail(error, LT_RUNTIME, "XNNPACK: running: status %d", (int)status);
    if (n->last.input != TFL_NONE)
        dense_run(&n->last, n->edges[OUTPUT].data, logits);
    else
        read_edge(n, OUTPUT, logits);
    for (uint32_t i = 0; i < n->classes; i++)
        if (!isfinite(logits[i]))
            return lt_fail(error, LT_RUNTIME, "output %u of the network is not a finite number", (unsigned)i);
    return LT_OK;
}

lt_status net_feature_map(const net *n, float *out, size_t capacity, uint32_t shape[3], lt_error *error) {
    memset(shape, 0, 3 * sizeof *shape);
    if (n->edges[FEATURE].tensor == TFL_NONE)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "the network has no global pooling");
    const edge *feature = &n->edges[FEATURE];
    memcpy(shape, &feature->dims[1], 3 * sizeof *shape);
    if (!out) return LT_OK;
    if (capacity < feature->elements)
        return lt_fail(error, LT_ARGUMENT, "the feature map has %zu numbers, there is room for %zu", feature->elements,
                       capacity);
    read_edge(n, FEATURE, out);
    return LT_OK;
}

/* ---- questions ---- */

const net_io *net_input(const net *n) {
    return &n->io;
}

uint32_t net_classes(const net *n) {
    return n->classes;
}

int net_gives_probabilities(const net *n) {
    return n->probabilities;
}

size_t net_peak_bytes(const net *n) {
    return sizeof *n + n->memory.peak;
}
