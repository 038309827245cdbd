#include "error.h"

#include <stdarg.h>
#include <stdio.h>

lt_status lt_fail(lt_error *error, lt_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    error->status = status;
    (void)vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return status;
}

void lt_clear(lt_error *error) {
    error->status = LT_OK;
    error->text[0] = '\0';
}
