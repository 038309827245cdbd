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

static int check_bytes(int file, const cat_model *announced, refusal *r) {
    char sha256[SIG_HASH_TEXT];
    uint64_t size;
    if (!sig_hash_file(file, sha256, &size)) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    if (size != announced->bytes)
        return refuse(r, REFUSED_LENGTH, "%" PRIu64 " bytes, %" PRIu64 " were announced", size, announced->bytes);
    if (strcmp(sha256, announced->sha256) == 0) return 1;
    return refuse(r, REFUSED_HASH, "its SHA-256 is %s, %s was announced", sha256, announced->sha256);
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

int model_check(int file, const cat_model *announced, refusal *r) {
    struct stat about;
    lt_engine *engine = NULL;
    if (announced && !check_bytes(file, announced, r)) return 0;
    if (fstat(file, &about) != 0) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    size_t size = (size_t)about.st_size, have = 0;
    if (!S_ISREG(about.st_mode) || size > CLI_MAX_MODEL)
        return refuse(r, REFUSED_NOT_A_MODEL, "no file of a model's size");
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    ssize_t got = bytes && lt_create(NULL, &engine) == LT_OK ? 1 : -1;
    while (have < size && got > 0)
        if ((got = pread(file, bytes + have, size - have, (off_t)have)) > 0) have += (size_t)got;
    int good = have == size && engine ? check_engine(engine, bytes, size, announced, r)
                                      : refuse(r, REFUSED_STORAGE, "it cannot be read, or memory is short");
    lt_destroy(engine);
    free(bytes);
    return good;
}

int model_check_kept(const store *s, const store_model *model, refusal *r) {
    char path[PATH_MAX];
    cat_model announced = {.bytes = model->bytes};
    memcpy(announced.id, model->id, sizeof announced.id);
    memcpy(announced.version, model->version, sizeof announced.version);
    memcpy(announced.sha256, model->sha256, sizeof announced.sha256);
    if (!store_path(s, model->sha256, ".tflite", path, r)) return 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return refuse(r, REFUSED_STORAGE, "%.300s: %s", path, strerror(errno));
    int good = model_check(file, &announced, r);
    (void)close(file);
    return good;
}
