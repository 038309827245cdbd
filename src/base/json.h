/*
 * json.h - writing JSON into a buffer of the caller's.
 *
 * Works as snprintf does: what does not fit is counted and left out, so a first call with
 * capacity 0 gives the size. Independent of the locale.
 */
#ifndef LT_BASE_JSON_H
#define LT_BASE_JSON_H

#include "lentigo.h"

/* A document being written. */
typedef struct json_out {
    char *bytes;     /* [capacity], borrowed; may be NULL where capacity is 0 */
    size_t capacity; /* with room for the final 0 */
    size_t length;   /* bytes of the document so far, whether they fitted or not */
} json_out;

void json_begin(json_out *out, char *bytes, size_t capacity);

/* Put the final 0 behind what fitted. Returns the document's length without it. */
size_t json_end(json_out *out);

/* Text that is JSON already: punctuation, names known at compile time, a whole document. */
void json_raw(json_out *out, const char *text);

/*
 * A string in quotes. Control characters are escaped. A byte that is not UTF-8 becomes the lone
 * surrogate \udc80..\udcff, which keeps file names apart and lets Python's os.fsencode restore them.
 */
void json_string(json_out *out, const char *text);

/* The same for [size] bytes, 0 bytes among them allowed. */
void json_text(json_out *out, const char *text, size_t size);

/* A number as printf wrote it; the locale's decimal point, whatever bytes it has, becomes a '.'. */
void json_number(json_out *out, const char *printed);

/* The fewest digits (6..9) that give the same float again; null where it is not finite. */
void json_float(json_out *out, float value);

/* A number with three decimals; null where it is not finite. */
void json_milli(json_out *out, double value);

void json_unsigned(json_out *out, uint64_t value);
void json_bool(json_out *out, int value);

/* [1,2,…]: values [count]. */
void json_floats(json_out *out, const float *values, size_t count);

#endif
