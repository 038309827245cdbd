/* tflite_tensor.h - reads the tensors and buffers of a .tflite file; only for tflite.c. */
#ifndef LT_MODEL_TFLITE_TENSOR_H
#define LT_MODEL_TFLITE_TENSOR_H

#include "flatbuf.h"
#include "graph.h"

/*
 * Fill graph->tensors, [graph->tensor_count], from the file's lists of tensors and buffers: shape,
 * type, scales, and the data of constants, all checked; those of moved tensors are still uint8. Errors: LT_MODEL_FORMAT, LT_MODEL_UNSUPPORTED.
 */
lt_status tfl_read_tensors(fb_file *file, fb_vector tensors, fb_vector buffers, tfl_graph *graph);

/* The bytes of buffer number i; empty where it holds none. The part being read is named in errors. */
lt_status tfl_read_buffer(fb_file *file, fb_vector buffers, uint32_t i, fb_vector *out);

#endif
