/* `lentigo model fetch` and `verify`: a catalogue's models, brought here or only looked at. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model.h"

/* Largest file of keys, bytes. */
#define MAX_KEYS ((size_t)64 << 10)

int model_refused(const char *about, const refusal *r) {
    char reason[sizeof r->text + 32];
    (void)snprintf(reason, sizeof reason, "%s: %s", refusal_name(r->id), r->text);
    cli_complain("", about, reason);
    return CLI_FAILED;
}

/* The keys of --keys; returns 0 after a message on stderr. */
static int read_given(const cli_settings *settings, sig_keys *out) {
    uint8_t *bytes;
    size_t size;
    out->count = 0;
    if (!settings->keys) return 1;
    const char *reason = cli_read_file(settings->keys, MAX_KEYS, &bytes, &size);
    if (!reason) reason = sig_read_keys((const char *)bytes, size, out);
    free(bytes);
    if (reason) cli_complain("--keys: ", settings->keys, reason);
    return !reason;
}

int model_catalog(const cli_settings *settings, const char *address, store *s, source *from, catalog *out) {
    sig_keys given;
    refusal r;
    if (!read_given(settings, &given)) return 0;
    int good = source_open(from, address, &r) && trust_read(from, &given, s, out, &r);
    if (good) return 1;
    (void)model_refused(address, &r);
    source_close(from);
    return 0;
}

/* The best that may be taken, of that name where there is one. */
static const cat_model *choose(const catalog *c, const char *name, refusal *r) {
    refusal first = {.id = REFUSED_COUNT};
    for (uint32_t i = 0; i < c->count; i++) {
        const cat_model *model = &c->models[i];
        if (name && !cat_names(name, model->id, model->version)) continue;
        if (cat_usable(model, r)) return model;
        if (first.id == REFUSED_COUNT) first = *r;
    }
    if (first.id == REFUSED_COUNT)
        (void)refuse(r, REFUSED_CATALOG, "catalog.json lists no model %.100s", name ? name : "");
    else
        *r = first;
    return NULL;
}

/* ---- fetch ----------------------------------------------------------------------------------- */

/* A file that is to come, and how it is checked once it is there. */
typedef struct wanted {
    const char *url, *sha256, *ending; /* ending: of its name in the store */
    uint64_t bytes;
    const cat_model *model; /* it, or the one whose atlas it is */
    int model_file; /* of an atlas: the model's file, open; -1: it is the model */
} wanted;

static int check(const wanted *w, int file, refusal *r) {
    if (w->model_file < 0) return model_check(file, w->model, r);
    return model_check_atlas(file, &w->model->atlas, w->model_file, r);
}

/* Into the open file, which may hold a part; once more from the beginning where the part was of something else. */
static int bring(source *from, const wanted *w, int file, refusal *r) {
    struct stat about;
    int resumed = fstat(file, &about) == 0 && about.st_size > 0;
    if (!source_fetch(from, w->url, w->bytes, file, r)) return 0;
    if (check(w, file, r)) return 1;
    if (!resumed || r->id != REFUSED_HASH) return 0;
    if (ftruncate(file, 0) != 0) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    return source_fetch(from, w->url, w->bytes, file, r) && check(w, file, r);
}

/* Into the store, under its name once it is whole and right. */
static int fetch_file(source *from, const wanted *w, const store *s, refusal *r) {
    char path[PATH_MAX];
    if (!store_path(s, w->sha256, ".part", path, r)) return 0;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return refuse(r, REFUSED_STORAGE, "%.300s: %s", path, strerror(errno));
    int good = bring(from, w, file, r);
    (void)close(file);
    /* a part that the network or a full disk has cut is gone on with next time; anything else is of no use */
    if (!good && r->id != REFUSED_NETWORK && r->id != REFUSED_STORAGE) (void)unlink(path);
    return good && store_settle(s, w->sha256, w->ending, r);
}

static int bring_model(source *from, const cat_model *model, store *s, refusal *r) {
    const wanted w = {model->url, model->sha256, ".tflite", model->bytes, model, -1};
    return fetch_file(from, &w, s, r) && store_add(s, model, r) && store_save(s, r);
}

/* The atlas that the catalogue names for a model that is here by now. */
static int bring_atlas(source *from, const cat_model *model, store *s, refusal *r) {
    const store_model *kept = store_find(s, model->sha256);
    const cat_file *atlas = &model->atlas;
    if (strcmp(kept->atlas, atlas->sha256) == 0 && model_check_kept_atlas(s, kept, r)) return 1;
    int file = model_open_kept(s, kept, r);
    if (file < 0) return 0;
    const wanted w = {atlas->url, atlas->sha256, ".atlas", atlas->bytes, model, file};
    int good = fetch_file(from, &w, s, r);
    (void)close(file);
    if (!good) return 0;
    store_add_atlas(s, model->sha256, atlas->sha256);
    return store_save(s, r);
}

