#include "define_plain.h"

#include <math.h>
#include <string.h>

#include "own_node.h"

enum { PIECES = 16 }; /* that the work of an operator is cut into, for threads */

/* The last axis is done in one go; the three before it are counted through. */
enum { ROW = TFL_MAX_RANK - 1 };

enum { LANES = 32 }; /* of a sum */

typedef void unary_row(const float *in, float *out, size_t count, float value);

/* Steps of 0 repeat a number. */
typedef void binary_row(const float *a, const float *b, float *out, size_t count, size_t a_step, size_t b_step);

/* What an operator's pieces need. Shapes have TFL_MAX_RANK axes, the first of them 1 where the tensor has fewer. */
typedef struct plain {
    own_node node;
    uint32_t dims[TFL_MAX_RANK];     /* of the output; of a reduction: of the input */
    int64_t steps[2][TFL_MAX_RANK]; /* elements from one to the next of each axis: of the inputs, or (reduction) of the
                                        output */
    int64_t start; /* of the first element, where values are moved */
    size_t element_bytes; /* where values are moved */
    uint64_t elements; /* of the output; of a reduction: of the input */
    unary_row *unary;
    binary_row *binary;
    float value, least, most; /* the operator's own number, and the ends of its fused activation */
    int32_t reduction; /* OP_… */
    size_t out_elements, reduced; /* of a reduction: values it gives, and those that each is made of */
} plain;

static const plain *plain_of(const own_run *run) {
    return (const plain *)(const void *)run->node;
}

/* ---- element by element ---- */

#define UNARY(name, expression)                                                \
    static void name(const float *in, float *out, size_t count, float value) { \
        (void)value;                                                           \
        for (size_t i = 0; i < count; i++) {                                   \
            float x = in[i];                                                   \
            out[i] = (expression);                                             \
        }                                                                      \
    }

UNARY(row_abs, fabsf(x))
UNARY(row_neg, -x)
UNARY(row_square, x *x)
UNARY(row_sqrt, sqrtf(x))
UNARY(row_rsqrt, (float)(1 / sqrt((double)x))) /* rounded once */
UNARY(row_exp, expf(x))
UNARY(row_log, logf(x))
UNARY(row_tanh, tanhf(x))
UNARY(row_elu, x < 0 ? expm1f(x) : x)
UNARY(row_leaky, x < 0 ? x * value : x)
UNARY(row_relu_n1, fminf(fmaxf(x, -1), 1))

static float gelu(float x, float approximate) {
    static const float half_root = 0.70710678f, ratio = 0.79788456f, cubic = 0.044715f; /* √½, √(2/π), of its authors */
    if (approximate != 0) return 0.5f * x * (1 + tanhf(ratio * (x + cubic * x * x * x)));
    return 0.5f * x * (1 + erff(x * half_root));
}

UNARY(row_gelu, gelu(x, value))

#define BINARY(name, expression)                                                                               \
    static void name(const float *a, const float *b, float *out, size_t count, size_t a_step, size_t b_step) { \
        for (size_t i = 0; i < count; i++) {                                                                   \
            float x = a[i * a_step], y = b[i * b_step];                                                        \
            out[i] = (expression);                                                                             \
        }                                                                                                      \
    }

BINARY(row_sub, x - y)
BINARY(row_div, x / y)
BINARY(row_max, fmaxf(x, y))
BINARY(row_min, fminf(x, y))
BINARY(row_squared_difference, (x - y) * (x - y))
BINARY(row_prelu, x < 0 ? x * y : x)

static void clamp_row(const plain *p, float *out, size_t count) {
    if (isinf(p->least) && isinf(p->most)) return;
    for (size_t i = 0; i < count; i++) out[i] = fminf(fmaxf(out[i], p->least), p->most);
}

/* Where piece number `piece` of `count` things begins. */
static uint64_t start_of(uint64_t count, uint32_t piece) {
    return count / PIECES * piece + count % PIECES * piece / PIECES;
}

