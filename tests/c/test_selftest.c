/* The self-test in a model file: the picture it is about, each of its defects by name, and what the engine says of it. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "model/selftest.h"

enum { SIDE = SMALLNET_SIDE, CLASSES = SMALLNET_CLASSES, SEED = 7 };

/* ---- the picture ----------------------------------------------------------------------------- */

/* tests/training/test_selftest.py has the same numbers. */
static void the_picture_is_the_same_everywhere(void **state) {
    (void)state;
    static uint8_t rgb[20 * 33 * 3];
    static const uint8_t first[] = {132, 127, 64, 88, 106, 82, 115, 120, 66, 84, 120, 103},
                         last[] = {171, 116, 194, 168, 69, 171, 163, 73, 163, 144, 22, 39};
    selftest_draw(1, 33, 20, rgb);
    assert_memory_equal(rgb, first, sizeof first);
    assert_memory_equal(rgb + sizeof rgb - sizeof last, last, sizeof last);
}

/* ---- the entry ------------------------------------------------------------------------------- */

static lt_status read_text(const char *text, selftest *out, lt_error *error) {
    size_t size = strlen(text);
    uint8_t *exact = malloc(size > 0 ? size : 1); /* without a final 0, as it stands in a model file */
    assert_non_null(exact);
    memcpy(exact, text, size);
    lt_clear(error);
    lt_status status = selftest_read(exact, size, 3, NULL, out, error);
    free(exact);
    return status;
}

static void an_entry_is_read(void **state) {
    (void)state;
    selftest test;
    lt_error error;
    assert_int_equal(read_text("{\"input\":\"blocks:4294967295\",\"logits\":[0.1,-2,3e-5],\"more\":{}}", &test, &error),
                     LT_OK);
    assert_true(test.seed == UINT32_MAX && test.tolerance == 0.0f);
    assert_true(test.logits[0] == 0.1f && test.logits[1] == -2.0f && test.logits[2] == 3e-5f);
    assert_int_equal(read_text("{\"input\":\"blocks:0\",\"logits\":[1,2,3],\"tolerance\":0.5}", &test, &error), LT_OK);
    assert_true(test.seed == 0 && test.tolerance == 0.5f);
}

static void each_defect_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text;
        lt_status status;
        const char *message;
    } defects[] = {
        {"", LT_MODEL_METADATA, "lentigo.selftest: not JSON at byte 0 of 0"},
        {"{\"input\":", LT_MODEL_METADATA, "lentigo.selftest: not JSON at byte 9 of 9"},
        {"[]", LT_MODEL_METADATA, "lentigo.selftest.input: missing"},
        {"{\"logits\":[1,2,3]}", LT_MODEL_METADATA, "lentigo.selftest.input: missing"},
        {"{\"input\":7,\"logits\":[1,2,3]}", LT_MODEL_METADATA, "lentigo.selftest.input: missing, or not a string"},
        {"{\"input\":\"waves:1\"}", LT_MODEL_UNSUPPORTED, "lentigo.selftest.input: this engine draws no \"waves:1\""},
        {"{\"input\":\"blocks:\"}", LT_MODEL_METADATA, "lentigo.selftest.input: \"blocks:\" has no seed"},
        {"{\"input\":\"blocks:-1\"}", LT_MODEL_METADATA, "lentigo.selftest.input: \"blocks:-1\" has no seed"},
        {"{\"input\":\"blocks:1x\"}", LT_MODEL_METADATA, "lentigo.selftest.input: \"blocks:1x\" has no seed"},
        {"{\"input\":\"blocks:4294967296\"}", LT_MODEL_METADATA, "has no seed of 32 bits"},
        {"{\"input\":\"blocks:1\"}", LT_MODEL_METADATA, "lentigo.selftest.logits: 0 numbers, but the network gives 3"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,2]}", LT_MODEL_METADATA, "lentigo.selftest.logits: 2 numbers"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,2,3,4]}", LT_MODEL_METADATA, "lentigo.selftest.logits: 4 numbers"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,\"2\",3]}", LT_MODEL_METADATA, "lentigo.selftest.logits[1]: not a"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,2,1e39]}", LT_MODEL_METADATA, "lentigo.selftest.logits[2]: not a"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,2,3],\"tolerance\":-1}", LT_MODEL_METADATA,
         "lentigo.selftest.tolerance: not a number of 0 or more"},
        {"{\"input\":\"blocks:1\",\"logits\":[1,2,3],\"tolerance\":\"0\"}", LT_MODEL_METADATA,
         "lentigo.selftest.tolerance"},
    };
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
        selftest test;
        lt_error error;
        assert_int_equal(read_text(defects[i].text, &test, &error), defects[i].status);
        if (!strstr(error.text, defects[i].message)) fail_msg("%s: %s", defects[i].text, error.text);
    }
}

