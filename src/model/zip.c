#include "zip.h"

#include <string.h>

/* Records of the format (APPNOTE.TXT of PKWARE), and where their fields stand. */
enum { END_SIZE = 22, END_ENTRIES = 10, END_DIRECTORY_SIZE = 12, END_DIRECTORY = 16, END_COMMENT = 20 };
enum {
    ENTRY_SIZE = 46,
    ENTRY_FLAGS = 8,
    ENTRY_METHOD = 10,
    ENTRY_PACKED = 20,
    ENTRY_PLAIN = 24,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_LOCAL = 42
};
enum { LOCAL_SIZE = 30, LOCAL_NAME = 26, LOCAL_EXTRA = 28 };
enum { ENCRYPTED = 1, STORED = 0, MOST_COMMENT = 0xffff };

static const uint8_t end_mark[4] = "PK\5\6", entry_mark[4] = "PK\1\2", local_mark[4] = "PK\3\4";

static uint32_t get16(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint64_t get32(const uint8_t *at) {
    return (uint64_t)get16(at) | (uint64_t)get16(at + 2) << 16;
}

/* The record at the end whose comment reaches to the last byte; NULL where there is none. */
static const uint8_t *find_end(const uint8_t *bytes, size_t size) {
    for (size_t comment = 0; size >= END_SIZE && comment <= size - END_SIZE && comment <= MOST_COMMENT; comment++) {
        const uint8_t *at = bytes + size - END_SIZE - comment;
        if (memcmp(at, end_mark, sizeof end_mark) == 0 && get16(at + END_COMMENT) == comment) return at;
    }
    return NULL;
}

static lt_status damaged(lt_error *error, const char *what) {
    return lt_fail(error, LT_MODEL_FORMAT, "archive behind the model: %s", what);
}

/* The file's bytes, behind its local header; `start` is where the archive's own offsets count from. */
static lt_status open_file(const uint8_t *entry, const uint8_t *bytes, uint64_t start, uint64_t end,
                           const uint8_t **out, size_t *out_size, lt_error *error) {
    uint64_t at = start + get32(entry + ENTRY_LOCAL), length = get32(entry + ENTRY_PACKED);
    if ((get16(entry + ENTRY_FLAGS) & ENCRYPTED) || get16(entry + ENTRY_METHOD) != STORED)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "archive behind the model: a file of method %u%s, 0 is read",
                       (unsigned)get16(entry + ENTRY_METHOD),
                       get16(entry + ENTRY_FLAGS) & ENCRYPTED ? ", encrypted" : "");
    if (length != get32(entry + ENTRY_PLAIN)) return damaged(error, "a stored file of two sizes");
    if (at > end || LOCAL_SIZE > end - at || memcmp(bytes + at, local_mark, sizeof local_mark) != 0)
        return damaged(error, "a file outside of it");
    at += LOCAL_SIZE + (uint64_t)get16(bytes + at + LOCAL_NAME) + get16(bytes + at + LOCAL_EXTRA);
    if (at > end || length > end - at) return damaged(error, "a file that reaches beyond it");
    *out = bytes + at;
    *out_size = (size_t)length;
    return LT_OK;
}

lt_status zip_find(const uint8_t *bytes, size_t size, const char *name, size_t name_size, const uint8_t **out,
                   size_t *out_size, lt_error *error) {
    const uint8_t *end = find_end(bytes, size);
    *out = NULL;
    *out_size = 0;
    if (!end) return LT_OK;
    uint64_t end_at = (uint64_t)(end - bytes), directory_size = get32(end + END_DIRECTORY_SIZE);
    uint64_t directory = get32(end + END_DIRECTORY);
    if (directory_size > end_at || directory > end_at - directory_size)
        return damaged(error, "a directory outside of it");
    /* Some writers count offsets from the file's start, some from the archive's: the directory ends at its end. */
    uint64_t start = end_at - directory_size - directory, at = end_at - directory_size;
    for (uint32_t i = 0; i < get16(end + END_ENTRIES); i++) {
        const uint8_t *entry = bytes + at;
        if (ENTRY_SIZE > end_at - at || memcmp(entry, entry_mark, sizeof entry_mark) != 0)
            return damaged(error, "a directory that is cut off");
        uint64_t length = get16(entry + ENTRY_NAME);
        uint64_t whole = ENTRY_SIZE + length + get16(entry + ENTRY_EXTRA) + get16(entry + ENTRY_COMMENT);
        if (whole > end_at - at) return damaged(error, "a directory that is cut off");
        if (length == name_size && memcmp(entry + ENTRY_SIZE, name, name_size) == 0)
            return open_file(entry, bytes, start, end_at - directory_size, out, out_size, error);
        at += whole;
    }
    return LT_OK;
}
