/* Photos in other colour spaces come out in sRGB; what is not read of a profile is named. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "fit.h"

enum { SIDE = 32 };

/* ---- the definition, in double ---- */

static const double srgb_primaries[8] = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290};
static const double p3_primaries[8] = {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290};

/* Columns R, G, B of X, Y, Z under D50, as the profiles have them that Apple and others publish. */
static const double p3_to_d50[3][3] = {
    {0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}};
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

/* ---- profiles ---- */

static void add_name(photo *p, const char *name) {
    photo_add(p, name, 4);
}

static void add_fixed(photo *p, double value) {
    photo_add32(p, (uint32_t)(int32_t)lround(value * 65536));
}

/* The ways to write a curve. */
typedef enum curve_form {
    GAMMA,
    TABLE,
    PARAMETRIC_0,
    PARAMETRIC_1,
    PARAMETRIC_2,
    PARAMETRIC_3,
    PARAMETRIC_4,
    NO_CURVE
} curve_form;

static void add_parametric(photo *tag, uint32_t type, const double *values, int count) {
    add_name(tag, "para");
    photo_add32(tag, 0);
    photo_add16(tag, type);
    photo_add16(tag, 0);
    for (int i = 0; i < count; i++) add_fixed(tag, values[i]);
}

/* `curve` in that form; those of one power are gamma. */
static photo make_curve(curve_form form, double (*curve)(double), double power) {
    photo tag = {0};
    static const double srgb[7] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0, 0};
    const double plain[5] = {power, 1, 0, 0, 0};
    if (form == GAMMA || form == TABLE || form == NO_CURVE) {
        uint32_t count = form == GAMMA ? 1 : form == TABLE ? 1024 : 0;
        add_name(&tag, "curv");
        photo_add32(&tag, 0);
        photo_add32(&tag, count);
        if (form == GAMMA) photo_add16(&tag, (uint32_t)lround(power * 256));
        for (uint32_t i = 0; form == TABLE && i < count; i++)
            photo_add16(&tag, (uint32_t)lround(65535 * curve(i / (count - 1.0))));
    } else if (form == PARAMETRIC_0) {
        add_parametric(&tag, 0, plain, 1);
    } else if (form == PARAMETRIC_1) {
        add_parametric(&tag, 1, plain, 3);
    } else if (form == PARAMETRIC_2) {
        add_parametric(&tag, 2, plain, 4);
    } else {
        add_parametric(&tag, form == PARAMETRIC_3 ? 3 : 4, srgb, form == PARAMETRIC_3 ? 5 : 7);
    }
    return tag;
}

typedef struct profile {
    int version; /* 2 or 4 */
    const char *space, *pcs, *kind, *name;
    const double (*to_d50)[3]; /* NULL: no matrix */
    curve_form form;
    double (*curve)(double);
    double power;
    int tables; /* has A2B0 */
} profile;

static void add_tag(photo *table, photo *data, uint32_t base, const char *name, const photo *content) {
    while (data->size % 4 != 0) photo_add(data, "", 1);
    add_name(table, name);
    photo_add32(table, base + (uint32_t)data->size);
    photo_add32(table, (uint32_t)content->size);
    photo_add(data, content->bytes, content->size);
}

static photo make_name(const profile *p) {
    photo tag = {0};
    size_t length = strlen(p->name);
    if (p->version == 2) {
        add_name(&tag, "desc");
        photo_add32(&tag, 0);
        photo_add32(&tag, (uint32_t)length + 1);
        photo_add(&tag, p->name, length + 1);
        return tag;
    }
    add_name(&tag, "mluc");
    photo_add32(&tag, 0);
    photo_add32(&tag, 1);
    photo_add32(&tag, 12);
    photo_add(&tag, "enUS", 4);
    photo_add32(&tag, 2 * (uint32_t)length);
    photo_add32(&tag, 28);
    for (size_t i = 0; i < length; i++) photo_add16(&tag, (uint8_t)p->name[i]);
    return tag;
}

