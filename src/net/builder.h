/* builder.h - a subgraph in the making, and what its operators' definitions share; of define*.c. */
#ifndef LT_NET_BUILDER_H
#define LT_NET_BUILDER_H

#include <xnnpack.h>

#include "model/op_kind.h"

/* What goes into a subgraph besides the graph; owned by the network. */
typedef struct op_builder {
    const tfl_graph *graph;
    xnn_subgraph_t subgraph;
    uint32_t *values;       /* [tensor_count] value of each tensor; XNN_INVALID_VALUE_ID: it has none yet */
    enum xnn_status status; /* of the first call that failed */
    uint32_t calls;         /* values and operators defined */

    /* Memory that lives as long as the runtime, zeroed; NULL where it is short. */
    void *(*keep)(void *context, size_t size);
    void *context;
} op_builder;

/* Has a call failed? Those after it are left out. */
static inline int op_builder_failed(const op_builder *builder) {
    return builder->status != xnn_status_success;
}

/* The tensor's dimensions as XNNPACK wants them. */
void op_sizes(const tfl_tensor *tensor, size_t sizes[TFL_MAX_RANK]);

/* A new value of the tensor's type and shape; data is NULL or lives as long as the runtime. */
uint32_t op_make_value(op_builder *builder, const tfl_tensor *tensor, const void *data, uint32_t external,
                       uint32_t flags);

/* Define a node that brings a value into another's type or scale. */
void op_convert(op_builder *builder, uint32_t from, uint32_t to);

/* Give a tensor a value with one of the subgraph's external ids. */
void op_external(op_builder *builder, int32_t tensor, uint32_t id, uint32_t flags);

/* The value of a tensor in the subgraph, made where there is none yet; on error builder->status is set. */
uint32_t op_value(op_builder *builder, int32_t tensor);

/* Every call that defines a value or a node goes through here: it is counted, and its error kept. */
void op_note(op_builder *builder, enum xnn_status status);

/*
 * For operators that are computed in f32: an input's value, converted where it is int8, or a new constant; where the
 * result is to be written; and, once it is, bringing it into the operator's output.
 */
uint32_t op_float_input(op_builder *builder, int32_t tensor);
uint32_t op_float_output(op_builder *builder, const tfl_op *op);
void op_finish_output(op_builder *builder, const tfl_op *op, uint32_t written);

#endif
