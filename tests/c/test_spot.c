/* The proposed square, on pictures whose lesion is known. How well it does on real ones: training/EXPERIMENTS.md. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lentigo.h"

/* A round spot on skin; sizes and places are in pixels. */
typedef struct drawing {
    uint32_t width, height;
    double x, y, radius;
    uint8_t alpha; /* of the whole picture */
} drawing;

static lt_request propose(const drawing *d) {
    static const uint8_t skin[3] = {220, 170, 150}, lesion[3] = {120, 70, 60};
    lt_request request;
    lt_request_default(&request);
    uint8_t *rgba = malloc((size_t)d->width * d->height * 4); /* of that size, so that a read past it is seen */
    assert_non_null(rgba);
    for (uint32_t y = 0; y < d->height; y++)
        for (uint32_t x = 0; x < d->width; x++) {
            uint8_t *pixel = rgba + 4 * ((size_t)y * d->width + x);
            memcpy(pixel, hypot(x + 0.5 - d->x, y + 0.5 - d->y) < d->radius ? lesion : skin, 3);
            pixel[3] = d->alpha;
        }
    assert_int_equal(lt_propose_rgba(rgba, d->width, d->height, &request), LT_OK);
    free(rgba);
    return request;
}

static void the_square_is_around_the_spot_wherever_it_lies(void **state) {
    (void)state;
    static const drawing drawings[] = {
        {240, 180, 120, 90, 30, 255}, {240, 180, 70, 60, 25, 255},    {240, 180, 180, 110, 20, 255},
        {180, 240, 60, 150, 25, 255}, {1000, 750, 300, 400, 90, 255}, {480, 96, 360, 48, 15, 255},
    };
    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
        const drawing *d = &drawings[i];
        double cell = fmax(d->width, d->height) / 48.0, shorter = fmin(d->width, d->height);
        lt_request request = propose(d);
        assert_true(fabs((double)request.x * d->width - d->x) <= cell);
        assert_true(fabs((double)request.y * d->height - d->y) <= cell);
        assert_true(fabs((double)request.side * shorter - 1.6 * 2 * d->radius) <= 1.6 * 2 * cell);
        assert_int_equal(request.quarter_turns, 0);
    }
}

static void the_square_stays_inside_of_the_photo(void **state) {
    (void)state;
    lt_request request = propose(&(drawing){240, 180, 40, 70, 35, 255});
    double half = (double)request.side * 180 / 2;
    assert_true((double)request.x * 240 >= half - 1e-3 && (double)request.y * 180 >= half - 1e-3);
    assert_true(request.side > 0 && request.side <= 1);
    assert_float_equal(propose(&(drawing){240, 180, 120, 90, 85, 255}).side, 1, 0);
    assert_float_equal(propose(&(drawing){240, 180, 120, 90, 4, 255}).side, 0.25, 0);
}

static void nothing_is_proposed_where_nothing_stands_out(void **state) {
    (void)state;
    static const drawing drawings[] = {
        {240, 180, 0, 0, 0, 255}, {240, 180, 120, 90, 30, 0}, {1, 1, 0, 0, 0, 255}, {4096, 1, 0, 0, 0, 255}};
    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
        lt_request request = propose(&drawings[i]);
        assert_float_equal(request.side, 0, 0);
        assert_float_equal(request.x, 0.5, 0);
        assert_float_equal(request.y, 0.5, 0);
    }
}

static void what_cannot_be_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const uint8_t pixel[4] = {0};
    lt_request request = {.size = sizeof request, .x = 0.25f, .y = 0.75f, .side = 0.5f, .quarter_turns = 2},
               before = request;
    assert_int_equal(lt_propose_rgba(NULL, 1, 1, &request), LT_ARGUMENT);
    assert_int_equal(lt_propose_rgba(pixel, 1, 1, NULL), LT_ARGUMENT);
    assert_int_equal(lt_propose_rgba(pixel, 0, 1, &request), LT_IMAGE_SIZE);
    assert_int_equal(lt_propose_rgba(pixel, 1, 0, &request), LT_IMAGE_SIZE);
    assert_int_equal(lt_propose_rgba(pixel, 4097, 1, &request), LT_IMAGE_SIZE);
    assert_int_equal(lt_propose_rgba(pixel, 1, UINT32_MAX, &request), LT_IMAGE_SIZE);
    assert_memory_equal(&request, &before, sizeof request);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_square_is_around_the_spot_wherever_it_lies),
        cmocka_unit_test(the_square_stays_inside_of_the_photo),
        cmocka_unit_test(nothing_is_proposed_where_nothing_stands_out),
        cmocka_unit_test(what_cannot_be_is_refused_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
