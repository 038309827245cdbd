/* colour_find.h - what a file says of its colours. */
#ifndef LT_PHOTO_COLOUR_FIND_H
#define LT_PHOTO_COLOUR_FIND_H

#include "job.h"

/* Set job->colour by what the file says; channels are stored of a pixel: 1 grey, 3 colours, 4 inks. Errors: LT_MEMORY. */
lt_status img_find_colour(img_scratch *scratch, img_job *job, uint32_t channels, lt_error *error);

#endif
