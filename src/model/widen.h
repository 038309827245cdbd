/*
 * widen.h - constants of types that no kernel takes, turned into those that kernels do, when a file is read.
 *
 * uint8 becomes int8 by taking 128 off values and zero point, which changes no real value. What an operator DEQUANTIZE
 * makes of a constant (float16, or int8 with scales) is computed once, and the operator goes. Only for tflite.c, and not
 * in narrow builds.
 */
#ifndef LT_MODEL_WIDEN_H
#define LT_MODEL_WIDEN_H

#include "flatbuf.h"
#include "graph.h"

/* The room for converted constants that is left, within graph->made. */
typedef struct widen_room {
    uint8_t *next;
    size_t left;
} widen_room;

/* Room that a constant of so many f32 takes. */
uint64_t widen_bytes(uint64_t elements);

/*
 * Allocate graph->made with `folded` bytes of room for what is dequantised, and room for the moved constants, which are converted.
 * Errors: LT_MEMORY.
 */
lt_status widen_start(fb_file *file, tfl_graph *graph, uint64_t folded, widen_room *room);

/*
 * Give `output` the f32 values of the constant `input`, of the same shape.
 * Errors: LT_MODEL_FORMAT (another shape or type, values that are not finite).
 */
lt_status widen_fold(fb_file *file, const tfl_tensor *input, tfl_tensor *output, widen_room *room);

#endif
