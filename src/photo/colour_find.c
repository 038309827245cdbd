/* What a JPEG or PNG says of its colours. */
#include "colour_find.h"

#include <string.h>

#include "inflate.h"

/* A larger profile is by tables, or damaged. */
enum { MOST_PROFILE_BYTES = 1 << 22 };

static uint32_t big32(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* ---- JPEG: APP2 segments, each with its number and how many there are ---- */

/* By ICC.1's annex on embedding: "ICC_PROFILE" and 0, then a byte each for the number, from 1 on, and the count. */
enum { PARTS = 256, PART_NUMBER = 12, PART_COUNT = 13, PART_HEADER = 14 };

typedef struct parts {
    const uint8_t *bytes[PARTS];
    size_t sizes[PARTS];
    uint32_t count; /* 0 where there is no profile */
    int damaged;
} parts;

static void add_part(parts *p, const uint8_t *content, size_t size) {
    if (size < PART_HEADER || memcmp(content, "ICC_PROFILE\0", PART_NUMBER) != 0) return;
    uint32_t number = content[PART_NUMBER], count = content[PART_COUNT];
    if (p->count == 0) p->count = count > 0 ? count : 1;
    if (number < 1 || number > p->count || count != p->count || p->bytes[number] != NULL) {
        p->damaged = 1;
        return;
    }
    p->bytes[number] = content + PART_HEADER;
    p->sizes[number] = size - PART_HEADER;
}

/* All segments before the first scan, as exif.c walks them. */
static void find_parts(const uint8_t *bytes, size_t size, parts *p) {
    enum { APP2 = 0xE2, SCAN = 0xDA, END = 0xD9, MARKER = 2, LENGTH = 2 };
    size_t at = MARKER;
    while (size - at >= MARKER + LENGTH) {
        uint8_t marker = bytes[at + 1];
        if (bytes[at] != 0xFF || marker == 0xFF || marker == 0x00) {
            at++;
            continue;
        }
        if (marker == SCAN || marker == END) return;
        size_t length = (size_t)(bytes[at + 2] << 8 | bytes[at + 3]);
        if (length < LENGTH || length > size - at - MARKER) return;
        if (marker == APP2) add_part(p, bytes + at + MARKER + LENGTH, length - LENGTH);
        at += MARKER + length;
    }
}

static lt_status jpeg_colour(img_scratch *scratch, const uint8_t *bytes, size_t size, uint32_t channels,
                             col_space *space, lt_error *error) {
    parts p = {.count = 0};
    uint64_t total = 0;
    find_parts(bytes, size, &p);
    if (p.count == 0 && !p.damaged) return LT_OK;
    for (uint32_t i = 1; i <= p.count; i++) {
        p.damaged |= p.bytes[i] == NULL;
        total += p.sizes[i];
    }
    if (p.damaged || total > MOST_PROFILE_BYTES) {
        col_unread(space, "", p.damaged ? "damaged profile" : "by tables");
        return LT_OK;
    }
    if (p.count == 1) {
        col_from_icc(p.bytes[1], p.sizes[1], channels, space);
        return LT_OK;
    }
    uint8_t *profile = img_scratch_take(scratch, total), *to = profile;
    if (profile == NULL) return img_no_memory(total, error);
    for (uint32_t i = 1; i <= p.count; i++) {
        memcpy(to, p.bytes[i], p.sizes[i]);
        to += p.sizes[i];
    }
    col_from_icc(profile, (size_t)total, channels, space);
    return LT_OK;
}

/* ---- PNG: chunks before the pixels ---- */

/* The signature; of a chunk the length, the name, and behind the content a checksum. */
enum { SIGNATURE = 8, LENGTH_BYTES = 4, NAME_BYTES = 4, CRC_BYTES = 4, CHUNK = LENGTH_BYTES + NAME_BYTES + CRC_BYTES };

/* What is inflated of a profile; to is NULL while its size is looked for. */
typedef struct unpacking {
    const uint8_t *bytes; /* deflated, given once */
    size_t size;
    uint8_t head[sizeof(uint32_t)], *to;
    size_t room, used;
} unpacking;

static int give_bytes(void *context, const uint8_t **bytes, size_t *size) {
    unpacking *u = context;
    *bytes = u->bytes;
    *size = u->size;
    u->size = 0;
    return *size > 0;
}

static int take_bytes(void *context, const uint8_t *bytes, size_t size) {
    unpacking *u = context;
    size_t part = u->room - u->used < size ? u->room - u->used : size;
    memcpy((u->to != NULL ? u->to : u->head) + u->used, bytes, part);
    u->used += part;
    return u->used < u->room;
}

/* content: a name, 0, the method 0, and the profile deflated. Its first number is its size. */
static lt_status png_profile(img_scratch *scratch, const uint8_t *content, size_t size, uint32_t channels,
                             col_space *space, lt_error *error) {
    const uint8_t *end = memchr(content, 0, size);
    size_t before = end != NULL ? (size_t)(end - content) + 2 : size;
    unpacking u = {.room = sizeof u.head};
    if (before >= size) {
        col_unread(space, "", "damaged profile");
        return LT_OK;
    }
    inflater *f = img_scratch_take(scratch, sizeof *f);
    if (f == NULL) return img_no_memory(sizeof *f, error);
    u.bytes = content + before;
    u.size = size - before;
    (void)inflate_run(f, give_bytes, take_bytes, &u);
    uint32_t wanted = u.used == u.room ? big32(u.head) : 0;
    if (wanted == 0 || wanted > MOST_PROFILE_BYTES) {
        col_unread(space, "", wanted == 0 ? "damaged profile" : "by tables");
        return LT_OK;
    }
    u = (unpacking){.bytes = content + before, .size = size - before, .room = wanted};
    u.to = img_scratch_take(scratch, wanted);
    if (u.to == NULL) return img_no_memory(wanted, error);
    (void)inflate_run(f, give_bytes, take_bytes, &u);
    col_from_icc(u.to, u.used, channels, space);
    return LT_OK;
}

/* Numbers of cHRM, x and y of white, R, G and B, and of gAMA, what the curve's power is the inverse of, are in 100,000ths. */
static void png_numbers(const uint8_t *chrm, const uint8_t *gama, col_space *space) {
    enum { WHITE = 6, UNIT = 100000 };
    double xy[COL_PRIMARIES], gamma = 0;
    memcpy(xy, col_srgb_primaries, sizeof xy);
    for (size_t i = 0; i < COL_PRIMARIES && chrm != NULL; i++)
        xy[(i + WHITE) % COL_PRIMARIES] = big32(chrm + sizeof(uint32_t) * i) / (double)UNIT;
    if (gama != NULL && big32(gama) > 0) gamma = (double)UNIT / big32(gama);
    col_from_primaries(xy, gamma, chrm == NULL ? "gAMA" : gama == NULL ? "cHRM" : "cHRM and gAMA", space);
}

static lt_status png_colour(img_scratch *scratch, const uint8_t *bytes, size_t size, uint32_t channels,
                            col_space *space, lt_error *error) {
    enum { CICP, ICCP, SRGB, CHRM, GAMA, KINDS };
    /* by rank: what comes first here counts */
    static const struct {
        const char *name;
        uint32_t least; /* bytes */
    } kinds[KINDS] = {{"cICP", 4}, {"iCCP", 3}, {"sRGB", 1}, {"cHRM", 32}, {"gAMA", 4}};
    const uint8_t *found[KINDS] = {NULL};
    size_t sizes[KINDS] = {0}, at = SIGNATURE;
    while (size - at >= CHUNK) {
        size_t length = big32(bytes + at);
        const uint8_t *name = bytes + at + LENGTH_BYTES;
        if (memcmp(name, "IDAT", NAME_BYTES) == 0 || length > size - at - CHUNK) break;
        for (int i = 0; i < KINDS; i++)
            if (memcmp(name, kinds[i].name, NAME_BYTES) == 0 && length >= kinds[i].least && found[i] == NULL) {
                found[i] = name + NAME_BYTES;
                sizes[i] = length;
            }
        at += CHUNK + length;
    }
    if (found[CICP] != NULL)
        col_from_codes(found[CICP][0], found[CICP][1], found[CICP][2] == 0 && found[CICP][3] == 1, space);
    else if (found[ICCP] != NULL)
        return png_profile(scratch, found[ICCP], sizes[ICCP], channels, space, error);
    else if (found[SRGB] != NULL)
        col_srgb(space, "sRGB");
    else if (found[CHRM] != NULL || found[GAMA] != NULL)
        png_numbers(found[CHRM], found[GAMA], space);
    return LT_OK;
}

lt_status img_find_colour(img_scratch *scratch, img_job *job, uint32_t channels, lt_error *error) {
    col_unstated(&job->colour);
    if (job->kind == LT_PHOTO_PNG) return png_colour(scratch, job->bytes, job->size, channels, &job->colour, error);
    return jpeg_colour(scratch, job->bytes, job->size, channels, &job->colour, error);
}
