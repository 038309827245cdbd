/*
 * foreign.h - the document of a model that has none of ours, from what TFLite Metadata and the caller say of it.
 *
 * TFLite Metadata is a FlatBuffers file of its own ("M001", metadata_schema.fbs of TFLite Support) in the metadata entry
 * TFLITE_METADATA; the files it names lie in a ZIP archive behind the model. Read are name, version, author and licence,
 * the labels of the output's axis or values, and the normalisation of the input, of all channels or each. Not in narrow
 * builds.
 */
#ifndef LT_MODEL_FOREIGN_H
#define LT_MODEL_FOREIGN_H

#include "base/error.h"
#include "graph.h"

/*
 * Write the document as meta.h has it, format 1, to *json ([*size] u8, to be given back to the graph's allocator; NULL where there is nothing to say)
 * and to *unsaid what neither source says (bits LT_UNSAID_…). stated may be NULL.
 * Errors: LT_MEMORY, LT_MODEL_FORMAT, LT_MODEL_UNSUPPORTED, LT_MODEL_METADATA, LT_ARGUMENT (the stated labels or numbers
 * do not fit).
 */
lt_status foreign_document(const tfl_graph *graph, const lt_stated *stated, uint8_t **json, size_t *size,
                           uint32_t *unsaid, lt_error *error);

#endif
