/* result.h - the memory of an answer: what the caller sees of it, and the arrays behind that, in one block. */
#ifndef LT_ANSWER_RESULT_H
#define LT_ANSWER_RESULT_H

#include "lentigo.h"

/* The caller has a pointer to `shown`, whose pointers are to what follows and behind it. */
typedef struct full_result {
    lt_result shown; /* first */
    lt_quality quality;
    uint32_t *order, *set;         /* [label_count] */
    float *probabilities, *logits; /* [label_count] */
    char profile[LT_PROFILE_NAME];
    lt_allocator memory;
} full_result;

/* Bytes of a result for so many classes. */
size_t result_bytes(uint32_t classes);

/* A result without an answer for a model of 1..LT_MAX_LABELS classes, freed with lt_result_free; NULL where memory is short.
 * memory (NULL: malloc and free) is copied. */
full_result *result_create(const lt_allocator *memory, uint64_t model, uint32_t classes);

/* The whole behind what a caller sees. */
static inline full_result *result_of(lt_result *shown) {
    return (full_result *)(void *)shown;
}

/* Copy one answer over another; both are for as many classes. */
void result_copy(const full_result *from, full_result *to);

#endif