static int fetch_atlas(source *from, const cat_model *model, const char *about, store *s) {
    char path[PATH_MAX];
    refusal r;
    if (model->atlas.bytes == 0) return CLI_OK;
    if (!bring_atlas(from, model, s, &r) || !store_path(s, model->atlas.sha256, ".atlas", path, &r))
        return model_refused(about, &r);
    printf("its atlas is here; lentigo classify --similar ");
    cli_print_text(stdout, path);
    printf("\n");
    return CLI_OK;
}

static int fetch_model(source *from, const catalog *c, const char *name, store *s) {
    refusal r;
    const cat_model *model = choose(c, name, &r);
    if (!model) return model_refused(name ? name : from->base, &r);
    const store_model *kept = store_find(s, model->sha256);
    char about[CAT_ID + CAT_VERSION];
    (void)snprintf(about, sizeof about, "%s@%s", model->id, model->version);
    if (kept && model_check_kept(s, kept, &r))
        printf("%s is here already\n", about);
    else if (bring_model(from, model, s, &r))
        printf("%s is here, %" PRIu64 " bytes; lentigo model use %s\n", about, model->bytes, about);
    else
        return model_refused(about, &r);
    return fetch_atlas(from, model, about, s);
}

int model_fetch(const cli_settings *settings, char **names, int count) {
    static store s;
    static catalog c;
    source from;
    refusal r;
    if (count < 1 || count > 2) {
        fprintf(stderr, "lentigo: model fetch takes a catalogue's address or folder, and a model of it or none\n");
        return CLI_USAGE;
    }
    if (!store_open(&s, STORE_WRITE, &r)) return model_refused(s.folder, &r);
    int code = CLI_FAILED;
    if (model_catalog(settings, names[0], &s, &from, &c)) {
        code =
            store_save(&s, &r) ? fetch_model(&from, &c, count > 1 ? names[1] : NULL, &s) : model_refused(s.folder, &r);
        cat_free(&c);
        source_close(&from);
    }
    store_close(&s);
    return code;
}

/* ---- verify ---------------------------------------------------------------------------------- */

static int tell(const char *id, const char *version, int good, const refusal *r) {
    char about[CAT_ID + CAT_VERSION];
    (void)snprintf(about, sizeof about, "%s@%s", id, version);
    if (!good) return model_refused(about, r);
    printf("%s: fine\n", about);
    return CLI_OK;
}

/* One model of a catalogue with its atlas, brought into files that have no name. */
static int verify_files(source *from, const cat_model *model, int file, int atlas, refusal *r) {
    if (!cat_usable(model, r) || !source_fetch(from, model->url, model->bytes, file, r) || !model_check(file, model, r))
        return 0;
    return model->atlas.bytes == 0 || (source_fetch(from, model->atlas.url, model->atlas.bytes, atlas, r) &&
                                       model_check_atlas(atlas, &model->atlas, file, r));
}

static int verify_listed(source *from, const cat_model *model) {
    refusal r;
    FILE *file = tmpfile(), *atlas = tmpfile();
    int good = file && atlas ? verify_files(from, model, fileno(file), fileno(atlas), &r)
                             : refuse(&r, REFUSED_STORAGE, "%s", strerror(errno));
    if (file) (void)fclose(file);
    if (atlas) (void)fclose(atlas);
    return tell(model->id, model->version, good, &r);
}

static int verify_catalog(const cli_settings *settings, const char *address, store *s) {
    static catalog c;
    source from;
    int code = CLI_OK;
    if (!model_catalog(settings, address, s, &from, &c)) return CLI_FAILED;
    for (uint32_t i = 0; i < c.count; i++) code |= verify_listed(&from, &c.models[i]);
    cat_free(&c);
    source_close(&from);
    return code;
}

static int verify_file(const char *path) {
    refusal r;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int good = file >= 0 ? model_check(file, NULL, &r) : refuse(&r, REFUSED_STORAGE, "%s", strerror(errno));
    if (file >= 0) (void)close(file);
    if (!good) return model_refused(path, &r);
    cli_print_text(stdout, path);
    printf(": fine\n");
    return CLI_OK;
}

int model_verify(const cli_settings *settings, char **names, int count) {
    static store s;
    struct stat about;
    refusal r;
    int code = CLI_OK;
    if (count > 1) {
        fprintf(stderr, "lentigo: model verify takes a catalogue's address or folder, a model file, or nothing\n");
        return CLI_USAGE;
    }
    if (count == 1 && stat(names[0], &about) == 0 && S_ISREG(about.st_mode)) return verify_file(names[0]);
    if (!store_open(&s, STORE_READ, &r)) return model_refused(s.folder, &r);
    if (count == 1) return verify_catalog(settings, names[0], &s); /* the store is not written */
    for (uint32_t i = 0; i < s.model_count; i++) {
        const store_model *model = &s.models[i];
        int good = model_check_kept(&s, model, &r) && model_check_kept_atlas(&s, model, &r);
        code |= tell(model->id, model->version, good, &r);
    }
    return code;
}
