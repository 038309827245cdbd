/* JPEGs that browsers show although something of them is missing or in the way: what is there is decoded, what is not
 * is grey and counted. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"

enum { SIDE = 67, GREY = 128 }; /* odd, so that blocks and MCUs end unevenly */

/* Smooth and of many frequencies, and far from grey. */
static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (int c = 0; c < 4; c++) {
        double v = 40 * sin(x * (0.09 + 0.02 * c) + c) + 30 * cos(y * 0.07 - 0.5 * c);
        values[c] = (uint16_t)lround(c == 0 ? 170 + v : 128 + v / 3);
    }
}

static photo_jpeg plain(void) {
    return (photo_jpeg){
        .width = SIDE, .height = SIDE, .components = 3, .h = 1, .v = 1, .quantum = 1, .adobe = -1, .source = waves};
}

/* Each sampling that cameras use, grey, progressive, components apart, and with restart intervals. */
enum { KINDS = 20 };

static photo_jpeg kind(int i) {
    static const uint8_t samplings[4][2] = {{1, 1}, {2, 1}, {2, 2}, {1, 1}};
    photo_jpeg p = plain();
    p.h = samplings[i % 4][0];
    p.v = samplings[i % 4][1];
    p.components = i % 4 == 3 ? 1 : 3;
    p.progressive = i / 4 % 2;
    p.restart = i / 8 == 1 ? 3 : 0;
    p.apart = i / 8 == 2;
    return p;
}

static photo written(photo_jpeg p) {
    photo file = {0};
    photo_write_jpeg(&file, &p);
    return file;
}

static uint8_t whole[SIDE * SIDE * 3];

static void read_whole(const photo *file) {
    img_want want = fit_want(SIDE);
    if (fit_file(file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    assert_true(fit_info.missing == 0.0);
    memcpy(whole, fit_rgb, sizeof whole);
}

/* Share of the pixels that are not those of the whole file. */
static double share_changed(void) {
    uint32_t changed = 0;
    for (uint32_t i = 0; i < SIDE * SIDE; i++) changed += memcmp(whole + 3 * i, fit_rgb + 3 * i, 3) != 0;
    return changed / (double)(SIDE * SIDE);
}

/* ---- ends ---- */

static void no_end_marker(void **state) {
    (void)state;
    static const char *const behind[] = {
        "",    "\0\0\0 other data", "\xFF\xD8\xFF\xE1\0\x10", "\xFF\xDA\xFF\xDA\0\x08", "\xFF\xC4\xFF\xFF\xFF\xFF",
        "\xFF"};
    static const size_t sizes[] = {0, 14, 6, 6, 6, 1};
    for (int i = 0; i < KINDS; i++) {
        photo file = written(kind(i));
        read_whole(&file);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            img_want want = fit_want(SIDE);
            file.size -= 2;
            photo_add(&file, behind[k], sizes[k]);
            if (fit_file(&file, &want) != LT_OK) fail_msg("kind %d, data %zu: %s", i, k, fit_error.text);
            assert_true(fit_info.missing == 0.0);
            assert_memory_equal(fit_rgb, whole, sizeof whole);
            file.size -= sizes[k];
            photo_add16(&file, 0xFFD9);
        }
        photo_free(&file);
    }
}

/* From nothing to all of it: the less there is the more is missing, until there is no answer. */
static void cut_anywhere(void **state) {
    (void)state;
    enum { PARTS = 96 };
    for (int i = 0; i < KINDS; i++)
        for (int marker = 0; marker < 2; marker++) { /* as after a bad repair, or a lost packet */
            photo file = written(kind(i));
            read_whole(&file);
            size_t size = file.size, read = 0;
            double missing = 1;
            img_want want = fit_want(SIDE);
            for (size_t part = 1; part < PARTS; part++) {
                photo cut = {0};
                photo_add(&cut, file.bytes, size * part / PARTS);
                if (marker) photo_add16(&cut, 0xFFD9);
                lt_status status = fit_file(&cut, &want);
                /* An end marker between scans says that the last bits of all were not meant to come. */
                int is_coarse = marker && kind(i).progressive;
                if (status == LT_OK) {
                    read++;
                    if ((fit_info.missing > missing && !is_coarse) || fit_info.missing > LT_MOST_MISSING)
                        fail_msg("kind %d, part %zu: %.3f missing", i, part, fit_info.missing);
                    missing = fit_info.missing;
                    /* All that differs is counted: coarse pixels by half, and those whose chroma is beside lost one. */
                    if (!is_coarse && share_changed() > 2 * missing + 0.1)
                        fail_msg("kind %d, part %zu: %.3f changed, %.3f missing", i, part, share_changed(), missing);
                } else if (status != LT_IMAGE_FORMAT || (missing < 1 && !is_coarse)) {
                    fail_msg("kind %d, part %zu: %s", i, part, fit_error.text);
                }
                photo_free(&cut);
            }
            if (read == 0 && i / 8 != 2) fail_msg("kind %d: never read", i);
            if (i % 8 < 4 && i / 8 != 2 && (read < 10 || missing == 0.0)) fail_msg("kind %d: read %zu", i, read);
            photo_free(&file);
        }
}

static void what_is_missing_is_grey(void **state) {
    (void)state;
    photo file = written(plain());
    read_whole(&file);
    file.size = file.size * 9 / 10;
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_true(fit_info.missing > 0.05 && fit_info.missing < 0.15);
    uint32_t grey = 0;
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        const uint8_t *pixel = fit_rgb + 3 * i;
        int is_grey = pixel[0] == GREY && pixel[1] == GREY && pixel[2] == GREY;
        if (!is_grey) assert_memory_equal(pixel, whole + 3 * i, 3);
        grey += (uint32_t)is_grey;
    }
    assert_float_equal((float)grey / (SIDE * SIDE), (float)fit_info.missing, 1e-6);
    photo_free(&file);
}

