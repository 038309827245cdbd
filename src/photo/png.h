/* png.h - the square of a PNG. */
#ifndef LT_PHOTO_PNG_H
#define LT_PHOTO_PNG_H

#include "job.h"

/* All kinds of PNG, interlaced ones among them. Errors: all but LT_ARGUMENT. */
lt_status img_decode_png(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);

#endif
