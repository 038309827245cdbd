/* PNG of every kind gives the right pixels, and a damaged one a message. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fit.h"

enum { SIDE = 21 }; /* odd, so that passes, bytes and rows end unevenly */

static const uint8_t palette[16][3] = {{10, 20, 30}, {250, 0, 90}, {77, 255, 1}, {128, 128, 128}, {5, 6, 7}};
static const uint8_t opacities[3] = {255, 0, 100};

static photo_png current; /* what the source below draws for */

/* Something else in each channel, that uses all values of the depth. */
static void source(uint32_t x, uint32_t y, uint16_t *values) {
    uint32_t most = (1u << current.depth) - 1;
    for (uint32_t c = 0; c < 4; c++) {
        uint32_t value = (x * (3 + c) + y * (7 - c) + x * y * c) * (most / 97 + 1) + 5 * c;
        values[c] = (uint16_t)(value % (most + 1));
    }
    if (current.colour == 3) values[0] = (uint16_t)(values[0] % current.palette_count);
}

static uint8_t over_white(double value, double alpha) {
    return (uint8_t)(value * alpha / 255 + 255 - alpha + 0.5);
}

/* The pixel as it should come out. */
static void expected(uint32_t x, uint32_t y, uint8_t rgb[3]) {
    uint16_t v[4];
    source(x, y, v);
    uint32_t most = (1u << current.depth) - 1;
    int grey = current.colour == 0 || current.colour == 4, keyed = current.transparency != NULL;
    for (int c = 0; c < 3; c++) {
        uint32_t value = v[grey ? 0 : c];
        double colour = current.depth == 16 ? value >> 8 : value * 255 / most, alpha = 255;
        if (current.colour == 3) {
            colour = palette[v[0]][c];
            alpha = keyed && v[0] < sizeof opacities ? opacities[v[0]] : 255;
        } else if (keyed) {
            const uint8_t *key = current.transparency;
            int same = v[0] == (key[0] << 8 | key[1]);
            if (!grey) same = same && v[1] == (key[2] << 8 | key[3]) && v[2] == (key[4] << 8 | key[5]);
            alpha = same ? 0 : 255;
        } else if (current.colour >= 4) {
            uint32_t opacity = v[current.colour == 4 ? 1 : 3];
            alpha = current.depth == 16 ? opacity >> 8 : opacity;
        }
        rgb[c] = over_white(colour, alpha);
    }
}

static void check_current(void) {
    photo file = {0};
    photo_write_png(&file, &current);
    img_want want = fit_want(SIDE);
    if (fit_file(&file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint8_t rgb[3];
        expected(i % SIDE, i / SIDE, rgb);
        if (memcmp(rgb, fit_rgb + 3 * i, 3) != 0)
            fail_msg("colour %u, depth %u, interlaced %d, deflate %d, transparency %d, pixel %u", current.colour,
                     current.depth, current.interlaced, (int)current.deflate, current.transparency != NULL, i);
    }
    photo_free(&file);
}

/* Each colour type with each of its depths, interlaced or not, by each way of deflating. */
static void every_kind_is_exact(void **state) {
    (void)state;
    static const struct {
        uint32_t colour, depth;
    } kinds[] = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1},
                 {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (int way = 0; way < 6; way++) {
            current = (photo_png){.width = SIDE,
                                  .height = SIDE,
                                  .depth = kinds[kind].depth,
                                  .colour = kinds[kind].colour,
                                  .interlaced = way % 2,
                                  .deflate = (photo_deflate)(way / 2),
                                  .palette = palette[0],
                                  .palette_count = kinds[kind].depth == 1   ? 2
                                                   : kinds[kind].depth == 2 ? 4
                                                                            : 5,
                                  .source = source};
            check_current();
        }
}

/* A transparent colour, and a palette with opacities. */
static void transparency_is_laid_over_white(void **state) {
    (void)state;
    static const uint8_t depths[] = {1, 2, 4, 8, 16};
    for (size_t i = 0; i < sizeof depths; i++)
        for (uint32_t colour = 0; colour <= 3; colour += colour == 0 ? 2 : 1) {
            if ((colour == 2 && depths[i] < 8) || (colour == 3 && depths[i] != 4)) continue;
            current = (photo_png){.width = SIDE,
                                  .height = SIDE,
                                  .depth = depths[i],
                                  .colour = colour,
                                  .palette = palette[0],
                                  .palette_count = 5,
                                  .source = source};
            uint16_t key[4];
            source(3, 4, key);
            uint8_t content[6];
            for (int c = 0; c < 3; c++) {
                content[2 * c] = (uint8_t)(key[c] >> 8);
                content[2 * c + 1] = (uint8_t)key[c];
            }
            current.transparency = colour == 3 ? opacities : content;
            current.transparency_size = colour == 3 ? sizeof opacities : colour == 2 ? 6 : 2;
            check_current();
        }
}

/* An index beyond a short palette is black, not whatever lay there before. */
static void missing_palette_entry_is_black(void **state) {
    (void)state;
    current = (photo_png){.width = SIDE,
                          .height = SIDE,
                          .depth = 8,
                          .colour = 3,
                          .palette = palette[0],
                          .palette_count = 5,
                          .source = source};
    photo whole = {0};
    photo_write_png(&whole, &current);
    photo cut = {0}; /* the same with two entries; index 2 to 4 have none */
    photo_add(&cut, whole.bytes, 33);
    photo_png_chunk(&cut, "PLTE", palette[0], 6);
    photo_add(&cut, whole.bytes + 33 + 12 + 15, whole.size - 33 - 12 - 15);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&cut, &want), LT_OK);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint16_t v[4];
        source(i % SIDE, i / SIDE, v);
        for (int c = 0; c < 3; c++) assert_int_equal(fit_rgb[3 * i + (uint32_t)c], v[0] < 2 ? palette[v[0]][c] : 0);
    }
    photo_free(&whole);
    photo_free(&cut);
}

