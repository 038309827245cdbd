/* The layout of XNNPACK's structures depends on what it was built with, so that comes first. */
#include <xnnpack-flags.h>

#include "own_node.h"

#include <pthreadpool.h>
#include <xnnpack/allocator.h>
#include <xnnpack/operator.h>
#include <xnnpack/subgraph.h>

enum { ALIGNMENT = 64 };

/* What the threads read while an operator runs. */
typedef struct context {
    own_run run;
    uint8_t *scratch; /* [threads, scratch_bytes] */
    size_t scratch_bytes;
} context;

_Static_assert(sizeof(context) <= sizeof(((struct xnn_operator *)NULL)->context), "XNNPACK keeps it in the operator");

static context *context_of(xnn_operator_t op) {
    return (context *)(void *)&op->context;
}

static size_t aligned(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void first_phase(void *argument, size_t thread, size_t piece) {
    const context *c = argument;
    c->run.node->phases[0](&c->run, (uint32_t)piece, c->scratch + thread * c->scratch_bytes);
}

static void second_phase(void *argument, size_t thread, size_t piece) {
    const context *c = argument;
    c->run.node->phases[1](&c->run, (uint32_t)piece, c->scratch + thread * c->scratch_bytes);
}

static enum xnn_status create(const struct xnn_node *node, const struct xnn_value *values, size_t num_values,
                              struct xnn_operator_data *opdata, struct xnn_code_cache *code_cache,
                              xnn_weights_cache_t weights_cache) {
    (void)num_values, (void)code_cache, (void)weights_cache;
    xnn_operator_t op = xnn_allocate_zero_simd_memory(sizeof *op);
    if (!op) return xnn_status_out_of_memory;
    opdata->operator_objects[0] = op; /* XNNPACK deletes it with the runtime */
    op->type = xnn_operator_type_copy_nc_x8;
    op->flags = node->flags;
    context_of(op)->run.node = values[node->inputs[node->num_inputs - 1]].data;
    return xnn_status_success;
}

/* XNNPACK takes the output's rank to be the input's. */
static void restore_shape(const own_node *node, struct xnn_value *output) {
    output->shape.num_dims = node->rank;
    for (size_t i = 0; i < node->rank; i++) output->shape.dim[i] = node->sizes[i];
    output->size = xnn_tensor_get_size(output);
}

static enum xnn_status reshape(struct xnn_operator_data *opdata, struct xnn_value *values, size_t num_values,
                               pthreadpool_t pool) {
    (void)num_values;
    xnn_operator_t op = opdata->operator_objects[0];
    context *c = context_of(op);
    const own_node *node = c->run.node;
    restore_shape(node, &values[opdata->outputs[0]]);
    c->scratch_bytes = aligned(node->thread_bytes);
    opdata->workspace_size = aligned(node->shared_bytes) + pthreadpool_get_threads_count(pool) * c->scratch_bytes;
    opdata->workspace_alignment = ALIGNMENT;
    for (int i = 0, used = 0; i < OWN_PHASES; i++) {
        if (node->pieces[i] == 0) continue;
        op->compute[used].type = xnn_parallelization_type_1d_with_thread;
        op->compute[used].task_1d_with_thread = i == 0 ? first_phase : second_phase;
        op->compute[used++].range[0] = node->pieces[i];
    }
    op->state = xnn_run_state_needs_setup;
    return xnn_status_success;
}

static enum xnn_status setup(const struct xnn_operator_data *opdata, const struct xnn_value *values, size_t num_values,
                             pthreadpool_t pool) {
    (void)num_values, (void)pool;
    xnn_operator_t op = opdata->operator_objects[0];
    context *c = context_of(op);
    for (uint32_t i = 0; i + 1 < opdata->num_inputs; i++) c->run.in[i] = values[opdata->inputs[i]].data;
    c->run.out = values[opdata->outputs[0]].data;
    c->run.shared = opdata->workspace;
    c->scratch = (uint8_t *)opdata->workspace + aligned(c->run.node->shared_bytes);
    op->state = xnn_run_state_ready;
    return xnn_status_success;
}

enum xnn_status own_node_define(xnn_subgraph_t subgraph, own_node *node, const uint32_t *inputs, uint32_t count,
                                uint32_t output) {
    /* What the node is travels as a constant, since a node itself keeps nothing of ours. */
    static const size_t one[1] = {1};
    const struct xnn_shape *shape = &subgraph->values[output].shape;
    uint32_t itself = XNN_INVALID_VALUE_ID;
    node->rank = shape->num_dims;
    for (size_t i = 0; i < node->rank; i++) node->sizes[i] = shape->dim[i];
    enum xnn_status status =
        xnn_define_tensor_value(subgraph, xnn_datatype_fp32, 1, one, node, XNN_INVALID_VALUE_ID, 0, &itself);
    if (status == xnn_status_success) status = xnn_define_unary(subgraph, xnn_unary_negate, NULL, inputs[0], output, 0);
    if (status != xnn_status_success) return status;
    struct xnn_node *made = &subgraph->nodes[subgraph->num_nodes - 1];
    /* Of a kind whose output XNNPACK never puts where an input lies, and which it fuses with nothing. */
    made->type = xnn_node_type_static_transpose;
    for (uint32_t i = 1; i < count; i++) made->inputs[made->num_inputs++] = inputs[i];
    made->inputs[made->num_inputs++] = itself;
    made->create = create;
    made->reshape = reshape;
    made->setup = setup;
    return xnn_status_success;
}