/* ---- the engine ------------------------------------------------------------------------------ */

/* What the network gives for the picture, by the way of a photo. */
static void answer(lt_engine *engine, float logits[CLASSES]) {
    static uint8_t rgb[SIDE * SIDE * 3], rgba[SIDE * SIDE * 4];
    const lt_request whole = {.size = sizeof whole, .prior = LT_PRIOR_DATA, .x = 0.5f, .y = 0.5f, .side = 1.0f};
    selftest_draw(SEED, SIDE, SIDE, rgb);
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        memcpy(rgba + 4 * i, rgb + 3 * i, 3);
        rgba[4 * i + 3] = 255;
    }
    lt_result *result = bench_result(engine);
    assert_int_equal(lt_classify_rgba(engine, rgba, SIDE, SIDE, &whole, result), LT_OK);
    memcpy(logits, result->logits, CLASSES * sizeof *logits);
    lt_result_free(result);
}

/* The entry that says so, into text ([capacity]). */
static void write_entry(const float *logits, double tolerance, char *text, size_t capacity) {
    int at = snprintf(text, capacity, "{\"input\":\"blocks:%d\",\"logits\":[", SEED);
    for (int i = 0; i < CLASSES; i++)
        at += snprintf(text + at, capacity - (size_t)at, "%s%.9g", i > 0 ? "," : "", (double)logits[i]);
    (void)snprintf(text + at, capacity - (size_t)at, "],\"tolerance\":%g}", tolerance);
}

/* The small network with that entry; *out is to be freed after the engine has let it go. */
static lt_status load(bench *b, int end, const char *entry, mk_model **out) {
    *out = smallnet_with(1, end, bench_metadata, NULL);
    (*out)->selftest = entry;
    mk_write(*out);
    lt_status status = bench_load(b->engine, *out);
    lt_result_free(b->result);
    b->result = bench_result(b->engine);
    return status;
}

static void a_network_passes_its_own_numbers(void **state) {
    static const int ends[] = {SMALLNET_LOGITS, SMALLNET_SHARES, SMALLNET_FLOAT_LOGITS};
    bench *b = *state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char entry[400];
        mk_model *without, *with;
        assert_int_equal(load(b, ends[i], NULL, &without), LT_OK);
        assert_int_equal(lt_self_test(b->engine), LT_NO_SELF_TEST);
        assert_string_equal(lt_error_text(b->engine), "the model file has no entry lentigo.selftest");
        float logits[CLASSES];
        answer(b->engine, logits);
        write_entry(logits, 0, entry, sizeof entry);
        assert_int_equal(load(b, ends[i], entry, &with), LT_OK);
        assert_int_equal(lt_self_test(b->engine), LT_OK);
        assert_string_equal(lt_error_text(b->engine), "");
        assert_int_equal(bench_load(b->engine, b->model), LT_OK);
        mk_free(without);
        mk_free(with);
    }
}