static photo plain(void) {
    photo file = {0};
    current = (photo_png){.width = SIDE, .height = SIDE, .depth = 8, .colour = 2, .source = source};
    photo_write_png(&file, &current);
    return file;
}

/* The first picture of an animation stands where a plain PNG has its only one. */
static void animated_png_shows_its_first_picture(void **state) {
    (void)state;
    photo still = plain(), animated = {0};
    uint8_t nothing[26] = {0};
    photo_add(&animated, still.bytes, 33);
    photo_png_chunk(&animated, "acTL", nothing, 8);
    photo_png_chunk(&animated, "fcTL", nothing, 26);
    photo_add(&animated, still.bytes + 33, still.size - 33 - 12);
    photo_png_chunk(&animated, "fcTL", nothing, 26);
    photo_png_chunk(&animated, "fdAT", nothing, 9);
    photo_png_chunk(&animated, "IEND", NULL, 0);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&still, &want), LT_OK);
    uint8_t before[SIDE * SIDE * 3];
    memcpy(before, fit_rgb, sizeof before);
    assert_int_equal(fit_file(&animated, &want), LT_OK);
    assert_memory_equal(before, fit_rgb, sizeof before);
    photo_free(&still);
    photo_free(&animated);
}

/* The rows before the cut are there, those behind it are grey and counted; at less than three quarters no answer. */
static void cut_anywhere(void **state) {
    (void)state;
    for (int deflate = 0; deflate < 3; deflate++)
        for (uint32_t depth = 8; depth <= 16; depth += 8) {
            photo file = {0};
            current = (photo_png){.width = SIDE,
                                  .height = SIDE,
                                  .depth = depth,
                                  .colour = 2,
                                  .deflate = (photo_deflate)deflate,
                                  .source = source};
            photo_write_png(&file, &current);
            img_want want = fit_want(SIDE);
            size_t size = file.size;
            int read = 0, whole = 0;
            for (file.size = 8; file.size < size; file.size++) {
                lt_status status = fit_file(&file, &want);
                if (status == LT_IMAGE_FORMAT && read == 0) continue;
                if (status != LT_OK) fail_msg("%zu of %zu bytes: %d %s", file.size, size, (int)status, fit_error.text);
                read++;
                uint32_t rows = (uint32_t)lround(SIDE * (1 - fit_info.missing));
                assert_true(rows >= SIDE * 3 / 4);
                whole += rows == SIDE;
                for (uint32_t i = 0; i < SIDE * SIDE; i++) {
                    uint8_t rgb[3] = {128, 128, 128};
                    if (i / SIDE < rows) expected(i % SIDE, i / SIDE, rgb);
                    assert_memory_equal(rgb, fit_rgb + 3 * i, 3);
                }
            }
            assert_true(read > (int)size / 8 && whole > 12 && whole < 40);
            photo_free(&file);
        }
}

