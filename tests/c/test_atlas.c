/* The atlas of similar lesions: what is found by hand, each defect of a file by name, and the way through the engine. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/atlas.h"
#include "lentigo.h"
#include "smallatlas.h"
#include "smallkinds.h"

enum { CHANNELS = 4, LABELS = 5, KINDS = 2, SIDE = 24 };

static const atl_model model = {UINT64_C(0x1122334455667788), CHANNELS, LABELS, KINDS};
static uint8_t bytes[SMALLATLAS_MOST];
static size_t size;
static smallatlas_parts parts;
static lt_error error;

static atlas *read_whole(void) {
    atlas *a;
    size = smallatlas(model.key, CHANNELS, LABELS, KINDS, bytes, &parts);
    if (atl_read(bytes, size, &model, NULL, &a, &error) != LT_OK) fail_msg("%s", error.text);
    return a;
}

/* ---- searching ---- */

static void the_nearest_come_by_their_angle(void **state) {
    (void)state;
    /* [2, 4]: means 3, 1, 0; the fourth channel is not projected */
    const float features[2 * CHANNELS] = {2, 2, 0, 9, 4, 0, 0, -5};
    const uint32_t expected[LT_NEIGHBOURS] = {0, 3, 5, 4, 1, 2};
    const double cosines[LT_NEIGHBOURS] = {3 / sqrt(10), 4 / sqrt(20), 4 / sqrt(30), 3 / sqrt(20), 1 / sqrt(10), 0};
    lt_neighbour found[LT_NEIGHBOURS];
    atlas *a = read_whole();
    assert_int_equal(atl_nearest(a, features, 2, 0, found), LT_NEIGHBOURS);
    for (int i = 0; i < LT_NEIGHBOURS; i++) {
        assert_int_equal(found[i].lesion, expected[i]);
        assert_int_equal(found[i].label, expected[i] % LABELS);
        assert_float_equal(found[i].similarity, cosines[i], 1e-6);
    }
    atl_free(a);
}

static void only_the_kind_is_searched(void **state) {
    (void)state;
    const float features[CHANNELS] = {0, 1, 0, 0};
    lt_neighbour found[LT_NEIGHBOURS];
    atlas *a = read_whole();
    assert_int_equal(atl_nearest(a, features, 1, 1, found), 2);
    assert_int_equal(found[0].lesion, 8);
    assert_int_equal(found[1].lesion, 7);
    atl_free(a);
}

static void equal_ones_keep_the_order_of_the_file(void **state) {
    (void)state;
    const float features[CHANNELS] = {1, 1, 1, 0};
    lt_neighbour found[LT_NEIGHBOURS];
    atlas *a = read_whole();
    assert_int_equal(atl_nearest(a, features, 1, 0, found), LT_NEIGHBOURS);
    const uint32_t expected[LT_NEIGHBOURS] = {5, 3, 4, 0, 1, 2};
    for (int i = 0; i < LT_NEIGHBOURS; i++) assert_int_equal(found[i].lesion, expected[i]);
    atl_free(a);
}

static void a_picture_without_direction_is_like_none(void **state) {
    (void)state;
    const float nothing[CHANNELS] = {0, 0, 0, 7}, huge[CHANNELS] = {INFINITY, 0, 0, 0};
    lt_neighbour found[LT_NEIGHBOURS];
    atlas *a = read_whole();
    assert_int_equal(atl_nearest(a, nothing, 1, 0, found), 0);
    assert_int_equal(atl_nearest(a, huge, 1, 0, found), 0);
    atl_free(a);
}

/* ---- the file ---- */

typedef enum place {
    IN_HEADER,
    IN_OFFSETS,
    IN_SCALES,
    IN_CODES,
    IN_LABEL,
    IN_KIND,
    IN_SOURCE,
    IN_SIZES,
    IN_TEXT
} place;

