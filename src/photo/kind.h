/* kind.h - what kind of file a photo is, told by its first bytes. */
#ifndef LT_PHOTO_KIND_H
#define LT_PHOTO_KIND_H

#include "base/error.h"

/*
 * Find the kind of a file, bytes: [size] u8, borrowed; *kind is always written.
 * LT_IMAGE_FORMAT for what is none of these, naming what it seems to be;
 * LT_IMAGE_UNSUPPORTED for a JPEG of a coding that is not read, naming it.
 */
lt_status img_find_kind(const uint8_t *bytes, size_t size, lt_photo_kind *kind, lt_error *error);

#endif
