/*
 * linear.h - linear scores of the features that the network has computed anyway: is this a lesion at all, and which
 * kind of picture is it?
 *
 * score = bias + sum over channels of weight x the channel's mean over the picture. The model file keeps weights and
 * biases in metadata entries beside the document, [scores, channels + 1] f32, little-endian, each score's bias last:
 *
 *   lentigo.ood   one score, larger where the picture is stranger; the document states the thresholds
 *   lentigo.kind  one score a kind, in the document's order; the kind is that of the largest
 */
#ifndef LT_ANSWER_LINEAR_H
#define LT_ANSWER_LINEAR_H

#include "base/error.h"

/* The numbers of some scores; borrowed from the model file until whoever has it puts a copy there. */
typedef struct linear {
    const uint8_t *values; /* [scores, channels + 1] f32, at any address; NULL: there are none */
    size_t bytes;          /* of the values */
    uint32_t scores;       /* 1 or more */
    uint32_t channels;     /* of the feature map */
} linear;

/* An entry as the file has it. */
typedef struct linear_entry {
    const char *name;     /* TFL_…_ENTRY */
    const char *field;    /* of the document that asks for it: "ood" */
    const uint8_t *bytes; /* [size] u8, borrowed as long as the scores are used; NULL where the file has none */
    size_t size;
} linear_entry;

/*
 * Check an entry of so many scores, 1..LT_MAX_KINDS, against the channels of the network's feature map, 0 where it has
 * no such map. *out is written on LT_OK only.
 * Errors: LT_MODEL_METADATA, LT_MODEL_UNSUPPORTED (no feature map), naming the entry.
 */
lt_status linear_read(const linear_entry *entry, uint32_t scores, uint32_t channels, linear *out, lt_error *error);

/*
 * Score `which` of a picture from its feature map, [positions, l->channels] f32, row-major, positions > 0. Sums are
 * taken in one order and in double, so that every build gives the same bits.
 */
double linear_score(const linear *l, uint32_t which, const float *features, size_t positions);

/* The score that is the largest, the first where some are equal. */
uint32_t linear_largest(const linear *l, const float *features, size_t positions);

#endif
