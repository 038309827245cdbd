#include "exif.h"

#include <string.h>

/* Why nothing here can loop: only the first directory is read, once, and every step forward in the file
 * is by at least one byte. No offset found in the file is followed to another directory. */

/* TIFF 6.0, section 2: a header of byte order, a number and the offset of the first directory; a directory of a count and
 * entries; an entry of tag, type, count and value. */
enum {
    UPRIGHT = 1,
    ORIENTATIONS = 8,
    HEADER_BYTES = 8,
    DIRECTORY_AT = 4,
    ENTRY_BYTES = 12,
    TYPE_AT = 2,
    COUNT_AT = 4,
    VALUE_AT = 8,
    ORIENTATION_TAG = 0x0112,
    TYPE_SHORT = 3,
    TYPE_LONG = 4
};

/* A run of bytes in one of the two byte orders. */
typedef struct span {
    const uint8_t *bytes;
    size_t size;
    int little; /* not 0: least significant byte first */
} span;

static int has(const span *s, size_t offset, size_t size) {
    return offset <= s->size && size <= s->size - offset;
}

/* The caller has checked that the bytes are there. */
static uint32_t get16(const span *s, size_t offset) {
    const uint8_t *b = s->bytes + offset;
    return s->little ? (uint32_t)(b[0] | b[1] << 8) : (uint32_t)(b[0] << 8 | b[1]);
}

static uint32_t get32(const span *s, size_t offset) {
    uint32_t first = get16(s, offset), second = get16(s, offset + 2);
    return s->little ? first | second << 16 : first << 16 | second;
}

/* Part of a span, in the same byte order; the caller has checked that it is there. */
static span part(const span *s, size_t offset, size_t size) {
    return (span){s->bytes + offset, size, s->little};
}

/* The value of one directory entry, 0 where it is no orientation. */
static uint32_t entry_orientation(const span *tiff, size_t entry) {
    if (get16(tiff, entry) != ORIENTATION_TAG || get32(tiff, entry + COUNT_AT) != 1) return 0;
    switch (get16(tiff, entry + TYPE_AT)) {
    case TYPE_SHORT: return get16(tiff, entry + VALUE_AT);
    case TYPE_LONG: return get32(tiff, entry + VALUE_AT);
    default: return 0;
    }
}

/* The orientation in a TIFF header and its first directory. */
static uint32_t tiff_orientation(span tiff) {
    if (!has(&tiff, 0, HEADER_BYTES)) return UPRIGHT;
    if (memcmp(tiff.bytes, "II*\0", 4) != 0 && memcmp(tiff.bytes, "MM\0*", 4) != 0) return UPRIGHT;
    tiff.little = tiff.bytes[0] == 'I';
    size_t directory = get32(&tiff, DIRECTORY_AT);
    if (!has(&tiff, directory, 2)) return UPRIGHT;
    uint32_t count = get16(&tiff, directory);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY_BYTES;
        if (!has(&tiff, entry, ENTRY_BYTES)) return UPRIGHT;
        uint32_t value = entry_orientation(&tiff, entry);
        if (value != 0) return value <= ORIENTATIONS ? value : UPRIGHT;
    }
    return UPRIGHT;
}

/* Marker segments: FF, fill bytes FF, code, length (2 bytes, counting itself), content. */
static uint32_t jpeg_orientation(const span *file) {
    enum { SCAN = 0xDA, END = 0xD9, APP1 = 0xE1, MARKER = 2, LENGTH = 2 };
    static const char exif[] = "Exif\0"; /* and the 0 that ends it: before the TIFF block in APP1 */
    size_t at = MARKER;
    while (has(file, at, MARKER)) {
        if (file->bytes[at] != 0xFF || file->bytes[at + 1] == 0xFF) {
            at++;
            continue;
        }
        uint8_t marker = file->bytes[at + 1];
        if (marker == SCAN || marker == END || !has(file, at, MARKER + LENGTH)) return UPRIGHT;
        size_t length = get16(file, at + MARKER), content = at + MARKER + LENGTH;
        if (length < LENGTH || !has(file, content, length - LENGTH)) return UPRIGHT;
        if (marker == APP1 && length >= LENGTH + sizeof exif && memcmp(file->bytes + content, exif, sizeof exif) == 0)
            return tiff_orientation(part(file, content + sizeof exif, length - LENGTH - sizeof exif));
        at = content + length - LENGTH;
    }
    return UPRIGHT;
}

/* Chunks: length (of the content), name, content, checksum. */
static uint32_t png_orientation(const span *file) {
    enum { SIGNATURE = 8, LENGTH = 4, NAME = 4, CRC = 4 };
    size_t at = SIGNATURE;
    while (has(file, at, LENGTH + NAME + CRC)) {
        size_t length = get32(file, at), content = at + LENGTH + NAME;
        if (!has(file, content, length)) return UPRIGHT;
        if (memcmp(file->bytes + at + LENGTH, "eXIf", NAME) == 0) return tiff_orientation(part(file, content, length));
        at = content + length;
        if (!has(file, at, CRC)) return UPRIGHT;
        at += CRC;
    }
    return UPRIGHT;
}

uint32_t exif_orientation(const uint8_t *bytes, size_t size) {
    span file = {bytes, size, 0};
    if (has(&file, 0, 8) && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0) return png_orientation(&file);
    if (has(&file, 0, 2) && memcmp(bytes, "\xFF\xD8", 2) == 0) return jpeg_orientation(&file);
    return UPRIGHT;
}