static void too_much_is_missing(void **state) {
    (void)state;
    photo file = written(plain());
    file.size /= 2;
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
    assert_non_null(strstr(fit_error.text, "% of the square is missing, at most 25 % may be"));
    /* in the square that is looked at, nothing is */
    want = fit_want(SIDE / 4);
    want.crop = 0.25;
    want.y = 0.2;
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_true(fit_info.missing == 0.0);
    photo_free(&file);
}

/* ---- restart markers ---- */

/* The nth restart marker. */
static size_t find_restart(const photo *file, int nth) {
    size_t at = 0;
    while (file->bytes[at] != 0xFF || file->bytes[at + 1] != 0xDA) at++;
    for (;; at++) {
        assert_true(at + 1 < file->size);
        if (file->bytes[at] == 0xFF && (file->bytes[at + 1] & 0xF8) == 0xD0 && nth-- == 0) return at;
    }
}

/* The file with `size` bytes at `at` replaced by others. */
static photo changed(const photo *file, size_t at, size_t size, const uint8_t *bytes, size_t count) {
    photo out = {0};
    photo_add(&out, file->bytes, at);
    if (count > 0) photo_add(&out, bytes, count);
    photo_add(&out, file->bytes + at + size, file->size - at - size);
    return out;
}

/* Restarting each row of MCUs, as cameras do. */
static photo_jpeg restarting(int i) {
    photo_jpeg p = kind(i % 8);
    p.restart = (SIDE + 8 * p.h - 1) / (8 * p.h);
    if (p.components == 1 || (p.progressive && p.h == 1)) p.restart = (SIDE + 7) / 8;
    return p;
}

/* Read a changed file, of which this share at most may differ. */
static void check_changed(const photo *file, int i, const char *what, double most) {
    img_want want = fit_want(SIDE);
    if (fit_file(file, &want) != LT_OK) fail_msg("kind %d, %s: %s", i, what, fit_error.text);
    if (share_changed() > most) fail_msg("kind %d, %s: %.3f changed, at most %.3f", i, what, share_changed(), most);
}

static void junk_before_a_marker(void **state) {
    (void)state;
    uint8_t junk[600];
    uint32_t random = 7;
    for (size_t k = 0; k < sizeof junk; k++) junk[k] = (uint8_t)((random = random * 1664525u + 1013904223u) >> 24);
    for (int i = 0; i < 8; i++) {
        photo file = written(restarting(i));
        read_whole(&file);
        for (int nth = 0; nth < 3; nth++) {
            photo spoilt = changed(&file, find_restart(&file, nth), 0, junk, sizeof junk);
            check_changed(&spoilt, i, "junk", 0.0);
            assert_true(fit_info.missing == 0.0);
            photo_free(&spoilt);
        }
        photo_free(&file);
    }
}

static void a_marker_is_missing(void **state) {
    (void)state;
    for (int i = 0; i < 8; i++) {
        photo file = written(restarting(i));
        read_whole(&file);
        for (int nth = 0; nth < 3; nth++) {
            photo spoilt = changed(&file, find_restart(&file, nth), 2, NULL, 0);
            check_changed(&spoilt, i, "missing", 0.0);
            photo_free(&spoilt);
        }
        photo_free(&file);
    }
}

/* An interval without its data, or with half of it and no marker: that one, or two, are lost and told. */
static void data_is_missing(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        photo file = written(restarting(i));
        read_whole(&file);
        size_t first = find_restart(&file, 0) + 2, second = find_restart(&file, 1), third = find_restart(&file, 2);
        double row = 8.0 * restarting(i).v / SIDE;
        photo spoilt = changed(&file, first, second - first, NULL, 0);
        check_changed(&spoilt, i, "no data", row + 0.03);
        assert_true(fit_info.missing > row - 0.01 && fit_info.missing < row + 0.01);
        photo_free(&spoilt);
        if (row > 0.2) { /* half of the rows have MCUs of 16 */
            photo_free(&file);
            continue;
        }
        size_t middle = (first + second) / 2;
        spoilt = changed(&file, middle, third - middle, NULL, 0);
        check_changed(&spoilt, i, "no data and no marker", 2 * row + 0.03);
        assert_true(fit_info.missing > row && fit_info.missing < 2 * row);
        photo_free(&spoilt);
        photo_free(&file);
    }
}

