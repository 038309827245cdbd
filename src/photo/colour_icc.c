/*
 * ICC profiles of curves and a matrix: versions 2 and 4, RGB and grey. All else is named and not read. Places and numbers are
 * those of ICC.1 (ISO 15076-1): profile header, tag table, and the types of tags by their signatures.
 */
#include "colour.h"

#include <string.h>

enum {
    NAME = 4, /* bytes of a signature: of a tag, a type, a colour space */
    WORD = 4,
    /* header: its size, and where what stands in it */
    HEADER = 128,
    CLASS_AT = 12,
    SPACE_AT = 16,
    CONNECTION_AT = 20, /* the profile connection space */
    MAGIC_AT = 36,
    /* table of tags: how many, then of each signature, offset and size */
    TAGS_AT = HEADER + WORD,
    TAG = 12,
    TAG_OFFSET_AT = 4,
    TAG_SIZE_AT = 8,
    MOST_TAGS = 200, /* that are looked at; profiles have about 20 */
    /* a tag: its type and 4 bytes of zeros come before what it says */
    TYPE = 8,
    COUNTED = TYPE + WORD, /* bytes of a tag up to behind a first number */
    /* mluc: how many names, bytes of a record, and in the first record language, country, length and offset */
    MLUC_LENGTH_AT = 20,
    MLUC_OFFSET_AT = 24,
    MLUC = 28,
    ASCII_END = 0x80,
    VALUES = 256, /* of a channel */
    COLOURS = 3
};

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
    return (double)(int32_t)big32(b) / (1 << 16);
}

static int is(const uint8_t *b, const char *name) {
    return memcmp(b, name, NAME) == 0;
}

/* A tag of that name; of size 0 where there is none, or it reaches beyond the profile. */
static span find_tag(span p, const char *name) {
    uint32_t count = has(p, HEADER, WORD) ? big32(p.bytes + HEADER) : 0;
    for (uint32_t i = 0; i < count && i < MOST_TAGS && has(p, TAGS_AT + (size_t)i * TAG, TAG); i++) {
        const uint8_t *entry = p.bytes + TAGS_AT + (size_t)i * TAG;
        size_t offset = big32(entry + TAG_OFFSET_AT), size = big32(entry + TAG_SIZE_AT);
        if (!is(entry, name)) continue;
        return has(p, offset, size) ? (span){p.bytes + offset, size} : (span){NULL, 0};
    }
    return (span){NULL, 0};
}

/* ---- its name ---- */

/* One character of Unicode's first 65,536 as UTF-8 (RFC 3629), where there is room for it; control characters and halves of
 * others become a question mark. */
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
    if (has(tag, 0, COUNTED) && is(tag.bytes, "desc")) {
        size_t size = big32(tag.bytes + TYPE);
        const uint8_t *text = tag.bytes + COUNTED;
        for (size_t i = 0; i < size && has(tag, COUNTED + i, 1) && text[i] != 0; i++)
            add_character(name, &length, text[i] < ASCII_END ? text[i] : '?');
    } else if (has(tag, 0, MLUC) && is(tag.bytes, "mluc")) {
        size_t size = big32(tag.bytes + MLUC_LENGTH_AT), offset = big32(tag.bytes + MLUC_OFFSET_AT);
        for (size_t i = 0; i + 2 <= size && has(tag, offset, i + 2); i += 2)
            add_character(name, &length, big16(tag.bytes + offset + i));
    }
}

/* ---- curves ---- */

/* col_power takes no more than 4, which is far beyond the light of any value. */
static double power_or_0(double base, double exponent) {
    const double most = 4;
    return base > 0 ? col_power(base > most ? most : base, exponent) : 0;
}

static double table_at(const uint8_t *table, uint32_t count, double x) {
    double at = x * (count - 1);
    uint32_t low = (uint32_t)at, high = low + 1 < count ? low + 1 : low;
    double a = big16(table + 2 * (size_t)low), b = big16(table + 2 * (size_t)high);
    return (a + (b - a) * (at - low)) / UINT16_MAX;
}

/* The function types of a parametric curve (`para`): how many parameters, of g a b c d e f. */
enum { PARAMETERS = 7 };
static const uint8_t parameter_counts[] = {1, 3, 4, 5, PARAMETERS};

