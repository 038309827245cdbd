/* A PNG writer, the bytes both writers share, and the EXIF block. */
#include "photo.h"

#include <stdlib.h>
#include <string.h>

/* ---- bytes ---- */

void photo_add(photo *file, const void *bytes, size_t size) {
    if (size > file->room - file->size) {
        file->room = 2 * (file->size + size) + 64;
        file->bytes = realloc(file->bytes, file->room);
    }
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

void photo_add16(photo *file, uint32_t value) {
    photo_add(file, (uint8_t[]){(uint8_t)(value >> 8), (uint8_t)value}, 2);
}

void photo_add32(photo *file, uint32_t value) {
    photo_add16(file, value >> 16);
    photo_add16(file, value & 0xFFFF);
}

void photo_free(photo *file) {
    free(file->bytes);
    *file = (photo){0};
}

static void add_ordered(photo *file, uint32_t value, int size, int little) {
    for (int i = 0; i < size; i++) photo_add(file, &(uint8_t){(uint8_t)(value >> 8 * (little ? i : size - 1 - i))}, 1);
}

void photo_write_exif(photo *file, uint32_t orientation, int little) {
    static const uint32_t entries[][2] = {{0x010F, 7}, {0x0112, 0}, {0x0128, 2}};
    photo_add(file, little ? "II" : "MM", 2);
    add_ordered(file, 42, 2, little);
    add_ordered(file, 8, 4, little);
    add_ordered(file, 3, 2, little);
    for (int i = 0; i < 3; i++) {
        add_ordered(file, entries[i][0], 2, little);
        add_ordered(file, 3, 2, little);
        add_ordered(file, 1, 4, little);
        add_ordered(file, i == 1 ? orientation : entries[i][1], 2, little);
        add_ordered(file, 0, 2, little);
    }
    add_ordered(file, 0, 4, little);
}

/* ---- chunks ---- */

static uint32_t checksum(const uint8_t *bytes, size_t size) {
    uint32_t c = ~0u;
    for (size_t i = 0; i < size; i++) {
        c ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) c = c >> 1 ^ (c & 1 ? 0xEDB88320u : 0);
    }
    return ~c;
}

void photo_png_chunk(photo *file, const char *name, const uint8_t *content, uint32_t size) {
    photo_add32(file, size);
    photo_add(file, name, 4);
    if (size > 0) photo_add(file, content, size);
    photo_add32(file, checksum(file->bytes + file->size - size - 4, (size_t)size + 4));
}

void photo_png_repair(photo *file) {
    for (size_t at = 8; file->size >= 12 && at <= file->size - 12;) {
        uint8_t *b = file->bytes + at;
        uint32_t size = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
        if (size > file->size - 12 - at) return;
        uint32_t sum = checksum(b + 4, (size_t)size + 4);
        for (uint32_t i = 0; i < 4; i++) b[8 + size + i] = (uint8_t)(sum >> (24 - 8 * i));
        at += 12 + (size_t)size;
    }
}

/* ---- deflate ---- */

typedef struct bit_writer {
    photo *file;
    uint32_t bits, count;
} bit_writer;

/* Least significant bit first. */
static void put(bit_writer *w, uint32_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        w->bits |= (value >> i & 1) << w->count;
        if (++w->count < 8) continue;
        photo_add(w->file, &(uint8_t){(uint8_t)w->bits}, 1);
        w->bits = w->count = 0;
    }
}

/* A Huffman code: most significant bit first. */
static void put_code(bit_writer *w, uint32_t code, uint32_t count) {
    while (count-- > 0) put(w, code >> count & 1, 1);
}

/* Code of a literal, of the end (256) or of a length; both tables are the complete ones of their kind. */
static void put_symbol(bit_writer *w, uint32_t symbol, photo_deflate kind) {
    if (kind == PHOTO_DYNAMIC) {
        if (symbol < 226)
            put_code(w, symbol, 8);
        else
            put_code(w, 452 + symbol - 226, 9);
    } else if (symbol < 144) {
        put_code(w, 0x30 + symbol, 8);
    } else if (symbol < 256) {
        put_code(w, 0x190 + symbol - 144, 9);
    } else if (symbol < 280) {
        put_code(w, symbol - 256, 7);
    } else {
        put_code(w, 0xC0 + symbol - 280, 8);
    }
}

/* Code lengths: 226 symbols of 8 bits and 60 of 9, one distance code of one bit. */
static void put_tables(bit_writer *w) {
    put(w, 286 - 257, 5);
    put(w, 0, 5);
    put(w, 18 - 4, 4);
    for (int i = 0; i < 18; i++) { /* in the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1 */
        static const uint8_t lengths[18] = {[4] = 1, [6] = 2, [17] = 2};
        put(w, lengths[i], 3);
    }
    for (int i = 0; i < 226; i++) put_code(w, 0, 1); /* code of 8 */
    for (int i = 0; i < 60; i++) put_code(w, 3, 2);  /* code of 9 */
    put_code(w, 2, 2);                               /* code of 1 */
}

/* A run of the byte before: length 258 at distance 1. */
static void put_run(bit_writer *w, photo_deflate kind) {
    put_symbol(w, 285, kind);
    if (kind == PHOTO_DYNAMIC)
        put_code(w, 0, 1);
    else
        put_code(w, 0, 5);
}

static void deflate_coded(photo *out, const uint8_t *bytes, size_t size, photo_deflate kind) {
    enum { RUN = 258 };
    bit_writer w = {.file = out};
    put(&w, 1, 1);
    put(&w, kind, 2);
    if (kind == PHOTO_DYNAMIC) put_tables(&w);
    for (size_t i = 0; i < size;) {
        size_t same = 0;
        while (i > 0 && same < RUN && i + same < size && bytes[i + same] == bytes[i - 1]) same++;
        if (same == RUN)
            put_run(&w, kind);
        else
            put_symbol(&w, bytes[i], kind);
        i += same == RUN ? RUN : 1;
    }
    put_symbol(&w, 256, kind);
    put(&w, 0, w.count > 0 ? 8 - w.count : 0);
}

