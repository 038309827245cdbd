/* test_kernels.c - kernels of our own beside the formula and beside XNNPACK's. */
#include "check.h"
#include "kernelcases.h"
#include "plainkernels.h"

enum { LEAST_SHAPES = 100 };

static void check(const kn_kind *kind) {
    char text[KERNELCASES_TEXT];
    uint32_t shapes = kernelcases_run(kind, text);
    if (shapes == 0) fail_msg("%s", text);
    assert_true(shapes >= LEAST_SHAPES);
}

static void every_kernel_of_this_processor(void **state) {
    (void)state;
    for (size_t i = 0; kn_line(i); i++)
        if (kn_line(i)->can_run()) check(kn_line(i));
}

static void every_way_in_plain_c(void **state) {
    (void)state;
    for (size_t i = 0; i < PLAIN_KERNELS; i++) check(plain_kernels[i]);
}

/* What no kernel takes: filters, strides and sizes of other kinds, and scratch without bounds. */
static void others_are_left_to_xnnpack(void **state) {
    (void)state;
    const kn_shape right = {.depthwise = 1,
                            .height = 9,
                            .width = 9,
                            .channels = 32,
                            .out_channels = 32,
                            .kernel = {3, 3},
                            .stride = {1, 1},
                            .out_height = 9,
                            .out_width = 9};
    const kn_kind *dw = plain_kernels[0], *tiles = plain_kernels[3];
    assert_true(dw->takes(dw, &right));
    kn_shape wrong[] = {right, right, right, right, right, right, right, right};
    wrong[0].kernel[0] = wrong[0].kernel[1] = 7;
    wrong[1].kernel[1] = 5;
    wrong[2].stride[0] = wrong[2].stride[1] = 3;
    wrong[3].stride[1] = 2;
    wrong[4].out_channels = 64;
    wrong[5].channels = wrong[5].out_channels = 3;
    wrong[6].out_width = 1u << 27;
    wrong[7].depthwise = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(dw->takes(dw, &wrong[i]));
    assert_true(tiles->takes(tiles, &wrong[7]));
    assert_false(tiles->takes(tiles, &right));
    wrong[7].channels = 1u << 27;
    assert_false(tiles->takes(tiles, &wrong[7]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_of_this_processor),
        cmocka_unit_test(every_way_in_plain_c),
        cmocka_unit_test(others_are_left_to_xnnpack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
