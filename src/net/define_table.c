#include "define_table.h"

#include <math.h>

#include "own_node.h"

enum { PIECES = 16, VALUES = 256 };

typedef struct table {
    own_node node;
    size_t elements;
    int8_t values[VALUES]; /* by the input's value less INT8_MIN */
} table;

static void look_up(const own_run *run, uint32_t piece, void *scratch) {
    const table *t = (const table *)(const void *)run->node;
    const int8_t *in = run->in[0];
    int8_t *out = run->out;
    size_t part = (t->elements + PIECES - 1) / PIECES, from = piece * part, to = from + part;
    (void)scratch;
    for (size_t i = from; i < to && i < t->elements; i++) out[i] = t->values[in[i] - INT8_MIN];
}

static table *make(op_builder *builder, const tfl_tensor *input) {
    table *t = builder->keep(builder->context, sizeof *t);
    if (!t) {
        op_note(builder, xnn_status_out_of_memory);
        return NULL;
    }
    t->elements = (size_t)input->elements;
    t->node.pieces[0] = PIECES;
    t->node.phases[0] = look_up;
    return t;
}

static void add(op_builder *builder, table *t, uint32_t input, uint32_t output) {
    if (builder->status == xnn_status_success)
        op_note(builder, own_node_define(builder->subgraph, &t->node, &input, 1, output));
}

static int8_t clamped(float value) {
    return (int8_t)fminf(fmaxf(value, INT8_MIN), INT8_MAX);
}

/* ---- HARD_SWISH: x · relu6(x + 3) / 6 in fixed point of 16 bits ---- */

/* Ratios of scales that shifts of 16 bits reach: to the output's, and to the gate's. */
static const float LEAST_SWISH = 0x1p-15f, MOST_SWISH[2] = {1, 0x1p15f};

/* A positive real number as multiplier / 2^15 · 2^exponent. */
typedef struct fixed {
    int16_t multiplier;
    int exponent;
} fixed;

static fixed fixed_of(double real) {
    fixed f;
    int64_t whole = llround(frexp(real, &f.exponent) * 2147483648.0);
    if (whole == INT64_C(1) << 31) whole /= 2, f.exponent++;
    f.multiplier = (int16_t)(whole >= INT32_MAX - (1 << 15) ? INT16_MAX : (whole + (1 << 15)) >> 16);
    return f;
}

