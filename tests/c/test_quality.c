/* Photo quality on pictures whose measures are known; the reference's numbers: tests/training/test_quality.py. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer/quality.h"

enum { SIDE = 96 };

/* The colour of a pixel. */
typedef void painter(uint32_t x, uint32_t y, uint8_t pixel[3]);

static lt_quality measure(painter *paint, uint32_t width, uint32_t height) {
    lt_quality quality;
    uint8_t *rgb = malloc((size_t)width * height * 3); /* of that size, so that a read past it is seen */
    assert_non_null(rgb);
    for (uint32_t i = 0; i < width * height; i++) paint(i % width, i / width, rgb + 3 * (size_t)i);
    quality_measure(rgb, width, height, &quality);
    free(rgb);
    return quality;
}

static void grey(uint8_t pixel[3], uint32_t level) {
    memset(pixel, (int)level, 3);
}

static void plain(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    (void)x, (void)y;
    grey(pixel, 102);
}

static void halves(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    (void)y;
    grey(pixel, x < SIDE / 2 ? 0 : 255);
}

static void fine_checks(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    grey(pixel, (x / 2 + y / 2) % 2 ? 150 : 100);
}

static void slope(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    grey(pixel, x + y);
}

/* A round spot of a quarter of the side, on skin, off the middle; the corners are black. */
static void spot(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    static const uint8_t skin[3] = {220, 170, 150}, lesion[3] = {120, 70, 60};
    double away = hypot(x - 0.4 * SIDE, y - 0.5 * SIDE);
    memcpy(pixel, away < SIDE / 4.0 ? lesion : skin, 3);
    if (x < SIDE / 12 && y < SIDE / 12) grey(pixel, 0);
}

/* A slow shade, and one spot of a few pixels that Otsu's threshold would pass over. */
static void lone_spot(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    grey(pixel, 190 + x / 12);
    if (x / 4 == 12 && y / 4 == 12) grey(pixel, 30);
}

static void a_plain_picture_has_nothing_to_measure(void **state) {
    (void)state;
    lt_quality q = measure(plain, SIDE, SIDE);
    assert_float_equal(q.values[LT_BRIGHTNESS], 0.4, 1e-7);
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        if (i != LT_BRIGHTNESS) assert_float_equal(q.values[i], 0, 0);
    assert_int_equal(q.faults, 0);
}

static void black_and_white_are_clipped(void **state) {
    (void)state;
    lt_quality q = measure(halves, SIDE, SIDE);
    assert_float_equal(q.values[LT_BRIGHTNESS], 0.5, 1e-7);
    assert_float_equal(q.values[LT_CONTRAST], 2, 0);
    assert_float_equal(q.values[LT_SHADOWS], 0.5, 0);
    assert_float_equal(q.values[LT_HIGHLIGHTS], 0.5, 0);
}

static void fine_edges_are_sharp_and_slopes_are_not(void **state) {
    (void)state;
    /* every cell of four pixels has the same mean: all edges are fine ones, none is coarse */
    assert_float_equal(measure(fine_checks, SIDE, SIDE).values[LT_SHARPNESS], 0, 0);
    assert_true(measure(spot, SIDE, SIDE).values[LT_SHARPNESS] > 0.3f);
    assert_float_equal(measure(slope, SIDE, SIDE).values[LT_SHARPNESS], 0, 0);
}

/* The same spot through a round window whose frame is black: nothing but the lesion's share may change. */
static void framed_spot(uint32_t x, uint32_t y, uint8_t pixel[3]) {
    spot(x, y, pixel);
    if (hypot(x - 0.5 * SIDE, y - 0.5 * SIDE) > 0.45 * SIDE) grey(pixel, 0);
}

static void a_black_frame_changes_neither_light_nor_sharpness(void **state) {
    (void)state;
    lt_quality plainly = measure(spot, SIDE, SIDE), framed = measure(framed_spot, SIDE, SIDE);
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        if (i != LT_LESION) assert_float_equal(framed.values[i], plainly.values[i], 0);
}

static void the_lesion_is_the_spot_and_no_dark_corner(void **state) {
    (void)state;
    assert_float_equal(measure(spot, SIDE, SIDE).values[LT_LESION], 3.14159f / 16, 0.01);
    assert_float_equal(measure(lone_spot, SIDE, SIDE).values[LT_LESION], 4.0f / 48 / 48, 1e-6);
}

