#include "ops.h"

#include "ops_check.h"
#include "ops_define.h"

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
    /* name, code, options, newest version, inputs from and to, traits, check, define */
    {"CONV_2D", 3, CONV, 8, 2, 3, 0, op_check_conv, op_define_conv},
    {"DEPTHWISE_CONV_2D", 4, DEPTHWISE, 7, 2, 3, 0, op_check_depthwise, op_define_depthwise},
    {"FULLY_CONNECTED", 9, DENSE, 14, 2, 3, 0, op_check_dense, op_define_dense},
    {"ADD", 0, ADD, 6, 2, 2, 0, op_check_binary, op_define_add},
    {"MUL", 18, MUL, 8, 2, 2, 0, op_check_binary, op_define_mul},
    {"AVERAGE_POOL_2D", 1, POOL, 3, 1, 1, 0, op_check_average_pool, op_define_average_pool},
    {"MAX_POOL_2D", 17, POOL, 3, 1, 1, 0, op_check_max_pool, op_define_max_pool},
    {"MEAN", 40, REDUCE, 3, 2, 2, 0, op_check_mean, op_define_mean},
    {"RESHAPE", 22, RESHAPE, 1, 1, 2, OP_RENDERS, op_check_reshape, op_define_reshape},
    {"PAD", 34, NO_OPTIONS, 6, 2, 2, 0, op_check_pad, op_define_pad},
    {"CONCATENATION", 2, CONCAT, 7, 1, TFL_MAX_INPUTS, 0, op_check_concat, op_define_concat},
    {"SOFTMAX", 25, SOFTMAX, 4, 1, 1, OP_PROBABILITIES, op_check_softmax, op_define_softmax},
    {"LOGISTIC", 14, NO_OPTIONS, 3, 1, 1, OP_PROBABILITIES, op_check_unary, op_define_sigmoid},
    {"HARD_SWISH", 117, NO_OPTIONS, 1, 1, 1, 0, op_check_unary, op_define_hard_swish},
    {"RELU", 19, NO_OPTIONS, 3, 1, 1, 0, op_check_relu, op_define_clamp},
    {"RELU6", 21, NO_OPTIONS, 3, 1, 1, 0, op_check_relu6, op_define_clamp},
    {"QUANTIZE", 114, NO_OPTIONS, 6, 1, 1, OP_RENDERS, op_check_quantize, op_define_convert},
    {"DEQUANTIZE", 6, NO_OPTIONS, 9, 1, 1, OP_RENDERS, op_check_dequantize, op_define_convert},
};

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

const op_kind *op_find(int32_t code) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].code == code) return &kinds[i];
    return NULL;
}

const char *op_foreign_name(int32_t code) {
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (foreign[i].code == code) return foreign[i].name;
    return NULL;
}

int op_same_scale(const tfl_tensor *a, const tfl_tensor *b) {
    return a->scales[0] == b->scales[0] && a->zero_point == b->zero_point;
}

int op_is_global_pool(const tfl_graph *graph, const tfl_op *op) {
    if (op->kind->check == op_check_mean) return 1;
    if (op->kind->check != op_check_average_pool) return 0;
    const tfl_tensor *input = &graph->tensors[op->inputs[0]], *output = &graph->tensors[op->output];
    return output->dims[1] == 1 && output->dims[2] == 1 && op->params.window.kernel[0] >= input->dims[1] &&
           op->params.window.kernel[1] >= input->dims[2];
}
