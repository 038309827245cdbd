/* What of a photo is looked at, and how often: regions, turns, views, class maps, quality. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { SIDE = SMALLNET_SIDE, SIZE = sizeof(lt_request) };

/* A picture of the network's size, so that nothing is resized: [SIDE, SIDE, 4] u8, every pixel another. */
static void draw(uint8_t *rgba) {
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint32_t x = i % SIDE, y = i / SIDE;
        const uint8_t pixel[4] = {(uint8_t)(x * 16), (uint8_t)(y * 16), (uint8_t)(x * y), 255};
        memcpy(rgba + 4 * i, pixel, 4);
    }
}

/* The picture turned clockwise by a quarter, and mirrored left to right. */
static void quarter_turn(const uint8_t *from, uint8_t *to) {
    for (uint32_t y = 0; y < SIDE; y++)
        for (uint32_t x = 0; x < SIDE; x++) memcpy(to + 4 * (y * SIDE + x), from + 4 * ((SIDE - 1 - x) * SIDE + y), 4);
}

static void mirror(const uint8_t *from, uint8_t *to) {
    for (uint32_t y = 0; y < SIDE; y++)
        for (uint32_t x = 0; x < SIDE; x++) memcpy(to + 4 * (y * SIDE + x), from + 4 * (y * SIDE + SIDE - 1 - x), 4);
}

/* The answer to a picture of the network's size, in b->result. */
static const lt_result *look_at(bench *b, const uint8_t *rgba, const lt_request *request) {
    assert_int_equal(lt_classify_rgba(b->engine, rgba, SIDE, SIDE, request, b->result), LT_OK);
    return b->result;
}

/* The same, to be kept; the caller frees it. */
static lt_result *keep_look(bench *b, const uint8_t *rgba, const lt_request *request) {
    lt_result *kept = bench_keep(b->engine, look_at(b, rgba, request));
    assert_non_null(kept);
    return kept;
}

static void a_quarter_turn_is_that_of_the_pixels(void **state) {
    bench *b = *state;
    uint8_t pictures[4][SIDE * SIDE * 4];
    draw(pictures[0]);
    for (uint32_t i = 0; i < 4; i++) {
        lt_request request;
        lt_request_default(&request);
        request.quarter_turns = i;
        if (i > 0) quarter_turn(pictures[i - 1], pictures[i]);
        lt_result *turned = keep_look(b, pictures[0], &request);
        assert_memory_equal(turned->logits, look_at(b, pictures[i], NULL)->logits, 5 * sizeof(float));
        lt_result_free(turned);
    }
}

