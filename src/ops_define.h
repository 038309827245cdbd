/* ops_define.h - how operators come into an XNNPACK subgraph; only for ops*.c. */
#ifndef LT_OPS_DEFINE_H
#define LT_OPS_DEFINE_H

#include "ops.h"

void op_define_conv(op_builder *builder, const tfl_op *op);
void op_define_depthwise(op_builder *builder, const tfl_op *op);
void op_define_dense(op_builder *builder, const tfl_op *op);
void op_define_average_pool(op_builder *builder, const tfl_op *op);
void op_define_max_pool(op_builder *builder, const tfl_op *op);
void op_define_mean(op_builder *builder, const tfl_op *op);
void op_define_add(op_builder *builder, const tfl_op *op);
void op_define_mul(op_builder *builder, const tfl_op *op);
void op_define_reshape(op_builder *builder, const tfl_op *op);
void op_define_pad(op_builder *builder, const tfl_op *op);
void op_define_concat(op_builder *builder, const tfl_op *op);
void op_define_softmax(op_builder *builder, const tfl_op *op);
void op_define_sigmoid(op_builder *builder, const tfl_op *op);
void op_define_hard_swish(op_builder *builder, const tfl_op *op);
void op_define_clamp(op_builder *builder, const tfl_op *op);
void op_define_convert(op_builder *builder, const tfl_op *op);

#endif
