#include "atlas.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

static const char magic[8] = {'L', 'N', 'T', 'G', 'A', 'T', 'L', 'S'};

/* Texts of the file: of the model, of each source, of each lesion. */
enum { OF_MODEL = 2, OF_SOURCE = 4, OF_LESION = 2, MAX_SOURCES = 255 };

struct atlas {
    const lt_allocator *memory;
    uint32_t labels, channels, kinds, dims, count, sources, pixels;
    const uint8_t *offsets, *scales;      /* [dims] f32, at any address */
    const int8_t *rows;                   /* [dims, channels] */
    const int8_t *codes;                  /* [count, dims] */
    const uint8_t *label, *kind, *source; /* [count] */
    const uint8_t *sizes;                 /* [count] u32, at any address */
    size_t pictures;                      /* where they begin in the file */
    double place[ATL_MAX_DIMS];           /* scratch of atl_nearest: the picture, projected */
    const char *texts[];                  /* in the order of the file */
};

/* ---- reading --------------------------------------------------------------------------------- */

/* What is left of the file. A part that is longer than that sticks: all later ones are NULL. */
typedef struct reader {
    const uint8_t *at;
    uint64_t left;
    const char *missing; /* the first part that is not there; NULL: none */
} reader;

static const uint8_t *take(reader *r, const char *part, uint64_t size) {
    const uint8_t *found = r->at;
    if (!r->missing && size > r->left) r->missing = part;
    if (r->missing) return NULL;
    r->at += size;
    r->left -= size;
    return found;
}

static uint32_t u32_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t take_u32(reader *r, const char *part) {
    const uint8_t *bytes = take(r, part, 4);
    return bytes ? u32_at(bytes) : 0;
}

static float f32_at(const uint8_t *bytes) {
    uint32_t bits = u32_at(bytes);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A number of the header with the bounds it has to keep. */
typedef struct field {
    const char *name;
    uint32_t value, least, most;
} field;

static lt_status check_fields(const field *fields, size_t count, lt_error *error) {
    for (size_t i = 0; i < count; i++) {
        const field *f = &fields[i];
        if (f->value >= f->least && f->value <= f->most) continue;
        if (f->least == f->most)
            return lt_fail(error, LT_ATLAS, "atlas: %s: %u, the model has %u", f->name, (unsigned)f->value,
                           (unsigned)f->least);
        return lt_fail(error, LT_ATLAS, "atlas: %s: %u, from %u to %u are allowed", f->name, (unsigned)f->value,
                       (unsigned)f->least, (unsigned)f->most);
    }
    return LT_OK;
}

static lt_status check_floats(const char *name, const uint8_t *values, uint32_t count, lt_error *error) {
    for (uint32_t i = 0; i < count; i++)
        if (!isfinite(f32_at(values + (size_t)i * 4)))
            return lt_fail(error, LT_ATLAS, "atlas: %s[%u]: not a finite number", name, (unsigned)i);
    return LT_OK;
}

static int has_direction(const int8_t *code, uint32_t dims) {
    for (uint32_t d = 0; d < dims; d++)
        if (code[d] != 0) return 1;
    return 0;
}

/* Each lesion's numbers; the sizes of the pictures must add up to what the header says. */
static lt_status check_lesions(const atlas *a, uint32_t picture_size, lt_error *error) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        const field fields[] = {{"label", a->label[i], 0, a->labels - 1},
                                {"kind", a->kind[i], 0, a->kinds - 1},
                                {"source", a->source[i], 0, a->sources - 1}};
        uint32_t size = u32_at(a->sizes + (size_t)i * 4);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            if (fields[k].value > fields[k].most)
                return lt_fail(error, LT_ATLAS, "atlas: lesion %u: %s %u of %u", (unsigned)i, fields[k].name,
                               (unsigned)fields[k].value, (unsigned)fields[k].most + 1);
        if (!has_direction(a->codes + (size_t)i * a->dims, a->dims))
            return lt_fail(error, LT_ATLAS, "atlas: lesion %u: its code is all 0", (unsigned)i);
        if (size == 0) return lt_fail(error, LT_ATLAS, "atlas: lesion %u: no picture", (unsigned)i);
        sum += size;
    }
    if (sum != picture_size)
        return lt_fail(error, LT_ATLAS, "atlas: pictures of %llu bytes in all, picture_size says %u",
                       (unsigned long long)sum, (unsigned)picture_size);
    return LT_OK;
}

static uint32_t text_count(const atlas *a) {
    return OF_MODEL + a->sources * OF_SOURCE + a->count * OF_LESION;
}

