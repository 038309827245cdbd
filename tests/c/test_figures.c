/* Figures of pictures with known diagnosis: some by hand, what is refused by name; test_figures.py has the rest. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures/figures.h"

enum { CLASSES = 3, MEL = 0, NV = 1, BKL = 2 };

static const char *const labels[CLASSES] = {"mel", "nv", "bkl"};
static const uint8_t malignant[CLASSES] = {1, 0, 0};
static const char *const kinds[2] = {"near", "far"};
static const char *const points[1] = {"0.90"};
static const float thresholds[2] = {0.5f, 0.25f}, coverage[2] = {0.9f, 0.9f};
static const fig_setup setup = {CLASSES, labels, malignant, 2, kinds, 1, points, thresholds, coverage};
static char text[65536];
static lt_error error;

/* Four lesions of six pictures. */
static const struct {
    uint32_t truth, lesion, kind;
    float shares[CLASSES]; /* for both priors; the first is the malignant sum */
} cases[] = {
    {MEL, 7, 0, {0.8f, 0.1f, 0.1f}}, {MEL, 7, 0, {0.4f, 0.5f, 0.1f}}, {NV, 1, 0, {0.6f, 0.3f, 0.1f}},
    {NV, 2, 0, {0.1f, 0.8f, 0.1f}},  {NV, 2, 1, {0.3f, 0.6f, 0.1f}},  {BKL, 3, 0, {0.2f, 0.2f, 0.6f}},
};

enum { CASES = sizeof cases / sizeof *cases };

static fig_answer answer_of(int i) {
    return (fig_answer){.truth = cases[i].truth,
                        .lesion = cases[i].lesion,
                        .kind = cases[i].kind,
                        .set_count = 2,
                        .in_set = i != 2,
                        .abstain = i == 1,
                        .malignant = cases[i].shares[MEL],
                        .data = cases[i].shares,
                        .uniform = cases[i].shares};
}

static fig_table *open_table(void) {
    fig_table *t;
    assert_int_equal(fig_open(&setup, &t, &error), LT_OK);
    for (int i = 0; i < CASES; i++) {
        fig_answer answer = answer_of(i);
        assert_int_equal(fig_add(t, &answer, &error), LT_OK);
    }
    assert_int_equal(fig_count(t), CASES);
    return t;
}

static const char *told(const fig_table *t, const char *const *names) {
    json_out json;
    json_begin(&json, text, sizeof text);
    json_raw(&json, "{");
    fig_json(&json, t, names);
    json_raw(&json, "}");
    assert_true(json_end(&json) < sizeof text);
    return text;
}

static void assert_told(const fig_table *t, const char *part) {
    if (!strstr(told(t, NULL), part)) fail_msg("no %s in %s", part, text);
}

static void some_figures_by_hand(void **state) {
    (void)state;
    fig_table *t = open_table();
    assert_int_equal(fig_compute(t, 200, 1, &error), LT_OK);
    assert_told(t, "{\"pictures\":6,\"lesions\":4,\"headline\":{\"accuracy\":{\"value\":0.666667,");
    /* recalls 1/2, 2/3 and 1 */
    assert_told(t, "\"balanced_accuracy\":{\"value\":0.722222,");
    /* mel 0.8 and 0.4 against 0.6, 0.3, 0.2, 0.1: 7 of 8 pairs in order */
    assert_told(t, "\"malignant_auc\":{\"value\":0.875000,");
    assert_told(t, "\"mel\":{\"pictures\":2,\"lesions\":1,\"data\":{\"auc\":{\"value\":0.875000,");
    assert_told(t, "\"nv\":{\"pictures\":3,\"lesions\":2,");
    assert_told(t, "\"confusion\":{\"data\":[[1,1,0],[1,2,0],[0,0,1]],");
    /* found: 0.8 and not 0.4; false alarms: 0.6 of the first kind, 0.3 of the second */
    assert_told(t, "\"thresholds\":{\"near\":0.5,\"far\":0.25},\"sensitivity\":{\"value\":0.500000,");
    assert_told(t, "\"specificity\":{\"value\":0.500000,");
    assert_told(t, "\"sets\":{\"nominal\":0.9,\"coverage\":{\"value\":0.833333,");
    assert_told(t, "\"abstain\":{\"rate\":{\"value\":0.166667,");
    /* the surest wrong answer first, then the other */
    assert_told(
        t, "\"confident\":[{\"picture\":2,\"truth\":\"nv\",\"answer\":\"mel\",\"probability\":0.6,\"malignant\":0.6},"
           "{\"picture\":1,");
    assert_told(t, "\"missed\":[{\"picture\":1,");
    assert_told(t, "\"kinds\":{\"near\":{\"pictures\":5,\"lesions\":4,");
    assert_told(
        t, "\"far\":{\"pictures\":1,\"lesions\":1,\"headline\":{\"accuracy\":{\"value\":1.000000,\"low\":0.025000,");
    fig_close(t);
}

