/* quality.h - is the photo good enough to be judged? Measured before the network, on the pixels it will see. */
#ifndef LT_ANSWER_QUALITY_H
#define LT_ANSWER_QUALITY_H

#include "lentigo.h"

/* Bytes of the first version of lt_quality, whose last measure was LT_LESION. */
#define QUALITY_LEAST (offsetof(lt_quality, values) + (LT_LESION + 1) * sizeof(float))

/*
 * Measure rgb ([height, width, 3] u8, sides 1..4096) into *out, with no faults. Sums are of integers, so every
 * build gives the same bits; training/quality.py does the same arithmetic.
 */
void quality_measure(const uint8_t *rgb, uint32_t width, uint32_t height, lt_quality *out);

/* Set out->faults by the limits of one kind of picture. */
void quality_judge(const lt_kind *kind, lt_quality *out);

/* Set out->faults to what is beyond the limits of every kind. */
void quality_judge_unknown(const lt_model *model, lt_quality *out);

#endif
