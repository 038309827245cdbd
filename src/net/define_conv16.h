/* define_conv16.h - convolutions and dense layers whose weights the int8 kernels do not take; not in narrow builds. */
#ifndef LT_NET_DEFINE_CONV16_H
#define LT_NET_DEFINE_CONV16_H

#include "builder.h"

/* Define an operator that is dynamic or uneven (op_kind.h), as op_define does. */
void define_conv16(op_builder *builder, const tfl_op *op);

#endif
