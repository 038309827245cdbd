/*
 * wasm.c - the entry points of the WebAssembly builds: a thin layer over lentigo.h.
 *
 * All take and give 32-bit numbers; a pointer is an offset into the module's memory.
 *
 *   lt_wasm_constants()                       -> char*   JSON: status codes, priors, faults, defaults (never typed in JS)
 *   lt_wasm_alloc(bytes)                      -> u8*     16-byte aligned; 0 where memory is short
 *   lt_wasm_free(u8*)                                    0 is allowed
 *   lt_wasm_photo_kind(u8*, size)             -> char*   "jpeg", "png", …: what a file is, by its first bytes
 *   lt_wasm_create(max_pixels, max_bytes, full_decode, threads) -> box*  0 where memory is short or an option is out of
 *                                                       bounds; max_pixels, max_bytes and threads: 0 = default
 *   lt_wasm_destroy(box*)                                frees the engine, its photo and its strings
 *   lt_wasm_load_model(box*, u8*, size)       -> status  takes the bytes, from lt_wasm_alloc, and frees them in any case
 *   lt_wasm_load_model_as(box*, u8*, size, char*, size, f32*, u8*, count) -> status  in lentigo-wide.wasm: lt_load_model_as;
 *                                                       the labels' text; six numbers, mean and std of R, G, B; a
 *                                                       flag for each class, not 0 where it is malignant; each 0
 *                                                       where it is not stated; takes all four as above
 *   lt_wasm_self_test(box*)                   -> status  lt_self_test of the loaded model: LT_OK, LT_NO_SELF_TEST, LT_SELF_TEST, …
 *   lt_wasm_open(box*, u8*, size)             -> status  takes the photo's bytes over, from lt_wasm_alloc, in any case
 *   lt_wasm_close(box*)                                  ends the photo that is open, and frees its bytes
 *   lt_wasm_classify(box*, REQUEST)           -> status  a square of the open photo
 *   lt_wasm_photo_bytes(box*, REQUEST)        -> u32     what that would take; 0 where it would fail
 *   lt_wasm_propose(box*)                     -> char*   {"x","y","side"} of lt_photo_propose; 0: it failed
 *   lt_wasm_draw(box*, side)                  -> u8*     [side, side, 4] of lt_photo_draw, the box's own as a string; 0: it failed
 *   lt_wasm_classify_rgba(box*, u8*, width, height, REQUEST) -> status  [height, width, 4] u8, borrowed
 *   lt_wasm_check_rgba(box*, u8*, width, height, REQUEST)    -> status  its quality alone; the last result stays
 *   lt_wasm_quality_json(box*)                -> char*   what that measured; 0 where there is nothing
 *   lt_wasm_propose_json(box*, u8*, width, height)           -> char*   {"x","y","side"} of lt_propose_rgba; 0: refused
 *   lt_wasm_look_again(box*)                  -> status  the last result with one view more
 *   lt_wasm_map_json(box*, label)             -> char*   a class's map for the last photo, by its index; 0: there is none
 *   lt_wasm_features(box*)                    -> u32*    what the network saw in the last photo, for src/wasm_study.c: height,
 *                                                       width and channels of the feature map, lt_network in two halves,
 *                                                       lower first, the index of the kind whose numbers decided, then
 *                                                       the map, f32; to be freed; 0: there is none
 *   lt_wasm_decide(box*, prior)               -> status  the last result again with another prior
 *   lt_wasm_result_json(box*, with_logits)    -> char*   the last result; 0 where there is none
 *   lt_wasm_model_json(box*)                  -> char*   the loaded model; 0 where there is none
 *   lt_wasm_error(box*)                       -> char*   what went wrong in the last call; "" after LT_OK
 *   lt_wasm_peak_bytes(box*)                  -> u32     most bytes the engine has held at once
 *   lt_wasm_heap_bytes()                      -> u32     size of the module's whole memory
 *
 * REQUEST is `prior, x, y, side, quarter_turns`, the members of lt_request: all five, since a missing one is 0 or
 * NaN. `0, 0.5, 0.5, 0, 0` is the default.
 *
 * Strings are UTF-8, end in 0 and belong to the box: read one before the next call on that box.
 * Any call may grow the memory, which detaches every ArrayBuffer view of it: take the views again
 * (Module.HEAPU8) after each call, and write into lt_wasm_alloc's bytes through a view taken after it.
 * A failed lt_wasm_load_model leaves the model loaded before at work. A failed classification
 * leaves no result. A pointer that is not from here is not checked: the caller is our own page.
 */
