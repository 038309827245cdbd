/*
 * cam.h - class activation maps (Zhou et al., Learning Deep Features for Discriminative Localization, 2016).
 *
 * Where a network ends in global average pooling and a dense layer, class k's logit is the mean over the places
 * of Σ_c W[k, c]·F[h, w, c], plus a bias: so that sum says how much each place speaks for the class.
 */
#ifndef LT_ANSWER_CAM_H
#define LT_ANSWER_CAM_H

#include "model/graph.h"

/* Where the maps' numbers stand; borrowed from the model file until whoever has it puts copies there. */
typedef struct cam {
    const uint8_t *weights; /* [classes, channels] f32 or i8, at any address; NULL: the graph has no class maps */
    size_t weight_bytes;
    int is_int8;
    const float *scales;  /* [scale_count] of the i8 weights: one for all, or one a class */
    uint32_t scale_count; /* 0 for f32 */
    int32_t zero_point;
    uint32_t height, width, channels; /* of the feature map */
} cam;

/* Find pooling → RESHAPE or none → FULLY_CONNECTED → the output; out->weights is NULL where the graph is otherwise. */
void cam_find(const tfl_graph *graph, cam *out);

/*
 * The map of one class, 0..graph->classes - 1: features is [height, width, channels] f32, the input of the pooling,
 * out is [height, width] f32, row-major. c->weights must not be NULL.
 */
void cam_map(const cam *c, const float *features, uint32_t class, float *out);

#endif