static void any_size_is_measured(void **state) {
    (void)state;
    static const uint32_t sizes[][2] = {{1, 1}, {1, 4096}, {4096, 1}, {2, 3}, {7, 5}, {13, 200}, {4096, 20}, {49, 47}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        lt_quality q = measure(slope, sizes[i][0], sizes[i][1]);
        for (int k = 0; k < LT_MEASURE_COUNT; k++) assert_true(isfinite(q.values[k]) && q.values[k] >= 0);
        assert_true(q.values[LT_LESION] <= 1);
    }
}

static void each_limit_has_its_fault(void **state) {
    (void)state;
    static const struct {
        lt_measure measure;
        float value;
        uint32_t faults;
    } cases[] = {{LT_SHARPNESS, 0.1f, 1u << LT_BLURRED},
                 {LT_SHARPNESS, 0.9f, 0},
                 {LT_BRIGHTNESS, 0.1f, 1u << LT_DARK},
                 {LT_BRIGHTNESS, 0.9f, 1u << LT_BRIGHT},
                 {LT_CONTRAST, 0.1f, 1u << LT_FLAT},
                 {LT_CONTRAST, 0.9f, 0},
                 {LT_SHADOWS, 0.1f, 0},
                 {LT_SHADOWS, 0.9f, 1u << LT_DARK},
                 {LT_HIGHLIGHTS, 0.1f, 0},
                 {LT_HIGHLIGHTS, 0.9f, 1u << LT_BRIGHT},
                 {LT_LESION, 0.1f, 1u << LT_SMALL},
                 {LT_LESION, 0.9f, 1u << LT_LARGE},
                 {LT_LESION, 0.25f, 0},
                 {LT_LESION, 0.75f, 0}};
    lt_range limits[LT_MEASURE_COUNT];
    const lt_kind kind = {.quality = limits};
    for (int i = 0; i < LT_MEASURE_COUNT; i++) limits[i] = (lt_range){0.25f, 0.75f};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lt_quality q;
        for (int k = 0; k < LT_MEASURE_COUNT; k++) q.values[k] = 0.5f;
        q.values[cases[i].measure] = cases[i].value;
        quality_judge(&kind, &q);
        assert_int_equal(q.faults, cases[i].faults);
    }
}

/* Before the kind is known, what one kind allows is no fault. */
static void a_fault_for_every_kind_is_one_for_an_unknown_kind(void **state) {
    (void)state;
    lt_range limits[2][LT_MEASURE_COUNT];
    const lt_kind kinds[2] = {{.quality = limits[0]}, {.quality = limits[1]}};
    for (int i = 0; i < LT_MEASURE_COUNT; i++) {
        limits[0][i] = (lt_range){0.25f, 0.75f};
        limits[1][i] = (lt_range){0.5f, 1.0f};
    }
    const lt_model both = {.kinds = kinds, .kind_count = 2}, first = {.kinds = kinds, .kind_count = 1};
    static const struct {
        float value;
        uint32_t of_first, of_both;
    } cases[] = {{0.1f, 1u << LT_DARK, 1u << LT_DARK},
                 {0.3f, 0, 0},
                 {0.6f, 0, 0},
                 {0.9f, 1u << LT_BRIGHT, 0},
                 {1.5f, 1u << LT_BRIGHT, 1u << LT_BRIGHT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lt_quality q;
        for (int k = 0; k < LT_MEASURE_COUNT; k++) q.values[k] = 0.6f;
        q.values[LT_BRIGHTNESS] = cases[i].value;
        quality_judge_unknown(&first, &q);
        assert_int_equal(q.faults, cases[i].of_first);
        quality_judge_unknown(&both, &q);
        assert_int_equal(q.faults, cases[i].of_both);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_picture_has_nothing_to_measure),
        cmocka_unit_test(black_and_white_are_clipped),
        cmocka_unit_test(fine_edges_are_sharp_and_slopes_are_not),
        cmocka_unit_test(a_black_frame_changes_neither_light_nor_sharpness),
        cmocka_unit_test(the_lesion_is_the_spot_and_no_dark_corner),
        cmocka_unit_test(any_size_is_measured),
        cmocka_unit_test(each_limit_has_its_fault),
        cmocka_unit_test(a_fault_for_every_kind_is_one_for_an_unknown_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
