/* A photo as an object: what it says of itself, and what is asked of its squares. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "photo.h"

enum { WIDTH = 120, HEIGHT = 80, BRIGHT = 220, DARK = 40, SIDE = 32 };

/* A dark spot left of the middle and above it. */
static int in_spot(uint32_t x, uint32_t y) {
    return x >= 24 && x < 48 && y >= 16 && y < 40;
}

static void spotted(uint32_t x, uint32_t y, uint16_t *values) {
    for (int c = 0; c < 3; c++) values[c] = in_spot(x, y) ? DARK : BRIGHT;
}

static photo written(int png, uint32_t orientation) {
    photo file = {0};
    if (png)
        photo_write_png(&file, &(photo_png){.width = WIDTH,
                                            .height = HEIGHT,
                                            .depth = 8,
                                            .colour = 2,
                                            .orientation = orientation,
                                            .source = spotted});
    else
        photo_write_jpeg(&file, &(photo_jpeg){.width = WIDTH,
                                              .height = HEIGHT,
                                              .components = 3,
                                              .h = 1,
                                              .v = 1,
                                              .quantum = 1,
                                              .adobe = 0,
                                              .orientation = orientation,
                                              .source = spotted});
    return file;
}

static lt_photo *opened(bench *b, const photo *file) {
    lt_photo *p = NULL;
    assert_int_equal(lt_photo_open(b->engine, file->bytes, file->size, &p), LT_OK);
    assert_non_null(p);
    return p;
}

static void it_says_what_it_is(void **state) {
    bench *b = *state;
    for (int png = 0; png < 2; png++)
        for (uint32_t orientation = 1; orientation <= 8; orientation++) {
            photo file = written(png, orientation);
            lt_photo *p = opened(b, &file);
            const lt_photo_info *info = lt_photo_about(p);
            assert_int_equal(info->kind, png ? LT_PHOTO_PNG : LT_PHOTO_JPEG);
            assert_int_equal(info->status, LT_OK);
            assert_string_equal(info->wrong, "");
            assert_int_equal(info->width, orientation >= 5 ? HEIGHT : WIDTH);
            assert_int_equal(info->height, orientation >= 5 ? WIDTH : HEIGHT);
            assert_int_equal(info->orientation, orientation);
            assert_int_equal(info->colour, LT_COLOUR_UNSTATED);
            assert_string_equal(info->profile, "");
            lt_photo_close(p);
            photo_free(&file);
        }
    lt_photo_close(NULL);
    assert_null(lt_photo_about(NULL));
}

