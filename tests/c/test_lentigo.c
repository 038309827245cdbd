/* The public interface: what lentigo.h says of each call, and that an error leaves the model at work. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lentigo.h"
#include "smallnet.h"

static const char metadata[] =
    "{\"format\":1,\"name\":\"small\",\"version\":\"1.2.3\",\"temperature\":0.5,\"labels\":["
    "{\"id\":\"one\",\"malignant\":true},{\"id\":\"two\"},{\"id\":\"three\"},{\"id\":\"four\",\"malignant\":true},"
    "{\"id\":\"five\"}],\"log_prior\":[-1.609438,-0.9162907,-2.302585,-1.609438,-2.302585]}";
static const float shares[] = {0.2f, 0.4f, 0.1f, 0.2f, 0.1f};

/* A picture of 2 x 2 pixels. */
static const uint8_t png[] = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
                              0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x02, 0x00, 0x00,
                              0x00, 0xfd, 0xd4, 0x9a, 0x73, 0x00, 0x00, 0x00, 0x16, 0x49, 0x44, 0x41, 0x54, 0x78,
                              0x9c, 0x63, 0x38, 0x31, 0xad, 0x22, 0xca, 0xc6, 0x88, 0xe1, 0xd2, 0x82, 0xa6, 0x00,
                              0x23, 0x0d, 0x00, 0x29, 0x26, 0x05, 0x3d, 0x44, 0xb4, 0xfb, 0xdc, 0x00, 0x00, 0x00,
                              0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
static const uint8_t png_pixels[] = {200, 150, 120, 255, 90, 60, 50, 255, 210, 160, 130, 255, 80, 50, 40, 255};

/* What each test starts with: an engine, and the small network with the metadata above loaded. */
typedef struct bench {
    lt_engine *engine;
    mk_model *model;
    lt_result result;
} bench;

static mk_model *write_model(int with_softmax, const char *document) {
    mk_model *m = smallnet_with(1, with_softmax, document, NULL);
    mk_write(m);
    return m;
}

static lt_status load(lt_engine *engine, const mk_model *m) {
    return lt_load_model(engine, m->file.bytes, m->file.size);
}

static int set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    if (!b || lt_create(NULL, &b->engine) != LT_OK) return -1;
    b->model = write_model(0, metadata);
    *state = b;
    return load(b->engine, b->model) == LT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    bench *b = *state;
    lt_destroy(b->engine);
    mk_free(b->model);
    free(b);
    return 0;
}

/* The defaults with that prior; good until the next call. */
static const lt_request *with_prior(lt_prior prior) {
    static lt_request request;
    lt_request_default(&request);
    request.prior = prior;
    return &request;
}

static lt_status classify(bench *b, lt_prior prior) {
    return lt_classify(b->engine, png, sizeof png, with_prior(prior), &b->result);
}

/* ---- names and options ----------------------------------------------------------------------- */

static void every_status_has_a_name_and_a_text(void **state) {
    (void)state;
    for (int i = 0; i < LT_STATUS_COUNT; i++) {
        assert_memory_equal(lt_status_name((lt_status)i), "LT_", 3);
        assert_true(strlen(lt_status_text((lt_status)i)) > 3);
    }
    assert_string_equal(lt_status_name((lt_status)99), "unknown");
    assert_string_equal(lt_status_text((lt_status)-1), "an unknown status");
}

static void priors_have_names(void **state) {
    (void)state;
    lt_prior prior = LT_PRIOR_DATA;
    assert_string_equal(lt_prior_name(LT_PRIOR_DATA), "data");
    assert_int_equal(lt_prior_from_name("uniform", &prior), LT_OK);
    assert_int_equal(prior, LT_PRIOR_UNIFORM);
    assert_int_equal(lt_prior_from_name("flat", &prior), LT_ARGUMENT);
    assert_int_equal(lt_prior_from_name(NULL, &prior), LT_ARGUMENT);
    assert_string_equal(lt_prior_name(LT_PRIOR_COUNT), "unknown");
    assert_string_equal(lt_measure_name(LT_LESION), "lesion");
    assert_string_equal(lt_measure_name(LT_MEASURE_COUNT), "unknown");
    assert_string_equal(lt_fault_name(LT_LARGE), "large");
    assert_string_equal(lt_fault_name(LT_FAULT_COUNT), "unknown");
}

