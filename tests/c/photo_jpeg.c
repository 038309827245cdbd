/* A JPEG writer: baseline or progressive, without any regard to speed or size. */
#include "photo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64, MOST_COMPONENTS = 4, DC_CODES = 12, AC_CODES = 162, CODE_LENGTHS = 16 };

static const uint8_t zigzag[BLOCK] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};

/* How many codes there are of 1 to 16 bits, and their symbols in the order of the codes. */
typedef struct code_list {
    uint8_t lengths[CODE_LENGTHS];
    const uint8_t *symbols;
} code_list;

/* Our own. DC: all of 4 bits. AC: the end of block in 2 bits, 32 codes in 6, the rest in 12, so that a decoder's quick
 * and slow ways are both taken. */
static const code_list own_dc = {{[3] = DC_CODES}, NULL};
static const code_list own_ac = {{[1] = 1, [5] = 32, [11] = AC_CODES - 33}, NULL};

/* Those of the standard, ITU-T T.81, tables K.3 to K.6: for the first component, and for the others. */
static const uint8_t standard_ac_symbols[2][AC_CODES] = {
    {
        1,   2,   3,   0,   4,   17,  5,   18,  33,  49,  65,  6,   19,  81,  97,  7,   34,  113, 20,  50,  129,
        145, 161, 8,   35,  66,  177, 193, 21,  82,  209, 240, 36,  51,  98,  114, 130, 9,   10,  22,  23,  24,
        25,  26,  37,  38,  39,  40,  41,  42,  52,  53,  54,  55,  56,  57,  58,  67,  68,  69,  70,  71,  72,
        73,  74,  83,  84,  85,  86,  87,  88,  89,  90,  99,  100, 101, 102, 103, 104, 105, 106, 115, 116, 117,
        118, 119, 120, 121, 122, 131, 132, 133, 134, 135, 136, 137, 138, 146, 147, 148, 149, 150, 151, 152, 153,
        154, 162, 163, 164, 165, 166, 167, 168, 169, 170, 178, 179, 180, 181, 182, 183, 184, 185, 186, 194, 195,
        196, 197, 198, 199, 200, 201, 202, 210, 211, 212, 213, 214, 215, 216, 217, 218, 225, 226, 227, 228, 229,
        230, 231, 232, 233, 234, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250,
    },
    {
        0,   1,   2,   3,   17,  4,   5,   33,  49,  6,   18,  65,  81,  7,   97,  113, 19,  34,  50,  129, 8,
        20,  66,  145, 161, 177, 193, 9,   35,  51,  82,  240, 21,  98,  114, 209, 10,  22,  36,  52,  225, 37,
        241, 23,  24,  25,  26,  38,  39,  40,  41,  42,  53,  54,  55,  56,  57,  58,  67,  68,  69,  70,  71,
        72,  73,  74,  83,  84,  85,  86,  87,  88,  89,  90,  99,  100, 101, 102, 103, 104, 105, 106, 115, 116,
        117, 118, 119, 120, 121, 122, 130, 131, 132, 133, 134, 135, 136, 137, 138, 146, 147, 148, 149, 150, 151,
        152, 153, 154, 162, 163, 164, 165, 166, 167, 168, 169, 170, 178, 179, 180, 181, 182, 183, 184, 185, 186,
        194, 195, 196, 197, 198, 199, 200, 201, 202, 210, 211, 212, 213, 214, 215, 216, 217, 218, 226, 227, 228,
        229, 230, 231, 232, 233, 234, 242, 243, 244, 245, 246, 247, 248, 249, 250,
    }};
static const code_list standard_dc[2] = {{{0, 1, 5, 1, 1, 1, 1, 1, 1}, NULL},
                                         {{0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}, NULL}};
static const code_list standard_ac[2] = {{{0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125}, standard_ac_symbols[0]},
                                         {{0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119}, standard_ac_symbols[1]}};

/* The code of each symbol. */
typedef struct codes {
    uint16_t code[256];
    uint8_t length[256];
} codes;

typedef struct component {
    uint32_t h, v;                 /* sampling */
    uint32_t blocks_x, blocks_y;   /* with those that fill up the last unit */
    uint32_t used_x, used_y;
    int16_t (*blocks)[BLOCK];      /* quantised, zigzag order */
    int last_dc;
    uint32_t table; /* the number of its Huffman tables */
} component;

typedef struct writer {
    photo *file;
    const photo_jpeg *p;
    component components[MOST_COMPONENTS];
    uint32_t units_x, units_y;
    uint32_t bits, bit_count; /* not yet written */
    codes dc[2], ac[2];
} writer;

