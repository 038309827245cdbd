/* The memory of the image path: where it runs out, over many photos, and after an outsized one. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "fit.h"

static void steep(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)((x * x * (c + 1) + y * 37 + (x ^ y) * 11) % 256);
}

static void translucent(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 4; c++) values[c] = (uint16_t)((x * (5 + c) + y * (9 - c)) % 256);
}

/* A file of each kind of way through the decoders. */
static photo sample(int kind) {
    photo file = {0};
    photo_jpeg jpeg = {.width = 150,
                       .height = 140,
                       .components = 3,
                       .h = 2,
                       .v = 2,
                       .quantum = 4,
                       .adobe = -1,
                       .progressive = kind == 1,
                       .source = steep};
    photo_png png = {.width = 150,
                     .height = 140,
                     .depth = 8,
                     .colour = kind == 2 ? 3 : 6,
                     .interlaced = kind == 3,
                     .palette_count = 256,
                     .source = translucent};
    static uint8_t palette[768];
    png.palette = palette;
    if (kind < 2)
        photo_write_jpeg(&file, &jpeg);
    else
        photo_write_png(&file, &png);
    return file;
}

enum { SAMPLES = 4 };

/* The nth allocation fails, for every n, first in a fresh scratch and then in one that has settled. */
static void every_allocation_may_fail(void **state) {
    (void)state;
    for (int kind = 0; kind < SAMPLES; kind++) {
        photo file = sample(kind);
        img_want want = fit_want(64);
        lt_status status = LT_MEMORY;
        int failures = 0;
        for (long n = 0; status != LT_OK; n++, failures++) {
            assert_int_equal(fit_end(NULL), 0);
            assert_int_equal(fit_start(NULL), 0);
            size_t base = img_scratch_held(fit_scratch);
            fit_fails_at = fit_taken + n;
            status = fit_file(&file, &want);
            if (status == LT_OK) break;
            assert_int_equal(status, LT_MEMORY);
            unsigned long long bytes = 0;
            const char *text = strstr(fit_error.text, "no memory for ");
            assert_true(text != NULL && sscanf(text, "no memory for %llu bytes", &bytes) == 1);
            assert_true(bytes >= 1000 && bytes < 10000000);
            fit_fails_at = -1;
            assert_int_equal(fit_file(&file, &want), LT_OK);
            assert_true(img_scratch_held(fit_scratch) > base);
        }
        assert_true(failures >= 1);
        photo_free(&file);
    }
}

static void the_scratch_itself_may_fail(void **state) {
    (void)state;
    img_scratch *scratch = fit_scratch;
    fit_fails_at = fit_taken;
    assert_int_equal(img_scratch_create(&fit_memory, &scratch, &fit_error), LT_MEMORY);
    assert_null(scratch);
    img_scratch_free(NULL);
}

/* A thousand photos, good ones and bad ones: once the largest has been seen, no allocation and no growth. */
static void a_thousand_photos_take_what_one_takes(void **state) {
    (void)state;
    photo files[SAMPLES];
    img_want want = fit_want(64);
    for (int kind = 0; kind < SAMPLES; kind++) {
        files[kind] = sample(kind);
        assert_int_equal(fit_file(&files[kind], &want), LT_OK);
    }
    long taken = fit_taken;
    size_t held = img_scratch_held(fit_scratch), peak = img_scratch_peak(fit_scratch);
    for (int i = 0; i < 1000; i++) {
        photo file = files[i % SAMPLES];
        int cut = i % 3 == 0;
        if (cut) file.size /= 2;
        assert_int_equal(fit_file(&file, &want), cut ? LT_IMAGE_FORMAT : LT_OK);
    }
    assert_int_equal(fit_taken, taken);
    assert_int_equal(img_scratch_held(fit_scratch), held);
    assert_int_equal(img_scratch_peak(fit_scratch), peak);
    assert_int_equal(fit_live, 2);
    for (int kind = 0; kind < SAMPLES; kind++) photo_free(&files[kind]);
}

