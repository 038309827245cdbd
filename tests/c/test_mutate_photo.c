/*
 * 5,000 broken photos, made from good ones by a seeded generator: the half of the 10,000 mutations that belongs to
 * photos. None may crash, hang or read what is not there; each gives a picture or a named error, and the same one
 * when the scratch memory held something else before, so that nothing unset is ever used.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "photo_dicom.h"
#include "photo_icc.h"

enum { MUTATIONS = 5000, PLAIN_SEEDS = 16, SEEDS = 24, WANTED = 12 };

static uint64_t state_of_random;

/* xorshift64*: the same numbers everywhere. */
static uint32_t random_below(uint32_t limit) {
    state_of_random ^= state_of_random >> 12;
    state_of_random ^= state_of_random << 25;
    state_of_random ^= state_of_random >> 27;
    return (uint32_t)((state_of_random * 0x2545F4914F6CDD1Dull) >> 32) % limit;
}

static uint32_t drawn_depth; /* of the PNG being written */

static void drawing(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 4; c++)
        values[c] = (uint16_t)((x * (7 + c) + y * y * 3 + 40 * c) & (drawn_depth < 8 ? (1u << drawn_depth) - 1 : 0xFF));
}

/* Even seeds are JPEGs, odd ones PNGs; between them every way through the decoders. */
static photo make_plain(uint32_t i) {
    photo file = {0};
    uint32_t way = i / 2;
    drawn_depth = 8;
    if (i % 2 == 0) {
        photo_write_jpeg(&file, &(photo_jpeg){.width = 45,
                                              .height = 38,
                                              .components = way == 3   ? 1
                                                            : way == 7 ? 4
                                                                       : 3,
                                              .h = 1 + way % 2,
                                              .v = 1 + way / 2 % 2,
                                              .quantum = 1 + 7 * (way % 3),
                                              .restart = way % 4 == 2 ? 3 : 0,
                                              .apart = way == 5,
                                              .progressive = way % 2,
                                              .adobe = way == 7 ? 2 : -1,
                                              .orientation = 1 + way,
                                              .source = drawing});
        return file;
    }
    static const uint8_t colours[8] = {2, 0, 3, 4, 6, 3, 2, 0}, depths[8] = {8, 1, 4, 8, 8, 2, 16, 4};
    static const uint8_t palette[48] = {200, 100, 50}, opacities[2] = {9, 200};
    drawn_depth = depths[way];
    photo_write_png(&file, &(photo_png){.width = 29,
                                        .height = 31,
                                        .depth = depths[way],
                                        .colour = colours[way],
                                        .interlaced = way / 2 % 2,
                                        .deflate = (photo_deflate)(way % 3),
                                        .palette = palette,
                                        .palette_count = depths[way] == 2 ? 4 : 16,
                                        .transparency = way == 1 || way == 2 ? opacities : NULL,
                                        .transparency_size = 2,
                                        .orientation = way,
                                        .source = drawing});
    return file;
}

static double squared(double v) {
    return v * v;
}

/* A photo with a colour profile, its curves in each form, or a DICOM file; way 0 to 7. */
static photo make_special(uint32_t way) {
    photo file = {0}, icc = {0};
    photo_icc profile = photo_icc_p3();
    drawn_depth = 8;
    if (way < 4) {
        static const icc_form forms[4] = {ICC_PARAMETRIC_3, ICC_TABLE, ICC_GAMMA, ICC_PARAMETRIC_1};
        profile.form = forms[way];
        profile.curve = squared;
        profile.power = 2;
        profile.version = way % 2 ? 2 : 4;
        photo_write_icc(&icc, &profile);
        file = make_plain(way);
        if (way % 2)
            photo_png_add_icc(&file, &icc);
        else
            photo_jpeg_add_icc(&file, &icc, 1 + way);
        photo_free(&icc);
        return file;
    }
    photo_dicom d = way % 2 ? photo_dicom_native(29, 31, drawing) : photo_dicom_jpeg(29, 31, drawing);
    d.nested = way > 5;
    d.planar = way == 7;
    if (way == 6) d.fragments = 3;
    photo_write_dicom(&file, &d);
    return file;
}

static photo make_seed(uint32_t i) {
    return i < PLAIN_SEEDS ? make_plain(i) : make_special(i - PLAIN_SEEDS);
}

/* ---- mutations; each changes a file that is not empty ---- */

static void flip_bit(photo *file) {
    file->bytes[random_below((uint32_t)file->size)] ^= (uint8_t)(1 << random_below(8));
}

static void set_byte(photo *file) {
    static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0xD8, 0xDA};
    file->bytes[random_below((uint32_t)file->size)] = values[random_below(sizeof values)];
}

/* Most of what decides lies at the front: sizes, tables, lengths. */
static void set_early_byte(photo *file) {
    uint32_t limit = file->size < 120 ? (uint32_t)file->size : 120;
    file->bytes[random_below(limit)] = (uint8_t)random_below(256);
}