static void unary_piece(const own_run *run, uint32_t piece, void *scratch) {
    const plain *p = plain_of(run);
    uint64_t from = start_of(p->elements, piece), to = start_of(p->elements, piece + 1);
    (void)scratch;
    p->unary((const float *)run->in[0] + from, (float *)run->out + from, (size_t)(to - from), p->value);
}

/* Where row number `row` of the shape begins in a tensor of these steps. */
static int64_t row_start(const plain *p, uint64_t row, const int64_t steps[TFL_MAX_RANK]) {
    int64_t at = 0;
    for (uint32_t i = ROW; i-- > 0; row /= p->dims[i]) at += (int64_t)(row % p->dims[i]) * steps[i];
    return at;
}

static void binary_piece(const own_run *run, uint32_t piece, void *scratch) {
    const plain *p = plain_of(run);
    size_t length = p->dims[ROW];
    uint64_t rows = p->elements / length;
    (void)scratch;
    for (uint64_t row = start_of(rows, piece); row < start_of(rows, piece + 1); row++) {
        float *out = (float *)run->out + row * length;
        p->binary((const float *)run->in[0] + row_start(p, row, p->steps[0]),
                  (const float *)run->in[1] + row_start(p, row, p->steps[1]), out, length, (size_t)p->steps[0][ROW],
                  (size_t)p->steps[1][ROW]);
        clamp_row(p, out, length);
    }
}

/* ---- SQUARED_DIFFERENCE of int8, in LiteRT's fixed point ---- */

/* Values of int8; bits of a multiplier; bits by which the differences are finer than the inputs. */
enum { VALUES = 256, FIXED_BITS = 31, SQUARED_SHIFT = 7 };

/* A real number as multiplier / 2^31 · 2^exponent. */
typedef struct fixed {
    int64_t multiplier;
    int exponent;
} fixed;

typedef struct squares {
    plain plain;
    int32_t scaled[2][VALUES]; /* of each input, by its value less INT8_MIN: in steps of a common scale */
    fixed to_output;
    int32_t zero; /* of the output */
} squares;

static fixed fixed_of(double real) {
    fixed f;
    f.multiplier = llround(ldexp(frexp(real, &f.exponent), FIXED_BITS));
    if (f.exponent < -FIXED_BITS) f = (fixed){0};
    return f;
}

/* value · factor, whose exponent is not above 0: rounded twice, a half away from 0 each time. */
static int32_t multiplied(int32_t value, fixed factor) {
    const int64_t one = INT64_C(1) << FIXED_BITS;
    int64_t product = value * factor.multiplier, whole = (product + (product < 0 ? 1 - one / 2 : one / 2)) / one;
    int64_t mask = (INT64_C(1) << -factor.exponent) - 1, rest = whole & mask;
    return (int32_t)((whole >> -factor.exponent) + (rest > (mask >> 1) + (whole < 0)));
}

static void squares_piece(const own_run *run, uint32_t piece, void *scratch) {
    const squares *s = (const squares *)(const void *)run->node;
    const plain *p = &s->plain;
    size_t length = p->dims[ROW];
    uint64_t rows = p->elements / length;
    (void)scratch;
    for (uint64_t row = start_of(rows, piece); row < start_of(rows, piece + 1); row++) {
        const int8_t *a = (const int8_t *)run->in[0] + row_start(p, row, p->steps[0]);
        const int8_t *b = (const int8_t *)run->in[1] + row_start(p, row, p->steps[1]);
        int8_t *out = (int8_t *)run->out + row * length;
        for (size_t i = 0; i < length; i++) {
            int32_t apart = s->scaled[0][a[(int64_t)i * p->steps[0][ROW]] - INT8_MIN] -
                            s->scaled[1][b[(int64_t)i * p->steps[1][ROW]] - INT8_MIN];
            float value = (float)multiplied(apart * apart, s->to_output) + (float)s->zero;
            out[i] = (int8_t)fminf(fmaxf(value, INT8_MIN), INT8_MAX);
        }
    }
}

/* ---- over axes ---- */