static void deflate_stored(photo *out, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size || i == 0;) {
        uint32_t part = size - i < 65535 ? (uint32_t)(size - i) : 65535;
        uint8_t head[5] = {i + part == size, (uint8_t)part, (uint8_t)(part >> 8), (uint8_t)~part,
                           (uint8_t)(~part >> 8)};
        photo_add(out, head, 5);
        photo_add(out, bytes + i, part);
        i += part;
    }
}

static void deflate(photo *out, const photo *data, photo_deflate kind) {
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < data->size; i++) {
        a = (a + data->bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    photo_add(out, "\x78\x01", 2);
    if (kind == PHOTO_STORED)
        deflate_stored(out, data->bytes, data->size);
    else
        deflate_coded(out, data->bytes, data->size, kind);
    photo_add32(out, b << 16 | a);
}

/* ---- pixels ---- */

static uint32_t channels(const photo_png *p) {
    static const uint8_t by_colour[7] = {1, 0, 3, 1, 2, 0, 4};
    return by_colour[p->colour];
}

static void pack_row(const photo_png *p, uint8_t *row, uint32_t y, uint32_t first, uint32_t step, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint16_t values[4];
        p->source(first + i * step, y, values);
        for (uint32_t c = 0; c < channels(p); c++) {
            uint32_t at = (i * channels(p) + c) * p->depth;
            if (p->depth == 16) row[at / 8] = (uint8_t)(values[c] >> 8);
            if (p->depth >= 8)
                row[(at + p->depth) / 8 - 1] = (uint8_t)values[c];
            else
                row[at / 8] |= (uint8_t)(values[c] << (8 - p->depth - at % 8));
        }
    }
}

static uint8_t paeth(int left, int up, int corner) {
    int l = abs(up - corner), u = abs(left - corner), c = abs(left + up - 2 * corner);
    return (uint8_t)(l <= u && l <= c ? left : u <= c ? up : corner);
}

/* One row filtered by each of the five filters in turn. */
static void filter_row(photo *data, uint32_t filter, const uint8_t *row, const uint8_t *above, size_t size,
                       size_t pixel) {
    photo_add(data, &(uint8_t){(uint8_t)filter}, 1);
    for (size_t i = 0; i < size; i++) {
        uint8_t left = i >= pixel ? row[i - pixel] : 0, corner = i >= pixel ? above[i - pixel] : 0;
        uint8_t guesses[5] = {0, left, above[i], (uint8_t)((left + above[i]) / 2), paeth(left, above[i], corner)};
        photo_add(data, &(uint8_t){(uint8_t)(row[i] - guesses[filter])}, 1);
    }
}

/* The pixels from (x, y) in steps; step 1 and (0, 0) is the whole picture. */
static void put_pass(const photo_png *p, photo *data, uint32_t x, uint32_t y, uint32_t step_x, uint32_t step_y) {
    if (x >= p->width || y >= p->height) return;
    uint32_t count = (p->width - x + step_x - 1) / step_x;
    size_t size = ((size_t)count * channels(p) * p->depth + 7) / 8;
    size_t pixel = channels(p) * p->depth < 8 ? 1 : channels(p) * p->depth / 8;
    uint8_t *row = calloc(2, size), *above = row + size;
    for (uint32_t line = y, filter = 0; line < p->height; line += step_y, filter = (filter + 1) % 5) {
        memset(row, 0, size);
        pack_row(p, row, line, x, step_x, count);
        filter_row(data, filter, row, above, size, pixel);
        memcpy(above, row, size);
    }
    free(row);
}

static void put_pixels(const photo_png *p, photo *data) {
    static const uint8_t passes[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                         {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    if (!p->interlaced) put_pass(p, data, 0, 0, 1, 1);
    for (int i = 0; i < 7 && p->interlaced; i++)
        put_pass(p, data, passes[i][0], passes[i][1], passes[i][2], passes[i][3]);
}

void photo_write_png(photo *file, const photo_png *p) {
    photo header = {0}, data = {0}, packed = {0}, exif = {0};
    photo_add32(&header, p->width);
    photo_add32(&header, p->height);
    photo_add(&header, (uint8_t[]){(uint8_t)p->depth, (uint8_t)p->colour, 0, 0, (uint8_t)p->interlaced}, 5);
    photo_add(file, "\x89PNG\r\n\x1a\n", 8);
    photo_png_chunk(file, "IHDR", header.bytes, (uint32_t)header.size);
    if (p->colour == 3) photo_png_chunk(file, "PLTE", p->palette, 3 * p->palette_count);
    if (p->transparency != NULL) photo_png_chunk(file, "tRNS", p->transparency, p->transparency_size);
    if (p->orientation > 0) {
        photo_write_exif(&exif, p->orientation, 1);
        photo_png_chunk(file, "eXIf", exif.bytes, (uint32_t)exif.size);
    }
    put_pixels(p, &data);
    deflate(&packed, &data, p->deflate);
    uint32_t half = (uint32_t)packed.size / 2; /* two chunks, as encoders like to make them */
    photo_png_chunk(file, "IDAT", packed.bytes, half);
    photo_png_chunk(file, "IDAT", packed.bytes + half, (uint32_t)packed.size - half);
    photo_png_chunk(file, "IEND", NULL, 0);
    photo_free(&header);
    photo_free(&data);
    photo_free(&packed);
    photo_free(&exif);
}
