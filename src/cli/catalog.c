#include "catalog.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

#include "cli.h"

enum { FORMAT = 2 };

/* Largest model file, bytes. */
static const uint64_t most_bytes = UINT64_C(1) << 30;

/* Where a member stands: "models[3].", "models[3].atlas." or "". */
typedef struct place {
    char text[32];
    yyjson_val *object;
    refusal *r;
} place;

static int wrong(const place *p, const char *name, const char *what) {
    return refuse(p->r, REFUSED_CATALOG, "catalog.json: %s%s: %s", p->text, name, what);
}

/* ---- single members -------------------------------------------------------------------------- */

static int is_one_of(const char *text, const char *allowed) {
    return *text != '\0' && text[strspn(text, allowed)] == '\0';
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

/* A string of these characters alone, into out ([capacity]). */
static int read_word(const place *p, const char *name, const char *allowed, char *out, size_t capacity) {
    const char *text = yyjson_get_str(yyjson_obj_get(p->object, name));
    if (!text || strlen(text) >= capacity || !is_one_of(text, allowed)) return wrong(p, name, "not such a text");
    memcpy(out, text, strlen(text) + 1);
    return 1;
}

static int read_text(const place *p, const char *name, const char **out) {
    *out = yyjson_get_str(yyjson_obj_get(p->object, name));
    return *out && **out ? 1 : wrong(p, name, "not a text");
}

static int read_whole(const place *p, const char *name, uint64_t most, uint64_t *out) {
    yyjson_val *item = yyjson_obj_get(p->object, name);
    *out = yyjson_get_uint(item);
    return yyjson_is_uint(item) && *out >= 1 && *out <= most ? 1 : wrong(p, name, "not a whole number from 1 on");
}

/* Three numbers of a semantic version; what follows them is left. */
static int read_numbers(const char *text, unsigned out[3]) {
    int length = 0;
    if (strspn(text, DIGITS ".") < 5 || sscanf(text, "%4u.%4u.%4u%n", &out[0], &out[1], &out[2], &length) != 3)
        return 0;
    return length > 0 && (text[length] == '\0' || text[length] == '-' || text[length] == '+');
}

static int read_version(const place *p, const char *name, char out[CAT_VERSION], unsigned numbers[3]) {
    if (!read_word(p, name, LETTERS DIGITS ".+-", out, CAT_VERSION)) return 0;
    return read_numbers(out, numbers) ? 1 : wrong(p, name, "no semantic version");
}

/* "2027-11-28T00:00:00Z" as seconds since 1970. */
static int read_time(const place *p, const char *name, time_t *out) {
    const char *text = yyjson_get_str(yyjson_obj_get(p->object, name));
    struct tm t = {0};
    int length = 0;
    int fields = !text ? 0
                       : sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &t.tm_year, &t.tm_mon, &t.tm_mday, &t.tm_hour,
                                &t.tm_min, &t.tm_sec, &length);
    t.tm_year -= 1900;
    t.tm_mon -= 1;
    struct tm same = t; /* timegm brings what is out of range into it */
    *out = timegm(&same);
    if (fields != 6 || length != 20 || text[length] != '\0' || same.tm_mday != t.tm_mday || same.tm_mon != t.tm_mon ||
        same.tm_hour != t.tm_hour || same.tm_min != t.tm_min || same.tm_sec != t.tm_sec)
        return wrong(p, name, "no time as 2027-01-31T00:00:00Z");
    return 1;
}

