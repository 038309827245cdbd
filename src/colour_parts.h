/* colour_parts.h - what the files of colour.h share. */
#ifndef LT_COLOUR_PARTS_H
#define LT_COLOUR_PARTS_H

#include "colour.h"

/* base to the power of exponent, base in (0, 4]; the same bits on every machine. */
double col_power(double base, double exponent);

typedef struct col_matrix {
    double m[3][3];
} col_matrix;

/* sRGB's primaries under D50, as its ICC profile has them: columns R, G, B of X, Y, Z. */
extern const col_matrix col_srgb_to_d50;

/* Set matrix and kind of a space whose curves are there, by its primaries under D50. */
void col_finish(col_space *space, const col_matrix *to_d50);

#endif
