/* scratch.h - the memory that photos are decoded and resized in. */
#ifndef LT_PHOTO_SCRATCH_H
#define LT_PHOTO_SCRATCH_H

#include "base/error.h"

/* Memory for decoding and resizing. Kept from photo to photo, so that only a larger one allocates. */
typedef struct img_scratch img_scratch;

/* memory (NULL: malloc and free) is copied. The caller owns *out and frees it with img_scratch_free. On error (LT_MEMORY)
 * *out is NULL. */
lt_status img_scratch_create(const lt_allocator *memory, img_scratch **out, lt_error *error);

/* Free the scratch and all it holds; NULL is allowed. */
void img_scratch_free(img_scratch *scratch);

/* Bytes held now, and the largest number ever held at once. */
size_t img_scratch_held(const img_scratch *scratch);
size_t img_scratch_peak(const img_scratch *scratch);

/*
 * size bytes, not cleared, aligned to 16, valid until img_scratch_reset; NULL where memory ran out or size is
 * beyond IMG_MOST_BYTES. There is no giving back of single pieces: a photo takes few, and all end together.
 */
void *img_scratch_take(img_scratch *scratch, uint64_t size);

/* What a piece of that size takes, and what the scratch would hold more with pieces that take so much in all. */
uint64_t img_piece_bytes(uint64_t size);
uint64_t img_scratch_growth(const img_scratch *scratch, uint64_t pieces);

/* Make room for pieces that take so much, in one block: so that no more is held than that. 0 where there is none. */
int img_scratch_reserve(img_scratch *scratch, uint64_t pieces);

/* End of a photo: all that was taken is invalid. Memory is kept for the next photo, unless it was outsized. */
void img_scratch_reset(img_scratch *scratch);

/* Most bytes one piece may have; sizes up to here fit an int, in which stb_image counts. */
#define IMG_MOST_BYTES ((uint64_t)0x7FFF0000)

/* A scratch that holds more than this after a photo gives all of it back. */
#define IMG_KEPT_BYTES ((size_t)64 << 20)

/* LT_MEMORY for a piece of that size. */
lt_status img_no_memory(uint64_t size, lt_error *error);

#endif
