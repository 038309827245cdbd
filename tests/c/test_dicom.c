/* DICOM files: a JPEG or RGB pixels in them are read, all else is refused by name, and no length is trusted. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "photo_dicom.h"

enum { SIDE = 40 };

static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)(40 + 3 * x + 2 * c * y);
}

static photo_dicom native(void) {
    return photo_dicom_native(SIDE, SIDE, waves);
}

static photo_dicom jpeg(void) {
    return photo_dicom_jpeg(SIDE, SIDE, waves);
}

static photo written(const photo_dicom *d) {
    photo file = {0};
    photo_write_dicom(&file, d);
    return file;
}

static photo plain_jpeg(void) {
    photo file = {0};
    photo_write_jpeg(
        &file,
        &(photo_jpeg){
            .width = SIDE, .height = SIDE, .components = 3, .h = 1, .v = 1, .quantum = 2, .adobe = 1, .source = waves});
    return file;
}

static void native_pixels_are_exact(void **state) {
    (void)state;
    for (int way = 0; way < 8; way++) {
        photo_dicom d = native();
        d.implicit = way % 2;
        d.planar = way / 2 % 2;
        d.nested = way == 4 || way == 6;
        d.frames = way == 3 ? "1" : NULL;
        if (d.implicit) d.syntax = "1.2.840.10008.1.2";
        photo file = written(&d);
        img_want want = fit_want(SIDE);
        uint64_t bytes = 0;
        assert_int_equal(img_bytes_needed(file.bytes, file.size, &want, &bytes, &fit_error), LT_OK);
        if (fit_file(&file, &want) != LT_OK) fail_msg("way %d: %s", way, fit_error.text);
        for (uint32_t i = 0; i < SIDE * SIDE; i++) {
            uint16_t values[4];
            waves(i % SIDE, i / SIDE, values);
            for (uint32_t c = 0; c < 3; c++) assert_int_equal(fit_rgb[3 * i + c], (uint8_t)values[c]);
        }
        photo_free(&file);
    }
}

static void a_jpeg_is_as_alone(void **state) {
    (void)state;
    static uint8_t alone[SIDE * SIDE * 3];
    photo picture = plain_jpeg();
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&picture, &want), LT_OK);
    memcpy(alone, fit_rgb, sizeof alone);
    for (int count = 1; count <= 4; count++) {
        photo_dicom d = jpeg();
        d.fragments = count;
        d.nested = count == 2;
        photo file = written(&d);
        if (fit_file(&file, &want) != LT_OK) fail_msg("%d fragments: %s", count, fit_error.text);
        assert_memory_equal(alone, fit_rgb, sizeof alone);
        photo_free(&file);
    }
    photo_free(&picture);
}

static void all_else_is_refused_by_name(void **state) {
    (void)state;
    photo_dicom big = native(), lossless = jpeg(), grey = native(), deep = native(), several = native(),
                colours = native();
    big.syntax = "1.2.840.10008.1.2.2";
    lossless.syntax = "1.2.840.10008.1.2.4.70";
    grey.samples = 1;
    deep.bits = 16;
    several.frames = "12";
    colours.photometric = "YBR_FULL";
    const struct {
        photo_dicom d;
        const char *text;
    } cases[] = {{big, "of transfer syntax 1.2.840.10008.1.2.2 is"},
                 {lossless, "of transfer syntax 1.2.840.10008.1.2.4.70 is"},
                 {grey, "not RGB of 8 bits"},
                 {deep, "not RGB of 8 bits"},
                 {several, "of several pictures"},
                 {colours, "not RGB of 8 bits"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        photo file = written(&cases[i].d);
        img_want want = fit_want(SIDE);
        assert_int_equal(fit_file(&file, &want), LT_IMAGE_UNSUPPORTED);
        if (strstr(fit_error.text, cases[i].text) == NULL) fail_msg("%s, not %s", fit_error.text, cases[i].text);
        assert_null(strstr(fit_error.text, "Nobody"));
        photo_free(&file);
    }
}

/* Cut anywhere and changed anywhere: a picture, or an error with a text. */
static void broken_files_do_no_harm(void **state) {
    (void)state;
    uint32_t random = 5, read = 0, refused = 0;
    img_want want = fit_want(16);
    want.max_pixels = 100000;
    for (int round = 0; round < 3000; round++) {
        photo_dicom d = round % 2 ? native() : jpeg();
        d.nested = round % 3 == 0;
        if (!(round % 2)) d.fragments = 1 + round % 3;
        photo file = written(&d);
        for (int k = 0; k < 3; k++) {
            random = random * 1664525u + 1013904223u;
            size_t limit = k < 2 ? 420 : file.size;
            file.bytes[(random >> 8) % limit] = (uint8_t)(k == 0 ? 0xFF : random >> 3);
        }
        if (round % 5 == 0) file.size = (random >> 5) % file.size;
        lt_status status = fit_file(&file, &want);
        assert_true(status == LT_OK || status == LT_IMAGE_FORMAT || status == LT_IMAGE_UNSUPPORTED ||
                    status == LT_IMAGE_SIZE);
        if (status == LT_OK)
            read++;
        else
            refused++;
        photo_free(&file);
    }
    assert_true(read > 300 && refused > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(native_pixels_are_exact, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_jpeg_is_as_alone, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(all_else_is_refused_by_name, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(broken_files_do_no_harm, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
