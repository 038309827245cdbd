/* tflite_code.h - which operator an operator's table names. Only for tflite.c and survey.c. */
#ifndef LT_MODEL_TFLITE_CODE_H
#define LT_MODEL_TFLITE_CODE_H

#include "flatbuf.h"

/* Numbers of the fields in the table of an operator. */
enum { OPERATOR_CODE, OPERATOR_INPUTS, OPERATOR_OUTPUTS, OPERATOR_OPTIONS_TYPE, OPERATOR_OPTIONS };

enum { TFL_CUSTOM = 32 }; /* the builtin code of operators that are known by name */

typedef struct tfl_code {
    int32_t builtin, version;
    fb_vector custom; /* its name, where builtin is TFL_CUSTOM */
} tfl_code;

/* The operator code that a table of an operator names by its index. Errors: LT_MODEL_FORMAT. */
lt_status tfl_read_code(fb_file *file, fb_vector codes, fb_table operator, tfl_code * out);

#endif
