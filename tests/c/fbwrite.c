#include "fbwrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 4, ALIGNMENT = 16 };

static void need(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "fbwrite: %s\n", what);
    abort();
}

/* ---- bytes ---- */

static size_t extend(fbw *file, size_t more) {
    size_t at = file->size;
    if (more > file->capacity - at) {
        file->capacity = 2 * file->capacity + more + 1024;
        file->bytes = realloc(file->bytes, file->capacity);
        need(file->bytes != NULL, "no memory");
    }
    memset(file->bytes + at, 0, more);
    file->size += more;
    return at;
}

/* Pad until an element that comes after `before` more bytes is aligned. */
static void align(fbw *file, size_t before, size_t alignment) {
    while ((file->size + before) % alignment != 0) (void)extend(file, 1);
}

void fbw_put8(fbw *file, size_t at, uint8_t value) {
    need(at < file->size, "place outside the file");
    file->bytes[at] = value;
}

void fbw_put16(fbw *file, size_t at, uint16_t value) {
    fbw_put8(file, at, (uint8_t)value);
    fbw_put8(file, at + 1, (uint8_t)(value >> 8));
}

void fbw_put32(fbw *file, size_t at, uint32_t value) {
    fbw_put16(file, at, (uint16_t)value);
    fbw_put16(file, at + 2, (uint16_t)(value >> 16));
}

void fbw_put64(fbw *file, size_t at, uint64_t value) {
    fbw_put32(file, at, (uint32_t)value);
    fbw_put32(file, at + WORD, (uint32_t)(value >> 32));
}

uint32_t fbw_get32(const fbw *file, size_t at) {
    const uint8_t *p = file->bytes + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static size_t width_of(char kind) {
    return kind == 'b' ? 1 : kind == 'w' ? WORD : kind == 'q' ? 2 * WORD : 0;
}

size_t fbw_table(fbw *file, const char *layout) {
    size_t fields = strlen(layout), place = WORD, most = WORD;
    align(file, 0, 2 * WORD);
    size_t vtable = extend(file, WORD + 2 * fields);
    align(file, 0, 2 * WORD);
    for (size_t i = 0; i < fields; i++) {
        size_t width = width_of(layout[i]);
        if (width == 0) continue;
        place = (place + width - 1) / width * width;
        fbw_put16(file, vtable + WORD + 2 * i, (uint16_t)place);
        place += width;
        most = place;
    }
    size_t table = extend(file, most);
    fbw_put16(file, vtable, (uint16_t)(WORD + 2 * fields));
    fbw_put16(file, vtable + 2, (uint16_t)most);
    fbw_put32(file, table, (uint32_t)(table - vtable));
    return table;
}

size_t fbw_field(const fbw *file, size_t table, unsigned field) {
    const uint8_t *entry = file->bytes + table - fbw_get32(file, table) + WORD + 2u * field;
    size_t offset = (size_t)(entry[0] | entry[1] << 8);
    need(offset != 0, "the table has no such field");
    return table + offset;
}

size_t fbw_vector(fbw *file, uint32_t count, size_t element_size) {
    align(file, WORD, ALIGNMENT);
    size_t at = extend(file, WORD + count * element_size);
    fbw_put32(file, at, count);
    return at;
}

void fbw_link(fbw *file, size_t at, size_t target) {
    fbw_put32(file, at, (uint32_t)(target - at));
}

/* Append a vector of bytes and make a field lead to it; returns the place of its count. */
static size_t put_bytes(fbw *file, size_t field, const void *data, size_t size) {
    size_t at = fbw_vector(file, (uint32_t)size, 1);
    if (size) memcpy(file->bytes + at + WORD, data, size);
    (void)extend(file, 1); /* strings end in 0 */
    fbw_link(file, field, at);
    return at;
}

void fbw_free(fbw *file) {
    free(file->bytes);
    *file = (fbw){0};
}

void fbw_bytes(fbw *file, size_t field, const void *bytes, size_t size) {
    (void)put_bytes(file, field, bytes, size);
}

void fbw_append(fbw *file, const void *bytes, size_t size) {
    size_t at = extend(file, size);
    if (size) memcpy(file->bytes + at, bytes, size);
}

static size_t put_words(fbw *file, size_t field, const void *words, uint32_t count) {
    size_t at = fbw_vector(file, count, WORD);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t word;
        memcpy(&word, (const uint8_t *)words + WORD * i, WORD);
        fbw_put32(file, at + WORD + WORD * i, word);
    }
    fbw_link(file, field, at);
    return at;
}

/* ---- the description ---- */

mk_model *mk_new(void) {
    mk_model *m = calloc(1, sizeof *m);
    need(m != NULL, "no memory");
    m->version = 3;
    m->subgraph_count = 1;
    return m;
}

void mk_free(mk_model *m) {
    if (!m) return;
    for (uint32_t i = 0; i < m->tensor_count; i++) free(m->tensors[i].data);
    free(m->file.bytes);
    free(m);
}

