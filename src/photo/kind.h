/* kind.h - what kind of file a photo is, told by its first bytes. */
#ifndef LT_PHOTO_KIND_H
#define LT_PHOTO_KIND_H

#include "base/error.h"

typedef enum img_kind { IMG_JPEG, IMG_PNG, IMG_DICOM } img_kind;

/*
 * Find the kind of a file, bytes: [size] u8, borrowed.
 * LT_IMAGE_FORMAT for what is none of these, naming what it seems to be;
 * LT_IMAGE_UNSUPPORTED for a JPEG of a coding that is not read, naming it.
 */
lt_status img_find_kind(const uint8_t *bytes, size_t size, img_kind *kind, lt_error *error);

#endif
