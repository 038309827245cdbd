/* JPEG of every kind that is read, whole and reduced; and what is damaged or not read is named. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"

/* Smooth and yet of many frequencies, different in each component; softer in chroma, as in photos. */
static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (int c = 0; c < 4; c++) {
        double v =
            50 * sin(x * (0.021 + 0.004 * c) + c) + 40 * cos(y * 0.017 - 0.5 * c) + 20 * sin((x + 2.0 * y) * 0.06);
        values[c] = (uint16_t)lround(128 + (c == 0 ? v : v / 3));
    }
}

/* The colour that stored components stand for. */
typedef void to_rgb(const uint16_t *v, double rgb[3]);

static void from_grey(const uint16_t *v, double rgb[3]) {
    for (int c = 0; c < 3; c++) rgb[c] = v[0];
}

static void from_rgb(const uint16_t *v, double rgb[3]) {
    for (int c = 0; c < 3; c++) rgb[c] = v[c];
}

static double limited(double v) {
    return v < 0 ? 0 : v > 255 ? 255 : v;
}

static void from_ycc(const uint16_t *v, double rgb[3]) {
    double y = v[0], cb = v[1] - 128.0, cr = v[2] - 128.0;
    rgb[0] = limited(y + 1.402 * cr);
    rgb[1] = limited(y - 0.344136 * cb - 0.714136 * cr);
    rgb[2] = limited(y + 1.772 * cb);
}

static void from_cmyk(const uint16_t *v, double rgb[3]) {
    for (int c = 0; c < 3; c++) rgb[c] = v[c] * v[3] / 255.0;
}

static void from_ycck(const uint16_t *v, double rgb[3]) {
    from_ycc(v, rgb);
    for (int c = 0; c < 3; c++) rgb[c] = (255 - rgb[c]) * v[3] / 255.0;
}

enum { SIDE = 67 }; /* odd, so that blocks and units end unevenly */

static photo_jpeg plain(void) {
    return (photo_jpeg){
        .width = SIDE, .height = SIDE, .components = 3, .h = 1, .v = 1, .quantum = 1, .adobe = -1, .source = waves};
}

