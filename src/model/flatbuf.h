/*
 * flatbuf.h - reads a FlatBuffers file that may be damaged or hostile, in place.
 *
 *     fb_file file;
 *     fb_table root = fb_root(&file, bytes, size, "TFL3", &error);
 *     uint32_t version = fb_u32(&file, root, 0, 0, "version");
 *     if (file.status != LT_OK) return file.status;
 *
 * Errors stick: the first defect sets file.status and the error text, which names the part being
 * read (file.part, file.index), the field and the place; from then on every read gives its fallback,
 * an absent table or an empty vector. So several reads can be made before status is looked at.
 * No read goes outside [bytes, bytes + size). Nothing is copied, nothing is allocated.
 */
#ifndef LT_MODEL_FLATBUF_H
#define LT_MODEL_FLATBUF_H

#include "base/error.h"

/* Index of a part that there is only one of. */
#define FB_ONLY UINT32_MAX

typedef struct fb_file {
    const uint8_t *bytes; /* [size] u8, borrowed */
    size_t size;          /* at most 2^31 - 1 */
    const char *part;     /* what is being read, for error texts: "tensor" */
    uint32_t index;       /* which of them, or FB_ONLY */
    const char *kind;     /* more of its name, in brackets; NULL: nothing more */
    lt_status status;     /* LT_OK until the first defect */
    lt_error *error;      /* gets the text of the first defect; borrowed */
} fb_file;

/* A table whose place and size were checked; absent where at is 0. */
typedef struct fb_table {
    uint32_t at;     /* place of the table in the file */
    uint32_t vtable; /* place of its field offsets */
    uint16_t fields; /* number of field offsets */
    uint16_t size;   /* bytes of the table proper */
} fb_table;

/* A vector that lies wholly in the file; absent or empty where count is 0. */
typedef struct fb_vector {
    uint32_t at; /* place of the first element */
    uint32_t count;
} fb_vector;

/*
 * Start reading a file: check its size and its four-letter identifier and give the root table.
 * *file is filled; bytes and error are borrowed for as long as it is used.
 */
fb_table fb_root(fb_file *file, const uint8_t *bytes, size_t size, const char identifier[5], lt_error *error);

/*
 * Set the error to "part index (kind): …" and its status, unless one stands already; returns the
 * status that stands. So that `return fb_fail(…)` ends a function.
 */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
lt_status
fb_fail(fb_file *file, lt_status status, const char *format, ...);

/* Name what is read from now on, for error texts; kind is none. part must stay valid. */
void fb_part(fb_file *file, const char *part, uint32_t index);

/* A field of a table by its number; fallback where it is absent. name goes into error texts. */
uint8_t fb_u8(fb_file *file, fb_table table, uint16_t field, uint8_t fallback, const char *name);
uint32_t fb_u32(fb_file *file, fb_table table, uint16_t field, uint32_t fallback, const char *name);
int32_t fb_i32(fb_file *file, fb_table table, uint16_t field, int32_t fallback, const char *name);
uint64_t fb_u64(fb_file *file, fb_table table, uint16_t field, uint64_t fallback, const char *name);
float fb_f32(fb_file *file, fb_table table, uint16_t field, float fallback, const char *name);

/* A table, string or vector behind a field; absent or empty where the field is absent. */
fb_table fb_subtable(fb_file *file, fb_table table, uint16_t field, const char *name);
fb_vector fb_string(fb_file *file, fb_table table, uint16_t field, const char *name);
fb_vector fb_elements(fb_file *file, fb_table table, uint16_t field, size_t element_size, const char *name);

/* Table number i of a vector of tables; i must be below count. */
fb_table fb_table_of(fb_file *file, fb_vector vector, uint32_t i, const char *name);

/* Element number i of a vector made with that element size; i must be below count. */
int32_t fb_i32_of(const fb_file *file, fb_vector vector, uint32_t i);
int64_t fb_i64_of(const fb_file *file, fb_vector vector, uint32_t i);

/* The first element's address; NULL where the vector is empty. */
const uint8_t *fb_bytes(const fb_file *file, fb_vector vector);

/* Not 0 where the vector holds exactly this text. */
int fb_equals(const fb_file *file, fb_vector vector, const char *text);

#endif
