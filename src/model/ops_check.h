/* ops_check.h - the operators' checks; only for ops*.c. */
#ifndef LT_MODEL_OPS_CHECK_H
#define LT_MODEL_OPS_CHECK_H

#include "ops_need.h"

/* Input 0's picture must be small enough for its sum to be taken in 32 bits. */
lt_status op_need_mean_fits(const op_site *site);

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