static void set_number(photo *file) {
    static const uint32_t values[] = {0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFF, 0x10000, 0xFFFFFF00};
    uint32_t value = values[random_below(8)], at = random_below((uint32_t)file->size);
    for (uint32_t i = 0; i < 4 && at + i < file->size; i++) file->bytes[at + i] = (uint8_t)(value >> (24 - 8 * i));
}

static void cut(photo *file) {
    file->size = random_below((uint32_t)file->size);
}

static void drop(photo *file) {
    uint32_t at = random_below((uint32_t)file->size), size = 1 + random_below(40);
    if (size > file->size - at) size = (uint32_t)file->size - at;
    memmove(file->bytes + at, file->bytes + at + size, file->size - at - size);
    file->size -= size;
}

/* A part of the file once more, somewhere else: two frames, scans out of order, chunks twice. */
static void repeat(photo *file) {
    uint8_t part[64];
    uint32_t from = random_below((uint32_t)file->size), at = random_below((uint32_t)file->size);
    uint32_t size = 1 + random_below(sizeof part);
    if (size > file->size - from) size = (uint32_t)file->size - from;
    memcpy(part, file->bytes + from, size);
    photo_add(file, part, size);
    memmove(file->bytes + at + size, file->bytes + at, file->size - size - at);
    memcpy(file->bytes + at, part, size);
}

static void overwrite(photo *file) {
    uint32_t at = random_below((uint32_t)file->size);
    for (uint32_t i = 0, size = 1 + random_below(30); i < size && at + i < file->size; i++)
        file->bytes[at + i] = (uint8_t)random_below(256);
}

static void (*const mutations[])(photo *) = {flip_bit,   flip_bit, set_byte, set_early_byte, set_early_byte,
                                             set_number, cut,      drop,     repeat,         overwrite};

static photo mutate(const photo *seed) {
    photo file = {0};
    int is_png = seed->bytes[0] == 0x89;
    photo_add(&file, seed->bytes, seed->size);
    for (uint32_t count = 1 + random_below(3); count > 0 && file.size > 0; count--)
        mutations[random_below(sizeof mutations / sizeof *mutations)](&file);
    if (is_png && random_below(4) > 0) photo_png_repair(&file); /* else the checksums stop almost all */
    return file;
}

/* ---- the run ---- */

static void fill_scratch(int value) {
    enum { SIZE = 300000 };
    void *memory = img_scratch_take(fit_scratch, SIZE);
    assert_non_null(memory);
    memset(memory, value, SIZE);
    img_scratch_reset(fit_scratch);
}

static lt_status run(const photo *file, int whole) {
    static uint8_t first[WANTED * WANTED * 3];
    img_want want = fit_want(WANTED);
    want.max_pixels = 200000;
    want.full_decode = whole;
    fill_scratch(0x00);
    lt_status status = fit_file(file, &want);
    memcpy(first, fit_rgb, sizeof first);
    fill_scratch(0xA5);
    assert_int_equal(fit_file(file, &want), status);
    assert_memory_equal(first, fit_rgb, sizeof first);
    return status;
}

static void broken_photos_do_no_harm(void **state) {
    (void)state;
    photo seeds[SEEDS];
    for (uint32_t i = 0; i < SEEDS; i++) {
        seeds[i] = make_seed(i);
        for (int whole = 0; whole < 2; whole++)
            if (run(&seeds[i], whole) != LT_OK) fail_msg("seed %u: %s", i, fit_error.text);
    }
    state_of_random = 20240607;
    int counts[LT_STATUS_COUNT] = {0};
    for (uint32_t i = 0; i < MUTATIONS; i++) {
        uint64_t start = state_of_random;
        photo file = mutate(&seeds[i % SEEDS]);
        lt_status status = run(&file, i / SEEDS % 2 == 1);
        int allowed =
            status == LT_OK || status == LT_IMAGE_FORMAT || status == LT_IMAGE_UNSUPPORTED || status == LT_IMAGE_SIZE;
        if (!allowed) fail_msg("mutation %u (state %llx): %s", i, (unsigned long long)start, fit_error.text);
        counts[status]++;
        photo_free(&file);
    }
    printf("%d pictures, %d damaged, %d not read, %d too large\n", counts[LT_OK], counts[LT_IMAGE_FORMAT],
           counts[LT_IMAGE_UNSUPPORTED], counts[LT_IMAGE_SIZE]);
    /* All four outcomes are common enough for the run to mean something. */
    assert_true(counts[LT_OK] > MUTATIONS / 10);
    assert_true(counts[LT_IMAGE_FORMAT] > MUTATIONS / 10);
    assert_true(counts[LT_IMAGE_UNSUPPORTED] > 0);
    assert_true(counts[LT_IMAGE_SIZE] > 0);
    for (uint32_t i = 0; i < SEEDS; i++) photo_free(&seeds[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(broken_photos_do_no_harm, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
