/*
 * PNG of every kind: 1 to 16 bits, grey, colour, palette, alpha or a transparent colour, interlaced. Of an
 * animated one the picture that plain PNG readers show.
 *
 * The chunks are read here; stb_image inflates and unfilters. So every length is checked against the file, the
 * inflated data can be no larger than the header says, and damage is seen by the checksums.
 */
#include "image_parts.h"

#include <string.h>

/* stb_image's allocator macros have no context. The scratch of the photo at work is kept here for them, one
 * for each thread, set before and cleared after the one call that allocates: two engines never meet in it. */
static _Thread_local img_scratch *current;

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_ASSERT(x)    ((void)0)
#define STBI_MALLOC(size) img_scratch_take(current, size)
/* Nothing is made larger: the inflated data's size is known. Nothing is freed singly. */
#define STBI_REALLOC(memory, size) ((void)(memory), (void)(size), NULL)
#define STBI_FREE(memory)          ((void)(memory))
/* It declares more than these settings define, which the compiler notices at the end of the file. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>

enum {
    COLOUR_GREY = 0,
    COLOUR_RGB = 2,
    COLOUR_PALETTE = 3,
    COLOUR_GREY_ALPHA = 4,
    COLOUR_RGBA = 6,
    HEADER_BYTES = 13,
    PALETTE_SIZE = 256,
    /* The longest step of the inflater writes at most this much, so that a stream that is stopped for being too
     * long has filled everything before. */
    INFLATE_SLACK = 65536
};

typedef struct png {
    const uint8_t *bytes;
    size_t size;
    uint32_t width, height, depth, colour, interlaced;
    uint32_t channels;                /* as stored: 1 for a palette */
    uint8_t palette[PALETTE_SIZE][3]; /* over white; black where the file has no entry */
    uint32_t palette_count;
    int has_key;     /* one colour is transparent */
    uint16_t key[3]; /* that colour, as stored */
    uint64_t data_bytes;
    uint32_t crc[256];
} png;

/* One chunk; content: [size] u8 in the file. */
typedef struct chunk {
    char name[5];
    const uint8_t *content;
    uint32_t size;
} chunk;

static lt_status damaged(lt_error *error, const char *what) {
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: damaged PNG (%s)", what);
}

static uint32_t big32(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* ---- chunks ---- */

static void make_crc_table(uint32_t table[256]) {
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t c = n;
        for (int bit = 0; bit < 8; bit++) c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
        table[n] = c;
    }
}

static uint32_t checksum(const uint32_t table[256], const uint8_t *bytes, size_t size) {
    uint32_t c = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) c = table[(c ^ bytes[i]) & 0xFF] ^ c >> 8;
    return ~c;
}

/* The chunk at *at, which moves to the next one. A small first letter of the name means it may be passed over. */
static lt_status next_chunk(const png *p, size_t *at, chunk *c, lt_error *error) {
    enum { AROUND = 12 }; /* length, name, checksum */
    if (p->size - *at < AROUND) return damaged(error, "the file ends early");
    const uint8_t *b = p->bytes + *at;
    c->size = big32(b);
    c->content = b + 8;
    memcpy(c->name, b + 4, 4);
    c->name[4] = '\0';
    if (c->size > p->size - *at - AROUND) return damaged(error, "the file ends early");
    int critical = (c->name[0] & 0x20) == 0 || strcmp(c->name, "tRNS") == 0;
    if (critical && checksum(p->crc, b + 4, (size_t)c->size + 4) != big32(c->content + c->size))
        return damaged(error, "wrong checksum");
    *at += AROUND + (size_t)c->size;
    return LT_OK;
}

static lt_status read_header(png *p, const chunk *c, const img_want *want, lt_error *error) {
    /* By colour type: channels, and the depths it may have as a set of bits. */
    static const struct {
        uint8_t channels, depths;
    } kinds[COLOUR_RGBA + 1] = {
        [COLOUR_GREY] = {1, 1 | 2 | 4 | 8 | 16}, [COLOUR_RGB] = {3, 8 | 16},  [COLOUR_PALETTE] = {1, 1 | 2 | 4 | 8},
        [COLOUR_GREY_ALPHA] = {2, 8 | 16},       [COLOUR_RGBA] = {4, 8 | 16},
    };
    if (c->size != HEADER_BYTES) return damaged(error, "header of wrong length");
    p->width = big32(c->content);
    p->height = big32(c->content + 4);
    p->depth = c->content[8];
    p->colour = c->content[9];
    p->interlaced = c->content[12];
    int known = p->colour <= COLOUR_RGBA && (p->depth & (p->depth - 1)) == 0;
    if (!known || (kinds[p->colour].depths & p->depth) == 0) return damaged(error, "no such colour type and depth");
    if (c->content[10] != 0 || c->content[11] != 0 || p->interlaced > 1)
        return damaged(error, "unknown compression, filter or interlacing");
    p->channels = kinds[p->colour].channels;
    return img_check_size(p->width, p->height, want, error);
}

