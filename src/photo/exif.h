/* exif.h - the orientation of a photo, out of the few bytes that hold it. */
#ifndef LT_PHOTO_EXIF_H
#define LT_PHOTO_EXIF_H

#include <stddef.h>
#include <stdint.h>

/*
 * The orientation 1..8 of a JPEG (APP1 before the scan) or PNG (eXIf chunk); bytes: [size] u8, borrowed.
 * Anything missing, damaged or out of range counts as 1: a photo is never refused for its EXIF.
 */
uint32_t exif_orientation(const uint8_t *bytes, size_t size);

#endif
