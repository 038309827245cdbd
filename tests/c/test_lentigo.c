/* The public interface: what lentigo.h says of each call, and that an error leaves the model at work. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

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
    static const lt_options wrong[] = {{.size = sizeof(lt_options), .threads = 0, .max_pixels = 1000},
                                       {.size = sizeof(lt_options), .threads = 65, .max_pixels = 1000},
                                       {.size = sizeof(lt_options), .threads = 1, .max_pixels = 0},
                                       {.size = 0, .threads = 1, .max_pixels = 1000},
                                       {.size = sizeof(lt_options) / 2, .threads = 1, .max_pixels = 1000},
                                       {.size = SIZE_MAX, .threads = 1, .max_pixels = 1000}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lt_engine *engine = (lt_engine *)(uintptr_t)&wrong;
        assert_int_equal(lt_create(&wrong[i], &engine), LT_ARGUMENT);
        assert_null(engine);
    }
    assert_int_equal(lt_create(NULL, NULL), LT_ARGUMENT);
}

/* ---- before and without a model -------------------------------------------------------------- */

static void without_a_model_there_is_nothing_to_do(void **state) {
    bench *b = *state;
    lt_engine *engine;
    lt_result *result = (lt_result *)(uintptr_t)&engine;
    uint32_t shape[3];
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_string_equal(lt_error_text(engine), "");
    assert_null(lt_get_model(engine));
    assert_int_equal(lt_classify(engine, bench_png, bench_png_size, NULL, b->result), LT_NO_MODEL);
    assert_string_equal(lt_error_text(engine), "lt_classify: load a model first");
    assert_int_equal(lt_classify_rgba(engine, bench_pixels, 2, 2, NULL, b->result), LT_NO_MODEL);
    assert_int_equal(lt_decide(engine, LT_PRIOR_DATA, b->result), LT_NO_MODEL);
    assert_int_equal(lt_feature_map(engine, NULL, 0, shape), LT_NO_MODEL);
    assert_int_equal(lt_result_create(engine, &result), LT_NO_MODEL);
    assert_null(result);
    assert_int_equal(lt_result_json(engine, b->result, NULL, NULL, 0), 0);
    assert_int_equal(lt_model_json(engine, NULL, 0), 0);
    lt_destroy(engine);
}

static void no_engine_is_an_argument_error(void **state) {
    bench *b = *state;
    lt_result *result = b->result;
    uint32_t shape[3];
    assert_int_equal(lt_load_model(NULL, bench_png, bench_png_size), LT_ARGUMENT);
    assert_int_equal(lt_classify(NULL, bench_png, bench_png_size, NULL, result), LT_ARGUMENT);
    assert_int_equal(lt_classify_rgba(NULL, bench_pixels, 2, 2, NULL, result), LT_ARGUMENT);
    assert_int_equal(lt_decide(NULL, LT_PRIOR_DATA, result), LT_ARGUMENT);
    assert_int_equal(lt_feature_map(NULL, NULL, 0, shape), LT_ARGUMENT);
    assert_int_equal(lt_result_json(NULL, result, NULL, NULL, 0), 0);
    assert_int_equal(lt_result_create(b->engine, NULL), LT_ARGUMENT);
    assert_int_equal(lt_result_create(NULL, &result), LT_ARGUMENT);
    assert_null(result);
    assert_null(lt_get_model(NULL));
    assert_string_equal(lt_error_text(NULL), "");
    assert_int_equal(lt_peak_bytes(NULL), 0);
    lt_result_free(NULL);
    lt_destroy(NULL);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void a_photo_gets_an_answer(void **state) {
    bench *b = *state;
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    double sum = 0, terms = 0;
    for (int i = 0; i < 5; i++) {
        terms += exp((double)b->result->logits[i] / 0.5) * (double)bench_shares[i];
        sum += (double)b->result->probabilities[i];
    }
    assert_float_equal(sum, 1, 1e-6);
    for (int i = 0; i < 5; i++)
        assert_float_equal(b->result->probabilities[i],
                           (float)(exp((double)b->result->logits[i] / 0.5) * (double)bench_shares[i] / terms), 1e-6);
    assert_float_equal(b->result->malignant, b->result->probabilities[0] + b->result->probabilities[3], 1e-6);
    assert_int_equal(b->result->label_count, 5);
    assert_int_equal(b->result->photo_width, 2);
    assert_int_equal(b->result->photo_height, 2);
    assert_int_equal(b->result->decode_scale, 1);
    assert_true(b->result->decode_ms >= 0 && b->result->resize_ms >= 0 && b->result->infer_ms >= 0);
}

static void pixels_give_what_their_file_gives(void **state) {
    bench *b = *state;
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result *of_file = bench_keep(b->engine, b->result);
    assert_int_equal(lt_classify_rgba(b->engine, bench_pixels, 2, 2, NULL, b->result), LT_OK);
    assert_memory_equal(b->result->logits, of_file->logits, 5 * sizeof(float));
    lt_result_free(of_file);
}

static void deciding_again_is_classifying_with_that_prior(void **state) {
    bench *b = *state;
    assert_int_equal(bench_classify(b, LT_PRIOR_UNIFORM), LT_OK);
    lt_result *uniform = bench_keep(b->engine, b->result);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_DATA, b->result), LT_OK);
    assert_false(bench_same(b->result, uniform));
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, b->result), LT_OK);
    assert_true(bench_same(b->result, uniform));
    assert_int_equal(b->result->prior, LT_PRIOR_UNIFORM);
    lt_result_free(uniform);
}

