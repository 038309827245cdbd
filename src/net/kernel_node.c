/* The layout of XNNPACK's structures depends on what it was built with, so that comes first. */
#include <xnnpack-flags.h>

#include "kernel_node.h"

#include <pthreadpool.h>
#include <xnnpack/allocator.h>
#include <xnnpack/operator.h>
#include <xnnpack/requantization.h>
#include <xnnpack/subgraph.h>

#include "kernels/kernel.h"

/* Pieces a thread, so that one which is held up leaves its pieces to the others. */
enum { PIECES = 4, ALIGNMENT = 64 };

/* What the threads read while an operator runs. */
typedef struct context {
    const kn_kind *kind;
    kn_shape shape;
    const void *packed;
    const int8_t *in;
    int8_t *out;
    uint8_t *scratch;     /* [threads, scratch_bytes] */
    size_t scratch_bytes; /* of one thread */
    uint32_t units, step;
} context;

_Static_assert(sizeof(context) <= sizeof(((struct xnn_operator *)NULL)->context), "XNNPACK keeps it in the operator");

static context *context_of(xnn_operator_t op) {
    return (context *)(void *)&op->context;
}

/* ---- what the node says ---- */

static void read_window(const struct xnn_node *node, kn_shape *s) {
    if (node->type == xnn_node_type_fully_connected) {
        s->kernel[0] = s->kernel[1] = s->stride[0] = s->stride[1] = 1;
        return;
    }
    /* Both kinds of convolution begin alike. */
    s->depthwise = node->type == xnn_node_type_depthwise_convolution_2d;
    s->pad_top = s->depthwise ? node->params.depthwise_convolution_2d.input_padding_top
                              : node->params.convolution_2d.input_padding_top;
    s->pad_left = s->depthwise ? node->params.depthwise_convolution_2d.input_padding_left
                               : node->params.convolution_2d.input_padding_left;
    s->kernel[0] =
        s->depthwise ? node->params.depthwise_convolution_2d.kernel_height : node->params.convolution_2d.kernel_height;
    s->kernel[1] =
        s->depthwise ? node->params.depthwise_convolution_2d.kernel_width : node->params.convolution_2d.kernel_width;
    s->stride[0] = s->depthwise ? node->params.depthwise_convolution_2d.subsampling_height
                                : node->params.convolution_2d.subsampling_height;
    s->stride[1] = s->depthwise ? node->params.depthwise_convolution_2d.subsampling_width
                                : node->params.convolution_2d.subsampling_width;
}

/* Height, width and channels; a dense layer's input and output have a column for each of their rows. */
static void read_sizes(const struct xnn_node *node, const struct xnn_value *value, size_t channels, uint32_t out[3]) {
    if (node->type == xnn_node_type_fully_connected) {
        size_t elements = 1;
        for (size_t i = 0; i < value->shape.num_dims; i++) elements *= value->shape.dim[i];
        out[0] = 1;
        out[1] = (uint32_t)(elements / channels);
        out[2] = (uint32_t)channels;
        return;
    }
    for (size_t i = 0; i < 3; i++) out[i] = (uint32_t)value->shape.dim[i + 1];
}

static kn_conv conv_of(const struct xnn_node *node, const struct xnn_value *values) {
    const struct xnn_value *input = &values[node->inputs[0]], *filter = &values[node->inputs[1]];
    const struct xnn_value *output = &values[node->outputs[0]];
    kn_conv conv = {.weights = filter->data,
                    .bias = node->num_inputs > 2 ? values[node->inputs[2]].data : NULL,
                    .weight_scale = filter->quantization.channelwise_scale,
                    .input_scale = input->quantization.scale,
                    .output_scale = output->quantization.scale};
    kn_shape *s = &conv.shape;
    uint32_t in[3], out[3];
    read_window(node, s);
    read_sizes(node, input, filter->shape.dim[filter->shape.num_dims - 1], in);
    read_sizes(node, output, filter->shape.dim[0], out);
    s->height = in[0], s->width = in[1], s->channels = in[2];
    s->out_height = out[0], s->out_width = out[1], s->out_channels = out[2];
    s->input_zero = (int8_t)input->quantization.zero_point;
    s->output_zero = (int8_t)output->quantization.zero_point;
    s->output_min = xnn_qs8_quantize(node->activation.output_min, conv.output_scale, s->output_zero);
    s->output_max = xnn_qs8_quantize(node->activation.output_max, conv.output_scale, s->output_zero);
    return conv;
}