static lt_status read_palette(png *p, const chunk *c, lt_error *error) {
    if (c->size == 0 || c->size % 3 != 0 || c->size / 3 > PALETTE_SIZE)
        return damaged(error, "palette of wrong length");
    p->palette_count = c->size / 3;
    memcpy(p->palette, c->content, c->size);
    return LT_OK;
}

/* The opacity of palette entries, or the one colour that is transparent. */
static lt_status read_transparency(png *p, const chunk *c, lt_error *error) {
    if (p->colour == COLOUR_PALETTE) {
        if (c->size > p->palette_count) return damaged(error, "more opacities than colours");
        for (uint32_t i = 0; i < c->size; i++)
            for (int k = 0; k < 3; k++) p->palette[i][k] = img_over_white(p->palette[i][k], c->content[i]);
        return LT_OK;
    }
    if (p->channels % 2 == 0 || c->size != 2 * p->channels) return damaged(error, "transparent colour of wrong length");
    for (uint32_t k = 0; k < p->channels; k++) p->key[k] = (uint16_t)(c->content[2 * k] << 8 | c->content[2 * k + 1]);
    p->has_key = 1;
    return LT_OK;
}

static lt_status refuse_chunk(const chunk *c, lt_error *error) {
    if (strcmp(c->name, "CgBI") == 0)
        return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: Apple's own variant of PNG is not read");
    return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a PNG with a critical chunk %08x is not read",
                   (unsigned)big32((const uint8_t *)c->name));
}

/* Read everything but the pixels, whose bytes are counted. */
static lt_status read_chunks(png *p, const img_want *want, lt_error *error) {
    size_t at = 8;
    chunk c;
    lt_status status = next_chunk(p, &at, &c, error);
    if (status != LT_OK) return status;
    if (strcmp(c.name, "IHDR") != 0)
        return strcmp(c.name, "CgBI") == 0 ? refuse_chunk(&c, error) : damaged(error, "no header");
    status = read_header(p, &c, want, error);
    while (status == LT_OK) {
        status = next_chunk(p, &at, &c, error);
        if (status != LT_OK || strcmp(c.name, "IEND") == 0) break;
        if (strcmp(c.name, "PLTE") == 0)
            status = read_palette(p, &c, error);
        else if (strcmp(c.name, "tRNS") == 0)
            status = read_transparency(p, &c, error);
        else if (strcmp(c.name, "IDAT") == 0)
            p->data_bytes += c.size;
        else if (strcmp(c.name, "IHDR") == 0)
            status = damaged(error, "two headers");
        else if ((c.name[0] & 0x20) == 0)
            status = refuse_chunk(&c, error);
    }
    if (status == LT_OK && p->colour == COLOUR_PALETTE && p->palette_count == 0) return damaged(error, "no palette");
    return status;
}

/* ---- pixels ---- */

/* Bytes of one pass of that many pixels: each row has its filter's number before it. */
static uint64_t pass_bytes(const png *p, uint64_t width, uint64_t height) {
    return width == 0 ? 0 : ((width * p->channels * p->depth + 7) / 8 + 1) * height;
}

static uint64_t inflated_bytes(const png *p) {
    static const uint8_t first_x[7] = {0, 4, 0, 2, 0, 1, 0}, first_y[7] = {0, 0, 4, 0, 2, 0, 1};
    static const uint8_t step_x[7] = {8, 8, 4, 4, 2, 2, 1}, step_y[7] = {8, 8, 8, 4, 4, 2, 2};
    if (!p->interlaced) return pass_bytes(p, p->width, p->height);
    uint64_t bytes = 0;
    for (int i = 0; i < 7; i++)
        bytes += pass_bytes(p, (p->width + step_x[i] - 1u - first_x[i]) / step_x[i],
                            (p->height + step_y[i] - 1u - first_y[i]) / step_y[i]);
    return bytes;
}

/* All IDAT chunks in one piece, as the inflater needs them. The chunks have been checked. */
static void gather_data(const png *p, uint8_t *data) {
    size_t at = 8;
    while (p->size - at >= 12) {
        const uint8_t *b = p->bytes + at;
        uint32_t size = big32(b);
        if (memcmp(b + 4, "IEND", 4) == 0) return;
        if (memcmp(b + 4, "IDAT", 4) == 0) {
            memcpy(data, b + 8, size);
            data += size;
        }
        at += 12 + (size_t)size;
    }
}