static void check_whole(const photo_jpeg *p, to_rgb *colour, double most) {
    photo file = {0};
    photo_write_jpeg(&file, p);
    img_want want = fit_want(SIDE);
    if (fit_file(&file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    assert_int_equal(fit_info.decode_scale, 1);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint16_t v[4];
        double rgb[3];
        waves(i % SIDE, i / SIDE, v);
        colour(v, rgb);
        for (int c = 0; c < 3; c++)
            if (fabs(fit_rgb[3 * i + (uint32_t)c] - rgb[c]) > most)
                fail_msg("%u components, %ux%u, restart %u, apart %d, progressive %d, adobe %d: pixel %u of "
                         "channel %d is %d, not %.1f",
                         p->components, p->h, p->v, p->restart, p->apart, p->progressive, p->adobe, i, c,
                         fit_rgb[3 * i + (uint32_t)c], rgb[c]);
    }
    photo_free(&file);
}

/* Each colour space, in each way to order the data. Without loss by the writer, rounding alone is left. */
static void every_kind_is_right(void **state) {
    (void)state;
    static const struct {
        uint32_t components;
        int adobe;
        to_rgb *colour;
    } kinds[] = {{1, -1, from_grey}, {3, -1, from_ycc}, {3, 1, from_ycc},  {3, 0, from_rgb},
                 {4, 0, from_cmyk},  {4, 2, from_ycck}, {4, -1, from_cmyk}};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (int way = 0; way < 6; way++) {
            photo_jpeg p = plain();
            p.components = kinds[kind].components;
            p.adobe = kinds[kind].adobe;
            p.restart = way % 2 ? 5 : 0;
            p.apart = way / 2 == 1;
            p.progressive = way / 2 == 2;
            check_whole(&p, kinds[kind].colour, 4.0);
        }
}

/* Chroma at half size and less, and a grey picture with a needless sampling factor. */
static void every_sampling_is_right(void **state) {
    (void)state;
    for (uint32_t h = 1; h <= 4; h++)
        for (uint32_t v = 1; v <= 4; v++) {
            photo_jpeg p = plain();
            p.h = h;
            p.v = v;
            check_whole(&p, from_ycc, h < 3 && v < 3 ? 4.0 : 7.0); /* by 3 and 4, chroma is just repeated */
            p.progressive = 1;
            p.components = 1;
            check_whole(&p, from_grey, 2.0);
        }
}

/* The network's input for this test is 32 x 32: sides of 64, 128 and 256 and more are reduced. */
static void check_reduced(const photo_jpeg *p, uint32_t scale, int most) {
    static uint8_t whole[32 * 32 * 3];
    photo file = {0};
    photo_write_jpeg(&file, p);
    img_want want = fit_want(32);
    want.full_decode = 1;
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_int_equal(fit_info.decode_scale, 1);
    memcpy(whole, fit_rgb, sizeof whole);
    want.full_decode = 0;
    assert_int_equal(fit_file(&file, &want), LT_OK);
    assert_int_equal(fit_info.decode_scale, scale);
    int apart = 0;
    for (size_t i = 0; i < sizeof whole; i++)
        if (abs(whole[i] - fit_rgb[i]) > apart) apart = abs(whole[i] - fit_rgb[i]);
    if (apart > most)
        fail_msg("%u x %u, %ux%u, %u components, progressive %d: %d levels apart", p->width, p->height, p->h, p->v,
                 p->components, p->progressive, apart);
    photo_free(&file);
}

/* A reduced picture gives what the whole one gives; the most that was seen here is 9 levels, at an edge. */
static void reduced_is_like_whole(void **state) {
    (void)state;
    static const struct {
        uint32_t width, height, scale;
    } sizes[] = {{63, 63, 1}, {64, 70, 2}, {101, 90, 2}, {128, 131, 4}, {200, 177, 4}, {256, 256, 8}, {391, 303, 8}};
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (int way = 0; way < 12; way++) {
            photo_jpeg p = plain();
            p.width = sizes[size].width;
            p.height = sizes[size].height;
            p.quantum = 4;
            p.h = 1 + (uint32_t)way % 2;
            p.v = 1 + (uint32_t)way / 2 % 2;
            p.progressive = way / 4 == 1;
            p.components = way / 4 == 2 ? 1 : 3;
            check_reduced(&p, sizes[size].scale, 9);
        }
}

static void decodes_inks_reduced(void **state) {
    (void)state;
    photo_jpeg p = plain();
    p.width = 300;
    p.height = 260;
    p.components = 4;
    p.h = p.v = 2;
    for (p.adobe = 0; p.adobe <= 2; p.adobe += 2) check_reduced(&p, 8, 9);
}

/* ---- damage ---- */

static photo written(photo_jpeg p) {
    photo file = {0};
    photo_write_jpeg(&file, &p);
    return file;
}

static photo_jpeg progressive(void) {
    photo_jpeg p = plain();
    p.progressive = 1;
    return p;
}

/* Where a marker segment begins; the nth from 0. */
static size_t find(const photo *file, uint8_t marker, int nth) {
    for (size_t at = 0; at + 1 < file->size; at++)
        if (file->bytes[at] == 0xFF && file->bytes[at + 1] == marker && nth-- == 0) return at;
    fail_msg("no marker %02x", marker);
    return 0;
}

static void drop(photo *file, size_t at, size_t size) {
    memmove(file->bytes + at, file->bytes + at + size, file->size - at - size);
    file->size -= size;
}

static void drop_segment(photo *file, uint8_t marker, int nth) {
    size_t at = find(file, marker, nth);
    drop(file, at, 2 + (size_t)(file->bytes[at + 2] << 8 | file->bytes[at + 3]));
}

/* A scan with its data, up to the next marker that is no restart. */
static void drop_scan(photo *file, int nth) {
    size_t at = find(file, 0xDA, nth), end = at + 2;
    while (file->bytes[end] != 0xFF || file->bytes[end + 1] == 0 || (file->bytes[end + 1] & 0xF8) == 0xD0) end++;
    drop(file, at, end - at);
}

static void no_quantisation(photo *file) {
    drop_segment(file, 0xDB, 0);
}

static void no_frame(photo *file) {
    drop_segment(file, 0xC0, 0);
}

static void no_first_scan(photo *file) {
    drop_scan(file, 0);
}

static void no_scan(photo *file) {
    file->size = find(file, 0xDA, 0);
    photo_add16(file, 0xFFD9);
}

static void second_colour_gone(photo *file) {
    drop_scan(file, 1);
}

/* The first scan of a progressive file, over and over. */
static void many_scans(photo *file) {
    size_t at = find(file, 0xDA, 0), size = find(file, 0xDA, 1) - at;
    uint8_t *scan = malloc(size);
    memcpy(scan, file->bytes + at, size);
    file->size = at;
    for (int i = 0; i < 101; i++) photo_add(file, scan, size);
    photo_add16(file, 0xFFD9);
    free(scan);
}

static void set(photo *file, uint8_t marker, size_t offset, uint8_t value) {
    file->bytes[find(file, marker, 0) + offset] = value;
}

static void height_0(photo *file) {
    set(file, 0xC0, 5, 0);
    set(file, 0xC0, 6, 0);
}

static void width_0(photo *file) {
    set(file, 0xC0, 7, 0);
    set(file, 0xC0, 8, 0);
}

static void two_components(photo *file) {
    set(file, 0xC0, 9, 2);
}

static void sampling_0(photo *file) {
    set(file, 0xC0, 11, 0);
}

static void sampling_5(photo *file) {
    set(file, 0xC0, 11, 0x51);
}

static void sampling_2_of_3(photo *file) {
    set(file, 0xC0, 11, 0x31);
    set(file, 0xC0, 14, 0x21);
}

static void quantisation_7(photo *file) {
    set(file, 0xC0, 12, 7);
}

static void scan_of_unknown(photo *file) {
    set(file, 0xDA, 5, 9);
}

static void scan_of_table_7(photo *file) {
    set(file, 0xDA, 6, 0x77);
}

static void scan_of_table_3(photo *file) {
    set(file, 0xDA, 6, 0x33);
}

static void twelve_bits(photo *file) {
    set(file, 0xC0, 4, 12);
}

static void arithmetic(photo *file) {
    set(file, 0xC0, 1, 0xC9);
}

static void lossless(photo *file) {
    set(file, 0xC0, 1, 0xC3);
}

static void huge(photo *file) {
    memcpy(file->bytes + find(file, 0xC0, 0) + 5, "\xFF\xFF\xFF\xFF", 4);
}

static const struct {
    const char *what;
    photo_jpeg (*kind)(void);
    void (*change)(photo *);
    lt_status status;
    const char *text;
} damages[] = {
    {"no quantisation table", plain, no_quantisation, LT_IMAGE_FORMAT, "quantisation table"},
    {"no frame", plain, no_frame, LT_IMAGE_FORMAT, "damaged JPEG"},
    {"progressive, first scan missing", progressive, no_first_scan, LT_IMAGE_FORMAT, "scans out of order"},
    {"no scan", plain, no_scan, LT_IMAGE_FORMAT, "a colour is missing"},
    {"too many scans", progressive, many_scans, LT_IMAGE_FORMAT, "too many scans"},
    {"height 0", plain, height_0, LT_IMAGE_FORMAT, "no header height"},
    {"width 0", plain, width_0, LT_IMAGE_FORMAT, "0 width"},
    {"two components", plain, two_components, LT_IMAGE_FORMAT, "component count"},
    {"sampling 0", plain, sampling_0, LT_IMAGE_FORMAT, "bad H"},
    {"sampling 5", plain, sampling_5, LT_IMAGE_FORMAT, "bad H"},
    {"sampling 2 of 3", plain, sampling_2_of_3, LT_IMAGE_UNSUPPORTED, "component 2 is sampled 2x1 of 3x1"},
    {"quantisation table 7", plain, quantisation_7, LT_IMAGE_FORMAT, "bad TQ"},
    {"scan of an unknown component", plain, scan_of_unknown, LT_IMAGE_FORMAT, "bad segment"},
    {"scan with table 7", plain, scan_of_table_7, LT_IMAGE_FORMAT, "bad DC huff"},
    {"scan with a table not defined", plain, scan_of_table_3, LT_IMAGE_FORMAT, "Huffman table"},
    {"12 bits", plain, twelve_bits, LT_IMAGE_UNSUPPORTED, "12 bits a channel"},
    {"arithmetic coding", plain, arithmetic, LT_IMAGE_UNSUPPORTED, "arithmetic-coded JPEG"},
    {"lossless", plain, lossless, LT_IMAGE_UNSUPPORTED, "lossless JPEG"},
    {"65535 x 65535", plain, huge, LT_IMAGE_SIZE, "65535 x 65535 pixels, at most 50000000"},
};

static void damage_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        photo file = written(damages[i].kind());
        damages[i].change(&file);
        img_want want = fit_want(SIDE);
        lt_status status = fit_file(&file, &want);
        if (status != damages[i].status || strstr(fit_error.text, damages[i].text) == NULL)
            fail_msg("%s: %s, \"%s\"", damages[i].what, lt_status_name(status), fit_error.text);
        photo_free(&file);
    }
}