/* The classes' shares by a model, [5]. */
static void shares_by(lt_engine *engine, const mk_model *model, float out[SMALLNET_CLASSES]) {
    assert_int_equal(bench_load(engine, model), LT_OK);
    lt_result *result = bench_result(engine);
    assert_int_equal(lt_classify(engine, bench_png, bench_png_size, NULL, result), LT_OK);
    memcpy(out, result->probabilities, SMALLNET_CLASSES * sizeof *out);
    lt_result_free(result);
}

static void softmax_in_the_network_changes_no_answer(void **state) {
    bench *b = *state;
    static const char plain[] = "{\"format\":1,\"labels\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"4\"},"
                                "{\"id\":\"5\"}]}";
    float of_logits[SMALLNET_CLASSES], of_shares[SMALLNET_CLASSES];
    mk_model *logits = bench_model(0, plain), *softmax = bench_model(1, plain);
    shares_by(b->engine, logits, of_logits);
    shares_by(b->engine, softmax, of_shares);
    /* the int8 softmax has steps of 1/256, and rounding may take half a step from each of the five */
    for (int i = 0; i < 5; i++) assert_float_equal(of_shares[i], of_logits[i], 2.0 / 256);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
    mk_free(logits);
    mk_free(softmax);
}

static void a_model_without_metadata_has_defaults(void **state) {
    bench *b = *state;
    mk_model *bare = bench_model(0, NULL);
    assert_int_equal(bench_load(b->engine, bare), LT_OK);
    const lt_model *model = lt_get_model(b->engine);
    assert_string_equal(model->name, "unnamed");
    assert_string_equal(model->labels[4].id, "4");
    assert_int_equal(model->width, SMALLNET_SIDE);
    lt_result *data = bench_result(b->engine), *uniform = bench_result(b->engine);
    assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, NULL, data), LT_OK);
    assert_int_equal(lt_result_copy(data, uniform), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, uniform), LT_OK);
    for (int i = 0; i < 5; i++) assert_float_equal(data->probabilities[i], uniform->probabilities[i], 1e-6);
    assert_float_equal(data->malignant, 0, 0);
    lt_result_free(data);
    lt_result_free(uniform);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK);
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
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map, shape), LT_OK);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map - 1, shape), LT_ARGUMENT);
    assert_int_equal(lt_feature_map(b->engine, map, sizeof map / sizeof *map, NULL), LT_ARGUMENT);
}

