#include "ops.h"

#include "base/wide.h"
#include "ops_check.h"
#include "ops_wide.h"

/* Types of options in the file (BuiltinOptions). */
enum {
    NO_OPTIONS = 0,
    CONV = 1,
    DEPTHWISE = 2,
    POOL = 5,
    DENSE = 8,
    SOFTMAX = 9,
    CONCAT = 10,
    ADD = 11,
    RESHAPE = 17,
    MUL = 21,
    REDUCE = 27
};

static const op_kind kinds[] = {
    /* name, code, options, newest version, inputs from and to, traits, check */
    {"CONV_2D", OP_CONV_2D, CONV, 8, 2, 3, 0, op_check_conv},
    {"DEPTHWISE_CONV_2D", OP_DEPTHWISE_CONV_2D, DEPTHWISE, 7, 2, 3, 0, op_check_depthwise},
    {"FULLY_CONNECTED", OP_FULLY_CONNECTED, DENSE, 14, 2, 3, 0, op_check_dense},
    {"ADD", OP_ADD, ADD, 6, 2, 2, 0, op_check_binary},
    {"MUL", OP_MUL, MUL, 8, 2, 2, 0, op_check_binary},
    {"AVERAGE_POOL_2D", OP_AVERAGE_POOL_2D, POOL, 3, 1, 1, 0, op_check_average_pool},
    {"MAX_POOL_2D", OP_MAX_POOL_2D, POOL, 3, 1, 1, 0, op_check_max_pool},
    {"MEAN", OP_MEAN, REDUCE, 3, 2, 2, 0, op_check_mean},
    {"RESHAPE", OP_RESHAPE, RESHAPE, 1, 1, 2, OP_RENDERS, op_check_reshape},
    {"PAD", OP_PAD, NO_OPTIONS, 6, 2, 2, 0, op_check_pad},
    {"CONCATENATION", OP_CONCATENATION, CONCAT, 7, 1, TFL_MAX_INPUTS, 0, op_check_concat},
    {"SOFTMAX", OP_SOFTMAX, SOFTMAX, 4, 1, 1, OP_PROBABILITIES, op_check_softmax},
    {"LOGISTIC", OP_LOGISTIC, NO_OPTIONS, 3, 1, 1, OP_PROBABILITIES, op_check_unary},
    {"HARD_SWISH", OP_HARD_SWISH, NO_OPTIONS, 1, 1, 1, 0, op_check_unary},
    {"RELU", OP_RELU, NO_OPTIONS, 3, 1, 1, 0, op_check_relu},
    {"RELU6", OP_RELU6, NO_OPTIONS, 3, 1, 1, 0, op_check_relu6},
    {"QUANTIZE", OP_QUANTIZE, NO_OPTIONS, 6, 1, 1, OP_RENDERS, op_check_quantize},
    {"DEQUANTIZE", OP_DEQUANTIZE, NO_OPTIONS, 9, 1, 1, OP_RENDERS, op_check_dequantize},
};

const op_kind *op_find(int32_t code) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].code == code) return &kinds[i];
    return LT_WIDE ? op_find_wide(code) : NULL;
}

/* Operators that a picture classifier may well contain, for the error text. */
static const struct {
    int32_t code;
    const char *name;
} foreign[] = {
    {5, "DEPTH_TO_SPACE"},
    {8, "FLOOR"},
    {11, "L2_NORMALIZATION"},
    {12, "L2_POOL_2D"},
    {13, "LOCAL_RESPONSE_NORMALIZATION"},
    {16, "LSTM"},
    {20, "RELU_N1_TO_1"},
    {23, "RESIZE_BILINEAR"},
    {26, "SPACE_TO_DEPTH"},
    {28, "TANH"},
    {36, "GATHER"},
    {39, "TRANSPOSE"},
    {41, "SUB"},
    {42, "DIV"},
    {43, "SQUEEZE"},
    {45, "STRIDED_SLICE"},
    {47, "EXP"},
    {48, "TOPK_V2"},
    {49, "SPLIT"},
    {50, "LOG_SOFTMAX"},
    {53, "CAST"},
    {54, "PRELU"},
    {55, "MAXIMUM"},
    {56, "ARG_MAX"},
    {57, "MINIMUM"},
    {59, "NEG"},
    {60, "PADV2"},
    {65, "SLICE"},
    {67, "TRANSPOSE_CONV"},
    {69, "TILE"},
    {70, "EXPAND_DIMS"},
    {73, "LOG"},
    {74, "SUM"},
    {75, "SQRT"},
    {76, "RSQRT"},
    {77, "SHAPE"},
    {78, "POW"},
    {80, "FAKE_QUANT"},
    {82, "REDUCE_MAX"},
    {83, "PACK"},
    {88, "UNPACK"},
    {92, "SQUARE"},
    {97, "RESIZE_NEAREST_NEIGHBOR"},
    {98, "LEAKY_RELU"},
    {99, "SQUARED_DIFFERENCE"},
    {100, "MIRROR_PAD"},
    {101, "ABS"},
    {102, "SPLIT_V"},
    {111, "ELU"},
    {118, "IF"},
    {119, "WHILE"},
    {126, "BATCH_MATMUL"},
    {130, "BROADCAST_TO"},
    {132, "CONV_3D"},
    {150, "GELU"},
    {206, "STABLEHLO_COMPOSITE"},
};

const char *op_foreign_name(int32_t code) {
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (foreign[i].code == code) return foreign[i].name;
    return NULL;
}
