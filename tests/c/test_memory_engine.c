/*
 * test_memory_engine.c - each allocation on the way of an engine, a model and a photo fails in turn: LT_MEMORY,
 * the model before works on, and nothing leaks (the leak sanitizer looks at the end).
 */
#include "check.h"

#include <string.h>

#include "lentigo.h"
#include "scarce.h"
#include "smallkinds.h"

enum { SIDE = 40 };

static mk_model *model;
static uint8_t pixels[SIDE * SIDE * 4];

static int set_up(void **state) {
    (void)state;
    model = smallkinds();
    mk_write(model);
    for (size_t i = 0; i < sizeof pixels; i++) pixels[i] = (uint8_t)(i * 37 % 251);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    mk_free(model);
    return 0;
}

static void scarce_from(long number, int once) {
    made = 0;
    failing_from = number;
    fails_once = once;
}

static void plenty(void) {
    failing_from = -1;
}

static lt_status load(lt_engine *engine) {
    return lt_load_model(engine, model->file.bytes, model->file.size);
}

static lt_status classify(lt_engine *engine, lt_result *result) {
    return lt_classify_rgba(engine, pixels, SIDE, SIDE, NULL, result);
}

static void an_engine_is_made_or_not(void **state) {
    (void)state;
    lt_status status = LT_MEMORY;
    for (long n = 0; status != LT_OK; n++) {
        lt_engine *engine;
        scarce_from(n, 0);
        status = lt_create(NULL, &engine);
        plenty();
        assert_true(status == LT_OK || (status == LT_MEMORY && !engine));
        lt_destroy(engine);
    }
}

/* A second model fails to load at allocation n; the first gives its answer all the same. */
static void the_model_before_works_on(int once) {
    lt_engine *engine;
    lt_result *before, *after;
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(load(engine), LT_OK);
    assert_int_equal(lt_result_create(engine, &before), LT_OK);
    assert_int_equal(lt_result_create(engine, &after), LT_OK);
    assert_int_equal(classify(engine, before), LT_OK);
    lt_status status = LT_MEMORY;
    long n = 0;
    for (; status != LT_OK; n++) {
        scarce_from(n, once);
        status = load(engine);
        plenty();
        if (status == LT_OK) break;
        assert_int_equal(status, LT_MEMORY);
        assert_true(strlen(lt_error_text(engine)) > 0);
        assert_int_equal(classify(engine, after), LT_OK);
        assert_memory_equal(after->logits, before->logits, SMALLNET_CLASSES * sizeof(float));
        assert_memory_equal(after->probabilities, before->probabilities, SMALLNET_CLASSES * sizeof(float));
    }
    assert_true(n > 40); /* the network's alone are as many */
    lt_result_free(before);
    lt_result_free(after);
    lt_destroy(engine);
}

static void a_model_is_loaded_or_not(void **state) {
    (void)state;
    the_model_before_works_on(0);
    the_model_before_works_on(1);
}

static void a_photo_gets_its_answer_or_not(void **state) {
    (void)state;
    lt_status status = LT_MEMORY;
    for (long n = 0; status != LT_OK; n++) {
        lt_engine *engine; /* a new one, with no memory kept from the photo before */
        assert_int_equal(lt_create(NULL, &engine), LT_OK);
        lt_result *result;
        assert_int_equal(load(engine), LT_OK);
        assert_int_equal(lt_result_create(engine, &result), LT_OK);
        scarce_from(n, 0);
        status = classify(engine, result);
        plenty();
        if (status != LT_OK) {
            assert_int_equal(status, LT_MEMORY);
            assert_int_equal(result->views, 0);
            assert_int_equal(classify(engine, result), LT_OK);
        }
        lt_result_free(result);
        lt_destroy(engine);
    }
}

static void the_second_photo_allocates_nothing(void **state) {
    (void)state;
    lt_engine *engine;
    lt_result *result;
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(load(engine), LT_OK);
    scarce_from(0, 0);
    assert_int_equal(lt_result_create(engine, &result), LT_MEMORY);
    plenty();
    assert_null(result);
    assert_int_equal(lt_result_create(engine, &result), LT_OK);
    assert_int_equal(classify(engine, result), LT_OK);
    scarce_from(0, 0);
    lt_status status = classify(engine, result);
    plenty();
    assert_int_equal(status, LT_OK);
    assert_int_equal(made, 0);
    lt_result_free(result);
    lt_destroy(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engine_is_made_or_not),
        cmocka_unit_test(a_model_is_loaded_or_not),
        cmocka_unit_test(a_photo_gets_its_answer_or_not),
        cmocka_unit_test(the_second_photo_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
