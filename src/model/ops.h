/*
 * ops.h - the operators the engine runs: one table, one line an operator.
 *
 * Each is checked (and its output's shape derived) when a file is read. How a checked one is run is net's matter.
 */
#ifndef LT_MODEL_OPS_H
#define LT_MODEL_OPS_H

#include "op_kind.h"

/* The table's line for a code; NULL where the engine does not run the operator. */
const op_kind *op_find(int32_t code);

/* Name of an operator that the engine does not run; NULL where it is not a common one. */
const char *op_foreign_name(int32_t code);

#endif
