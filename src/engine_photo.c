/* A photo as an object: what it says of itself, and what is asked of its squares. */
#include "engine.h"

#include <string.h>

#include "answer/spot.h"
#include "base/memory.h"
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
    const img_want usual = {.max_pixels = engine->options.max_pixels, .memory = &engine->options.allocator};
    lt_status status = img_look_into(bytes, size, &usual, about, &photo->error);
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
    lt_photo *photo = mem_take(&engine->options.allocator, sizeof *photo);
    if (!photo) return lt_fail(&engine->error, LT_MEMORY, "no memory for a photo");
    look_into(engine, bytes, size, photo);
    if (photo->info.status == LT_MEMORY) {
        engine->error = photo->error;
        mem_give(&engine->options.allocator, photo);
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
    if (photo) mem_give(&photo->engine->options.allocator, photo);
}

const lt_photo_info *lt_photo_about(const lt_photo *photo) {
    return photo ? &photo->info : NULL;
}

/* Go on, or say what was wrong with the photo from the start. */
static lt_status go_on(const lt_photo *photo, lt_status status) {
    if (status != LT_OK || photo->info.status == LT_OK) return status;
    photo->engine->error = photo->error;
    return photo->info.status;
}

/* engine_begin and its like for a photo. */
static lt_status begin(lt_photo *photo, const char *name, const lt_request *request, const void *out,
                       square_call *call) {
    if (!photo) return LT_ARGUMENT;
    return go_on(photo, engine_begin(photo->engine, name, photo->bytes, request, out, call));
}

static lt_status begin_with_model(lt_photo *photo, const char *name, const lt_request *request, const void *out,
                                  square_call *call) {
    if (!photo) return LT_ARGUMENT;
    return go_on(photo, engine_begin_with_model(photo->engine, name, photo->bytes, request, out, call));
}

/* The largest square in the centre, at that size. */
static img_want whole_of(const lt_photo *photo, uint32_t width, uint32_t height) {
    const lt_options *options = &photo->engine->options;
    return (img_want){.cancel = &photo->engine->cancel,
                      .memory = &options->allocator,
                      .width = width,
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

/* Read the square that is to be classified, and classify it. */
static lt_status classify(lt_engine *engine, const void *bytes, size_t size, square_call *call, lt_result *result) {
    uint8_t *rgb = engine->current->rgb;
    lt_status status = img_from_file(engine->scratch, bytes, size, &call->want, rgb, &call->info, &engine->error);
    return status == LT_OK ? engine_infer(engine, call, result) : status;
}

lt_status lt_classify(lt_engine *engine, const void *bytes, size_t size, const lt_request *request, lt_result *result) {
    square_call call;
    lt_status status = engine_begin_answer(engine, "lt_classify", bytes, request, result, &call);
    return status == LT_OK ? classify(engine, bytes, size, &call, result) : status;
}

lt_status lt_photo_classify(lt_photo *photo, const lt_request *request, lt_result *result) {
    square_call call;
    if (!photo) return LT_ARGUMENT;
    lt_engine *engine = photo->engine;
    lt_status status = engine_begin_answer(engine, "lt_photo_classify", photo->bytes, request, result, &call);
    status = go_on(photo, status);
    return status == LT_OK ? classify(engine, photo->bytes, photo->size, &call, result) : status;
}

lt_status lt_photo_bytes(lt_photo *photo, const lt_request *request, uint64_t *bytes) {
    square_call call;
    lt_status status = begin_with_model(photo, "lt_photo_bytes", request, bytes, &call);
    if (status != LT_OK) return status;
    return img_bytes_needed(photo->bytes, photo->size, &call.want, bytes, &photo->engine->error);
}

lt_status lt_photo_check(lt_photo *photo, const lt_request *request, lt_quality *out) {
    static const char name[] = "lt_photo_check";
    square_call call;
    lt_status status = begin_with_model(photo, name, request, out, &call);
    if (status != LT_OK) return status;
    status = read_square(photo, &call.want, photo->engine->current->probe, &call.info);
    return status == LT_OK ? engine_check(photo->engine, name, &call, out) : status;
}

/* Note that `more` bytes are held beside the scratch. */
static void note_peak(lt_engine *engine, size_t more) {
    size_t now = sizeof *engine + engine_loaded_bytes(engine->current) + img_scratch_peak(engine->scratch) + more;
    if (now > engine->peak) engine->peak = now;
}

lt_status lt_photo_propose(lt_photo *photo, lt_request *request) {
    square_call call;
    lt_status status = begin(photo, "lt_photo_propose", request, request, &call);
    if (status != LT_OK) return status;
    lt_engine *engine = photo->engine;
    call.want = whole_of(photo, 0, 0);
    img_overview_size(photo->info.width, photo->info.height, OVERVIEW_SIDE, &call.want);
    size_t size = (size_t)call.want.width * call.want.height * RGB;
    uint8_t *rgb = mem_take(&engine->options.allocator, size);
    if (!rgb) return lt_fail(&engine->error, LT_MEMORY, "no memory for %zu bytes of pixels", size);
    status = read_square(photo, &call.want, rgb, &call.info);
    if (status == LT_OK) spot_propose(&(spot_picture){rgb, call.want.width, call.want.height, RGB}, request);
    mem_give(&engine->options.allocator, rgb);
    note_peak(engine, size);
    return status;
}

lt_status lt_photo_draw(lt_photo *photo, const lt_request *request, uint32_t side, uint8_t *rgba) {
    square_call call;
    lt_status status = begin(photo, "lt_photo_draw", request, rgba, &call);
    if (status != LT_OK) return status;
    const img_want usual = whole_of(photo, side, side);
    call.want = engine_want(&usual, &call.request);
    size_t pixels = (size_t)side * side;
    status = read_square(photo, &call.want, rgba, &call.info);
    if (status != LT_OK) return status;
    for (size_t i = pixels; i-- > 0;) { /* from the end on, in place */
        memmove(rgba + RGBA * i, rgba + RGB * i, RGB);
        rgba[RGBA * i + RGB] = UINT8_MAX;
    }
    return LT_OK;
}
