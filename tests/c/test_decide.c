/* From logits to the answer. Expected values are worked out here in long double or by hand. */
#include "check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer/decide.h"

enum { CLASSES = 7 };

static const lt_label labels[CLASSES] = {{"akiec", "", "", 1}, {"bcc", "", "", 1}, {"bkl", "", "", 0},
                                         {"df", "", "", 0},    {"mel", "", "", 1}, {"nv", "", "", 0},
                                         {"vasc", "", "", 0}};
static const float shares[CLASSES] = {0.03f, 0.05f, 0.11f, 0.01f, 0.11f, 0.67f, 0.02f};
static float log_prior[CLASSES];
static lt_kind kinds[2] = {{.id = "", .name = "", .temperature = 1.0f, .log_prior = log_prior}};
static lt_kind *const kind = &kinds[0];
static const lt_model model = {.labels = labels, .label_count = CLASSES, .kinds = kinds, .kind_count = 1};
static full_result *answer;
static const lt_result *shown;
static lt_error error;

static int set_up(void **state) {
    (void)state;
    for (int i = 0; i < CLASSES; i++) log_prior[i] = logf(shares[i]);
    kind->temperature = 1.0f;
    kind->set_thresholds = NULL;
    kind->confidence = 0;
    free(answer);
    answer = result_create(NULL, 1, CLASSES);
    if (!answer) return -1;
    shown = &answer->shown;
    lt_clear(&error);
    return 0;
}

static void decide(lt_prior prior, const float logits[CLASSES]) {
    memcpy(answer->logits, logits, CLASSES * sizeof *logits);
    assert_int_equal(dec_decide(&model, prior, answer, &error), LT_OK);
}

static double sum_of_shares(void) {
    double sum = 0;
    for (int i = 0; i < CLASSES; i++) sum += (double)shown->probabilities[i];
    return sum;
}

/* |a - b| up to one rounding of a float below 1 */
static void assert_close(double a, double b) {
    if (fabs(a - b) > 1.2e-7) fail_msg("%.10f is not %.10f", a, b);
}

static void the_data_prior_alone_gives_the_shares(void **state) {
    (void)state;
    const float equal[CLASSES] = {0};
    decide(LT_PRIOR_DATA, equal);
    for (int i = 0; i < CLASSES; i++) assert_close(shown->probabilities[i], shares[i]);
    assert_int_equal(shown->order[0], 5);
    assert_int_equal(shown->prior, LT_PRIOR_DATA);
    assert_close(shown->malignant, 0.03 + 0.05 + 0.11);
}

static void equal_logits_keep_the_classes_order(void **state) {
    (void)state;
    const float equal[CLASSES] = {3, 3, 3, 3, 3, 3, 3};
    decide(LT_PRIOR_UNIFORM, equal);
    for (uint32_t i = 0; i < CLASSES; i++) {
        assert_int_equal(shown->order[i], i);
        assert_close(shown->probabilities[i], 1.0 / 7);
    }
    assert_close(shown->malignant, 3.0 / 7);
}

static void minus_zero_equals_zero(void **state) {
    (void)state;
    const float zeros[CLASSES] = {-0.0f, 0, -0.0f, 0, 0, -0.0f, 0};
    decide(LT_PRIOR_UNIFORM, zeros);
    for (uint32_t i = 0; i < CLASSES; i++) assert_int_equal(shown->order[i], i);
}

static void softmax_with_temperature_and_prior(void **state) {
    (void)state;
    const float logits[CLASSES] = {0.5f, -1.25f, 2, 0, 3.5f, 1, -4};
    static const uint32_t order[] = {5, 4, 2, 0, 1, 3, 6};
    long double terms[CLASSES], sum = 0;
    kind->temperature = 1.6f;
    for (int i = 0; i < CLASSES; i++) {
        terms[i] = expl((long double)logits[i] / kind->temperature + log_prior[i]);
        sum += terms[i];
    }
    decide(LT_PRIOR_DATA, logits);
    for (int i = 0; i < CLASSES; i++) {
        assert_close(shown->probabilities[i], (double)(terms[i] / sum));
        assert_int_equal(shown->order[i], order[i]);
    }
    assert_close(shown->malignant, (double)((terms[0] + terms[1] + terms[4]) / sum));
    assert_close(sum_of_shares(), 1);
}

