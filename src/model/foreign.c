#include "foreign.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "flatbuf.h"
#include "zip.h"

/* Numbers of the fields in TFLite Metadata's tables. */
enum { MODEL_NAME, MODEL_VERSION = 2, MODEL_SUBGRAPHS, MODEL_AUTHOR, MODEL_LICENCE };
enum { SUBGRAPH_INPUTS = 2, SUBGRAPH_OUTPUTS };
enum { TENSOR_UNITS = 4, TENSOR_FILES = 6 };
enum { UNIT_TYPE, UNIT_OPTIONS };
enum { NORMALISATION_MEAN, NORMALISATION_STD };
enum { FILE_NAME, FILE_TYPE = 2 };

/* Of its unions and enumerations. */
enum { UNIT_NORMALISATION = 1, AXIS_LABELS = 2, VALUE_LABELS = 3 };

enum { CHANNELS = 3, REPEATED = 400 }; /* bytes of a repeated label that are kept */

typedef struct text {
    const char *bytes; /* [size] UTF-8, borrowed; NULL: none */
    size_t size;
} text;

/* What is known of the model. */
typedef struct facts {
    text name, version, author, licence, labels; /* labels: a class a line */
    const uint8_t *malignant; /* [classes]; NULL: none is */
    int has_pixels;
    float mean[CHANNELS], std[CHANNELS];
} facts;

/* ---- TFLite Metadata ---- */

static text text_of(fb_file *file, fb_table table, uint16_t field, const char *name) {
    fb_vector v = fb_string(file, table, field, name);
    text t = {(const char *)fb_bytes(file, v), v.count};
    while (t.size > 0 && t.bytes[t.size - 1] == '\0') t.size--; /* some writers count the final 0 */
    if (t.size > 0 && utf8_check(t.bytes, t.size) < t.size)
        (void)fb_fail(file, LT_MODEL_METADATA, "%s: not UTF-8", name);
    return t;
}

/* One number for all channels, or one for each; 0 where there are others than these. */
static int read_numbers(fb_file *file, fb_table options, uint16_t field, const char *name, float out[CHANNELS]) {
    fb_vector list = fb_elements(file, options, field, sizeof(float), name);
    if (list.count != 1 && list.count != CHANNELS) return 0;
    for (uint32_t i = 0; i < CHANNELS; i++) {
        int32_t bits = fb_i32_of(file, list, list.count == 1 ? 0 : i);
        memcpy(&out[i], &bits, sizeof out[i]);
        if (!isfinite(out[i])) (void)fb_fail(file, LT_MODEL_METADATA, "%s[%u]: not finite", name, (unsigned)i);
    }
    return 1;
}

static void read_normalisation(fb_file *file, fb_table input, facts *out) {
    fb_vector units = fb_elements(file, input, TENSOR_UNITS, 4, "process units");
    for (uint32_t i = 0; i < units.count && file->status == LT_OK; i++) {
        fb_table unit = fb_table_of(file, units, i, "process unit");
        if (fb_u8(file, unit, UNIT_TYPE, 0, "type of options") != UNIT_NORMALISATION) continue;
        fb_table options = fb_subtable(file, unit, UNIT_OPTIONS, "normalisation");
        out->has_pixels = read_numbers(file, options, NORMALISATION_MEAN, "mean", out->mean) &&
                          read_numbers(file, options, NORMALISATION_STD, "std", out->std);
        for (int c = 0; out->has_pixels && c < CHANNELS; c++)
            if (!(out->std[c] > 0)) (void)fb_fail(file, LT_MODEL_METADATA, "std[%d] is %g", c, (double)out->std[c]);
    }
}

/* The labels' file, of the first entry that has the type and is in the archive. */
static void read_labels(fb_file *file, fb_table output, const tfl_graph *graph, facts *out) {
    fb_vector files = fb_elements(file, output, TENSOR_FILES, 4, "associated files");
    for (uint32_t i = 0; i < files.count && file->status == LT_OK && !out->labels.bytes; i++) {
        fb_table entry = fb_table_of(file, files, i, "associated file");
        uint8_t type = fb_u8(file, entry, FILE_TYPE, 0, "type");
        if (type != AXIS_LABELS && type != VALUE_LABELS) continue;
        text name = text_of(file, entry, FILE_NAME, "file name");
        const uint8_t *bytes = NULL;
        size_t size = 0;
        if (file->status == LT_OK && name.size > 0)
            file->status = zip_find(graph->bytes, graph->size, name.bytes, name.size, &bytes, &size, file->error);
        out->labels = (text){(const char *)bytes, size};
    }
}

