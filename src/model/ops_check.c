/* ops_check.c - the checks of operators without a window or weights. */
#include "ops_check.h"

#include "base/wide.h"

/* The output has the type and shape of input 0. */
static lt_status need_like_input(const op_site *site) {
    const tfl_tensor *input = op_input(site, 0);
    op_need_output(site, input->type);
    return op_need_shape(site, input->rank, input->dims);
}

/* ---- element by element ---- */

lt_status op_check_unary(op_site *site) {
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    return need_like_input(site);
}

static lt_status check_clamp(op_site *site, tfl_activation activation) {
    op_check_unary(site);
    return op_set_activation(site, activation);
}

lt_status op_check_relu(op_site *site) {
    return check_clamp(site, TFL_ACT_RELU);
}

lt_status op_check_relu6(op_site *site) {
    return check_clamp(site, TFL_ACT_RELU6);
}

lt_status op_check_softmax(op_site *site) {
    op_check_unary(site);
    float beta = fb_f32(site->file, site->options, 0, 0, "beta");
    if (beta != 1.0f) fb_fail(site->file, LT_MODEL_UNSUPPORTED, "beta is %g, not 1", (double)beta);
    return site->file->status;
}

lt_status op_check_quantize(op_site *site) {
    const tfl_tensor *input = op_input(site, 0);
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    op_need_output(site, TFL_I8);
    return op_need_shape(site, input->rank, input->dims);
}

lt_status op_check_dequantize(op_site *site) {
    const tfl_tensor *input = op_input(site, 0);
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    if (input->type != TFL_I8) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the input is not int8");
    op_need_output(site, TFL_F32);
    return op_need_shape(site, input->rank, input->dims);
}

/* ---- two operands ---- */

/* One operand may be a constant; then it needs what a computed one has. */
static lt_status need_operand(const op_site *site, uint32_t i) {
    const tfl_tensor *tensor = op_input(site, i);
    if (!tensor || !tensor->data) return op_need_computed(site, i, 0);
    const tfl_tensor *other = op_input(site, 1 - i);
    if (other && other->data) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "both inputs are constants");
    op_need_constant(site, i, other ? other->type : TFL_F32, 0);
    return op_need_scale(site, tensor, "a constant input");
}

/* The shape two operands give together: each axis equal, or one of them 1 and repeated. */
static lt_status broadcast(const op_site *site, uint32_t *rank, uint32_t dims[TFL_MAX_RANK]) {
    const tfl_tensor *a = op_input(site, 0), *b = op_input(site, 1);
    *rank = a->rank > b->rank ? a->rank : b->rank;
    for (uint32_t i = 1; i <= *rank; i++) {
        uint32_t m = i <= a->rank ? a->dims[a->rank - i] : 1;
        uint32_t n = i <= b->rank ? b->dims[b->rank - i] : 1;
        if (m != n && m != 1 && n != 1)
            return fb_fail(site->file, LT_MODEL_FORMAT, "the inputs' axes of %u and %u do not fit", (unsigned)m,
                           (unsigned)n);
        dims[*rank - i] = m == 1 ? n : m;
    }
    return LT_OK;
}

lt_status op_check_binary(op_site *site) {
    need_operand(site, 0);
    if (need_operand(site, 1) != LT_OK) return site->file->status;
    const tfl_tensor *a = op_input(site, 0), *b = op_input(site, 1);
    if (a->type != b->type) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the inputs differ in type");
    uint32_t rank, dims[TFL_MAX_RANK];
    broadcast(site, &rank, dims);
    op_need_output(site, a->type);
    op_need_shape(site, rank, dims);
    return op_read_activation(site, 0);
}

/* ---- shape ---- */

/* The shape asked for: by input 1, by the options, or else by the output itself. One -1 is derived. */
static lt_status wanted_shape(const op_site *site, uint32_t *rank, int32_t dims[TFL_MAX_RANK]) {
    const tfl_tensor *shape = op_input(site, 1), *output = op_output(site);
    fb_vector listed = fb_elements(site->file, site->options, 0, sizeof(int32_t), "new shape");
    if (shape && op_need_constant(site, 1, TFL_I32, 1) != LT_OK) return site->file->status;
    *rank = shape ? shape->dims[0] : listed.count ? listed.count : output->rank;
    if (*rank > TFL_MAX_RANK) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "rank %u", (unsigned)*rank);
    for (uint32_t i = 0; i < *rank; i++)
        dims[i] = shape          ? op_constant_i32(shape, i)
                  : listed.count ? fb_i32_of(site->file, listed, i)
                                 : (int32_t)output->dims[i];
    return LT_OK;
}