static void pictures_have_their_names(void **state) {
    (void)state;
    const char *names[CASES] = {"a", "b", "c \"d\"", "e", "f", "g"};
    fig_table *t = open_table();
    assert_int_equal(fig_compute(t, 10, 1, &error), LT_OK);
    assert_non_null(strstr(told(t, names), "\"confident\":[{\"picture\":\"c \\\"d\\\"\","));
    fig_close(t);
}

static void the_same_seed_gives_the_same_draws(void **state) {
    (void)state;
    char *first = malloc(sizeof text);
    fig_table *t = open_table();
    assert_non_null(first);
    assert_int_equal(fig_compute(t, 50, 3, &error), LT_OK);
    strcpy(first, told(t, NULL));
    assert_int_equal(fig_compute(t, 50, 3, &error), LT_OK);
    assert_string_equal(told(t, NULL), first);
    assert_int_equal(fig_compute(t, 50, 4, &error), LT_OK);
    assert_string_not_equal(told(t, NULL), first);
    fig_close(t);
    free(first);
}

static void all_or_none_is_no_certainty(void **state) {
    (void)state;
    fig_table *t;
    assert_int_equal(fig_open(&setup, &t, &error), LT_OK);
    for (uint32_t lesion = 0; lesion < 10; lesion++) {
        fig_answer answer = answer_of(3);
        answer.lesion = lesion;
        assert_int_equal(fig_add(t, &answer, &error), LT_OK);
    }
    assert_int_equal(fig_compute(t, 10, 1, &error), LT_OK);
    /* 0.025^(1/10) */
    assert_told(t, "\"accuracy\":{\"value\":1.000000,\"low\":0.691503,\"high\":1.000000}");
    assert_told(t, "\"faulted\":{\"value\":0.000000,\"low\":0.000000,\"high\":0.308497}");
    /* one class alone: nothing to rank */
    assert_told(t, "\"malignant_auc\":{\"value\":null,\"low\":null,\"high\":null}");
    fig_close(t);
}

static void lines_for_a_spreadsheet(void **state) {
    (void)state;
    static const char json[] = "{\"a\":{\"b\":{\"value\":0.5,\"low\":0.25,\"high\":null},\"c\":[1,2]},\"d\":\"=1+1\","
                               "\"e\":\"x,\\\"y\\\"\",\"f\":null}";
    json_out out;
    json_begin(&out, text, sizeof text);
    assert_int_equal(fig_csv(&out, json, &error), LT_OK);
    (void)json_end(&out);
    assert_string_equal(text, "figure,value,low,high\r\na.b,0.5,0.25,\r\na.c.0,1,,\r\na.c.1,2,,\r\nd,'=1+1,,\r\n"
                              "e,\"x,\"\"y\"\"\",,\r\nf,,,\r\n");
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    const float above[CLASSES] = {0.2f, 1.5f, 0.1f}, none[CLASSES] = {0.2f, NAN, 0.1f};
    const struct {
        const char *message;
        fig_answer change;
    } defects[] = {
        {"figures: truth: class 3 of 3", {.truth = 3, .data = cases[0].shares, .uniform = cases[0].shares}},
        {"figures: kind: 2 of 2", {.kind = 2, .data = cases[0].shares, .uniform = cases[0].shares}},
        {"figures: malignant: not a finite", {.malignant = NAN, .data = cases[0].shares, .uniform = cases[0].shares}},
        {"figures: data[1]: 1.5, not from 0 to 1", {.data = above, .uniform = cases[0].shares}},
        {"figures: uniform[1]: nan, not from 0", {.data = cases[0].shares, .uniform = none}},
    };
    fig_table *t;
    assert_int_equal(fig_open(&setup, &t, &error), LT_OK);
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
        assert_int_equal(fig_add(t, &defects[i].change, &error), LT_ARGUMENT);
        if (!strstr(error.text, defects[i].message)) fail_msg("%s, not %s", error.text, defects[i].message);
    }
    assert_int_equal(fig_compute(t, 10, 1, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "figures: no answers");
    fig_close(t);
    t = open_table();
    assert_int_equal(fig_compute(t, 0, 1, &error), LT_ARGUMENT);
    assert_int_equal(fig_compute(t, FIG_MAX_DRAWS + 1, 1, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "figures: 10001 draws, from 1 to 10000 are allowed");
    fig_close(t);

    fig_setup other = setup;
    other.classes = 1;
    assert_int_equal(fig_open(&other, &t, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "figures: classes: 1, from 2 to 64 are allowed");
    assert_null(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(some_figures_by_hand),
        cmocka_unit_test(pictures_have_their_names),
        cmocka_unit_test(the_same_seed_gives_the_same_draws),
        cmocka_unit_test(all_or_none_is_no_certainty),
        cmocka_unit_test(lines_for_a_spreadsheet),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