#include <emscripten/emscripten.h>
#include <emscripten/heap.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/wide.h"
#include "lentigo.h"

/* What one lt_wasm_create stands for. */
typedef struct lt_wasm_box {
    lt_engine *engine; /* owned */
    lt_result *result; /* owned; of the last classification; NULL before the first */
    int has_result;    /* result may be read */
    lt_photo *photo;   /* owned; NULL where none is open */
    void *photo_bytes; /* owned bytes that the photo borrows */
    lt_quality quality; /* of the last check */
    int has_quality;    /* quality may be read */
    char *text;        /* owned JSON of the last *_json call */
} lt_wasm_box;

EMSCRIPTEN_KEEPALIVE void *lt_wasm_alloc(uint32_t bytes) {
    return malloc(bytes > 0 ? bytes : 1);
}

EMSCRIPTEN_KEEPALIVE void lt_wasm_free(void *bytes) {
    free(bytes);
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_photo_kind(const void *bytes, uint32_t size) {
    return lt_photo_kind_name(lt_photo_kind_of(bytes, size));
}

EMSCRIPTEN_KEEPALIVE void lt_wasm_close(lt_wasm_box *box) {
    lt_photo_close(box->photo);
    free(box->photo_bytes);
    box->photo = NULL;
    box->photo_bytes = NULL;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_open(lt_wasm_box *box, void *bytes, uint32_t size) {
    lt_wasm_close(box);
    box->photo_bytes = bytes;
    return lt_photo_open(box->engine, bytes, size, &box->photo);
}

EMSCRIPTEN_KEEPALIVE void lt_wasm_destroy(lt_wasm_box *box) {
    if (!box) return;
    lt_wasm_close(box);
    lt_result_free(box->result);
    lt_destroy(box->engine);
    free(box->text);
    free(box);
}

EMSCRIPTEN_KEEPALIVE lt_wasm_box *lt_wasm_create(uint32_t max_pixels, uint32_t max_bytes, int full_decode,
                                                 uint32_t threads) {
    lt_options options;
    lt_options_default(&options);
    if (max_pixels > 0) options.max_pixels = max_pixels;
    if (max_bytes > 0) options.max_bytes = max_bytes;
    if (threads > 0) options.threads = threads;
    options.full_decode = full_decode;
    lt_wasm_box *box = calloc(1, sizeof *box);
    if (!box) return NULL;
    if (lt_create(&options, &box->engine) != LT_OK) {
        free(box);
        return NULL;
    }
    return box;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_load_model(lt_wasm_box *box, void *bytes, uint32_t size) {
    lt_status status = lt_load_model(box->engine, bytes, size);
    free(bytes);
    if (status == LT_OK) box->has_result = box->has_quality = 0; /* they spoke of the old model's classes and limits */
    return status;
}

#if LT_WIDE
EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_load_model_as(lt_wasm_box *box, void *bytes, uint32_t size, char *labels,
                                                     uint32_t labels_size, float *pixels, uint8_t *malignant,
                                                     uint32_t malignant_count) {
    lt_stated stated = {.size = sizeof stated,
                        .labels = labels,
                        .labels_size = labels_size,
                        .malignant = malignant,
                        .malignant_count = malignant_count,
                        .has_pixels = pixels != NULL};
    for (int c = 0; pixels && c < 3; c++) {
        stated.mean[c] = pixels[c];
        stated.std[c] = pixels[3 + c];
    }
    int any = labels || pixels || malignant;
    lt_status status = lt_load_model_as(box->engine, bytes, size, any ? &stated : NULL);
    free(bytes);
    free(labels);
    free(pixels);
    free(malignant);
    if (status == LT_OK) box->has_result = box->has_quality = 0;
    return status;
}
#endif

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_self_test(lt_wasm_box *box) {
    return lt_self_test(box->engine);
}

/* A place for an answer of the loaded model. */
static lt_status make_result(lt_wasm_box *box) {
    const lt_model *model = lt_get_model(box->engine);
    if (box->result && model && box->result->model == model->fingerprint) return LT_OK;
    lt_result_free(box->result);
    return lt_result_create(box->engine, &box->result);
}

static lt_request request_of(uint32_t prior, float x, float y, float side, uint32_t turns) {
    return (lt_request){sizeof(lt_request), (lt_prior)prior, x, y, side, turns};
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_classify(lt_wasm_box *box, uint32_t prior, float x, float y, float side,
                                                uint32_t turns) {
    const lt_request request = request_of(prior, x, y, side, turns);
    lt_status status = make_result(box);
    if (status == LT_OK) status = lt_photo_classify(box->photo, &request, box->result);
    box->has_result = status == LT_OK;
    return status;
}

EMSCRIPTEN_KEEPALIVE uint32_t lt_wasm_photo_bytes(lt_wasm_box *box, uint32_t prior, float x, float y, float side,
                                                  uint32_t turns) {
    const lt_request request = request_of(prior, x, y, side, turns);
    uint64_t bytes = 0;
    if (lt_photo_bytes(box->photo, &request, &bytes) != LT_OK) return 0;
    return bytes < INT32_MAX ? (uint32_t)bytes : INT32_MAX; /* JavaScript takes it for signed */
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_classify_rgba(lt_wasm_box *box, const uint8_t *rgba, uint32_t width,
                                                     uint32_t height, uint32_t prior, float x, float y, float side,
                                                     uint32_t turns) {
    const lt_request request = request_of(prior, x, y, side, turns);
    lt_status status = make_result(box);
    if (status == LT_OK) status = lt_classify_rgba(box->engine, rgba, width, height, &request, box->result);
    box->has_result = status == LT_OK;
    return status;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_check_rgba(lt_wasm_box *box, const uint8_t *rgba, uint32_t width,
                                                  uint32_t height, uint32_t prior, float x, float y, float side,
                                                  uint32_t turns) {
    const lt_request request = request_of(prior, x, y, side, turns);
    box->quality.size = sizeof box->quality;
    lt_status status = lt_check_rgba(box->engine, rgba, width, height, &request, &box->quality);
    box->has_quality = status == LT_OK;
    return status;
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_look_again(lt_wasm_box *box) {
    return lt_look_again(box->engine, box->has_result ? box->result : NULL);
}

EMSCRIPTEN_KEEPALIVE lt_status lt_wasm_decide(lt_wasm_box *box, uint32_t prior) {
    return lt_decide(box->engine, (lt_prior)prior, box->has_result ? box->result : NULL);
}

/* Make room for a document of `length` bytes in box->text. Returns the bytes, NULL on short memory. */
static char *make_text(lt_wasm_box *box, size_t length) {
    free(box->text);
    box->text = malloc(length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_result_json(lt_wasm_box *box, int with_logits) {
    if (!box->has_result) return NULL;
    const lt_extras extras = {.size = sizeof extras, .logits = with_logits};
    size_t length = lt_result_json(box->engine, box->result, &extras, NULL, 0);
    if (!make_text(box, length)) return NULL;
    (void)lt_result_json(box->engine, box->result, &extras, box->text, length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_quality_json(lt_wasm_box *box) {
    if (!box->has_quality) return NULL;
    size_t length = lt_quality_json(&box->quality, NULL, 0);
    if (!make_text(box, length)) return NULL;
    (void)lt_quality_json(&box->quality, box->text, length + 1);
    return box->text;
}

static size_t proposal_json(const lt_request *request, char *out, size_t capacity) {
    json_out json;
    json_begin(&json, out, capacity);
    json_raw(&json, "{\"x\":");
    json_float(&json, request->x);
    json_raw(&json, ",\"y\":");
    json_float(&json, request->y);
    json_raw(&json, ",\"side\":");
    json_float(&json, request->side);
    json_raw(&json, "}");
    return json_end(&json);
}

static const char *write_proposal(lt_wasm_box *box, const lt_request *request) {
    size_t length = proposal_json(request, NULL, 0);
    if (!make_text(box, length)) return NULL;
    (void)proposal_json(request, box->text, length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_propose(lt_wasm_box *box) {
    lt_request request;
    lt_request_default(&request);
    return lt_photo_propose(box->photo, &request) == LT_OK ? write_proposal(box, &request) : NULL;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_propose_json(lt_wasm_box *box, const uint8_t *rgba, uint32_t width,
                                                      uint32_t height) {
    lt_request request;
    lt_request_default(&request);
    return lt_propose_rgba(rgba, width, height, &request) == LT_OK ? write_proposal(box, &request) : NULL;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_draw(lt_wasm_box *box, uint32_t side) {
    char *rgba = make_text(box, (size_t)side * side * 4);
    return rgba && lt_photo_draw(box->photo, NULL, side, (uint8_t *)rgba) == LT_OK ? rgba : NULL;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_map_json(lt_wasm_box *box, uint32_t label) {
    size_t length = box->has_result ? lt_map_json(box->engine, label, NULL, 0) : 0;
    if (length == 0 || !make_text(box, length)) return NULL;
    (void)lt_map_json(box->engine, label, box->text, length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE uint32_t *lt_wasm_features(lt_wasm_box *box) {
    enum { KEY = 3, KIND = 5, HEAD = 6 };
    uint32_t shape[3];
    if (!box->has_result || lt_feature_map(box->engine, NULL, 0, shape) != LT_OK) return NULL;
    size_t count = (size_t)shape[0] * shape[1] * shape[2];
    uint64_t key = lt_network(box->engine);
    uint32_t *block = malloc((HEAD + count) * sizeof *block);
    if (!block) return NULL;
    (void)lt_feature_map(box->engine, (float *)(void *)(block + HEAD), count, block);
    block[KEY] = (uint32_t)key;
    block[KEY + 1] = (uint32_t)(key >> 32);
    block[KIND] = box->result->kind;
    return block;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_model_json(lt_wasm_box *box) {
    size_t length = lt_model_json(box->engine, NULL, 0);
    if (length == 0 || !make_text(box, length)) return NULL;
    (void)lt_model_json(box->engine, box->text, length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_kernels_json(lt_wasm_box *box) {
    size_t length = lt_kernels_json(box->engine, NULL, 0);
    if (length == 0 || !make_text(box, length)) return NULL;
    (void)lt_kernels_json(box->engine, box->text, length + 1);
    return box->text;
}

EMSCRIPTEN_KEEPALIVE const char *lt_wasm_error(const lt_wasm_box *box) {
    return lt_error_text(box->engine);
}

EMSCRIPTEN_KEEPALIVE uint32_t lt_wasm_peak_bytes(const lt_wasm_box *box) {
    return (uint32_t)lt_peak_bytes(box->engine);
}

EMSCRIPTEN_KEEPALIVE uint32_t lt_wasm_heap_bytes(void) {
    return (uint32_t)emscripten_get_heap_size();
}

static void write_statuses(json_out *out) {
    json_raw(out, "\"status\":[");
    for (int code = 0; code < LT_STATUS_COUNT; code++) {
        json_raw(out, code > 0 ? ",{\"code\":" : "{\"code\":");
        json_unsigned(out, (uint64_t)code);
        json_raw(out, ",\"name\":");
        json_string(out, lt_status_name((lt_status)code));
        json_raw(out, ",\"text\":");
        json_string(out, lt_status_text((lt_status)code));
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

static void write_priors(json_out *out) {
    json_raw(out, ",\"prior\":[");
    for (int code = 0; code < LT_PRIOR_COUNT; code++) {
        json_raw(out, code > 0 ? ",{\"code\":" : "{\"code\":");
        json_unsigned(out, (uint64_t)code);
        json_raw(out, ",\"name\":");
        json_string(out, lt_prior_name((lt_prior)code));
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

static void write_faults(json_out *out) {
    json_raw(out, ",\"faults\":[");
    for (int i = 0; i < LT_FAULT_COUNT; i++) {
        if (i > 0) json_raw(out, ",");
        json_string(out, lt_fault_name((lt_fault)i));
    }
    json_raw(out, "]");
}

static void write_defaults(json_out *out) {
    lt_options options;
    lt_options_default(&options);
    json_raw(out, ",\"options\":{\"max_pixels\":");
    json_unsigned(out, options.max_pixels);
    json_raw(out, ",\"full_decode\":");
    json_bool(out, options.full_decode);
    json_raw(out, "},\"max_labels\":");
    json_unsigned(out, LT_MAX_LABELS);
}

/*
 * {"status":[{"code":0,"name":"LT_OK","text":"…"},…],"prior":[{"code":0,"name":"data"},…],
 *  "faults":["blurred",…],"options":{"max_pixels":50000000,"full_decode":false},"max_labels":1024}; static memory.
 */
EMSCRIPTEN_KEEPALIVE const char *lt_wasm_constants(void) {
    static char text[4096];
    json_out out;
    json_begin(&out, text, sizeof text);
    json_raw(&out, "{");
    write_statuses(&out);
    write_priors(&out);
    write_faults(&out);
    write_defaults(&out);
    json_raw(&out, "}");
    (void)json_end(&out);
    return text;
}
