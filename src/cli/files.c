/* files.c - reading files, finding the model, printing names. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli.h"
#include "store.h"

/* Read exactly size bytes and make sure that there are no more. */
static const char *read_all(int file, uint8_t *bytes, size_t size) {
    size_t have = 0;
    uint8_t more;
    while (have < size) {
        ssize_t got = read(file, bytes + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return strerror(errno);
        if (got == 0) return "became shorter while it was read";
        have += (size_t)got;
    }
    return read(file, &more, 1) == 0 ? NULL : "became longer while it was read";
}

static const char *read_open(int file, size_t limit, uint8_t **bytes, size_t *size) {
    static char text[80];
    struct stat about;
    if (fstat(file, &about) != 0) return strerror(errno);
    if (S_ISDIR(about.st_mode)) return "is a folder";
    if (!S_ISREG(about.st_mode)) return "is no regular file";
    if ((uintmax_t)about.st_size > limit) {
        (void)snprintf(text, sizeof text, "has %ju bytes, more than %zu", (uintmax_t)about.st_size, limit);
        return text;
    }
    *size = (size_t)about.st_size;
    *bytes = malloc(*size > 0 ? *size : 1);
    if (!*bytes) return "does not fit into memory";
    const char *reason = read_all(file, *bytes, *size);
    if (!reason) return NULL;
    free(*bytes);
    *bytes = NULL;
    return reason;
}

const char *cli_read_file(const char *path, size_t limit, uint8_t **bytes, size_t *size) {
    *bytes = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us up */
    if (file < 0) return strerror(errno);
    const char *reason = read_open(file, limit, bytes, size);
    (void)close(file);
    return reason;
}

/* Length of the character at text that may go to a terminal as it is; 0: escape one byte. */
static size_t printable(const char *text, size_t left) {
    size_t length = utf8_length(text, left);
    unsigned char first = (unsigned char)text[0];
    int control = first < 0x20 || first == 0x7f || (first == 0xc2 && (unsigned char)text[1] < 0xa0);
    return control ? 0 : length;
}

int cli_print_text(FILE *to, const char *text) {
    size_t left = strlen(text);
    int width = 0;
    while (left > 0) {
        size_t length = printable(text, left);
        if (length == 0) {
            width += fprintf(to, "\\x%02x", (unsigned char)*text);
            length = 1;
        } else {
            (void)fwrite(text, 1, length, to);
            width++;
        }
        text += length;
        left -= length;
    }
    return width;
}

void cli_complain(const char *kind, const char *file, const char *reason) {
    (void)fflush(stdout);
    fprintf(stderr, "lentigo: %s", kind);
    cli_print_text(stderr, file);
    fprintf(stderr, ": ");
    cli_print_text(stderr, reason);
    fprintf(stderr, "\n");
}

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

const char *cli_reason(const lt_engine *engine, lt_status status) {
    const char *text = lt_error_text(engine);
    return *text ? text : lt_status_text(status);
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