static const struct {
    const char *name;
    place part;
    size_t at; /* in that part */
    uint32_t value;
    int width; /* bytes of the value */
    const char *message;
} defects[] = {
    {"of no atlas", IN_HEADER, 0, 'X', 1, "magic: the file does not begin as an atlas does"},
    {"of a newer version", IN_HEADER, AT_VERSION, 2, 4, "version: 2, this engine reads 1"},
    {"of other classes", IN_HEADER, AT_LABELS, 7, 4, "labels: 7, the model has 5"},
    {"of another network", IN_HEADER, AT_KEY, 1, 4, "key: it belongs to network 1122334400000001"},
    {"of other channels", IN_HEADER, AT_CHANNELS, 5, 4, "channels: 5, the model has 4"},
    {"of other kinds", IN_HEADER, AT_KINDS, 1, 4, "kinds: 1, the model has 2"},
    {"no dimensions", IN_HEADER, AT_DIMS, 0, 4, "dims: 0, from 1 to 256 are allowed"},
    {"too many dimensions", IN_HEADER, AT_DIMS, 257, 4, "dims: 257, from 1 to 256"},
    {"no lesions", IN_HEADER, AT_COUNT, 0, 4, "count: 0, from 1 to 4096"},
    {"lesions that wrap", IN_HEADER, AT_COUNT, UINT32_MAX, 4, "count: 4294967295, from 1"},
    {"more lesions than there are", IN_HEADER, AT_COUNT, 4096, 4, "codes: the file ends within it"},
    {"no sources", IN_HEADER, AT_SOURCES, 0, 4, "sources: 0, from 1 to 255"},
    {"pictures without a size", IN_HEADER, AT_PIXELS, 0, 4, "pixels: 0, from 1"},
    {"a text beyond the end", IN_HEADER, AT_TEXT_SIZE, UINT32_MAX, 4, "text: the file ends within it"},
    {"pictures beyond the end", IN_HEADER, AT_PICTURE_SIZE, UINT32_MAX, 4, "pictures: the file ends within it"},
    {"bytes behind the pictures", IN_HEADER, AT_PICTURE_SIZE, 100, 4, "26 bytes behind the pictures"},
    {"NaN offset", IN_OFFSETS, 4, 0x7fc00000, 4, "offsets[1]: not a finite number"},
    {"infinite scale", IN_SCALES, 8, 0x7f800000, 4, "scales[2]: not a finite number"},
    {"a code without direction", IN_CODES, 0, 0, 4, "lesion 0: its code is all 0"},
    {"a class that is not there", IN_LABEL, 3, 5, 1, "lesion 3: label 5 of 5"},
    {"a kind that is not there", IN_KIND, 1, 2, 1, "lesion 1: kind 2 of 2"},
    {"a source that is not there", IN_SOURCE, 8, 2, 1, "lesion 8: source 2 of 2"},
    {"a lesion without a picture", IN_SIZES, 4, 0, 4, "lesion 1: no picture"},
    {"sizes that do not add up", IN_SIZES, 0, 11, 4, "pictures of 127 bytes in all, picture_size says 126"},
    {"a text that is not UTF-8", IN_TEXT, 2, 0xff, 1, "text: byte 2 is not UTF-8"},
    {"a text too many", IN_TEXT, 1, 0, 1, "bytes too many"},
    {"a text too few", IN_TEXT, 5, 'x', 1, "text: 27 of 28 texts"},
};

static void each_defect_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
        atlas *a = (atlas *)bytes;
        size = smallatlas(model.key, CHANNELS, LABELS, KINDS, bytes, &parts);
        const size_t starts[] = {0,          parts.offsets, parts.scales, parts.codes, parts.label,
                                 parts.kind, parts.source,  parts.sizes,  parts.text};
        uint8_t *at = bytes + starts[defects[i].part] + defects[i].at;
        if (defects[i].width == 1)
            *at = (uint8_t)defects[i].value;
        else
            put_u32(at, defects[i].value);
        lt_status status = atl_read(bytes, size, &model, NULL, &a, &error);
        if (status != LT_ATLAS || a || !strstr(error.text, defects[i].message))
            fail_msg("%s: status %d, \"%s\"", defects[i].name, (int)status, error.text);
    }
}

/* Copied to its own allocation, so that a sanitizer sees a read behind the end. */
static void a_file_cut_anywhere_is_refused(void **state) {
    (void)state;
    size = smallatlas(model.key, CHANNELS, LABELS, KINDS, bytes, &parts);
    for (size_t length = 0; length < size; length++) {
        atlas *a;
        uint8_t *cut = malloc(length > 0 ? length : 1);
        assert_non_null(cut);
        memcpy(cut, bytes, length);
        assert_int_equal(atl_read(cut, length, &model, NULL, &a, &error), LT_ATLAS);
        assert_null(a);
        free(cut);
    }
}

static void a_network_without_features_has_no_atlas(void **state) {
    (void)state;
    const atl_model flat = {model.key, 0, LABELS, KINDS};
    atlas *a;
    size = smallatlas(model.key, CHANNELS, LABELS, KINDS, bytes, &parts);
    assert_int_equal(atl_read(bytes, size, &flat, NULL, &a, &error), LT_ATLAS);
    assert_non_null(strstr(error.text, "no global pooling"));
}

/* ---- through the engine ---- */