/* What the numbers group of the faults lists: nothing may overflow, and the sum stays 1. */
static void extreme_values_stay_finite(void **state) {
    (void)state;
    static const float temperatures[] = {FLT_MIN, 1e-6f, 1, 1e6f, FLT_MAX};
    static const float logits[][CLASSES] = {
        {FLT_MAX, -FLT_MAX, 0, 1, -1, FLT_MAX, 2},
        {1e4f, 1e4f, 1e4f, 1e4f, 1e4f, 1e4f, 1e4f},
        {-FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX},
        {FLT_TRUE_MIN, -FLT_TRUE_MIN, 0, 0, 0, 0, 0},
    };
    for (size_t t = 0; t < sizeof temperatures / sizeof *temperatures; t++)
        for (size_t l = 0; l < sizeof logits / sizeof *logits; l++)
            for (int prior = 0; prior < LT_PRIOR_COUNT; prior++) {
                kind->temperature = temperatures[t];
                decide((lt_prior)prior, logits[l]);
                assert_true(fabs(sum_of_shares() - 1) <= 1e-6);
                assert_true(shown->malignant >= 0 && shown->malignant <= 1);
                for (int i = 1; i < CLASSES; i++)
                    assert_true(shown->probabilities[shown->order[i - 1]] >= shown->probabilities[shown->order[i]]);
            }
}

static void a_logit_that_is_no_number_is_an_error(void **state) {
    (void)state;
    static const float wrong[] = {NAN, INFINITY, -INFINITY};
    const float equal[CLASSES] = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        decide(LT_PRIOR_DATA, equal);
        float before[CLASSES];
        lt_prior prior = shown->prior;
        memcpy(before, answer->probabilities, sizeof before);
        answer->logits[3] = wrong[i];
        assert_int_equal(dec_decide(&model, LT_PRIOR_UNIFORM, answer, &error), LT_RUNTIME);
        assert_string_equal(error.text, "logit 3 of the network is not a finite number");
        assert_memory_equal(answer->probabilities, before, sizeof before);
        assert_int_equal(shown->prior, prior);
    }
}

static void logarithms_of_probabilities_give_them_back(void **state) {
    (void)state;
    float values[CLASSES] = {0.5f, 0.25f, 0.125f, 0.125f, 0, 0, 0};
    const float expected[CLASSES] = {0.5f, 0.25f, 0.125f, 0.125f, 0, 0, 0};
    dec_logarithms(values, CLASSES);
    assert_true(isfinite(values[6]));
    decide(LT_PRIOR_UNIFORM, values);
    for (int i = 0; i < CLASSES; i++) assert_close(shown->probabilities[i], expected[i]);
}

/* ---- sets and abstaining ---- */

static const float set_thresholds[CLASSES] = {0.05f, 0.1f, 0.1f, 0.2f, 0.15f, 0.3f, 0.9f};

static void use_sets(lt_prior prior) {
    kind->set_thresholds = set_thresholds;
    kind->set_prior = prior;
}

