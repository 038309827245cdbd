/* The JSON writer: escapes, numbers that come back as they were, a buffer of any size. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer/documents.h"
#include "base/json.h"
#include "base/utf8.h"

/* ---- strings --------------------------------------------------------------------------------- */

static const struct {
    const char *text, *json;
} strings[] = {
    {"", "\"\""},
    {"mole.jpg", "\"mole.jpg\""},
    {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
    {"line\nbreak\ttab\x01\x7f", "\"line\\u000abreak\\u0009tab\\u0001\\u007f\""},
    {"<script>", "\"<script>\""},
    {"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80", "\"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80\""},
    {"stray \x80 lone \xc3", "\"stray \\udc80 lone \\udcc3\""},
    {"overlong \xc0\xaf", "\"overlong \\udcc0\\udcaf\""},
    {"surrogate \xed\xa0\x80", "\"surrogate \\udced\\udca0\\udc80\""},
    {"beyond \xf4\x90\x80\x80", "\"beyond \\udcf4\\udc90\\udc80\\udc80\""},
};

static void strings_are_escaped(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        char text[128];
        json_out out;
        json_begin(&out, text, sizeof text);
        json_string(&out, strings[i].text);
        assert_int_equal(json_end(&out), strlen(strings[i].json));
        assert_string_equal(text, strings[i].json);
    }
}

static void a_zero_byte_in_a_text_is_escaped(void **state) {
    (void)state;
    char text[32];
    json_out out;
    json_begin(&out, text, sizeof text);
    json_text(&out, "a\0b", 3);
    (void)json_end(&out);
    assert_string_equal(text, "\"a\\u0000b\"");
}

static void utf8_check_finds_the_first_wrong_byte(void **state) {
    (void)state;
    assert_int_equal(utf8_check("abc", 3), 3);
    assert_int_equal(utf8_check("ab\xff", 3), 2);
    assert_int_equal(utf8_check("\xe2\x82", 2), 0);
    assert_int_equal(utf8_check("a\xf0\x9f\x98", 4), 1);
    assert_int_equal(utf8_length("", 0), 0);
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void write_float(char *text, size_t capacity, float value) {
    json_out out;
    json_begin(&out, text, capacity);
    json_float(&out, value);
    (void)json_end(&out);
}

static void floats_come_back_bit_for_bit(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char text[48];
        float value, again;
        seed = seed * 1664525u + 1013904223u;
        memcpy(&value, &seed, sizeof value);
        write_float(text, sizeof text, value);
        if (!isfinite(value)) {
            assert_string_equal(text, "null");
            continue;
        }
        again = strtof(text, NULL);
        assert_memory_equal(&again, &value, sizeof value);
    }
}

static void floats_are_short(void **state) {
    (void)state;
    static const struct {
        float value;
        const char *json;
    } floats[] = {{0.0f, "0"},
                  {-0.0f, "-0"},
                  {0.1f, "0.1"},
                  {1.0f, "1"},
                  {-2.5f, "-2.5"},
                  {1e-20f, "1e-20"},
                  {16777216.0f, "16777216"},
                  {INFINITY, "null"},
                  {NAN, "null"}};
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++) {
        char text[48];
        write_float(text, sizeof text, floats[i].value);
        assert_string_equal(text, floats[i].json);
    }
}

static void milliseconds_have_three_decimals(void **state) {
    (void)state;
    char text[512];
    json_out out;
    json_begin(&out, text, sizeof text);
    json_milli(&out, 1.23456);
    json_raw(&out, " ");
    json_milli(&out, NAN);
    (void)json_end(&out);
    assert_string_equal(text, "1.235 null");
    json_begin(&out, text, sizeof text);
    json_milli(&out, -1.7976931348623157e308);
    assert_int_equal(json_end(&out), 314); /* sign, 309 digits, point, three decimals */
}

static void the_locale_does_not_show(void **state) {
    (void)state;
    static const char *const printed[] = {"-0.25e-07", "-0,25e-07",
                                          "-0\xd9\xab"
                                          "25e-07"};
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        char text[48];
        json_out out;
        json_begin(&out, text, sizeof text);
        json_number(&out, printed[i]);
        (void)json_end(&out);
        assert_string_equal(text, "-0.25e-07");
    }
}

