/* What holds for all photos: wrong kinds, orientation and crop, resizing, alpha, and the tensor's values. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "net/input.h"

/* ---- other files ---- */

#define BYTES(text) (const uint8_t *)(text), sizeof(text) - 1

static const struct {
    const uint8_t *bytes;
    size_t size;
    const char *name;
} others[] = {
    {BYTES("GIF89a\1\0\1\0\0\0\0"), "a GIF picture"},
    {BYTES("RIFF\x24\0\0\0WEBPVP8 "), "a WebP picture"},
    {BYTES("\0\0\0\x18"
           "ftypheic\0\0\0\0"),
     "a HEIC picture"},
    {BYTES("\0\0\0\x18"
           "ftypmif1\0\0\0\0"),
     "a HEIC picture"},
    {BYTES("\0\0\0\x18"
           "ftypavif\0\0\0\0"),
     "an AVIF picture"},
    {BYTES("\0\0\0\x18"
           "ftypmp42\0\0\0\0"),
     "a video"},
    {BYTES("\0\0\0\x0CJXL \r\n\x87\n"), "a JPEG XL picture"},
    {BYTES("\xFF\x0A\xFA\x1F"), "a JPEG XL picture"},
    {BYTES("\0\0\0\x0CjP  \r\n\x87\n"), "a JPEG 2000 picture"},
    {BYTES("II*\0\x08\0\0\0"), "a TIFF or raw picture"},
    {BYTES("MM\0*\0\0\0\x08"), "a TIFF or raw picture"},
    {BYTES("BM\x36\0\0\0\0\0"), "a BMP picture"},
    {BYTES("8BPS\0\1\0\0"), "a Photoshop file"},
    {BYTES("\0\0\1\0\1\0"), "an icon"},
    {BYTES("%PDF-1.7\n%\xE2\xE3"), "a PDF document"},
    {BYTES("PK\3\4\x14\0"), "a ZIP archive"},
    {BYTES("\x1F\x8B\x08\0"), "a gzip archive"},
    {BYTES("\x1C\0\0\0TFL3\0\0"), "a model file"},
    {BYTES("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "an SVG drawing"},
    {BYTES("\xEF\xBB\xBF  <!DOCTYPE HTML><title>Sign in</title>"), "a web page"},
    {BYTES("<HTML><body>Sign in</body></HTML>"), "a web page"},
    {BYTES("Dear doctor,\r\n\tplease see below.\n"), "a text file"},
};

static void other_files_are_named(void **state) {
    (void)state;
    img_want want = fit_want(8);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        photo file = {0};
        photo_add(&file, others[i].bytes, others[i].size);
        assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
        if (strstr(fit_error.text, others[i].name) == NULL) fail_msg("%s: %s", others[i].name, fit_error.text);
        photo_free(&file);
    }
}

static void no_photo_at_all(void **state) {
    (void)state;
    img_want want = fit_want(8);
    photo file = {0};
    assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
    assert_non_null(strstr(fit_error.text, "empty"));
    uint32_t random = 1;
    for (int i = 0; i < 4096; i++) {
        random = random * 1664525u + 1013904223u;
        photo_add(&file, &(uint8_t){(uint8_t)(random >> 24)}, 1);
    }
    for (file.size = 1; file.size <= 4096; file.size *= 2) assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
    photo_free(&file);
}

/* ---- orientation and crop ---- */

enum { WIDE = 11, HIGH = 6 };

/* Every pixel another. */
static uint8_t mark(uint32_t x, uint32_t y) {
    return (uint8_t)(20 + 19 * x + 3 * y);
}

static void marks(uint32_t x, uint32_t y, uint16_t *values) {
    values[0] = mark(x, y);
}

/* What makes the stored picture upright: rows and columns exchanged, then mirrored. */
static const struct {
    int exchanged, left_right, top_bottom;
} steps[9] = {{0}, {0, 0, 0}, {0, 1, 0}, {0, 1, 1}, {0, 0, 1}, {1, 0, 0}, {1, 1, 0}, {1, 1, 1}, {1, 0, 1}};

static uint8_t upright(uint32_t orientation, uint32_t x, uint32_t y) {
    uint32_t width = steps[orientation].exchanged ? HIGH : WIDE, height = steps[orientation].exchanged ? WIDE : HIGH;
    if (steps[orientation].left_right) x = width - 1 - x;
    if (steps[orientation].top_bottom) y = height - 1 - y;
    return steps[orientation].exchanged ? mark(y, x) : mark(x, y);
}

/* The crop is rounded in the upright picture, whatever way it is stored; its sides are of even and odd excess. */
static void turned_and_cropped(void **state) {
    (void)state;
    for (uint32_t orientation = 1; orientation <= 8; orientation++)
        for (uint32_t side = 3; side <= HIGH; side++) {
            photo file = {0};
            photo_write_png(
                &file,
                &(photo_png){.width = WIDE, .height = HIGH, .depth = 8, .source = marks, .orientation = orientation});
            img_want want = fit_want(side);
            want.crop = (double)side / HIGH;
            assert_int_equal(fit_file(&file, &want), LT_OK);
            int lying = orientation > 4;
            assert_int_equal(fit_info.width, lying ? HIGH : WIDE);
            assert_int_equal(fit_info.height, lying ? WIDE : HIGH);
            uint32_t left = (fit_info.width - side) / 2, top = (fit_info.height - side) / 2;
            for (uint32_t i = 0; i < side * side; i++)
                for (uint32_t c = 0; c < 3; c++)
                    assert_int_equal(fit_rgb[3 * i + c], upright(orientation, left + i % side, top + i / side));
            photo_free(&file);
        }
}

/* Pixel of the upright photo after quarter turns clockwise; the upright one has these sides. */
static uint8_t turned(uint32_t orientation, uint32_t turns, uint32_t x, uint32_t y) {
    uint32_t width = steps[orientation].exchanged ? HIGH : WIDE, height = steps[orientation].exchanged ? WIDE : HIGH;
    for (; turns > 0; turns--) {
        /* the last turn is undone first: before it, the sides were the other way round */
        uint32_t before = turns % 2 == 1 ? height : width, at = x;
        x = y;
        y = before - 1 - at;
    }
    return upright(orientation, x, y);
}

/* A square anywhere in a photo that is turned after it stands upright; one that would reach beyond is moved inside. */
static void a_region_of_a_turned_photo(void **state) {
    (void)state;
    static const double places[] = {0, 0.2, 0.5, 0.75, 1};
    enum { SIDE = 3, PLACES = sizeof places / sizeof *places };
    for (uint32_t orientation = 1; orientation <= 8; orientation++)
        for (uint32_t i = 0; i < 4 * PLACES * PLACES; i++) {
            photo file = {0};
            photo_write_png(
                &file,
                &(photo_png){.width = WIDE, .height = HIGH, .depth = 8, .source = marks, .orientation = orientation});
            img_want want = fit_want(SIDE);
            want.crop = (double)SIDE / HIGH;
            want.quarter_turns = i % 4;
            want.x = places[i / 4 % PLACES];
            want.y = places[i / 4 / PLACES];
            assert_int_equal(fit_file(&file, &want), LT_OK);
            int lying = (orientation > 4) != (want.quarter_turns % 2 == 1);
            double width = lying ? HIGH : WIDE, height = lying ? WIDE : HIGH;
            uint32_t left = (uint32_t)fmin(fmax(floor(want.x * width - 1.5), 0), width - SIDE);
            uint32_t top = (uint32_t)fmin(fmax(floor(want.y * height - 1.5), 0), height - SIDE);
            for (uint32_t k = 0; k < SIDE * SIDE; k++)
                assert_int_equal(fit_rgb[3 * k],
                                 turned(orientation, want.quarter_turns, left + k % SIDE, top + k / SIDE));
            assert_int_equal(fit_info.width, orientation > 4 ? HIGH : WIDE);
            photo_free(&file);
        }
}

/* A network whose input is no square: sides are not exchanged with the photo's. */
static void turned_to_an_oblong(void **state) {
    (void)state;
    for (uint32_t orientation = 1; orientation <= 8; orientation++) {
        photo file = {0};
        photo_write_png(
            &file,
            &(photo_png){.width = HIGH, .height = HIGH, .depth = 8, .source = marks, .orientation = orientation});
        img_want want = fit_want(HIGH);
        want.width = 2 * HIGH;
        assert_int_equal(fit_file(&file, &want), LT_OK);
        int right = fit_rgb[3 * (2 * HIGH - 1)] - fit_rgb[0], down = fit_rgb[3 * 2 * HIGH * (HIGH - 1)] - fit_rgb[0];
        assert_int_equal(abs(right), 5 * (steps[orientation].exchanged ? 3 : 19));
        assert_int_equal(abs(down), 5 * (steps[orientation].exchanged ? 19 : 3));
        assert_int_equal(right < 0, steps[orientation].left_right);
        assert_int_equal(down < 0, steps[orientation].top_bottom);
        photo_free(&file);
    }
}

static void jpeg_is_turned_too(void **state) {
    (void)state;
    photo file = {0};
    photo_write_jpeg(&file, &(photo_jpeg){.width = WIDE,
                                          .height = HIGH,
                                          .components = 1,
                                          .h = 1,
                                          .v = 1,
                                          .quantum = 1,
                                          .adobe = -1,
                                          .orientation = 6,
                                          .source = marks});
    img_want want = fit_want(HIGH);
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_int_equal(fit_info.width, HIGH);
    for (uint32_t i = 0; i < HIGH * HIGH; i++)
        assert_true(abs(fit_rgb[3 * i] - upright(6, i % HIGH, 2 + i / HIGH)) <= 1);
    photo_free(&file);
}

/* ---- resizing ---- */

static void steep(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)((x * x * (c + 1) + y * 37 + (x ^ y) * 11) % 256);
}

