/*
 * PNG of every kind: 1 to 16 bits, grey, colour, palette, alpha or a transparent colour, interlaced. Of an
 * animated one the picture that plain PNG readers show.
 *
 * It is read row by row as it is inflated: only the rows and columns of the square are kept, and none below it is
 * read. A file that is cut or damaged gives the rows before; of an interlaced one, the passes before.
 */
#include "png.h"

#include <string.h>

#include "colour_find.h"
#include "inflate.h"

enum {
    COLOUR_GREY = 0,
    COLOUR_RGB = 2,
    COLOUR_PALETTE = 3,
    COLOUR_GREY_ALPHA = 4,
    COLOUR_RGBA = 6,
    HEADER_BYTES = 13,
    PALETTE_SIZE = 256,
    AROUND = 12, /* bytes of a chunk besides its content: length, name, checksum */
    PASSES = 7,
    GREY = 128 /* where the file has nothing */
};

/* What a pass of an interlaced picture has: its first pixel, the steps to the next, and the pixels that each of them
 * stands for until the next passes. */
typedef struct pass {
    uint8_t x, y, step_x, step_y, wide, high;
} pass;

static const pass interlaced_passes[PASSES] = {{0, 0, 8, 8, 8, 8}, {4, 0, 8, 8, 4, 8}, {0, 4, 4, 8, 4, 4},
                                               {2, 0, 4, 4, 2, 4}, {0, 2, 2, 4, 2, 2}, {1, 0, 2, 2, 1, 2},
                                               {0, 1, 1, 2, 1, 1}};
static const pass whole_pass = {0, 0, 1, 1, 1, 1};

typedef struct png {
    const uint8_t *bytes;
    size_t size, at; /* at: of the next chunk */
    uint32_t width, height, depth, colour, interlaced;
    uint32_t channels;                /* as stored: 1 for a palette */
    uint8_t palette[PALETTE_SIZE][3]; /* over white; black where the file has no entry */
    uint32_t palette_count;
    int has_key;     /* one colour is transparent */
    uint16_t key[3]; /* that colour, as stored */
    uint32_t crc[256];
    const char *reason; /* why there are no more rows; NULL while nothing is wrong */
    cancel *cancel;

    uint32_t left, top, right, bottom; /* the square: from left to below right, top to below bottom */
    uint32_t colours;                  /* of a pixel of the result: 1 or 3 */
    uint8_t *pixels;                   /* [bottom - top, right - left, colours] u8 */
    uint8_t *row, *above;              /* [row_bytes + 1], the filter's number first; above: the row before */
    size_t row_bytes, filled;          /* of the pass; bytes of row that are there */
    uint32_t pass, row_index;          /* of the row that is being filled */
    uint64_t covered, exact;           /* pixels of the square that something, or their own value, is known of */
} png;

/* One chunk; content: [size] u8 in the file. */
typedef struct chunk {
    char name[5];
    const uint8_t *content;
    uint32_t size;
    int is_cut; /* the file ends within it; size is what there is */
} chunk;

static lt_status damaged(lt_error *error, const char *what) {
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: damaged PNG (%s)", what);
}