/* Sums in double and in the order of the input, so that every build gives the same bits; all in one piece. */
static void reduce_all(const own_run *run, uint32_t piece, void *scratch) {
    const plain *p = plain_of(run);
    const float *in = run->in[0];
    double *sums = run->shared;
    float *out = run->out;
    int is_most = p->reduction == OP_REDUCE_MAX;
    (void)piece, (void)scratch;
    for (size_t i = 0; i < p->out_elements; i++) sums[i] = is_most ? -INFINITY : 0;
    for (uint64_t row = 0; row < p->elements / p->dims[ROW]; row++) {
        double *to = sums + row_start(p, row, p->steps[0]);
        int64_t step = p->steps[0][ROW];
        for (uint32_t i = 0; i < p->dims[ROW]; i++) {
            double x = (double)*in++, *sum = to + i * step;
            *sum = !is_most ? *sum + x : x > *sum ? x : *sum;
        }
    }
    double divisor = p->reduction == OP_MEAN ? (double)p->reduced : 1;
    for (size_t i = 0; i < p->out_elements; i++) out[i] = (float)(sums[i] / divisor);
}

/*
 * Sums of values that lie one behind the other, in LANES parts that are then halved into one: in this order LiteRT's XNNPACK
 * adds on a processor with AVX-512, and here every build does.
 */
static float sum_of_row(const float *in, size_t count) {
    float sums[LANES] = {0};
    for (size_t i = 0; i < count; i += LANES)
        for (size_t k = 0; k < LANES && k < count - i; k++) sums[k] += in[i + k];
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t k = 0; k < half; k++) sums[k] += sums[half + k];
    return sums[0];
}

static void sum_rows(const own_run *run, uint32_t piece, void *scratch) {
    const plain *p = plain_of(run);
    float *out = run->out, factor = p->reduction == OP_MEAN ? 1 / (float)p->reduced : 1;
    (void)scratch;
    for (uint64_t row = start_of(p->out_elements, piece); row < start_of(p->out_elements, piece + 1); row++)
        out[row] = sum_of_row((const float *)run->in[0] + row * p->reduced, p->reduced) * factor;
}

/* ---- other places ---- */

static void move_piece(const own_run *run, uint32_t piece, void *scratch) {
    const plain *p = plain_of(run);
    size_t length = p->dims[ROW], size = p->element_bytes;
    uint64_t rows = p->elements / length;
    int64_t step = p->steps[0][ROW] * (int64_t)size;
    (void)scratch;
    for (uint64_t row = start_of(rows, piece); row < start_of(rows, piece + 1); row++) {
        const uint8_t *from = (const uint8_t *)run->in[0] + (p->start + row_start(p, row, p->steps[0])) * (int64_t)size;
        uint8_t *to = (uint8_t *)run->out + row * length * size;
        if (step == (int64_t)size)
            memcpy(to, from, length * size);
        else
            for (size_t i = 0; i < length; i++) memcpy(to + i * size, from + (int64_t)i * step, size);
    }
}

/* ---- defining ---- */

/* size: of the structure that begins with a plain. */
static plain *make_sized(op_builder *builder, const tfl_tensor *shape, size_t size) {
    plain *p = builder->keep(builder->context, size);
    if (!p) {
        op_note(builder, xnn_status_out_of_memory);
        return NULL;
    }
    for (uint32_t i = 0; i < TFL_MAX_RANK; i++) p->dims[i] = 1;
    for (uint32_t i = 0; i < shape->rank; i++) p->dims[TFL_MAX_RANK - shape->rank + i] = shape->dims[i];
    p->elements = shape->elements;
    p->node.pieces[0] = PIECES;
    return p;
}

static plain *make(op_builder *builder, const tfl_tensor *shape) {
    return make_sized(builder, shape, sizeof(plain));
}

static void add_node(op_builder *builder, plain *p, const uint32_t *inputs, uint32_t count, uint32_t output) {
    if (builder->status == xnn_status_success)
        op_note(builder, own_node_define(builder->subgraph, &p->node, inputs, count, output));
}

