#include "flatbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 8, WORD = 4 };

/* The format is little endian whatever the machine is, and a hostile file aligns nothing. */

static uint32_t get_u16(const fb_file *file, uint32_t at) {
    const uint8_t *p = file->bytes + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get_u32(const fb_file *file, uint32_t at) {
    return get_u16(file, at) | get_u16(file, at + 2) << 16;
}

static uint64_t get_u64(const fb_file *file, uint32_t at) {
    return (uint64_t)get_u32(file, at) | (uint64_t)get_u32(file, at + WORD) << 32;
}

static int inside(const fb_file *file, uint64_t at, uint64_t size) {
    return at <= file->size && size <= file->size - at;
}

lt_status fb_fail(fb_file *file, lt_status status, const char *format, ...) {
    if (file->status != LT_OK) return file->status;
    char text[160], index[12] = "";
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (file->index != FB_ONLY) (void)snprintf(index, sizeof index, " %u", (unsigned)file->index);
    const char *kind = file->kind ? file->kind : "", *open = file->kind ? " (" : "", *close = file->kind ? ")" : "";
    file->status = lt_fail(file->error, status, "%s%s%s%s%s: %s", file->part, index, open, kind, close, text);
    return file->status;
}

static void bad(fb_file *file, const char *name, const char *what, uint64_t at) {
    (void)fb_fail(file, LT_MODEL_FORMAT, "%s: %s at byte %llu of %zu", name, what, (unsigned long long)at, file->size);
}

void fb_part(fb_file *file, const char *part, uint32_t index) {
    file->part = part;
    file->index = index;
    file->kind = NULL;
}

/* ---- tables ---- */

static fb_table open_table(fb_file *file, uint64_t at, const char *name) {
    fb_table none = {0};
    if (at % WORD != 0 || !inside(file, at, WORD)) {
        bad(file, name, "table outside the file or misaligned", at);
        return none;
    }
    int64_t vtable = (int64_t)at - (int32_t)get_u32(file, (uint32_t)at);
    if (vtable < 0 || vtable % 2 != 0 || !inside(file, (uint64_t)vtable, WORD)) {
        bad(file, name, "field list outside the file or misaligned", at);
        return none;
    }
    uint32_t list_size = get_u16(file, (uint32_t)vtable);
    uint32_t table_size = get_u16(file, (uint32_t)vtable + 2);
    if (list_size < WORD || list_size % 2 != 0 || !inside(file, (uint64_t)vtable, list_size)) {
        bad(file, name, "field list too short or cut off", (uint64_t)vtable);
        return none;
    }
    if (table_size < WORD || !inside(file, at, table_size)) {
        bad(file, name, "table too short or cut off", at);
        return none;
    }
    return (fb_table){.at = (uint32_t)at,
                      .vtable = (uint32_t)vtable,
                      .fields = (uint16_t)((list_size - WORD) / 2),
                      .size = (uint16_t)table_size};
}

/* Where a field of that many bytes stands in the file; 0 where it is absent or wrong. */
static uint32_t locate(fb_file *file, fb_table table, uint16_t field, uint32_t size, const char *name) {
    if (file->status != LT_OK || table.at == 0 || field >= table.fields) return 0;
    uint32_t offset = get_u16(file, table.vtable + WORD + 2u * field);
    if (offset == 0) return 0;
    if (offset < WORD || offset > table.size || size > table.size - offset) {
        bad(file, name, "field outside its table", (uint64_t)table.at + offset);
        return 0;
    }
    return table.at + offset;
}

/* Where the offset stored at a place leads; 0 where that is outside the file. */
static uint64_t follow(fb_file *file, uint32_t at, const char *name) {
    uint32_t offset = get_u32(file, at);
    if (offset == 0 || !inside(file, (uint64_t)at + offset, WORD)) {
        bad(file, name, "offset leads outside the file", at);
        return 0;
    }
    return (uint64_t)at + offset;
}

fb_table fb_root(fb_file *file, const uint8_t *bytes, size_t size, const char identifier[5], lt_error *error) {
    *file = (fb_file){.bytes = bytes, .size = size, .part = "file", .index = FB_ONLY, .status = LT_OK, .error = error};
    fb_table none = {0};
    if (size > INT32_MAX) {
        (void)fb_fail(file, LT_MODEL_UNSUPPORTED, "%zu bytes, at most 2 GiB are read", size);
        return none;
    }
    if (size < HEADER) {
        (void)fb_fail(file, LT_MODEL_FORMAT, "%zu bytes are too few", size);
        return none;
    }
    if (memcmp(bytes + WORD, identifier, WORD) != 0) {
        const char *hint = bytes[0] == 0x1f && bytes[1] == 0x8b ? "; it is gzip-compressed"
                           : bytes[0] == '<'                    ? "; it looks like a web page"
                                                                : "";
        (void)fb_fail(file, LT_MODEL_FORMAT, "identifier is %02x %02x %02x %02x, not \"%s\"%s", (unsigned)bytes[4],
                      (unsigned)bytes[5], (unsigned)bytes[6], (unsigned)bytes[7], identifier, hint);
        return none;
    }
    uint64_t at = follow(file, 0, "root");
    return at ? open_table(file, at, "root") : none;
}

/* ---- fields ---- */

uint8_t fb_u8(fb_file *file, fb_table table, uint16_t field, uint8_t fallback, const char *name) {
    uint32_t at = locate(file, table, field, 1, name);
    return at ? file->bytes[at] : fallback;
}

uint32_t fb_u32(fb_file *file, fb_table table, uint16_t field, uint32_t fallback, const char *name) {
    uint32_t at = locate(file, table, field, WORD, name);
    return at ? get_u32(file, at) : fallback;
}

int32_t fb_i32(fb_file *file, fb_table table, uint16_t field, int32_t fallback, const char *name) {
    return (int32_t)fb_u32(file, table, field, (uint32_t)fallback, name);
}

uint64_t fb_u64(fb_file *file, fb_table table, uint16_t field, uint64_t fallback, const char *name) {
    uint32_t at = locate(file, table, field, 2 * WORD, name);
    return at ? get_u64(file, at) : fallback;
}

float fb_f32(fb_file *file, fb_table table, uint16_t field, float fallback, const char *name) {
    uint32_t at = locate(file, table, field, WORD, name);
    if (at == 0) return fallback;
    uint32_t bits = get_u32(file, at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

fb_table fb_subtable(fb_file *file, fb_table table, uint16_t field, const char *name) {
    fb_table none = {0};
    uint32_t at = locate(file, table, field, WORD, name);
    uint64_t target = at ? follow(file, at, name) : 0;
    return target ? open_table(file, target, name) : none;
}

fb_vector fb_elements(fb_file *file, fb_table table, uint16_t field, size_t element_size, const char *name) {
    fb_vector none = {0};
    uint32_t at = locate(file, table, field, WORD, name);
    uint64_t target = at ? follow(file, at, name) : 0;
    if (target == 0) return none;
    uint32_t count = get_u32(file, (uint32_t)target);
    if (!inside(file, target + WORD, (uint64_t)count * element_size)) {
        bad(file, name, "vector runs past the end of the file", target);
        return none;
    }
    return (fb_vector){.at = (uint32_t)target + WORD, .count = count};
}

fb_vector fb_string(fb_file *file, fb_table table, uint16_t field, const char *name) {
    return fb_elements(file, table, field, 1, name);
}

fb_table fb_table_of(fb_file *file, fb_vector vector, uint32_t i, const char *name) {
    fb_table none = {0};
    if (file->status != LT_OK) return none;
    uint64_t target = follow(file, vector.at + WORD * i, name);
    return target ? open_table(file, target, name) : none;
}

int32_t fb_i32_of(const fb_file *file, fb_vector vector, uint32_t i) {
    return (int32_t)get_u32(file, vector.at + WORD * i);
}

int64_t fb_i64_of(const fb_file *file, fb_vector vector, uint32_t i) {
    return (int64_t)get_u64(file, vector.at + 2 * WORD * i);
}

const uint8_t *fb_bytes(const fb_file *file, fb_vector vector) {
    return vector.count ? file->bytes + vector.at : NULL;
}

int fb_equals(const fb_file *file, fb_vector vector, const char *text) {
    size_t size = strlen(text);
    return vector.count == size && memcmp(file->bytes + vector.at, text, size) == 0;
}