/* A relative address in the same folder or below it, without anything that a server could read in another way. */
static int read_url(const place *p, const char *name, char out[CAT_URL]) {
    if (!read_word(p, name, LETTERS DIGITS "._-/", out, CAT_URL)) return 0;
    for (const char *part = out; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (*part == '\0' || *part == '/' || *part == '.')
            return wrong(p, name, "no file in the catalogue's folder or below");
    return 1;
}

static int read_sha256(const place *p, const char *name, char out[SIG_HASH_TEXT]) {
    if (!read_word(p, name, "0123456789abcdef", out, SIG_HASH_TEXT)) return 0;
    return strlen(out) == SIG_HASH_TEXT - 1 ? 1 : wrong(p, name, "not 64 hexadecimal digits");
}

static int check_strings(const place *p, const char *name) {
    yyjson_val *array = yyjson_obj_get(p->object, name), *item;
    size_t index, end;
    if (!yyjson_is_arr(array)) return wrong(p, name, "not a list");
    yyjson_arr_foreach(array, index, end, item) if (!yyjson_is_str(item)) return wrong(p, name,
                                                                                       "not a list of strings");
    return 1;
}

/* ---- models ---------------------------------------------------------------------------------- */

static int wants_newer(const unsigned wanted[3]) {
    static const unsigned own[3] = {LT_VERSION_MAJOR, LT_VERSION_MINOR, LT_VERSION_PATCH};
    for (int i = 0; i < 3; i++)
        if (wanted[i] != own[i]) return wanted[i] > own[i];
    return 0;
}

static int read_note(const place *p, const char **out) {
    *out = yyjson_get_str(yyjson_obj_get(yyjson_obj_get(p->object, "note"), "en"));
    return *out && **out ? 1 : wrong(p, "note.en", "not a text");
}

/* A member that may be absent. */
static int read_atlas(const place *model, cat_file *out) {
    place p = {.object = yyjson_obj_get(model->object, "atlas"), .r = model->r};
    if (!p.object) return 1;
    if (!yyjson_is_obj(p.object)) return wrong(model, "atlas", "not an object");
    (void)snprintf(p.text, sizeof p.text, "%.20satlas.", model->text);
    return read_sha256(&p, "sha256", out->sha256) && read_whole(&p, "bytes", CLI_MAX_ATLAS, &out->bytes) &&
           read_url(&p, "url", out->url);
}

static int read_model(yyjson_val *entry, uint32_t index, time_t now, cat_model *out, refusal *r) {
    place p = {.object = entry, .r = r};
    char engine[CAT_VERSION];
    unsigned version[3], wanted[3];
    time_t expires;
    (void)snprintf(p.text, sizeof p.text, "models[%u].", (unsigned)index);
    *out = (cat_model){.entry = entry};
    if (!yyjson_is_obj(entry)) return wrong(&p, "", "not an object");
    if (!read_word(&p, "id", LETTERS DIGITS "._-", out->id, sizeof out->id) ||
        !read_version(&p, "version", out->version, version) ||
        !read_whole(&p, "sequence", UINT64_MAX, &out->sequence) || !read_sha256(&p, "sha256", out->sha256) ||
        !read_whole(&p, "bytes", most_bytes, &out->bytes) || !read_url(&p, "url", out->url) ||
        !read_version(&p, "engine", engine, wanted) || !check_strings(&p, "kinds") || !check_strings(&p, "labels") ||
        !read_text(&p, "licence", &out->licence) || !read_note(&p, &out->note) || !read_atlas(&p, &out->atlas))
        return 0;
    out->engine_is_old = wants_newer(wanted);
    if (!yyjson_obj_get(entry, "expires")) return 1;
    if (!read_time(&p, "expires", &expires)) return 0;
    out->expired = expires <= now;
    return 1;
}

static int read_keys(const place *p, sig_keys *out) {
    yyjson_val *array = yyjson_obj_get(p->object, "keys"), *item;
    size_t index, end;
    if (yyjson_arr_size(array) == 0) return wrong(p, "keys", "not a list of at least one key");
    if (yyjson_arr_size(array) > CAT_MAX_KEYS) return wrong(p, "keys", "too many");
    yyjson_arr_foreach(array, index, end, item) {
        sig_key key;
        const char *text = yyjson_get_str(item);
        if (!text || !sig_key_read(text, strlen(text), &key)) return wrong(p, "keys", "not base64 of 32 bytes");
        (void)sig_add(out, &key);
    }
    return 1;
}

static int read_models(const place *p, time_t now, catalog *out) {
    yyjson_val *array = yyjson_obj_get(p->object, "models"), *item;
    size_t index, end, count = yyjson_arr_size(array);
    if (count == 0) return wrong(p, "models", "not a list of at least one model");
    if (count > CAT_MAX_MODELS) return wrong(p, "models", "more than this program takes");
    yyjson_arr_foreach(array, index, end, item) {
        if (!read_model(item, (uint32_t)index, now, &out->models[index], p->r)) return 0;
        out->count++;
    }
    return 1;
}

int cat_read(const char *json, size_t size, time_t now, catalog *out, refusal *r) {
    place p = {.r = r};
    time_t issued, expires;
    *out = (catalog){.count = 0};
    sig_hash(json, size, out->sha256);
    out->tree = yyjson_read(json, size, YYJSON_READ_NOFLAG);
    p.object = yyjson_doc_get_root(out->tree);
    if (!yyjson_is_obj(p.object)) return refuse(r, REFUSED_CATALOG, "catalog.json: no JSON object");
    yyjson_val *format = yyjson_obj_get(p.object, "format");
    if (!yyjson_is_uint(format)) return wrong(&p, "format", "not a whole number");
    if (yyjson_get_uint(format) > FORMAT)
        return refuse(r, REFUSED_FORMAT,
                      "catalog.json is of format %" PRIu64 ", newer than %d, which this program reads",
                      yyjson_get_uint(format), FORMAT);
    if (yyjson_get_uint(format) < FORMAT) return wrong(&p, "format", "1, which is not signed");
    if (!read_whole(&p, "sequence", UINT64_MAX, &out->sequence) || !read_time(&p, "issued", &issued) ||
        !read_time(&p, "expires", &expires) || !read_keys(&p, &out->keys) || !read_models(&p, now, out))
        return 0;
    if (expires > now) return 1;
    return refuse(r, REFUSED_EXPIRED, "catalog.json was good until %s",
                  yyjson_get_str(yyjson_obj_get(p.object, "expires")));
}

void cat_free(catalog *c) {
    yyjson_doc_free(c->tree);
    c->tree = NULL;
}

int cat_usable(const cat_model *model, refusal *r) {
    if (model->engine_is_old)
        return refuse(r, REFUSED_ENGINE, "%s@%s wants engine %s, this one is %s", model->id, model->version,
                      yyjson_get_str(yyjson_obj_get(model->entry, "engine")), lt_version());
    if (model->expired)
        return refuse(r, REFUSED_EXPIRED, "%s@%s was good until %s", model->id, model->version,
                      yyjson_get_str(yyjson_obj_get(model->entry, "expires")));
    return 1;
}

int cat_names(const char *name, const char *id, const char *version) {
    const char *at = strchr(name, '@');
    size_t length = at ? (size_t)(at - name) : strlen(name);
    return strlen(id) == length && memcmp(name, id, length) == 0 && (!at || strcmp(at + 1, version) == 0);
}
