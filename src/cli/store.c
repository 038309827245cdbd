#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yyjson.h>

#include "base/json.h"
#include "cli.h"

enum { FORMAT = 1, MOST_STATE = 1 << 20 /* bytes of state.json */ };

static int failed(const char *path, refusal *r) {
    return refuse(r, REFUSED_STORAGE, "%.300s: %s", path, strerror(errno));
}

/* ---- where it is ----------------------------------------------------------------------------- */

static int find_folder(char out[PATH_MAX]) {
    const char *own = getenv("LENTIGO_MODELS"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int length = -1;
    if (own && *own)
        length = snprintf(out, PATH_MAX, "%s", own);
    else if (data && *data == '/')
        length = snprintf(out, PATH_MAX, "%s/lentigo/models", data);
    else if (home && *home)
        length = snprintf(out, PATH_MAX, "%s/.local/share/lentigo/models", home);
    return length > 0 && length < PATH_MAX - SIG_HASH_TEXT - 16; /* room for the longest name in it */
}

static int make_folder(const char *folder) {
    char path[PATH_MAX];
    memcpy(path, folder, strlen(folder) + 1);
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) return 0;
        *slash = '/';
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

int store_path(const store *s, const char *sha256, const char *ending, char out[PATH_MAX], refusal *r) {
    int length = snprintf(out, PATH_MAX, "%s/%s%s", s->folder, sha256, ending);
    return length > 0 && length < PATH_MAX ? 1 : refuse(r, REFUSED_STORAGE, "the folder's path is too long");
}

/* ---- reading the state ----------------------------------------------------------------------- */

static int read_word(yyjson_val *object, const char *name, char *out, size_t capacity) {
    const char *text = yyjson_get_str(yyjson_obj_get(object, name));
    if (!text || strlen(text) >= capacity) return 0;
    memcpy(out, text, strlen(text) + 1);
    return 1;
}

/* 64 hexadecimal digits: it becomes a file's name. */
static int read_hash(yyjson_val *object, const char *name, char out[SIG_HASH_TEXT]) {
    return read_word(object, name, out, SIG_HASH_TEXT) && strspn(out, "0123456789abcdef") == SIG_HASH_TEXT - 1;
}

static int read_keys(yyjson_val *object, const char *name, sig_keys *out) {
    yyjson_val *array = yyjson_obj_get(object, name), *item;
    size_t index, end;
    if (!yyjson_is_arr(array)) return 0;
    yyjson_arr_foreach(array, index, end, item) {
        sig_key key;
        const char *text = yyjson_get_str(item);
        if (!text || !sig_key_read(text, strlen(text), &key) || !sig_add(out, &key)) return 0;
    }
    return 1;
}

static int read_trust(yyjson_val *root, store *s) {
    yyjson_val *array = yyjson_obj_get(root, "trust"), *item;
    size_t index, end;
    if (!yyjson_is_arr(array) || yyjson_arr_size(array) > STORE_MAX_TRUST) return 0;
    yyjson_arr_foreach(array, index, end, item) {
        store_trust *t = &s->trust[index];
        yyjson_val *sequence = yyjson_obj_get(item, "sequence");
        t->sequence = yyjson_get_uint(sequence);
        if (!yyjson_is_uint(sequence) || !read_hash(item, "sha256", t->sha256) || !read_keys(item, "keys", &t->keys) ||
            !read_keys(item, "retired", &t->retired))
            return 0;
        s->trust_count++;
    }
    return 1;
}

static int read_models(yyjson_val *root, store *s) {
    yyjson_val *array = yyjson_obj_get(root, "models"), *item;
    size_t index, end;
    if (!yyjson_is_arr(array) || yyjson_arr_size(array) > STORE_MAX_MODELS) return 0;
    yyjson_arr_foreach(array, index, end, item) {
        store_model *m = &s->models[index];
        yyjson_val *bytes = yyjson_obj_get(item, "bytes");
        m->bytes = yyjson_get_uint(bytes);
        if (!yyjson_is_uint(bytes) || !read_hash(item, "sha256", m->sha256) || !read_word(item, "id", m->id, CAT_ID) ||
            !read_word(item, "version", m->version, CAT_VERSION) ||
            (yyjson_obj_get(item, "atlas") && !read_hash(item, "atlas", m->atlas)))
            return 0;
        s->model_count++;
    }
    return 1;
}

static int read_state(store *s, const char *json, size_t size) {
    yyjson_doc *tree = yyjson_read(json, size, YYJSON_READ_NOFLAG);
    yyjson_val *root = yyjson_doc_get_root(tree);
    int whole = yyjson_get_uint(yyjson_obj_get(root, "format")) == FORMAT && read_trust(root, s) &&
                read_models(root, s) &&
                (yyjson_is_null(yyjson_obj_get(root, "use")) || read_hash(root, "use", s->used));
    yyjson_doc_free(tree);
    return whole;
}

static int load_state(store *s, refusal *r) {
    char path[PATH_MAX];
    uint8_t *bytes;
    size_t size;
    if (!store_path(s, "state", ".json", path, r)) return 0;
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) return 1;
    const char *reason = cli_read_file(path, MOST_STATE, &bytes, &size);
    if (reason) return refuse(r, REFUSED_STORAGE, "%.300s: %s", path, reason);
    int whole = read_state(s, (const char *)bytes, size);
    free(bytes);
    /* never begun anew by itself: with it would go who is trusted, and how new the catalogues were */
    return whole ? 1 : refuse(r, REFUSED_STORAGE, "%.300s: damaged, or of a newer program", path);
}

