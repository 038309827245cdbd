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
#include "answer/result.h"
#include "base/cancel.h"
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
    uint64_t network;  /* atl_key */
    uint8_t *numbers;  /* owned: what cam, ood, kinds, kernels and selftest point to */
    uint8_t *selftest; /* [selftest_bytes] u8, the file's entry; NULL: there is none */
    size_t selftest_bytes;
    uint32_t *kernels; /* [lines of kernels/table.c + 1]: operators that run on each, and on XNNPACK's */
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
    double *sums;    /* [classes] of the views' logits */
    float *logits;   /* [classes] of the view being looked at */
    full_result *answer;  /* being made; copied out when it is whole */
    atlas *atlas;    /* NULL: none was loaded */
} loaded;

struct lt_engine {
    lt_options options;
    img_scratch *scratch;
    loaded *current; /* NULL before the first model */
    size_t peak;     /* bytes held while one model took another's place */
    lt_error error;
    cancel cancel;
};

/* A call on a square of a photo: what is asked, what the image path has to deliver for it, and what that did. */
typedef struct square_call {
    lt_request request;
    img_want want;
    img_info info;
} square_call;

/* Free a model and all its memory, which is the engine's; NULL is allowed. */
void engine_free_loaded(loaded *l, const lt_allocator *memory);

/* Bytes a model takes besides its file; 0 for NULL. */
size_t engine_loaded_bytes(const loaded *l);

/* Values of the feature map; 0 where there is none. */
static inline size_t engine_features(const loaded *l) {
    return (size_t)l->feature_shape[0] * l->feature_shape[1] * l->feature_shape[2];
}

/*
 * What every call on a square checks first; request may be NULL, out is where its answer goes. name is the function's, for
 * error texts. Fills call->request, and call->want where a model is loaded: it needs none.
 */
lt_status engine_begin(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                       const void *out, square_call *call);

/* The same for what needs a model. */
lt_status engine_begin_with_model(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                                  const void *out, square_call *call);

/* The same for what writes an answer. */
lt_status engine_begin_answer(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                              const lt_result *result, square_call *call);

/* What the image path has to deliver for a request; *usual is that for the defaults. */
img_want engine_want(const img_want *usual, const lt_request *request);

/* From the pixels in engine->current->rgb to the answer; *result is written on LT_OK only. */
lt_status engine_infer(lt_engine *engine, const square_call *call, lt_result *result);

/* The quality of the square in engine->current->probe, of a picture whose kind is not known. */
lt_status engine_check(lt_engine *engine, const char *name, const square_call *call, lt_quality *out);

#endif