static void the_least_step_in_one_class_fails_and_names_it(void **state) {
    bench *b = *state;
    float own[CLASSES];
    answer(b->engine, own);
    for (int i = 0; i < CLASSES; i++) {
        char entry[400];
        float logits[CLASSES];
        mk_model *m;
        memcpy(logits, own, sizeof logits);
        logits[i] = nextafterf(own[i], 100.0f);
        write_entry(logits, 0, entry, sizeof entry);
        assert_int_equal(load(b, SMALLNET_LOGITS, entry, &m), LT_OK);
        assert_int_equal(lt_self_test(b->engine), LT_SELF_TEST);
        char expected[40];
        (void)snprintf(expected, sizeof expected, "class %d, %s: the network gives", i,
                       lt_get_model(b->engine)->labels[i].id);
        assert_memory_equal(lt_error_text(b->engine), expected, strlen(expected));
        assert_int_equal(bench_load(b->engine, b->model), LT_OK);
        mk_free(m);
    }
}

static void a_tolerance_is_how_far_it_may_be_off(void **state) {
    static const struct {
        double tolerance;
        lt_status status;
    } cases[] = {{0.25, LT_OK}, {0.0625, LT_SELF_TEST}};
    bench *b = *state;
    float own[CLASSES];
    answer(b->engine, own);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char entry[400];
        float logits[CLASSES];
        mk_model *m;
        memcpy(logits, own, sizeof logits);
        logits[2] -= 0.125f;
        write_entry(logits, cases[i].tolerance, entry, sizeof entry);
        assert_int_equal(load(b, SMALLNET_LOGITS, entry, &m), LT_OK);
        assert_int_equal(lt_self_test(b->engine), cases[i].status);
        assert_int_equal(bench_load(b->engine, b->model), LT_OK);
        mk_free(m);
    }
}

static void what_is_kept_of_the_last_photo_stays(void **state) {
    bench *b = *state;
    static float before[SIDE * SIDE * 16], after[SIDE * SIDE * 16];
    uint32_t shape[3];
    char entry[400];
    mk_model *m;
    float own[CLASSES];
    answer(b->engine, own);
    write_entry(own, 0, entry, sizeof entry);
    assert_int_equal(load(b, SMALLNET_LOGITS, entry, &m), LT_OK);
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, before, sizeof before / sizeof *before, shape), LT_OK);
    assert_int_equal(lt_look_again(b->engine, b->result), LT_OK);
    lt_result *again = bench_keep(b->engine, b->result);

    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_self_test(b->engine), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, after, sizeof after / sizeof *after, shape), LT_OK);
    assert_memory_equal(after, before, (size_t)shape[0] * shape[1] * shape[2] * sizeof *after);
    assert_int_equal(lt_look_again(b->engine, b->result), LT_OK);
    assert_true(bench_same(b->result, again));
    lt_result_free(again);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    mk_free(m);
}

static void a_broken_entry_is_told_and_the_model_works_on(void **state) {
    bench *b = *state;
    mk_model *m;
    assert_int_equal(load(b, SMALLNET_LOGITS, "{\"input\":\"blocks:1\",\"logits\":[1]}", &m), LT_OK);
    assert_int_equal(lt_self_test(b->engine), LT_MODEL_METADATA);
    assert_string_equal(lt_error_text(b->engine), "lentigo.selftest.logits: 1 numbers, but the network gives 5");
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    mk_free(m);
}

static void without_engine_or_model(void **state) {
    (void)state;
    lt_engine *engine;
    assert_int_equal(lt_self_test(NULL), LT_ARGUMENT);
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(lt_self_test(engine), LT_NO_MODEL);
    assert_string_equal(lt_error_text(engine), "lt_self_test: load a model first");
    lt_destroy(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_is_the_same_everywhere),
        cmocka_unit_test(an_entry_is_read),
        cmocka_unit_test(each_defect_is_named),
        WITH_MODEL(a_network_passes_its_own_numbers),
        WITH_MODEL(the_least_step_in_one_class_fails_and_names_it),
        WITH_MODEL(a_tolerance_is_how_far_it_may_be_off),
        WITH_MODEL(what_is_kept_of_the_last_photo_stays),
        WITH_MODEL(a_broken_entry_is_told_and_the_model_works_on),
        cmocka_unit_test(without_engine_or_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
