#include "ops_wide.h"

#include "ops_check.h"

/* Types of options in the file (BuiltinOptions). */
enum {
    NO_OPTIONS = 0,
    TRANSPOSE = 26,
    REDUCE = 27,
    SUB = 28,
    DIV = 29,
    SQUEEZE = 30,
    STRIDED_SLICE = 32,
    EXTREME = 39,
    LEAKY = 75,
    GELU = 116
};

static int64_t from_front(int64_t axis, uint32_t rank) {
    return axis < 0 ? axis + rank : axis;
}

/* ---- element by element ---- */

static lt_status check_relu_n1(op_site *site) {
    op_check_unary(site);
    return op_set_activation(site, TFL_ACT_RELU_N1_TO_1);
}

static lt_status check_leaky(op_site *site) {
    site->op->params.value = fb_f32(site->file, site->options, 0, 0, "alpha");
    return op_check_unary(site);
}

static lt_status check_gelu(op_site *site) {
    site->op->params.value = fb_u8(site->file, site->options, 0, 0, "approximate");
    return op_check_unary(site);
}

/* ---- over axes ---- */

/* The axes of input 1, as bits. */
static lt_status read_axes(const op_site *site, uint32_t *out) {
    const tfl_tensor *input = op_input(site, 0), *axes = op_input(site, 1);
    if (op_need_constant(site, 1, TFL_I32, 0) != LT_OK) return site->file->status;
    *out = 0;
    for (uint32_t i = 0; i < axes->elements; i++) {
        int64_t axis = from_front(op_constant_i32(axes, i), input->rank);
        if (axis < 0 || axis >= input->rank)
            return fb_fail(site->file, LT_MODEL_FORMAT, "axis %d outside the rank of %u", (int)op_constant_i32(axes, i),
                           (unsigned)input->rank);
        *out |= 1u << axis;
    }
    return LT_OK;
}

int op_is_picture_mean(const op_site *site) {
    const tfl_tensor *input = op_input(site, 0), *axes = op_input(site, 1);
    if (!input || !axes || input->rank != 4 || !axes->data || axes->type != TFL_I32 || axes->elements != 2) return 0;
    int64_t a = from_front(op_constant_i32(axes, 0), 4), b = from_front(op_constant_i32(axes, 1), 4);
    return (a == 1 && b == 2) || (a == 2 && b == 1);
}

