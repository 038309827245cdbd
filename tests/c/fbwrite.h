/*
 * fbwrite.h - writes .tflite files for tests, good ones and ones with a single defect.
 *
 *     mk_model *m = mk_new();
 *     int32_t x = mk_tensor_of(m, MK_F32, (int32_t[]){1, 8, 8, 3}, 4);
 *     …
 *     m->tensors[x].dims[1] = 0;        // spoil the description before it is written, or
 *     mk_write(m);
 *     fbw_put32(&m->file, m->tensors[x].at, 99); // the bytes after it: positions are in the description
 *     tfl_read(m->file.bytes, m->file.size, …);
 *     mk_free(m);
 *
 * Where memory is short or a limit is passed the test program ends.
 */
#ifndef FBWRITE_H
#define FBWRITE_H

#include <stddef.h>
#include <stdint.h>

/* ---- FlatBuffers ---- */

typedef struct fbw {
    uint8_t *bytes; /* [size] u8, owned */
    size_t size, capacity;
} fbw;

void fbw_put8(fbw *file, size_t at, uint8_t value);
void fbw_put16(fbw *file, size_t at, uint16_t value);
void fbw_put32(fbw *file, size_t at, uint32_t value);
void fbw_put64(fbw *file, size_t at, uint64_t value);
uint32_t fbw_get32(const fbw *file, size_t at);

/* Append a table; layout has a letter a field: '.' absent, 'b' u8, 'w' 32 bits or an offset, 'q' 64 bits. */
size_t fbw_table(fbw *file, const char *layout);

/* Place of a field that the table has. */
size_t fbw_field(const fbw *file, size_t table, unsigned field);

/* Append a vector of zeros; returns the place of its count, 4 before the first element. */
size_t fbw_vector(fbw *file, uint32_t count, size_t element_size);

/* Make the offset at a place lead to another, later one. */
void fbw_link(fbw *file, size_t at, size_t target);

/* Free what was written. */
void fbw_free(fbw *file);

/* Append bytes, and a string or list of bytes that a field is to lead to. */
void fbw_append(fbw *file, const void *bytes, size_t size);
void fbw_bytes(fbw *file, size_t field, const void *bytes, size_t size);

/* ---- a .tflite model ---- */

enum { MK_F32 = 0, MK_F16 = 1, MK_I32 = 2, MK_U8 = 3, MK_I64 = 4, MK_I8 = 9 };
enum { MK_TENSORS = 80, MK_OPS = 40, MK_RANK = 6, MK_SCALES = 64, MK_INPUTS = 80, MK_OPTIONS = 7 };

typedef struct mk_tensor {
    int32_t dims[MK_RANK];
    uint32_t rank;
    int32_t type;
    void *data; /* [data_size] u8, owned; NULL: computed */
    uint32_t data_size;
    float scales[MK_SCALES];
    uint32_t scale_count;
    int64_t zero_point; /* of each scale */
    uint32_t zero_count;
    int32_t axis;
    int32_t buffer; /* number of the buffer to name instead of its own; -1: its own */

    size_t at, shape_at, quantisation_at, scales_at, buffer_at, data_at; /* places after mk_write; 0: absent */
} mk_tensor;

typedef struct mk_op {
    int32_t code, version, opcode; /* opcode: index of the operator code to name; -1: its own */
    const char *custom;
    int32_t inputs[MK_INPUTS];
    uint32_t input_count;
    int32_t outputs[2];
    uint32_t output_count;
    uint8_t options_type;
    const char *layout; /* of the options */
    int32_t options[MK_OPTIONS];

    size_t at, code_at, options_at; /* places after mk_write */
} mk_op;

typedef struct mk_model {
    mk_tensor tensors[MK_TENSORS];
    mk_op ops[MK_OPS];
    uint32_t tensor_count, op_count, subgraph_count, version;
    int32_t inputs[2], outputs[2];
    uint32_t input_count, output_count;
    const char *metadata_name, *metadata; /* the entry's name and text; NULL: no entry */
    size_t metadata_size;                 /* bytes of it where it is no text; 0: its length */
    uint32_t metadata_buffer;             /* number of the buffer to name instead of its own; 0: its own */
    const void *ood;                      /* [ood_size] u8 of a second entry, "lentigo.ood"; NULL: none */
    size_t ood_size;
    const void *kind;                     /* [kind_size] u8 of a third, "lentigo.kind"; NULL: none */
    size_t kind_size;
    const char *selftest;                 /* text of a fourth, "lentigo.selftest"; NULL: none */
    fbw file;                             /* owned */

    size_t root_at, subgraph_at, tensors_at, ops_at, buffers_at, metadata_at; /* places after mk_write */
} mk_model;

mk_model *mk_new(void);
void mk_free(mk_model *m);

/* Add a computed tensor; returns its number. */
int32_t mk_tensor_of(mk_model *m, int32_t type, const int32_t *dims, uint32_t rank);

/* Quantise a tensor with one scale. */
void mk_quantise(mk_model *m, int32_t tensor, float scale, int64_t zero_point);

/* Give a tensor its data, [size] u8, copied: it becomes a constant. */
void mk_fill(mk_model *m, int32_t tensor, const void *data, size_t size);

/* Add an operator with two inputs at most (-1: none); returns it for more to be set. */
mk_op *mk_add(mk_model *m, int32_t code, int32_t a, int32_t b, int32_t output);

/* Give an operator options of a type, by their layout; values in the order of the fields. */
void mk_options(mk_op *op, uint8_t type, const char *layout, const int32_t *values);

/* Write m->file. */
void mk_write(mk_model *m);

#endif
