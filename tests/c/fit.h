/* fit.h - the image path for tests: a photo in, pixels out, with every allocation counted. */
#ifndef FIT_H
#define FIT_H

#include "photo.h"
#include "photo/image.h"
#include "photo/job.h"

enum { FIT_SIDE = 512 }; /* largest width and height that fit_rgb has room for */

extern img_scratch *fit_scratch;                  /* in use from fit_start to fit_end */
extern lt_error fit_error;                        /* of the last call */
extern img_info fit_info;                         /* of the last call that went well */
extern uint8_t fit_rgb[FIT_SIDE * FIT_SIDE * 3];  /* what it made */

extern long fit_taken, fit_live; /* allocations so far, and those not given back */
extern long fit_fails_at;        /* the number of the allocation that fails, from 0; -1 for none */

extern const lt_allocator fit_memory; /* what counts them */

/* For use as set-up and tear-down of a cmocka test; the latter checks that all memory was given back. */
int fit_start(void **state);
int fit_end(void **state);

/* Wants a square of that side, all of the photo's shorter side, at most 50 million pixels. */
img_want fit_want(uint32_t side);

/*
 * The file through img_from_file, from a heap copy of exactly its size, so that a read past its end is
 * caught. Checks that the outcome is whole: pixels on LT_OK only, a text on errors only.
 */
lt_status fit_file(const photo *file, const img_want *want);

#endif
