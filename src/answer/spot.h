/* spot.h - where the lesion is: the connected dark parts of a picture, on a grid of cells, by Otsu's threshold. */
#ifndef LT_ANSWER_SPOT_H
#define LT_ANSWER_SPOT_H

#include "lentigo.h"

enum { SPOT_LEVELS = 256 };

/* A picture, borrowed: [height, width, channels] u8, rows without gaps; R, G, B, or with channels 4 also an alpha that
 * is not premultiplied and is laid over white. Sides 1..2^24. */
typedef struct spot_picture {
    const uint8_t *pixels;
    uint32_t width, height, channels;
} spot_picture;

/* As shares, 0..1, of the width and the height. */
typedef struct spot_box {
    float left, top, right, bottom;
} spot_box;

/* The lowest level with more than `skipped` of those counted at or below it. */
uint32_t spot_level_above(const uint64_t histogram[SPOT_LEVELS], uint64_t skipped);

/* Share of the picture that the largest dark parts take, 0..1; training/quality.py does the same arithmetic. */
float spot_share(const spot_picture *picture);

/* The box around the largest dark part. Returns 0, with *out unchanged, where nothing is darker than its ground. */
int spot_find(const spot_picture *picture, spot_box *out);

/* lt_propose_rgba for any of these pictures. */
void spot_propose(const spot_picture *picture, lt_request *request);

#endif