lt_status op_check_reshape(op_site *site) {
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    uint32_t rank, dims[TFL_MAX_RANK], open = TFL_MAX_RANK;
    int32_t wanted[TFL_MAX_RANK];
    if (wanted_shape(site, &rank, wanted) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    uint64_t known = 1;
    for (uint32_t i = 0; i < rank; i++) {
        if (wanted[i] == -1 && open == TFL_MAX_RANK)
            open = i;
        else if (wanted[i] < 1 || (known *= (uint64_t)wanted[i]) > input->elements)
            return fb_fail(site->file, LT_MODEL_FORMAT, "axis %u of the new shape is %d", (unsigned)i, (int)wanted[i]);
        dims[i] = (uint32_t)wanted[i];
    }
    if (open < TFL_MAX_RANK) dims[open] = (uint32_t)(input->elements / known);
    if (open < TFL_MAX_RANK ? input->elements % known != 0 : input->elements != known)
        return fb_fail(site->file, LT_MODEL_FORMAT, "the new shape does not hold the %llu input elements",
                       (unsigned long long)input->elements);
    op_need_output(site, input->type);
    op_need_shape(site, rank, dims);
    return op_need_same_scale(site);
}

lt_status op_check_pad(op_site *site) {
    op_need_computed(site, 0, 0);
    if (op_need_constant(site, 1, TFL_I32, 2) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *list = op_input(site, 1);
    if (list->dims[0] != input->rank || list->dims[1] != 2)
        return fb_fail(site->file, LT_MODEL_FORMAT, "the list of paddings is %ux%u, not %ux2", (unsigned)list->dims[0],
                       (unsigned)list->dims[1], (unsigned)input->rank);
    uint32_t dims[TFL_MAX_RANK];
    for (uint32_t i = 0; i < input->rank; i++) {
        int32_t before = op_constant_i32(list, 2 * i), after = op_constant_i32(list, 2 * i + 1);
        if (before < 0 || after < 0 || (uint64_t)before + (uint64_t)after > TFL_MAX_ELEMENTS)
            return fb_fail(site->file, LT_MODEL_FORMAT, "padding %d, %d of axis %u", (int)before, (int)after,
                           (unsigned)i);
        site->op->params.pad[i][0] = (uint32_t)before;
        site->op->params.pad[i][1] = (uint32_t)after;
        dims[i] = input->dims[i] + (uint32_t)before + (uint32_t)after;
    }
    op_need_output(site, input->type);
    op_need_shape(site, input->rank, dims);
    return op_need_same_scale(site);
}

/* Input i must agree with input 0 in everything but the joined axis. */
static lt_status need_joinable(const op_site *site, uint32_t i, uint32_t axis) {
    if (op_need_computed(site, i, 0) != LT_OK) return site->file->status;
    const tfl_tensor *first = op_input(site, 0), *tensor = op_input(site, i);
    int same = tensor->type == first->type && tensor->rank == first->rank;
    for (uint32_t d = 0; same && d < first->rank; d++) same = d == axis || tensor->dims[d] == first->dims[d];
    if (!same) return fb_fail(site->file, LT_MODEL_FORMAT, "input %u does not fit input 0", (unsigned)i);
    if (LT_WIDE && tensor->moved) return LT_OK; /* uint8 is joined in the output's scale */
    if (first->type == TFL_I8 && !tfl_same_scale(first, tensor))
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u is scaled otherwise than input 0", (unsigned)i);
    return LT_OK;
}

lt_status op_check_concat(op_site *site) {
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    const tfl_tensor *first = op_input(site, 0);
    int64_t axis = fb_i32(site->file, site->options, 0, 0, "axis");
    if (axis < 0) axis += first->rank;
    if (axis < 0 || axis >= first->rank)
        return fb_fail(site->file, LT_MODEL_FORMAT, "axis outside the rank of %u", (unsigned)first->rank);
    site->op->params.axis = (uint32_t)axis;
    uint32_t dims[TFL_MAX_RANK] = {0};
    for (uint32_t d = 0; d < first->rank; d++) dims[d] = d == axis ? 0 : first->dims[d];
    uint64_t joined = 0;
    for (uint32_t i = 0; i < site->op->input_count; i++) {
        if (need_joinable(site, i, (uint32_t)axis) != LT_OK) return site->file->status;
        joined += op_input(site, i)->dims[axis];
    }
    if (joined > TFL_MAX_ELEMENTS) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the joined axis is too long");
    dims[axis] = (uint32_t)joined;
    op_need_output(site, first->type);
    op_need_shape(site, first->rank, dims);
    if (fb_u8(site->file, site->options, 1, TFL_ACT_NONE, "fused activation") != TFL_ACT_NONE)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "a fused activation");
    return LT_WIDE && first->moved ? LT_OK : op_need_same_scale(site);
}
