/* Linear scores of the features: their sums by hand, their entries with one defect each, and the way through the engine. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/linear.h"
#include "lentigo.h"
#include "model/tflite.h"
#include "smallnet.h"

enum { CHANNELS = 3, SMALL_CHANNELS = 16 };

static const float values[CHANNELS + 1] = {0.5f, -2.0f, 0.25f, 1.5f};
static lt_error error;

static lt_status read_ood(const void *bytes, size_t size, uint32_t channels, linear *out) {
    return linear_read(&(linear_entry){TFL_OOD_ENTRY, "ood", bytes, size}, 1, channels, out, &error);
}

static lt_status read_kinds(const void *bytes, size_t size, uint32_t kinds, uint32_t channels, linear *out) {
    return linear_read(&(linear_entry){TFL_KIND_ENTRY, "kinds", bytes, size}, kinds, channels, out, &error);
}

/* ---- the score ---- */

static void the_score_is_the_weighted_mean_and_the_bias(void **state) {
    (void)state;
    /* [2, 3]: means 2, 0.5, -1 */
    const float features[2 * CHANNELS] = {1, 1, -4, 3, 0, 2};
    linear ood;
    assert_int_equal(read_ood(values, sizeof values, CHANNELS, &ood), LT_OK);
    assert_float_equal(linear_score(&ood, 0, features, 2), 0.5 * 2 - 2 * 0.5 - 0.25 + 1.5, 0);
    assert_float_equal(linear_score(&ood, 0, features, 1), 0.5 - 2 - 1 + 1.5, 0);
}

static void an_entry_may_lie_at_any_address(void **state) {
    (void)state;
    uint8_t bytes[sizeof values + 1];
    const float features[CHANNELS] = {4, 0, 0};
    linear ood;
    memcpy(bytes + 1, values, sizeof values);
    assert_int_equal(read_ood(bytes + 1, sizeof values, CHANNELS, &ood), LT_OK);
    assert_float_equal(linear_score(&ood, 0, features, 1), 3.5, 0);
}

static void large_and_small_terms_do_not_lose_each_other(void **state) {
    (void)state;
    const float large[CHANNELS + 1] = {1e6f, 1, -1e6f, 0};
    const float features[CHANNELS] = {1000, 0.25f, 1000};
    linear ood;
    assert_int_equal(read_ood(large, sizeof large, CHANNELS, &ood), LT_OK);
    assert_float_equal(linear_score(&ood, 0, features, 1), 0.25, 0); /* in float the sum would be 0 */
}

static void the_largest_score_is_found(void **state) {
    (void)state;
    static const float three[3][CHANNELS + 1] = {{1, 0, 0, 0}, {0, 2, 0, -1}, {0, 0, 1, 0.5f}};
    static const struct {
        float features[CHANNELS];
        uint32_t largest;
    } cases[] = {{{3, 1, 1}, 0},    {{3, 2.25f, 1}, 1}, {{3, 2, 1}, 0},
                 {{1, 1, 0.5f}, 0}, {{1, 0, 0.75f}, 2}, {{-9, -9, -9}, 2}};
    linear kinds;
    assert_int_equal(read_kinds(three, sizeof three, 3, CHANNELS, &kinds), LT_OK);
    assert_float_equal(linear_score(&kinds, 1, cases[1].features, 1), 3.5, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(linear_largest(&kinds, cases[i].features, 1), cases[i].largest);
    /* the mean over the positions counts: {2, 2, 0.5} */
    const float map[2 * CHANNELS] = {0, 4, 1, 4, 0, 0};
    assert_int_equal(linear_largest(&kinds, map, 2), 1);
}

/* ---- the entry ---- */

static const struct {
    const char *name;
    size_t size; /* given */
    uint32_t channels; /* of the network */
    int at; /* value that is spoiled; -1: none */
    float value; /* what it becomes */
    lt_status status;
    const char *message;
} defects[] = {
    {"empty", 0, CHANNELS, -1, 0, LT_MODEL_METADATA, "lentigo.ood: 0 bytes, but 3 channels and a bias take 16"},
    {"no bias", 12, CHANNELS, -1, 0, LT_MODEL_METADATA, "lentigo.ood: 12 bytes, but 3 channels and a bias take 16"},
    {"cut within a value", 15, CHANNELS, -1, 0, LT_MODEL_METADATA, "lentigo.ood: 15 bytes, but 3 channels"},
    {"of another network", 16, 2, -1, 0, LT_MODEL_METADATA, "lentigo.ood: 16 bytes, but 2 channels and a bias take 12"},
    {"channels that wrap", 16, UINT32_MAX, -1, 0, LT_MODEL_METADATA, "lentigo.ood: 16 bytes, but 4294967295 channels"},
    {"no feature map", 16, 0, -1, 0, LT_MODEL_UNSUPPORTED, "lentigo.ood: the network has no global pooling"},
    {"NaN weight", 16, CHANNELS, 1, NAN, LT_MODEL_METADATA, "lentigo.ood: value 1 is not a finite number"},
    {"infinite bias", 16, CHANNELS, 3, INFINITY, LT_MODEL_METADATA, "lentigo.ood: value 3 is not a finite number"},
};

static void each_defect_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
        float spoiled[CHANNELS + 1];
        linear ood = {.channels = 77};
        memcpy(spoiled, values, sizeof values);
        if (defects[i].at >= 0) spoiled[defects[i].at] = defects[i].value;
        lt_status status = read_ood(spoiled, defects[i].size, defects[i].channels, &ood);
        if (status != defects[i].status || !strstr(error.text, defects[i].message))
            fail_msg("%s: status %d, \"%s\"", defects[i].name, (int)status, error.text);
        assert_int_equal(ood.channels, 77);
    }
    linear ood;
    assert_int_equal(read_ood(NULL, 0, CHANNELS, &ood), LT_MODEL_METADATA);
    assert_string_equal(error.text, "metadata.ood: the file has no entry lentigo.ood");
}