/* ---- bits ---- */

static void put(writer *w, uint32_t value, uint32_t count) {
    while (count-- > 0) {
        w->bits = w->bits << 1 | (value >> count & 1);
        if (++w->bit_count < 8) continue;
        uint8_t byte = (uint8_t)w->bits;
        photo_add(w->file, &byte, 1);
        if (byte == 0xFF) photo_add(w->file, "\0", 1);
        w->bits = w->bit_count = 0;
    }
}

static void put_flush(writer *w) {
    if (w->bit_count > 0) put(w, 0x7F, 8 - w->bit_count);
}

static uint32_t magnitude(int value) {
    uint32_t bits = 0;
    for (int rest = abs(value); rest > 0; rest >>= 1) bits++;
    return bits;
}

static void put_value(writer *w, int value, uint32_t bits) {
    put(w, (uint32_t)(value < 0 ? value - 1 : value) & ((1u << bits) - 1), bits);
}

/* Symbol run * 16 + size, in the order of the codes: end of block, 16 zeros, then by size. */
static uint32_t ac_symbol(uint32_t index) {
    if (index == 0) return 0x00;
    if (index == 1) return 0xF0;
    return (index - 2) % 16 << 4 | ((index - 2) / 16 + 1);
}

static void make_codes(codes *c, const code_list *list, int is_ac) {
    uint32_t next = 0, index = 0;
    for (uint32_t length = 1; length <= CODE_LENGTHS; length++, next <<= 1)
        for (uint32_t i = 0; i < list->lengths[length - 1]; i++, index++, next++) {
            uint32_t symbol = list->symbols != NULL ? list->symbols[index] : is_ac ? ac_symbol(index) : index;
            c->code[symbol] = (uint16_t)next;
            c->length[symbol] = (uint8_t)length;
        }
}

static void put_symbol(writer *w, const codes *c, uint32_t symbol) {
    put(w, c->code[symbol], c->length[symbol]);
}

/* ---- blocks ---- */

static double basis[8][8]; /* [u][x] */

static void make_basis(void) {
    const double pi = 3.14159265358979323846;
    for (int u = 0; u < 8; u++)
        for (int x = 0; x < 8; x++) basis[u][x] = cos((2 * x + 1) * u * pi / 16) * (u == 0 ? sqrt(0.125) : 0.5);
}

static void transform(const double in[BLOCK], uint32_t quantum, int16_t out[BLOCK]) {
    for (int k = 0; k < BLOCK; k++) {
        int u = zigzag[k] % 8, v = zigzag[k] / 8;
        double sum = 0;
        for (int i = 0; i < BLOCK; i++) sum += in[i] * basis[u][i % 8] * basis[v][i / 8];
        out[k] = (int16_t)lround(sum / quantum);
    }
}

/* A sample of a component: the mean of the pixels it covers, those beyond the edge being like the edge. */
static double sample(const writer *w, uint32_t n, uint32_t x, uint32_t y) {
    const photo_jpeg *p = w->p;
    uint32_t across = p->h / w->components[n].h, down = p->v / w->components[n].v;
    double sum = 0;
    for (uint32_t i = 0; i < across * down; i++) {
        uint32_t px = x * across + i % across, py = y * down + i / across;
        uint16_t values[MOST_COMPONENTS];
        p->source(px < p->width ? px : p->width - 1, py < p->height ? py : p->height - 1, values);
        sum += values[n];
    }
    return sum / (across * down) - 128;
}

static void make_component(writer *w, uint32_t n) {
    component *c = &w->components[n];
    int fine = n == 0 || n == 3;
    c->table = w->p->no_tables && n > 0;
    c->h = fine ? w->p->h : 1;
    c->v = fine ? w->p->v : 1;
    c->blocks_x = w->units_x * c->h;
    c->blocks_y = w->units_y * c->v;
    uint32_t across = w->p->h / c->h, down = w->p->v / c->v;
    c->used_x = ((w->p->width + across - 1) / across + 7) / 8;
    c->used_y = ((w->p->height + down - 1) / down + 7) / 8;
    c->blocks = malloc((size_t)c->blocks_x * c->blocks_y * sizeof *c->blocks);
    for (uint32_t i = 0; i < c->blocks_x * c->blocks_y; i++) {
        double in[BLOCK];
        for (uint32_t k = 0; k < BLOCK; k++)
            in[k] = sample(w, n, i % c->blocks_x * 8 + k % 8, i / c->blocks_x * 8 + k / 8);
        transform(in, w->p->quantum, c->blocks[i]);
    }
}

