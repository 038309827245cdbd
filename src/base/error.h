/* error.h - the text that goes with a status: which field, at which place. */
#ifndef LT_BASE_ERROR_H
#define LT_BASE_ERROR_H

#include "lentigo.h"

/* The last error of a call; text is "" where status is LT_OK. */
typedef struct lt_error {
    lt_status status;
    char text[480];
} lt_error;

/* Set the error and return its status, so that `return lt_fail(…)` ends a function. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
lt_status
lt_fail(lt_error *error, lt_status status, const char *format, ...);

/* Back to LT_OK and "". */
void lt_clear(lt_error *error);

#endif
