/*
 * ops.h - the operators the engine runs: one table, one line an operator.
 *
 * Each is checked (and its output's shape derived) when a file is read, and defined in an XNNPACK
 * subgraph when a network is built. Only a graph whose check passed is ever defined.
 */
#ifndef LT_OPS_H
#define LT_OPS_H

#include <xnnpack.h>

#include "flatbuf.h"
#include "tflite.h"

/* An operator under check and where it stands. */
typedef struct op_site {
    fb_file *file;
    fb_table options;       /* its options in the file; may be absent */
    const tfl_graph *graph; /* tensors are read, the operators before this one are checked */
    tfl_op *op;             /* inputs and output are set and in range; check fills the rest */
} op_site;

/* What goes into a subgraph besides the graph; owned by the network. */
typedef struct op_builder {
    const tfl_graph *graph;
    xnn_subgraph_t subgraph;
    uint32_t *values;       /* [tensor_count] value of each tensor; XNN_INVALID_VALUE_ID: it has none yet */
    enum xnn_status status; /* of the first call that failed */
    uint32_t calls;         /* values and operators defined */

    /* Memory that lives as long as the runtime, zeroed; NULL where it is short. */
    void *(*keep)(void *context, size_t size);
    void *context;
} op_builder;

/* What an operator is to the graph around it. */
enum {
    OP_RENDERS = 1,      /* only changes how the values are written: RESHAPE, QUANTIZE, DEQUANTIZE */
    OP_PROBABILITIES = 2 /* gives probabilities: SOFTMAX, LOGISTIC */
};

typedef struct op_kind {
    const char *name;       /* as the file format spells it */
    int32_t code;           /* BuiltinOperator in the file */
    uint8_t options;        /* type of its options (BuiltinOptions); 0: it reads none */
    uint8_t version;        /* newest version whose meaning is known */
    uint8_t least, most;    /* inputs, those left out included */
    uint8_t traits;         /* OP_… */
    lt_status (*check)(op_site *site);
    void (*define)(op_builder *builder, const tfl_op *op); /* sets builder->status on error */
} op_kind;

/* The table's line for a code; NULL where the engine does not run the operator. */
const op_kind *op_find(int32_t code);

/* Name of an operator that the engine does not run; NULL where it is not a common one. */
const char *op_foreign_name(int32_t code);

/* The value of a tensor in the subgraph, made where there is none yet; on error builder->status is set. */
uint32_t op_value(op_builder *builder, int32_t tensor);

/* Give a tensor a value with one of the subgraph's external ids. */
void op_external(op_builder *builder, int32_t tensor, uint32_t id, uint32_t flags);

/* The kernel of our own that an operator runs on, on this processor; NULL where XNNPACK runs it. */
const struct kn_kind *op_kernel(const tfl_graph *graph, const tfl_op *op);

/* Do two int8 tensors have the same scale and zero point? */
int op_same_scale(const tfl_tensor *a, const tfl_tensor *b);

/* Not 0 where the operator averages its whole input picture: AVERAGE_POOL_2D or MEAN. */
int op_is_global_pool(const tfl_graph *graph, const tfl_op *op);

/* The range a fused activation leaves, infinite where it is open. */
void op_bounds(tfl_activation activation, float *least, float *most);

/* Rows and columns of zeros in front of and behind the input that a window needs; [top, bottom, left, right]. */
void op_padding(const tfl_tensor *input, const tfl_tensor *output, const tfl_params *params, uint32_t out[4]);

#endif