/* Of an interlaced one the last pass is cut: pixels of the pass before stand for it and count half. */
static void cut_interlaced(void **state) {
    (void)state;
    photo file = {0};
    current = (photo_png){.width = SIDE, .height = SIDE, .depth = 8, .colour = 2, .interlaced = 1, .source = source};
    photo_write_png(&file, &current);
    file.size = file.size * 7 / 10; /* half of it is the last pass: the odd rows */
    img_want want = fit_want(SIDE);
    if (fit_file(&file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    assert_true(fit_info.missing > 0.1 && fit_info.missing < 0.2);
    uint32_t others = 0;
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint8_t own[3], above[3];
        expected(i % SIDE, i / SIDE, own);
        expected(i % SIDE, i / SIDE / 2 * 2, above);
        if (memcmp(own, fit_rgb + 3 * i, 3) == 0) continue;
        assert_memory_equal(above, fit_rgb + 3 * i, 3);
        others++;
    }
    assert_float_equal((float)others / (SIDE * SIDE) / 2, (float)fit_info.missing, 1e-6);
    photo_free(&file);
}

/* A square gives what the whole picture has there, and takes the memory of its own pixels alone. */
static void squares_are_as_in_the_whole(void **state) {
    (void)state;
    enum { W = 90, H = 70, PART = 20 };
    static uint8_t all[H * H * 3];
    for (uint32_t kind = 0; kind < 12; kind++) {
        static const uint8_t colours[6] = {0, 2, 3, 4, 6, 0}, depths[6] = {8, 16, 4, 8, 8, 1};
        photo file = {0};
        current = (photo_png){.width = W,
                              .height = H,
                              .depth = depths[kind % 6],
                              .colour = colours[kind % 6],
                              .interlaced = kind >= 6,
                              .palette = palette[0],
                              .palette_count = 5,
                              .orientation = 1 + kind % 8,
                              .source = source};
        photo_write_png(&file, &current);
        img_want want = fit_want(H);
        assert_int_equal(fit_file(&file, &want), LT_OK);
        memcpy(all, fit_rgb, sizeof all);
        uint32_t width = kind % 8 >= 4 ? H : W, left = (width - H) / 2, top = (W + H - width - H) / 2;
        for (uint32_t at = 0; at <= H - PART; at += 7) {
            want = fit_want(PART);
            want.crop = (double)PART / H;
            want.x = (left + at + PART / 2 + 0.25) / width; /* safe from rounding down */
            want.y = (top + (H - PART - at) + PART / 2 + 0.25) / (W + H - width);
            assert_int_equal(fit_file(&file, &want), LT_OK);
            for (uint32_t y = 0; y < PART; y++)
                assert_memory_equal(fit_rgb + 3 * PART * y, all + 3 * (H * (H - PART - at + y) + at), 3 * PART);
        }
        photo_free(&file);
    }
}

static void a_square_takes_little(void **state) {
    (void)state;
    photo file = {0};
    current =
        (photo_png){.width = 2000, .height = 1500, .depth = 8, .colour = 2, .deflate = PHOTO_FIXED, .source = source};
    photo_write_png(&file, &current);
    img_want want = fit_want(32);
    want.crop = 0.05;
    if (fit_file(&file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    assert_true(img_scratch_peak(fit_scratch) < 400000);
    photo_free(&file);
}

/* One change to a PNG of SIDE x SIDE RGB, whose header's content starts at 16. */
static const struct {
    const char *what;
    size_t at;
    uint8_t bytes[4];
    size_t size;
    int repaired; /* the checksum is made right again */
    lt_status status;
    const char *text;
} changes[] = {
    {"checksum", 30, {1}, 1, 0, LT_IMAGE_FORMAT, "wrong checksum"},
    {"pixel data", 60, {1}, 1, 0, LT_IMAGE_FORMAT, "wrong checksum"},
    {"no header", 12, {'i'}, 1, 1, LT_IMAGE_FORMAT, "no header"},
    {"header length", 11, {12}, 1, 0, LT_IMAGE_FORMAT, "wrong checksum"},
    {"chunk length", 8, {0xFF, 0xFF, 0xFF, 0xFF}, 4, 0, LT_IMAGE_FORMAT, "ends early"},
    {"width 0", 16, {0, 0, 0, 0}, 4, 1, LT_IMAGE_SIZE, "0 x 21"},
    {"height 0", 20, {0, 0, 0, 0}, 4, 1, LT_IMAGE_SIZE, "21 x 0"},
    {"width too large", 16, {0, 1, 0, 0}, 4, 1, LT_IMAGE_SIZE, "65536 x 21"},
    {"width with the top bit", 16, {0xFF, 0xFF, 0xFF, 0xFF}, 4, 1, LT_IMAGE_SIZE, "4294967295 x 21"},
    {"more width than data", 16, {0, 0, 0, 22}, 4, 1, LT_IMAGE_FORMAT, "invalid filter"},
    {"depth 0", 24, {0}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"depth 3", 24, {3}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"depth 4 of RGB", 24, {4}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"depth 32", 24, {32}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"colour 1", 25, {1}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"colour 7", 25, {7}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"colour 255", 25, {255}, 1, 1, LT_IMAGE_FORMAT, "colour type and depth"},
    {"palette without one", 25, {3}, 1, 1, LT_IMAGE_FORMAT, "no palette"},
    {"compression", 26, {1}, 1, 1, LT_IMAGE_FORMAT, "compression"},
    {"filter method", 27, {1}, 1, 1, LT_IMAGE_FORMAT, "filter"},
    {"interlacing", 28, {2}, 1, 1, LT_IMAGE_FORMAT, "interlacing"},
    {"interlaced instead", 28, {1}, 1, 1, LT_IMAGE_FORMAT, "invalid filter"},
    {"not deflated", 41, {0x79}, 1, 1, LT_IMAGE_FORMAT, "bad compressed data"},
    {"no such filter", 48, {5}, 1, 1, LT_IMAGE_FORMAT, "invalid filter"},
    {"unknown critical chunk", 37, {'J'}, 1, 1, LT_IMAGE_UNSUPPORTED, "critical chunk"},
    {"two headers", 37, {'I', 'H', 'D', 'R'}, 4, 1, LT_IMAGE_FORMAT, "two headers"},
    {"Apple's variant", 12, {'C', 'g', 'B', 'I'}, 4, 1, LT_IMAGE_UNSUPPORTED, "Apple"},
};

static void damage_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        photo file = plain();
        memcpy(file.bytes + changes[i].at, changes[i].bytes, changes[i].size);
        if (changes[i].repaired) photo_png_repair(&file);
        img_want want = fit_want(SIDE);
        lt_status status = fit_file(&file, &want);
        if (status != changes[i].status || strstr(fit_error.text, changes[i].text) == NULL)
            fail_msg("%s: %s, \"%s\"", changes[i].what, lt_status_name(status), fit_error.text);
        photo_free(&file);
    }
}

/* Chunks that do not fit the picture. */
static void palette_and_transparency_are_checked(void **state) {
    (void)state;
    static const struct {
        const char *name;
        uint32_t size, colour;
        const char *text;
    } chunks[] = {
        {"PLTE", 0, 2, "palette"},
        {"PLTE", 4, 2, "palette"},
        {"PLTE", 771, 2, "palette"},
        {"tRNS", 3, 3, "opacities"},
        {"tRNS", 5, 2, "transparent colour"},
        {"tRNS", 2, 6, "transparent colour"},
    };
    static const uint8_t content[771];
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        photo whole = plain(), file = {0};
        whole.bytes[25] = (uint8_t)chunks[i].colour;
        photo_png_repair(&whole);
        photo_add(&file, whole.bytes, 33);
        photo_png_chunk(&file, chunks[i].name, content, chunks[i].size);
        photo_add(&file, whole.bytes + 33, whole.size - 33);
        img_want want = fit_want(SIDE);
        assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
        if (strstr(fit_error.text, chunks[i].text) == NULL) fail_msg("%s: %s", chunks[i].name, fit_error.text);
        photo_free(&whole);
        photo_free(&file);
    }
}