static void json_says_what_the_result_says(void **state) {
    bench *b = *state;
    char text[2048], start[128];
    const lt_extras all = {.size = sizeof all, .file = "a photo", .logits = 1},
                    name = {.size = sizeof name, .file = "a photo"};
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    size_t length = lt_result_json(b->engine, b->result, &all, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_int_equal(lt_result_json(b->engine, b->result, &all, NULL, 0), length);
    assert_true(lt_result_json(b->engine, b->result, &name, NULL, 0) < length);
    (void)snprintf(start, sizeof start, "{\"file\":\"a photo\",\"label\":\"%s\",\"probabilities\":{\"one\":",
                   lt_get_model(b->engine)->labels[b->result->order[0]].id);
    assert_memory_equal(text, start, strlen(start));
    length = lt_model_json(b->engine, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_non_null(strstr(text, "\"metadata\":{\"format\":1,\"name\":\"small\""));
}

/* Another file of the same classes: its results are none of this model's. */
static void another_models_result_is_refused(void **state) {
    bench *b = *state;
    mk_model *other = bench_model(0, NULL);
    lt_engine *second = NULL;
    assert_int_equal(lt_create(NULL, &second), LT_OK);
    assert_int_equal(bench_load(second, other), LT_OK);
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_true(b->result->model == lt_get_model(b->engine)->fingerprint);
    assert_int_equal(lt_get_model(second)->label_count, b->result->label_count);
    assert_int_equal(lt_classify(second, bench_png, bench_png_size, NULL, b->result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(second), "lt_classify: the result is of another model");
    assert_int_equal(lt_decide(second, LT_PRIOR_UNIFORM, b->result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(second), "lt_decide: the result is of another model");
    assert_int_equal(lt_look_again(second, b->result), LT_ARGUMENT);
    assert_int_equal(lt_result_json(second, b->result, NULL, NULL, 0), 0);
    lt_result *theirs = bench_result(second);
    assert_int_equal(lt_result_copy(b->result, theirs), LT_ARGUMENT);
    assert_int_equal(theirs->views, 0);
    /* a second engine with the same model takes it */
    assert_int_equal(bench_load(second, b->model), LT_OK);
    assert_int_equal(lt_decide(second, LT_PRIOR_UNIFORM, b->result), LT_OK);
    lt_destroy(second);
    lt_result_free(theirs);
    mk_free(other);
}

static void a_result_without_an_answer_says_so(void **state) {
    bench *b = *state;
    assert_int_equal(b->result->views, 0);
    assert_int_equal(b->result->label_count, SMALLNET_CLASSES);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_DATA, b->result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_decide: the result has no answer yet");
    assert_int_equal(lt_result_json(b->engine, b->result, NULL, NULL, 0), 0);
    assert_int_equal(lt_result_json(b->engine, NULL, NULL, NULL, 0), 0);
    assert_int_equal(lt_result_copy(NULL, b->result), LT_ARGUMENT);
    assert_int_equal(lt_result_copy(b->result, NULL), LT_ARGUMENT);
}

/* ---- callers with an older or a newer header ------------------------------------------------- */

/* What a newer header may have behind the members of ours. */
typedef struct newer_request {
    lt_request request;
    uint64_t unknown;
} newer_request;

static void a_newer_callers_request_is_taken_where_it_asks_for_nothing_new(void **state) {
    bench *b = *state;
    newer_request newer = {.unknown = 1};
    lt_request_init(&newer.request, sizeof newer);
    assert_int_equal(newer.unknown, 0);
    assert_int_equal(newer.request.size, sizeof newer);
    assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, &newer.request, b->result), LT_OK);
    newer.unknown = 1;
    assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, &newer.request, b->result), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_classify: request.size is that of no version");
}

static void a_newer_callers_options_are_taken_where_they_ask_for_nothing_new(void **state) {
    (void)state;
    struct {
        lt_options options;
        uint64_t unknown;
    } newer;
    lt_engine *engine;
    lt_options_init(&newer.options, sizeof newer);
    assert_int_equal(newer.options.threads, 1);
    assert_int_equal(lt_create(&newer.options, &engine), LT_OK);
    lt_destroy(engine);
    newer.unknown = 1;
    assert_int_equal(lt_create(&newer.options, &engine), LT_ARGUMENT);
}

/* A header with fewer measures has a smaller structure: what lies behind it stays. */
static void an_older_callers_quality_is_not_written_beyond_its_end(void **state) {
    bench *b = *state;
    struct {
        lt_quality quality;
        uint8_t behind[8];
    } older = {.quality.size = sizeof(lt_quality), .behind = {1, 2, 3, 4, 5, 6, 7, 8}};
    static const uint8_t kept[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    assert_int_equal(lt_check_rgba(b->engine, bench_pixels, 2, 2, NULL, &older.quality), LT_OK);
    assert_memory_equal(older.behind, kept, sizeof kept);
    assert_int_equal(older.quality.size, sizeof(lt_quality));
    assert_int_equal(older.quality.measure_count, LT_MEASURE_COUNT);
    older.quality.size = 0;
    assert_int_equal(lt_check_rgba(b->engine, bench_pixels, 2, 2, NULL, &older.quality), LT_ARGUMENT);
    assert_string_equal(lt_error_text(b->engine), "lt_check_rgba: the size of the quality is that of no version");
    assert_int_equal(lt_quality_json(&older.quality, NULL, 0), 0);
}

/* ---- errors ---------------------------------------------------------------------------------- */

/* After an error the text is there, the result untouched, and the model gives the answer it gave before. */
static void assert_still_works(bench *b, const lt_result *answer) {
    assert_true(strlen(lt_error_text(b->engine)) > 0);
    assert_true(bench_same(b->result, answer));
    assert_string_equal(lt_get_model(b->engine)->name, "small");
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_string_equal(lt_error_text(b->engine), "");
    assert_true(bench_same(b->result, answer));
}

static void a_photo_that_fails_leaves_all_as_it_was(void **state) {
    bench *b = *state;
    static const uint8_t text[] = "not a photo";
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result *answer = bench_keep(b->engine, b->result);
    const struct {
        const uint8_t *photo;
        size_t size;
        lt_prior prior;
        lt_status status;
    } wrong[] = {{text, sizeof text, LT_PRIOR_DATA, LT_IMAGE_FORMAT},
                 {bench_png, 0, LT_PRIOR_DATA, LT_IMAGE_FORMAT},
                 {bench_png, 40, LT_PRIOR_DATA, LT_IMAGE_FORMAT},
                 {NULL, 10, LT_PRIOR_DATA, LT_ARGUMENT},
                 {bench_png, bench_png_size, LT_PRIOR_COUNT, LT_ARGUMENT},
                 {bench_png, bench_png_size, (lt_prior)-1, LT_ARGUMENT}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(
            lt_classify(b->engine, wrong[i].photo, wrong[i].size, bench_request(wrong[i].prior), b->result),
            wrong[i].status);
        assert_still_works(b, answer);
    }
    assert_int_equal(lt_classify_rgba(b->engine, bench_pixels, 0, 2, NULL, b->result), LT_IMAGE_SIZE);
    assert_still_works(b, answer);
    assert_int_equal(lt_classify(b->engine, bench_png, bench_png_size, NULL, NULL), LT_ARGUMENT);
    lt_result_free(answer);
}

static void a_model_that_fails_leaves_the_one_before(void **state) {
    bench *b = *state;
    static const char doubled[] =
        "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},"
        "{\"id\":\"d\"}]}";
    static const char newer[] = "{\"format\":3}";
    mk_model *wrong_labels = bench_model(0, doubled), *wrong_format = bench_model(0, newer);
    assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    lt_result *answer = bench_keep(b->engine, b->result);
    const struct {
        const uint8_t *bytes;
        size_t size;
        lt_status status;
        const char *text;
    } wrong[] = {
        {NULL, 10, LT_ARGUMENT, "bytes is NULL"},
        {bench_png, 0, LT_MODEL_FORMAT, ""},
        {bench_png, bench_png_size, LT_MODEL_FORMAT, ""},
        {b->model->file.bytes, b->model->file.size / 2, LT_MODEL_FORMAT, ""},
        {wrong_labels->file.bytes, wrong_labels->file.size, LT_MODEL_METADATA,
         "labels[1].id: \"a\" is labels[0].id too"},
        {wrong_format->file.bytes, wrong_format->file.size, LT_MODEL_UNSUPPORTED, "format: 3, newer than 2"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(lt_load_model(b->engine, wrong[i].bytes, wrong[i].size), wrong[i].status);
        assert_non_null(strstr(lt_error_text(b->engine), wrong[i].text));
        assert_still_works(b, answer);
    }
    mk_free(wrong_labels);
    mk_free(wrong_format);
    lt_result_free(answer);
}

static void a_photo_beyond_the_limit_is_refused(void **state) {
    bench *b = *state;
    lt_options options;
    lt_engine *engine;
    lt_options_default(&options);
    options.max_pixels = 3;
    assert_int_equal(lt_create(&options, &engine), LT_OK);
    assert_int_equal(bench_load(engine, b->model), LT_OK);
    assert_int_equal(lt_classify(engine, bench_png, bench_png_size, NULL, b->result), LT_IMAGE_SIZE);
    assert_int_equal(lt_classify_rgba(engine, bench_pixels, 2, 2, NULL, b->result), LT_IMAGE_SIZE);
    assert_int_equal(lt_classify_rgba(engine, bench_pixels, 1, 2, NULL, b->result), LT_OK);
    lt_destroy(engine);
}

static void peak_bytes_count_a_change_of_models(void **state) {
    bench *b = *state;
    size_t one = lt_peak_bytes(b->engine);
    assert_true(one > 3 * SMALLNET_SIDE * SMALLNET_SIDE);
    assert_int_equal(bench_load(b->engine, b->model), LT_OK); /* for a moment there are two */
    assert_true(lt_peak_bytes(b->engine) > one);
    size_t two = lt_peak_bytes(b->engine);
    for (int i = 0; i < 20; i++) assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    size_t later = lt_peak_bytes(b->engine);
    for (int i = 0; i < 20; i++) assert_int_equal(bench_classify(b, LT_PRIOR_DATA), LT_OK);
    assert_true(later >= two);
    assert_int_equal(lt_peak_bytes(b->engine), later);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name_and_a_text),
        cmocka_unit_test(priors_have_names),
        cmocka_unit_test(wrong_options_are_refused),
        WITH_MODEL(without_a_model_there_is_nothing_to_do),
        WITH_MODEL(no_engine_is_an_argument_error),
        WITH_MODEL(a_photo_gets_an_answer),
        WITH_MODEL(pixels_give_what_their_file_gives),
        WITH_MODEL(deciding_again_is_classifying_with_that_prior),
        WITH_MODEL(softmax_in_the_network_changes_no_answer),
        WITH_MODEL(a_model_without_metadata_has_defaults),
        WITH_MODEL(the_feature_map_is_the_last_photos),
        WITH_MODEL(json_says_what_the_result_says),
        WITH_MODEL(another_models_result_is_refused),
        WITH_MODEL(a_result_without_an_answer_says_so),
        WITH_MODEL(a_newer_callers_request_is_taken_where_it_asks_for_nothing_new),
        cmocka_unit_test(a_newer_callers_options_are_taken_where_they_ask_for_nothing_new),
        WITH_MODEL(an_older_callers_quality_is_not_written_beyond_its_end),
        WITH_MODEL(a_photo_that_fails_leaves_all_as_it_was),
        WITH_MODEL(a_model_that_fails_leaves_the_one_before),
        WITH_MODEL(a_photo_beyond_the_limit_is_refused),
        WITH_MODEL(peak_bytes_count_a_change_of_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