/* Weight of source pixel i in a result pixel: a triangle as wide as the reduction, cut at the edges. */
static double triangle(uint32_t i, uint32_t result, double ratio) {
    double wide = ratio > 1 ? ratio : 1;
    double away = fabs(i + 0.5 - (result + 0.5) * ratio) / wide;
    return away < 1 ? 1 - away : 0;
}

/* The definition, pixel by pixel: the weights that lie within the picture, scaled to add up to 1. */
static double resized(const img_want *want, uint32_t side, uint32_t x, uint32_t y, uint32_t c) {
    double sum = 0, total = 0;
    for (uint32_t j = 0; j < side; j++) {
        double down = triangle(j, y, (double)side / want->height);
        for (uint32_t i = 0; down > 0 && i < side; i++) {
            double weight = down * triangle(i, x, (double)side / want->width);
            uint16_t values[4];
            steep(i, j, values);
            sum += weight * values[c];
            total += weight;
        }
    }
    return sum / total;
}

/* Up, down, by much and by little, to an oblong; at the edges as inside. */
static void resized_by_the_definition(void **state) {
    (void)state;
    static const uint32_t sizes[][3] = {{40, 40, 40}, {40, 13, 13}, {40, 64, 64}, {61, 7, 30},  {100, 2, 3},
                                        {90, 1, 1},   {3, 40, 40},  {1, 8, 8},    {41, 40, 42}, {97, 96, 24}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        photo file = {0};
        uint32_t side = sizes[i][0];
        photo_write_png(&file, &(photo_png){.width = side, .height = side, .depth = 8, .colour = 2, .source = steep});
        img_want want = fit_want(sizes[i][1]);
        want.height = sizes[i][2];
        assert_int_equal(fit_file(&file, &want), LT_OK);
        for (uint32_t p = 0; p < want.width * want.height; p++)
            for (uint32_t c = 0; c < 3; c++) {
                double exact = resized(&want, side, p % want.width, p / want.width, c);
                if (fabs(fit_rgb[3 * p + c] - exact) > 0.51)
                    fail_msg("%u to %u x %u: pixel %u is %d, not %.2f", side, want.width, want.height, p,
                             fit_rgb[3 * p + c], exact);
            }
        photo_free(&file);
    }
}