/* What a file's header tells beforehand: never less than what is taken, and not much more. */
static void the_estimate_holds(void **state) {
    (void)state;
    static const double crops[] = {1.0, 0.45, 0.15, 0.05};
    static const uint32_t samplings[3][2] = {{1, 1}, {2, 1}, {2, 2}};
    for (uint32_t kind = 0; kind < 18; kind++) {
        photo file = {0};
        uint32_t side = kind % 2 ? 1100 : 420;
        if (kind < 12)
            photo_write_jpeg(&file, &(photo_jpeg){.width = side + side / 3,
                                                  .height = side,
                                                  .components = kind % 4 == 3 ? 1 : 3,
                                                  .h = samplings[kind / 2 % 3][0],
                                                  .v = samplings[kind / 2 % 3][1],
                                                  .quantum = 20,
                                                  .adobe = -1,
                                                  .progressive = kind >= 6,
                                                  .orientation = 1 + kind % 8,
                                                  .source = steep});
        else
            photo_write_png(&file, &(photo_png){.width = side,
                                                .height = side + side / 3,
                                                .depth = kind < 14 ? 16 : 8,
                                                .colour = kind < 16 ? 6 : 2,
                                                .interlaced = kind >= 16,
                                                .source = translucent});
        for (size_t i = 0; i <= sizeof crops / sizeof *crops; i++) /* at last, the whole photo */
            for (uint32_t wanted = 32; wanted <= 224; wanted *= 7) {
                assert_int_equal(fit_end(NULL), 0);
                assert_int_equal(fit_start(NULL), 0);
                img_want want = fit_want(wanted);
                if (i < sizeof crops / sizeof *crops)
                    want.crop = crops[i];
                else
                    img_overview_size(side, side + side / 3, wanted, &want);
                want.x = 0.8;
                uint64_t bytes = 0;
                assert_int_equal(img_bytes_needed(file.bytes, file.size, &want, &bytes, &fit_error), LT_OK);
                assert_int_equal(fit_file(&file, &want), LT_OK);
                size_t peak = img_scratch_peak(fit_scratch);
                if (bytes < peak || (double)bytes > 1.25 * (double)peak)
                    fail_msg("kind %u, square %zu to %u: %zu bytes were taken, not %llu", kind, i, wanted, peak,
                             (unsigned long long)bytes);
            }
        photo_free(&file);
    }
    uint64_t bytes = 7;
    img_want want = fit_want(32);
    assert_int_equal(img_bytes_needed((const uint8_t *)"GIF89a", 6, &want, &bytes, &fit_error), LT_IMAGE_FORMAT);
    assert_int_equal(bytes, 7);
    lt_clear(&fit_error);
}

static void scratch_keeps_pieces_apart(void **state) {
    (void)state;
    uint8_t *pieces[50];
    for (size_t i = 0; i < 50; i++) {
        pieces[i] = img_scratch_take(fit_scratch, i * 1000);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        memset(pieces[i], (int)i, i * 1000);
    }
    for (size_t i = 0; i < 50; i++)
        for (size_t k = 0; k < i * 1000; k++) assert_int_equal(pieces[i][k], i);
    assert_null(img_scratch_take(fit_scratch, IMG_MOST_BYTES + 1));
    assert_null(img_scratch_take(fit_scratch, UINT64_MAX));
}

/* After an outsized photo all memory is given back; what one of usual size took is kept, in one block. */
static void scratch_gives_back_after_an_outsized_photo(void **state) {
    (void)state;
    size_t base = img_scratch_held(fit_scratch);
    assert_non_null(img_scratch_take(fit_scratch, 1000000));
    assert_non_null(img_scratch_take(fit_scratch, 2000000));
    img_scratch_reset(fit_scratch);
    assert_in_range(img_scratch_held(fit_scratch), base + 3000000, base + 3200000);
    assert_int_equal(fit_live, 2);
    assert_non_null(img_scratch_take(fit_scratch, IMG_KEPT_BYTES));
    assert_true(img_scratch_held(fit_scratch) > IMG_KEPT_BYTES);
    img_scratch_reset(fit_scratch);
    assert_int_equal(img_scratch_held(fit_scratch), base);
    assert_int_equal(fit_live, 1);
    assert_true(img_scratch_peak(fit_scratch) > IMG_KEPT_BYTES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(the_scratch_itself_may_fail, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_thousand_photos_take_what_one_takes, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(the_estimate_holds, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(scratch_keeps_pieces_apart, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(scratch_gives_back_after_an_outsized_photo, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
