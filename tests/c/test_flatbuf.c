/* test_flatbuf.c - reading FlatBuffers in place: values, fallbacks, and errors that stick. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "fbwrite.h"
#include "model/flatbuf.h"

/* A file with one table: absent, u8, u32, u64, string, vector of i32, subtable, vector of i64. */
typedef struct sample {
    fbw file;
    size_t table, text, words, inner, quads;
} sample;

static void make(sample *s) {
    memset(s, 0, sizeof *s);
    (void)fbw_vector(&s->file, 0, 1); /* room for the header */
    s->table = fbw_table(&s->file, ".bwqwwww");
    memcpy(s->file.bytes + 4, "TEST", 4);
    fbw_link(&s->file, 0, s->table);
    fbw_put8(&s->file, fbw_field(&s->file, s->table, 1), 200);
    fbw_put32(&s->file, fbw_field(&s->file, s->table, 2), 0xfffffffe);
    fbw_put64(&s->file, fbw_field(&s->file, s->table, 3), UINT64_C(0x123456789abcdef0));
    s->text = fbw_vector(&s->file, 3, 1);
    memcpy(s->file.bytes + s->text + 4, "abc", 3);
    fbw_link(&s->file, fbw_field(&s->file, s->table, 4), s->text);
    s->words = fbw_vector(&s->file, 2, 4);
    fbw_put32(&s->file, s->words + 8, (uint32_t)-7);
    fbw_link(&s->file, fbw_field(&s->file, s->table, 5), s->words);
    s->inner = fbw_table(&s->file, "w");
    fbw_put32(&s->file, fbw_field(&s->file, s->inner, 0), 0x3fc00000);
    fbw_link(&s->file, fbw_field(&s->file, s->table, 6), s->inner);
    s->quads = fbw_vector(&s->file, 1, 8);
    fbw_put64(&s->file, s->quads + 4, (uint64_t)-5);
    fbw_link(&s->file, fbw_field(&s->file, s->table, 7), s->quads);
}

static void drop(sample *s) {
    free(s->file.bytes);
}

static fb_table start(const sample *s, fb_file *file, lt_error *error) {
    lt_clear(error);
    return fb_root(file, s->file.bytes, s->file.size, "TEST", error);
}

static void values_come_out(void **state) {
    (void)state;
    sample s;
    make(&s);
    lt_error error;
    fb_file file;
    fb_table root = start(&s, &file, &error);
    assert_int_equal(fb_u8(&file, root, 1, 0, "byte"), 200);
    assert_int_equal(fb_u32(&file, root, 2, 0, "word"), 0xfffffffe);
    assert_int_equal(fb_i32(&file, root, 2, 0, "word"), -2);
    assert_true(fb_u64(&file, root, 3, 0, "quad") == UINT64_C(0x123456789abcdef0));
    fb_vector text = fb_string(&file, root, 4, "text");
    assert_int_equal(text.count, 3);
    assert_memory_equal(fb_bytes(&file, text), "abc", 3);
    assert_true(fb_equals(&file, text, "abc"));
    assert_false(fb_equals(&file, text, "abd"));
    assert_false(fb_equals(&file, text, "ab"));
    fb_vector words = fb_elements(&file, root, 5, 4, "words");
    assert_int_equal(words.count, 2);
    assert_int_equal(fb_i32_of(&file, words, 1), -7);
    assert_true(fb_f32(&file, fb_subtable(&file, root, 6, "inner"), 0, 0, "real") == 1.5f);
    assert_true(fb_i64_of(&file, fb_elements(&file, root, 7, 8, "quads"), 0) == -5);
    assert_int_equal(file.status, LT_OK);
    assert_string_equal(error.text, "");
    drop(&s);
}

static void what_is_absent_gives_the_fallback(void **state) {
    (void)state;
    sample s;
    make(&s);
    lt_error error;
    fb_file file;
    fb_table root = start(&s, &file, &error), none = fb_subtable(&file, root, 0, "absent");
    assert_int_equal(fb_u8(&file, root, 0, 17, "absent"), 17);
    assert_int_equal(fb_i32(&file, root, 99, -3, "beyond the list"), -3);
    assert_int_equal(fb_u32(&file, none, 0, 5, "of an absent table"), 5);
    assert_true(fb_f32(&file, none, 0, 0.25f, "of an absent table") == 0.25f);
    assert_int_equal(fb_elements(&file, root, 0, 4, "absent").count, 0);
    assert_null(fb_bytes(&file, fb_string(&file, none, 3, "of an absent table")));
    assert_int_equal(file.status, LT_OK);
    drop(&s);
}

static void a_field_too_wide_for_its_table_is_refused(void **state) {
    (void)state;
    sample s;
    make(&s);
    lt_error error;
    fb_file file;
    fb_table root = start(&s, &file, &error), inner = fb_subtable(&file, root, 6, "inner");
    fb_part(&file, "thing", 4);
    assert_true(fb_u64(&file, inner, 0, 9, "wide") == 9);
    assert_int_equal(file.status, LT_MODEL_FORMAT);
    assert_non_null(strstr(error.text, "thing 4: wide: field outside its table at byte "));
    drop(&s);
}

static void the_first_error_sticks(void **state) {
    (void)state;
    sample s;
    make(&s);
    fbw_put32(&s.file, s.text, 1u << 30);
    lt_error error;
    fb_file file;
    fb_table root = start(&s, &file, &error);
    assert_int_equal(fb_string(&file, root, 4, "text").count, 0);
    assert_int_equal(file.status, LT_MODEL_FORMAT);
    char first[sizeof error.text];
    memcpy(first, error.text, sizeof first);
    assert_non_null(strstr(first, "file: text: vector runs past the end of the file at byte "));
    assert_int_equal(fb_u8(&file, root, 1, 3, "byte"), 3);
    assert_int_equal(fb_elements(&file, root, 5, 4, "words").count, 0);
    assert_int_equal(fb_subtable(&file, root, 6, "inner").at, 0);
    assert_string_equal(error.text, first);
    drop(&s);
}

static void a_table_in_a_vector_is_checked(void **state) {
    (void)state;
    sample s;
    make(&s);
    size_t list = fbw_vector(&s.file, 2, 4), late = fbw_table(&s.file, "b");
    fbw_link(&s.file, fbw_field(&s.file, s.table, 5), list);
    fbw_link(&s.file, list + 4, late);
    fbw_put32(&s.file, list + 8, 2); /* misaligned */
    lt_error error;
    fb_file file;
    fb_table root = start(&s, &file, &error);
    fb_vector tables = fb_elements(&file, root, 5, 4, "tables");
    assert_int_equal(fb_table_of(&file, tables, 0, "table").at, late);
    assert_int_equal(file.status, LT_OK);
    assert_int_equal(fb_table_of(&file, tables, 1, "table").at, 0);
    assert_int_equal(file.status, LT_MODEL_FORMAT);
    drop(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_out),
        cmocka_unit_test(what_is_absent_gives_the_fallback),
        cmocka_unit_test(a_field_too_wide_for_its_table_is_refused),
        cmocka_unit_test(the_first_error_sticks),
        cmocka_unit_test(a_table_in_a_vector_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