static void wrong_options_are_refused(void **state) {
    (void)state;
    static const lt_options wrong[] = {{0, 1000, 0}, {65, 1000, 0}, {1, 0, 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lt_engine *engine = (lt_engine *)(uintptr_t)&wrong;
        assert_int_equal(lt_create(&wrong[i], &engine), LT_ARGUMENT);
        assert_null(engine);
    }
    assert_int_equal(lt_create(NULL, NULL), LT_ARGUMENT);
}

/* ---- before and without a model -------------------------------------------------------------- */

static void without_a_model_there_is_nothing_to_do(void **state) {
    (void)state;
    lt_engine *engine;
    lt_result result = {0};
    uint32_t shape[3];
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_string_equal(lt_error_text(engine), "");
    assert_null(lt_get_model(engine));
    assert_int_equal(lt_classify(engine, png, sizeof png, NULL, &result), LT_NO_MODEL);
    assert_string_equal(lt_error_text(engine), "lt_classify: load a model first");
    assert_int_equal(lt_classify_rgba(engine, png_pixels, 2, 2, NULL, &result), LT_NO_MODEL);
    assert_int_equal(lt_decide(engine, LT_PRIOR_DATA, &result), LT_NO_MODEL);
    assert_int_equal(lt_feature_map(engine, NULL, 0, shape), LT_NO_MODEL);
    assert_int_equal(lt_result_json(engine, &result, NULL, NULL, 0), 0);
    assert_int_equal(lt_model_json(engine, NULL, 0), 0);
    lt_destroy(engine);
}

static void no_engine_is_an_argument_error(void **state) {
    (void)state;
    lt_result result = {0};
    uint32_t shape[3];
    assert_int_equal(lt_load_model(NULL, png, sizeof png), LT_ARGUMENT);
    assert_int_equal(lt_classify(NULL, png, sizeof png, NULL, &result), LT_ARGUMENT);
    assert_int_equal(lt_classify_rgba(NULL, png_pixels, 2, 2, NULL, &result), LT_ARGUMENT);
    assert_int_equal(lt_decide(NULL, LT_PRIOR_DATA, &result), LT_ARGUMENT);
    assert_int_equal(lt_feature_map(NULL, NULL, 0, shape), LT_ARGUMENT);
    assert_int_equal(lt_result_json(NULL, &result, NULL, NULL, 0), 0);
    assert_null(lt_get_model(NULL));
    assert_string_equal(lt_error_text(NULL), "");
    assert_int_equal(lt_peak_bytes(NULL), 0);
    lt_destroy(NULL);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void a_photo_gets_an_answer(void **state) {
    bench *b = *state;
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    double sum = 0, terms = 0;
    for (int i = 0; i < 5; i++) {
        terms += exp((double)b->result.logits[i] / 0.5) * (double)shares[i];
        sum += (double)b->result.probabilities[i];
    }
    assert_float_equal(sum, 1, 1e-6);
    for (int i = 0; i < 5; i++)
        assert_float_equal(b->result.probabilities[i],
                           (float)(exp((double)b->result.logits[i] / 0.5) * (double)shares[i] / terms), 1e-6);
    assert_float_equal(b->result.malignant, b->result.probabilities[0] + b->result.probabilities[3], 1e-6);
    assert_int_equal(b->result.label_count, 5);
    assert_int_equal(b->result.photo_width, 2);
    assert_int_equal(b->result.photo_height, 2);
    assert_int_equal(b->result.decode_scale, 1);
    assert_true(b->result.decode_ms >= 0 && b->result.resize_ms >= 0 && b->result.infer_ms >= 0);
}

static void pixels_give_what_their_file_gives(void **state) {
    bench *b = *state;
    lt_result from_pixels = {0};
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_classify_rgba(b->engine, png_pixels, 2, 2, NULL, &from_pixels), LT_OK);
    assert_memory_equal(from_pixels.logits, b->result.logits, 5 * sizeof(float));
}

static void deciding_again_is_classifying_with_that_prior(void **state) {
    bench *b = *state;
    assert_int_equal(classify(b, LT_PRIOR_UNIFORM), LT_OK);
    lt_result uniform = b->result;
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, &b->result), LT_OK);
    assert_memory_equal(b->result.probabilities, uniform.probabilities, sizeof uniform.probabilities);
    assert_memory_equal(b->result.order, uniform.order, 5 * sizeof *uniform.order);
    assert_int_equal(b->result.prior, LT_PRIOR_UNIFORM);
}