static double parametric_at(uint32_t type, const double p[PARAMETERS], double x) {
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
static int read_curve(span tag, float curve[VALUES]) {
    double p[PARAMETERS] = {1};
    uint32_t count = has(tag, 0, COUNTED) ? big32(tag.bytes + TYPE) : 0,
             type = count >> 16; /* of `curv`, and of `para` */
    if (!has(tag, 0, COUNTED)) return 0;
    const uint8_t *numbers = tag.bytes + COUNTED;
    int is_table = is(tag.bytes, "curv") && count > 1;
    if (is(tag.bytes, "curv")) {
        if (count > (tag.size - COUNTED) / 2) return 0;
        if (count == 1) p[0] = big16(numbers) / (double)(1 << 8); /* fixed point, 8 bits behind it */
        type = 0;
    } else {
        if (!is(tag.bytes, "para") || type >= sizeof parameter_counts) return 0;
        if (!has(tag, COUNTED, WORD * (size_t)parameter_counts[type])) return 0;
        for (size_t i = 0; i < parameter_counts[type]; i++) p[i] = fixed(numbers + WORD * i);
    }
    for (int v = 0; v < VALUES; v++) {
        double x = v / (double)UINT8_MAX, y = is_table ? table_at(numbers, count, x) : parametric_at(type, p, x);
        curve[v] = (float)(y < 0 ? 0 : y > 1 ? 1 : y);
    }
    return 1;
}

/* ---- the profile ---- */

static int read_primary(span tag, double out[COLOURS]) {
    if (!has(tag, TYPE, COLOURS * WORD) || !is(tag.bytes, "XYZ ")) return 0;
    for (size_t i = 0; i < COLOURS; i++) out[i] = fixed(tag.bytes + TYPE + WORD * i);
    return 1;
}

/* What keeps an RGB profile from being read; NULL where nothing does. */
static const char *read_rgb(span p, col_space *space, col_matrix *to_d50) {
    static const char *const primaries[COLOURS] = {"rXYZ", "gXYZ", "bXYZ"};
    static const char *const curves[COLOURS] = {"rTRC", "gTRC", "bTRC"};
    if (find_tag(p, "rXYZ").size == 0) return find_tag(p, "A2B0").size > 0 ? "by tables" : "damaged profile";
    for (size_t c = 0; c < COLOURS; c++) {
        double xyz[COLOURS];
        if (!read_primary(find_tag(p, primaries[c]), xyz) || !read_curve(find_tag(p, curves[c]), space->curves[c]))
            return "damaged profile";
        for (int i = 0; i < COLOURS; i++) to_d50->m[i][c] = xyz[i];
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
    if (!has(p, 0, TAGS_AT) || !is(p.bytes + MAGIC_AT, "acsp") || big32(p.bytes) > p.size) return "damaged profile";
    const uint8_t *space = p.bytes + SPACE_AT;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (is(p.bytes + CLASS_AT, links[i])) return "no colour space";
    if (is(space, "CMYK")) return "CMYK profile";
    int is_grey = is(space, "GRAY");
    if (!is_grey && !is(space, "RGB ")) return "neither RGB nor grey";
    if (channels > COLOURS || (is_grey && channels != 1)) return "profile of other channels";
    return is(p.bytes + CONNECTION_AT, "XYZ ") ? NULL : "by tables";
}

void col_from_icc(const uint8_t *profile, size_t size, uint32_t channels, col_space *space) {
    span p = {profile, size};
    col_matrix to_d50 = col_srgb_to_d50;
    *space = (col_space){.kind = LT_COLOUR_UNREAD};
    char name[LT_PROFILE_NAME];
    read_name(p, name);
    const char *wrong = check_header(p, channels);
    if (wrong == NULL) wrong = is(p.bytes + SPACE_AT, "GRAY") ? read_grey(p, space) : read_rgb(p, space, &to_d50);
    if (wrong != NULL) {
        col_unread(space, name, wrong);
        return;
    }
    memcpy(space->name, name, sizeof name);
    col_finish(space, &to_d50);
}
