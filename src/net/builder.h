/* builder.h - a subgraph in the making, and what its operators' definitions share; of define.c. */
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