int store_open(store *s, store_mode mode, refusal *r) {
    char path[PATH_MAX];
    memset(s, 0, sizeof *s);
    s->lock = -1;
    if (!find_folder(s->folder)) return refuse(r, REFUSED_STORAGE, "no folder for models: set LENTIGO_MODELS");
    if (mode == STORE_WRITE) {
        if (!make_folder(s->folder)) return failed(s->folder, r);
        if (!store_path(s, "lock", "", path, r)) return 0;
        s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (s->lock < 0) return failed(path, r);
        int locked;
        while ((locked = flock(s->lock, LOCK_EX)) != 0 && errno == EINTR) continue;
        if (locked != 0) {
            (void)failed(path, r);
            store_close(s);
            return 0;
        }
    }
    if (load_state(s, r)) return 1;
    store_close(s);
    return 0;
}

void store_close(store *s) {
    if (s->lock >= 0) (void)close(s->lock);
    s->lock = -1;
}

/* ---- writing it ------------------------------------------------------------------------------ */

static void write_keys(json_out *out, const char *name, const sig_keys *set) {
    json_raw(out, name);
    for (uint32_t i = 0; i < set->count; i++) {
        char text[SIG_KEY_TEXT];
        sig_key_write(&set->keys[i], text);
        json_raw(out, i > 0 ? "," : "");
        json_string(out, text);
    }
    json_raw(out, "]");
}

static size_t write_state(const store *s, char *text, size_t capacity) {
    json_out out;
    json_begin(&out, text, capacity);
    json_raw(&out, "{\"format\":");
    json_unsigned(&out, FORMAT);
    json_raw(&out, ",\"trust\":[");
    for (uint32_t i = 0; i < s->trust_count; i++) {
        const store_trust *t = &s->trust[i];
        json_raw(&out, i > 0 ? ",{\"sequence\":" : "{\"sequence\":");
        json_unsigned(&out, t->sequence);
        json_raw(&out, ",\"sha256\":");
        json_string(&out, t->sha256);
        write_keys(&out, ",\"keys\":[", &t->keys);
        write_keys(&out, ",\"retired\":[", &t->retired);
        json_raw(&out, "}");
    }
    json_raw(&out, "],\"models\":[");
    for (uint32_t i = 0; i < s->model_count; i++) {
        const store_model *m = &s->models[i];
        json_raw(&out, i > 0 ? ",{\"id\":" : "{\"id\":");
        json_string(&out, m->id);
        json_raw(&out, ",\"version\":");
        json_string(&out, m->version);
        json_raw(&out, ",\"sha256\":");
        json_string(&out, m->sha256);
        json_raw(&out, ",\"bytes\":");
        json_unsigned(&out, m->bytes);
        if (*m->atlas) {
            json_raw(&out, ",\"atlas\":");
            json_string(&out, m->atlas);
        }
        json_raw(&out, "}");
    }
    json_raw(&out, "],\"use\":");
    if (*s->used)
        json_string(&out, s->used);
    else
        json_raw(&out, "null");
    json_raw(&out, "}\n");
    return json_end(&out);
}

/* A rename is on the disk once its folder is. */
static int sync_folder(const store *s) {
    int folder = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return 0;
    int done = fsync(folder) == 0;
    return close(folder) == 0 && done;
}

