/* utf8.h - is this UTF-8? */
#ifndef LT_BASE_UTF8_H
#define LT_BASE_UTF8_H

#include <stddef.h>

/*
 * Length in bytes (1..4) of the well-formed UTF-8 character that starts text ([size] bytes), or 0 where
 * there is none: stray and missing continuation bytes, overlong forms, surrogates, beyond U+10FFFF.
 */
size_t utf8_length(const char *text, size_t size);

/* Offset of the first byte that is not UTF-8; size where all of it is. */
size_t utf8_check(const char *text, size_t size);

#endif
