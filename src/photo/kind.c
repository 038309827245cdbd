#include "kind.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- files that are no photo we read ---- */

#ifdef IMG_WITHOUT_DICOM
#define ALL_READ "JPEG and PNG"
#else
#define ALL_READ "JPEG, PNG and DICOM"
#endif

typedef struct signature {
    size_t offset, size;
    const char *bytes;
    const char *name;
} signature;

/* The first match counts, so a special case stands before the general one. */
static const signature signatures[] = {
    {0, 4, "GIF8", "a GIF picture"},
    {8, 4, "WEBP", "a WebP picture"},
    {4, 8, "ftypmif1", "a HEIC picture"},
    {4, 8, "ftypmsf1", "a HEIC picture"},
    {4, 4, "ftyp", "a video"},
    {4, 8, "JXL \r\n\x87\n", "a JPEG XL picture"},
    {0, 2, "\xFF\x0A", "a JPEG XL picture"},
    {4, 8, "jP  \r\n\x87\n", "a JPEG 2000 picture"},
    {0, 4, "\xFF\x4F\xFF\x51", "a JPEG 2000 picture"},
    {0, 4, "II*\0", "a TIFF or raw picture"},
    {0, 4, "MM\0*", "a TIFF or raw picture"},
    {0, 4, "8BPS", "a Photoshop file"},
    {0, 4, "\0\0\1\0", "an icon"},
    {4, 4, "TFL3", "a model file"},
    {0, 5, "%PDF-", "a PDF document"},
    {0, 4, "PK\3\4", "a ZIP archive"},
    {0, 2, "\x1F\x8B", "a gzip archive"},
    {0, 2, "BM", "a BMP picture"},
};

/* How much of a file is looked at where it could be text. */
enum { TEXT_BYTES = 1024 };

static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Not 0 where the word, in small letters, occurs in the text in any case of letters. */
static int mentions(const uint8_t *text, size_t size, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= size; at++) {
        size_t same = 0;
        while (same < length && lower(text[at + same]) == word[same]) same++;
        if (same == length) return 1;
    }
    return 0;
}

/* The name of a text file's kind, NULL where the file is no text. */
static const char *text_name(const uint8_t *bytes, size_t size) {
    if (size > TEXT_BYTES) size = TEXT_BYTES;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == 0x7F || (bytes[i] < 0x20 && memchr("\t\n\f\r", bytes[i], 4) == NULL)) return NULL;
    if (mentions(bytes, size, "<svg")) return "an SVG drawing";
    if (mentions(bytes, size, "<html") || mentions(bytes, size, "<!doctype html")) return "a web page";
    return "a text file";
}

/* ---- files of boxes (ISO/IEC 14496-12): their first says what they can be read as ---- */

/* A box begins with its size and type; that of the file type box is ftyp. */
enum { TYPE_AT = 4, BRAND_BYTES = 4, BRANDS_AT = 8 };

/* Not 0 where one of the brands of a file type box begins like this. */
static int has_brand(const uint8_t *bytes, size_t size, const char start[4]) {
    size_t length = strlen(start);
    if (size < BRANDS_AT || memcmp(bytes + TYPE_AT, "ftyp", BRAND_BYTES) != 0) return 0;
    size_t end = (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
    if (end > size) end = size;
    for (size_t at = BRANDS_AT; end >= BRAND_BYTES && at <= end - BRAND_BYTES; at += BRAND_BYTES)
        if (memcmp(bytes + at, start, length) == 0) return 1;
    return 0;
}

/* Coded by HEVC: heic, heix, hevc, hevx and those of several pictures. */
static int is_heic(const uint8_t *bytes, size_t size) {
    return has_brand(bytes, size, "hei") || has_brand(bytes, size, "hev");
}

static const char *other_name(const uint8_t *bytes, size_t size) {
    if (is_heic(bytes, size)) return "a HEIC picture";
    if (has_brand(bytes, size, "avi")) return "an AVIF picture";
    for (size_t i = 0; i < COUNT(signatures); i++) {
        const signature *s = &signatures[i];
        if (s->offset + s->size <= size && memcmp(bytes + s->offset, s->bytes, s->size) == 0) return s->name;
    }
    return text_name(bytes, size);
}

/* ---- codings of JPEG ---- */

enum { SOF0 = 0xC0, DHT = 0xC4, JPG = 0xC8, DAC = 0xCC, SOF15 = 0xCF, SCAN = 0xDA, END = 0xD9 };

/* By the frame header's marker (T.81, table B.1), from SOF0; NULL for what is read and for what is no frame header. */
static const char *const codings[SOF15 - SOF0 + 1] = {
    [3] = "lossless",
    [5] = "hierarchical",
    [6] = "hierarchical",
    [7] = "lossless hierarchical",
    [9] = "arithmetic-coded",
    [10] = "arithmetic-coded",
    [11] = "arithmetic-coded lossless",
    [13] = "arithmetic-coded hierarchical",
    [14] = "arithmetic-coded hierarchical",
    [15] = "arithmetic-coded lossless hierarchical",
};

static int is_frame(uint8_t marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

/*
 * Refuse a JPEG by its frame header. Where the headers are too damaged to find it, LT_OK: the decoder
 * will say what is wrong.
 */
static lt_status check_coding(const uint8_t *bytes, size_t size, lt_error *error) {
    enum { MARKER = 2, LENGTH = 2, PRECISION_AT = MARKER + LENGTH, PRECISION = 8 }; /* P of the frame header (B.2.2) */
    size_t at = MARKER;
    while (size - at > PRECISION_AT) {
        uint8_t marker = bytes[at + 1];
        if (bytes[at] != 0xFF || marker == 0xFF) {
            at++;
            continue;
        }
        if (marker == SCAN || marker == END) break;
        if (is_frame(marker)) {
            const char *coding = codings[marker - SOF0];
            if (coding != NULL) return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a %s JPEG is not read", coding);
            if (bytes[at + PRECISION_AT] != PRECISION)
                return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a JPEG of %u bits a channel is not read",
                               bytes[at + PRECISION_AT]);
            break;
        }
        size_t length = (size_t)(bytes[at + 2] << 8 | bytes[at + 3]);
        if (length > size - at - MARKER) break;
        at += MARKER + length;
    }
    return LT_OK;
}

lt_status img_find_kind(const uint8_t *bytes, size_t size, lt_photo_kind *kind, lt_error *error) {
    enum { PREAMBLE = 128 }; /* DICOM, part 10, 7.1 */
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, jpeg[] = {0xFF, 0xD8, 0xFF};
    static const uint8_t dicom[] = {'D', 'I', 'C', 'M'};
    *kind = is_heic(bytes, size) ? LT_PHOTO_HEIC : LT_PHOTO_OTHER;
    if (size == 0) return lt_fail(error, LT_IMAGE_FORMAT, "photo: the file is empty");
    if (size >= sizeof png && memcmp(bytes, png, sizeof png) == 0) {
        *kind = LT_PHOTO_PNG;
        return LT_OK;
    }
    if (size >= sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0) {
        *kind = LT_PHOTO_JPEG;
        return check_coding(bytes, size, error);
    }
    if (size >= PREAMBLE + sizeof dicom && memcmp(bytes + PREAMBLE, dicom, sizeof dicom) == 0) {
        *kind = LT_PHOTO_DICOM;
        return LT_OK;
    }
    const char *name = other_name(bytes, size);
    if (name == NULL) return lt_fail(error, LT_IMAGE_FORMAT, "photo: of no kind that is read (" ALL_READ ")");
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: this is %s; only " ALL_READ " are read", name);
}
