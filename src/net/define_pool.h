/* define_pool.h - averages over windows by our own code, as nodes of own_node.h; of define.c. */
#ifndef LT_NET_DEFINE_POOL_H
#define LT_NET_DEFINE_POOL_H

#include "builder.h"

/* Define an AVERAGE_POOL_2D, or a MAX_POOL_2D of one element, of int8 or f32. */
void define_pool(op_builder *builder, const tfl_op *op);

#endif
