/* A photo as an object: what it says of itself, and what is asked of its squares. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

#include "answer/quality.h"
#include "answer/spot.h"
#include "photo/image.h"
#include "photo/kind.h"

enum {
    OVERVIEW_SIDE = 256, /* pixels of the longer side: a lesion is found on a grid of 48 cells (answer/spot.c) */
    RGB = 3,
    RGBA = 4
};

struct lt_photo {
    lt_engine *engine;
    const uint8_t *bytes; /* [size] u8, borrowed */
    size_t size;
    img_about about;
    lt_error error; /* of looking into it */
    lt_photo_info info;
};

static void look_into(lt_engine *engine, const void *bytes, size_t size, lt_photo *photo) {
    *photo = (lt_photo){.engine = engine, .bytes = bytes, .size = size};
    img_about *about = &photo->about;
    lt_status status = img_look_into(bytes, size, engine->options.max_pixels, about, &photo->error);
    photo->info = (lt_photo_info){.kind = about->kind,
                                  .status = status,
                                  .wrong = photo->error.text,
                                  .width = about->width,
                                  .height = about->height,
                                  .orientation = about->orientation,
                                  .colour = about->colour,
                                  .profile = about->profile};
}

lt_status lt_photo_open(lt_engine *engine, const void *bytes, size_t size, lt_photo **out) {
    if (!engine || !out) return LT_ARGUMENT;
    *out = NULL;
    lt_clear(&engine->error);
    if (!bytes) return lt_fail(&engine->error, LT_ARGUMENT, "lt_photo_open: no photo was given");
    lt_photo *photo = malloc(sizeof *photo);
    if (!photo) return lt_fail(&engine->error, LT_MEMORY, "no memory for a photo");
    look_into(engine, bytes, size, photo);
    if (photo->info.status == LT_MEMORY) {
        engine->error = photo->error;
        free(photo);
        return LT_MEMORY;
    }
    *out = photo;
    return LT_OK;
}

lt_photo_kind lt_photo_kind_of(const void *bytes, size_t size) {
    lt_error unused;
    lt_photo_kind kind = LT_PHOTO_OTHER;
    if (bytes) (void)img_find_kind(bytes, size, &kind, &unused);
    return kind;
}

void lt_photo_close(lt_photo *photo) {
    free(photo);
}

const lt_photo_info *lt_photo_about(const lt_photo *photo) {
    return photo ? &photo->info : NULL;
}

/* engine_begin, and then what was wrong with the photo from the start. */
static lt_status begin(lt_photo *photo, const char *name, const lt_request *request, const void *out) {
    if (!photo) return LT_ARGUMENT;
    lt_engine *engine = photo->engine;
    lt_status status = engine_begin(engine, name, photo->bytes, request, out);
    if (status == LT_OK && photo->info.status != LT_OK) {
        engine->error = photo->error;
        return photo->info.status;
    }
    return status;
}

/* The same for what needs no model. */
static lt_status begin_drawing(lt_photo *photo, const char *name, const lt_request *request, const void *out) {
    lt_status status = begin(photo, name, request, out);
    if (status != LT_NO_MODEL) return status;
    lt_clear(&photo->engine->error);
    if (photo->info.status != LT_OK) photo->engine->error = photo->error;
    return photo->info.status;
}

/* The largest square in the centre, at that size. */
static img_want whole_of(const lt_photo *photo, uint32_t width, uint32_t height) {
    const lt_options *options = &photo->engine->options;
    return (img_want){.width = width,
                      .height = height,
                      .crop = 1,
                      .x = 0.5,
                      .y = 0.5,
                      .max_pixels = options->max_pixels,
                      .max_bytes = options->max_bytes};
}

static lt_status read_square(const lt_photo *photo, const img_want *want, uint8_t *rgb, img_info *info) {
    lt_engine *engine = photo->engine;
    return img_from_file(engine->scratch, photo->bytes, photo->size, want, rgb, info, &engine->error);
}

lt_status lt_classify(lt_engine *engine, const void *bytes, size_t size, const lt_request *request, lt_result *result) {
    img_info info;
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = engine_begin(engine, "lt_classify", bytes, request, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = engine_want(&l->want, request);
    status = img_from_file(engine->scratch, bytes, size, &want, l->rgb, &info, &engine->error);
    return status == LT_OK ? engine_infer(engine, &info, request->prior, result) : status;
}

lt_status lt_photo_classify(lt_photo *photo, const lt_request *request, lt_result *result) {
    lt_request defaults;
    lt_status status = begin(photo, "lt_photo_classify", engine_request(request, &defaults), result);
    return status == LT_OK ? lt_classify(photo->engine, photo->bytes, photo->size, request, result) : status;
}

lt_status lt_photo_bytes(lt_photo *photo, const lt_request *request, uint64_t *bytes) {
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = begin(photo, "lt_photo_bytes", request, bytes);
    if (status != LT_OK) return status;
    img_want want = engine_want(&photo->engine->current->want, request);
    return img_bytes_needed(photo->bytes, photo->size, &want, bytes, &photo->engine->error);
}

lt_status lt_photo_check(lt_photo *photo, const lt_request *request, lt_quality *out) {
    img_info info;
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = begin(photo, "lt_photo_check", request, out);
    if (status != LT_OK) return status;
    loaded *l = photo->engine->current;
    img_want want = engine_want(&l->want, request);
    status = read_square(photo, &want, l->probe, &info);
    if (status != LT_OK) return status;
    quality_measure(l->probe, want.width, want.height, out);
    quality_judge_unknown(l->model, out);
    if (info.missing > 0) out->faults |= 1u << LT_CUT;
    return LT_OK;
}

/* Note that `more` bytes are held beside the scratch. */
static void note_peak(lt_engine *engine, size_t more) {
    size_t now = sizeof *engine + engine_loaded_bytes(engine->current) + img_scratch_peak(engine->scratch) + more;
    if (now > engine->peak) engine->peak = now;
}

lt_status lt_photo_propose(lt_photo *photo, lt_request *request) {
    img_info info;
    lt_request defaults;
    lt_status status = begin_drawing(photo, "lt_photo_propose", engine_request(NULL, &defaults), request);
    if (status != LT_OK) return status;
    lt_engine *engine = photo->engine;
    img_want want = whole_of(photo, 0, 0);
    img_overview_size(photo->info.width, photo->info.height, OVERVIEW_SIDE, &want);
    size_t size = (size_t)want.width * want.height * RGB;
    uint8_t *rgb = malloc(size);
    if (!rgb) return lt_fail(&engine->error, LT_MEMORY, "no memory for %zu bytes of pixels", size);
    status = read_square(photo, &want, rgb, &info);
    if (status == LT_OK) spot_propose(&(spot_picture){rgb, want.width, want.height, RGB}, request);
    free(rgb);
    note_peak(engine, size);
    return status;
}

lt_status lt_photo_draw(lt_photo *photo, const lt_request *request, uint32_t side, uint8_t *rgba) {
    img_info info;
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = begin_drawing(photo, "lt_photo_draw", request, rgba);
    if (status != LT_OK) return status;
    const img_want usual = whole_of(photo, side, side);
    img_want want = engine_want(&usual, request);
    size_t pixels = (size_t)side * side;
    status = read_square(photo, &want, rgba, &info);
    if (status != LT_OK) return status;
    for (size_t i = pixels; i-- > 0;) { /* from the end on, in place */
        memmove(rgba + RGBA * i, rgba + RGB * i, RGB);
        rgba[RGBA * i + RGB] = UINT8_MAX;
    }
    return LT_OK;
}