static void softmax_in_the_network_changes_no_answer(void **state) {
    bench *b = *state;
    static const char plain[] = "{\"format\":1,\"labels\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"4\"},"
                                "{\"id\":\"5\"}]}";
    lt_result of_logits = {0}, of_shares = {0};
    mk_model *logits = write_model(0, plain), *softmax = write_model(1, plain);
    assert_int_equal(load(b->engine, logits), LT_OK);
    assert_int_equal(lt_classify(b->engine, png, sizeof png, NULL, &of_logits), LT_OK);
    assert_int_equal(load(b->engine, softmax), LT_OK);
    assert_int_equal(lt_classify(b->engine, png, sizeof png, NULL, &of_shares), LT_OK);
    /* the int8 softmax has steps of 1/256, and rounding may take half a step from each of the five */
    for (int i = 0; i < 5; i++) assert_float_equal(of_shares.probabilities[i], of_logits.probabilities[i], 2.0 / 256);
    assert_int_equal(load(b->engine, b->model), LT_OK);
    mk_free(logits);
    mk_free(softmax);
}

static void a_model_without_metadata_has_defaults(void **state) {
    bench *b = *state;
    mk_model *bare = write_model(0, NULL);
    assert_int_equal(load(b->engine, bare), LT_OK);
    const lt_model *model = lt_get_model(b->engine);
    assert_string_equal(model->name, "unnamed");
    assert_string_equal(model->labels[4].id, "4");
    assert_int_equal(model->width, SMALLNET_SIDE);
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result data = b->result;
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, &b->result), LT_OK);
    for (int i = 0; i < 5; i++) assert_float_equal(data.probabilities[i], b->result.probabilities[i], 1e-6);
    assert_float_equal(data.malignant, 0, 0);
    assert_int_equal(load(b->engine, b->model), LT_OK);
    mk_free(bare);
}

static void the_feature_map_is_the_last_photos(void **state) {
    bench *b = *state;
    uint32_t shape[3];
    float map[4 * 4 * 16];
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map, shape), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_feature_map: this model has classified no photo yet");
    assert_int_equal(lt_feature_map(b->engine, NULL, 0, shape), LT_OK);
    assert_int_equal(shape[0] * shape[1] * shape[2], sizeof map / sizeof *map);
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map, shape), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map - 1, shape), LT_ARGUMENT);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map, NULL), LT_ARGUMENT);
}