/* The views are the eight pictures that turning and mirroring make; the mean is over all their logits. */
static void looking_again_takes_the_mean_of_all_views(void **state) {
    bench *b = *state;
    uint8_t pictures[8][SIDE * SIDE * 4];
    double sums[5] = {0};
    draw(pictures[0]);
    for (uint32_t i = 1; i < 4; i++) quarter_turn(pictures[i - 1], pictures[i]);
    for (uint32_t i = 4; i < 8; i++) mirror(pictures[i - 4], pictures[i]);
    for (uint32_t i = 0; i < 8; i++) {
        const lt_result *one = look_at(b, pictures[i], NULL);
        for (int k = 0; k < 5; k++) sums[k] += (double)one->logits[k];
    }
    lt_result *first = keep_look(b, pictures[0], NULL), *result = b->result;
    assert_int_equal(result->views, 1);
    assert_int_equal(lt_get_model(b->engine)->views, 8);
    for (uint32_t i = 1; i < 8; i++) {
        assert_int_equal(lt_look_again(b->engine, result), LT_OK);
        assert_int_equal(result->views, i + 1);
        double sum = 0;
        for (int k = 0; k < 5; k++) sum += (double)result->probabilities[k];
        assert_float_equal(sum, 1, 1e-6);
    }
    for (int k = 0; k < 5; k++) assert_float_equal(result->logits[k], (float)(sums[k] / 8), 1e-6);
    assert_memory_not_equal(result->logits, first->logits, 5 * sizeof(float));
    assert_int_equal(lt_look_again(b->engine, result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: all 8 views are done");
    assert_int_equal(result->views, 8);
    lt_result_free(first);
}

static void looking_again_is_at_the_last_photo(void **state) {
    bench *b = *state;
    uint8_t picture[SIDE * SIDE * 4], other[SIDE * SIDE * 4];
    lt_result *result = b->result;
    assert_int_equal(lt_look_again(b->engine, result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: this model has classified no photo yet");
    draw(picture);
    quarter_turn(picture, other);
    lt_result *old = keep_look(b, other, NULL), *before = bench_keep(b->engine, old);
    (void)look_at(b, picture, NULL);
    assert_int_equal(lt_look_again(b->engine, old), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: not the result of the last photo");
    assert_true(bench_same(old, before));
    assert_int_equal(lt_look_again(b->engine, NULL), LT_ARGUMENT);
    assert_int_equal(lt_look_again(NULL, result), LT_ARGUMENT);
    /* a photo that cannot be read, and a check, change nothing of that */
    assert_int_equal(lt_classify(b->engine, bench_png, 20, NULL, before), LT_IMAGE_FORMAT);
    lt_quality quality = {.size = sizeof quality};
    assert_int_equal(lt_check_rgba(b->engine, other, SIDE, SIDE, NULL, &quality), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, result), LT_OK);
    assert_int_equal(lt_look_again(b->engine, result), LT_OK);
    assert_int_equal(result->prior, LT_PRIOR_UNIFORM);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    assert_int_equal(lt_look_again(b->engine, result), LT_ARGUMENT);
    lt_result_free(old);
    lt_result_free(before);
}

static void a_region_is_what_its_pixels_are(void **state) {
    bench *b = *state;
    enum { WIDE = 3 * SIDE, HIGH = 2 * SIDE };
    static uint8_t rgba[WIDE * HIGH * 4];
    uint8_t square[SIDE * SIDE * 4];
    for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(i * i % 251);
    for (uint32_t left = 0; left <= WIDE - SIDE; left += 8) {
        const uint32_t top = left / 3;
        for (uint32_t y = 0; y < SIDE; y++)
            memcpy(square + 4 * y * SIDE, rgba + 4 * ((y + top) * WIDE + left), 4 * SIDE);
        const lt_request request = {.size = sizeof request,
                                    .x = ((float)left + 0.5f * SIDE + 0.2f) / WIDE,
                                    .y = ((float)top + 0.5f * SIDE + 0.2f) / HIGH,
                                    .side = 0.5f};
        lt_result *expected = keep_look(b, square, NULL), *region = b->result;
        assert_int_equal(lt_classify_rgba(b->engine, rgba, WIDE, HIGH, &request, region), LT_OK);
        assert_memory_equal(region->logits, expected->logits, 5 * sizeof(float));
        assert_memory_equal(region->quality, expected->quality, sizeof *region->quality);
        lt_result_free(expected);
    }
}

static void wrong_requests_are_refused(void **state) {
    bench *b = *state;
    static const struct {
        lt_request request;
        const char *text;
    } wrong[] = {{{SIZE, LT_PRIOR_COUNT, 0.5f, 0.5f, 0, 0}, "unknown prior"},
                 {{SIZE, LT_PRIOR_DATA, -0.1f, 0.5f, 0.5f, 0}, "x -0.1, y 0.5: not both from 0 to 1"},
                 {{SIZE, LT_PRIOR_DATA, 0.5f, 1.5f, 0.5f, 0}, "x 0.5, y 1.5: not both from 0 to 1"},
                 {{SIZE, LT_PRIOR_DATA, NAN, 0.5f, 0.5f, 0}, "not both from 0 to 1"},
                 {{SIZE, LT_PRIOR_DATA, 0.5f, 0.5f, 1.5f, 0}, "side 1.5 is not from 0 to 1"},
                 {{SIZE, LT_PRIOR_DATA, 0.5f, 0.5f, NAN, 0}, "is not from 0 to 1"},
                 {{SIZE, LT_PRIOR_DATA, 0.5f, 0.5f, 0, 4}, "4 quarter turns, 0 to 3 are made"},
                 {{0, LT_PRIOR_DATA, 0.5f, 0.5f, 0, 0}, "request.size is that of no version"},
                 {{SIZE / 2, LT_PRIOR_DATA, 0.5f, 0.5f, 0, 0}, "request.size is that of no version"},
                 {{SIZE_MAX, LT_PRIOR_DATA, 0.5f, 0.5f, 0, 0}, "request.size is that of no version"}};
    lt_quality quality = {.size = sizeof quality};
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result *before = bench_keep(b->engine, b->result);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, &wrong[i].request, b->result), LT_ARGUMENT);
        assert_non_null(strstr(lt_error_text(b->engine), wrong[i].text));
        assert_int_equal(lt_classify_rgba(b->engine, bench_pixels, 2, 2, &wrong[i].request, b->result), LT_ARGUMENT);
        assert_int_equal(lt_check_rgba(b->engine, bench_pixels, 2, 2, &wrong[i].request, &quality), LT_ARGUMENT);
        assert_non_null(strstr(lt_error_text(b->engine), "lt_check_rgba: "));
    }
    assert_true(bench_same(b->result, before));
    lt_result_free(before);
}

/* The mean of a class's map, and the bias, are its logit before rounding: the maps of two classes differ as they do. */
static void the_mean_of_a_map_is_the_logit_but_for_the_bias(void **state) {
    bench *b = *state;
    smallnet_parts parts;
    mk_model *m = smallnet_with(0, 0, NULL, &parts); /* in floats, so that nothing is rounded on the way */
    mk_write(m);
    assert_int_equal(bench_load(b->engine, m), LT_OK);
    lt_result *result = bench_result(b->engine);
    uint8_t picture[SIDE * SIDE * 4];
    float map[16];
    uint32_t shape[2];
    draw(picture);
    assert_int_equal(lt_class_map(b->engine, 0, map, 16, shape), LT_ARGUMENT);
    assert_int_equal(lt_classify_rgba(b->engine, picture, SIDE, SIDE, NULL, result), LT_OK);
    const mk_op *dense = &m->ops[parts.dense];
    const float *biases = m->tensors[dense->inputs[2]].data;
    for (uint32_t label = 0; label < 5; label++) {
        assert_int_equal(lt_class_map(b->engine, label, map, 16, shape), LT_OK);
        assert_int_equal(shape[0] * shape[1], 16);
        double mean = 0;
        for (int i = 0; i < 16; i++) mean += (double)map[i] / 16;
        assert_float_equal((float)mean + biases[label], result->logits[label], 1e-4);
    }
    float again[16];
    assert_int_equal(lt_look_again(b->engine, result), LT_OK); /* a map is the first view's */
    assert_int_equal(lt_class_map(b->engine, 4, again, 16, shape), LT_OK);
    assert_memory_equal(map, again, sizeof map);
    assert_int_equal(lt_class_map(b->engine, 5, map, 16, shape), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_class_map: class 5 of 5");
    assert_int_equal(lt_class_map(b->engine, 4, map, 15, shape), LT_ARGUMENT);
    assert_int_equal(lt_class_map(b->engine, 4, map, 16, NULL), LT_ARGUMENT);
    lt_result_free(result);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    mk_free(m);
}

/* With an activation behind the dense layer the logit is no such sum. */
static void a_network_of_another_end_has_no_maps(void **state) {
    bench *b = *state;
    smallnet_parts parts;
    mk_model *m = smallnet_with(0, 0, NULL, &parts);
    m->ops[parts.dense].options[0] = 1;
    mk_write(m);
    uint32_t shape[2];
    assert_int_equal(bench_load(b->engine, m), LT_OK);
    assert_int_equal(lt_class_map(b->engine, 0, NULL, 0, shape), LT_MODEL_UNSUPPORTED);
    lt_result *result = bench_result(b->engine);
    assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, NULL, result), LT_OK);
    assert_int_equal(lt_map_json(b->engine, 0, NULL, 0), 0);
    const lt_extras extras = {.size = sizeof extras, .map = 1};
    size_t length = lt_result_json(b->engine, result, NULL, NULL, 0);
    assert_int_equal(lt_result_json(b->engine, result, &extras, NULL, 0), length);
    lt_result_free(result);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    mk_free(m);
}

