#include "photo_icc.h"

#include <math.h>
#include <string.h>

enum { HEADER = 128, PNG_HEADER = 33 };

const double icc_p3_to_d50[3][3] = {
    {0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}};

static void add_name(photo *p, const char *name) {
    photo_add(p, name, 4);
}

static void add_fixed(photo *p, double value) {
    photo_add32(p, (uint32_t)(int32_t)lround(value * 65536));
}

static void add_parametric(photo *tag, uint32_t type, const double *values, int count) {
    add_name(tag, "para");
    photo_add32(tag, 0);
    photo_add16(tag, type);
    photo_add16(tag, 0);
    for (int i = 0; i < count; i++) add_fixed(tag, values[i]);
}

/* `curve` in that form; those of one power are gamma. */
static photo make_curve(icc_form form, double (*curve)(double), double power) {
    photo tag = {0};
    static const double srgb[7] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0, 0};
    const double plain[5] = {power, 1, 0, 0, 0};
    if (form == ICC_GAMMA || form == ICC_TABLE || form == ICC_NO_CURVE) {
        uint32_t count = form == ICC_GAMMA ? 1 : form == ICC_TABLE ? 1024 : 0;
        add_name(&tag, "curv");
        photo_add32(&tag, 0);
        photo_add32(&tag, count);
        if (form == ICC_GAMMA) photo_add16(&tag, (uint32_t)lround(power * 256));
        for (uint32_t i = 0; form == ICC_TABLE && i < count; i++)
            photo_add16(&tag, (uint32_t)lround(65535 * curve(i / (count - 1.0))));
    } else if (form == ICC_PARAMETRIC_0) {
        add_parametric(&tag, 0, plain, 1);
    } else if (form == ICC_PARAMETRIC_1) {
        add_parametric(&tag, 1, plain, 3);
    } else if (form == ICC_PARAMETRIC_2) {
        add_parametric(&tag, 2, plain, 4);
    } else {
        add_parametric(&tag, form == ICC_PARAMETRIC_3 ? 3 : 4, srgb, form == ICC_PARAMETRIC_3 ? 5 : 7);
    }
    return tag;
}

static void add_tag(photo *table, photo *data, uint32_t base, const char *name, const photo *content) {
    while (data->size % 4 != 0) photo_add(data, "", 1);
    add_name(table, name);
    photo_add32(table, base + (uint32_t)data->size);
    photo_add32(table, (uint32_t)content->size);
    photo_add(data, content->bytes, content->size);
}

static photo make_name(const photo_icc *p) {
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

void photo_write_icc(photo *file, const photo_icc *p) {
    size_t start = file->size;
    int is_grey = strcmp(p->space, "GRAY") == 0;
    uint32_t tags = is_grey ? 2 : p->to_d50 != NULL ? 7 : 1;
    if (p->tables) tags++;
    uint32_t base = HEADER + 4 + 12 * tags;
    photo table = {0}, data = {0}, name = make_name(p), curve = make_curve(p->form, p->curve, p->power);
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

    photo_add32(file, base + (uint32_t)data.size);
    add_name(file, "test");
    photo_add32(file, (uint32_t)p->version << 24);
    add_name(file, p->kind);
    add_name(file, p->space);
    add_name(file, p->pcs);
    for (int i = 0; i < 3; i++) photo_add32(file, 0);
    add_name(file, "acsp");
    while (file->size < start + HEADER) photo_add(file, "", 1);
    photo_add32(file, tags);
    photo_add(file, table.bytes, table.size);
    photo_add(file, data.bytes, data.size);
    photo_free(&table);
    photo_free(&data);
    photo_free(&name);
    photo_free(&curve);
}

photo_icc photo_icc_p3(void) {
    return (photo_icc){.version = 4,
                       .space = "RGB ",
                       .pcs = "XYZ ",
                       .kind = "mntr",
                       .name = "Display P3",
                       .to_d50 = icc_p3_to_d50,
                       .form = ICC_PARAMETRIC_3};
}

/* ---- photos that carry one ---- */

void photo_insert(photo *file, size_t at, const photo *part) {
    photo out = {0};
    photo_add(&out, file->bytes, at);
    photo_add(&out, part->bytes, part->size);
    photo_add(&out, file->bytes + at, file->size - at);
    photo_free(file);
    *file = out;
}

void photo_png_insert(photo *file, const char *name, const photo *content) {
    photo chunk = {0};
    photo_png_chunk(&chunk, name, content->bytes, (uint32_t)content->size);
    photo_insert(file, PNG_HEADER, &chunk);
    photo_free(&chunk);
}

void photo_png_add_icc(photo *file, const photo *icc) {
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
    photo_png_insert(file, "iCCP", &content);
    photo_free(&content);
}

void photo_jpeg_add_icc(photo *file, const photo *icc, uint32_t parts) {
    size_t each = (icc->size + parts - 1) / parts;
    for (uint32_t i = 0; i < parts; i++) {
        photo segment = {0};
        size_t from = i * each, size = icc->size - from < each ? icc->size - from : each;
        photo_add16(&segment, 0xFFE2);
        photo_add16(&segment, (uint32_t)size + 16);
        photo_add(&segment, "ICC_PROFILE", 12);
        photo_add(&segment, (uint8_t[]){(uint8_t)(i + 1), (uint8_t)parts}, 2);
        photo_add(&segment, icc->bytes + from, size);
        photo_insert(file, 2, &segment);
        photo_free(&segment);
    }
}
