/* define.h - how operators come into an XNNPACK subgraph. */
#ifndef LT_NET_DEFINE_H
#define LT_NET_DEFINE_H

#include "builder.h"

/* Define an operator whose check passed, and the values that it needs; on error builder->status is set. */
void op_define(op_builder *builder, const tfl_op *op);

#endif
