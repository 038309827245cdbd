#include "selftest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "meta_draft.h"
#include "tflite.h"
#include "tree.h"

/* Say which field is wrong, and LT_MODEL_METADATA. */
#define FAIL(error, ...) lt_fail((error), LT_MODEL_METADATA, TFL_SELFTEST_ENTRY __VA_ARGS__)

/* How the only picture there is begins; its seed follows. */
static const char blocks[] = "blocks:";

static lt_status read_input(yyjson_val *root, uint32_t *seed, lt_error *error) {
    const char *input = yyjson_get_str(yyjson_obj_get(root, "input"));
    if (!input) return FAIL(error, ".input: missing, or not a string");
    if (strncmp(input, blocks, sizeof blocks - 1) != 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, TFL_SELFTEST_ENTRY ".input: this engine draws no \"%.40s\"", input);
    const char *digits = input + sizeof blocks - 1;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || *end != '\0' || errno != 0 || number > UINT32_MAX)
        return FAIL(error, ".input: \"%.40s\" has no seed of 32 bits", input);
    *seed = (uint32_t)number;
    return LT_OK;
}

static lt_status read_logits(yyjson_val *root, uint32_t classes, float *out, lt_error *error) {
    yyjson_val *array = yyjson_obj_get(root, "logits");
    if (yyjson_arr_size(array) != classes)
        return FAIL(error, ".logits: %zu numbers, but the network gives %u", yyjson_arr_size(array), (unsigned)classes);
    size_t index, end;
    yyjson_val *item;
    yyjson_arr_foreach(array, index, end, item) {
        if (!draft_is_float(item)) return FAIL(error, ".logits[%zu]: not a finite number", index);
        out[index] = (float)yyjson_get_num(item);
    }
    return LT_OK;
}

static lt_status read_tolerance(yyjson_val *root, float *out, lt_error *error) {
    yyjson_val *item = yyjson_obj_get(root, "tolerance");
    *out = 0.0f;
    if (!item) return LT_OK;
    if (!draft_is_float(item) || yyjson_get_num(item) < 0.0)
        return FAIL(error, ".tolerance: not a number of 0 or more");
    *out = (float)yyjson_get_num(item);
    return LT_OK;
}

lt_status selftest_read(const uint8_t *json, size_t size, uint32_t classes, const lt_allocator *memory, selftest *out,
                        lt_error *error) {
    yyjson_read_err wrong;
    yyjson_doc *tree = tree_read(json, size, memory, &wrong);
    if (!tree && wrong.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
        return lt_fail(error, LT_MEMORY, "no memory for the model's self-test");
    if (!tree) return FAIL(error, ": not JSON at byte %zu of %zu (%s)", wrong.pos, size, wrong.msg);
    yyjson_val *root = yyjson_doc_get_root(tree);
    lt_status status = read_input(root, &out->seed, error);
    if (status == LT_OK) status = read_logits(root, classes, out->logits, error);
    if (status == LT_OK) status = read_tolerance(root, &out->tolerance, error);
    yyjson_doc_free(tree);
    return status;
}

/* A hash of 32 bits of two multiplications (Wellons, Hash Function Prospector, "lowbias32"), as training/selftest.py has it. */
static uint32_t mix(uint32_t n) {
    n ^= n >> 16;
    n *= 0x7feb352du;
    n ^= n >> 15;
    n *= 0x846ca68bu;
    return n ^ n >> 16;
}

static uint32_t at(uint32_t seed, uint32_t x, uint32_t y, uint32_t channel) {
    return mix(seed ^ mix(x ^ mix(y ^ mix(channel + 1)))) & UINT8_MAX;
}

void selftest_draw(uint32_t seed, uint32_t width, uint32_t height, uint8_t *rgb) {
    enum { BLOCK = 16, CHANNELS = 3, COARSE = 3, FINE = 1 }; /* parts of blocks and of single pixels */
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            for (uint32_t c = 0; c < CHANNELS; c++)
                *rgb++ = (uint8_t)((COARSE * at(seed, x / BLOCK, y / BLOCK, c) + FINE * at(~seed, x, y, c)) /
                                   (COARSE + FINE));
}
