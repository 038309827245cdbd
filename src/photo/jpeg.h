/* jpeg.h - the square of a JPEG. */
#ifndef LT_PHOTO_JPEG_H
#define LT_PHOTO_JPEG_H

#include "job.h"

/* Baseline and progressive; at 1/2, 1/4 or 1/8 of its size where the square allows it. Errors: all but LT_ARGUMENT. */
lt_status img_decode_jpeg(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);

#endif
