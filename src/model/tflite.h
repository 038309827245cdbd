/*
 * tflite.h - the bytes of a .tflite file -> a checked description of its graph.
 *
 * Everything in the file is untrusted. After tfl_read gave LT_OK:
 *   - every index in the description is in range, the operators stand in the order they can run in;
 *   - every tensor's shape was derived again from the operator that writes it and agrees with the file;
 *   - constants hold exactly the bytes their shape needs, floats among them are finite;
 *   - scales are finite and positive, zero points in range, per-channel counts equal the channels.
 */
#ifndef LT_MODEL_TFLITE_H
#define LT_MODEL_TFLITE_H

#include "base/error.h"
#include "graph.h"

/* Names of the metadata entries that are read. */
#define TFL_DOCUMENT_ENTRY "lentigo"
#define TFL_OOD_ENTRY      "lentigo.ood"
#define TFL_KIND_ENTRY     "lentigo.kind"
#define TFL_SELFTEST_ENTRY "lentigo.selftest"
#define TFL_FOREIGN_ENTRY  "TFLITE_METADATA"

/*
 * Read and check a file ([size] u8 from an address that is a multiple of 4, borrowed until tfl_free).
 * memory (NULL: malloc and free) is borrowed as long. The caller owns *out; on error it is NULL.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_MODEL_FORMAT, LT_MODEL_UNSUPPORTED; the text names the part and the place.
 */
lt_status tfl_read(const uint8_t *bytes, size_t size, const lt_allocator *memory, tfl_graph **out, lt_error *error);

/* Free a graph; NULL is allowed. */
void tfl_free(tfl_graph *graph);

#endif
