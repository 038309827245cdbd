/* document.h - what is known of a model that has been read: from its own document, or from what others say of it. */
#ifndef LT_MODEL_DOCUMENT_H
#define LT_MODEL_DOCUMENT_H

#include "base/error.h"
#include "graph.h"

/*
 * views: of the square that can be averaged. stated: what the user says of a model without a document of ours, or NULL.
 * The caller owns *out and frees it with mem_give() and the graph's allocator; on error it is NULL.
 * Errors: as meta_read and foreign_document; LT_ARGUMENT where something is stated of a model with a document.
 */
lt_status document_read(const tfl_graph *graph, uint32_t views, const lt_stated *stated, lt_model **out,
                        lt_error *error);

#endif