/* What a scan brings: coefficients first..last without their low bits; high: those had before, 0 in a first scan. */
typedef struct pass {
    uint32_t first, last, high, low;
} pass;

static int shifted(int value, uint32_t low) {
    return value < 0 ? -(-value >> low) : value >> low;
}

static void put_dc(writer *w, component *c, const int16_t *block, const pass *s) {
    if (s->high > 0) {
        put(w, (uint32_t)(block[0] >> s->low) & 1, 1);
        return;
    }
    int value = block[0] >> s->low, step = value - c->last_dc;
    c->last_dc = value;
    put_symbol(w, &w->dc[c->table], magnitude(step));
    put_value(w, step, magnitude(step));
}

static void put_ac_first(writer *w, const codes *c, const int16_t *block, const pass *s) {
    uint32_t run = 0;
    for (uint32_t k = s->first; k <= s->last; k++) {
        int value = shifted(block[k], s->low);
        if (value == 0) {
            run++;
            continue;
        }
        for (; run >= 16; run -= 16) put_symbol(w, c, 0xF0);
        put_symbol(w, c, run << 4 | magnitude(value));
        put_value(w, value, magnitude(value));
        run = 0;
    }
    if (run > 0) put_symbol(w, c, 0x00);
}

/* The next bit of coefficients that are there already follows the code of each new one. */
static void put_ac_refine(writer *w, const codes *c, const int16_t *block, const pass *s) {
    uint32_t run = 0, corrections[BLOCK], waiting = 0, last_new = 0;
    for (uint32_t k = s->first; k <= s->last; k++)
        if (abs(block[k]) >> s->low == 1) last_new = k;
    for (uint32_t k = s->first; k <= s->last; k++) {
        uint32_t value = (uint32_t)abs(block[k]) >> s->low;
        if (value == 0 && run == 15 && k < last_new) {
            put_symbol(w, c, 0xF0);
            for (uint32_t i = 0; i < waiting; i++) put(w, corrections[i], 1);
            run = waiting = 0;
        } else if (value == 0) {
            run++;
        } else if (value > 1) {
            corrections[waiting++] = value & 1;
        } else {
            put_symbol(w, c, run << 4 | 1);
            put(w, block[k] > 0, 1);
            for (uint32_t i = 0; i < waiting; i++) put(w, corrections[i], 1);
            run = waiting = 0;
        }
    }
    if (run > 0 || waiting > 0) put_symbol(w, c, 0x00);
    for (uint32_t i = 0; i < waiting; i++) put(w, corrections[i], 1);
}

static void put_block(writer *w, component *c, uint32_t x, uint32_t y, const pass *s) {
    const int16_t *block = c->blocks[y * c->blocks_x + x];
    pass rest = *s;
    if (s->first == 0) {
        put_dc(w, c, block, s);
        rest.first = 1;
    }
    if (rest.last == 0) return;
    if (s->high > 0)
        put_ac_refine(w, &w->ac[c->table], block, &rest);
    else
        put_ac_first(w, &w->ac[c->table], block, &rest);
}

/* ---- segments ---- */

static void segment(writer *w, uint32_t marker, const photo *content) {
    photo_add16(w->file, 0xFF00 | marker);
    photo_add16(w->file, (uint32_t)content->size + 2);
    photo_add(w->file, content->bytes, content->size);
}

static void put_unit(writer *w, uint32_t only, uint32_t x, uint32_t y, const pass *s) {
    if (only < MOST_COMPONENTS) {
        put_block(w, &w->components[only], x, y, s);
        return;
    }
    for (uint32_t n = 0; n < w->p->components; n++) {
        component *c = &w->components[n];
        for (uint32_t i = 0; i < c->h * c->v; i++) put_block(w, c, x * c->h + i % c->h, y * c->v + i / c->h, s);
    }
}

/* A scan of one component, or of all where only is MOST_COMPONENTS. */
static void put_scan(writer *w, uint32_t only, pass s) {
    int alone = only < MOST_COMPONENTS;
    uint32_t count = alone ? 1 : w->p->components, first = alone ? only : 0;
    photo content = {0};
    photo_add(&content, &(uint8_t){(uint8_t)count}, 1);
    for (uint32_t n = first; n < first + count; n++)
        photo_add16(&content, (n + 1) << 8 | w->components[n].table * 0x11);
    photo_add(&content, (uint8_t[]){(uint8_t)s.first, (uint8_t)s.last, (uint8_t)(s.high << 4 | s.low)}, 3);
    segment(w, 0xDA, &content);
    photo_free(&content);

    alone = alone || count == 1;
    uint32_t across = alone ? w->components[first].used_x : w->units_x;
    uint32_t down = alone ? w->components[first].used_y : w->units_y;
    for (uint32_t unit = 0; unit < across * down; unit++) {
        if (unit == 0 || (w->p->restart > 0 && unit % w->p->restart == 0)) {
            put_flush(w);
            if (unit > 0) photo_add16(w->file, 0xFFD0 | (unit / w->p->restart - 1) % 8);
            for (uint32_t n = 0; n < w->p->components; n++) w->components[n].last_dc = 0;
        }
        put_unit(w, alone ? first : only, unit % across, unit / across, &s);
    }
    put_flush(w);
}