/* A few bytes that claim a picture of 900 million pixels are refused by their header. */
static void a_small_file_that_claims_to_be_huge(void **state) {
    (void)state;
    photo file = plain();
    memcpy(file.bytes + 16, "\0\0\x75\x30\0\0\x75\x30", 8);
    photo_png_repair(&file);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&file, &want), LT_IMAGE_SIZE);
    assert_non_null(strstr(fit_error.text, "30000 x 30000"));
    assert_non_null(strstr(fit_error.text, "50000000"));
    assert_true(img_scratch_peak(fit_scratch) < 100000);
    photo_free(&file);
}

/* A deflated stream that grows to far more than the header's pixels takes no more memory than those. */
static void more_data_than_pixels(void **state) {
    (void)state;
    photo large = {0}, file = {0};
    current =
        (photo_png){.width = SIDE, .height = 60000, .depth = 8, .colour = 2, .deflate = PHOTO_FIXED, .source = source};
    photo_write_png(&large, &current);
    photo_add(&file, large.bytes, large.size);
    memcpy(file.bytes + 20, "\0\0\0\x15", 4);
    photo_png_repair(&file);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_true(img_scratch_peak(fit_scratch) < 2 * file.size + ((size_t)1 << 20));
    photo_free(&large);
    photo_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_is_exact, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(transparency_is_laid_over_white, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(missing_palette_entry_is_black, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(animated_png_shows_its_first_picture, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(cut_anywhere, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(cut_interlaced, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(squares_are_as_in_the_whole, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_square_takes_little, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(damage_is_named, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(palette_and_transparency_are_checked, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_small_file_that_claims_to_be_huge, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(more_data_than_pixels, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
