/* test_foreign.c - models by other people: what their files say of themselves, and what the user states. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "described.h"
#include "model/zip.h"

static const char five[] = "daisy\ndandelion\r\nroses\n\ndaisy\n\n";

static lt_engine *engine_with(mk_model *m, const lt_stated *stated, lt_status expected) {
    lt_engine *engine;
    lt_stated sized = {0};
    if (stated) sized = *stated;
    sized.size = sizeof sized;
    assert_int_equal(lt_create(NULL, &engine), LT_OK);
    lt_status status = lt_load_model_as(engine, m->file.bytes, m->file.size, stated ? &sized : NULL);
    if (status != expected) fail_msg("status %d: %s", (int)status, lt_error_text(engine));
    return engine;
}

static void end(lt_engine *engine, mk_model *m) {
    lt_destroy(engine);
    mk_free(m);
}

static void a_described_file_names_itself(void **state) {
    (void)state;
    const described d = {.name = "Flowers",
                         .version = "1.2.3",
                         .author = "A. Uthor",
                         .licence = "Apache-2.0",
                         .mean = {1, 2, 3},
                         .std = {4, 5, 6},
                         .channels = 3,
                         .labels = five};
    mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
    lt_engine *engine = engine_with(m, NULL, LT_OK);
    const lt_model *model = lt_get_model(engine);
    static const char *const ids[] = {"daisy", "dandelion", "roses", "3", "daisy (2)"};
    assert_string_equal(model->name, "Flowers");
    assert_string_equal(model->version, "1.2.3");
    assert_string_equal(model->attribution, "A. Uthor");
    assert_string_equal(model->licence, "Apache-2.0");
    for (int i = 0; i < 5; i++) assert_string_equal(model->labels[i].id, ids[i]);
    for (int c = 0; c < 3; c++) {
        assert_true(model->mean[c] == (float)(c + 1));
        assert_true(model->std[c] == (float)(c + 4));
    }
    assert_int_equal(model->unsaid, LT_UNSAID_MALIGNANT);
    end(engine, m);
}

static void what_no_file_says_is_told(void **state) {
    (void)state;
    const described d = {.version = "v1"};
    mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
    lt_engine *engine = engine_with(m, NULL, LT_OK);
    const lt_model *model = lt_get_model(engine);
    assert_int_equal(model->unsaid, LT_UNSAID_LABELS | LT_UNSAID_PIXELS | LT_UNSAID_MALIGNANT);
    assert_string_equal(model->name, "unnamed");
    assert_string_equal(model->version, "0.0.0");
    assert_string_equal(model->labels[4].id, "4");
    end(engine, m);
}

static void the_user_states_the_rest(void **state) {
    (void)state;
    static const char names[] = "a\nb\nc\nd\ne";
    static const uint8_t malignant[] = {0, 1, 0, 0, 1};
    const described d = {.mean = {9}, .std = {9}, .channels = 1, .labels = five};
    const lt_stated stated = {.labels = names,
                              .labels_size = sizeof names - 1,
                              .malignant = malignant,
                              .malignant_count = 5,
                              .has_pixels = 1,
                              .mean = {0, 0, 0},
                              .std = {255, 255, 255}};
    mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
    lt_engine *engine = engine_with(m, &stated, LT_OK);
    const lt_model *model = lt_get_model(engine);
    assert_string_equal(model->labels[1].id, "b");
    assert_true(model->labels[1].malignant && !model->labels[0].malignant && model->labels[4].malignant);
    assert_true(model->std[2] == 255);
    assert_int_equal(model->unsaid, 0);
    end(engine, m);
}

static void one_number_stands_for_all_channels(void **state) {
    (void)state;
    const described d = {.mean = {127.5f}, .std = {127.5f}, .channels = 1};
    mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
    lt_engine *engine = engine_with(m, NULL, LT_OK);
    assert_true(lt_get_model(engine)->mean[2] == 127.5f && lt_get_model(engine)->std[1] == 127.5f);
    assert_int_equal(lt_get_model(engine)->unsaid, LT_UNSAID_LABELS | LT_UNSAID_MALIGNANT);
    end(engine, m);
}

/* Where the archive behind the model begins. */
static size_t archive_of(const mk_model *m) {
    size_t at = 0;
    while (memcmp(m->file.bytes + at, "PK\3\4", 4) != 0) at++;
    return at;
}

/* The file with an archive that counts its offsets from its own start. */
static mk_model *counted_from_archive(void) {
    described d = {.labels = five};
    mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
    d.prefix = archive_of(m);
    mk_free(m);
    return described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &d);
}

