/* photo_dicom.h - small DICOM files for the tests, written from the standard's part 10. */
#ifndef PHOTO_DICOM_H
#define PHOTO_DICOM_H

#include "photo.h"

typedef struct photo_dicom {
    uint32_t width, height;
    const char *syntax;      /* the transfer syntax */
    int implicit, planar;    /* no VRs; one plane a colour */
    int fragments;           /* of a JPEG; 0: native pixels */
    int nested;              /* has sequences of undefined length before the picture */
    uint32_t samples, bits;
    const char *photometric; /* of even length */
    const char *frames;      /* NULL: not said */
    photo_source *source;    /* values 0..255 */
} photo_dicom;

/* RGB of 8 bits in plain bytes, and a baseline JPEG in one fragment. */
photo_dicom photo_dicom_native(uint32_t width, uint32_t height, photo_source *source);
photo_dicom photo_dicom_jpeg(uint32_t width, uint32_t height, photo_source *source);

void photo_write_dicom(photo *file, const photo_dicom *d);

#endif