/* A marker of any number within an interval, which goes on behind it. */
static void a_stray_marker(void **state) {
    (void)state;
    for (int i = 0; i < 8; i++) {
        photo file = written(restarting(i));
        read_whole(&file);
        size_t first = find_restart(&file, 0) + 2, second = find_restart(&file, 1);
        for (uint8_t number = 0; number < 8; number++) {
            size_t at = (first + second) / 2;
            while (file.bytes[at - 1] == 0xFF) at++;
            photo spoilt = changed(&file, at, 0, (uint8_t[]){0xFF, (uint8_t)(0xD0 + number)}, 2);
            check_changed(&spoilt, i, "stray", 0.0);
            assert_true(fit_info.missing == 0.0);
            photo_free(&spoilt);
        }
        photo_free(&file);
        /* and where the file has no restart intervals */
        photo_jpeg p = kind(i);
        file = written(p);
        read_whole(&file);
        size_t at = file.size * 2 / 3;
        while (file.bytes[at - 1] == 0xFF || file.bytes[at] == 0xFF) at++;
        if (!p.progressive) {
            photo spoilt = changed(&file, at, 0, (const uint8_t *)"\xFF\xD3", 2);
            check_changed(&spoilt, i, "stray, no intervals", 0.0);
            photo_free(&spoilt);
        }
        photo_free(&file);
    }
}

/* Bits that are wrong in one interval do no harm in others. */
static void wrong_bits(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        photo file = written(restarting(i));
        read_whole(&file);
        size_t first = find_restart(&file, 0) + 2, second = find_restart(&file, 1);
        double row = 8.0 * restarting(i).v / SIDE;
        for (size_t at = first; at < second; at += 5) {
            uint8_t other = file.bytes[at] ^ 0x5A;
            if (other == 0xFF || file.bytes[at] == 0xFF || file.bytes[at - 1] == 0xFF) continue;
            photo spoilt = changed(&file, at, 1, &other, 1);
            check_changed(&spoilt, i, "wrong bits", row + 0.03);
            photo_free(&spoilt);
        }
        photo_free(&file);
    }
}

/* ---- tables ---- */

/* Motion JPEG: the standard's Huffman tables are meant where there are none. */
static void no_huffman_tables(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        photo_jpeg p = kind(i);
        photo file = written(p);
        read_whole(&file);
        photo_free(&file);
        p.no_tables = 1;
        file = written(p);
        check_changed(&file, i, "no tables", 0.0);
        assert_true(fit_info.missing == 0.0);
        photo_free(&file);
    }
}

/* ---- squares ---- */

/* A square of a whole file and of a cut one that has all of it: to the bit what the whole decode gives there. */
static void squares_are_as_in_the_whole(void **state) {
    (void)state;
    static uint8_t all[200 * 200 * 3];
    static const double places[] = {0, 0.31, 0.5, 1};
    for (int i = 0; i < KINDS; i++)
        for (uint32_t orientation = 1; orientation <= 8; orientation += i < 8 ? 1 : 3) {
            photo_jpeg p = kind(i);
            p.width = p.height = 200;
            p.orientation = orientation;
            photo file = written(p);
            img_want want = fit_want(200);
            assert_int_equal(fit_file(&file, &want), LT_OK);
            memcpy(all, fit_rgb, sizeof all);
            for (int k = 0; k < 16; k++) {
                const uint32_t side = 24 + 3 * (uint32_t)k;
                want = fit_want(side);
                want.crop = side / 200.0;
                want.x = places[k % 4];
                want.y = places[k / 4];
                uint32_t left = (uint32_t)fmin(fmax(floor(want.x * 200 - 0.5 * side), 0), 200 - side);
                uint32_t top = (uint32_t)fmin(fmax(floor(want.y * 200 - 0.5 * side), 0), 200 - side);
                assert_int_equal(fit_file(&file, &want), LT_OK);
                for (uint32_t y = 0; y < side; y++)
                    if (memcmp(fit_rgb + 3 * side * y, all + 3 * (200 * (top + y) + left), 3 * side) != 0)
                        fail_msg("kind %d, orientation %u, square %d, row %u", i, orientation, k, y);
            }
            photo_free(&file);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_end_marker, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(cut_anywhere, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(what_is_missing_is_grey, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(too_much_is_missing, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(junk_before_a_marker, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_marker_is_missing, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(data_is_missing, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_stray_marker, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(wrong_bits, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(no_huffman_tables, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(squares_are_as_in_the_whole, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
