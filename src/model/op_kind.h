/* op_kind.h - what is known of an operator: its place in the file format, and how it is checked. */
#ifndef LT_MODEL_OP_KIND_H
#define LT_MODEL_OP_KIND_H

#include "flatbuf.h"
#include "graph.h"

/* An operator under check and where it stands. */
typedef struct op_site {
    fb_file *file;
    fb_table options;       /* its options in the file; may be absent */
    const tfl_graph *graph; /* tensors are read, the operators before this one are checked */
    tfl_op *op;             /* inputs and output are set and in range; check fills the rest */
} op_site;

/* The operators that are run, by their numbers in the file format (BuiltinOperator). */
enum {
    OP_ADD = 0,
    OP_AVERAGE_POOL_2D = 1,
    OP_CONCATENATION = 2,
    OP_CONV_2D = 3,
    OP_DEPTHWISE_CONV_2D = 4,
    OP_DEQUANTIZE = 6,
    OP_FULLY_CONNECTED = 9,
    OP_LOGISTIC = 14,
    OP_MAX_POOL_2D = 17,
    OP_MUL = 18,
    OP_RELU = 19,
    OP_RELU6 = 21,
    OP_RESHAPE = 22,
    OP_SOFTMAX = 25,
    OP_PAD = 34,
    OP_MEAN = 40,
    OP_QUANTIZE = 114,
    OP_HARD_SWISH = 117,

    /* of other people's models, not in narrow builds */
    OP_RELU_N1_TO_1 = 20,
    OP_TANH = 28,
    OP_TRANSPOSE = 39,
    OP_SUB = 41,
    OP_DIV = 42,
    OP_SQUEEZE = 43,
    OP_STRIDED_SLICE = 45,
    OP_EXP = 47,
    OP_PRELU = 54,
    OP_MAXIMUM = 55,
    OP_MINIMUM = 57,
    OP_NEG = 59,
    OP_PADV2 = 60,
    OP_SLICE = 65,
    OP_EXPAND_DIMS = 70,
    OP_LOG = 73,
    OP_SUM = 74,
    OP_SQRT = 75,
    OP_RSQRT = 76,
    OP_REDUCE_MAX = 82,
    OP_SQUARE = 92,
    OP_LEAKY_RELU = 98,
    OP_SQUARED_DIFFERENCE = 99,
    OP_ABS = 101,
    OP_ELU = 111,
    OP_GELU = 150
};

/* tfl_params.reduced of a mean over height and width. */
enum { OP_PICTURE_AXES = 1 << 1 | 1 << 2 };

/* What an operator is to the graph around it. */
enum {
    OP_RENDERS = 1,      /* only changes how the values are written: RESHAPE, QUANTIZE, DEQUANTIZE */
    OP_PROBABILITIES = 2 /* gives probabilities: SOFTMAX, LOGISTIC */
};

typedef struct op_kind {
    const char *name;       /* as the file format spells it */
    int32_t code;           /* OP_… above */
    uint8_t options;        /* type of its options (BuiltinOptions); 0: it reads none */
    uint8_t version;        /* newest version whose meaning is known */
    uint8_t least, most;    /* inputs, those left out included */
    uint8_t traits;         /* OP_… */
    lt_status (*check)(op_site *site);
} op_kind;

/* Not 0 where the operator averages its whole input picture, [N, H, W, C]: AVERAGE_POOL_2D or MEAN. */
int op_is_global_pool(const tfl_graph *graph, const tfl_op *op);

/*
 * Not 0 where the operator has weights of int8 or uint8 that no fixed-point kernel takes: under an input of f32, which is
 * quantised while the network runs (dynamic), or with a zero point, as older files have them (uneven).
 */
int op_is_dynamic(const tfl_graph *graph, const tfl_op *op);
int op_is_uneven(const tfl_graph *graph, const tfl_op *op);

#endif
