/*
 * engine.h - what the files of the façade share: an engine, and the model at work in it.
 *
 * lentigo.c makes and ends an engine, engine_load.c loads a model into it, engine_look.c takes pixels through it,
 * engine_photo.c the squares of a file, engine_maps.c gives what lies behind an answer, engine_similar.c what looks like
 * it, engine_json.c writes about it, engine_selftest.c runs the self-test of the model's file.
 */
#ifndef LT_ENGINE_H
#define LT_ENGINE_H

#include "answer/atlas.h"
#include "answer/cam.h"
#include "answer/linear.h"
#include "base/error.h"
#include "lentigo.h"
#include "net/input.h"
#include "net/net.h"
#include "photo/scratch.h"
#include "photo/want.h"

/* A model ready to run, and what it saw last: everything that a load replaces as a whole. */
typedef struct loaded {
    net *net;
    lt_model *model;
    input_table table; /* pixel value to tensor value */
    img_want want;   /* what the image path has to deliver by default */
    uint8_t *rgb;    /* [want.height, want.width, 3] u8, the square classified last */
    uint8_t *probe;  /* the same, of lt_check_rgba */
    cam cam;         /* how class maps are made of the features */
    uint32_t feature_shape[3];
    float *features; /* [height, width, channels] f32, of the first view; NULL: the network has none */
    float *map;      /* [height, width] f32, for lt_map_json; NULL: the network has no class maps */
    linear ood;      /* values is NULL where the model has no score for "not a lesion" */
    linear kinds;    /* values is NULL where there is one kind only */
    uint32_t views;  /* of the square that are in the sums; 0: no photo was classified */
    double sums[LT_MAX_LABELS]; /* of the views' logits */
    atlas *atlas;    /* NULL: none was loaded */
} loaded;

struct lt_engine {
    lt_options options;
    img_scratch *scratch;
    loaded *current; /* NULL before the first model */
    size_t peak;     /* bytes held while one model took another's place */
    lt_error error;
    lt_result answer;            /* being made; copied out when it is whole */
    float logits[LT_MAX_LABELS]; /* of the view being looked at */
};

/* Free a model and all its memory; NULL is allowed. */
void engine_free_loaded(loaded *l);

/* Bytes a model takes besides its file; 0 for NULL. */
size_t engine_loaded_bytes(const loaded *l);

/* Values of the feature map; 0 where there is none. */
static inline size_t engine_features(const loaded *l) {
    return (size_t)l->feature_shape[0] * l->feature_shape[1] * l->feature_shape[2];
}

/* What every call on a photo checks first; out is where its answer goes. */
lt_status engine_begin(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                       const void *out);

/* The request, or the defaults in *defaults where there is none. */
const lt_request *engine_request(const lt_request *request, lt_request *defaults);

/* What the image path has to deliver for a request; *usual is that for the defaults. */
img_want engine_want(const img_want *usual, const lt_request *request);

/* From the pixels in engine->current->rgb to the answer; *result is written on LT_OK only. */
lt_status engine_infer(lt_engine *engine, const img_info *info, lt_prior prior, lt_result *result);

#endif