static photo make_profile(const profile *p) {
    int is_grey = strcmp(p->space, "GRAY") == 0;
    uint32_t tags = (is_grey ? 2u : p->to_d50 != NULL ? 7u : 1u) + (uint32_t)(p->tables != 0), base = 132 + 12 * tags;
    photo table = {0}, data = {0}, out = {0}, name = make_name(p), curve = make_curve(p->form, p->curve, p->power);
    add_tag(&table, &data, base, "desc", &name);
    for (int c = 0; c < 3 && p->to_d50 != NULL && !is_grey; c++) {
        static const char *const primaries[3] = {"rXYZ", "gXYZ", "bXYZ"}, *const curves[3] = {"rTRC", "gTRC", "bTRC"};
        photo xyz = {0};
        add_name(&xyz, "XYZ ");
        photo_add32(&xyz, 0);
        for (int i = 0; i < 3; i++) add_fixed(&xyz, p->to_d50[i][c]);
        add_tag(&table, &data, base, primaries[c], &xyz);
        add_tag(&table, &data, base, curves[c], &curve);
        photo_free(&xyz);
    }
    if (is_grey) add_tag(&table, &data, base, "kTRC", &curve);
    if (p->tables) add_tag(&table, &data, base, "A2B0", &name);

    photo_add32(&out, base + (uint32_t)data.size);
    add_name(&out, "test");
    photo_add32(&out, (uint32_t)p->version << 24);
    add_name(&out, p->kind);
    add_name(&out, p->space);
    add_name(&out, p->pcs);
    for (int i = 0; i < 3; i++) photo_add32(&out, 0);
    add_name(&out, "acsp");
    while (out.size < 128) photo_add(&out, "", 1);
    photo_add32(&out, tags);
    photo_add(&out, table.bytes, table.size);
    photo_add(&out, data.bytes, data.size);
    photo_free(&table);
    photo_free(&data);
    photo_free(&name);
    photo_free(&curve);
    return out;
}