/* Of two kinds and three channels: 32 bytes. */
static const struct {
    const char *name;
    size_t size;
    uint32_t kinds, channels;
    int at; /* value that is not finite; -1: none */
    lt_status status;
    const char *message;
} kind_defects[] = {
    {"empty", 0, 2, CHANNELS, -1, LT_MODEL_METADATA,
     "lentigo.kind: 0 bytes, but 2 scores of 3 channels and a bias take 32"},
    {"of one kind", 16, 2, CHANNELS, -1, LT_MODEL_METADATA, "lentigo.kind: 16 bytes, but 2 scores of 3 channels"},
    {"of three kinds", 32, 3, CHANNELS, -1, LT_MODEL_METADATA, "lentigo.kind: 32 bytes, but 3 scores of 3 channels"},
    {"cut within a value", 31, 2, CHANNELS, -1, LT_MODEL_METADATA, "lentigo.kind: 31 bytes, but 2 scores"},
    {"of another network", 32, 2, 4, -1, LT_MODEL_METADATA, "take 40"},
    {"channels that wrap", 32, 2, UINT32_MAX, -1, LT_MODEL_METADATA, "take 34359738368"},
    {"no feature map", 32, 2, 0, -1, LT_MODEL_UNSUPPORTED, "lentigo.kind: the network has no global pooling"},
    {"NaN", 32, 2, CHANNELS, 5, LT_MODEL_METADATA, "lentigo.kind: value 5 is not a finite number"},
};

static void each_defect_of_the_kinds_is_named(void **state) {
    (void)state;
    linear kinds = {.channels = 77};
    for (size_t i = 0; i < sizeof kind_defects / sizeof *kind_defects; i++) {
        float spoiled[2][CHANNELS + 1] = {{0}};
        if (kind_defects[i].at >= 0) spoiled[kind_defects[i].at / 4][kind_defects[i].at % 4] = NAN;
        lt_status status =
            read_kinds(spoiled, kind_defects[i].size, kind_defects[i].kinds, kind_defects[i].channels, &kinds);
        if (status != kind_defects[i].status || !strstr(error.text, kind_defects[i].message))
            fail_msg("%s: status %d, \"%s\"", kind_defects[i].name, (int)status, error.text);
        assert_int_equal(kinds.channels, 77);
    }
    assert_int_equal(read_kinds(NULL, 0, 2, CHANNELS, &kinds), LT_MODEL_METADATA);
    assert_string_equal(error.text, "metadata.kinds: the file has no entry lentigo.kind");
}

/* ---- through the engine ---- */

#define DOCUMENT(ood) \
    "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},{\"id\":\"e\"}]" ood "}"

static const char below_all[] = DOCUMENT(",\"ood\":{\"score\":\"linear\",\"threshold\":-1000}");
static const char above_all[] = DOCUMENT(",\"ood\":{\"score\":\"linear\",\"threshold\":1000}");
static float weights[SMALL_CHANNELS + 1];
static uint8_t pixels[20 * 20 * 4];
static lt_engine *engine;
static lt_result *result; /* for the model loaded last */