/* ---- the buffer ------------------------------------------------------------------------------ */

static const lt_label labels[] = {{"mel", "Melanoma", "Dark.", 1}, {"n\"v", "Nevus", "", 0}};
static const float log_prior[] = {-0.25f, -1.5f};
static const lt_kind only = {.id = "", .name = "", .temperature = 1.5f, .log_prior = log_prior};
static const lt_model model = {.name = "small",
                               .version = "1.2.3",
                               .licence = "none",
                               .attribution = "",
                               .metadata = "{\"format\":1}",
                               .labels = labels,
                               .label_count = 2,
                               .width = 8,
                               .height = 6,
                               .crop = 0.5f,
                               .mean = {127, 127, 127},
                               .std = {128, 128, 128},
                               .kinds = &only,
                               .kind_count = 1,
                               .views = 8,
                               .file_bytes = 1234};

static const lt_result result = {.views = 4,
                                 .label_count = 2,
                                 .order = (const uint32_t[]){1, 0},
                                 .probabilities = (const float[]){0.25f, 0.75f},
                                 .logits = (const float[]){-1.0f, 0.1f},
                                 .malignant = 0.25f,
                                 .prior = LT_PRIOR_UNIFORM,
                                 .set = (const uint32_t[]){1, 0},
                                 .set_count = 2,
                                 .abstain = 1,
                                 .ood_score = NAN,
                                 .quality =
                                     &(const lt_quality){.faults = 1u << LT_BLURRED | 1u << LT_LARGE | 1u << LT_CUT,
                                                         .measure_count = LT_MEASURE_COUNT,
                                                         .values = {0.5f, 0.25f, 0.75f, 0, 0.125f, 0.5f}},
                                 .photo_width = 600,
                                 .photo_height = 450,
                                 .decode_scale = 2,
                                 .missing = 0.125f,
                                 .colour = LT_COLOUR_CONVERTED,
                                 .profile = "Display P3",
                                 .decode_ms = 1.5,
                                 .resize_ms = 0.25,
                                 .infer_ms = 2};

static const char result_json[] =
    "{\"file\":\"a.jpg\",\"label\":\"n\\\"v\",\"probabilities\":{\"mel\":0.25,\"n\\\"v\":0.75},"
    "\"malignant\":0.25,\"prior\":\"uniform\",\"set\":[\"n\\\"v\",\"mel\"],\"abstain\":true,"
    "\"not_a_lesion\":false,\"ood_score\":null,\"kind\":null,\"quality\":{\"sharpness\":0.5,\"brightness\":0.25,"
    "\"contrast\":0.75,"
    "\"shadows\":0,\"highlights\":0.125,\"lesion\":0.5,\"faults\":[\"blurred\",\"large\",\"cut\"]},\"views\":4,"
    "\"model\":{\"name\":\"small\",\"version\":\"1.2.3\"},"
    "\"ms\":{\"decode\":1.500,\"resize\":0.250,\"infer\":2.000},"
    "\"photo\":{\"width\":600,\"height\":450,\"scale\":2,\"missing\":0.125,\"colour\":\"converted\",\"profile\":"
    "\"Display P3\"},\"logits\":[-1,0.1]}";

static void write_result(json_out *out, const lt_result *written) {
    doc_result_open(out, &model, written, &(lt_extras){.file = "a.jpg", .logits = 1});
    json_raw(out, "}");
}

static void a_result_is_written_whole(void **state) {
    (void)state;
    char text[1024];
    json_out out;
    json_begin(&out, text, sizeof text);
    write_result(&out, &result);
    assert_int_equal(json_end(&out), sizeof result_json - 1);
    assert_string_equal(text, result_json);
}

static void every_smaller_buffer_gets_the_start(void **state) {
    (void)state;
    for (size_t capacity = 0; capacity < sizeof result_json; capacity++) {
        char *text = malloc(capacity > 0 ? capacity : 1); /* its own block, so that a byte beyond is seen */
        json_out out;
        json_begin(&out, capacity > 0 ? text : NULL, capacity);
        write_result(&out, &result);
        assert_int_equal(json_end(&out), sizeof result_json - 1);
        if (capacity > 0) {
            assert_int_equal(strlen(text), capacity - 1);
            assert_memory_equal(text, result_json, capacity - 1);
        }
        free(text);
    }
}

