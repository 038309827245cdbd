/* ops_mean.c - the check of a mean: over a whole picture, or else over any axes. */
#include "ops_check.h"

#include "base/wide.h"

lt_status op_check_mean(op_site *site) {
    if (LT_WIDE && !op_is_picture_mean(site)) return op_check_reduce(site);
    op_need_computed(site, 0, 4);
    if (op_need_constant(site, 1, TFL_I32, 0) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *axes = op_input(site, 1);
    int64_t a = op_constant_i32(axes, 0), b = axes->elements == 2 ? op_constant_i32(axes, 1) : a;
    if (a < 0) a += 4;
    if (b < 0) b += 4;
    if (axes->elements != 2 || !((a == 1 && b == 2) || (a == 2 && b == 1)))
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "axes other than 1 and 2");
    op_need_mean_fits(site);
    if (LT_WIDE) site->op->params.reduced = OP_PICTURE_AXES;
    op_need_output(site, input->type);
    if (fb_u8(site->file, site->options, 0, 0, "keep_dims"))
        return op_need_shape(site, 4, (uint32_t[]){input->dims[0], 1, 1, input->dims[3]});
    return op_need_shape(site, 2, (uint32_t[]){input->dims[0], input->dims[3]});
}