static lt_status read_texts(atlas *a, const char *text, uint32_t size, lt_error *error) {
    size_t valid = utf8_check(text, size);
    if (valid < size) return lt_fail(error, LT_ATLAS, "atlas: text: byte %zu is not UTF-8", valid);
    for (uint32_t i = 0; i < text_count(a); i++) {
        const char *end = memchr(text, '\0', size);
        if (!end) return lt_fail(error, LT_ATLAS, "atlas: text: %u of %u texts", (unsigned)i, (unsigned)text_count(a));
        a->texts[i] = text;
        size -= (uint32_t)(end + 1 - text);
        text = end + 1;
    }
    if (size > 0) return lt_fail(error, LT_ATLAS, "atlas: text: %u bytes too many", (unsigned)size);
    return LT_OK;
}

/* The header's numbers. */
typedef struct header {
    uint32_t version, labels, channels, kinds, dims, count, sources, pixels, text_size, picture_size;
    uint64_t key;
} header;

static lt_status read_header(reader *r, const atl_model *model, header *h, lt_error *error) {
    const uint8_t *start = take(r, "magic", sizeof magic);
    if (!start || memcmp(start, magic, sizeof magic) != 0)
        return lt_fail(error, LT_ATLAS, "atlas: magic: the file does not begin as an atlas does");
    h->version = take_u32(r, "version");
    h->labels = take_u32(r, "labels");
    h->key = take_u32(r, "key");
    h->key |= (uint64_t)take_u32(r, "key") << 32;
    h->channels = take_u32(r, "channels");
    h->kinds = take_u32(r, "kinds");
    h->dims = take_u32(r, "dims");
    h->count = take_u32(r, "count");
    h->sources = take_u32(r, "sources");
    h->pixels = take_u32(r, "pixels");
    h->text_size = take_u32(r, "text_size");
    h->picture_size = take_u32(r, "picture_size");
    if (r->missing) return lt_fail(error, LT_ATLAS, "atlas: %s: the file ends before it", r->missing);
    if (h->version != ATL_VERSION)
        return lt_fail(error, LT_ATLAS, "atlas: version: %u, this engine reads %d", (unsigned)h->version, ATL_VERSION);
    if (model->channels == 0)
        return lt_fail(error, LT_ATLAS, "atlas: the network has no global pooling to be found by");
    if (h->key != model->key)
        return lt_fail(error, LT_ATLAS, "atlas: key: it belongs to network %016llx, the one at work is %016llx",
                       (unsigned long long)h->key, (unsigned long long)model->key);
    const field fields[] = {{"labels", h->labels, model->labels, model->labels},
                            {"channels", h->channels, model->channels, model->channels},
                            {"kinds", h->kinds, model->kinds, model->kinds},
                            {"dims", h->dims, 1, ATL_MAX_DIMS},
                            {"count", h->count, 1, ATL_MAX_LESIONS},
                            {"sources", h->sources, 1, MAX_SOURCES},
                            {"pixels", h->pixels, 1, UINT16_MAX}};
    return check_fields(fields, sizeof fields / sizeof *fields, error);
}

/* All behind the header, whose numbers *a and h have. */
static lt_status read_parts(atlas *a, reader *r, const header *h, lt_error *error) {
    const uint8_t *begin = r->at;
    uint64_t dims = a->dims, count = a->count;
    a->offsets = take(r, "offsets", dims * 4);
    a->scales = take(r, "scales", dims * 4);
    a->rows = (const int8_t *)take(r, "rows", dims * a->channels);
    a->codes = (const int8_t *)take(r, "codes", count * dims);
    a->label = take(r, "label", count);
    a->kind = take(r, "kind", count);
    a->source = take(r, "source", count);
    a->sizes = take(r, "sizes", count * 4);
    const char *text = (const char *)take(r, "text", h->text_size);
    a->pictures += (size_t)(r->at - begin);
    (void)take(r, "pictures", h->picture_size);
    if (r->missing) return lt_fail(error, LT_ATLAS, "atlas: %s: the file ends within it", r->missing);
    if (r->left > 0)
        return lt_fail(error, LT_ATLAS, "atlas: %llu bytes behind the pictures", (unsigned long long)r->left);
    lt_status status = check_floats("offsets", a->offsets, a->dims, error);
    if (status == LT_OK) status = check_floats("scales", a->scales, a->dims, error);
    if (status == LT_OK) status = check_lesions(a, h->picture_size, error);
    return status == LT_OK ? read_texts(a, text, h->text_size, error) : status;
}

