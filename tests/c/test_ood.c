/* The score for "not a lesion": its sum by hand, its entry with one defect each, and the way through the engine. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lentigo.h"
#include "ood.h"
#include "smallnet.h"

enum { CHANNELS = 3, SMALL_CHANNELS = 16 };

static const float values[CHANNELS + 1] = {0.5f, -2.0f, 0.25f, 1.5f};
static lt_error error;

/* ---- the score ---- */

static void the_score_is_the_weighted_mean_and_the_bias(void **state) {
    (void)state;
    /* [2, 3]: means 2, 0.5, -1 */
    const float features[2 * CHANNELS] = {1, 1, -4, 3, 0, 2};
    ood_model ood;
    assert_int_equal(ood_read((const uint8_t *)values, sizeof values, CHANNELS, &ood, &error), LT_OK);
    assert_float_equal(ood_score(&ood, features, 2), 0.5 * 2 - 2 * 0.5 - 0.25 + 1.5, 0);
    assert_float_equal(ood_score(&ood, features, 1), 0.5 - 2 - 1 + 1.5, 0);
}

static void an_entry_may_lie_at_any_address(void **state) {
    (void)state;
    uint8_t bytes[sizeof values + 1];
    const float features[CHANNELS] = {4, 0, 0};
    ood_model ood;
    memcpy(bytes + 1, values, sizeof values);
    assert_int_equal(ood_read(bytes + 1, sizeof values, CHANNELS, &ood, &error), LT_OK);
    assert_float_equal(ood_score(&ood, features, 1), 3.5, 0);
}

static void large_and_small_terms_do_not_lose_each_other(void **state) {
    (void)state;
    const float large[CHANNELS + 1] = {1e6f, 1, -1e6f, 0};
    const float features[CHANNELS] = {1000, 0.25f, 1000};
    ood_model ood;
    assert_int_equal(ood_read((const uint8_t *)large, sizeof large, CHANNELS, &ood, &error), LT_OK);
    assert_float_equal(ood_score(&ood, features, 1), 0.25, 0); /* in float the sum would be 0 */
}

/* ---- the entry ---- */

static const struct {
    const char *name;
    size_t size;       /* given */
    uint32_t channels; /* of the network */
    int at;            /* value that is spoiled; -1: none */
    float value;       /* what it becomes */
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
        ood_model ood = {.channels = 77};
        memcpy(spoiled, values, sizeof values);
        if (defects[i].at >= 0) spoiled[defects[i].at] = defects[i].value;
        lt_status status = ood_read((const uint8_t *)spoiled, defects[i].size, defects[i].channels, &ood, &error);
        if (status != defects[i].status || !strstr(error.text, defects[i].message))
            fail_msg("%s: status %d, \"%s\"", defects[i].name, (int)status, error.text);
        assert_int_equal(ood.channels, 77);
    }
    ood_model ood;
    assert_int_equal(ood_read(NULL, 0, CHANNELS, &ood, &error), LT_MODEL_METADATA);
    assert_string_equal(error.text, "metadata.ood: the file has no entry lentigo.ood");
}

/* ---- through the engine ---- */

#define DOCUMENT(ood) \
    "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},{\"id\":\"e\"}]" ood "}"

static const char below_all[] = DOCUMENT(",\"ood\":{\"score\":\"linear\",\"threshold\":-1000}");
static const char above_all[] = DOCUMENT(",\"ood\":{\"score\":\"linear\",\"threshold\":1000}");
static float weights[SMALL_CHANNELS + 1];
static uint8_t pixels[20 * 20 * 4];
static lt_engine *engine;
static lt_result result;

static int set_up(void **state) {
    (void)state;
    for (int i = 0; i <= SMALL_CHANNELS; i++) weights[i] = (float)(i * 7 % 5) * 0.25f - 0.5f;
    for (size_t i = 0; i < sizeof pixels; i++) pixels[i] = (uint8_t)(i * i % 251);
    return lt_create(NULL, &engine) == LT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
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
    assert_int_equal(lt_classify_rgba(engine, pixels, 20, 20, NULL, &result), LT_OK);
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
    assert_float_equal(result.ood_score, expected_score(), 1e-6);
    assert_true(fabsf(result.ood_score) > 0.01f);
    assert_false(result.not_a_lesion);
    float score = result.ood_score;
    mk_model *other = model_of(below_all, weights, sizeof weights);
    classify(other);
    assert_true(result.ood_score == score);
    assert_true(result.not_a_lesion);
    mk_free(m);
    mk_free(other);
}

static void later_views_keep_the_first_one_s_score(void **state) {
    (void)state;
    mk_model *m = model_of(below_all, weights, sizeof weights);
    classify(m);
    float score = result.ood_score;
    for (uint32_t i = 1; i < lt_get_model(engine)->views; i++) assert_int_equal(lt_look_again(engine, &result), LT_OK);
    assert_true(result.ood_score == score && result.not_a_lesion);
    mk_free(m);
}

static void without_a_threshold_there_is_no_score(void **state) {
    (void)state;
    mk_model *m = model_of(DOCUMENT(""), weights, 5); /* not looked at */
    classify(m);
    assert_true(isnan(result.ood_score));
    assert_false(result.not_a_lesion);
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
    assert_int_equal(lt_classify_rgba(engine, pixels, 20, 20, NULL, &result), LT_OK);
    assert_true(result.not_a_lesion); /* by the model loaded before */
    mk_free(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_is_the_weighted_mean_and_the_bias),
        cmocka_unit_test(an_entry_may_lie_at_any_address),
        cmocka_unit_test(large_and_small_terms_do_not_lose_each_other),
        cmocka_unit_test(each_defect_is_named),
        cmocka_unit_test_setup_teardown(the_threshold_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(later_views_keep_the_first_one_s_score, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_threshold_there_is_no_score, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_threshold_without_numbers_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