static void put_codes(writer *w) {
    photo content = {0};
    photo_add(&content, "\x00", 1);
    photo_add(&content, own_dc.lengths, CODE_LENGTHS);
    for (uint8_t i = 0; i < DC_CODES; i++) photo_add(&content, &i, 1);
    photo_add(&content, "\x10", 1);
    photo_add(&content, own_ac.lengths, CODE_LENGTHS);
    for (uint32_t i = 0; i < AC_CODES; i++) photo_add(&content, &(uint8_t){(uint8_t)ac_symbol(i)}, 1);
    segment(w, 0xC4, &content);
    photo_free(&content);
}

static void put_tables(writer *w) {
    photo content = {0};
    photo_add(&content, "\0", 1);
    for (int k = 0; k < BLOCK; k++) photo_add(&content, &(uint8_t){(uint8_t)w->p->quantum}, 1);
    segment(w, 0xDB, &content);

    if (!w->p->no_tables) put_codes(w);

    if (w->p->restart > 0) {
        content.size = 0;
        photo_add16(&content, w->p->restart);
        segment(w, 0xDD, &content);
    }
    photo_free(&content);
}

static void put_header(writer *w) {
    const photo_jpeg *p = w->p;
    photo content = {0};
    if (p->orientation > 0) {
        photo_add(&content, "Exif\0\0", 6);
        photo_write_exif(&content, p->orientation, 0);
        segment(w, 0xE1, &content);
    }
    if (p->adobe >= 0) {
        content.size = 0;
        photo_add(&content, "Adobe\0\x64\0\0\0\0", 11);
        photo_add(&content, &(uint8_t){(uint8_t)p->adobe}, 1);
        segment(w, 0xEE, &content);
    }
    content.size = 0;
    photo_add(&content, "\x08", 1);
    photo_add16(&content, p->height);
    photo_add16(&content, p->width);
    photo_add(&content, &(uint8_t){(uint8_t)p->components}, 1);
    for (uint32_t n = 0; n < p->components; n++)
        photo_add(&content, (uint8_t[]){(uint8_t)(n + 1), (uint8_t)(w->components[n].h << 4 | w->components[n].v), 0},
                  3);
    segment(w, p->progressive ? 0xC2 : 0xC0, &content);
    photo_free(&content);
}

static void put_progressive(writer *w) {
    put_scan(w, MOST_COMPONENTS, (pass){0, 0, 0, 1});
    for (uint32_t n = 0; n < w->p->components; n++) {
        put_scan(w, n, (pass){1, 5, 0, 1});
        put_scan(w, n, (pass){6, 63, 0, 1});
    }
    put_scan(w, MOST_COMPONENTS, (pass){0, 0, 1, 0});
    for (uint32_t n = 0; n < w->p->components; n++) put_scan(w, n, (pass){1, 63, 1, 0});
}

void photo_write_jpeg(photo *file, const photo_jpeg *p) {
    writer w = {.file = file, .p = p};
    make_basis();
    w.units_x = (p->width + 8 * p->h - 1) / (8 * p->h);
    w.units_y = (p->height + 8 * p->v - 1) / (8 * p->v);
    for (int i = 0; i < 2; i++) {
        make_codes(&w.dc[i], p->no_tables ? &standard_dc[i] : &own_dc, 0);
        make_codes(&w.ac[i], p->no_tables ? &standard_ac[i] : &own_ac, 1);
    }
    for (uint32_t n = 0; n < p->components; n++) make_component(&w, n);
    photo_add16(file, 0xFFD8);
    put_header(&w);
    put_tables(&w);
    if (p->progressive)
        put_progressive(&w);
    else if (p->apart)
        for (uint32_t n = 0; n < p->components; n++) put_scan(&w, n, (pass){0, 63, 0, 0});
    else
        put_scan(&w, MOST_COMPONENTS, (pass){0, 63, 0, 0});
    photo_add16(file, 0xFFD9);
    for (uint32_t n = 0; n < p->components; n++) free(w.components[n].blocks);
}
