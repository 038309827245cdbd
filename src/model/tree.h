/* tree.h - JSON to yyjson's tree, in the engine's memory. */
#ifndef LT_MODEL_TREE_H
#define LT_MODEL_TREE_H

#include <yyjson.h>

#include "lentigo.h"

/* Strict JSON, however deep it is nested ([size] u8, of which nothing is changed). The caller frees the tree with
 * yyjson_doc_free, before memory goes; NULL where it is wrong or memory is short, and *wrong says which. */
yyjson_doc *tree_read(const uint8_t *json, size_t size, const lt_allocator *memory, yyjson_read_err *wrong);

#endif