static int write_all(int file, const char *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t wrote = write(file, bytes + done, size - done);
        if (wrote < 0 && errno != EINTR) return 0;
        if (wrote > 0) done += (size_t)wrote;
    }
    return fsync(file) == 0;
}

int store_save(const store *s, refusal *r) {
    char path[PATH_MAX], next[PATH_MAX];
    if (!store_path(s, "state", ".json", path, r) || !store_path(s, "state", ".json.next", next, r)) return 0;
    size_t size = write_state(s, NULL, 0);
    char *text = malloc(size + 1);
    if (!text) return refuse(r, REFUSED_STORAGE, "%s", lt_status_text(LT_MEMORY));
    (void)write_state(s, text, size + 1);
    int file = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int done = file >= 0 && write_all(file, text, size);
    if (file >= 0 && close(file) != 0) done = 0;
    free(text);
    if (done && rename(next, path) == 0 && sync_folder(s)) return 1;
    return failed(path, r);
}

int store_settle(const store *s, const char *sha256, const char *ending, refusal *r) {
    char part[PATH_MAX], path[PATH_MAX];
    if (!store_path(s, sha256, ".part", part, r) || !store_path(s, sha256, ending, path, r)) return 0;
    int file = open(part, O_RDONLY | O_CLOEXEC);
    int done = file >= 0 && fsync(file) == 0;
    if (file >= 0 && close(file) != 0) done = 0;
    return done && rename(part, path) == 0 && sync_folder(s) ? 1 : failed(path, r);
}

/* ---- the list -------------------------------------------------------------------------------- */

const store_model *store_find(const store *s, const char *sha256) {
    for (uint32_t i = 0; i < s->model_count; i++)
        if (strcmp(s->models[i].sha256, sha256) == 0) return &s->models[i];
    return NULL;
}

const store_model *store_find_named(const store *s, const char *name) {
    for (uint32_t i = 0; i < s->model_count; i++)
        if (cat_names(name, s->models[i].id, s->models[i].version)) return &s->models[i];
    return NULL;
}

void store_add_atlas(store *s, const char *sha256, const char *atlas) {
    for (uint32_t i = 0; i < s->model_count; i++)
        if (strcmp(s->models[i].sha256, sha256) == 0) memcpy(s->models[i].atlas, atlas, SIG_HASH_TEXT);
}

void store_drop(store *s, const char *sha256) {
    const store_model *found = store_find(s, sha256);
    if (!found) return;
    uint32_t at = (uint32_t)(found - s->models);
    memmove(&s->models[at], &s->models[at + 1], (s->model_count - at - 1) * sizeof *s->models);
    s->model_count--;
}

int store_add(store *s, const cat_model *model, refusal *r) {
    store_drop(s, model->sha256);
    if (s->model_count == STORE_MAX_MODELS)
        return refuse(r, REFUSED_STORAGE, "%d models are kept already: remove one", STORE_MAX_MODELS);
    memmove(&s->models[1], &s->models[0], s->model_count * sizeof *s->models);
    s->models[0] = (store_model){.bytes = model->bytes};
    memcpy(s->models[0].id, model->id, sizeof model->id);
    memcpy(s->models[0].version, model->version, sizeof model->version);
    memcpy(s->models[0].sha256, model->sha256, sizeof model->sha256);
    s->model_count++;
    return 1;
}

static int is_kept_atlas(const store *s, const char *sha256) {
    for (uint32_t i = 0; i < s->model_count; i++)
        if (strcmp(s->models[i].atlas, sha256) == 0) return 1;
    return 0;
}

/* Is this the name of a file of ours that no state needs? */
static int is_left_over(const store *s, const char *name) {
    char sha256[SIG_HASH_TEXT];
    size_t digits = strspn(name, "0123456789abcdef");
    if (digits != sizeof sha256 - 1) return 0;
    memcpy(sha256, name, digits);
    sha256[digits] = '\0';
    const char *ending = name + digits;
    return strcmp(ending, ".part") == 0 || (strcmp(ending, ".tflite") == 0 && !store_find(s, sha256)) ||
           (strcmp(ending, ".atlas") == 0 && !is_kept_atlas(s, sha256));
}

void store_sweep(const store *s) {
    const struct dirent *entry;
    DIR *folder = opendir(s->folder);
    while (folder && (entry = readdir(folder)))
        if (is_left_over(s, entry->d_name)) (void)unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder) (void)closedir(folder);
}
