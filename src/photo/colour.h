/*
 * colour.h - the colour space of a photo, and from there to sRGB, which the network was trained on.
 *
 * Read are ICC profiles of versions 2 and 4 that consist of curves and, for RGB, a matrix; and what PNG says in chunks
 * of its own. Everything is computed by the four operations, so that every build gives the same bits.
 */
#ifndef LT_PHOTO_COLOUR_H
#define LT_PHOTO_COLOUR_H

#include <stddef.h>
#include <stdint.h>

#include "colour_space.h"

/* What a photo has that says nothing of its colours: taken for sRGB. */
void col_unstated(col_space *space);

/* sRGB, by its name. */
void col_srgb(col_space *space, const char *name);

/* A colour space that is not read; reason may be NULL. */
void col_unread(col_space *space, const char *name, const char *reason);

/* An ICC profile ([size] u8, borrowed) of a photo of 1, 3 or 4 channels. Never fails: what cannot be read is named. */
void col_from_icc(const uint8_t *profile, size_t size, uint32_t channels, col_space *space);

/* Primaries and white as x, y of R, G, B, W; each curve is a power, or sRGB's where gamma is 0. */
void col_from_primaries(const double xy[COL_PRIMARIES], double gamma, const char *name, col_space *space);

/* Primaries and transfer function by their numbers in ITU-T H.273. */
void col_from_codes(uint32_t primaries, uint32_t transfer, int is_full_rgb, col_space *space);

/* rgb: [pixels, 3] u8, changed in place where the space is another than sRGB. */
void col_apply(const col_space *space, uint8_t *rgb, size_t pixels);

#endif