static void assert_set(const uint32_t *expected, uint32_t count) {
    assert_int_equal(shown->set_count, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(shown->set[i], expected[i]);
}

static void without_thresholds_there_is_no_set(void **state) {
    (void)state;
    const float logits[CLASSES] = {1, 2, 3, 4, 5, 6, 7};
    decide(LT_PRIOR_DATA, logits);
    assert_int_equal(shown->set_count, 0);
    assert_int_equal(shown->abstain, 0);
}

/* Each class by its own threshold, on the set's prior, in the order of the answer. */
static void the_set_holds_the_classes_that_reach_their_thresholds(void **state) {
    (void)state;
    const float given[CLASSES] = {0.06f, 0.09f, 0.25f, 0.19f, 0.16f, 0.2f, 0.05f};
    float logits[CLASSES];
    use_sets(LT_PRIOR_UNIFORM);
    for (int i = 0; i < CLASSES; i++) logits[i] = logf(given[i]);
    decide(LT_PRIOR_UNIFORM, logits);
    assert_set((const uint32_t[]){2, 4, 0}, 3);
    decide(LT_PRIOR_DATA, logits); /* the same classes, now in the order of 0.0275, 0.0176, 0.0018 */
    assert_set((const uint32_t[]){2, 4, 0}, 3);
    for (int i = 0; i < CLASSES; i++) logits[i] -= log_prior[i];
    use_sets(LT_PRIOR_DATA);
    decide(LT_PRIOR_UNIFORM, logits); /* for the data's prior the shares are those given; 0 is before 4 for the other */
    assert_set((const uint32_t[]){2, 0, 4}, 3);
    assert_int_equal(shown->prior, LT_PRIOR_UNIFORM);
}

static void an_empty_set_takes_the_likeliest_class(void **state) {
    (void)state;
    /* uniform shares: vasc 0.4 of a needed 0.9, the rest far below their own */
    const float given[CLASSES] = {0.04f, 0.09f, 0.09f, 0.19f, 0.14f, 0.05f, 0.4f};
    float logits[CLASSES];
    use_sets(LT_PRIOR_UNIFORM);
    for (int i = 0; i < CLASSES; i++) logits[i] = logf(given[i]);
    decide(LT_PRIOR_DATA, logits);
    assert_int_equal(shown->order[0], 5);
    assert_set((const uint32_t[]){6}, 1);
}

static void the_likeliest_class_is_in_the_set_below_its_threshold(void **state) {
    (void)state;
    /* uniform shares: vasc 0.7 of a needed 0.9, bkl 0.12 of a needed 0.1 */
    const float given[CLASSES] = {0.03f, 0.05f, 0.12f, 0.03f, 0.03f, 0.04f, 0.7f};
    float logits[CLASSES];
    use_sets(LT_PRIOR_UNIFORM);
    for (int i = 0; i < CLASSES; i++) logits[i] = logf(given[i]);
    decide(LT_PRIOR_UNIFORM, logits);
    assert_set((const uint32_t[]){6, 2}, 2);
}

static void a_share_at_its_threshold_is_in_the_set(void **state) {
    (void)state;
    static const float half[CLASSES] = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
    const float logits[CLASSES] = {0, 0, -1e4f, -1e4f, -1e4f, -1e4f, -1e4f};
    use_sets(LT_PRIOR_UNIFORM);
    kind->set_thresholds = half;
    decide(LT_PRIOR_UNIFORM, logits);
    assert_set((const uint32_t[]){0, 1}, 2);
}

static void it_abstains_by_the_datas_prior(void **state) {
    (void)state;
    const float equal[CLASSES] = {0};
    static const struct {
        float confidence;
        int abstain;
    } cases[] = {{0, 0}, {0.66f, 0}, {0.68f, 1}, {1, 1}}; /* nv has 0.67 */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int prior = 0; prior < LT_PRIOR_COUNT; prior++) {
            kind->confidence = cases[i].confidence;
            decide((lt_prior)prior, equal);
            assert_int_equal(shown->abstain, cases[i].abstain);
        }
}