static void the_engine_finds_them_by_the_photo(void **state) {
    (void)state;
    static uint8_t rgba[SIDE * SIDE * 4];
    lt_engine *engine;
    lt_result *result;
    lt_neighbour found[LT_NEIGHBOURS];
    uint32_t count, shape[3];
    mk_model *small = smallkinds();
    mk_write(small);
    for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(225 + i / 4 % 5);
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(lt_load_atlas(engine, bytes, 1), LT_NO_MODEL);
    assert_int_equal(lt_network(engine), 0);
    assert_int_equal(lt_load_model(engine, small->file.bytes, small->file.size), LT_OK);
    assert_int_equal(lt_similar(engine, found, LT_NEIGHBOURS, &count), LT_ARGUMENT);
    assert_int_equal(lt_result_create(engine, &result), LT_OK);
    assert_int_equal(lt_classify_rgba(engine, rgba, SIDE, SIDE, NULL, result), LT_OK);
    assert_int_equal(lt_similar(engine, found, LT_NEIGHBOURS, &count), LT_ARGUMENT);
    assert_string_equal(lt_error_text(engine), "lt_similar: load an atlas first");

    assert_int_equal(lt_feature_map(engine, NULL, 0, shape), LT_OK);
    const lt_model *told = lt_get_model(engine);
    size = smallatlas(lt_network(engine), shape[2], told->label_count, told->kind_count, bytes, &parts);
    assert_int_equal(lt_load_atlas(engine, bytes, size), LT_OK);
    assert_int_equal(lt_load_atlas(engine, bytes, size - 1), LT_ATLAS);
    assert_int_equal(lt_similar(engine, found, LT_NEIGHBOURS, &count), LT_OK);
    assert_int_equal(count, result->kind == 0 ? LT_NEIGHBOURS : 2);
    uint32_t all = count;
    found[1].lesion = UINT32_MAX;
    assert_int_equal(lt_similar(engine, found, 1, &count), LT_OK); /* no more than there is room for */
    assert_int_equal(count, 1);
    assert_int_equal(found[1].lesion, UINT32_MAX);
    assert_int_equal(lt_similar(engine, found, LT_NEIGHBOURS, &count), LT_OK);
    assert_int_equal(count, all);

    /* the same as atl_nearest on the engine's own feature map */
    float *map = malloc((size_t)shape[0] * shape[1] * shape[2] * sizeof *map);
    lt_neighbour expected[LT_NEIGHBOURS];
    const atl_model own = {lt_network(engine), shape[2], told->label_count, told->kind_count};
    atlas *a;
    assert_non_null(map);
    assert_int_equal(lt_feature_map(engine, map, (size_t)shape[0] * shape[1] * shape[2], shape), LT_OK);
    assert_int_equal(atl_read(bytes, size, &own, NULL, &a, &error), LT_OK);
    assert_int_equal(atl_nearest(a, map, (size_t)shape[0] * shape[1], result->kind, expected), count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(found[i].lesion, expected[i].lesion);
        assert_true(found[i].similarity == expected[i].similarity);
    }
    atl_free(a);
    free(map);

    char json[4096];
    size_t length = lt_similar_json(engine, json, sizeof json);
    assert_true(length > 0 && length < sizeof json);
    assert_non_null(strstr(json, "\"attribution\":\"(c) some"));
    char picture[64];
    uint32_t offset = (uint32_t)parts.pictures;
    for (uint32_t i = 0; i < found[0].lesion; i++) offset += 10 + i;
    (void)snprintf(picture, sizeof picture, "\"picture\":{\"offset\":%u,\"bytes\":%u,\"pixels\":160}", (unsigned)offset,
                   (unsigned)(10 + found[0].lesion));
    assert_non_null(strstr(json, picture));

    /* another model lets it go */
    assert_int_equal(lt_load_model(engine, small->file.bytes, small->file.size), LT_OK);
    assert_int_equal(lt_classify_rgba(engine, rgba, SIDE, SIDE, NULL, result), LT_OK);
    assert_int_equal(lt_similar(engine, found, LT_NEIGHBOURS, &count), LT_ARGUMENT);
    lt_result_free(result);
    lt_destroy(engine);
    mk_free(small);
}

static void the_key_is_of_the_network_alone(void **state) {
    (void)state;
    lt_engine *engine;
    mk_model *small = smallkinds();
    mk_write(small);
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    assert_int_equal(lt_load_model(engine, small->file.bytes, small->file.size), LT_OK);
    uint64_t key = lt_network(engine), fingerprint = lt_get_model(engine)->fingerprint;
    mk_free(small);
    float other[SMALLKINDS_CHANNELS + 1];
    memcpy(other, smallkinds_ood, sizeof other);
    other[0] += 1.0f; /* what is decided from the features does not count */
    small = smallkinds();
    small->ood = other;
    mk_write(small);
    assert_int_equal(lt_load_model(engine, small->file.bytes, small->file.size), LT_OK);
    assert_true(lt_network(engine) == key);
    assert_true(lt_get_model(engine)->fingerprint != fingerprint);
    mk_free(small);
    small = smallnet_with(1, SMALLNET_LOGITS, NULL, NULL);
    mk_write(small);
    assert_int_equal(lt_load_model(engine, small->file.bytes, small->file.size), LT_OK);
    assert_true(lt_network(engine) != key);
    mk_free(small);
    lt_destroy(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_come_by_their_angle),
        cmocka_unit_test(only_the_kind_is_searched),
        cmocka_unit_test(equal_ones_keep_the_order_of_the_file),
        cmocka_unit_test(a_picture_without_direction_is_like_none),
        cmocka_unit_test(each_defect_is_named),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_network_without_features_has_no_atlas),
        cmocka_unit_test(the_engine_finds_them_by_the_photo),
        cmocka_unit_test(the_key_is_of_the_network_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