int32_t mk_tensor_of(mk_model *m, int32_t type, const int32_t *dims, uint32_t rank) {
    need(m->tensor_count < MK_TENSORS && rank <= MK_RANK, "too many tensors or dimensions");
    mk_tensor *tensor = &m->tensors[m->tensor_count];
    tensor->type = type;
    tensor->rank = rank;
    tensor->buffer = -1;
    for (uint32_t i = 0; i < rank; i++) tensor->dims[i] = dims[i];
    return (int32_t)m->tensor_count++;
}

void mk_quantise(mk_model *m, int32_t tensor, float scale, int64_t zero_point) {
    mk_tensor *t = &m->tensors[tensor];
    t->scales[0] = scale;
    t->scale_count = t->zero_count = 1;
    t->zero_point = zero_point;
}

void mk_fill(mk_model *m, int32_t tensor, const void *data, size_t size) {
    mk_tensor *t = &m->tensors[tensor];
    free(t->data);
    t->data = malloc(size);
    need(t->data != NULL, "no memory");
    memcpy(t->data, data, size);
    t->data_size = (uint32_t)size;
}

mk_op *mk_add(mk_model *m, int32_t code, int32_t a, int32_t b, int32_t output) {
    need(m->op_count < MK_OPS, "too many operators");
    mk_op *op = &m->ops[m->op_count++];
    *op = (mk_op){.code = code, .version = 1, .opcode = -1, .inputs = {a, b}, .outputs = {output}, .layout = ""};
    op->input_count = b < 0 ? 1 : 2;
    op->output_count = 1;
    return op;
}

void mk_options(mk_op *op, uint8_t type, const char *layout, const int32_t *values) {
    op->options_type = type;
    op->layout = layout;
    for (size_t i = 0; layout[i]; i++) op->options[i] = values[i];
}

/* ---- the file ---- */

static size_t put_tables(fbw *file, size_t field, uint32_t count) {
    size_t at = fbw_vector(file, count, WORD);
    fbw_link(file, field, at);
    return at;
}

static size_t put_table(fbw *file, size_t vector, uint32_t i, const char *layout) {
    size_t table = fbw_table(file, layout);
    fbw_link(file, vector + WORD + WORD * i, table);
    return table;
}

static void write_quantisation(fbw *file, mk_tensor *t) {
    size_t table = fbw_table(file, "..wwb.w");
    t->quantisation_at = table;
    fbw_link(file, fbw_field(file, t->at, 4), table);
    t->scales_at = put_words(file, fbw_field(file, table, 2), t->scales, t->scale_count);
    align(file, 0, 2 * WORD);
    size_t zeros = fbw_vector(file, t->zero_count, 2 * WORD);
    for (uint32_t i = 0; i < t->zero_count; i++) fbw_put64(file, zeros + WORD + 2u * WORD * i, (uint64_t)t->zero_point);
    fbw_link(file, fbw_field(file, table, 3), zeros);
    fbw_put32(file, fbw_field(file, table, 6), (uint32_t)t->axis);
}

static void write_tensor(mk_model *m, uint32_t i, uint32_t buffer) {
    fbw *file = &m->file;
    mk_tensor *t = &m->tensors[i];
    t->at = put_table(file, m->tensors_at, i, t->scale_count || t->zero_count ? "wbwwwb" : "wbww.b");
    t->shape_at = put_words(file, fbw_field(file, t->at, 0), t->dims, t->rank);
    fbw_put8(file, fbw_field(file, t->at, 1), (uint8_t)t->type);
    fbw_put32(file, fbw_field(file, t->at, 2), t->buffer >= 0 ? (uint32_t)t->buffer : buffer);
    char name[16];
    int size = snprintf(name, sizeof name, "tensor %u", (unsigned)i);
    (void)put_bytes(file, fbw_field(file, t->at, 3), name, (size_t)size);
    if (t->scale_count || t->zero_count) write_quantisation(file, t);
}

static void write_operator(mk_model *m, uint32_t i) {
    fbw *file = &m->file;
    mk_op *op = &m->ops[i];
    op->at = put_table(file, m->ops_at, i, op->options_type ? "wwwbw" : "www");
    fbw_put32(file, fbw_field(file, op->at, 0), op->opcode >= 0 ? (uint32_t)op->opcode : i);
    (void)put_words(file, fbw_field(file, op->at, 1), op->inputs, op->input_count);
    (void)put_words(file, fbw_field(file, op->at, 2), op->outputs, op->output_count);
    if (!op->options_type) return;
    fbw_put8(file, fbw_field(file, op->at, 3), op->options_type);
    op->options_at = fbw_table(file, op->layout);
    fbw_link(file, fbw_field(file, op->at, 4), op->options_at);
    for (unsigned k = 0; op->layout[k]; k++) {
        if (op->layout[k] == 'b') fbw_put8(file, fbw_field(file, op->options_at, k), (uint8_t)op->options[k]);
        if (op->layout[k] == 'w') fbw_put32(file, fbw_field(file, op->options_at, k), (uint32_t)op->options[k]);
    }
}