/* Temperature, prior, sets and confidence are those of the result's kind, and the other kind's do nothing. */
static void the_kind_decides(void **state) {
    (void)state;
    static const float uniform[CLASSES] = {-1.9459101f, -1.9459101f, -1.9459101f, -1.9459101f,
                                           -1.9459101f, -1.9459101f, -1.9459101f};
    static const float lower[CLASSES] = {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f};
    const lt_model two = {.labels = labels, .label_count = CLASSES, .kinds = kinds, .kind_count = 2};
    const float logits[CLASSES] = {2, 0, 0, 0, 2, 0, 0};
    use_sets(LT_PRIOR_DATA);
    kinds[1] = (lt_kind){.id = "other",
                         .temperature = 2,
                         .log_prior = uniform,
                         .confidence = 0.5f,
                         .set_thresholds = lower,
                         .set_prior = LT_PRIOR_UNIFORM};
    memcpy(answer->logits, logits, sizeof logits);
    double other = exp(1) / (2 * exp(1) + 5), own = 0.67 / (0.03 * exp(2) + 0.11 * exp(2) + 0.86);
    for (uint32_t round = 0; round < 2; round++) {
        answer->shown.kind = 1;
        assert_int_equal(dec_decide(&two, LT_PRIOR_DATA, answer, &error), LT_OK);
        assert_int_equal(shown->kind, 1);
        assert_close(shown->probabilities[0], other);
        assert_int_equal(shown->order[0], 0);
        assert_int_equal(shown->set_count, 2);
        assert_true(shown->abstain);
        answer->shown.kind = 0;
        assert_int_equal(dec_decide(&two, LT_PRIOR_DATA, answer, &error), LT_OK);
        assert_close(shown->probabilities[5], own);
        assert_int_equal(shown->order[0], 4);
        assert_set((const uint32_t[]){4, 5, 0}, 3);
        assert_false(shown->abstain);
    }
}

static void most_classes_are_ordered(void **state) {
    (void)state;
    static lt_label many[LT_MAX_LABELS];
    static float uniform[LT_MAX_LABELS];
    const lt_kind only = {.temperature = 1, .log_prior = uniform};
    const lt_model wide = {.labels = many, .label_count = LT_MAX_LABELS, .kinds = &only, .kind_count = 1};
    full_result *large = result_create(NULL, 1, LT_MAX_LABELS);
    assert_non_null(large);
    for (uint32_t i = 0; i < LT_MAX_LABELS; i++) large->logits[i] = (float)(i * 389 % LT_MAX_LABELS) * 0.01f;
    assert_int_equal(dec_decide(&wide, LT_PRIOR_DATA, large, &error), LT_OK);
    for (uint32_t i = 0; i < LT_MAX_LABELS; i++)
        assert_int_equal(large->order[i] * 389 % LT_MAX_LABELS, LT_MAX_LABELS - 1 - i);
    lt_result_free(&large->shown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_data_prior_alone_gives_the_shares, set_up),
        cmocka_unit_test_setup(equal_logits_keep_the_classes_order, set_up),
        cmocka_unit_test_setup(minus_zero_equals_zero, set_up),
        cmocka_unit_test_setup(softmax_with_temperature_and_prior, set_up),
        cmocka_unit_test_setup(extreme_values_stay_finite, set_up),
        cmocka_unit_test_setup(a_logit_that_is_no_number_is_an_error, set_up),
        cmocka_unit_test_setup(logarithms_of_probabilities_give_them_back, set_up),
        cmocka_unit_test_setup(without_thresholds_there_is_no_set, set_up),
        cmocka_unit_test_setup(the_set_holds_the_classes_that_reach_their_thresholds, set_up),
        cmocka_unit_test_setup(an_empty_set_takes_the_likeliest_class, set_up),
        cmocka_unit_test_setup(the_likeliest_class_is_in_the_set_below_its_threshold, set_up),
        cmocka_unit_test_setup(a_share_at_its_threshold_is_in_the_set, set_up),
        cmocka_unit_test_setup(it_abstains_by_the_datas_prior, set_up),
        cmocka_unit_test_setup(the_kind_decides, set_up),
        cmocka_unit_test_setup(most_classes_are_ordered, set_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(answer);
    return failed;
}