lt_status atl_read(const uint8_t *bytes, size_t size, const atl_model *model, const lt_allocator *memory, atlas **out,
                   lt_error *error) {
    header h;
    reader r = {bytes, size, NULL};
    *out = NULL;
    lt_status status = read_header(&r, model, &h, error);
    if (status != LT_OK) return status;
    size_t texts = OF_MODEL + (size_t)h.sources * OF_SOURCE + (size_t)h.count * OF_LESION;
    atlas *a = mem_take(memory, sizeof *a + texts * sizeof *a->texts);
    if (!a) return lt_fail(error, LT_MEMORY, "no memory for the atlas");
    *a = (atlas){.memory = memory,
                 .labels = h.labels,
                 .channels = h.channels,
                 .kinds = h.kinds,
                 .dims = h.dims,
                 .count = h.count,
                 .sources = h.sources,
                 .pixels = h.pixels,
                 .pictures = (size_t)(r.at - bytes)};
    status = read_parts(a, &r, &h, error);
    if (status != LT_OK) {
        atl_free(a);
        return status;
    }
    *out = a;
    return LT_OK;
}

void atl_free(atlas *a) {
    if (a) mem_give(a->memory, a);
}

/* ---- searching ------------------------------------------------------------------------------- */

/* Project the picture into a->place. Returns the length of what comes out. */
static double project(atlas *a, const float *features, size_t positions) {
    double square = 0.0;
    for (uint32_t d = 0; d < a->dims; d++) {
        const int8_t *row = a->rows + (size_t)d * a->channels;
        double sum = 0.0;
        for (size_t p = 0; p < positions; p++)
            for (uint32_t c = 0; c < a->channels; c++) sum += (double)row[c] * (double)features[p * a->channels + c];
        a->place[d] = (double)f32_at(a->scales + (size_t)d * 4) * sum / (double)positions +
                      (double)f32_at(a->offsets + (size_t)d * 4);
        square += a->place[d] * a->place[d];
    }
    return sqrt(square);
}

/* The cosine of the angle between the picture, which is that long, and a lesion. */
static float cosine(const atlas *a, double length, uint32_t lesion) {
    const int8_t *code = a->codes + (size_t)lesion * a->dims;
    double sum = 0.0;
    int32_t square = 0;
    for (uint32_t d = 0; d < a->dims; d++) {
        sum += a->place[d] * (double)code[d];
        square += code[d] * code[d];
    }
    return (float)(sum / (length * sqrt((double)square)));
}

uint32_t atl_nearest(atlas *a, const float *features, size_t positions, uint32_t kind,
                     lt_neighbour out[LT_NEIGHBOURS]) {
    uint32_t found = 0;
    double length = project(a, features, positions);
    if (!(length > 0.0) || !isfinite(length)) return 0;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind[i] != kind) continue;
        lt_neighbour here = {i, a->label[i], cosine(a, length, i)};
        uint32_t at = found;
        while (at > 0 && here.similarity > out[at - 1].similarity) at--;
        if (at == LT_NEIGHBOURS) continue;
        if (found < LT_NEIGHBOURS) found++;
        memmove(&out[at + 1], &out[at], (found - at - 1) * sizeof *out);
        out[at] = here;
    }
    return found;
}

/* ---- telling --------------------------------------------------------------------------------- */

static void member(json_out *out, const char *name, const char *text) {
    json_raw(out, name);
    json_string(out, text);
}

static void put_lesion(json_out *out, const atlas *a, const char *label, const lt_neighbour *n) {
    const char *const *source = a->texts + OF_MODEL + (size_t)a->source[n->lesion] * OF_SOURCE;
    const char *const *lesion = a->texts + OF_MODEL + (size_t)a->sources * OF_SOURCE + (size_t)n->lesion * OF_LESION;
    uint64_t offset = a->pictures;
    for (uint32_t i = 0; i < n->lesion; i++) offset += u32_at(a->sizes + (size_t)i * 4);
    member(out, "{\"id\":", lesion[0]);
    if (label)
        member(out, ",\"label\":", label);
    else {
        json_raw(out, ",\"label\":");
        json_unsigned(out, n->label);
    }
    json_raw(out, ",\"similarity\":");
    json_float(out, n->similarity);
    member(out, ",\"confirmed\":", lesion[1]);
    member(out, ",\"source\":", source[0]);
    member(out, ",\"where\":", source[1]);
    member(out, ",\"attribution\":", source[2]);
    member(out, ",\"licence\":", source[3]);
    json_raw(out, ",\"picture\":{\"offset\":");
    json_unsigned(out, offset);
    json_raw(out, ",\"bytes\":");
    json_unsigned(out, u32_at(a->sizes + (size_t)n->lesion * 4));
    json_raw(out, ",\"pixels\":");
    json_unsigned(out, a->pixels);
    json_raw(out, "}}");
}

void atl_json(json_out *out, const atlas *a, const char *const *labels, const lt_neighbour *nearest, uint32_t count) {
    json_raw(out, "[");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) json_raw(out, ",");
        put_lesion(out, a, labels ? labels[i] : NULL, &nearest[i]);
    }
    json_raw(out, "]");
}
