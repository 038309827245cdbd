/*
 * graph.h - a network as its model file describes it: tensors, and operators in the order they run in.
 */
#ifndef LT_MODEL_GRAPH_H
#define LT_MODEL_GRAPH_H

#include "lentigo.h"

enum {
    TFL_MAX_RANK = 4,
    TFL_MAX_TENSORS = 8192,
    TFL_MAX_OPERATORS = 4096,
    TFL_MAX_INPUTS = 64, /* of one operator */
    TFL_NONE = -1        /* index of an optional input that is left out */
};

/* Most elements in one tensor, and in all computed tensors of a graph together. */
#define TFL_MAX_ELEMENTS (UINT64_C(1) << 27)

/* Element types; the numbers are those of the file format. Of TFL_F16 there are only constants. */
typedef enum tfl_type { TFL_F32 = 0, TFL_F16 = 1, TFL_I32 = 2, TFL_U8 = 3, TFL_I8 = 9 } tfl_type;

/* Numbers are those of the file format. */
typedef enum tfl_activation {
    TFL_ACT_NONE = 0,
    TFL_ACT_RELU = 1,
    TFL_ACT_RELU_N1_TO_1 = 2,
    TFL_ACT_RELU6 = 3
} tfl_activation;

typedef struct tfl_tensor {
    const char *name;          /* [name_size], borrowed from the file, not 0-terminated */
    uint32_t name_size;
    tfl_type type;
    uint32_t rank;             /* 0..TFL_MAX_RANK; 0 is a scalar and only constants have it */
    uint32_t dims[TFL_MAX_RANK];
    uint64_t elements;         /* product of dims */
    const uint8_t *data;       /* [elements] of type for a constant, borrowed or the graph's; NULL where computed */
    uint32_t scale_count;      /* 0: not quantised, 1: per tensor, else dims[channel_axis] */
    uint32_t channel_axis;     /* of the per-channel scales */
    const float *scales;       /* [scale_count], borrowed, aligned */
    int32_t zero_point;        /* 0 for per-channel scales */
    int moved;                 /* not 0: uint8 in the file; here it is int8, values and zero point less TFL_MOVE */
} tfl_tensor;

/* What an operator was given besides its tensors; which member holds follows from the operator. */
typedef union tfl_params {
    struct {                   /* CONV_2D, DEPTHWISE_CONV_2D, AVERAGE_POOL_2D, MAX_POOL_2D */
        uint32_t kernel[2];    /* height, width */
        uint32_t stride[2];    /* height, width */
        uint32_t dilation[2];  /* height, width; 1 for pooling */
        uint32_t multiplier;   /* of a depthwise convolution: output over input channels */
        uint32_t groups;       /* of a plain convolution */
        int same;              /* not 0: SAME padding, else VALID */
    } window;
    uint32_t pad[TFL_MAX_RANK][2]; /* PAD: before and after, per axis */
    uint32_t axis;             /* CONCATENATION */
    int flatten;               /* FULLY_CONNECTED: not 0: the input is taken as [batch, depth] */
    uint32_t reduced;          /* MEAN, SUM, REDUCE_MAX: a bit for each axis that goes, 1 << axis */
    struct {                   /* TRANSPOSE, SLICE, STRIDED_SLICE: where output element [i, …] stands in the input: */
        int64_t start;         /* start + Σ i · step of its axis, in elements */
        int64_t step[TFL_MAX_RANK];
    } walk;
    float value;               /* LEAKY_RELU: the slope below 0; GELU: not 0: approximated by tanh */
} tfl_params;

typedef struct tfl_op {
    const struct op_kind *kind;    /* op_kind.h */
    const int32_t *inputs;         /* [input_count] tensor indices, TFL_NONE for one left out */
    uint32_t input_count;
    uint32_t output;               /* tensor index; every operator read here has one output */
    tfl_activation activation;     /* fused */
    tfl_params params;
} tfl_op;

/* Freed with tfl_free. Pointers into the file last as long as the file's bytes. */
typedef struct tfl_graph {
    const lt_allocator *memory; /* that it is from, borrowed */
    const uint8_t *bytes;      /* the file, [size] u8, borrowed */
    size_t size;
    const char *description;   /* [description_size], borrowed from the file; NULL where absent */
    uint32_t description_size;
    uint32_t tensor_count, op_count;
    tfl_tensor *tensors;       /* [tensor_count] */
    tfl_op *ops;               /* [op_count] in running order */
    uint32_t input, output;    /* tensor indices; [1, H, W, 3] f32 or i8 and [1, …, classes] f32 or i8 */
    int32_t feature;           /* tensor that the global pooling reads, or TFL_NONE */
    uint32_t classes;          /* elements of the output, 1..LT_MAX_LABELS */
    int probabilities;         /* not 0: the last operator is SOFTMAX or LOGISTIC */
    const uint8_t *metadata;   /* entry `lentigo`, [metadata_size] u8, borrowed; NULL where absent */
    size_t metadata_size;
    const uint8_t *ood;        /* entry `lentigo.ood`, [ood_size] u8, borrowed; NULL where absent */
    size_t ood_size;
    const uint8_t *kind;       /* entry `lentigo.kind`, [kind_size] u8, borrowed; NULL where absent */
    size_t kind_size;
    const uint8_t *selftest;   /* entry `lentigo.selftest`, [selftest_size] u8, borrowed; NULL where absent */
    size_t selftest_size;
    const uint8_t *described;  /* entry `TFLITE_METADATA`, [described_size] u8, borrowed; NULL where absent */
    size_t described_size;
    uint8_t *made;             /* owned: constants of another type than the file's; NULL: there are none */
    size_t allocated;          /* bytes of the graph's own allocations */
} tfl_graph;

/* Name of a type as the file format spells it ("FLOAT32"). */
const char *tfl_type_name(tfl_type type);

/* What is taken off uint8 values to make them int8. */
enum { TFL_MOVE = 128 };

/* Type and zero point as the file has them: what was uint8 is told apart from int8. */
static inline tfl_type tfl_file_type(const tfl_tensor *tensor) {
    return tensor->moved ? TFL_U8 : tensor->type;
}

static inline int32_t tfl_file_zero(const tfl_tensor *tensor) {
    return tensor->moved ? tensor->zero_point + TFL_MOVE : tensor->zero_point;
}

/* Bytes of one element. */
size_t tfl_type_size(tfl_type type);

/* Do two int8 tensors have the same scale and zero point? */
int tfl_same_scale(const tfl_tensor *a, const tfl_tensor *b);

/* The range a fused activation leaves, infinite where it is open. */
void tfl_bounds(tfl_activation activation, float *least, float *most);

/* Rows (side 0) or columns (side 1) from the first to the last element of a window, dilation included. */
uint64_t tfl_reach(const tfl_params *params, uint32_t side);

/* Rows and columns of zeros in front of and behind the input that a window needs; [top, bottom, left, right]. */
void tfl_padding(const tfl_tensor *input, const tfl_tensor *output, const tfl_params *params, uint32_t out[4]);

#endif