/* What cannot be read opens, is named, and says why; whatever is asked of it gives the same reason. */
static void what_cannot_be_read_says_why(void **state) {
    static const struct {
        const char *bytes;
        size_t size;
        lt_photo_kind kind;
        const char *wrong;
    } cases[] = {
        {"", 0, LT_PHOTO_OTHER, "the file is empty"},
        {"GIF89a", 6, LT_PHOTO_OTHER, "a GIF picture"},
        {"\0\0\0\x18"
         "ftypmif1\0\0\0\0mif1heic",
         24, LT_PHOTO_HEIC, "a HEIC picture"},
        {"\0\0\0\x1c"
         "ftypavif\0\0\0\0avifmif1miaf",
         28, LT_PHOTO_OTHER, "an AVIF picture"},
        {"\0\0\0\x18"
         "ftypisom\0\0\0\0isommp42",
         24, LT_PHOTO_OTHER, "a video"},
        {"\xFF\xD8\xFF\xC9\0\x08\x08", 7, LT_PHOTO_JPEG, "arithmetic-coded"},
        {"\xFF\xD8\xFF\xE0", 4, LT_PHOTO_JPEG, "damaged JPEG"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const photo file = {.bytes = (uint8_t *)(uintptr_t)cases[i].bytes, .size = cases[i].size};
        lt_photo *p = opened(b, &file);
        const lt_photo_info *info = lt_photo_about(p);
        uint8_t rgba[4];
        uint64_t bytes = 7;
        lt_request request;
        lt_request_default(&request);
        request.side = 0.25f;
        assert_int_equal(info->kind, cases[i].kind);
        assert_int_equal(lt_photo_kind_of(file.bytes, file.size), cases[i].kind);
        assert_int_not_equal(info->status, LT_OK);
        assert_non_null(strstr(info->wrong, cases[i].wrong));
        assert_int_equal(info->width, 0);
        assert_int_equal(lt_photo_classify(p, NULL, b->result), info->status);
        assert_string_equal(lt_error_text(b->engine), info->wrong);
        assert_int_equal(lt_photo_bytes(p, NULL, &bytes), info->status);
        assert_int_equal(bytes, 7);
        assert_int_equal(lt_photo_propose(p, &request), info->status);
        assert_float_equal(request.side, 0.25f, 0);
        assert_int_equal(lt_photo_draw(p, NULL, 1, rgba), info->status);
        assert_string_equal(lt_error_text(b->engine), info->wrong);
        lt_photo_close(p);
    }
    assert_int_equal(lt_photo_kind_of(NULL, 0), LT_PHOTO_OTHER);
}

static void its_answer_is_the_file_s(void **state) {
    bench *b = *state;
    for (int png = 0; png < 2; png++) {
        photo file = written(png, 6);
        lt_photo *p = opened(b, &file);
        lt_request request;
        lt_request_default(&request);
        request.side = 0.5f;
        request.x = 0.3f;
        request.quarter_turns = 1;
        assert_int_equal(lt_classify(b->engine, file.bytes, file.size, &request, b->result), LT_OK);
        lt_result *whole = bench_keep(b->engine, b->result);
        assert_int_equal(lt_photo_classify(p, &request, b->result), LT_OK);
        assert_true(bench_same(whole, b->result));
        lt_result_free(whole);
        lt_quality quality = {.size = sizeof quality};
        assert_int_equal(lt_photo_check(p, &request, &quality), LT_OK);
        assert_memory_equal(quality.values, b->result->quality->values, sizeof quality.values);
        lt_photo_close(p);
        photo_free(&file);
    }
}

/* What the engine would hold is told beforehand; a fresh one holds no more, and at least four fifths of it. */
static void the_bytes_are_told_beforehand(void **state) {
    static const float sides[] = {0.0f, 1.0f, 0.45f, 0.15f};
    (void)state;
    for (uint32_t i = 0; i < 2 * 8 * 4; i++) {
        photo file = written((int)(i % 2), 1 + i / 2 % 8);
        lt_engine *engine = NULL;
        mk_model *model = bench_model(0, bench_metadata);
        lt_photo *p = NULL;
        lt_request request;
        lt_request_default(&request);
        request.side = sides[i / 16];
        uint64_t told = 0;
        assert_int_equal(lt_create(NULL, &engine), LT_OK);
        assert_int_equal(bench_load(engine, model), LT_OK);
        lt_result *result = bench_result(engine);
        size_t before = lt_peak_bytes(engine);
        assert_int_equal(lt_photo_open(engine, file.bytes, file.size, &p), LT_OK);
        assert_int_equal(lt_photo_bytes(p, &request, &told), LT_OK);
        assert_int_equal(lt_photo_classify(p, &request, result), LT_OK);
        uint64_t taken = lt_peak_bytes(engine) - before;
        if (told < taken || told > taken + taken / 4)
            fail_msg("case %u: %zu told, %zu taken", i, (size_t)told, (size_t)taken);
        lt_result_free(result);
        lt_photo_close(p);
        lt_destroy(engine);
        mk_free(model);
        photo_free(&file);
    }
}

/* An engine may be told how much memory there is; a photo that needs more is refused before it is decoded. */
static void too_little_memory_is_told(void **state) {
    (void)state;
    photo file = written(0, 1);
    mk_model *model = bench_model(0, bench_metadata);
    lt_options options;
    lt_options_default(&options);
    lt_engine *engine = NULL;
    lt_photo *p = NULL;
    uint64_t told = 0;
    uint8_t rgba[4 * SIDE * SIDE];
    for (int enough = 0; enough < 2; enough++) {
        if (!enough) options.max_bytes = 1000;
        assert_int_equal(lt_create(&options, &engine), LT_OK);
        assert_int_equal(bench_load(engine, model), LT_OK);
        lt_result *result = bench_result(engine);
        assert_int_equal(lt_photo_open(engine, file.bytes, file.size, &p), LT_OK);
        assert_int_equal(lt_photo_bytes(p, NULL, &told), LT_OK);
        assert_int_equal(lt_photo_classify(p, NULL, result), enough ? LT_OK : LT_MEMORY);
        if (!enough) assert_int_equal(lt_photo_draw(p, NULL, SIDE, rgba), LT_MEMORY);
        options.max_bytes = told + file.size;
        lt_result_free(result);
        lt_photo_close(p);
        lt_destroy(engine);
    }
    mk_free(model);
    photo_free(&file);
}

/* From each way a photo may lie the same square is proposed, in the upright photo; no model is needed. */
static void a_square_is_proposed(void **state) {
    (void)state;
    lt_engine *engine = NULL;
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    for (uint32_t i = 0; i < 4; i++) {
        static const uint32_t orientations[] = {1, 3, 6, 8};
        /* where the stored spot's middle, (36, 28) of 120 x 80, comes to lie */
        static const float places[][2] = {
            {36.0f / 120, 28.0f / 80}, {84.0f / 120, 52.0f / 80}, {52.0f / 80, 36.0f / 120}, {28.0f / 80, 84.0f / 120}};
        photo file = written((int)(i % 2), orientations[i]);
        lt_photo *p = NULL;
        lt_request request;
        lt_request_default(&request);
        assert_int_equal(lt_photo_open(engine, file.bytes, file.size, &p), LT_OK);
        assert_int_equal(lt_photo_propose(p, &request), LT_OK);
        assert_true(request.side > 0.3f && request.side < 0.9f);
        assert_float_equal(request.x, places[i][0], 0.03);
        assert_float_equal(request.y, places[i][1], 0.03);
        lt_photo_close(p);
        photo_free(&file);
    }
    lt_destroy(engine);
}

/* Red, green, blue and opacity at a pixel of a drawn square. */
static void drawn_pixel(const uint8_t *rgba, uint32_t x, uint32_t y, uint8_t level) {
    const uint8_t *pixel = rgba + 4 * (y * SIDE + x);
    for (int c = 0; c < 3; c++) assert_in_range(pixel[c], level - 3, level + 3);
    assert_int_equal(pixel[3], 255);
}

static void a_square_is_drawn(void **state) {
    bench *b = *state;
    for (int png = 0; png < 2; png++) {
        photo file = written(png, 1);
        lt_photo *p = opened(b, &file);
        uint8_t *rgba = malloc(4 * SIDE * SIDE); /* no byte more than is to be written */
        assert_non_null(rgba);
        /* the centre, columns 20 to 100: the spot is at (16, 12) of 80 */
        assert_int_equal(lt_photo_draw(p, NULL, SIDE, rgba), LT_OK);
        drawn_pixel(rgba, SIDE * 16 / 80, SIDE * 28 / 80, DARK);
        drawn_pixel(rgba, SIDE * 60 / 80, SIDE * 60 / 80, BRIGHT);
        lt_request request;
        lt_request_default(&request);
        request.quarter_turns = 1; /* clockwise: what was left is above */
        assert_int_equal(lt_photo_draw(p, &request, SIDE, rgba), LT_OK);
        drawn_pixel(rgba, SIDE - 1 - SIDE * 28 / 80, SIDE * 16 / 80, DARK);
        request = (lt_request){.size = sizeof request, .x = 0.3f, .y = 0.35f, .side = 0.2f};
        assert_int_equal(lt_photo_draw(p, &request, SIDE, rgba), LT_OK);
        drawn_pixel(rgba, 1, 1, DARK);
        drawn_pixel(rgba, SIDE - 2, SIDE - 2, DARK);
        assert_int_equal(lt_photo_draw(p, NULL, 0, rgba), LT_ARGUMENT);
        assert_int_equal(lt_photo_draw(p, NULL, 4097, rgba), LT_ARGUMENT);
        free(rgba);
        lt_photo_close(p);
        photo_free(&file);
    }
}

/* A file that ends early: its squares above the cut are whole, and what it lacks is told. */
static void a_cut_photo_is_told(void **state) {
    bench *b = *state;
    photo file = written(1, 1);
    file.size -= file.size / 3;
    lt_photo *p = opened(b, &file);
    lt_request request;
    lt_quality quality = {.size = sizeof quality};
    lt_request_default(&request);
    assert_int_equal(lt_photo_about(p)->status, LT_OK);
    request.side = 0.3f;
    request.y = 0.0f;
    assert_int_equal(lt_photo_classify(p, &request, b->result), LT_OK);
    assert_float_equal(b->result->missing, 0, 0);
    request.y = 1.0f;
    assert_int_equal(lt_photo_check(p, &request, &quality), LT_IMAGE_FORMAT);
    lt_photo_close(p);
    photo_free(&file);
}

static void arguments_are_checked(void **state) {
    bench *b = *state;
    photo file = written(0, 1);
    lt_photo *p = (lt_photo *)b;
    lt_request request;
    uint64_t bytes;
    assert_int_equal(lt_photo_open(NULL, file.bytes, file.size, &p), LT_ARGUMENT);
    assert_int_equal(lt_photo_open(b->engine, NULL, 1, &p), LT_ARGUMENT);
    assert_null(p);
    assert_int_equal(lt_photo_open(b->engine, file.bytes, file.size, NULL), LT_ARGUMENT);
    assert_int_equal(lt_photo_classify(NULL, NULL, b->result), LT_ARGUMENT);
    assert_int_equal(lt_photo_bytes(NULL, NULL, &bytes), LT_ARGUMENT);
    p = opened(b, &file);
    assert_int_equal(lt_photo_classify(p, NULL, NULL), LT_ARGUMENT);
    assert_int_equal(lt_photo_bytes(p, NULL, NULL), LT_ARGUMENT);
    assert_int_equal(lt_photo_propose(p, NULL), LT_ARGUMENT);
    assert_int_equal(lt_photo_check(p, NULL, NULL), LT_ARGUMENT);
    assert_int_equal(lt_photo_draw(p, NULL, SIDE, NULL), LT_ARGUMENT);
    lt_request_default(&request);
    request.side = 2.0f;
    assert_int_equal(lt_photo_classify(p, &request, b->result), LT_ARGUMENT);
    lt_photo_close(p);
    photo_free(&file);
}

static void without_a_model_there_is_no_answer(void **state) {
    bench *b = *state;
    photo file = written(0, 1);
    lt_engine *engine = NULL;
    lt_photo *p = NULL;
    lt_quality quality = {.size = sizeof quality};
    uint64_t bytes;
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(lt_photo_open(engine, file.bytes, file.size, &p), LT_OK);
    assert_int_equal(lt_photo_classify(p, NULL, b->result), LT_NO_MODEL);
    assert_int_equal(lt_photo_bytes(p, NULL, &bytes), LT_NO_MODEL);
    assert_int_equal(lt_photo_check(p, NULL, &quality), LT_NO_MODEL);
    lt_photo_close(p);
    lt_destroy(engine);
    photo_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_MODEL(it_says_what_it_is),
        WITH_MODEL(what_cannot_be_read_says_why),
        WITH_MODEL(its_answer_is_the_file_s),
        cmocka_unit_test(the_bytes_are_told_beforehand),
        cmocka_unit_test(too_little_memory_is_told),
        cmocka_unit_test(a_square_is_proposed),
        WITH_MODEL(a_square_is_drawn),
        WITH_MODEL(a_cut_photo_is_told),
        WITH_MODEL(arguments_are_checked),
        WITH_MODEL(without_a_model_there_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