/* A picture of one pixel's height gives its middle pixel, as large as wanted. */
static void a_very_flat_photo(void **state) {
    (void)state;
    photo file = {0};
    photo_write_png(&file, &(photo_png){.width = 30000, .height = 1, .depth = 8, .source = marks});
    img_want want = fit_want(16);
    assert_int_equal(fit_file(&file, &want), LT_OK);
    for (uint32_t i = 0; i < 16 * 16 * 3; i++) assert_int_equal(fit_rgb[i], mark(14999, 0));
    photo_free(&file);
}

/* ---- pixels decoded elsewhere ---- */

static void translucent(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 4; c++) values[c] = (uint16_t)((x * (5 + c) + y * (9 - c)) % 256);
}

static void rgba_is_like_a_file(void **state) {
    (void)state;
    enum { W = 90, H = 70, SIDE = 24 };
    static uint8_t rgba[W * H * 4], rgb[SIDE * SIDE * 3];
    for (uint32_t i = 0; i < W * H; i++) {
        uint16_t values[4];
        translucent(i % W, i / W, values);
        for (uint32_t c = 0; c < 4; c++) rgba[4 * i + c] = (uint8_t)values[c];
    }
    photo file = {0};
    photo_write_png(&file, &(photo_png){.width = W, .height = H, .depth = 8, .colour = 6, .source = translucent});
    img_want want = fit_want(SIDE);
    want.crop = 0.9;
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_int_equal(img_from_rgba(fit_scratch, rgba, W, H, &want, rgb, &fit_info, &fit_error), LT_OK);
    assert_memory_equal(rgb, fit_rgb, sizeof rgb);
    assert_int_equal(fit_info.width, W);
    assert_int_equal(fit_info.height, H);
    assert_int_equal(fit_info.decode_scale, 1);
    photo_free(&file);
}

