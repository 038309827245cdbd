/* photo_icc.h - colour profiles for the tests, written from the ICC's specification, and photos that carry them. */
#ifndef PHOTO_ICC_H
#define PHOTO_ICC_H

#include "photo.h"

/* The ways to write a curve. */
typedef enum icc_form {
    ICC_GAMMA,
    ICC_TABLE,
    ICC_PARAMETRIC_0,
    ICC_PARAMETRIC_1,
    ICC_PARAMETRIC_2,
    ICC_PARAMETRIC_3,
    ICC_PARAMETRIC_4,
    ICC_NO_CURVE,
    ICC_FORMS
} icc_form;

typedef struct photo_icc {
    int version; /* 2 or 4 */
    const char *space, *pcs, *kind, *name; /* the first three of 4 letters */
    const double (*to_d50)[3]; /* NULL: no matrix */
    icc_form form;
    double (*curve)(double); /* of ICC_TABLE */
    double power;            /* of ICC_GAMMA and the parametric forms 0 to 2; 3 and 4 are sRGB's */
    int tables;              /* not 0: has A2B0 */
} photo_icc;

/* Columns R, G, B of X, Y, Z under D50, as the profiles have them that Apple and others publish. */
extern const double icc_p3_to_d50[3][3];

/* Display P3 of version 4. */
photo_icc photo_icc_p3(void);

void photo_write_icc(photo *file, const photo_icc *p);

/* Put a part into a file. */
void photo_insert(photo *file, size_t at, const photo *part);

/* A chunk behind the header of a PNG. */
void photo_png_insert(photo *file, const char *name, const photo *content);

/* The profile as an iCCP chunk, and in so many APP2 segments, the last one first, so that their numbers count. */
void photo_png_add_icc(photo *file, const photo *icc);
void photo_jpeg_add_icc(photo *file, const photo *icc, uint32_t parts);

#endif
