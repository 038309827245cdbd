/* ops_wide.h - the operators that only other people's models have, and their checks; not in narrow builds. */
#ifndef LT_MODEL_OPS_WIDE_H
#define LT_MODEL_OPS_WIDE_H

#include "op_kind.h"

/* The line of such an operator; NULL where there is none. */
const op_kind *op_find_wide(int32_t code);

#endif
