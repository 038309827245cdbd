/*
 * seeds.c - writes what fuzzing starts from: small files that take every way, drawn and not taken from anywhere.
 *
 *     seeds FOLDER    writes FOLDER/TARGET/seed-NUMBER for each target
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "described.h"
#include "fuzz_atlas.h"
#include "fuzz_catalog.h"
#include "photo_dicom.h"
#include "photo_icc.h"
#include "smallatlas.h"
#include "smallkinds.h"
#include "targets.h"

enum { WIDTH = 19, HEIGHT = 17 };

static const char *folder;
static const fuzz_target *target;
static int count;

static void start(const fuzz_target *next) {
    char path[4096];
    target = next;
    count = 0;
    snprintf(path, sizeof path, "%s/%s", folder, target->name);
    mkdir(path, 0777);
}

static void save(const uint8_t *bytes, size_t size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/seed-%d", folder, target->name, count++);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

/* With up to four bytes behind it, since a file's size says how it is looked at. */
static void save_photo(photo *file) {
    photo_add(file, "\0\0\0", (size_t)count % 5);
    save(file->bytes, file->size);
    photo_free(file);
}

static uint32_t drawn_depth = 8; /* of the PNG being written */

static void drawing(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 4; c++)
        values[c] = (uint16_t)((x * (7 + c) + y * y * 3 + 40 * c) & (drawn_depth < 8 ? (1u << drawn_depth) - 1 : 0xFF));
}

static double squared(double v) {
    return v * v;
}

static photo profile(icc_form form, int version, const char *space) {
    photo icc = {0};
    photo_icc p = photo_icc_p3();
    p.form = form;
    p.version = version;
    p.space = space;
    p.curve = squared;
    p.power = 2;
    photo_write_icc(&icc, &p);
    return icc;
}

/* ---- JPEG ---- */

static photo jpeg(uint32_t way) {
    photo file = {0};
    photo_write_jpeg(&file, &(photo_jpeg){.width = WIDTH,
                                          .height = HEIGHT,
                                          .components = way % 8 == 3   ? 1
                                                        : way % 8 == 7 ? 4
                                                                       : 3,
                                          .h = 1 + way % 2,
                                          .v = 1 + way / 2 % 2,
                                          .quantum = 1 + 11 * (way % 3),
                                          .restart = way % 4 == 2 ? 2 : 0,
                                          .apart = way % 8 == 5,
                                          .progressive = way / 8 % 2,
                                          .adobe = way % 8 == 7 ? 2 : -1,
                                          .orientation = way % 9,
                                          .no_tables = way == 6,
                                          .source = drawing});
    return file;
}

static void photos(void) {
    start(&fuzz_photo);
    for (uint32_t way = 0; way < 16; way++) {
        photo file = jpeg(way);
        save_photo(&file);
    }
    for (int cut = 1; cut < 4; cut++) {
        photo file = jpeg(cut == 2 ? 10 : 2); /* the latter with restart markers */
        file.size -= file.size / 8 * (size_t)cut;
        save_photo(&file);
    }
    for (uint32_t parts = 1; parts < 3; parts++) {
        photo icc = profile(ICC_PARAMETRIC_3, 4, "RGB "), file = jpeg(0);
        photo_jpeg_add_icc(&file, &icc, parts);
        photo_free(&icc);
        save_photo(&file);
    }
}

/* ---- PNG ---- */

static photo png(uint32_t way) {
    static const uint8_t colours[8] = {2, 0, 3, 4, 6, 3, 2, 0}, depths[8] = {8, 1, 4, 8, 8, 2, 16, 4};
    static const uint8_t palette[48] = {200, 100, 50}, opacities[2] = {9, 200};
    photo file = {0};
    drawn_depth = depths[way % 8];
    photo_write_png(&file, &(photo_png){.width = WIDTH,
                                        .height = HEIGHT,
                                        .depth = depths[way % 8],
                                        .colour = colours[way % 8],
                                        .interlaced = way / 8 % 2,
                                        .deflate = (photo_deflate)(way % 3),
                                        .palette = palette,
                                        .palette_count = depths[way % 8] == 2 ? 4 : 16,
                                        .transparency = way % 4 < 2 ? NULL : opacities,
                                        .transparency_size = 2,
                                        .orientation = way % 9,
                                        .source = drawing});
    drawn_depth = 8;
    return file;
}

