/* colour_space.h - a colour space as it is computed with, and what its readers share. */
#ifndef LT_PHOTO_COLOUR_SPACE_H
#define LT_PHOTO_COLOUR_SPACE_H

#include "lentigo.h"

typedef struct col_space {
    lt_colour kind;
    char name[LT_PROFILE_NAME]; /* of the profile, and what is wrong with it; "" where there is none */
    float curves[3][256];       /* linear light of each value, 0..1; set where kind is LT_COLOUR_CONVERTED */
    float matrix[3][3];         /* from there to linear sRGB */
} col_space;

/* base to the power of exponent, base in (0, 4]; the same bits on every machine. */
double col_power(double base, double exponent);

/* x and y of R, G, B and white. */
enum { COL_PRIMARIES = 8 };
extern const double col_srgb_primaries[COL_PRIMARIES];

typedef struct col_matrix {
    double m[3][3];
} col_matrix;

/* sRGB's primaries under D50, as its ICC profile has them: columns R, G, B of X, Y, Z. */
extern const col_matrix col_srgb_to_d50;

/* Set matrix and kind of a space whose curves are there, by its primaries under D50. */
void col_finish(col_space *space, const col_matrix *to_d50);

#endif