static void json_says_what_the_result_says(void **state) {
    bench *b = *state;
    char text[2048], start[128];
    const lt_extras all = {.file = "a photo", .logits = 1}, name = {.file = "a photo"};
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    size_t length = lt_result_json(b->engine, &b->result, &all, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_int_equal(lt_result_json(b->engine, &b->result, &all, NULL, 0), length);
    assert_true(lt_result_json(b->engine, &b->result, &name, NULL, 0) < length);
    (void)snprintf(start, sizeof start, "{\"file\":\"a photo\",\"label\":\"%s\",\"probabilities\":{\"one\":",
                   lt_get_model(b->engine)->labels[b->result.order[0]].id);
    assert_memory_equal(text, start, strlen(start));
    length = lt_model_json(b->engine, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_non_null(strstr(text, "\"metadata\":{\"format\":1,\"name\":\"small\""));
}

static void what_is_no_result_of_this_model_is_refused(void **state) {
    bench *b = *state;
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    b->result.order[0] = 5;
    assert_int_equal(lt_result_json(b->engine, &b->result, NULL, NULL, 0), 0);
    b->result.label_count = 6;
    assert_int_equal(lt_result_json(b->engine, &b->result, NULL, NULL, 0), 0);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_DATA, &b->result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_decide: the result has 6 classes, the model 5");
    assert_int_equal(lt_result_json(b->engine, NULL, NULL, NULL, 0), 0);
}

/* ---- regions, views, maps, quality ------------------------------------------------------------ */

enum { SIDE = SMALLNET_SIDE };

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

static lt_result look_at(bench *b, const uint8_t *rgba, const lt_request *request) {
    lt_result result;
    assert_int_equal(lt_classify_rgba(b->engine, rgba, SIDE, SIDE, request, &result), LT_OK);
    return result;
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
        lt_result turned = look_at(b, pictures[0], &request), expected = look_at(b, pictures[i], NULL);
        assert_memory_equal(turned.logits, expected.logits, 5 * sizeof(float));
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
        lt_result one = look_at(b, pictures[i], NULL);
        for (int k = 0; k < 5; k++) sums[k] += (double)one.logits[k];
    }
    lt_result result = look_at(b, pictures[0], NULL), first = result;
    assert_int_equal(result.views, 1);
    assert_int_equal(lt_get_model(b->engine)->views, 8);
    for (uint32_t i = 1; i < 8; i++) {
        assert_int_equal(lt_look_again(b->engine, &result), LT_OK);
        assert_int_equal(result.views, i + 1);
        double sum = 0;
        for (int k = 0; k < 5; k++) sum += (double)result.probabilities[k];
        assert_float_equal(sum, 1, 1e-6);
    }
    for (int k = 0; k < 5; k++) assert_float_equal(result.logits[k], (float)(sums[k] / 8), 1e-6);
    assert_memory_not_equal(result.logits, first.logits, 5 * sizeof(float));
    assert_int_equal(lt_look_again(b->engine, &result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: all 8 views are done");
    assert_int_equal(result.views, 8);
}

static void looking_again_is_at_the_last_photo(void **state) {
    bench *b = *state;
    uint8_t picture[SIDE * SIDE * 4], other[SIDE * SIDE * 4];
    lt_result none = {0};
    assert_int_equal(lt_look_again(b->engine, &none), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: this model has classified no photo yet");
    draw(picture);
    quarter_turn(picture, other);
    lt_result old = look_at(b, other, NULL), result = look_at(b, picture, NULL), before = old;
    assert_int_equal(lt_look_again(b->engine, &old), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_look_again: not the result of the last photo");
    assert_memory_equal(&old, &before, sizeof old);
    assert_int_equal(lt_look_again(b->engine, NULL), LT_ARGUMENT);
    assert_int_equal(lt_look_again(NULL, &result), LT_ARGUMENT);
    /* a photo that cannot be read, and a check, change nothing of that */
    assert_int_equal(lt_classify(b->engine, png, 20, NULL, &before), LT_IMAGE_FORMAT);
    lt_quality quality;
    assert_int_equal(lt_check_rgba(b->engine, other, SIDE, SIDE, NULL, &quality), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, &result), LT_OK);
    assert_int_equal(lt_look_again(b->engine, &result), LT_OK);
    assert_int_equal(result.prior, LT_PRIOR_UNIFORM);
    assert_int_equal(load(b->engine, b->model), LT_OK);
    assert_int_equal(lt_look_again(b->engine, &result), LT_ARGUMENT);
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
        const lt_request request = {.x = ((float)left + 0.5f * SIDE + 0.2f) / WIDE,
                                    .y = ((float)top + 0.5f * SIDE + 0.2f) / HIGH,
                                    .side = 0.5f};
        lt_result region, expected = look_at(b, square, NULL);
        assert_int_equal(lt_classify_rgba(b->engine, rgba, WIDE, HIGH, &request, &region), LT_OK);
        assert_memory_equal(region.logits, expected.logits, 5 * sizeof(float));
        assert_memory_equal(&region.quality, &expected.quality, sizeof region.quality);
    }
}

static void wrong_requests_are_refused(void **state) {
    bench *b = *state;
    static const struct {
        lt_request request;
        const char *text;
    } wrong[] = {{{LT_PRIOR_COUNT, 0.5f, 0.5f, 0, 0}, "unknown prior"},
                 {{LT_PRIOR_DATA, -0.1f, 0.5f, 0.5f, 0}, "x -0.1, y 0.5: not both from 0 to 1"},
                 {{LT_PRIOR_DATA, 0.5f, 1.5f, 0.5f, 0}, "x 0.5, y 1.5: not both from 0 to 1"},
                 {{LT_PRIOR_DATA, NAN, 0.5f, 0.5f, 0}, "not both from 0 to 1"},
                 {{LT_PRIOR_DATA, 0.5f, 0.5f, 1.5f, 0}, "side 1.5 is not from 0 to 1"},
                 {{LT_PRIOR_DATA, 0.5f, 0.5f, NAN, 0}, "is not from 0 to 1"},
                 {{LT_PRIOR_DATA, 0.5f, 0.5f, 0, 4}, "4 quarter turns, 0 to 3 are made"}};
    lt_result before = b->result;
    lt_quality quality;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(lt_classify(b->engine, png, sizeof png, &wrong[i].request, &b->result), LT_ARGUMENT);
        assert_non_null(strstr(lt_error_text(b->engine), wrong[i].text));
        assert_int_equal(lt_classify_rgba(b->engine, png_pixels, 2, 2, &wrong[i].request, &b->result), LT_ARGUMENT);
        assert_int_equal(lt_check_rgba(b->engine, png_pixels, 2, 2, &wrong[i].request, &quality), LT_ARGUMENT);
        assert_non_null(strstr(lt_error_text(b->engine), "lt_check_rgba: "));
    }
    assert_memory_equal(&b->result, &before, sizeof before);
}

/* The mean of a class's map, and the bias, are its logit before rounding: the maps of two classes differ as they do. */
static void the_mean_of_a_map_is_the_logit_but_for_the_bias(void **state) {
    bench *b = *state;
    smallnet_parts parts;
    mk_model *m = smallnet_with(0, 0, NULL, &parts); /* in floats, so that nothing is rounded on the way */
    mk_write(m);
    assert_int_equal(load(b->engine, m), LT_OK);
    uint8_t picture[SIDE * SIDE * 4];
    float map[16];
    uint32_t shape[2];
    draw(picture);
    assert_int_equal(lt_class_map(b->engine, 0, map, 16, shape), LT_ARGUMENT);
    lt_result result = look_at(b, picture, NULL);
    const mk_op *dense = &m->ops[parts.dense];
    const float *biases = m->tensors[dense->inputs[2]].data;
    for (uint32_t label = 0; label < 5; label++) {
        assert_int_equal(lt_class_map(b->engine, label, map, 16, shape), LT_OK);
        assert_int_equal(shape[0] * shape[1], 16);
        double mean = 0;
        for (int i = 0; i < 16; i++) mean += (double)map[i] / 16;
        assert_float_equal((float)mean + biases[label], result.logits[label], 1e-4);
    }
    float again[16];
    assert_int_equal(lt_look_again(b->engine, &result), LT_OK); /* a map is the first view's */
    assert_int_equal(lt_class_map(b->engine, 4, again, 16, shape), LT_OK);
    assert_memory_equal(map, again, sizeof map);
    assert_int_equal(lt_class_map(b->engine, 5, map, 16, shape), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_class_map: class 5 of 5");
    assert_int_equal(lt_class_map(b->engine, 4, map, 15, shape), LT_ARGUMENT);
    assert_int_equal(lt_class_map(b->engine, 4, map, 16, NULL), LT_ARGUMENT);
    assert_int_equal(load(b->engine, b->model), LT_OK);
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
    assert_int_equal(load(b->engine, m), LT_OK);
    assert_int_equal(lt_class_map(b->engine, 0, NULL, 0, shape), LT_MODEL_UNSUPPORTED);
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_map_json(b->engine, 0, NULL, 0), 0);
    const lt_extras extras = {.map = 1};
    size_t length = lt_result_json(b->engine, &b->result, NULL, NULL, 0);
    assert_int_equal(lt_result_json(b->engine, &b->result, &extras, NULL, 0), length);
    assert_int_equal(load(b->engine, b->model), LT_OK);
    mk_free(m);
}

static void json_has_the_map_on_request(void **state) {
    bench *b = *state;
    char text[4096], map[2048];
    const lt_extras extras = {.map = 1, .map_label = 2};
    assert_int_equal(lt_map_json(b->engine, 2, map, sizeof map), 0); /* no photo yet */
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    size_t length = lt_map_json(b->engine, 2, map, sizeof map);
    assert_int_equal(length, strlen(map));
    assert_memory_equal(map, "{\"label\":\"three\",\"width\":4,\"height\":4,\"values\":[", 48);
    (void)lt_result_json(b->engine, &b->result, &extras, text, sizeof text);
    assert_non_null(strstr(text, map));
    assert_int_equal(lt_map_json(b->engine, 5, map, sizeof map), 0);
    b->result.set_count = 1;
    b->result.set[0] = 5;
    assert_int_equal(lt_result_json(b->engine, &b->result, NULL, NULL, 0), 0);
}

static void a_check_measures_what_classifying_does(void **state) {
    bench *b = *state;
    uint8_t picture[SIDE * SIDE * 4];
    lt_quality quality;
    char text[512];
    draw(picture);
    lt_result result = look_at(b, picture, NULL);
    assert_int_equal(lt_check_rgba(b->engine, picture, SIDE, SIDE, NULL, &quality), LT_OK);
    assert_memory_equal(&quality, &result.quality, sizeof quality);
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

/* ---- errors ---------------------------------------------------------------------------------- */

/* After an error the text is there, the result untouched, and the model gives the answer it gave before. */
static void assert_still_works(bench *b, const lt_result *before, const lt_result *answer) {
    assert_true(strlen(lt_error_text(b->engine)) > 0);
    assert_memory_equal(&b->result, before, sizeof *before);
    assert_string_equal(lt_get_model(b->engine)->name, "small");
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_string_equal(lt_error_text(b->engine), "");
    assert_memory_equal(b->result.logits, answer->logits, sizeof answer->logits);
    assert_memory_equal(b->result.probabilities, answer->probabilities, sizeof answer->probabilities);
}

static void a_photo_that_fails_leaves_all_as_it_was(void **state) {
    bench *b = *state;
    static const uint8_t text[] = "not a photo";
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result answer = b->result, before;
    const struct {
        const uint8_t *photo;
        size_t size;
        lt_prior prior;
        lt_status status;
    } wrong[] = {{text, sizeof text, LT_PRIOR_DATA, LT_IMAGE_FORMAT}, {png, 0, LT_PRIOR_DATA, LT_IMAGE_FORMAT},
                 {png, 40, LT_PRIOR_DATA, LT_IMAGE_FORMAT},           {NULL, 10, LT_PRIOR_DATA, LT_ARGUMENT},
                 {png, sizeof png, LT_PRIOR_COUNT, LT_ARGUMENT},      {png, sizeof png, (lt_prior)-1, LT_ARGUMENT}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        before = b->result;
        assert_int_equal(lt_classify(b->engine, wrong[i].photo, wrong[i].size, with_prior(wrong[i].prior), &b->result),
                         wrong[i].status);
        assert_still_works(b, &before, &answer);
    }
    before = b->result;
    assert_int_equal(lt_classify_rgba(b->engine, png_pixels, 0, 2, NULL, &b->result), LT_IMAGE_SIZE);
    assert_still_works(b, &before, &answer);
    assert_int_equal(lt_classify(b->engine, png, sizeof png, NULL, NULL), LT_ARGUMENT);
}

static void a_model_that_fails_leaves_the_one_before(void **state) {
    bench *b = *state;
    static const char doubled[] =
        "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},"
        "{\"id\":\"d\"}]}";
    static const char newer[] = "{\"format\":2}";
    mk_model *wrong_labels = write_model(0, doubled), *wrong_format = write_model(0, newer);
    assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result answer = b->result, before;
    const struct {
        const uint8_t *bytes;
        size_t size;
        lt_status status;
        const char *text;
    } wrong[] = {
        {NULL, 10, LT_ARGUMENT, "bytes is NULL"},
        {png, 0, LT_MODEL_FORMAT, ""},
        {png, sizeof png, LT_MODEL_FORMAT, ""},
        {b->model->file.bytes, b->model->file.size / 2, LT_MODEL_FORMAT, ""},
        {wrong_labels->file.bytes, wrong_labels->file.size, LT_MODEL_METADATA,
         "labels[1].id: \"a\" is labels[0].id too"},
        {wrong_format->file.bytes, wrong_format->file.size, LT_MODEL_UNSUPPORTED, "format: 2, newer than 1"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        before = b->result;
        assert_int_equal(lt_load_model(b->engine, wrong[i].bytes, wrong[i].size), wrong[i].status);
        assert_non_null(strstr(lt_error_text(b->engine), wrong[i].text));
        assert_still_works(b, &before, &answer);
    }
    mk_free(wrong_labels);
    mk_free(wrong_format);
}

static void a_photo_beyond_the_limit_is_refused(void **state) {
    bench *b = *state;
    lt_options options;
    lt_engine *engine;
    lt_options_default(&options);
    options.max_pixels = 3;
    assert_int_equal(lt_create(&options, &engine), LT_OK);
    assert_int_equal(load(engine, b->model), LT_OK);
    assert_int_equal(lt_classify(engine, png, sizeof png, NULL, &b->result), LT_IMAGE_SIZE);
    assert_int_equal(lt_classify_rgba(engine, png_pixels, 2, 2, NULL, &b->result), LT_IMAGE_SIZE);
    assert_int_equal(lt_classify_rgba(engine, png_pixels, 1, 2, NULL, &b->result), LT_OK);
    lt_destroy(engine);
}

static void peak_bytes_count_a_change_of_models(void **state) {
    bench *b = *state;
    size_t one = lt_peak_bytes(b->engine);
    assert_true(one > 3 * SMALLNET_SIDE * SMALLNET_SIDE);
    assert_int_equal(load(b->engine, b->model), LT_OK); /* for a moment there are two */
    assert_true(lt_peak_bytes(b->engine) > one);
    size_t two = lt_peak_bytes(b->engine);
    for (int i = 0; i < 20; i++) assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    size_t later = lt_peak_bytes(b->engine);
    for (int i = 0; i < 20; i++) assert_int_equal(classify(b, LT_PRIOR_DATA), LT_OK);
    assert_true(later >= two);
    assert_int_equal(lt_peak_bytes(b->engine), later);
}

#define WITH_MODEL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name_and_a_text),
        cmocka_unit_test(priors_have_names),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(without_a_model_there_is_nothing_to_do),
        cmocka_unit_test(no_engine_is_an_argument_error),
        WITH_MODEL(a_photo_gets_an_answer),
        WITH_MODEL(pixels_give_what_their_file_gives),
        WITH_MODEL(deciding_again_is_classifying_with_that_prior),
        WITH_MODEL(softmax_in_the_network_changes_no_answer),
        WITH_MODEL(a_model_without_metadata_has_defaults),
        WITH_MODEL(the_feature_map_is_the_last_photos),
        WITH_MODEL(json_says_what_the_result_says),
        WITH_MODEL(what_is_no_result_of_this_model_is_refused),
        WITH_MODEL(a_quarter_turn_is_that_of_the_pixels),
        WITH_MODEL(looking_again_takes_the_mean_of_all_views),
        WITH_MODEL(looking_again_is_at_the_last_photo),
        WITH_MODEL(a_region_is_what_its_pixels_are),
        WITH_MODEL(wrong_requests_are_refused),
        WITH_MODEL(the_mean_of_a_map_is_the_logit_but_for_the_bias),
        WITH_MODEL(a_network_of_another_end_has_no_maps),
        WITH_MODEL(json_has_the_map_on_request),
        WITH_MODEL(a_check_measures_what_classifying_does),
        WITH_MODEL(a_photo_that_fails_leaves_all_as_it_was),
        WITH_MODEL(a_model_that_fails_leaves_the_one_before),
        WITH_MODEL(a_photo_beyond_the_limit_is_refused),
        WITH_MODEL(peak_bytes_count_a_change_of_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
