/* define.h - how operators come into an XNNPACK subgraph. */
#ifndef LT_NET_DEFINE_H
#define LT_NET_DEFINE_H

#include "builder.h"

/* Give a tensor a value with one of the subgraph's external ids. */
void op_external(op_builder *builder, int32_t tensor, uint32_t id, uint32_t flags);

/* Define an operator whose check passed, and the values that it needs; on error builder->status is set. */
void op_define(op_builder *builder, const tfl_op *op);

#endif