lt_status op_check_reduce(op_site *site) {
    op_need_computed(site, 0, 0);
    if (read_axes(site, &site->op->params.reduced) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    int keep = fb_u8(site->file, site->options, 0, 0, "keep_dims") != 0;
    uint32_t rank = 0, dims[TFL_MAX_RANK] = {0};
    for (uint32_t i = 0; i < input->rank; i++) {
        int gone = (site->op->params.reduced >> i & 1) != 0;
        if (gone && keep) dims[rank++] = 1;
        if (!gone) dims[rank++] = input->dims[i];
    }
    op_need_output(site, input->type);
    return op_need_shape(site, rank, dims);
}

/* ---- other places ---- */

/* Elements from one step of each axis to the next. */
static void steps_of(const tfl_tensor *tensor, int64_t out[TFL_MAX_RANK]) {
    int64_t step = 1;
    for (uint32_t i = tensor->rank; i-- > 0;) {
        out[i] = step;
        step *= tensor->dims[i];
    }
}

/* What is left to check of an operator that only moves values. */
static lt_status finish_moved(const op_site *site, uint32_t rank, const uint32_t *dims) {
    op_need_output(site, op_input(site, 0)->type);
    op_need_shape(site, rank, dims);
    return op_need_same_scale(site);
}

static lt_status check_transpose(op_site *site) {
    op_need_computed(site, 0, 0);
    if (op_need_constant(site, 1, TFL_I32, 1) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *order = op_input(site, 1);
    int64_t steps[TFL_MAX_RANK];
    uint32_t dims[TFL_MAX_RANK], seen = 0;
    if (order->dims[0] != input->rank)
        return fb_fail(site->file, LT_MODEL_FORMAT, "an order of %u axes for %u", (unsigned)order->dims[0],
                       (unsigned)input->rank);
    steps_of(input, steps);
    for (uint32_t i = 0; i < input->rank; i++) {
        int64_t axis = from_front(op_constant_i32(order, i), input->rank);
        if (axis < 0 || axis >= input->rank || (seen >> axis & 1))
            return fb_fail(site->file, LT_MODEL_FORMAT, "axis %d of the order", (int)op_constant_i32(order, i));
        seen |= 1u << axis;
        dims[i] = input->dims[axis];
        site->op->params.walk.step[i] = steps[axis];
    }
    return finish_moved(site, input->rank, dims);
}

/* Input i: a constant with a number for each axis of input 0. */
static lt_status need_list(const op_site *site, uint32_t i) {
    if (op_need_constant(site, i, TFL_I32, 1) != LT_OK) return site->file->status;
    uint32_t count = op_input(site, i)->dims[0], rank = op_input(site, 0)->rank;
    if (count == rank) return LT_OK;
    return fb_fail(site->file, LT_MODEL_FORMAT, "input %u has %u numbers for %u axes", (unsigned)i, (unsigned)count,
                   (unsigned)rank);
}

static lt_status check_slice(op_site *site) {
    op_need_computed(site, 0, 0);
    need_list(site, 1);
    if (need_list(site, 2) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    int64_t steps[TFL_MAX_RANK];
    uint32_t dims[TFL_MAX_RANK];
    steps_of(input, steps);
    for (uint32_t i = 0; i < input->rank; i++) {
        int64_t size = input->dims[i], begin = op_constant_i32(op_input(site, 1), i);
        int64_t count = op_constant_i32(op_input(site, 2), i);
        if (count == -1) count = size - begin;
        if (begin < 0 || begin > size || count < 1 || count > size - begin)
            return fb_fail(site->file, LT_MODEL_FORMAT, "%d values from %d on of axis %u, which has %u", (int)count,
                           (int)begin, (unsigned)i, (unsigned)size);
        dims[i] = (uint32_t)count;
        site->op->params.walk.start += begin * steps[i];
        site->op->params.walk.step[i] = steps[i];
    }
    return finish_moved(site, input->rank, dims);
}

/* One axis of a slice with steps: the bounds as Python has them. */
typedef struct span {
    int64_t begin, end, step;
    int open_begin, open_end; /* the bound is left to the axis */
} span;

static int64_t clamped(int64_t value, int64_t least, int64_t most) {
    return value < least ? least : value > most ? most : value;
}

/* The first index and the number of those that follow; 0 where the span is empty. */
static uint32_t resolve(const span *s, int64_t size, int64_t *first) {
    int64_t least = s->step > 0 ? 0 : -1, most = s->step > 0 ? size : size - 1;
    int64_t begin = clamped(s->begin < 0 ? s->begin + size : s->begin, least, most);
    int64_t end = clamped(s->end < 0 ? s->end + size : s->end, least, most);
    if (s->open_begin) begin = s->step > 0 ? 0 : size - 1;
    if (s->open_end) end = s->step > 0 ? size : -1;
    *first = begin;
    int64_t length = s->step > 0 ? end - begin : begin - end, step = s->step > 0 ? s->step : -s->step;
    return length <= 0 ? 0 : (uint32_t)((length - 1) / step + 1);
}

static lt_status check_strided_slice(op_site *site) {
    enum { BEGIN, END, ELLIPSIS, NEW_AXIS, SHRINK, OFFSET, MASKS };
    enum { LISTS = 3 }; /* inputs 1 to 3: where to begin and end, and the steps */
    uint32_t masks[MASKS], rank = 0, dims[TFL_MAX_RANK] = {0};
    int64_t steps[TFL_MAX_RANK], first;
    op_need_computed(site, 0, 0);
    for (uint32_t i = 1; i <= LISTS; i++) need_list(site, i);
    if (op_failed(site)) return site->file->status;
    for (uint16_t i = 0; i < MASKS; i++) masks[i] = fb_u32(site->file, site->options, i, 0, "mask");
    if (masks[ELLIPSIS] || masks[NEW_AXIS] || (masks[OFFSET] & 0xff))
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "an ellipsis, a new axis, or ends as offsets");
    const tfl_tensor *input = op_input(site, 0);
    steps_of(input, steps);
    for (uint32_t i = 0; i < input->rank; i++) {
        span s = {.begin = op_constant_i32(op_input(site, 1), i),
                  .end = op_constant_i32(op_input(site, 2), i),
                  .step = op_constant_i32(op_input(site, 3), i),
                  .open_begin = (masks[BEGIN] >> i & 1) != 0,
                  .open_end = (masks[END] >> i & 1) != 0};
        int shrinks = (masks[SHRINK] >> i & 1) != 0;
        if (shrinks) s = (span){.begin = s.begin, .end = s.begin + 1, .step = 1, .open_end = s.begin == -1};
        uint32_t count = s.step == 0 ? 0 : resolve(&s, input->dims[i], &first);
        if (count == 0) return fb_fail(site->file, LT_MODEL_FORMAT, "nothing is left of axis %u", (unsigned)i);
        site->op->params.walk.start += first * steps[i];
        if (shrinks) continue;
        dims[rank] = count;
        site->op->params.walk.step[rank++] = s.step * steps[i];
    }
    return finish_moved(site, rank, dims);
}

static lt_status check_squeeze(op_site *site) {
    if (op_need_computed(site, 0, 0) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    fb_vector listed = fb_elements(site->file, site->options, 0, sizeof(int32_t), "axes");
    uint32_t gone = 0, rank = 0, dims[TFL_MAX_RANK] = {0};
    for (uint32_t i = 0; i < listed.count; i++) {
        int64_t axis = from_front(fb_i32_of(site->file, listed, i), input->rank);
        if (axis < 0 || axis >= input->rank || input->dims[axis] != 1)
            return fb_fail(site->file, LT_MODEL_FORMAT, "axis %d is not one of size 1",
                           (int)fb_i32_of(site->file, listed, i));
        gone |= 1u << axis;
    }
    for (uint32_t i = 0; i < input->rank; i++)
        if (!(listed.count ? gone >> i & 1 : input->dims[i] == 1)) dims[rank++] = input->dims[i];
    return finish_moved(site, rank, dims);
}

static lt_status check_expand(op_site *site) {
    op_need_computed(site, 0, 0);
    if (op_need_constant(site, 1, TFL_I32, 0) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    int64_t axis = from_front(op_constant_i32(op_input(site, 1), 0), input->rank + 1);
    if (op_input(site, 1)->elements != 1 || axis < 0 || axis > input->rank || input->rank == TFL_MAX_RANK)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "a new axis %d of %u", (int)axis, (unsigned)input->rank);
    uint32_t dims[TFL_MAX_RANK];
    for (uint32_t i = 0, from = 0; i <= input->rank; i++) dims[i] = i == axis ? 1 : input->dims[from++];
    return finish_moved(site, input->rank + 1, dims);
}

/* A padding whose value stands in input 2; the rest is as in PAD. */
static lt_status check_pad_value(op_site *site) {
    const tfl_tensor *value = op_input(site, 2);
    if (op_check_pad(site) != LT_OK) return site->file->status;
    if (!value || !value->data || value->elements != 1 || value->type != op_input(site, 0)->type ||
        (value->type == TFL_I8 && value->scale_count != 1))
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "what pads is not a constant of the input's type");
    return LT_OK;
}

/* ---- the table ---- */

static const op_kind kinds[] = {
    /* name, code, options, newest version, inputs from and to, traits, check */
    {"SUB", OP_SUB, SUB, 5, 2, 2, 0, op_check_binary},
    {"DIV", OP_DIV, DIV, 2, 2, 2, 0, op_check_binary},
    {"MAXIMUM", OP_MAXIMUM, EXTREME, 4, 2, 2, 0, op_check_binary},
    {"MINIMUM", OP_MINIMUM, EXTREME, 4, 2, 2, 0, op_check_binary},
    {"SQUARED_DIFFERENCE", OP_SQUARED_DIFFERENCE, NO_OPTIONS, 2, 2, 2, 0, op_check_binary},
    {"PRELU", OP_PRELU, NO_OPTIONS, 1, 2, 2, 0, op_check_binary},
    {"ABS", OP_ABS, NO_OPTIONS, 5, 1, 1, 0, op_check_unary},
    {"NEG", OP_NEG, NO_OPTIONS, 1, 1, 1, 0, op_check_unary},
    {"SQUARE", OP_SQUARE, NO_OPTIONS, 1, 1, 1, 0, op_check_unary},
    {"SQRT", OP_SQRT, NO_OPTIONS, 1, 1, 1, 0, op_check_unary},
    {"RSQRT", OP_RSQRT, NO_OPTIONS, 3, 1, 1, 0, op_check_unary},
    {"EXP", OP_EXP, NO_OPTIONS, 2, 1, 1, 0, op_check_unary},
    {"LOG", OP_LOG, NO_OPTIONS, 2, 1, 1, 0, op_check_unary},
    {"TANH", OP_TANH, NO_OPTIONS, 3, 1, 1, 0, op_check_unary},
    {"ELU", OP_ELU, NO_OPTIONS, 1, 1, 1, 0, op_check_unary},
    {"GELU", OP_GELU, GELU, 2, 1, 1, 0, check_gelu},
    {"LEAKY_RELU", OP_LEAKY_RELU, LEAKY, 2, 1, 1, 0, check_leaky},
    {"RELU_N1_TO_1", OP_RELU_N1_TO_1, NO_OPTIONS, 1, 1, 1, 0, check_relu_n1},
    {"SUM", OP_SUM, REDUCE, 2, 2, 2, 0, op_check_reduce},
    {"REDUCE_MAX", OP_REDUCE_MAX, REDUCE, 3, 2, 2, 0, op_check_reduce},
    {"TRANSPOSE", OP_TRANSPOSE, TRANSPOSE, 7, 2, 2, 0, check_transpose},
    {"SLICE", OP_SLICE, NO_OPTIONS, 6, 3, 3, 0, check_slice},
    {"STRIDED_SLICE", OP_STRIDED_SLICE, STRIDED_SLICE, 8, 4, 4, 0, check_strided_slice},
    {"SQUEEZE", OP_SQUEEZE, SQUEEZE, 2, 1, 1, OP_RENDERS, check_squeeze},
    {"EXPAND_DIMS", OP_EXPAND_DIMS, NO_OPTIONS, 1, 2, 2, OP_RENDERS, check_expand},
    {"PADV2", OP_PADV2, NO_OPTIONS, 4, 3, 3, 0, check_pad_value},
};

const op_kind *op_find_wide(int32_t code) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].code == code) return &kinds[i];
    return NULL;
}
