/* choice.h - which operators run on kernels of our own. Needs no XNNPACK. */
#ifndef LT_NET_CHOICE_H
#define LT_NET_CHOICE_H

#include "model/graph.h"

/* The kernel of our own that an operator runs on, on this processor; NULL where XNNPACK runs it. */
const struct kn_kind *op_kernel(const tfl_graph *graph, const tfl_op *op);

#endif
