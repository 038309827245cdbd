/* ops_need.h - what the checks of operators share; only for ops*.c. */
#ifndef LT_MODEL_OPS_NEED_H
#define LT_MODEL_OPS_NEED_H

#include "op_kind.h"

/*
 * Errors stick, as in flatbuf.h: where a step has failed, those below do nothing and give the status that stands. So a chain of
 * them is left only where what it has checked is used.
 */
static inline int op_failed(const op_site *site) {
    return site->file->status != LT_OK;
}

/* The tensor an operator reads or writes; NULL for an input that is left out. */
const tfl_tensor *op_input(const op_site *site, uint32_t i);
const tfl_tensor *op_output(const op_site *site);

/* An int8 tensor must have one scale; `what` names it in the error. */
lt_status op_need_scale(const op_site *site, const tfl_tensor *tensor, const char *what);

/* Input i must be computed, f32 or int8 with one scale, of that rank (0: any), and there. */
lt_status op_need_computed(const op_site *site, uint32_t i, uint32_t rank);

/* Input i must be a constant of that type; with a rank other than 0, of that rank. */
lt_status op_need_constant(const op_site *site, uint32_t i, tfl_type type, uint32_t rank);

/* The output must have that type and, where it is int8, one scale. */
lt_status op_need_output(const op_site *site, tfl_type type);

/* The output's shape in the file must be the derived one. */
lt_status op_need_shape(const op_site *site, uint32_t rank, const uint32_t *dims);

/* The output must be quantised as input 0 is, where that is int8. */
lt_status op_need_same_scale(const op_site *site);

/* Read the fused activation from an option field into op->activation and check that it leaves a range. */
lt_status op_read_activation(op_site *site, uint16_t field);
lt_status op_set_activation(op_site *site, tfl_activation activation);

/* Element i of a constant of TFL_I32. */
int32_t op_constant_i32(const tfl_tensor *tensor, uint32_t i);

#endif