static void define_unary(op_builder *builder, const tfl_op *op, unary_row *row) {
    plain *p = make(builder, &builder->graph->tensors[op->output]);
    if (!p) return;
    p->unary = row;
    p->value = op->params.value;
    p->node.phases[0] = unary_piece;
    uint32_t input = op_float_input(builder, op->inputs[0]), output = op_float_output(builder, op);
    add_node(builder, p, &input, 1, output);
    op_finish_output(builder, op, output);
}

/* Steps of an operand that is repeated over the axes where it has one element only. */
static void set_steps(const plain *p, const tfl_tensor *operand, int64_t steps[TFL_MAX_RANK]) {
    int64_t step = 1;
    for (uint32_t i = 1; i <= TFL_MAX_RANK; i++) {
        uint32_t size = i <= operand->rank ? operand->dims[operand->rank - i] : 1;
        steps[TFL_MAX_RANK - i] = size == 1 && p->dims[TFL_MAX_RANK - i] != 1 ? 0 : step;
        step *= size;
    }
}

static void define_binary(op_builder *builder, const tfl_op *op, binary_row *row) {
    const tfl_tensor *tensors = builder->graph->tensors;
    plain *p = make(builder, &tensors[op->output]);
    if (!p) return;
    uint32_t inputs[2], output;
    for (uint32_t i = 0; i < 2; i++) {
        set_steps(p, &tensors[op->inputs[i]], p->steps[i]);
        inputs[i] = op_float_input(builder, op->inputs[i]);
    }
    p->binary = row;
    tfl_bounds(op->activation, &p->least, &p->most);
    p->node.phases[0] = binary_piece;
    output = op_float_output(builder, op);
    add_node(builder, p, inputs, 2, output);
    op_finish_output(builder, op, output);
}

/* Twice the larger scale, in whose fractions the differences are taken. */
static double common_scale(const op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors;
    return 2 * fmax((double)tensors[op->inputs[0]].scales[0], (double)tensors[op->inputs[1]].scales[0]);
}

/* From squared differences to the output's steps. */
static fixed squares_to_output(const op_builder *builder, const tfl_op *op) {
    double scale = common_scale(builder, op), output = (double)builder->graph->tensors[op->output].scales[0];
    return fixed_of(scale * scale / ((1 << 2 * SQUARED_SHIFT) * output));
}

static void define_squares(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *tensors = builder->graph->tensors, *output = &tensors[op->output];
    squares *s = (squares *)(void *)make_sized(builder, output, sizeof *s);
    if (!s) return;
    uint32_t inputs[2];
    for (uint32_t i = 0; i < 2; i++) {
        const tfl_tensor *input = &tensors[op->inputs[i]];
        fixed to_common = fixed_of((double)input->scales[0] / common_scale(builder, op));
        for (int32_t k = 0; k < VALUES; k++)
            s->scaled[i][k] = multiplied((k + INT8_MIN - input->zero_point) * (1 << SQUARED_SHIFT), to_common);
        set_steps(&s->plain, input, s->plain.steps[i]);
        inputs[i] = op_value(builder, op->inputs[i]);
    }
    s->to_output = squares_to_output(builder, op);
    s->zero = output->zero_point;
    s->plain.node.phases[0] = squares_piece;
    add_node(builder, &s->plain, inputs, 2, op_value(builder, (int32_t)op->output));
}

/* Is the operator computed in fixed point? */
static int is_squares(const op_builder *builder, const tfl_op *op) {
    return op->kind->code == OP_SQUARED_DIFFERENCE && builder->graph->tensors[op->output].type == TFL_I8 &&
           squares_to_output(builder, op).exponent <= 0;
}

/* Does the tensor end with the axes of these bits, so that what is added lies together? */
static int are_last_axes(uint32_t reduced, uint32_t rank) {
    uint32_t first = 0;
    while (first < rank && !(reduced >> first & 1)) first++;
    return reduced >> first == (1u << (rank - first)) - 1;
}