static int set_up(void **state) {
    (void)state;
    for (int i = 0; i <= SMALL_CHANNELS; i++) weights[i] = (float)(i * 7 % 5) * 0.25f - 0.5f;
    for (size_t i = 0; i < sizeof pixels; i++) pixels[i] = (uint8_t)(i * i % 251);
    return lt_create(NULL, &engine) == LT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    lt_result_free(result);
    result = NULL;
    lt_destroy(engine);
    return 0;
}

static mk_model *model_of(const char *document, const void *entry, size_t size) {
    mk_model *m = smallnet_with(1, 0, document, NULL);
    m->ood = entry;
    m->ood_size = size;
    mk_write(m);
    return m;
}

static void classify(mk_model *m) {
    assert_int_equal(lt_load_model(engine, m->file.bytes, m->file.size), LT_OK);
    lt_result_free(result);
    assert_int_equal(lt_result_create(engine, &result), LT_OK);
    assert_int_equal(lt_classify_rgba(engine, pixels, 20, 20, NULL, result), LT_OK);
}

/* The score as the definition has it, from the engine's own feature map. */
static double expected_score(void) {
    float map[4 * 4 * SMALL_CHANNELS];
    uint32_t shape[3];
    assert_int_equal(lt_feature_map(engine, map, sizeof map / sizeof *map, shape), LT_OK);
    double score = (double)weights[SMALL_CHANNELS];
    for (int c = 0; c < SMALL_CHANNELS; c++) {
        double mean = 0;
        for (int p = 0; p < 16; p++) mean += (double)map[p * SMALL_CHANNELS + c] / 16;
        score += mean * (double)weights[c];
    }
    return score;
}

static void the_threshold_decides(void **state) {
    (void)state;
    mk_model *m = model_of(above_all, weights, sizeof weights);
    classify(m);
    assert_float_equal(result->ood_score, expected_score(), 1e-6);
    assert_true(fabsf(result->ood_score) > 0.01f);
    assert_false(result->not_a_lesion);
    float score = result->ood_score;
    mk_model *other = model_of(below_all, weights, sizeof weights);
    classify(other);
    assert_true(result->ood_score == score);
    assert_true(result->not_a_lesion);
    mk_free(m);
    mk_free(other);
}

static void later_views_keep_the_first_one_s_score(void **state) {
    (void)state;
    mk_model *m = model_of(below_all, weights, sizeof weights);
    classify(m);
    float score = result->ood_score;
    for (uint32_t i = 1; i < lt_get_model(engine)->views; i++) assert_int_equal(lt_look_again(engine, result), LT_OK);
    assert_true(result->ood_score == score && result->not_a_lesion);
    mk_free(m);
}

static void without_a_threshold_there_is_no_score(void **state) {
    (void)state;
    mk_model *m = model_of(DOCUMENT(""), weights, 5); /* not looked at */
    classify(m);
    assert_true(isnan(result->ood_score));
    assert_false(result->not_a_lesion);
    mk_free(m);
}

static void a_threshold_without_numbers_is_refused(void **state) {
    (void)state;
    mk_model *good = model_of(below_all, weights, sizeof weights), *bad = model_of(above_all, NULL, 0);
    classify(good);
    assert_int_equal(lt_load_model(engine, bad->file.bytes, bad->file.size), LT_MODEL_METADATA);
    assert_string_equal(lt_error_text(engine), "metadata.ood: the file has no entry lentigo.ood");
    mk_free(bad);
    bad = model_of(above_all, weights, sizeof weights - sizeof *weights);
    assert_int_equal(lt_load_model(engine, bad->file.bytes, bad->file.size), LT_MODEL_METADATA);
    assert_string_equal(lt_error_text(engine), "lentigo.ood: 64 bytes, but 16 channels and a bias take 68");
    mk_free(bad);
    assert_int_equal(lt_classify_rgba(engine, pixels, 20, 20, NULL, result), LT_OK);
    assert_true(result->not_a_lesion); /* by the model loaded before */
    mk_free(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_is_the_weighted_mean_and_the_bias),
        cmocka_unit_test(an_entry_may_lie_at_any_address),
        cmocka_unit_test(large_and_small_terms_do_not_lose_each_other),
        cmocka_unit_test(the_largest_score_is_found),
        cmocka_unit_test(each_defect_is_named),
        cmocka_unit_test(each_defect_of_the_kinds_is_named),
        cmocka_unit_test_setup_teardown(the_threshold_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(later_views_keep_the_first_one_s_score, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_threshold_there_is_no_score, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_threshold_without_numbers_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