static void a_missing_colour_is_an_error(void **state) {
    (void)state;
    photo_jpeg p = plain();
    p.apart = 1;
    photo file = written(p);
    second_colour_gone(&file);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&file, &want), LT_IMAGE_FORMAT);
    assert_non_null(strstr(fit_error.text, "a colour is missing"));
    photo_free(&file);
}

/* What real files have and what must not disturb: fill bytes, comments, data behind the end marker. */
static void harmless_additions(void **state) {
    (void)state;
    photo whole = written(plain()), file = {0};
    size_t frame = find(&whole, 0xC0, 0);
    photo_add(&file, whole.bytes, frame);
    photo_add(&file, "\xFF\xFF\xFF\xFE\0\x07hello", 11);
    photo_add(&file, whole.bytes + frame, whole.size - frame);
    photo_add(&file, "\0\0 a second picture \xFF\xD8\xFF", 24);
    img_want want = fit_want(SIDE);
    assert_int_equal(fit_file(&whole, &want), LT_OK);
    static uint8_t before[SIDE * SIDE * 3];
    memcpy(before, fit_rgb, sizeof before);
    if (fit_file(&file, &want) != LT_OK) fail_msg("%s", fit_error.text);
    assert_memory_equal(before, fit_rgb, sizeof before);
    photo_free(&whole);
    photo_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_is_right, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(every_sampling_is_right, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(reduced_is_like_whole, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(decodes_inks_reduced, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(damage_is_named, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_missing_colour_is_an_error, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(harmless_additions, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
