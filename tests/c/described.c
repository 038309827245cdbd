#include "described.h"

#include <string.h>

enum { WORD = 4 };
static const char file_name[] = "labels.txt";

static size_t list_of_tables(fbw *f, size_t field, uint32_t count) {
    size_t at = fbw_vector(f, count, WORD);
    fbw_link(f, field, at);
    return at;
}

static size_t table_in(fbw *f, size_t list, const char *layout) {
    size_t table = fbw_table(f, layout);
    fbw_link(f, list + WORD, table);
    return table;
}

static void put_text(fbw *f, size_t table, unsigned field, const char *text) {
    fbw_bytes(f, fbw_field(f, table, field), text, strlen(text));
}

static void put_floats(fbw *f, size_t field, const float *values, uint32_t count) {
    size_t at = fbw_vector(f, count, sizeof *values);
    fbw_link(f, field, at);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        fbw_put32(f, at + WORD + WORD * i, bits);
    }
}

static void write_input(fbw *f, size_t field, const described *d) {
    size_t input = table_in(f, list_of_tables(f, field, 1), "....w");
    size_t unit = table_in(f, list_of_tables(f, fbw_field(f, input, 4), 1), "bw");
    fbw_put8(f, fbw_field(f, unit, 0), 1);
    size_t options = fbw_table(f, "ww");
    fbw_link(f, fbw_field(f, unit, 1), options);
    put_floats(f, fbw_field(f, options, 0), d->mean, d->channels);
    put_floats(f, fbw_field(f, options, 1), d->std, d->channels);
}

static void write_output(fbw *f, size_t field) {
    size_t output = table_in(f, list_of_tables(f, field, 1), "......w");
    size_t file = table_in(f, list_of_tables(f, fbw_field(f, output, 6), 1), "w.b");
    put_text(f, file, 0, file_name);
    fbw_put8(f, fbw_field(f, file, 2), 2); /* labels of the axis */
}

static void write_metadata(fbw *f, const described *d) {
    const char *texts[] = {d->name ? d->name : "",       "",
                           d->version ? d->version : "", NULL,
                           d->author ? d->author : "",   d->licence ? d->licence : ""};
    fbw_append(f, "\0\0\0\0M001", 8);
    size_t root = fbw_table(f, "wwwwww");
    fbw_link(f, 0, root);
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]) put_text(f, root, i, texts[i]);
    size_t subgraph = table_in(f, list_of_tables(f, fbw_field(f, root, 3), 1), d->channels ? "..ww" : "...w");
    if (d->channels) write_input(f, fbw_field(f, subgraph, 2), d);
    write_output(f, fbw_field(f, subgraph, 3));
}

/* ---- the archive ---- */

/* A record of the format: its letters are two bytes ('h') or four ('w') each, values in turn. */
static void record(fbw *f, const char mark[4], const char *layout, const uint32_t *values) {
    fbw_append(f, mark, 4);
    for (; *layout; layout++, values++)
        fbw_append(f,
                   &(uint8_t[4]){(uint8_t)*values, (uint8_t)(*values >> 8), (uint8_t)(*values >> 16),
                                 (uint8_t)(*values >> 24)},
                   *layout == 'h' ? 2 : WORD);
}

static void write_archive(fbw *f, const described *d) {
    uint32_t name = sizeof file_name - 1, size = d->labels ? (uint32_t)strlen(d->labels) : 0, method = d->method;
    uint32_t local = (uint32_t)(f->size - d->prefix), files = d->labels != NULL;
    if (files) {
        record(f, "PK\3\4", "hhhhhwwwhh", (uint32_t[]){20, 0, method, 0, 0, 0, size, size, name, 0});
        fbw_append(f, file_name, name);
        fbw_append(f, d->labels, size);
    }
    uint32_t directory = (uint32_t)f->size;
    if (files) {
        record(f, "PK\1\2", "hhhhhhwwwhhhhhww",
               (uint32_t[]){20, 20, 0, method, 0, 0, 0, size, size, name, 0, 0, 0, 0, 0, local});
        fbw_append(f, file_name, name);
    }
    record(f, "PK\5\6", "hhhhwwh",
           (uint32_t[]){0, 0, files, files, (uint32_t)f->size - directory, directory - (uint32_t)d->prefix, 0});
}

mk_model *described_write(mk_model *m, const described *d) {
    fbw metadata = {0};
    write_metadata(&metadata, d);
    m->metadata_name = "TFLITE_METADATA";
    m->metadata = (const char *)metadata.bytes;
    m->metadata_size = metadata.size;
    mk_write(m);
    write_archive(&m->file, d);
    m->metadata = NULL; /* it is in the file */
    fbw_free(&metadata);
    return m;
}