static void json_has_the_map_on_request(void **state) {
    bench *b = *state;
    char text[4096], map[2048];
    const lt_extras extras = {.size = sizeof extras, .map = 1, .map_label = 2};
    assert_int_equal(lt_map_json(b->engine, 2, map, sizeof map), 0); /* no photo yet */
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    size_t length = lt_map_json(b->engine, 2, map, sizeof map);
    assert_int_equal(length, strlen(map));
    assert_memory_equal(map, "{\"label\":\"three\",\"width\":4,\"height\":4,\"values\":[", 48);
    (void)lt_result_json(b->engine, b->result, &extras, text, sizeof text);
    assert_non_null(strstr(text, map));
    assert_int_equal(lt_map_json(b->engine, 5, map, sizeof map), 0);
}

static void a_check_measures_what_classifying_does(void **state) {
    bench *b = *state;
    uint8_t picture[SIDE * SIDE * 4];
    lt_quality quality = {.size = sizeof quality};
    char text[512];
    draw(picture);
    const lt_result *result = look_at(b, picture, NULL);
    assert_int_equal(lt_check_rgba(b->engine, picture, SIDE, SIDE, NULL, &quality), LT_OK);
    assert_memory_equal(&quality, result->quality, sizeof quality);
    assert_int_equal(lt_check_rgba(b->engine, picture, SIDE, 0, NULL, &quality), LT_IMAGE_SIZE);
    assert_int_equal(lt_check_rgba(b->engine, NULL, SIDE, SIDE, NULL, &quality), LT_ARGUMENT);
    assert_int_equal(lt_check_rgba(b->engine, picture, SIDE, SIDE, NULL, NULL), LT_ARGUMENT);
    assert_int_equal(lt_check_rgba(NULL, picture, SIDE, SIDE, NULL, &quality), LT_ARGUMENT);
    quality.faults = 1u << LT_DARK | 1u << LT_SMALL;
    size_t length = lt_quality_json(&quality, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(text, "{\"sharpness\":", 13);
    assert_non_null(strstr(text, ",\"faults\":[\"dark\",\"small\"]}"));
    assert_int_equal(lt_quality_json(NULL, text, sizeof text), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_MODEL(a_quarter_turn_is_that_of_the_pixels),
        WITH_MODEL(looking_again_takes_the_mean_of_all_views),
        WITH_MODEL(looking_again_is_at_the_last_photo),
        WITH_MODEL(a_region_is_what_its_pixels_are),
        WITH_MODEL(wrong_requests_are_refused),
        WITH_MODEL(the_mean_of_a_map_is_the_logit_but_for_the_bias),
        WITH_MODEL(a_network_of_another_end_has_no_maps),
        WITH_MODEL(json_has_the_map_on_request),
        WITH_MODEL(a_check_measures_what_classifying_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
