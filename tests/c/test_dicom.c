/* DICOM files: a JPEG or RGB pixels in them are read, all else is refused by name, and no length is trusted. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "fit.h"

enum { SIDE = 40 };

static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)(40 + 3 * x + 2 * c * y);
}

static void little(photo *file, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) photo_add(file, &(uint8_t){(uint8_t)(value >> 8 * i)}, 1);
}

/* How the file is made. */
typedef struct dicom {
    const char *syntax;
    int implicit, planar, fragments, nested;
    uint32_t samples, bits;
    const char *photometric, *frames;
} dicom;

static dicom native(void) {
    return (dicom){"1.2.840.10008.1.2.1", 0, 0, 0, 0, 3, 8, "RGB ", NULL};
}

static dicom jpeg(void) {
    return (dicom){"1.2.840.10008.1.2.4.50", 0, 0, 1, 0, 3, 8, "YBR_FULL_422", NULL};
}

static void element(photo *file, int implicit, uint32_t tag, const char *vr, const void *value, uint32_t size) {
    uint32_t even = size + size % 2;
    little(file, tag >> 16, 2);
    little(file, tag & 0xFFFF, 2);
    if (implicit) {
        little(file, even, 4);
    } else {
        int is_long = vr[0] == 'O' || memcmp(vr, "SQ", 2) == 0;
        photo_add(file, vr, 2);
        if (is_long) little(file, 0, 2);
        little(file, even, is_long ? 4 : 2);
    }
    if (size > 0) photo_add(file, value, size);
    if (size % 2) photo_add(file, "\0", 1);
}

static void number(photo *file, const dicom *d, uint32_t tag, uint32_t value) {
    uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    element(file, d->implicit, tag, "US", bytes, 2);
}

/* A sequence whose end has to be looked for, with one of the same kind in its item. */
static void nested(photo *file) {
    for (int depth = 0; depth < 2; depth++) {
        little(file, 0x0008, 2);
        little(file, 0x1140, 2);
        photo_add(file, "SQ\0\0\xFF\xFF\xFF\xFF", 8);
        photo_add(file, "\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 8);
        element(file, 0, 0x00280010, "US", "\1\0", 2); /* not the picture's rows */
    }
    for (int depth = 0; depth < 2; depth++) photo_add(file, "\xFE\xFF\x0D\xE0\0\0\0\0\xFE\xFF\xDD\xE0\0\0\0\0", 16);
}

static void pixels(photo *file, const dicom *d) {
    uint8_t rgb[SIDE * SIDE * 3];
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint16_t values[4];
        waves(i % SIDE, i / SIDE, values);
        for (uint32_t c = 0; c < 3; c++) rgb[d->planar ? c * SIDE * SIDE + i : 3 * i + c] = (uint8_t)values[c];
    }
    element(file, d->implicit, 0x7FE00010, "OB", rgb, sizeof rgb);
}

static photo plain_jpeg(void) {
    photo file = {0};
    photo_write_jpeg(
        &file,
        &(photo_jpeg){
            .width = SIDE, .height = SIDE, .components = 3, .h = 1, .v = 1, .quantum = 2, .adobe = 1, .source = waves});
    return file;
}

static void fragments(photo *file, const dicom *d) {
    photo picture = plain_jpeg();
    if (picture.size % 2) photo_add(&picture, "\0", 1);
    photo_add(file, "\xE0\x7F\x10\0OB\0\0\xFF\xFF\xFF\xFF\xFE\xFF\x00\xE0\0\0\0\0", 20);
    size_t each = picture.size / (size_t)d->fragments / 2 * 2;
    for (int i = 0; i < d->fragments; i++) {
        size_t from = (size_t)i * each, size = i + 1 == d->fragments ? picture.size - from : each;
        photo_add(file, "\xFE\xFF\x00\xE0", 4);
        little(file, (uint32_t)size, 4);
        photo_add(file, picture.bytes + from, size);
    }
    photo_add(file, "\xFE\xFF\xDD\xE0\0\0\0\0", 8);
    photo_free(&picture);
}

static photo written(dicom d) {
    photo file = {0};
    photo_add(&file, (uint8_t[128]){0}, 128);
    photo_add(&file, "DICM", 4);
    element(&file, 0, 0x00020001, "OB", "\0\1", 2);
    element(&file, 0, 0x00020010, "UI", d.syntax, (uint32_t)strlen(d.syntax));
    element(&file, d.implicit, 0x00100010, "PN", "Nobody^At All", 13);
    if (d.nested) nested(&file);
    number(&file, &d, 0x00280002, d.samples);
    element(&file, d.implicit, 0x00280004, "CS", d.photometric, (uint32_t)strlen(d.photometric));
    number(&file, &d, 0x00280006, (uint32_t)d.planar);
    if (d.frames != NULL) element(&file, d.implicit, 0x00280008, "IS", d.frames, (uint32_t)strlen(d.frames));
    number(&file, &d, 0x00280010, SIDE);
    number(&file, &d, 0x00280011, SIDE);
    number(&file, &d, 0x00280100, d.bits);
    number(&file, &d, 0x00280101, d.bits);
    if (d.fragments > 0)
        fragments(&file, &d);
    else
        pixels(&file, &d);
    return file;
}

static void native_pixels_are_exact(void **state) {
    (void)state;
    for (int way = 0; way < 8; way++) {
        dicom d = native();
        d.implicit = way % 2;
        d.planar = way / 2 % 2;
        d.nested = way == 4 || way == 6;
        d.frames = way == 3 ? "1" : NULL;
        if (d.implicit) d.syntax = "1.2.840.10008.1.2";
        photo file = written(d);
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
        dicom d = jpeg();
        d.fragments = count;
        d.nested = count == 2;
        photo file = written(d);
        if (fit_file(&file, &want) != LT_OK) fail_msg("%d fragments: %s", count, fit_error.text);
        assert_memory_equal(alone, fit_rgb, sizeof alone);
        photo_free(&file);
    }
    photo_free(&picture);
}

static void all_else_is_refused_by_name(void **state) {
    (void)state;
    dicom big = native(), lossless = jpeg(), grey = native(), deep = native(), several = native(), colours = native();
    big.syntax = "1.2.840.10008.1.2.2";
    lossless.syntax = "1.2.840.10008.1.2.4.70";
    grey.samples = 1;
    deep.bits = 16;
    several.frames = "12";
    colours.photometric = "YBR_FULL";
    const struct {
        dicom d;
        const char *text;
    } cases[] = {{big, "of transfer syntax 1.2.840.10008.1.2.2 is"},
                 {lossless, "of transfer syntax 1.2.840.10008.1.2.4.70 is"},
                 {grey, "not RGB of 8 bits"},
                 {deep, "not RGB of 8 bits"},
                 {several, "of several pictures"},
                 {colours, "not RGB of 8 bits"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        photo file = written(cases[i].d);
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
        dicom d = round % 2 ? native() : jpeg();
        d.nested = round % 3 == 0;
        if (!(round % 2)) d.fragments = 1 + round % 3;
        photo file = written(d);
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
