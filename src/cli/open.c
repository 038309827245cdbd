/* open.c - an engine with the model that is named, or used, or came with this program. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "store.h"

/* Where the model lies from the folder of this program on: in a clone, and where it is installed. */
static const char *const model_places[] = {"/../model/lesion.tflite", "/../share/lentigo/lesion.tflite"};

/* The first of these that is there, or else the first, into path ([capacity]); 0 where it is too long. */
static int find_model(char *path, size_t capacity) {
    ssize_t length = readlink("/proc/self/exe", path, capacity - 1);
    if (length <= 0) return 0;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash) return 0;
    size_t room = capacity - (size_t)(slash - path);
    for (size_t i = sizeof model_places / sizeof *model_places; i-- > 0;) {
        if (strlen(model_places[i]) >= room) return 0;
        memcpy(slash, model_places[i], strlen(model_places[i]) + 1);
        if (i == 0 || access(path, R_OK) == 0) break;
    }
    return 1;
}

/* Set the flag ([label_count]) of each class that --malignant names. Returns 0 after a message where there is none such. */
static int mark_malignant(const cli_settings *settings, const lt_model *model, uint8_t *flags) {
    for (uint32_t i = 0; i < settings->malignant_count; i++) {
        uint32_t label = 0;
        while (label < model->label_count && strcmp(model->labels[label].id, settings->malignant[i]) != 0) label++;
        if (label == model->label_count) {
            cli_complain("--malignant: ", settings->malignant[i], "the model has no such class");
            return 0;
        }
        flags[label] = 1;
    }
    return 1;
}

/* An engine with the model, and what the options and `stated` say of that. */
static lt_status make_engine(const cli_settings *settings, const uint8_t *model, size_t size, lt_stated stated,
                             lt_engine **out) {
    lt_options options;
    stated.size = sizeof stated;
    stated.has_pixels = settings->pixels.has_mean;
    memcpy(stated.mean, settings->pixels.mean, sizeof stated.mean);
    memcpy(stated.std, settings->pixels.std, sizeof stated.std);
    lt_options_default(&options);
    options.threads = settings->threads;
    options.full_decode = settings->full_decode;
    if (settings->megapixels > 0) options.max_pixels = (uint64_t)settings->megapixels * 1000000;
    lt_status status = lt_create(&options, out);
    if (status != LT_OK) return status;
    int any = stated.labels || stated.malignant || stated.has_pixels;
    return lt_load_model_as(*out, model, size, any ? &stated : NULL);
}

/* The same again with the classes of --malignant, whose numbers the loaded model tells. Takes *engine; NULL on error. */
static lt_status mark(const cli_settings *settings, const uint8_t *model, size_t size, lt_stated stated,
                      lt_engine **engine) {
    uint8_t flags[LT_MAX_LABELS] = {0};
    int known = mark_malignant(settings, lt_get_model(*engine), flags);
    stated.malignant = flags;
    stated.malignant_count = lt_get_model(*engine)->label_count;
    lt_destroy(*engine);
    *engine = NULL;
    return known ? make_engine(settings, model, size, stated, engine) : LT_ARGUMENT;
}

/* Say what an answer will stand on that nobody has said. */
static void warn_of_unsaid(const char *path, const lt_model *model) {
    if (model->unsaid & LT_UNSAID_PIXELS)
        cli_complain("model ", path,
                     "it does not say what range of pixels it takes; state it with --range or --mean and --std");
    if (model->unsaid & LT_UNSAID_LABELS)
        cli_complain("model ", path, "it does not name its classes; name them with --labels");
}

/* An engine with the model of these bytes, read from path. NULL after a message. */
static lt_engine *load(const cli_settings *settings, const char *path, const uint8_t *bytes, size_t size) {
    lt_engine *engine = NULL;
    uint8_t *labels = NULL;
    size_t labels_size = 0;
    const char *reason =
        settings->labels ? cli_read_file(settings->labels, CLI_MAX_LABELS, &labels, &labels_size) : NULL;
    if (reason) {
        cli_complain("", settings->labels, reason);
        return NULL;
    }
    const lt_stated stated = {.labels = (const char *)labels, .labels_size = labels_size};
    lt_status status = make_engine(settings, bytes, size, stated, &engine);
    if (status == LT_OK && settings->malignant_count > 0) status = mark(settings, bytes, size, stated, &engine);
    free(labels);
    if (status == LT_OK) {
        warn_of_unsaid(path, lt_get_model(engine));
        return engine;
    }
    if (engine || status != LT_ARGUMENT) cli_complain("model ", path, cli_reason(engine, status));
    lt_destroy(engine);
    return NULL;
}

/* The same of the file at path. */
static lt_engine *read_and_load(const cli_settings *settings, const char *path) {
    uint8_t *bytes;
    size_t size;
    const char *reason = cli_read_file(path, CLI_MAX_MODEL, &bytes, &size);
    if (reason) {
        cli_complain("model ", path, reason);
        if (!settings->model) fprintf(stderr, "lentigo: --model FILE or LENTIGO_MODEL names another\n");
        return NULL;
    }
    lt_engine *engine = load(settings, path, bytes, size);
    free(bytes);
    return engine;
}

/* An engine with the model that `lentigo model use` chose. NULL where there is none, or after a message where it cannot
 * be taken. */
static lt_engine *open_used(const cli_settings *settings) {
    static store s;
    char path[PATH_MAX];
    refusal r;
    if (!store_open(&s, STORE_READ, &r) || (*s.used && !store_path(&s, s.used, ".tflite", path, &r))) {
        fprintf(stderr, "lentigo: %s: ", refusal_name(r.id));
        cli_print_text(stderr, r.text);
        fprintf(stderr, "\n");
    } else if (!*s.used) {
        return NULL;
    } else {
        lt_engine *engine = read_and_load(settings, path);
        if (engine) return engine;
    }
    fprintf(stderr, "lentigo: the model that came with this program is used instead\n");
    return NULL;
}

lt_engine *cli_open(const cli_settings *settings) {
    char path[PATH_MAX];
    const char *named = settings->model ? settings->model : getenv("LENTIGO_MODEL");
    if (settings->pixels.has_mean != settings->pixels.has_std) {
        fprintf(stderr, "lentigo: --mean and --std go together\n");
        return NULL;
    }
    lt_engine *used = named ? NULL : open_used(settings);
    if (used) return used;
    if (named || find_model(path, sizeof path)) return read_and_load(settings, named ? named : path);
    fprintf(stderr, "lentigo: which model? name it by --model FILE or LENTIGO_MODEL\n");
    return NULL;
}
