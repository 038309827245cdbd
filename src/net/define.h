/* define.h - how operators come into an XNNPACK subgraph. */
#ifndef LT_NET_DEFINE_H
#define LT_NET_DEFINE_H

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

/* Give a tensor a value with one of the subgraph's external ids. */
void op_external(op_builder *builder, int32_t tensor, uint32_t id, uint32_t flags);

/* Define an operator whose check passed, and the values that it needs; on error builder->status is set. */
void op_define(op_builder *builder, const tfl_op *op);

#endif