static int16_t saturated(int32_t value) {
    return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

/* a · b / 2^15, rounded to nearest and a half away from 0. */
static int16_t multiplied(int16_t a, int16_t b) {
    int32_t product = a * b, half = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return saturated((product + half) / (1 << 15));
}

/* value / 2^exponent, rounded to nearest and a half away from 0. */
static int16_t divided(int16_t value, int exponent) {
    int32_t mask = (int32_t)((INT64_C(1) << exponent) - 1), rest = value & mask;
    return (int16_t)((value >> exponent) + (rest > (mask >> 1) + (value < 0)));
}

static int16_t shifted(int16_t value, int exponent) {
    return saturated((int32_t)(value * (INT64_C(1) << exponent)));
}

/* Where the value lies between -3 (0) and 3 (almost 2^15), ends beyond. */
static int16_t gate_of(int16_t value, fixed to_gate) {
    int16_t gate = value;
    if (to_gate.exponent > 0) gate = shifted(gate, to_gate.exponent - 1);
    gate = multiplied(gate, to_gate.multiplier);
    if (to_gate.exponent > 0) gate = shifted(gate, 1);
    if (to_gate.exponent < 0) gate = divided(gate, -to_gate.exponent);
    return (int16_t)((gate + (1 << 15)) >> 1);
}

int define_hard_swish_table(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *input = &builder->graph->tensors[op->inputs[0]], *output = &builder->graph->tensors[op->output];
    const float fine = (1.0f / 128.0f) * input->scales[0], gate_scale = 3.0f / 32768.0f;
    const float ratios[2] = {fine / output->scales[0], fine / gate_scale};
    for (int i = 0; i < 2; i++)
        if (!(ratios[i] > LEAST_SWISH && ratios[i] < MOST_SWISH[i])) return 0;
    fixed to_output = fixed_of((double)ratios[0]), to_gate = fixed_of((double)ratios[1]);
    if (to_output.exponent > 0) return 0;
    table *t = make(builder, input);
    if (!t) return 1;
    for (int32_t i = 0; i < VALUES; i++) {
        int16_t value = (int16_t)((i + INT8_MIN - input->zero_point) * 128);
        int32_t product = gate_of(value, to_gate) * multiplied(value, to_output.multiplier);
        int16_t result = divided((int16_t)(product / (1 << 15)), -to_output.exponent);
        t->values[i] = clamped((float)(result + output->zero_point));
    }
    add(builder, t, op_value(builder, op->inputs[0]), op_value(builder, (int32_t)op->output));
    return 1;
}

/* ---- another scale ---- */

/* XNNPACK takes a QUANTIZE whose scales have this ratio, with a factor of 8 bits behind the point. */
static const float LEAST_RATIO = 0x1p-8f, MOST_RATIO = 0x1p7f;
static const double MOST_FACTOR = 0x1p20; /* all values but 0 are beyond the ends with it */
enum { FACTOR_BITS = 8, MULTIPLIER_BITS = 31, MOST_SHIFT = 62 };

/* value · ratio as LiteRT's own kernels round it: with a factor of 31 bits, a half upwards. */
static float multiplied_by(int32_t value, double ratio) {
    int exponent;
    if (!(ratio < MOST_FACTOR)) return value == 0 ? 0 : copysignf(INFINITY, (float)value);
    double fraction = frexp(ratio, &exponent);
    int64_t product = value * llround(ldexp(fraction, MULTIPLIER_BITS));
    int shift = MULTIPLIER_BITS - exponent;
    if (shift > MOST_SHIFT) return 0;
    return (float)((product + (INT64_C(1) << (shift - 1))) >> shift);
}

void define_quantize_table(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *from = &builder->graph->tensors[op->inputs[0]], *to = &builder->graph->tensors[op->output];
    table *t = make(builder, from);
    if (!t) return;
    float ratio = from->scales[0] / to->scales[0];
    int by_xnnpack = ratio >= LEAST_RATIO && ratio <= MOST_RATIO && from->moved == to->moved;
    int32_t factor = by_xnnpack ? (int32_t)lrintf(ratio * (1 << FACTOR_BITS)) : 0;
    for (int32_t i = 0; i < VALUES; i++) {
        int32_t value = i + INT8_MIN - from->zero_point;
        float moved = by_xnnpack ? (float)((value * factor + (1 << (FACTOR_BITS - 1))) >> FACTOR_BITS)
                                 : multiplied_by(value, (double)from->scales[0] / (double)to->scales[0]);
        t->values[i] = clamped(moved + (float)to->zero_point);
    }
    add(builder, t, op_value(builder, op->inputs[0]), op_value(builder, (int32_t)op->output));
}

void define_relu_table(op_builder *builder, const tfl_op *op) {
    const tfl_tensor *from = &builder->graph->tensors[op->inputs[0]], *to = &builder->graph->tensors[op->output];
    table *t = make(builder, from);
    if (!t) return;
    float ratio = from->scales[0] / to->scales[0], least, most;
    tfl_bounds(op->activation, &least, &most);
    least = roundf(least / to->scales[0]);
    most = roundf(most / to->scales[0]);
    for (int32_t i = 0; i < VALUES; i++) {
        float value = multiplied_by(i + INT8_MIN - from->zero_point, (double)ratio);
        t->values[i] = clamped(fminf(fmaxf(value, least), most) + (float)to->zero_point);
    }
    add(builder, t, op_value(builder, op->inputs[0]), op_value(builder, (int32_t)op->output));
}

void define_rescaled(op_builder *builder, const tfl_tensor *from, const tfl_tensor *to, uint32_t input,
                     uint32_t output) {
    table *t = make(builder, from);
    if (!t) return;
    float ratio = from->scales[0] * (1 / to->scales[0]), bias = (float)-tfl_file_zero(from) * ratio;
    for (int32_t i = 0; i < VALUES; i++) /* as it stands in the file */
        t->values[i] = clamped(roundf((float)i * ratio + bias) + (float)to->zero_point);
    add(builder, t, input, output);
}