/* Where every pixel wanted is one of the photo's, nothing is filtered: at full size, cropped, upside down, in grey. */
static void pixels_as_they_are(void **state) {
    (void)state;
    enum { W = 40, H = 24, SIDE = 24 };
    static uint8_t rgba[W * H * 4], rgb[SIDE * SIDE * 3];
    for (uint32_t i = 0; i < W * H; i++) {
        uint16_t values[4];
        translucent(i % W, i / W, values);
        for (uint32_t c = 0; c < 4; c++) rgba[4 * i + c] = i % 3 == 0 && c == 3 ? 255 : (uint8_t)values[c];
    }
    for (uint32_t turns = 0; turns < 4; turns += 2) {
        img_want want = fit_want(SIDE);
        want.quarter_turns = turns;
        assert_int_equal(img_from_rgba(fit_scratch, rgba, W, H, &want, rgb, &fit_info, &fit_error), LT_OK);
        for (uint32_t i = 0; i < SIDE * SIDE; i++) {
            uint32_t from = turns == 0 ? i : SIDE * SIDE - 1 - i, x = (W - SIDE) / 2 + from % SIDE;
            const uint8_t *pixel = rgba + 4 * (from / SIDE * W + x);
            for (uint32_t c = 0; c < 3; c++) {
                uint32_t over = pixel[c] * pixel[3] + 255u * (255u - pixel[3]);
                assert_int_equal(rgb[3 * i + c], (over + 127) / 255);
            }
        }
    }
}

static void rgba_of_a_wrong_size(void **state) {
    (void)state;
    static const uint32_t sizes[][2] = {{0, 4}, {4, 0}, {65536, 1}, {100, 101}, {0xFFFFFFFF, 0xFFFFFFFF}};
    img_want want = fit_want(4);
    want.max_pixels = 10000;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        lt_status status = img_from_rgba(fit_scratch, (const uint8_t *)"", sizes[i][0], sizes[i][1], &want, fit_rgb,
                                         &fit_info, &fit_error);
        char numbers[32];
        (void)snprintf(numbers, sizeof numbers, "%u x %u", sizes[i][0], sizes[i][1]);
        assert_int_equal(status, LT_IMAGE_SIZE);
        assert_non_null(strstr(fit_error.text, numbers));
    }
}