static fb_table first_of(fb_file *file, fb_table table, uint16_t field, const char *name) {
    fb_vector list = fb_elements(file, table, field, 4, name);
    return list.count > 0 ? fb_table_of(file, list, 0, name) : (fb_table){0};
}

static lt_status read_described(const tfl_graph *graph, facts *out, lt_error *error) {
    fb_file file;
    fb_table root = fb_root(&file, graph->described, graph->described_size, "M001", error);
    fb_part(&file, "TFLite Metadata", FB_ONLY);
    out->name = text_of(&file, root, MODEL_NAME, "name");
    out->version = text_of(&file, root, MODEL_VERSION, "version");
    out->author = text_of(&file, root, MODEL_AUTHOR, "author");
    out->licence = text_of(&file, root, MODEL_LICENCE, "license");
    fb_table subgraph = first_of(&file, root, MODEL_SUBGRAPHS, "subgraphs");
    read_normalisation(&file, first_of(&file, subgraph, SUBGRAPH_INPUTS, "inputs"), out);
    read_labels(&file, first_of(&file, subgraph, SUBGRAPH_OUTPUTS, "outputs"), graph, out);
    return file.status;
}

/* ---- the caller ---- */

static lt_status take_stated(const tfl_graph *graph, const lt_stated *stated, facts *out, lt_error *error) {
    if (stated->labels) out->labels = (text){stated->labels, stated->labels_size};
    if (stated->malignant && stated->malignant_count != graph->classes)
        return lt_fail(error, LT_ARGUMENT, "stated.malignant: %u values for %u classes",
                       (unsigned)stated->malignant_count, (unsigned)graph->classes);
    out->malignant = stated->malignant;
    if (!stated->has_pixels) return LT_OK;
    for (int c = 0; c < CHANNELS; c++) {
        out->mean[c] = stated->mean[c];
        out->std[c] = stated->std[c];
        if (!isfinite(out->mean[c]) || !isnormal(out->std[c]) || out->std[c] < 0)
            return lt_fail(error, LT_ARGUMENT, "stated.mean, std: %g and %g of channel %d", (double)out->mean[c],
                           (double)out->std[c], c);
    }
    out->has_pixels = 1;
    return LT_OK;
}

/* A quantised input that says nothing else, and one of uint8 always, takes the pixels as they are. */
static void take_pixels_as_they_are(const tfl_graph *graph, facts *out) {
    const tfl_tensor *input = &graph->tensors[graph->input];
    if (input->type != TFL_I8 || (out->has_pixels && !input->moved)) return;
    for (int c = 0; c < CHANNELS; c++) {
        out->mean[c] = (float)(input->zero_point + TFL_MOVE);
        out->std[c] = 1 / input->scales[0];
    }
    out->has_pixels = 1;
}

/* ---- labels ---- */

/* The next line of *left, which moves on; without its end. */
static text next_line(text *left) {
    const char *end = memchr(left->bytes, '\n', left->size);
    size_t size = end ? (size_t)(end - left->bytes) : left->size;
    text line = {left->bytes, size};
    left->bytes += end ? size + 1 : size;
    left->size -= end ? size + 1 : size;
    if (line.size > 0 && line.bytes[line.size - 1] == '\r') line.size--;
    return line;
}

static uint32_t count_lines(text lines) {
    uint32_t count = 0;
    while (lines.size > 0) {
        (void)next_line(&lines);
        count++;
    }
    return count;
}

/* How many lines before `end` are the same as the line. */
static unsigned same_before(text all, const char *end, text line) {
    unsigned count = 0;
    while (all.size > 0) {
        text other = next_line(&all);
        if (other.bytes >= end) break;
        count += other.size == line.size && memcmp(other.bytes, line.bytes, line.size) == 0;
    }
    return count;
}

static lt_status check_labels(facts *f, uint32_t classes, lt_error *error) {
    text *lines = &f->labels;
    size_t valid = utf8_check(lines->bytes, lines->size);
    if (valid < lines->size) return lt_fail(error, LT_MODEL_METADATA, "labels: byte %zu is not UTF-8", valid);
    if (memchr(lines->bytes, '\0', lines->size))
        return lt_fail(error, LT_MODEL_METADATA, "labels: a byte of 0, so this is no text");
    while (lines->size > 0 && strchr("\r\n", lines->bytes[lines->size - 1])) lines->size--;
    uint32_t count = count_lines(*lines);
    if (count == classes) return LT_OK;
    return lt_fail(error, LT_MODEL_METADATA, "labels: %u, but the network gives %u values", (unsigned)count,
                   (unsigned)classes);
}

