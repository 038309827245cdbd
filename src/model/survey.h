/* survey.h - are all operators of a file among those that are run? Only for tflite.c, and not in narrow builds. */
#ifndef LT_MODEL_SURVEY_H
#define LT_MODEL_SURVEY_H

#include "flatbuf.h"

/*
 * Look at every operator (tables of the file) by its operator code before anything else of the graph is read, so that
 * one error names all that are missing. Errors: LT_MODEL_FORMAT, LT_MODEL_UNSUPPORTED.
 */
lt_status survey_operators(fb_file *file, fb_vector codes, fb_vector operators);

#endif