static void a_model_is_written_whole(void **state) {
    (void)state;
    char text[1024];
    json_out out;
    json_begin(&out, text, sizeof text);
    doc_model_open(&out, &model);
    json_raw(&out, "}");
    (void)json_end(&out);
    assert_string_equal(
        text, "{\"name\":\"small\",\"version\":\"1.2.3\",\"licence\":\"none\",\"attribution\":\"\",\"bytes\":1234,"
              "\"input\":{\"width\":8,\"height\":6,\"crop\":0.5,\"mean\":[127,127,127],\"std\":[128,128,128]},"
              "\"views\":8,\"labels\":["
              "{\"id\":\"mel\",\"name\":\"Melanoma\",\"about\":\"Dark.\",\"malignant\":true},"
              "{\"id\":\"n\\\"v\",\"name\":\"Nevus\",\"about\":\"\",\"malignant\":false}],"
              "\"kinds\":[{\"id\":\"\",\"name\":\"\",\"temperature\":1.5,\"log_prior\":[-0.25,-1.5]}],"
              "\"unsaid\":[],\"metadata\":{\"format\":1}}");
}

/* The id of the kind; what stands for none where this is not a lesion. */
static void the_kind_is_written(void **state) {
    (void)state;
    static const float priors[] = {-0.5f, -1};
    static const lt_kind kinds[2] = {{.id = "a\"b", .name = "A", .temperature = 1.5f, .log_prior = log_prior},
                                     {.id = "c", .name = "C", .temperature = 2, .log_prior = priors}};
    static const struct {
        uint32_t kind;
        int not_a_lesion;
        const char *json;
    } cases[] = {{0, 0, ",\"kind\":\"a\\\"b\","}, {1, 0, ",\"kind\":\"c\","}, {1, 1, ",\"kind\":\"neither\","}};
    lt_model two = model;
    char text[1024];
    json_out out;
    two.kinds = kinds;
    two.kind_count = 2;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lt_result other = result;
        other.kind = cases[i].kind;
        other.not_a_lesion = cases[i].not_a_lesion;
        json_begin(&out, text, sizeof text);
        doc_result_open(&out, &two, &other, &(lt_extras){0});
        (void)json_end(&out);
        assert_non_null(strstr(text, cases[i].json));
    }
    json_begin(&out, text, sizeof text);
    doc_model_open(&out, &two);
    (void)json_end(&out);
    assert_non_null(strstr(text, ",\"kinds\":[{\"id\":\"a\\\"b\",\"name\":\"A\",\"temperature\":1.5,"
                                 "\"log_prior\":[-0.25,-1.5]},{\"id\":\"c\",\"name\":\"C\",\"temperature\":2,"
                                 "\"log_prior\":[-0.5,-1]}],\"unsaid\":[],\"metadata\":"));
    lt_result none = result; /* not a lesion, but the model tells no kinds */
    none.not_a_lesion = 1;
    json_begin(&out, text, sizeof text);
    write_result(&out, &none);
    (void)json_end(&out);
    assert_non_null(strstr(text, ",\"kind\":null,"));
}

static void a_failure_names_the_file(void **state) {
    (void)state;
    char text[128];
    json_out out;
    json_begin(&out, text, sizeof text);
    doc_failure(&out, "odd\nname", "no \"JPEG\"");
    (void)json_end(&out);
    assert_string_equal(text, "{\"file\":\"odd\\u000aname\",\"error\":\"no \\\"JPEG\\\"\"}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(a_zero_byte_in_a_text_is_escaped),
        cmocka_unit_test(utf8_check_finds_the_first_wrong_byte),
        cmocka_unit_test(floats_come_back_bit_for_bit),
        cmocka_unit_test(floats_are_short),
        cmocka_unit_test(milliseconds_have_three_decimals),
        cmocka_unit_test(the_locale_does_not_show),
        cmocka_unit_test(a_result_is_written_whole),
        cmocka_unit_test(every_smaller_buffer_gets_the_start),
        cmocka_unit_test(a_model_is_written_whole),
        cmocka_unit_test(the_kind_is_written),
        cmocka_unit_test(a_failure_names_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
