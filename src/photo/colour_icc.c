/* ICC profiles of curves and a matrix: versions 2 and 4, RGB and grey. All else is named and not read. */
#include "colour.h"

#include <string.h>

enum { HEADER = 128, TAG = 12, MOST_TAGS = 200 };

/* A profile, or a tag of it: [size] u8. */
typedef struct span {
    const uint8_t *bytes;
    size_t size;
} span;

static int has(span s, size_t offset, size_t size) {
    return offset <= s.size && size <= s.size - offset;
}

static uint32_t big16(const uint8_t *b) {
    return (uint32_t)(b[0] << 8 | b[1]);
}

static uint32_t big32(const uint8_t *b) {
    return big16(b) << 16 | big16(b + 2);
}

/* Fixed point with 16 bits behind the point. */
static double fixed(const uint8_t *b) {
    return (double)(int32_t)big32(b) / 65536;
}

static int is(const uint8_t *b, const char *name) {
    return memcmp(b, name, 4) == 0;
}

/* A tag of that name; of size 0 where there is none, or it reaches beyond the profile. */
static span find_tag(span p, const char *name) {
    uint32_t count = has(p, HEADER, 4) ? big32(p.bytes + HEADER) : 0;
    for (uint32_t i = 0; i < count && i < MOST_TAGS && has(p, HEADER + 4 + (size_t)i * TAG, TAG); i++) {
        const uint8_t *entry = p.bytes + HEADER + 4 + (size_t)i * TAG;
        size_t offset = big32(entry + 4), size = big32(entry + 8);
        if (!is(entry, name)) continue;
        return has(p, offset, size) ? (span){p.bytes + offset, size} : (span){NULL, 0};
    }
    return (span){NULL, 0};
}

/* ---- its name ---- */

