/* job.h - a photo on its way from file to square: what the decoders of all kinds share. Only for this room. */
#ifndef LT_PHOTO_JOB_H
#define LT_PHOTO_JOB_H

#include "colour.h"
#include "fit.h"
#include "kind.h"
#include "scratch.h"
#include "square.h"

/* LT_IMAGE_SIZE where a photo is empty or too large for want->max_pixels or IMG_MOST_SIDE. */
lt_status img_check_size(uint64_t width, uint64_t height, const img_want *want, lt_error *error);

/* How a file is read: set before, and what comes of it. */
typedef struct img_job {
    lt_photo_kind kind;
    const uint8_t *bytes; /* [size] u8, borrowed */
    size_t size;
    uint32_t orientation;
    int only_plan;       /* not 0: find out what memory it takes, and read no pixels */
    uint64_t held;       /* what the scratch will hold */
    img_picture picture; /* its pixels are in scratch memory; what the file lacks is mid-grey, and counted */
    col_space colour;
    img_square square;
    img_fitter *fitter; /* made before the pixels, so that its memory is known */
} img_job;

/* The end of planning: job->picture and job->square are there, and all else that decoding needs takes `pieces`. Makes
 * room for that. Not 0 where decoding is to go on; else *status says whether anything is wrong. */
int img_begin_pixels(img_scratch *scratch, img_job *job, const img_want *want, uint64_t pieces, lt_status *status,
                     lt_error *error);

#endif