/* ---- the operator ---- */

static void compute(void *argument, size_t thread, size_t piece) {
    const context *c = argument;
    uint32_t first = (uint32_t)piece * c->step, left = c->units - first;
    c->kind->run(c->kind, &c->shape, c->packed, c->in, c->out, c->scratch + thread * c->scratch_bytes, first,
                 first + (left < c->step ? left : c->step));
}

static enum xnn_status create(const struct xnn_node *node, const struct xnn_value *values, size_t num_values,
                              struct xnn_operator_data *opdata, struct xnn_code_cache *code_cache,
                              xnn_weights_cache_t weights_cache) {
    (void)num_values, (void)code_cache, (void)weights_cache;
    kn_conv conv = conv_of(node, values);
    const kn_kind *kind = kn_find(&conv.shape);
    if (!kind) return xnn_status_unsupported_parameter;
    xnn_operator_t op = xnn_allocate_zero_simd_memory(sizeof *op);
    if (!op) return xnn_status_out_of_memory;
    opdata->operator_objects[0] = op; /* XNNPACK deletes it with the runtime */
    op->type = xnn_operator_type_convolution_nhwc_qc8;
    op->flags = node->flags;
    void *packed = xnn_allocate_zero_simd_memory(kind->packed_bytes(kind, &conv.shape));
    if (!packed) return xnn_status_out_of_memory;
    op->packed_weights.pointer = packed;
    kind->pack(kind, &conv, packed);
    *context_of(op) = (context){.kind = kind, .shape = conv.shape, .packed = packed};
    return xnn_status_success;
}

static enum xnn_status reshape(struct xnn_operator_data *opdata, struct xnn_value *values, size_t num_values,
                               pthreadpool_t pool) {
    (void)values, (void)num_values; /* no shape ever changes */
    xnn_operator_t op = opdata->operator_objects[0];
    context *c = context_of(op);
    size_t threads = pthreadpool_get_threads_count(pool);
    c->units = c->kind->units(c->kind, &c->shape);
    c->step = c->units;
    if (threads > 1) {
        uint32_t each = (uint32_t)((c->units - 1) / threads + 1), least = c->kind->least_units;
        c->step = (each - 1) / PIECES + 1;
        if (c->step < least) c->step = each < least ? each : least;
    }
    c->scratch_bytes = (c->kind->scratch_bytes(c->kind, &c->shape) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    opdata->workspace_size = threads * c->scratch_bytes;
    opdata->workspace_alignment = ALIGNMENT;
    op->compute[0].type = xnn_parallelization_type_1d_with_thread;
    op->compute[0].task_1d_with_thread = compute;
    op->compute[0].range[0] = (c->units - 1) / c->step + 1;
    op->state = xnn_run_state_needs_setup;
    return xnn_status_success;
}

static enum xnn_status setup(const struct xnn_operator_data *opdata, const struct xnn_value *values, size_t num_values,
                             pthreadpool_t pool) {
    (void)num_values, (void)pool;
    xnn_operator_t op = opdata->operator_objects[0];
    context *c = context_of(op);
    c->in = values[opdata->inputs[0]].data;
    c->out = values[opdata->outputs[0]].data;
    c->scratch = opdata->workspace;
    op->state = xnn_run_state_ready;
    return xnn_status_success;
}

void kernel_node_own(xnn_subgraph_t subgraph) {
    struct xnn_node *node = &subgraph->nodes[subgraph->num_nodes - 1];
    node->create = create;
    node->reshape = reshape;
    node->setup = setup;
}