/* Inflate all pixel data into *out: [inflated_bytes] u8, scratch. */
static lt_status inflate_data(const png *p, img_scratch *scratch, uint8_t **out, lt_error *error) {
    uint64_t wanted = inflated_bytes(p);
    uint8_t *data = img_scratch_take(scratch, p->data_bytes);
    if (data == NULL) return img_no_memory(p->data_bytes, error);
    *out = img_scratch_take(scratch, wanted + INFLATE_SLACK);
    if (*out == NULL) return img_no_memory(wanted, error);
    gather_data(p, data);
    stbi__zbuf *z = img_scratch_take(scratch, sizeof *z);
    if (z == NULL) return img_no_memory(sizeof *z, error);
    z->zbuffer = data;
    z->zbuffer_end = data + p->data_bytes;
    /* Data beyond the picture is let be, as other readers do. */
    (void)stbi__do_zlib(z, (char *)*out, (int)(wanted + INFLATE_SLACK), 0, 1);
    if ((uint64_t)(z->zout - z->zout_start) < wanted) return damaged(error, "too little pixel data");
    return LT_OK;
}

/* Undo filters and interlacing: *samples is [height, width, channels] u8, or u16 where depth is 16. */
static lt_status unfilter(const png *p, img_scratch *scratch, uint8_t *data, void **samples, lt_error *error) {
    stbi__context context = {.img_x = p->width, .img_y = p->height, .img_n = (int)p->channels};
    stbi__png z = {.s = &context, .depth = (int)p->depth};
    stbi__g_failure_reason = NULL;
    current = scratch;
    int good = stbi__create_png_image(&z, data, (uint32_t)inflated_bytes(p), (int)p->channels, (int)p->depth,
                                      (int)p->colour, (int)p->interlaced);
    current = NULL;
    *samples = z.out;
    if (good) return LT_OK;
    const char *reason = stbi_failure_reason();
    if (reason != NULL && strcmp(reason, "outofmem") == 0)
        return img_no_memory((uint64_t)p->width * p->height * p->channels * (p->depth == 16 ? 2 : 1), error);
    return damaged(error, reason != NULL ? reason : "bad pixel data");
}

/* Whether the pixel has the colour that stands for transparent; stb_image has spread grey to 0..255. */
static int is_key(const png *p, const uint16_t *wide, const uint8_t *narrow, size_t first) {
    uint32_t spread = p->colour == COLOUR_GREY && p->depth < 8 ? 255u / ((1u << p->depth) - 1) : 1;
    for (size_t k = 0; k < p->channels; k++)
        if ((wide != NULL ? wide[first + k] : narrow[first + k]) != (uint16_t)(p->key[k] * spread)) return 0;
    return 1;
}

/*
 * Samples to 8 bits and without transparency, over white, in place: what is written never passes what is read.
 * Of 16 bits the upper 8 stay. The result has 1 or 3 channels.
 */
static void flatten(const png *p, void *samples) {
    const uint16_t *wide = p->depth == 16 ? samples : NULL;
    uint8_t *narrow = samples, *out = samples;
    size_t colours = p->channels >= 3 ? 3 : 1, count = (size_t)p->width * p->height;
    for (size_t i = 0; i < count; i++) {
        size_t first = i * p->channels;
        uint32_t alpha = 255;
        if (p->has_key && is_key(p, wide, narrow, first))
            alpha = 0;
        else if (p->channels > colours)
            alpha = wide != NULL ? wide[first + colours] >> 8 : narrow[first + colours];
        for (size_t k = 0; k < colours; k++) {
            uint32_t value = wide != NULL ? wide[first + k] >> 8 : narrow[first + k];
            *out++ = alpha == 255 ? (uint8_t)value : img_over_white(value, alpha);
        }
    }
}

static lt_status expand_palette(const png *p, img_scratch *scratch, const uint8_t *indices, img_picture *out,
                                lt_error *error) {
    size_t count = (size_t)p->width * p->height;
    uint8_t *rgb = img_scratch_take(scratch, (uint64_t)count * 3);
    if (rgb == NULL) return img_no_memory((uint64_t)count * 3, error);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < 3; c++) rgb[3 * i + c] = p->palette[indices[i]][c];
    out->pixels = rgb;
    out->channels = 3;
    return LT_OK;
}

lt_status img_decode_png(img_scratch *scratch, const uint8_t *bytes, size_t size, uint32_t orientation,
                         const img_want *want, img_picture *out, lt_error *error) {
    (void)orientation;
    png p = {.bytes = bytes, .size = size};
    make_crc_table(p.crc);
    lt_status status = read_chunks(&p, want, error);
    if (status != LT_OK) return status;

    uint8_t *data = NULL;
    void *samples;
    status = inflate_data(&p, scratch, &data, error);
    if (status == LT_OK) status = unfilter(&p, scratch, data, &samples, error);
    if (status != LT_OK) return status;

    *out = (img_picture){.pixels = samples,
                         .width = p.width,
                         .height = p.height,
                         .channels = p.channels >= 3 ? 3 : 1,
                         .full_width = p.width,
                         .full_height = p.height,
                         .scale = 1};
    if (p.colour == COLOUR_PALETTE) return expand_palette(&p, scratch, samples, out, error);
    if (p.depth == 16 || p.has_key || p.channels % 2 == 0) flatten(&p, samples);
    return LT_OK;
}
