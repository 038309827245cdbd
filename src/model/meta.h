/*
 * meta.h - the metadata entry `lentigo` of a model file, a JSON document, turned into an lt_model.
 *
 *   { "format": 2, "name", "version", "licence", "attribution",
 *     "labels": [{"id", "name", "about", "malignant"}],
 *     "preprocessing": {"crop", "width", "height", "mean", "std", "filter"},
 *     "kinds": [{"id", "name",
 *                "log_prior", "temperature", "thresholds": {"confidence", …},
 *                "operating_points": [{"name", "threshold", "sensitivity", "specificity", "ppv", "ppv_at_2_percent"}],
 *                "conformal": {"coverage", "prior", "thresholds"},
 *                "quality": {measure: {"min", "max"}},
 *                "ood": {"score": "linear", "threshold"}}] }
 *
 * Needed are format, labels with their ids, and from format 2 on kinds with theirs; lentigo.h states what holds where
 * another field is absent, and fields that are not named here are kept and not read. Format 1 tells no kinds: what a
 * kind has stands in the document itself, and the model gets one kind of id "". With two kinds or more the file has an
 * entry `lentigo.kind`, where an "ood" is stated an entry `lentigo.ood` (linear.h).
 */
#ifndef LT_MODEL_META_H
#define LT_MODEL_META_H

#include "base/error.h"
#include "lentigo.h"
#include "meta_net.h"

/*
 * Read and check the document (json: [size] u8, borrowed for the call; NULL where the file has none, and
 * then every field takes the default that lentigo.h states). The caller owns *out, one allocation, and
 * frees it with mem_give(). On error *out is NULL and the text names the field.
 * Errors: LT_MEMORY, LT_MODEL_METADATA, LT_MODEL_UNSUPPORTED (a newer format, another filter).
 */
lt_status meta_read(const uint8_t *json, size_t size, const meta_net *net, const lt_allocator *memory, lt_model **out,
                    lt_error *error);

#endif