static void pngs(void) {
    static const struct {
        const char *name, *bytes;
        size_t size;
    } chunks[] = {{"sRGB", "\0", 1},
                  {"cICP", "\x0C\x0D\0\1", 4},
                  {"gAMA", "\0\0\xD9\x04", 4},
                  {"cHRM",
                   "\0\0\x7A\x26\0\0\x80\x84\0\1\x09\xA0\0\0\x81\x4C\0\0\x67\x84\0\1\x0D\x88\0\0\x3A\x98\0\0\x17\x70",
                   32}};
    start(&fuzz_png);
    for (uint32_t way = 0; way < 16; way++) {
        photo file = png(way);
        save_photo(&file);
    }
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        photo file = png(0), content = {0};
        photo_add(&content, chunks[i].bytes, chunks[i].size);
        photo_png_insert(&file, chunks[i].name, &content);
        photo_free(&content);
        save_photo(&file);
    }
    photo icc = profile(ICC_GAMMA, 2, "RGB "), file = png(0);
    photo_png_add_icc(&file, &icc);
    photo_free(&icc);
    save_photo(&file);
}

/* What the IDAT chunks of the PNGs hold. */
static void streams(void) {
    start(&fuzz_inflate);
    for (uint32_t way = 0; way < 6; way++) {
        photo file = png(way), stream = {0};
        for (size_t at = 8; at + 12 <= file.size;) {
            const uint8_t *b = file.bytes + at;
            size_t size = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
            if (memcmp(b + 4, "IDAT", 4) == 0) photo_add(&stream, b + 8, size);
            at += 12 + size;
        }
        photo_free(&file);
        save_photo(&stream);
    }
}

/* ---- DICOM, profiles, models ---- */

static void dicoms(void) {
    start(&fuzz_dicom);
    for (int way = 0; way < 12; way++) {
        photo file = {0};
        photo_dicom d = way % 3 ? photo_dicom_native(WIDTH, HEIGHT, drawing) : photo_dicom_jpeg(WIDTH, HEIGHT, drawing);
        if (way % 3 == 0) d.fragments = 1 + way / 3;
        d.implicit = way % 3 == 2;
        if (d.implicit) d.syntax = "1.2.840.10008.1.2";
        d.planar = way == 4 || way == 5;
        d.nested = way >= 6 && !d.implicit;
        d.frames = way % 2 ? "1 " : NULL;
        photo_write_dicom(&file, &d);
        save_photo(&file);
    }
}

static void profiles(void) {
    start(&fuzz_colour);
    for (int form = 0; form < ICC_FORMS; form++)
        for (int version = 2; version <= 4; version += 2) {
            photo file = {0}, icc = profile((icc_form)form, version, form % 3 == 2 ? "GRAY" : "RGB ");
            photo_add(&file, &(uint8_t){(uint8_t)(form % 3 == 2)}, 1);
            photo_add(&file, icc.bytes, icc.size);
            photo_free(&icc);
            save_photo(&file);
        }
    for (uint32_t way = 1; way < 4; way++) {
        photo a = jpeg(way), b = png(way);
        save_photo(&a);
        save_photo(&b);
    }
}

/* A network of one operator, [1, 4, 4, 3] to its output, as small as a file can be. */
typedef struct single {
    int32_t code;         /* BuiltinOperator */
    uint8_t options_type; /* BuiltinOptions, 0 for none */
    const char *layout;
    int32_t options[MK_OPTIONS];
    int32_t output[4]; /* its shape; ends in 0 where the rank is less */
    enum { ALONE, ITSELF, INTEGERS, WEIGHTS } second;
    int32_t operand[4];                 /* shape of the integers or weights */
    int32_t integers[8];
    float scale; /* of the output where it is not that of the input */
    int64_t zero;
} single;

enum { SAME = 0, VALID = 1, CHANNELS = 3, SIDE = 4 };