static uint32_t big32(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* ---- chunks ---- */

/* A chunk: length of its content, name, content, checksum. */
enum { LENGTH = 4, NAME = 4, CONTENT_AT = LENGTH + NAME };

/* The checksum is CRC-32, by a table for its polynomial, the lowest bit first. */
enum { BYTE_VALUES = 256 };

static void make_crc_table(uint32_t table[BYTE_VALUES]) {
    const uint32_t polynomial = 0xEDB88320u;
    for (uint32_t n = 0; n < BYTE_VALUES; n++) {
        uint32_t c = n;
        for (int bit = 0; bit < 8; bit++) c = c & 1 ? polynomial ^ c >> 1 : c >> 1;
        table[n] = c;
    }
}

static uint32_t checksum(const uint32_t table[BYTE_VALUES], const uint8_t *bytes, size_t size) {
    uint32_t c = UINT32_MAX;
    for (size_t i = 0; i < size; i++) c = table[(c ^ bytes[i]) & 0xFF] ^ c >> 8;
    return ~c;
}

/* A small first letter of the name, which ASCII tells by a bit, means that a reader may pass over the chunk. */
static int may_be_passed(const chunk *c) {
    return (c->name[0] & ('a' - 'A')) != 0;
}

/* The chunk at p->at, which moves to the next one; NULL, or what is wrong. Of pixel data that is cut the rest cannot be checked; nothing else may be cut. */
static const char *next_chunk(png *p, chunk *c) {
    if (p->size - p->at < AROUND) return "the file ends early";
    const uint8_t *b = p->bytes + p->at;
    *c = (chunk){.size = big32(b), .content = b + CONTENT_AT};
    memcpy(c->name, b + LENGTH, NAME);
    int critical = !may_be_passed(c) || strcmp(c->name, "tRNS") == 0;
    if (c->size > p->size - p->at - AROUND) {
        if (strcmp(c->name, "IDAT") != 0) return "the file ends early";
        c->is_cut = 1;
        if (c->size > p->size - p->at - CONTENT_AT) c->size = (uint32_t)(p->size - p->at - CONTENT_AT);
        p->at = p->size;
        return NULL;
    }
    if (critical && checksum(p->crc, b + LENGTH, (size_t)c->size + NAME) != big32(c->content + c->size))
        return "wrong checksum";
    p->at += AROUND + (size_t)c->size;
    return NULL;
}

static lt_status read_header(png *p, const chunk *c, const img_want *want, lt_error *error) {
    /* By colour type: channels, and the depths it may have as a set of bits. */
    static const struct {
        uint8_t channels, depths;
    } kinds[COLOUR_RGBA + 1] = {
        [COLOUR_GREY] = {1, 1 | 2 | 4 | 8 | 16}, [COLOUR_RGB] = {3, 8 | 16},  [COLOUR_PALETTE] = {1, 1 | 2 | 4 | 8},
        [COLOUR_GREY_ALPHA] = {2, 8 | 16},       [COLOUR_RGBA] = {4, 8 | 16},
    };
    enum { HEIGHT_AT = 4, DEPTH_AT = 8, COLOUR_AT, COMPRESSION_AT, FILTER_AT, INTERLACE_AT }; /* in IHDR */
    if (c->size != HEADER_BYTES) return damaged(error, "header of wrong length");
    p->width = big32(c->content);
    p->height = big32(c->content + HEIGHT_AT);
    p->depth = c->content[DEPTH_AT];
    p->colour = c->content[COLOUR_AT];
    p->interlaced = c->content[INTERLACE_AT];
    int known = p->colour <= COLOUR_RGBA && (p->depth & (p->depth - 1)) == 0;
    if (!known || (kinds[p->colour].depths & p->depth) == 0) return damaged(error, "no such colour type and depth");
    if (c->content[COMPRESSION_AT] != 0 || c->content[FILTER_AT] != 0 || p->interlaced > 1)
        return damaged(error, "unknown compression, filter or interlacing");
    p->channels = kinds[p->colour].channels;
    p->colours = p->channels >= 3 || p->colour == COLOUR_PALETTE ? 3 : 1;
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

/* Read all chunks before the pixel data; p->at is then at its first chunk. */
static lt_status read_chunks(png *p, const img_want *want, lt_error *error) {
    chunk c;
    p->at = 8;
    const char *wrong = next_chunk(p, &c);
    if (wrong != NULL) return damaged(error, wrong);
    if (strcmp(c.name, "IHDR") != 0)
        return strcmp(c.name, "CgBI") == 0 ? refuse_chunk(&c, error) : damaged(error, "no header");
    lt_status status = read_header(p, &c, want, error);
    while (status == LT_OK) {
        size_t at = p->at;
        wrong = next_chunk(p, &c);
        if (wrong != NULL) return damaged(error, wrong);
        if (strcmp(c.name, "IDAT") == 0 || strcmp(c.name, "IEND") == 0) {
            p->at = at;
            break;
        }
        if (strcmp(c.name, "PLTE") == 0)
            status = read_palette(p, &c, error);
        else if (strcmp(c.name, "tRNS") == 0)
            status = read_transparency(p, &c, error);
        else if (strcmp(c.name, "IHDR") == 0)
            status = damaged(error, "two headers");
        else if (!may_be_passed(&c))
            status = refuse_chunk(&c, error);
    }
    if (status == LT_OK && p->colour == COLOUR_PALETTE && p->palette_count == 0) return damaged(error, "no palette");
    return status;
}

/* The content of the next IDAT chunk, for the inflater. Those that may be passed over may stand between them. */
static int next_data(void *context, const uint8_t **bytes, size_t *size) {
    png *p = context;
    chunk c;
    while (p->reason == NULL) {
        p->reason = next_chunk(p, &c);
        if (p->reason == NULL && strcmp(c.name, "IEND") == 0) p->reason = "too little pixel data";
        if (p->reason != NULL || strcmp(c.name, "IDAT") != 0) continue;
        if (c.is_cut) p->reason = "the file ends early";
        *bytes = c.content;
        *size = c.size;
        return 1;
    }
    return 0;
}

/* ---- rows ---- */

static const pass *pass_of(const png *p) {
    return p->interlaced ? &interlaced_passes[p->pass] : &whole_pass;
}

/* Pixels of an axis of `size` that a pass has. */
static uint32_t pass_count(uint32_t size, uint32_t first, uint32_t step) {
    return size > first ? (size - first + step - 1) / step : 0;
}

/* Go to the next row that has pixels; 0 where that was the last one of the picture. */
static int begin_row(png *p) {
    const uint32_t passes = p->interlaced ? PASSES : 1;
    uint8_t *done = p->row;
    p->row = p->above;
    p->above = done;
    p->filled = 0;
    for (; p->pass < passes; p->pass++, p->row_index = 0) {
        const pass *s = pass_of(p);
        uint32_t across = pass_count(p->width, s->x, s->step_x), down = pass_count(p->height, s->y, s->step_y);
        if (across == 0 || p->row_index >= down) continue;
        p->row_bytes = ((size_t)across * p->channels * p->depth + 7) / 8;
        if (p->row_index == 0) memset(p->above, 0, p->row_bytes + 1);
        return 1;
    }
    return 0;
}

/* Of left, up and corner the one that is nearest to left + up - corner, told without branches: the corner lies
 * between the others, or the answer is the one of them that is further from it. */
static uint8_t paeth(int left, int up, int corner) {
    int low = left < up ? left : up, high = left < up ? up : left, turn = 3 * corner - left - up;
    int nearest = high <= turn ? low : corner;
    return (uint8_t)(turn <= low ? high : nearest);
}

/* Undo the filter of p->row. 0 where there is no such filter. */
static int unfilter(png *p) {
    enum { NONE, SUB, UP, AVERAGE, PAETH };
    size_t pixel = p->channels * p->depth < 8 ? 1 : p->channels * p->depth / 8, size = p->row_bytes;
    uint8_t *row = p->row + 1;
    const uint8_t *above = p->above + 1;
    size_t first = size < pixel ? size : pixel;
    switch (p->row[0]) {
    case NONE: return 1;
    case SUB:
        for (size_t i = pixel; i < size; i++) row[i] = (uint8_t)(row[i] + row[i - pixel]);
        return 1;
    case UP:
        for (size_t i = 0; i < size; i++) row[i] = (uint8_t)(row[i] + above[i]);
        return 1;
    case AVERAGE:
        for (size_t i = 0; i < first; i++) row[i] = (uint8_t)(row[i] + above[i] / 2);
        for (size_t i = pixel; i < size; i++) row[i] = (uint8_t)(row[i] + (row[i - pixel] + above[i]) / 2);
        return 1;
    case PAETH:
        for (size_t i = 0; i < first; i++) row[i] = (uint8_t)(row[i] + above[i]);
        for (size_t i = pixel; i < size; i++)
            row[i] = (uint8_t)(row[i] + paeth(row[i - pixel], above[i], above[i - pixel]));
        return 1;
    default: return 0;
    }
}

/* Sample number i of a row, as stored. */
static uint32_t sample(const png *p, const uint8_t *row, size_t i) {
    if (p->depth == 8) return row[i];
    if (p->depth == 16) return (uint32_t)(row[2 * i] << 8 | row[2 * i + 1]);
    size_t bit = i * p->depth;
    return (uint32_t)row[bit / 8] >> (8 - p->depth - bit % 8) & ((1u << p->depth) - 1);
}

/* A sample as 8 bits; of 16 the upper 8 stay. */
static uint32_t narrow(const png *p, uint32_t value) {
    return p->depth == 16 ? value >> 8 : p->depth == 8 ? value : value * (255 / ((1u << p->depth) - 1));
}

/* Pixel x of a row, without transparency, over white. */
static void read_pixel(const png *p, const uint8_t *row, size_t x, uint8_t *out) {
    uint32_t values[4], alpha = 255;
    for (uint32_t c = 0; c < p->channels; c++) values[c] = sample(p, row, x * p->channels + c);
    if (p->colour == COLOUR_PALETTE) {
        memcpy(out, p->palette[values[0]], 3);
        return;
    }
    if (p->channels > p->colours) alpha = narrow(p, values[p->colours]);
    if (p->has_key) {
        int is_key = 1;
        for (uint32_t c = 0; c < p->channels; c++) is_key &= values[c] == p->key[c];
        if (is_key) alpha = 0;
    }
    for (uint32_t c = 0; c < p->colours; c++) {
        uint32_t value = narrow(p, values[c]);
        out[c] = alpha == 255 ? (uint8_t)value : img_over_white(value, alpha);
    }
}

static uint32_t within(uint32_t value, uint32_t least, uint32_t most) {
    return value < least ? least : value > most ? most : value;
}

/* Put a pixel where it belongs, and where it stands for those that are still to come. */
static void put_pixel(png *p, const pass *s, uint32_t x, uint32_t y, const uint8_t *pixel) {
    uint32_t right = within(x + s->wide, p->left, p->right), bottom = within(y + s->high, p->top, p->bottom);
    for (uint32_t b = within(y, p->top, p->bottom); b < bottom; b++)
        for (uint32_t a = within(x, p->left, p->right); a < right; a++)
            memcpy(p->pixels + ((size_t)(b - p->top) * (p->right - p->left) + (a - p->left)) * p->colours, pixel,
                   p->colours);
}

/* Put the pixels of p->row that the square has something of. */
static void keep_row(png *p) {
    const pass *s = pass_of(p);
    const uint32_t y = s->y + p->row_index * s->step_y, across = pass_count(p->width, s->x, s->step_x);
    if (y >= p->bottom || y + s->high <= p->top) return;
    uint32_t first = p->left < s->x + s->wide ? 0 : (p->left - s->x - s->wide) / s->step_x + 1;
    if (s == &whole_pass && p->depth == 8 && p->channels == p->colours && !p->has_key) { /* as they are */
        memcpy(p->pixels + (size_t)(y - p->top) * (p->right - p->left) * p->colours,
               p->row + 1 + (size_t)p->left * p->colours, (size_t)(p->right - p->left) * p->colours);
        p->exact += p->right - p->left;
        p->covered += p->right - p->left;
        return;
    }
    uint8_t pixel[3];
    for (uint32_t i = first; i < across && s->x + i * s->step_x < p->right; i++) {
        uint32_t x = s->x + i * s->step_x;
        read_pixel(p, p->row + 1, i, pixel);
        if (s->wide == 1 && s->high == 1)
            memcpy(p->pixels + ((size_t)(y - p->top) * (p->right - p->left) + (x - p->left)) * p->colours, pixel,
                   p->colours);
        else
            put_pixel(p, s, x, y, pixel);
        p->exact += y >= p->top && x >= p->left;
    }
    if (p->pass > 0) return;
    p->covered +=
        (uint64_t)(within(y + s->high, p->top, p->bottom) - within(y, p->top, p->bottom)) * (p->right - p->left);
}

/* Takes inflated bytes; 0 once nothing more of them is needed. */
static int take_bytes(void *context, const uint8_t *bytes, size_t size) {
    png *p = context;
    while (size > 0) {
        size_t part = p->row_bytes + 1 - p->filled;
        if (part > size) part = size;
        memcpy(p->row + p->filled, bytes, part);
        p->filled += part;
        bytes += part;
        size -= part;
        if (p->filled <= p->row_bytes) return 1;
        if (!unfilter(p)) {
            p->reason = "invalid filter";
            return 0;
        }
        keep_row(p);
        p->row_index++;
        if (p->exact == (uint64_t)(p->right - p->left) * (p->bottom - p->top) || !begin_row(p)) return 0;
        if (cancel_seen(p->cancel)) return 0;
    }
    return 1;
}

/* ---- the picture ---- */

/* Take a piece of scratch memory, zero. */
static void *take_clear(img_scratch *scratch, uint64_t size, lt_error *error) {
    void *memory = img_scratch_take(scratch, size);
    if (memory == NULL)
        (void)img_no_memory(size, error);
    else
        memset(memory, 0, (size_t)size);
    return memory;
}

static uint64_t row_room(const png *p) {
    return ((uint64_t)p->width * p->channels * p->depth + 7) / 8 + 1;
}

static uint64_t pixel_bytes(const png *p) {
    return (uint64_t)(p->right - p->left) * (p->bottom - p->top) * p->colours;
}

/* Inflate and keep what the square needs. */
static lt_status read_pixels(png *p, img_scratch *scratch, lt_error *error) {
    inflater *f = take_clear(scratch, sizeof *f, error);
    if (f == NULL) return LT_MEMORY;
    p->row = take_clear(scratch, row_room(p), error);
    if (p->row == NULL) return LT_MEMORY;
    p->above = take_clear(scratch, row_room(p), error);
    if (p->above == NULL) return LT_MEMORY;
    p->pixels = take_clear(scratch, pixel_bytes(p), error);
    if (p->pixels == NULL) return LT_MEMORY;
    memset(p->pixels, GREY, (size_t)pixel_bytes(p));
    (void)begin_row(p);
    inflate_end end = inflate_run(f, next_data, take_bytes, p);
    if (p->reason == NULL) p->reason = end == INFLATE_WRONG ? "bad compressed data" : "too little pixel data";
    return LT_OK;
}

lt_status img_decode_png(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    png *p = take_clear(scratch, sizeof *p, error);
    if (p == NULL) return LT_MEMORY;
    p->bytes = job->bytes;
    p->size = job->size;
    p->cancel = want->cancel;
    make_crc_table(p->crc);
    lt_status status = read_chunks(p, want, error);
    if (status == LT_OK) status = img_find_colour(scratch, job, p->colours, error);
    if (status != LT_OK) return status;
    job->square = img_find_square(p->width, p->height, 1, job->orientation, want);
    p->left = job->square.across.first;
    p->right = p->left + job->square.across.count;
    p->top = job->square.down.first;
    p->bottom = p->top + job->square.down.count;
    img_picture *out = &job->picture;
    *out = (img_picture){.width = p->right - p->left,
                         .height = p->bottom - p->top,
                         .left = p->left,
                         .top = p->top,
                         .channels = p->colours,
                         .full_width = p->width,
                         .full_height = p->height,
                         .scale = 1};
    uint64_t pieces =
        img_piece_bytes(sizeof(inflater)) + 2 * img_piece_bytes(row_room(p)) + img_piece_bytes(pixel_bytes(p));
    if (!img_begin_pixels(scratch, job, want, pieces, &status, error)) return status;
    status = read_pixels(p, scratch, error);
    if (status != LT_OK) return status;
    /* a pixel that stands for its neighbours only counts half */
    out->pixels = p->pixels;
    out->missing = 1 - ((double)p->covered + (double)p->exact) / (2.0 * out->width * out->height);
    return out->missing > LT_MOST_MISSING ? damaged(error, p->reason) : LT_OK;
}