static profile p3(void) {
    return (profile){4, "RGB ", "XYZ ", "mntr", "Display P3", p3_to_d50, PARAMETRIC_3, from_srgb, 0, 0};
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

static void insert(photo *file, size_t at, const photo *part) {
    photo out = {0};
    photo_add(&out, file->bytes, at);
    photo_add(&out, part->bytes, part->size);
    photo_add(&out, file->bytes + at, file->size - at);
    photo_free(file);
    *file = out;
}

/* A chunk behind the header of a PNG. */
static void add_chunk(photo *file, const char *name, const photo *content) {
    photo chunk = {0};
    photo_png_chunk(&chunk, name, content->bytes, (uint32_t)content->size);
    insert(file, 33, &chunk);
    photo_free(&chunk);
}

static void add_to_png(photo *file, const photo *icc) {
    photo content = {0};
    uint32_t a = 1, b = 0;
    photo_add(&content, "a name\0\0\x78\x01", 10);
    for (size_t at = 0; at < icc->size; at += 5000) { /* stored */
        uint32_t part = icc->size - at < 5000 ? (uint32_t)(icc->size - at) : 5000;
        uint8_t head[5] = {at + part == icc->size, (uint8_t)part, (uint8_t)(part >> 8), (uint8_t)~part,
                           (uint8_t)(~part >> 8)};
        photo_add(&content, head, 5);
        photo_add(&content, icc->bytes + at, part);
    }
    for (size_t i = 0; i < icc->size; i++) a = (a + icc->bytes[i]) % 65521, b = (b + a) % 65521;
    photo_add32(&content, b << 16 | a);
    add_chunk(file, "iCCP", &content);
    photo_free(&content);
}

/* In so many APP2 segments, the last one first, so that their numbers count. */
static void add_to_jpeg(photo *file, const photo *icc, uint32_t parts) {
    size_t each = (icc->size + parts - 1) / parts;
    for (uint32_t i = 0; i < parts; i++) {
        photo segment = {0};
        size_t from = i * each, size = icc->size - from < each ? icc->size - from : each;
        photo_add16(&segment, 0xFFE2);
        photo_add16(&segment, (uint32_t)size + 16);
        photo_add(&segment, "ICC_PROFILE", 12);
        photo_add(&segment, (uint8_t[]){(uint8_t)(i + 1), (uint8_t)parts}, 2);
        photo_add(&segment, icc->bytes + from, size);
        insert(file, 2, &segment);
        photo_free(&segment);
    }
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
        curve_form form;
        double (*curve)(double);
        double power;
    } forms[] = {{GAMMA, gamma_22, 563.0 / 256}, {GAMMA, gamma_18, 1.8},        {TABLE, gamma_18, 0},
                 {TABLE, from_srgb, 0},          {PARAMETRIC_0, gamma_18, 1.8}, {PARAMETRIC_1, gamma_22, 563.0 / 256},
                 {PARAMETRIC_2, gamma_18, 1.8},  {PARAMETRIC_3, from_srgb, 0},  {PARAMETRIC_4, from_srgb, 0},
                 {NO_CURVE, linear, 1}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (int version = 2; version <= 4; version += 2) {
            profile p = p3();
            p.version = version;
            p.to_d50 = i % 2 ? p3_to_d50 : adobe_to_d50;
            p.form = forms[i].form;
            p.curve = forms[i].curve;
            p.power = forms[i].power;
            photo icc = make_profile(&p), file = png_of(2);
            add_to_png(&file, &icc);
            read(&file);
            check("iCCP", p.to_d50, p.curve, 1.0);
            assert_string_equal(fit_info.profile, "Display P3");
            photo_free(&icc);
            photo_free(&file);
        }
}

static void a_jpeg_with_a_profile(void **state) {
    (void)state;
    profile p = p3();
    photo icc = make_profile(&p);
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
        add_to_jpeg(&file, &icc, parts);
        read(&file);
        check("APP2", p3_to_d50, from_srgb, 2.0);
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
    } spaces[] = {{"GRAY", NULL}, {"RGB ", p3_to_d50}};
    for (size_t i = 0; i < 2; i++) {
        profile p = p3();
        p.space = spaces[i].space;
        p.to_d50 = spaces[i].to_d50;
        p.form = GAMMA;
        p.power = 1.8;
        photo icc = make_profile(&p), file = png_of(0);
        add_to_png(&file, &icc);
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
        profile p = p3();
        photo file = png_of(2), icc = {0}, content = {0};
        p.to_d50 = srgb_to_d50;
        p.form = way == 1 ? TABLE : PARAMETRIC_3;
        icc = make_profile(&p);
        if (way < 2) add_to_png(&file, &icc);
        if (way == 2) photo_add(&content, "\0", 1), add_chunk(&file, "sRGB", &content);
        if (way == 3) photo_add(&content, "\1\x0D\0\1", 4), add_chunk(&file, "cICP", &content);
        if (way == 4) {
            static const int order[8] = {6, 7, 0, 1, 2, 3, 4, 5};
            for (int i = 0; i < 8; i++) photo_add32(&content, (uint32_t)lround(srgb_primaries[order[i]] * 100000));
            add_chunk(&file, "cHRM", &content);
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
    add_chunk(&file, "cICP", &cicp);
    read(&file);
    check("cICP", p3_to_d50, from_srgb, 1.0);
    assert_string_equal(fit_info.profile, "cICP 12/13");
    photo_free(&file);

    file = png_of(2);
    for (int i = 0; i < 8; i++) photo_add32(&chrm, (uint32_t)lround(p3_primaries[order[i]] * 100000));
    add_chunk(&file, "cHRM", &chrm);
    read(&file);
    check("cHRM", p3_to_d50, from_srgb, 1.0);
    photo_add32(&gama, 55556);
    add_chunk(&file, "gAMA", &gama);
    read(&file);
    check("cHRM and gAMA", p3_to_d50, gamma_18, 1.0);
    photo_free(&file);

    file = png_of(2);
    add_chunk(&file, "gAMA", &gama);
    read(&file);
    check("gAMA", srgb_to_d50, gamma_18, 1.0);
    add_chunk(&file, "cICP", &cicp); /* counts before the others */
    read(&file);
    check("cICP", p3_to_d50, from_srgb, 1.0);
    photo_free(&file);
    photo_free(&chrm);
    photo_free(&gama);
    photo_free(&cicp);
}

static void no_matrix(profile *p) {
    p->to_d50 = NULL;
    p->tables = 1;
}

static void nothing(profile *p) {
    p->to_d50 = NULL;
}

static void lab(profile *p) {
    p->pcs = "Lab ";
}

static void inks(profile *p) {
    p->space = "CMYK";
}

static void grey(profile *p) {
    p->space = "GRAY";
}

static void device_link(profile *p) {
    p->kind = "link";
}

static void other_space(profile *p) {
    p->space = "YCbr";
}

static void what_is_not_read_is_named(void **state) {
    (void)state;
    static const struct {
        void (*change)(profile *);
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
        profile p = p3();
        cases[i].change(&p);
        photo icc = make_profile(&p), file = png_of(2);
        add_to_png(&file, &icc);
        read(&file);
        assert_int_equal(fit_info.colour, LT_COLOUR_UNREAD);
        assert_string_equal(fit_info.profile, cases[i].name);
        assert_memory_equal(before, fit_rgb, sizeof before);
        photo_free(&icc);
        photo_free(&file);
    }
    photo content = {0};
    photo_add(&content, "\x09\x10\0\1", 4); /* BT.2020 with PQ */
    add_chunk(&plain, "cICP", &content);
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
        profile p = p3();
        p.version = round % 2 ? 2 : 4;
        p.form = (curve_form)(round % 8);
        p.curve = gamma_18;
        p.power = 1.8;
        if (round % 5 == 0) p.space = "GRAY";
        photo icc = make_profile(&p);
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