/* Python's zipfile counts offsets from the file's start, other tools from the archive's. */
static void an_archive_may_count_from_its_own_start(void **state) {
    (void)state;
    mk_model *m = counted_from_archive();
    lt_engine *engine = engine_with(m, NULL, LT_OK);
    assert_string_equal(lt_get_model(engine)->labels[2].id, "roses");
    end(engine, m);
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    static const uint8_t marks[] = {1, 0}, five_marks[5] = {1};
    const struct {
        described d;
        lt_stated stated;
        lt_status status;
        const char *text;
    } wrong[] = {
        {{.labels = "a\nb\n"}, {0}, LT_MODEL_METADATA, "labels: 2, but the network gives 5 values"},
        {{.labels = "a\nb\nc\nd\n\xff\n"}, {0}, LT_MODEL_METADATA, "labels: byte 8 is not UTF-8"},
        {{.labels = five, .method = 8}, {0}, LT_MODEL_UNSUPPORTED, "a file of method 8, 0 is read"},
        {{.name = "\xff"}, {0}, LT_MODEL_METADATA, "TFLite Metadata: name: not UTF-8"},
        {{.mean = {NAN}, .std = {1}, .channels = 1}, {0}, LT_MODEL_METADATA, "mean[0]: not finite"},
        {{.mean = {1}, .std = {0}, .channels = 1}, {0}, LT_MODEL_METADATA, "std[0] is 0"},
        {{0}, {.labels = "a", .labels_size = 1}, LT_MODEL_METADATA, "labels: 1, but the network gives 5 values"},
        {{0}, {.malignant = marks, .malignant_count = 2}, LT_ARGUMENT, "stated.malignant: 2 values for 5 classes"},
        {{0},
         {.malignant = five_marks, .malignant_count = 5},
         LT_ARGUMENT,
         "stated.malignant: the classes have no names"},
        {{0}, {.has_pixels = 1}, LT_ARGUMENT, "stated.mean, std: 0 and 0 of channel 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mk_model *m = described_write(smallnet_with(0, SMALLNET_LOGITS, NULL, NULL), &wrong[i].d);
        lt_engine *engine = engine_with(m, &wrong[i].stated, wrong[i].status);
        if (!strstr(lt_error_text(engine), wrong[i].text)) fail_msg("%s", lt_error_text(engine));
        assert_null(lt_get_model(engine));
        end(engine, m);
    }
}

static void nothing_is_stated_of_a_file_with_a_document(void **state) {
    (void)state;
    const lt_stated stated = {.labels = "a", .labels_size = 1};
    mk_model *m = smallnet_with(
        0, SMALLNET_LOGITS,
        "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},{\"id\":\"e\"}]}", NULL);
    mk_write(m);
    lt_engine *engine = engine_with(m, &stated, LT_ARGUMENT);
    assert_non_null(strstr(lt_error_text(engine), "says itself"));
    assert_int_equal(lt_load_model_as(engine, m->file.bytes, m->file.size, &stated),
                     LT_ARGUMENT); /* without its size */
    assert_string_equal(lt_error_text(engine), "lt_load_model_as: stated.size is that of no version");
    end(engine, m);
}

/* Every archive that is cut or has a byte changed is read within its bounds, or refused. */
static void no_damaged_archive_is_read_past_its_end(void **state) {
    (void)state;
    mk_model *m = counted_from_archive();
    size_t archive = archive_of(m), size = m->file.size - archive, found = 0;
    for (size_t i = 0; i < 2 * size; i++) {
        size_t length = i < size ? i : size, out_size;
        uint8_t *copy = malloc(length ? length : 1);
        const uint8_t *out;
        lt_error error = {.status = LT_OK};
        assert_non_null(copy);
        memcpy(copy, m->file.bytes + archive, length);
        if (i >= size) copy[i - size] ^= 0xff;
        lt_status status = zip_find(copy, length, "labels.txt", 10, &out, &out_size, &error);
        assert_true(status == LT_OK || status == LT_MODEL_FORMAT || status == LT_MODEL_UNSUPPORTED);
        if (out) assert_true(out >= copy && out_size <= (size_t)(copy + length - out));
        found += out != NULL;
        free(copy);
    }
    assert_true(found > 0 && found < size); /* what no reader looks at, as times, may be anything */
    mk_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_described_file_names_itself),
        cmocka_unit_test(what_no_file_says_is_told),
        cmocka_unit_test(the_user_states_the_rest),
        cmocka_unit_test(one_number_stands_for_all_channels),
        cmocka_unit_test(an_archive_may_count_from_its_own_start),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(nothing_is_stated_of_a_file_with_a_document),
        cmocka_unit_test(no_damaged_archive_is_read_past_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
