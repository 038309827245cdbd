/*
 * spoil.h - makes a single defect in the tests' small network: steps that change its description
 * before it is written, or its bytes after.
 */
#ifndef SPOIL_H
#define SPOIL_H

#include "smallnet.h"

/* What a step changes: the description, and from AFTER on the bytes. */
typedef enum spoil_kind {
    NOTHING,
    FLOAT_NET,  /* takes the f32 network; what follows is done to that */
    DIM,        /* tensor, axis, size */
    RANK,       /* tensor, -, rank */
    TYPE,       /* tensor, -, type */
    SCALE,      /* tensor, index, scale */
    SCALES,     /* tensor, -, number of scales */
    ZERO,       /* tensor, -, zero point */
    ZEROS,      /* tensor, -, number of zero points */
    AXIS,       /* tensor, -, quantised axis */
    BUFFER,     /* tensor, -, number of the buffer */
    DATA_SIZE,  /* tensor, -, bytes */
    DATA_WORD,  /* tensor, index, 32-bit integer */
    DATA_FLOAT, /* tensor, index, float */
    CONSTANT,   /* tensor, -, bytes: becomes a constant of zeros */
    OP_INPUT,   /* operator, index, tensor */
    OP_INPUTS,  /* operator, -, number of inputs */
    OP_OUTPUT,  /* operator, -, tensor */
    OP_OUTPUTS, /* operator, -, number of outputs */
    OP_CODE,    /* operator, -, builtin code */
    OP_CUSTOM,  /* operator: becomes a custom one */
    OP_VERSION, /* operator, -, version */
    OP_OPCODE,  /* operator, -, index of the code */
    OP_OPTION,  /* operator, field, value */
    OP_TYPE,    /* operator, -, type of options */
    SWAP,       /* operator: changes places with the next */
    VERSION,    /* -, -, version */
    SUBGRAPHS,  /* -, -, number */
    INPUT,      /* -, -, tensor */
    INPUTS,     /* -, -, number */
    OUTPUT,     /* -, -, tensor */
    OUTPUTS,    /* -, -, number */
    METADATA,   /* -, -, number of the buffer */
    AFTER,
    WORD_AT,     /* -, place, value: 32 bits of the file */
    HALF_AT,     /* -, place, value: 16 bits of the file */
    ROOT_FIELD,  /* -, field, value: 32 bits of the root table */
    TENSOR_FIELD, /* tensor, field, value: 32 bits of its table */
    COUNT_AT,    /* tensor, -, value: number of dimensions its shape claims */
    SCALES_OFF,  /* tensor: its scales are moved by one byte */
    BUFFER_QUAD, /* tensor, field, value: 64 bits of its buffer's table */
    VTABLE_SIZE, /* tensor, -, value: size of its table's field list */
    VTABLE_OFF,  /* tensor, -, value: the distance from its table to the field list */
    FIELD_OFF,   /* tensor, field, value: place of a field within its table */
    GRAPH_COUNT, /* -, 0 tensors or 1 operators, value: what the vector claims */
    CUT          /* -, -, sixteenths that stay */
} spoil_kind;

typedef struct spoil_step {
    spoil_kind kind;
    size_t which; /* offset in smallnet_parts of the tensor or operator */
    int index;
    double value;
} spoil_step;

/* The small network with the steps done to it, written. The caller frees it with mk_free. */
mk_model *spoiled(const spoil_step *steps, size_t count);

#endif
