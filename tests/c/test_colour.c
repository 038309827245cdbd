/* Photos in other colour spaces come out in sRGB; what is not read of a profile is named. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "photo/colour.h"
#include "photo_icc.h"

enum { SIDE = 32 };

/* ---- the definition, in double ---- */

static const double srgb_primaries[8] = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290};
static const double p3_primaries[8] = {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290};

/* Columns R, G, B of X, Y, Z under D50, as the profiles have them that Apple and others publish. */
static const double adobe_to_d50[3][3] = {
    {0.60974, 0.20528, 0.14919}, {0.31111, 0.62567, 0.06322}, {0.01947, 0.06087, 0.74457}};
static const double srgb_to_d50[3][3] = {
    {0.43607, 0.38515, 0.14307}, {0.22249, 0.71687, 0.06061}, {0.01392, 0.09708, 0.71410}};
static const double d50_to_srgb[3][3] = {
    {3.1339, -1.6169, -0.4906}, {-0.9785, 1.9160, 0.0333}, {0.0720, -0.2290, 1.4057}};

static double from_srgb(double v) {
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double to_srgb(double v) {
    v = v < 0 ? 0 : v > 1 ? 1 : v;
    return v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

static double gamma_18(double v) {
    return pow(v, 1.8);
}

static double gamma_22(double v) {
    return pow(v, 563.0 / 256); /* as Adobe RGB has it */
}

static double linear(double v) {
    return v;
}

/* Stored to wanted, 0..255. */
static void convert(const double to_d50[3][3], double (*curve)(double), const uint16_t *stored, double rgb[3]) {
    double light[3], xyz[3];
    for (int c = 0; c < 3; c++) light[c] = curve(stored[c] / 255.0);
    for (int i = 0; i < 3; i++) xyz[i] = to_d50[i][0] * light[0] + to_d50[i][1] * light[1] + to_d50[i][2] * light[2];
    for (int i = 0; i < 3; i++)
        rgb[i] = 255 * to_srgb(d50_to_srgb[i][0] * xyz[0] + d50_to_srgb[i][1] * xyz[1] + d50_to_srgb[i][2] * xyz[2]);
}

static photo made(const photo_icc *p) {
    photo icc = {0};
    photo_write_icc(&icc, p);
    return icc;
}

/* ---- photos ---- */

/* Skin, from dark to light, and some colours beside it. */
static void colours(uint32_t x, uint32_t y, uint16_t *values) {
    values[0] = (uint16_t)(60 + 6 * x);
    values[1] = (uint16_t)(30 + 5 * x + y);
    values[2] = (uint16_t)(20 + 3 * x + 3 * y);
    values[3] = 255;
}

static photo png_of(uint32_t colour) {
    photo file = {0};
    photo_write_png(&file,
                    &(photo_png){.width = SIDE, .height = SIDE, .depth = 8, .colour = colour, .source = colours});
    return file;
}

static void read(const photo *file) {
    img_want want = fit_want(SIDE);
    if (fit_file(file, &want) != LT_OK) fail_msg("%s", fit_error.text);
}

/* The pixels are those of the space, within so many levels. */
static void check(const char *what, const double to_d50[3][3], double (*curve)(double), double most) {
    if (fit_info.colour != LT_COLOUR_CONVERTED)
        fail_msg("%s: %s, %s", what, lt_colour_name(fit_info.colour), fit_info.profile);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint16_t stored[4];
        double rgb[3];
        colours(i % SIDE, i / SIDE, stored);
        convert(to_d50, curve, stored, rgb);
        for (uint32_t c = 0; c < 3; c++)
            if (fabs(fit_rgb[3 * i + c] - rgb[c]) > most)
                fail_msg("%s: pixel %u, channel %u is %d, not %.2f", what, i, c, fit_rgb[3 * i + c], rgb[c]);
    }
}

/* ---- tests ---- */

static void each_form_of_a_curve(void **state) {
    (void)state;
    static const struct {
        icc_form form;
        double (*curve)(double);
        double power;
    } forms[] = {{ICC_GAMMA, gamma_22, 563.0 / 256}, {ICC_GAMMA, gamma_18, 1.8},
                 {ICC_TABLE, gamma_18, 0},           {ICC_TABLE, from_srgb, 0},
                 {ICC_PARAMETRIC_0, gamma_18, 1.8},  {ICC_PARAMETRIC_1, gamma_22, 563.0 / 256},
                 {ICC_PARAMETRIC_2, gamma_18, 1.8},  {ICC_PARAMETRIC_3, from_srgb, 0},
                 {ICC_PARAMETRIC_4, from_srgb, 0},   {ICC_NO_CURVE, linear, 1}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (int version = 2; version <= 4; version += 2) {
            photo_icc p = photo_icc_p3();
            p.version = version;
            p.to_d50 = i % 2 ? icc_p3_to_d50 : adobe_to_d50;
            p.form = forms[i].form;
            p.curve = forms[i].curve;
            p.power = forms[i].power;
            photo icc = made(&p), file = png_of(2);
            photo_png_add_icc(&file, &icc);
            read(&file);
            check("iCCP", p.to_d50, p.curve, 1.0);
            assert_string_equal(fit_info.profile, "Display P3");
            photo_free(&icc);
            photo_free(&file);
        }
}

static void a_jpeg_with_a_profile(void **state) {
    (void)state;
    photo_icc p = photo_icc_p3();
    photo icc = made(&p);
    for (uint32_t parts = 1; parts <= 5; parts++) {
        photo file = {0};
        photo_write_jpeg(&file, &(photo_jpeg){.width = SIDE,
                                              .height = SIDE,
                                              .components = 3,
                                              .h = 1,
                                              .v = 1,
                                              .quantum = 1,
                                              .adobe = 0, /* stored as RGB */
                                              .source = colours});
        photo_jpeg_add_icc(&file, &icc, parts);
        read(&file);
        check("APP2", icc_p3_to_d50, from_srgb, 2.0);
        if (parts == 3) { /* the second is lost */
            size_t at = 2 + icc.size / 3 + 20;
            while (file.bytes[at] != 0xFF || file.bytes[at + 1] != 0xE2) at++;
            file.bytes[at + 1] = 0xE3;
            read(&file);
            assert_int_equal(fit_info.colour, LT_COLOUR_UNREAD);
            assert_string_equal(fit_info.profile, "damaged profile");
        }
        photo_free(&file);
    }
    photo_free(&icc);
}

static void grey_pictures(void **state) {
    (void)state;
    static const struct {
        const char *space;
        const double (*to_d50)[3];
    } spaces[] = {{"GRAY", NULL}, {"RGB ", icc_p3_to_d50}};
    for (size_t i = 0; i < 2; i++) {
        photo_icc p = photo_icc_p3();
        p.space = spaces[i].space;
        p.to_d50 = spaces[i].to_d50;
        p.form = ICC_GAMMA;
        p.power = 1.8;
        photo icc = made(&p), file = png_of(0);
        photo_png_add_icc(&file, &icc);
        read(&file);
        assert_int_equal(fit_info.colour, LT_COLOUR_CONVERTED);
        for (uint32_t k = 0; k < SIDE * SIDE; k++) {
            uint16_t stored[4];
            colours(k % SIDE, k / SIDE, stored);
            for (uint32_t c = 0; c < 3; c++)
                assert_true(fabs(fit_rgb[3 * k + c] - 255 * to_srgb(gamma_18(stored[0] / 255.0))) <= 1);
        }
        photo_free(&icc);
        photo_free(&file);
    }
}

/* What says sRGB changes nothing, to the bit. */
static void srgb_stays(void **state) {
    (void)state;
    static uint8_t before[SIDE * SIDE * 3];
    photo plain = png_of(2);
    read(&plain);
    assert_int_equal(fit_info.colour, LT_COLOUR_UNSTATED);
    assert_string_equal(fit_info.profile, "");
    memcpy(before, fit_rgb, sizeof before);
    for (int way = 0; way < 5; way++) {
        photo_icc p = photo_icc_p3();
        photo file = png_of(2), icc = {0}, content = {0};
        p.to_d50 = srgb_to_d50;
        p.form = way == 1 ? ICC_TABLE : ICC_PARAMETRIC_3;
        p.curve = from_srgb;
        icc = made(&p);
        if (way < 2) photo_png_add_icc(&file, &icc);
        if (way == 2) photo_add(&content, "\0", 1), photo_png_insert(&file, "sRGB", &content);
        if (way == 3) photo_add(&content, "\1\x0D\0\1", 4), photo_png_insert(&file, "cICP", &content);
        if (way == 4) {
            static const int order[8] = {6, 7, 0, 1, 2, 3, 4, 5};
            for (int i = 0; i < 8; i++) photo_add32(&content, (uint32_t)lround(srgb_primaries[order[i]] * 100000));
            photo_png_insert(&file, "cHRM", &content);
        }
        read(&file);
        if (fit_info.colour != LT_COLOUR_SRGB) fail_msg("%d: %s", way, lt_colour_name(fit_info.colour));
        assert_memory_equal(before, fit_rgb, sizeof before);
        photo_free(&file);
        photo_free(&icc);
        photo_free(&content);
    }
    photo_free(&plain);
}

static void chunks_of_png(void **state) {
    (void)state;
    static const int order[8] = {6, 7, 0, 1, 2, 3, 4, 5};
    photo file = png_of(2), chrm = {0}, gama = {0}, cicp = {0};
    photo_add(&cicp, "\x0C\x0D\0\1", 4);
    photo_png_insert(&file, "cICP", &cicp);
    read(&file);
    check("cICP", icc_p3_to_d50, from_srgb, 1.0);
    assert_string_equal(fit_info.profile, "cICP 12/13");
    photo_free(&file);

    file = png_of(2);
    for (int i = 0; i < 8; i++) photo_add32(&chrm, (uint32_t)lround(p3_primaries[order[i]] * 100000));
    photo_png_insert(&file, "cHRM", &chrm);
    read(&file);
    check("cHRM", icc_p3_to_d50, from_srgb, 1.0);
    photo_add32(&gama, 55556);
    photo_png_insert(&file, "gAMA", &gama);
    read(&file);
    check("cHRM and gAMA", icc_p3_to_d50, gamma_18, 1.0);
    photo_free(&file);

    file = png_of(2);
    photo_png_insert(&file, "gAMA", &gama);
    read(&file);
    check("gAMA", srgb_to_d50, gamma_18, 1.0);
    photo_png_insert(&file, "cICP", &cicp); /* counts before the others */
    read(&file);
    check("cICP", icc_p3_to_d50, from_srgb, 1.0);
    photo_free(&file);
    photo_free(&chrm);
    photo_free(&gama);
    photo_free(&cicp);
}

static void no_matrix(photo_icc *p) {
    p->to_d50 = NULL;
    p->tables = 1;
}

static void nothing(photo_icc *p) {
    p->to_d50 = NULL;
}

static void lab(photo_icc *p) {
    p->pcs = "Lab ";
}

static void inks(photo_icc *p) {
    p->space = "CMYK";
}

static void grey(photo_icc *p) {
    p->space = "GRAY";
}

static void device_link(photo_icc *p) {
    p->kind = "link";
}

static void other_space(photo_icc *p) {
    p->space = "YCbr";
}

static void what_is_not_read_is_named(void **state) {
    (void)state;
    static const struct {
        void (*change)(photo_icc *);
        const char *name;
    } cases[] = {{no_matrix, "by tables: Display P3"},
                 {nothing, "damaged profile: Display P3"},
                 {lab, "by tables: Display P3"},
                 {inks, "CMYK profile: Display P3"},
                 {grey, "profile of other channels: Display P3"},
                 {device_link, "no colour space: Display P3"},
                 {other_space, "neither RGB nor grey: Display P3"}};
    static uint8_t before[SIDE * SIDE * 3];
    photo plain = png_of(2);
    read(&plain);
    memcpy(before, fit_rgb, sizeof before);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        photo_icc p = photo_icc_p3();
        cases[i].change(&p);
        photo icc = made(&p), file = png_of(2);
        photo_png_add_icc(&file, &icc);
        read(&file);
        assert_int_equal(fit_info.colour, LT_COLOUR_UNREAD);
        assert_string_equal(fit_info.profile, cases[i].name);
        assert_memory_equal(before, fit_rgb, sizeof before);
        photo_free(&icc);
        photo_free(&file);
    }
    photo content = {0};
    photo_add(&content, "\x09\x10\0\1", 4); /* BT.2020 with PQ */
    photo_png_insert(&plain, "cICP", &content);
    read(&plain);
    assert_int_equal(fit_info.colour, LT_COLOUR_UNREAD);
    assert_string_equal(fit_info.profile, "cICP 9/16");
    photo_free(&content);
    photo_free(&plain);
}

/* A profile cut anywhere, or with any byte changed, is read or named. */
static void broken_profiles(void **state) {
    (void)state;
    uint32_t random = 99, counts[LT_COLOUR_COUNT] = {0};
    static col_space space;
    for (int round = 0; round < 4000; round++) {
        photo_icc p = photo_icc_p3();
        p.version = round % 2 ? 2 : 4;
        p.form = (icc_form)(round % 8);
        p.curve = gamma_18;
        p.power = 1.8;
        if (round % 5 == 0) p.space = "GRAY";
        photo icc = made(&p);
        for (int k = 0; k < 3; k++) {
            random = random * 1664525u + 1013904223u;
            size_t limit = icc.size < 400 ? icc.size : 400;
            icc.bytes[(random >> 8) % limit] = (uint8_t)(k == 0 ? 0xFF : random >> 3);
        }
        if (round % 7 == 0) icc.size = (random >> 4) % icc.size;
        uint8_t *copy = malloc(icc.size + 1);
        memcpy(copy, icc.bytes, icc.size);
        uint8_t *exact = realloc(copy, icc.size > 0 ? icc.size : 1);
        col_from_icc(exact, icc.size, round % 5 == 0 ? 1 : 3, &space);
        assert_true(memchr(space.name, 0, sizeof space.name) != NULL);
        for (int c = 0; c < 3 && space.kind == LT_COLOUR_CONVERTED; c++)
            for (int v = 0; v < 256; v++) assert_true(space.curves[c][v] >= 0 && space.curves[c][v] <= 1);
        uint8_t rgb[3] = {1, 128, 255};
        col_apply(&space, rgb, 1);
        counts[space.kind]++;
        free(exact);
        photo_free(&icc);
    }
    assert_true(counts[LT_COLOUR_CONVERTED] > 500 && counts[LT_COLOUR_UNREAD] > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_form_of_a_curve, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(a_jpeg_with_a_profile, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(grey_pictures, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(srgb_stays, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(chunks_of_png, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(what_is_not_read_is_named, fit_start, fit_end),
        cmocka_unit_test_setup_teardown(broken_profiles, fit_start, fit_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