static void write_codes(mk_model *m, size_t field) {
    fbw *file = &m->file;
    size_t codes = put_tables(file, field, m->op_count);
    for (uint32_t i = 0; i < m->op_count; i++) {
        mk_op *op = &m->ops[i];
        op->code_at = put_table(file, codes, i, op->custom ? "bwww" : "b.ww");
        fbw_put8(file, fbw_field(file, op->code_at, 0), (uint8_t)(op->code < 127 ? op->code : 127));
        fbw_put32(file, fbw_field(file, op->code_at, 2), (uint32_t)op->version);
        fbw_put32(file, fbw_field(file, op->code_at, 3), (uint32_t)op->code);
        if (op->custom) (void)put_bytes(file, fbw_field(file, op->code_at, 1), op->custom, strlen(op->custom));
    }
}

static void write_subgraph(mk_model *m, size_t field) {
    fbw *file = &m->file;
    size_t list = put_tables(file, field, m->subgraph_count);
    m->subgraph_at = fbw_table(file, "wwww");
    for (uint32_t i = 0; i < m->subgraph_count; i++) fbw_link(file, list + WORD + WORD * i, m->subgraph_at);
    m->tensors_at = put_tables(file, fbw_field(file, m->subgraph_at, 0), m->tensor_count);
    (void)put_words(file, fbw_field(file, m->subgraph_at, 1), m->inputs, m->input_count);
    (void)put_words(file, fbw_field(file, m->subgraph_at, 2), m->outputs, m->output_count);
    m->ops_at = put_tables(file, fbw_field(file, m->subgraph_at, 3), m->op_count);
    uint32_t buffer = 1;
    for (uint32_t i = 0; i < m->tensor_count; i++) write_tensor(m, i, m->tensors[i].data ? buffer++ : 0);
    for (uint32_t i = 0; i < m->op_count; i++) write_operator(m, i);
}

/* Entry `index` of the metadata, of that name, with its bytes in buffer `buffer`; names `named` instead where not 0. */
static void write_entry(mk_model *m, uint32_t index, const char *name, const void *bytes, size_t size, uint32_t buffer,
                        uint32_t named) {
    fbw *file = &m->file;
    size_t table = put_table(file, m->buffers_at, buffer, "w");
    (void)put_bytes(file, fbw_field(file, table, 0), bytes, size);
    size_t entry = put_table(file, m->metadata_at, index, "ww");
    (void)put_bytes(file, fbw_field(file, entry, 0), name, strlen(name));
    fbw_put32(file, fbw_field(file, entry, 1), named ? named : buffer);
}

static uint32_t entry_count(const mk_model *m) {
    return m->metadata ? 1u + (m->ood != NULL) + (m->kind != NULL) + (m->selftest != NULL) : 0;
}

/* Buffer 0 is empty, then come the constants' in the order of the tensors, then the metadata's. */
static void write_buffers(mk_model *m, size_t field) {
    fbw *file = &m->file;
    uint32_t count = 1, next = 1;
    for (uint32_t i = 0; i < m->tensor_count; i++) count += m->tensors[i].data != NULL;
    m->buffers_at = put_tables(file, field, count + entry_count(m));
    (void)put_table(file, m->buffers_at, 0, ".");
    for (uint32_t i = 0; i < m->tensor_count; i++) {
        mk_tensor *t = &m->tensors[i];
        if (!t->data) continue;
        t->buffer_at = put_table(file, m->buffers_at, next++, "wqq");
        t->data_at = put_bytes(file, fbw_field(file, t->buffer_at, 0), t->data, t->data_size);
    }
    if (!m->metadata) return;
    uint32_t entry = 0;
    size_t size = m->metadata_size ? m->metadata_size : strlen(m->metadata);
    write_entry(m, entry++, m->metadata_name, m->metadata, size, count, m->metadata_buffer);
    if (m->ood) write_entry(m, entry, "lentigo.ood", m->ood, m->ood_size, count + entry, 0), entry++;
    if (m->kind) write_entry(m, entry, "lentigo.kind", m->kind, m->kind_size, count + entry, 0), entry++;
    if (m->selftest) write_entry(m, entry, "lentigo.selftest", m->selftest, strlen(m->selftest), count + entry, 0);
}

void mk_write(mk_model *m) {
    fbw *file = &m->file;
    file->size = 0;
    (void)extend(file, 2 * WORD);
    memcpy(file->bytes + WORD, "TFL3", WORD);
    m->root_at = fbw_table(file, m->metadata ? "wwwww.w" : "wwwww");
    fbw_link(file, 0, m->root_at);
    fbw_put32(file, fbw_field(file, m->root_at, 0), m->version);
    (void)put_bytes(file, fbw_field(file, m->root_at, 3), "test", 4);
    write_codes(m, fbw_field(file, m->root_at, 1));
    write_subgraph(m, fbw_field(file, m->root_at, 2));
    if (m->metadata) m->metadata_at = put_tables(file, fbw_field(file, m->root_at, 6), entry_count(m));
    write_buffers(m, fbw_field(file, m->root_at, 4));
}