/* ---- the document ---- */

/* An id has to be there and no other label's: a line without text is called by its number, a repeated one counted. */
static void write_label(json_out *out, const facts *f, uint32_t index, text line) {
    char number[24] = "";
    unsigned before = same_before(f->labels, line.bytes, line);
    json_raw(out, index > 0 ? ",{\"id\":" : "{\"id\":");
    if (line.size == 0 || before > 0) {
        char id[REPEATED + sizeof number];
        size_t kept = utf8_check(line.bytes, line.size < REPEATED ? line.size : REPEATED);
        (void)snprintf(number, sizeof number, line.size == 0 ? "%u" : " (%u)", line.size == 0 ? index : before + 1);
        memcpy(id, line.bytes, kept);
        memcpy(id + kept, number, strlen(number));
        json_text(out, id, kept + strlen(number));
    } else {
        json_text(out, line.bytes, line.size);
    }
    json_raw(out, f->malignant && f->malignant[index] ? ",\"malignant\":true}" : "}");
}

static void write_text(json_out *out, const char *name, text value) {
    if (value.size == 0) return;
    json_raw(out, name);
    json_text(out, value.bytes, value.size);
}

/* Is it 1.2.3, with more behind it or not, which our document wants a version to be? */
static int is_semantic(text version) {
    char copy[32], tail[2];
    unsigned part[3];
    if (version.size == 0 || version.size >= sizeof copy) return 0;
    memcpy(copy, version.bytes, version.size);
    copy[version.size] = '\0';
    if (strspn(copy, "0123456789.") != version.size || strstr(copy, "..")) return 0;
    return sscanf(copy, "%9u.%9u.%9u%1s", &part[0], &part[1], &part[2], tail) == 3;
}

static const char empty_document[] = "{\"format\":1}";

static size_t write_document(const facts *f, char *bytes, size_t capacity) {
    json_out out;
    json_begin(&out, bytes, capacity);
    json_raw(&out, "{\"format\":1");
    write_text(&out, ",\"name\":", f->name);
    if (is_semantic(f->version)) write_text(&out, ",\"version\":", f->version);
    write_text(&out, ",\"licence\":", f->licence);
    write_text(&out, ",\"attribution\":", f->author);
    if (f->labels.bytes) {
        text left = f->labels;
        json_raw(&out, ",\"labels\":[");
        for (uint32_t i = 0; left.size > 0; i++) write_label(&out, f, i, next_line(&left));
        json_raw(&out, "]");
    }
    if (f->has_pixels) {
        json_raw(&out, ",\"preprocessing\":{\"mean\":");
        json_floats(&out, f->mean, CHANNELS);
        json_raw(&out, ",\"std\":");
        json_floats(&out, f->std, CHANNELS);
        json_raw(&out, "}");
    }
    json_raw(&out, "}");
    return json_end(&out);
}

lt_status foreign_document(const tfl_graph *graph, const lt_stated *stated, uint8_t **json, size_t *size,
                           uint32_t *unsaid, lt_error *error) {
    facts f = {.has_pixels = 0};
    *json = NULL;
    lt_status status = graph->described ? read_described(graph, &f, error) : LT_OK;
    if (status != LT_OK) return status;
    take_pixels_as_they_are(graph, &f);
    if (stated) status = take_stated(graph, stated, &f, error);
    if (status == LT_OK && f.labels.bytes) status = check_labels(&f, graph->classes, error);
    if (status != LT_OK) return status;
    if (f.malignant && !f.labels.bytes)
        return lt_fail(error, LT_ARGUMENT, "stated.malignant: the classes have no names, state these, too");
    *unsaid = (f.labels.bytes ? 0u : LT_UNSAID_LABELS) | (f.has_pixels ? 0u : LT_UNSAID_PIXELS) |
              (f.malignant ? 0u : LT_UNSAID_MALIGNANT);
    *size = write_document(&f, NULL, 0);
    if (*size == strlen(empty_document)) return LT_OK;
    *json = mem_take(graph->memory, *size + 1);
    if (!*json) return lt_fail(error, LT_MEMORY, "no memory for the model's document");
    (void)write_document(&f, (char *)*json, *size + 1);
    return LT_OK;
}