static const single singles[] = {
    {3, 1, "bwwbww", {SAME, 1, 1, 0, 1, 1}, {1, 4, 4, 2}, WEIGHTS, {2, 1, 1, 3}, {0}, 0.5f, 0},
    {4, 2, "bwwwbww", {SAME, 1, 1, 1, 0, 1, 1}, {1, 4, 4, 3}, WEIGHTS, {1, 3, 3, 3}, {0}, 0.5f, 0},
    {1, 5, "bwwwwb", {VALID, 2, 2, 2, 2, 0}, {1, 2, 2, 3}, ALONE, {0}, {0}, 0, 0},
    {17, 5, "bwwwwb", {SAME, 1, 1, 3, 3, 0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0, 0},
    {34, 22, "", {0}, {1, 6, 6, 3}, INTEGERS, {4, 2}, {0, 0, 1, 1, 1, 1, 0, 0}, 0, 0},
    {40, 27, "b", {1}, {1, 1, 1, 3}, INTEGERS, {2}, {1, 2}, 0.5f, 1},
    {2, 10, "wb", {-1, 0}, {1, 4, 4, 6}, ITSELF, {0}, {0}, 0, 0},
    {0, 11, "b", {0}, {1, 4, 4, 3}, ITSELF, {0}, {0}, 0.5f, 2},
    {18, 21, "b", {0}, {1, 4, 4, 3}, ITSELF, {0}, {0}, 0.5f, 3},
    {19, 0, "", {0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0, 0},
    {21, 0, "", {0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0.5f, -9},
    {14, 0, "", {0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 1.0f / 256, -128},
    {25, 9, "w", {0x3F800000}, {1, 4, 4, 3}, ALONE, {0}, {0}, 1.0f / 256, -128},
    {117, 0, "", {0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0.5f, 5},
    {22, 17, ".", {0}, {1, 48}, INTEGERS, {2}, {1, 48}, 0, 0},
    {9, 8, "bbb", {0, 0, 0}, {1, 2}, WEIGHTS, {2, 48}, {0}, 0.5f, 7},
};

/* Of other people's models. */
static const single foreign[] = {
    {41, 28, "b", {1}, {1, 4, 4, 3}, ITSELF, {0}, {0}, 0.5f, 2},
    {42, 29, "b", {0}, {1, 4, 4, 3}, ITSELF, {0}, {0}, 0.5f, 2},
    {55, 39, "", {0}, {1, 4, 4, 3}, ITSELF, {0}, {0}, 0, 0},
    {76, 0, "", {0}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0.5f, 1},
    {150, 116, "b", {1}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0.5f, 1},
    {98, 75, "w", {0x3E000000}, {1, 4, 4, 3}, ALONE, {0}, {0}, 0.5f, 1},
    {74, 27, "b", {0}, {1, 4, 3}, INTEGERS, {1}, {2}, 0.5f, 1},
    {40, 27, "b", {1}, {1, 4, 4, 1}, INTEGERS, {1}, {-1}, 0.5f, 1},
    {82, 27, "b", {1}, {1, 1, 4, 3}, INTEGERS, {1}, {1}, 0, 0},
    {39, 26, "", {0}, {1, 3, 4, 4}, INTEGERS, {4}, {0, 3, 1, 2}, 0, 0},
    {43, 30, ".", {0}, {4, 4, 3}, ALONE, {0}, {0}, 0, 0},
};

/* Labels of as many values as the first of the networks gives. */
static const char thirty_two[] =
    "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\ns\nt\nu\nv\n";

static uint32_t rank_of(const int32_t dims[4]) {
    uint32_t rank = 0;
    while (rank < 4 && dims[rank] != 0) rank++;
    return rank;
}

static int32_t filled(mk_model *m, int32_t type, const int32_t *dims, uint32_t rank, int32_t value) {
    static int32_t values[256];
    uint32_t elements = 1;
    for (uint32_t i = 0; i < rank; i++) elements *= (uint32_t)dims[i];
    for (uint32_t i = 0; i < 256; i++) values[i] = value;
    int32_t t = mk_tensor_of(m, type, dims, rank);
    mk_fill(m, t, values, type == MK_I8 ? elements : elements * sizeof(int32_t));
    return t;
}

static void add_weights(mk_model *m, const single *s, int is_int8, mk_op *op) {
    int32_t filter = filled(m, is_int8 ? MK_I8 : MK_F32, s->operand, rank_of(s->operand), is_int8 ? 5 : 0x3E800000);
    int32_t bias = filled(m, is_int8 ? MK_I32 : MK_F32, &s->output[rank_of(s->output) - 1], 1, 0);
    if (is_int8) mk_quantise(m, filter, 0.25f, 0), mk_quantise(m, bias, 0.0625f, 0);
    op->inputs[op->input_count++] = filter;
    op->inputs[op->input_count++] = bias;
}

/* A RESHAPE to [1, elements], as the output of a network has to be. */
static int32_t as_list(mk_model *m, int32_t x) {
    const mk_tensor *t = &m->tensors[x];
    int32_t list[2] = {1, 1};
    for (uint32_t i = 0; i < t->rank; i++) list[1] *= t->dims[i];
    int32_t y = mk_tensor_of(m, t->type, list, 2), shape = mk_tensor_of(m, MK_I32, (int32_t[]){2}, 1);
    if (t->scale_count > 0) mk_quantise(m, y, t->scales[0], t->zero_point);
    mk_fill(m, shape, list, sizeof list);
    mk_options(mk_add(m, 22, x, shape, y), 17, ".", (int32_t[]){0});
    return y;
}

/* The network of one operator, not written yet. */
static mk_model *make_single(const single *s, int is_int8) {
    mk_model *m = mk_new();
    const int32_t picture[4] = {1, SIDE, SIDE, CHANNELS};
    int32_t type = is_int8 ? MK_I8 : MK_F32, x = mk_tensor_of(m, type, picture, 4);
    int32_t y = mk_tensor_of(m, type, s->output, rank_of(s->output));
    if (is_int8)
        mk_quantise(m, x, 0.25f, -1), mk_quantise(m, y, s->scale > 0 ? s->scale : 0.25f, s->scale > 0 ? s->zero : -1);
    mk_op *op = mk_add(m, s->code, x, s->second == ITSELF ? x : -1, y);
    if (s->second == WEIGHTS) add_weights(m, s, is_int8, op);
    if (s->second == INTEGERS) {
        int32_t t = mk_tensor_of(m, MK_I32, s->operand, rank_of(s->operand));
        mk_fill(m, t, s->integers,
                (size_t)s->operand[0] * (s->operand[1] ? (size_t)s->operand[1] : 1) * sizeof(int32_t));
        op->inputs[op->input_count++] = t;
    }
    if (s->options_type) mk_options(op, s->options_type, s->layout, s->options);
    m->inputs[m->input_count++] = x;
    m->outputs[m->output_count++] = as_list(m, y);
    return m;
}

static void save_model(mk_model *m) {
    save(m->file.bytes, m->file.size);
    mk_free(m);
}

static void save_single(const single *s, int is_int8) {
    mk_model *m = make_single(s, is_int8);
    mk_write(m);
    save_model(m);
}

/* int8 tensors become uint8 ones, whose zero points are in the middle, so that weights have one too. */
static void save_uint8(const single *s) {
    mk_model *m = make_single(s, 1);
    for (uint32_t i = 0; i < m->tensor_count; i++) {
        mk_tensor *t = &m->tensors[i];
        if (t->type == MK_I8) t->type = MK_U8, t->zero_point = 99;
    }
    mk_write(m);
    save_model(m);
}

/* int8 weights under activations of f32. */
static void save_dynamic(const single *s) {
    mk_model *m = make_single(s, 0);
    mk_tensor *weights = &m->tensors[m->ops[0].inputs[1]];
    weights->type = MK_I8;
    weights->data_size /= sizeof(float);
    mk_quantise(m, m->ops[0].inputs[1], 0.25f, 0);
    mk_write(m);
    save_model(m);
}

/* Weights of float16, dequantised by an operator. */
static void save_half(const single *s) {
    mk_model *m = make_single(s, 0);
    int32_t real = m->ops[0].inputs[1];
    mk_tensor *weights = &m->tensors[real];
    int32_t half = mk_tensor_of(m, MK_F16, weights->dims, weights->rank);
    uint32_t elements = weights->data_size / (uint32_t)sizeof(float);
    mk_fill(m, half, weights->data, 2 * (size_t)elements);
    free(weights->data);
    weights->data = NULL;
    mk_op first = m->ops[0], list = m->ops[1];
    m->op_count = 0;
    mk_add(m, 6, half, -1, real);
    m->ops[m->op_count++] = first;
    m->ops[m->op_count++] = list;
    mk_write(m);
    save_model(m);
}

static void save_described(const described *d) {
    save_model(described_write(make_single(&singles[0], 0), d));
}

static void models(void) {
    mk_model *made[] = {smallnet(1, NULL), smallnet(0, NULL), smallnet_with(1, SMALLNET_FLOAT_LOGITS, "{}", NULL)};
    start(&fuzz_model);
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        save_single(&singles[i], 0);
        save_single(&singles[i], 1);
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        save_single(&foreign[i], 0);
        save_single(&foreign[i], 1);
    }
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        save_uint8(&singles[i]);
        if (singles[i].second != WEIGHTS) continue;
        save_dynamic(&singles[i]);
        save_half(&singles[i]);
    }
    save_described(&(described){.name = "n",
                                .version = "1.2.3",
                                .author = "a",
                                .licence = "l",
                                .mean = {127},
                                .std = {128},
                                .channels = 1,
                                .labels = thirty_two});
    save_described(&(described){.mean = {1, 2, 3}, .std = {4, 5, 6}, .channels = 3, .labels = "a\nb\n"});
    save_described(&(described){.labels = thirty_two, .method = 8});
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        mk_write(made[i]);
        save(made[i]->file.bytes, made[i]->file.size);
        mk_free(made[i]);
    }
}

static void documents(void) {
    static const char *const others[] = {
        "{}", "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},{\"id\":\"e\"}]}",
        "{\"format\":1,\"labels\":[{\"id\":\"a\",\"malignant\":true},{\"id\":\"\\u00e9\\ud83d\\ude00\"},{\"id\":\"c\"},"
        "{\"id\":\"d\"},{\"id\":\"e\"}],\"temperature\":1.5e-1,\"log_prior\":[-1,-2.5,-1e0,-3,-2]}"};
    start(&fuzz_meta);
    save((const uint8_t *)smallkinds_document, strlen(smallkinds_document));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) save((const uint8_t *)others[i], strlen(others[i]));
}

static void atlases(void) {
    uint8_t bytes[SMALLATLAS_MOST];
    start(&fuzz_atlas);
    save(bytes, smallatlas(FUZZ_ATLAS_KEY, FUZZ_ATLAS_CHANNELS, FUZZ_ATLAS_LABELS, FUZZ_ATLAS_KINDS, bytes, NULL));
}

/* A catalogue of one model: what it says of itself and of the model can be exchanged. */
static void save_catalog(const char *head, const char *version, const char *url, const char *more) {
    char text[2048], key[SIG_KEY_TEXT], line[FUZZ_CATALOG_LINE];
    sig_key signer;
    fuzz_catalog_sign(line, &signer);
    sig_key_write(&signer, key);
    int length = snprintf(text, sizeof text,
                          "{%s,\"issued\":\"2026-11-01T00:00:00Z\",\"keys\":[\"%s\"],\"models\":[{\"id\":\"m\","
                          "\"version\":\"%s\",\"sequence\":1,\"sha256\":\"%064d\",\"bytes\":9,\"url\":\"%s\","
                          "\"engine\":\"0.1.0\",\"kinds\":[\"k\"],\"labels\":[\"a\",\"b\"],\"licence\":\"l\","
                          "\"note\":{\"en\":\"n\"}%s}]}",
                          head, key, version, 7, url, more);
    save((const uint8_t *)text, (size_t)length);
}

static void catalogs(void) {
    static const char good[] = "\"format\":2,\"sequence\":3,\"expires\":\"2030-02-28T23:59:59Z\"";
    static const char pem[] =
        "# a key\n-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAO2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBI"
        "oYtZ2ik=\n-----END PUBLIC KEY-----\n";
    char line[FUZZ_CATALOG_LINE], lines[2 * FUZZ_CATALOG_LINE], key[SIG_KEY_TEXT];
    sig_key signer;
    start(&fuzz_catalog);
    save_catalog(good, "2.1.0", "model/m.tflite", "");
    save_catalog(good, "2.1.0-rc.1+5", "m.tflite", ",\"expires\":\"2026-01-31T00:00:00Z\"");
    save_catalog(good, "2.1.0", "m.tflite",
                 ",\"atlas\":{\"url\":\"m.atlas\",\"bytes\":9,\"sha256\":"
                 "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}");
    save_catalog(good, "2.1", "m.tflite", "");
    save_catalog(good, "2.1.0", "../m.tflite", "");
    save_catalog("\"format\":3", "2.1.0", "m.tflite", "");
    save_catalog("\"format\":2,\"sequence\":3,\"expires\":\"2026-02-30T00:00:00Z\"", "2.1.0", "m.tflite", "");
    save_catalog("\"format\":2,\"sequence\":3,\"expires\":\"2026-02-28T00:00:00Z\"", "2.1.0", "m.tflite", "");
    save((const uint8_t *)pem, sizeof pem - 1);
    fuzz_catalog_sign(line, &signer);
    sig_key_write(&signer, key);
    save((const uint8_t *)key, strlen(key));
    save((const uint8_t *)line, strlen(line));
    int length = snprintf(lines, sizeof lines, "%s%s", line, line);
    lines[0] ^= 1; /* of another key, and passed over */
    save((const uint8_t *)lines, (size_t)length);
}

int main(int arguments, char **argument) {
    if (arguments != 2) {
        fprintf(stderr, "usage: seeds FOLDER\n");
        return 2;
    }
    folder = argument[1];
    photos();
    pngs();
    streams();
    dicoms();
    profiles();
    models();
    documents();
    atlases();
    catalogs();
    return 0;
}
