/* ops_check.h - what the operators' checks share; only for ops*.c. */
#ifndef LT_MODEL_OPS_CHECK_H
#define LT_MODEL_OPS_CHECK_H

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

/* Input 0's picture must be small enough for its sum to be taken in 32 bits. */
lt_status op_need_mean_fits(const op_site *site);

/* Element i of a constant of TFL_I32. */
int32_t op_constant_i32(const tfl_tensor *tensor, uint32_t i);

/* Of ops_wide.c. Is it a mean over height and width of a picture tensor, which op_check_mean checks? */
int op_is_picture_mean(const op_site *site);

lt_status op_check_conv(op_site *site);
lt_status op_check_depthwise(op_site *site);
lt_status op_check_dense(op_site *site);
lt_status op_check_average_pool(op_site *site);
lt_status op_check_max_pool(op_site *site);
lt_status op_check_mean(op_site *site);
lt_status op_check_reduce(op_site *site); /* of ops_wide.c: a sum, mean or maximum over any axes */
lt_status op_check_binary(op_site *site);
lt_status op_check_reshape(op_site *site);
lt_status op_check_pad(op_site *site);
lt_status op_check_concat(op_site *site);
lt_status op_check_softmax(op_site *site);
lt_status op_check_unary(op_site *site);
lt_status op_check_relu(op_site *site);
lt_status op_check_relu6(op_site *site);
lt_status op_check_quantize(op_site *site);
lt_status op_check_dequantize(op_site *site);

#endif
