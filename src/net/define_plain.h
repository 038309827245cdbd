/*
 * define_plain.h - operators that only other people's models have, in plain C; not in narrow builds.
 *
 * XNNPACK's kernels for them would be in none but such builds, and little time goes into them: they run through a
 * tensor once. Those on values work in f32, also where the tensors are int8; those that move values take both.
 */
#ifndef LT_NET_DEFINE_PLAIN_H
#define LT_NET_DEFINE_PLAIN_H

#include "builder.h"

/* The operator that is defined as this one is: RESHAPE for one that takes axes of size 1 away or adds them. */
int32_t plain_alias(int32_t code);

/* What a PADV2 pads with, as a real number. */
float plain_padding(const tfl_graph *graph, const tfl_op *op);

/* Define such an operator, as op_define does; 0 where it is none. */
int define_plain(op_builder *builder, const tfl_op *op);

#endif
