/* Is a file the announced model, and does it give here what it gave where it was made? */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yyjson.h>

#include "model.h"

static int check_bytes(int file, uint64_t bytes, const char *announced, refusal *r) {
    char sha256[SIG_HASH_TEXT];
    uint64_t size;
    if (!sig_hash_file(file, sha256, &size)) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    if (size != bytes) return refuse(r, REFUSED_LENGTH, "%" PRIu64 " bytes, %" PRIu64 " were announced", size, bytes);
    if (strcmp(sha256, announced) == 0) return 1;
    return refuse(r, REFUSED_HASH, "its SHA-256 is %s, %s was announced", sha256, announced);
}

/* What an engine's status means for the file. */
static int refuse_status(const lt_engine *engine, lt_status status, refusal *r) {
    static const refusal_id ids[LT_STATUS_COUNT] = {
        [LT_MEMORY] = REFUSED_STORAGE,           [LT_MODEL_FORMAT] = REFUSED_NOT_A_MODEL,
        [LT_MODEL_UNSUPPORTED] = REFUSED_ENGINE, [LT_MODEL_METADATA] = REFUSED_NOT_A_MODEL,
        [LT_RUNTIME] = REFUSED_SELF_TEST,        [LT_NO_SELF_TEST] = REFUSED_SELF_TEST,
        [LT_SELF_TEST] = REFUSED_SELF_TEST,      [LT_ARGUMENT] = REFUSED_NOT_A_MODEL,
    };
    return refuse(r, ids[status], "%s", cli_reason(engine, status));
}

static int same_labels(const lt_model *model, yyjson_val *entry) {
    yyjson_val *labels = yyjson_obj_get(entry, "labels"), *item;
    size_t index, end;
    if (yyjson_arr_size(labels) != model->label_count) return 0;
    yyjson_arr_foreach(labels, index, end,
                       item) if (strcmp(yyjson_get_str(item), model->labels[index].id) != 0) return 0;
    return 1;
}

static int check_engine(lt_engine *engine, const uint8_t *bytes, size_t size, const cat_model *announced, refusal *r) {
    lt_status status = lt_load_model(engine, bytes, size);
    if (status != LT_OK) return refuse_status(engine, status, r);
    const lt_model *model = lt_get_model(engine);
    if (announced && (strcmp(model->name, announced->id) != 0 || strcmp(model->version, announced->version) != 0))
        return refuse(r, REFUSED_CATALOG, "catalog.json calls it %s@%s, the file itself %.64s@%.48s", announced->id,
                      announced->version, model->name, model->version);
    if (announced && announced->entry && !same_labels(model, announced->entry))
        return refuse(r, REFUSED_CATALOG, "catalog.json: labels: not those of the file");
    status = lt_self_test(engine);
    return status == LT_OK ? 1 : refuse_status(engine, status, r);
}

/* All of an open file, to be freed in any case. Returns 0 on a refusal. */
static int read_all(int file, size_t most, uint8_t **bytes, size_t *size, refusal *r) {
    struct stat about;
    size_t have = 0;
    *bytes = NULL;
    if (fstat(file, &about) != 0) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    *size = (size_t)about.st_size;
    if (!S_ISREG(about.st_mode) || *size > most) return refuse(r, REFUSED_NOT_A_MODEL, "no file of a model's size");
    *bytes = malloc(*size > 0 ? *size : 1);
    ssize_t got = *bytes ? 1 : -1;
    while (have < *size && got > 0)
        if ((got = pread(file, *bytes + have, *size - have, (off_t)have)) > 0) have += (size_t)got;
    return *bytes && have == *size ? 1 : refuse(r, REFUSED_STORAGE, "it cannot be read, or memory is short");
}

/* What is to be checked, and by what. */
typedef struct subject {
    const uint8_t *model, *atlas; /* [model_size], [atlas_size]; atlas NULL: the model alone */
    size_t model_size, atlas_size;
    const cat_model *announced; /* of the model; NULL: nothing was */
} subject;

static int check_subject(lt_engine *engine, const subject *s, refusal *r) {
    if (!s->atlas) return check_engine(engine, s->model, s->model_size, s->announced, r);
    lt_status status = lt_load_model(engine, s->model, s->model_size);
    if (status != LT_OK) return refuse_status(engine, status, r);
    status = lt_load_atlas(engine, s->atlas, s->atlas_size);
    return status == LT_OK ? 1 : refuse(r, REFUSED_CATALOG, "atlas: %s", cli_reason(engine, status));
}

static int check_in_engine(const subject *s, refusal *r) {
    lt_engine *engine = NULL;
    int good = lt_create(NULL, &engine) == LT_OK ? check_subject(engine, s, r)
                                                 : refuse(r, REFUSED_STORAGE, "%s", lt_status_text(LT_MEMORY));
    lt_destroy(engine);
    return good;
}

int model_check(int file, const cat_model *announced, refusal *r) {
    uint8_t *bytes;
    size_t size;
    if (announced && !check_bytes(file, announced->bytes, announced->sha256, r)) return 0;
    int good = read_all(file, CLI_MAX_MODEL, &bytes, &size, r) &&
               check_in_engine(&(subject){.model = bytes, .model_size = size, .announced = announced}, r);
    free(bytes);
    return good;
}

int model_check_atlas(int file, const cat_file *announced, int model, refusal *r) {
    uint8_t *bytes = NULL, *network = NULL;
    size_t size, network_size;
    if (!check_bytes(file, announced->bytes, announced->sha256, r)) return 0;
    int good = read_all(file, CLI_MAX_ATLAS, &bytes, &size, r) &&
               read_all(model, CLI_MAX_MODEL, &network, &network_size, r) &&
               check_in_engine(&(subject){network, bytes, network_size, size, NULL}, r);
    free(bytes);
    free(network);
    return good;
}

/* A kept file, for reading; -1 on a refusal. */
static int open_kept(const store *s, const char *sha256, const char *ending, refusal *r) {
    char path[PATH_MAX];
    if (!store_path(s, sha256, ending, path, r)) return -1;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) (void)refuse(r, REFUSED_STORAGE, "%.300s: %s", path, strerror(errno));
    return file;
}

int model_open_kept(const store *s, const store_model *model, refusal *r) {
    return open_kept(s, model->sha256, ".tflite", r);
}

int model_check_kept_atlas(const store *s, const store_model *model, refusal *r) {
    struct stat about;
    if (!*model->atlas) return 1;
    int atlas = open_kept(s, model->atlas, ".atlas", r), file = atlas < 0 ? -1 : model_open_kept(s, model, r);
    int good = file >= 0;
    if (good && fstat(atlas, &about) != 0) good = refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    if (good) {
        cat_file announced = {.bytes = (uint64_t)about.st_size};
        memcpy(announced.sha256, model->atlas, sizeof announced.sha256);
        good = model_check_atlas(atlas, &announced, file, r);
    }
    if (file >= 0) (void)close(file);
    if (atlas >= 0) (void)close(atlas);
    return good;
}

int model_check_kept(const store *s, const store_model *model, refusal *r) {
    cat_model announced = {.bytes = model->bytes};
    memcpy(announced.id, model->id, sizeof announced.id);
    memcpy(announced.version, model->version, sizeof announced.version);
    memcpy(announced.sha256, model->sha256, sizeof announced.sha256);
    int file = model_open_kept(s, model, r);
    if (file < 0) return 0;
    int good = model_check(file, &announced, r);
    (void)close(file);
    return good;
}