static void impossible_wishes(void **state) {
    (void)state;
    static const img_want wishes[] = {
        {0, 4, 1.0, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},    {4, 0, 1.0, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},
        {4097, 4, 1.0, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL}, {4, 4, 0.0, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},
        {4, 4, -1.0, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},   {4, 4, 1.01, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},
        {4, 4, NAN, 0.5, 0.5, 0, 0, 100, 0, 0, NULL, NULL},    {4, 4, 1.0, -0.1, 0.5, 0, 0, 100, 0, 0, NULL, NULL},
        {4, 4, 1.0, 0.5, 1.1, 0, 0, 100, 0, 0, NULL, NULL},    {4, 4, 1.0, 0.5, NAN, 0, 0, 100, 0, 0, NULL, NULL},
        {4, 4, 1.0, 0.5, 0.5, 4, 0, 100, 0, 0, NULL, NULL}};
    photo file = {0};
    photo_write_png(&file, &(photo_png){.width = 4, .height = 4, .depth = 8, .source = marks});
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        assert_int_equal(fit_file(&file, &wishes[i]), LT_ARGUMENT);
    photo_free(&file);
}

/* ---- the tensor's values ---- */

static const float means[3] = {127.0f, 100.0f, 0.0f}, deviations[3] = {128.0f, 50.0f, 255.0f};

static void float_table_is_exact(void **state) {
    (void)state;
    input_table table;
    input_table_make(&table, means, deviations, 0, 0.0f, 0);
    uint8_t rgb[256 * 3];
    float tensor[256 * 3];
    for (int i = 0; i < 256 * 3; i++) rgb[i] = (uint8_t)(i / 3);
    input_apply(&table, rgb, 256, tensor);
    for (int i = 0; i < 256 * 3; i++) assert_true(tensor[i] == ((float)(i / 3) - means[i % 3]) / deviations[i % 3]);
}

/* The scale of the exported models: 1/128 and -1 make the value the pixel less 128. */
static void exported_scale_is_the_pixel_less_128(void **state) {
    (void)state;
    input_table table;
    const float mean[3] = {127, 127, 127}, deviation[3] = {128, 128, 128};
    input_table_make(&table, mean, deviation, 1, 1.0f / 128, -1);
    uint8_t rgb[256 * 3];
    int8_t tensor[256 * 3];
    for (int i = 0; i < 256 * 3; i++) rgb[i] = (uint8_t)(i / 3);
    input_apply(&table, rgb, 256, tensor);
    for (int i = 0; i < 256 * 3; i++) assert_int_equal(tensor[i], i / 3 - 128);
}

static void quantised_values_are_rounded_and_limited(void **state) {
    (void)state;
    static const struct {
        float mean, deviation, scale;
        int32_t zero_point;
        uint8_t pixel;
        int8_t value;
    } cases[] = {
        {0, 1, 2, 0, 3, 2},         /* 1.5: to even */
        {0, 1, 2, 0, 5, 2},         /* 2.5: to even */
        {0, 1, 2, 0, 7, 4},         /* 3.5 */
        {10, 1, 2, 0, 7, -2},       /* -1.5 */
        {0, 1, 1, 0, 255, 127},     /* above the range */
        {255, 1, 1, 0, 0, -128},    /* below */
        {0, 1, 1, -128, 255, 127},  /* just inside */
        {0, 1, 1, -128, 0, -128},   /* likewise */
        {0, 1e-30f, 1e-8f, 0, 9, 127},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float mean[3] = {cases[i].mean, cases[i].mean, cases[i].mean};
        float deviation[3] = {cases[i].deviation, cases[i].deviation, cases[i].deviation};
        input_table table;
        input_table_make(&table, mean, deviation, 1, cases[i].scale, cases[i].zero_point);
        for (int c = 0; c < 3; c++) assert_int_equal(table.value.i8[c][cases[i].pixel], cases[i].value);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(other_files_are_named, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(no_photo_at_all, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(turned_and_cropped, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_region_of_a_turned_photo, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(turned_to_an_oblong, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(jpeg_is_turned_too, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(resized_by_the_definition, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_very_flat_photo, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(rgba_is_like_a_file, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(pixels_as_they_are, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(rgba_of_a_wrong_size, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(impossible_wishes, fit_start, fit_end),
        cmocka_unit_test(float_table_is_exact),
        cmocka_unit_test(exported_scale_is_the_pixel_less_128),
        cmocka_unit_test(quantised_values_are_rounded_and_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
