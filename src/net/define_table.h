/*
 * define_table.h - operators that turn each int8 value into another by a table of 256, as nodes of own_node.h; of define.c.
 *
 * The tables are made when a network is built, with LiteRT's roundings.
 */
#ifndef LT_NET_DEFINE_TABLE_H
#define LT_NET_DEFINE_TABLE_H

#include "builder.h"

/* Define a HARD_SWISH of int8; returns 0 where its scales are out of the fixed point's reach. */
int define_hard_swish_table(op_builder *builder, const tfl_op *op);

/* Define a QUANTIZE from int8 to int8; a RELU, RELU6 or RELU_N1_TO_1 of int8 whose scale changes. */
void define_quantize_table(op_builder *builder, const tfl_op *op);
void define_relu_table(op_builder *builder, const tfl_op *op);

/*
 * Bring the value `input`, of the tensor `from`, into the scale of the tensor `to`: into the value `output`. As LiteRT's
 * CONCATENATION does with uint8, which it joins though their scales differ.
 */
void define_rescaled(op_builder *builder, const tfl_tensor *from, const tfl_tensor *to, uint32_t input,
                     uint32_t output);

#endif
