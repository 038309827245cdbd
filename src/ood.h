/*
 * ood.h - does the picture show a lesion at all? A score from the features the network has computed anyway.
 *
 * score = bias + sum over channels of weight x the channel's mean over the picture, larger where the picture is
 * stranger. The model file keeps weights and bias in the metadata entry `lentigo.ood`, [channels + 1] f32,
 * little-endian, the bias last; the threshold stands in the JSON document, "ood": {"score", "threshold"}.
 */
#ifndef LT_OOD_H
#define LT_OOD_H

#include "error.h"

/* Name of the metadata entry. */
#define OOD_ENTRY "lentigo.ood"

/* The score's numbers. Plain data; borrows the model file. */
typedef struct ood_model {
    const uint8_t *values; /* [channels + 1] f32, at any address, borrowed from the file; NULL: the model has none */
    uint32_t channels;     /* of the feature map */
} ood_model;

/*
 * Check the entry (bytes: [size] u8, borrowed as long as *out is used; NULL where the file has none) against the
 * channels of the network's feature map, 0 where it has no such map. *out is written on LT_OK only.
 * Errors: LT_MODEL_METADATA, LT_MODEL_UNSUPPORTED (no feature map), naming the entry.
 */
lt_status ood_read(const uint8_t *bytes, size_t size, uint32_t channels, ood_model *out, lt_error *error);

/*
 * The score of a picture from its feature map, [positions, ood->channels] f32, row-major, positions > 0. Sums are
 * taken in one order and in double, so that every build gives the same bits.
 */
float ood_score(const ood_model *ood, const float *features, size_t positions);

#endif
