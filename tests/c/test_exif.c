/* The orientation of a photo: found where it may stand, and 1 for whatever is wrong. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "photo.h"
#include "photo/exif.h"

enum { HEADER = 20 }; /* where the EXIF block starts in a file of jpeg_with: FFD8, APP0 of 4 + 4, APP1's head */

/* Start, another segment, and an APP1 segment that holds the block. */
static photo jpeg_with(const photo *block) {
    photo file = {0};
    photo_add(&file, "\xFF\xD8\xFF\xE0\0\6abcd\xFF\xE1", 12);
    photo_add16(&file, (uint32_t)block->size + 8);
    photo_add(&file, "Exif\0\0", 6);
    photo_add(&file, block->bytes, block->size);
    photo_add(&file, "\xFF\xDA\0\2\xFF\xD9", 6);
    return file;
}

/* The orientation in a heap copy of exactly that size, so that a read past the end is caught. */
static uint32_t orientation_of(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size);
    if (size > 0) memcpy(copy, bytes, size);
    uint32_t orientation = exif_orientation(copy, size);
    free(copy);
    return orientation;
}

static void finds_each_orientation_in_both_byte_orders(void **state) {
    (void)state;
    for (uint32_t orientation = 1; orientation <= 8; orientation++)
        for (int little = 0; little < 2; little++) {
            photo block = {0};
            photo_write_exif(&block, orientation, little);
            photo file = jpeg_with(&block);
            assert_int_equal(orientation_of(file.bytes, file.size), orientation);
            photo_free(&file);
            photo_add(&file, "\x89PNG\r\n\x1a\n", 8);
            photo_png_chunk(&file, "IHDR", (const uint8_t *)"0123456789abc", 13);
            photo_png_chunk(&file, "IDAT", NULL, 0);
            photo_png_chunk(&file, "eXIf", block.bytes, (uint32_t)block.size);
            assert_int_equal(orientation_of(file.bytes, file.size), orientation);
            photo_free(&file);
            photo_free(&block);
        }
}

static void passes_over_other_app1_segments(void **state) {
    (void)state;
    photo block = {0};
    photo_write_exif(&block, 6, 0);
    photo file = jpeg_with(&block);
    photo more = {0};
    photo_add(&more, "\xFF\xD8\xFF\xE1\0\x0Ahttp://\0\xFF\xFF", 16); /* XMP, then fill bytes */
    photo_add(&more, file.bytes + 2, file.size - 2);
    assert_int_equal(orientation_of(more.bytes, more.size), 6);
    photo_free(&block);
    photo_free(&file);
    photo_free(&more);
}

static void a_photo_without_exif_is_upright(void **state) {
    (void)state;
    photo file = {0};
    photo_add(&file, "\xFF\xD8\xFF\xDB\0\4ab\xFF\xDA\0\2", 12);
    assert_int_equal(orientation_of(file.bytes, file.size), 1);
    assert_int_equal(orientation_of(file.bytes, 0), 1);
    assert_int_equal(orientation_of((const uint8_t *)"GIF89a", 6), 1);
    photo_free(&file);
}

/* What stands after the scan belongs to the picture's data. */
static void does_not_look_behind_the_scan(void **state) {
    (void)state;
    photo block = {0};
    photo_write_exif(&block, 6, 0);
    photo exif = jpeg_with(&block), file = {0};
    photo_add(&file, "\xFF\xD8\xFF\xDA\0\2", 6);
    photo_add(&file, exif.bytes + 2, exif.size - 2);
    assert_int_equal(orientation_of(file.bytes, file.size), 1);
    photo_free(&block);
    photo_free(&exif);
    photo_free(&file);
}

/* One change to a block of big byte order with orientation 6, whose entry starts at 22. */
static const struct {
    const char *what;
    size_t at;
    uint8_t bytes[16];
    size_t size;
    uint32_t wanted;
} changes[] = {
    {"none", 0, "MM", 2, 6},
    {"no byte order", 0, "MI", 2, 1},
    {"not a TIFF block", 2, {0, 43}, 2, 1},
    {"directory past the end", 4, {0, 0, 1, 0}, 4, 1},
    {"directory offset that wraps", 4, {0xFF, 0xFF, 0xFF, 0xFE}, 4, 1},
    {"directory inside the header", 4, {0, 0, 0, 0}, 4, 1},
    {"huge count of entries", 8, {0xFF, 0xFF}, 2, 6},
    {"huge count and no orientation", 8, {0xFF, 0xFF, 1, 0x0F, 0, 3, 0, 0, 0, 1, 0, 7, 0, 0, 1, 0x13}, 16, 1},
    {"no entries", 8, {0, 0}, 2, 1},
    {"next directory is this one", 46, {0, 0, 0, 8}, 4, 6},
    {"another tag", 22, {1, 0x13}, 2, 1},
    {"type of bytes", 24, {0, 1}, 2, 1},
    {"unknown type", 24, {0xFF, 0xFF}, 2, 1},
    {"long instead of short", 24, {0, 4, 0, 0, 0, 1, 0, 0}, 8, 1},
    {"no values", 26, {0, 0, 0, 0}, 4, 1},
    {"huge count of values", 26, {0xFF, 0xFF, 0xFF, 0xFF}, 4, 1},
    {"orientation 0", 30, {0, 0}, 2, 1},
    {"orientation 9", 30, {0, 9}, 2, 1},
    {"orientation 65535", 30, {0xFF, 0xFF}, 2, 1},
};

static void damaged_exif_counts_as_none(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        photo block = {0};
        photo_write_exif(&block, 6, 0);
        memcpy(block.bytes + changes[i].at, changes[i].bytes, changes[i].size);
        photo file = jpeg_with(&block);
        uint32_t found = orientation_of(file.bytes, file.size);
        if (found != changes[i].wanted) fail_msg("%s: %u instead of %u", changes[i].what, found, changes[i].wanted);
        photo_free(&block);
        photo_free(&file);
    }
}

/* Cut anywhere, the orientation is there or it is not; nothing beyond the end is read. */
static void cut_anywhere(void **state) {
    (void)state;
    photo block = {0};
    photo_write_exif(&block, 8, 1);
    photo file = jpeg_with(&block);
    for (size_t size = 0; size < file.size; size++) {
        uint32_t found = orientation_of(file.bytes, size);
        assert_int_equal(found, size < HEADER + block.size ? 1 : 8);
    }
    photo_free(&block);
    photo_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_orientation_in_both_byte_orders),
        cmocka_unit_test(passes_over_other_app1_segments),
        cmocka_unit_test(a_photo_without_exif_is_upright),
        cmocka_unit_test(does_not_look_behind_the_scan),
        cmocka_unit_test(damaged_exif_counts_as_none),
        cmocka_unit_test(cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