/* One character of Unicode's first 65,536 as UTF-8, where there is room for it. */
static void add_character(char *name, size_t *length, uint32_t c) {
    size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    if (c < 0x20 || c == 0x7F || (c >= 0xD800 && c <= 0xDFFF)) c = '?', size = 1;
    if (*length + size >= LT_PROFILE_NAME) return;
    if (size == 1) name[(*length)++] = (char)c;
    if (size == 2) name[(*length)++] = (char)(0xC0 | c >> 6);
    if (size == 3) {
        name[(*length)++] = (char)(0xE0 | c >> 12);
        name[(*length)++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (size > 1) name[(*length)++] = (char)(0x80 | (c & 0x3F));
    name[*length] = '\0';
}

/* From the tag `desc`: ASCII in version 2, UTF-16 in several languages in version 4, of which the first is taken. */
static void read_name(span p, char name[LT_PROFILE_NAME]) {
    span tag = find_tag(p, "desc");
    size_t length = 0;
    name[0] = '\0';
    if (has(tag, 0, 12) && is(tag.bytes, "desc")) {
        size_t size = big32(tag.bytes + 8);
        for (size_t i = 0; i < size && has(tag, 12 + i, 1) && tag.bytes[12 + i] != 0; i++)
            add_character(name, &length, tag.bytes[12 + i] < 0x80 ? tag.bytes[12 + i] : '?');
    } else if (has(tag, 0, 28) && is(tag.bytes, "mluc")) {
        size_t size = big32(tag.bytes + 20), offset = big32(tag.bytes + 24);
        for (size_t i = 0; i + 2 <= size && has(tag, offset, i + 2); i += 2)
            add_character(name, &length, big16(tag.bytes + offset + i));
    }
}

/* ---- curves ---- */

static double power_or_0(double base, double exponent) {
    return base > 0 ? col_power(base > 4 ? 4 : base, exponent) : 0;
}

static double table_at(const uint8_t *table, uint32_t count, double x) {
    double at = x * (count - 1);
    uint32_t low = (uint32_t)at, high = low + 1 < count ? low + 1 : low;
    double a = big16(table + 2 * (size_t)low), b = big16(table + 2 * (size_t)high);
    return (a + (b - a) * (at - low)) / 65535;
}

/* The function types of a parametric curve: how many parameters, of g a b c d e f. */
static const uint8_t parameter_counts[] = {1, 3, 4, 5, 7};

static double parametric_at(uint32_t type, const double p[7], double x) {
    double g = p[0], a = p[1], b = p[2], c = p[3], d = p[4], e = p[5], f = p[6];
    switch (type) {
    case 0: return power_or_0(x, g);
    case 1: return a * x + b >= 0 ? power_or_0(a * x + b, g) : 0;
    case 2: return (a * x + b >= 0 ? power_or_0(a * x + b, g) : 0) + c;
    case 3: return x >= d ? power_or_0(a * x + b, g) : c * x;
    default: return x >= d ? power_or_0(a * x + b, g) + e : c * x + f;
    }
}

/* 0 where the tag is no curve. */
static int read_curve(span tag, float curve[256]) {
    double p[7] = {1};
    uint32_t count = has(tag, 0, 12) ? big32(tag.bytes + 8) : 0, type = count >> 16;
    if (!has(tag, 0, 12)) return 0;
    int is_table = is(tag.bytes, "curv") && count > 1;
    if (is(tag.bytes, "curv")) {
        if (count > (tag.size - 12) / 2) return 0;
        if (count == 1) p[0] = big16(tag.bytes + 12) / 256.0;
        type = 0;
    } else {
        if (!is(tag.bytes, "para") || type >= sizeof parameter_counts) return 0;
        if (!has(tag, 12, 4 * (size_t)parameter_counts[type])) return 0;
        for (size_t i = 0; i < parameter_counts[type]; i++) p[i] = fixed(tag.bytes + 12 + 4 * i);
    }
    for (int v = 0; v < 256; v++) {
        double x = v / 255.0, y = is_table ? table_at(tag.bytes + 12, count, x) : parametric_at(type, p, x);
        curve[v] = (float)(y < 0 ? 0 : y > 1 ? 1 : y);
    }
    return 1;
}

/* ---- the profile ---- */

static int read_primary(span tag, double out[3]) {
    if (!has(tag, 0, 20) || !is(tag.bytes, "XYZ ")) return 0;
    for (int i = 0; i < 3; i++) out[i] = fixed(tag.bytes + 8 + 4 * (size_t)i);
    return 1;
}

/* What keeps an RGB profile from being read; NULL where nothing does. */
static const char *read_rgb(span p, col_space *space, col_matrix *to_d50) {
    static const char *const primaries[3] = {"rXYZ", "gXYZ", "bXYZ"}, *const curves[3] = {"rTRC", "gTRC", "bTRC"};
    if (find_tag(p, "rXYZ").size == 0) return find_tag(p, "A2B0").size > 0 ? "by tables" : "damaged profile";
    for (size_t c = 0; c < 3; c++) {
        double xyz[3];
        if (!read_primary(find_tag(p, primaries[c]), xyz) || !read_curve(find_tag(p, curves[c]), space->curves[c]))
            return "damaged profile";
        for (int i = 0; i < 3; i++) to_d50->m[i][c] = xyz[i];
    }
    return NULL;
}

static const char *read_grey(span p, col_space *space) {
    if (!read_curve(find_tag(p, "kTRC"), space->curves[0])) return "damaged profile";
    memcpy(space->curves[1], space->curves[0], sizeof space->curves[0]);
    memcpy(space->curves[2], space->curves[0], sizeof space->curves[0]);
    return NULL;
}

/* By the header. */
static const char *check_header(span p, uint32_t channels) {
    static const char *const links[] = {"link", "abst", "nmcl"};
    if (!has(p, 0, HEADER + 4) || !is(p.bytes + 36, "acsp") || big32(p.bytes) > p.size) return "damaged profile";
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (is(p.bytes + 12, links[i])) return "no colour space";
    if (is(p.bytes + 16, "CMYK")) return "CMYK profile";
    int is_grey = is(p.bytes + 16, "GRAY");
    if (!is_grey && !is(p.bytes + 16, "RGB ")) return "neither RGB nor grey";
    if (channels == 4 || (is_grey && channels != 1)) return "profile of other channels";
    return is(p.bytes + 20, "XYZ ") ? NULL : "by tables";
}

void col_from_icc(const uint8_t *profile, size_t size, uint32_t channels, col_space *space) {
    span p = {profile, size};
    col_matrix to_d50 = col_srgb_to_d50;
    *space = (col_space){.kind = LT_COLOUR_UNREAD};
    char name[LT_PROFILE_NAME];
    read_name(p, name);
    const char *wrong = check_header(p, channels);
    if (wrong == NULL) wrong = is(p.bytes + 16, "GRAY") ? read_grey(p, space) : read_rgb(p, space, &to_d50);
    if (wrong != NULL) {
        col_unread(space, name, wrong);
        return;
    }
    memcpy(space->name, name, sizeof name);
    col_finish(space, &to_d50);
}