static void define_reduction(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *input = &builder->graph->tensors[op->inputs[0]];
    plain *p = make(builder, input);
    if (!p) return;
    int64_t step = 1;
    for (uint32_t i = input->rank; i-- > 0;) {
        int gone = (op->params.reduced >> i & 1) != 0;
        p->steps[0][TFL_MAX_RANK - input->rank + i] = gone ? 0 : step;
        if (!gone) step *= input->dims[i];
    }
    p->out_elements = (size_t)step;
    p->reduced = (size_t)(input->elements / (uint64_t)step);
    p->reduction = op->kind->code;
    if (op->kind->code != OP_REDUCE_MAX && are_last_axes(op->params.reduced, input->rank)) {
        p->node.phases[0] = sum_rows;
    } else {
        p->node.shared_bytes = p->out_elements * sizeof(double);
        p->node.pieces[0] = 1;
        p->node.phases[0] = reduce_all;
    }
    uint32_t from = op_float_input(builder, op->inputs[0]), output = op_float_output(builder, op);
    add_node(builder, p, &from, 1, output);
    op_finish_output(builder, op, output);
}

static void define_move(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *output = &builder->graph->tensors[op->output];
    plain *p = make(builder, output);
    if (!p) return;
    p->start = op->params.walk.start;
    for (uint32_t i = 0; i < output->rank; i++) p->steps[0][TFL_MAX_RANK - output->rank + i] = op->params.walk.step[i];
    p->element_bytes = tfl_type_size(output->type);
    p->node.phases[0] = move_piece;
    uint32_t input = op_value(builder, op->inputs[0]);
    add_node(builder, p, &input, 1, op_value(builder, (int32_t)op->output));
}

int32_t plain_alias(int32_t code) {
    if (code == OP_SQUEEZE || code == OP_EXPAND_DIMS) return OP_RESHAPE;
    return code == OP_PADV2 ? OP_PAD : code;
}

float plain_padding(const tfl_graph *graph, const tfl_op *op) {
    const tfl_tensor *value = &graph->tensors[op->inputs[2]];
    float real;
    if (value->type == TFL_I8) return (float)((int8_t)value->data[0] - value->zero_point) * value->scales[0];
    memcpy(&real, value->data, sizeof real);
    return real;
}

int define_plain(op_builder *builder, const tfl_op *op) {
    static const struct {
        int32_t code; /* OP_… */
        unary_row *unary;
        binary_row *binary; /* neither: it has a function of its own */
    } table[] = {
        {OP_ABS, row_abs, NULL},
        {OP_NEG, row_neg, NULL},
        {OP_SQUARE, row_square, NULL},
        {OP_SQRT, row_sqrt, NULL},
        {OP_RSQRT, row_rsqrt, NULL},
        {OP_EXP, row_exp, NULL},
        {OP_LOG, row_log, NULL},
        {OP_TANH, row_tanh, NULL},
        {OP_ELU, row_elu, NULL},
        {OP_GELU, row_gelu, NULL},
        {OP_LEAKY_RELU, row_leaky, NULL},
        {OP_RELU_N1_TO_1, row_relu_n1, NULL},
        {OP_SUB, NULL, row_sub},
        {OP_DIV, NULL, row_div},
        {OP_MAXIMUM, NULL, row_max},
        {OP_MINIMUM, NULL, row_min},
        {OP_SQUARED_DIFFERENCE, NULL, row_squared_difference},
        {OP_PRELU, NULL, row_prelu},
    };
    static const int32_t moves[] = {OP_TRANSPOSE, OP_SLICE, OP_STRIDED_SLICE};
    static const int32_t reductions[] = {OP_MEAN, OP_SUM, OP_REDUCE_MAX};
    int32_t code = op->kind->code;
    if (is_squares(builder, op)) return define_squares(builder, op), 1;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].code != code) continue;
        if (table[i].unary)
            define_unary(builder, op, table[i].unary);
        else
            define_binary(builder, op, table[i].binary);
        return 1;
    }
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i] == code) return define_move(builder, op), 1;
    for (size_t i = 0; i < sizeof reductions / sizeof *reductions; i++)
        if (reductions[i] == code) return define_reduction(builder, op), 1;
    return 0;
}
