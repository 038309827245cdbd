/* options.c - one table of options for all commands. */
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* How an option's value is read into its field of cli_settings. Returns 0 where it does not fit. */
typedef int reader(const char *value, void *field);

static int read_text(const char *value, void *field) {
    *(const char **)field = value;
    return *value != '\0';
}

static int read_prior(const char *value, void *field) {
    return lt_prior_from_name(value, field) == LT_OK;
}

static int read_number(const char *value, unsigned long most, void *field) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || number < 1 || number > most) return 0;
    *(uint32_t *)field = (uint32_t)number;
    return 1;
}

static int read_threads(const char *value, void *field) {
    return read_number(value, 64, field);
}

static int read_views(const char *value, void *field) {
    return read_number(value, 8, field) && (*(uint32_t *)field & (*(uint32_t *)field - 1)) == 0 &&
           *(uint32_t *)field != 2;
}

static int read_turns(const char *value, void *field) {
    return strcmp(value, "0") == 0 || read_number(value, 3, field);
}

/* One share of 0..1 up to `end`, the byte behind it. */
static int read_share(const char **at, char end, float *out) {
    char *after;
    *out = strtof(*at, &after);
    int whole = after != *at && *after == end && *out >= 0.0f && *out <= 1.0f;
    *at = after + 1;
    return whole;
}

/* X,Y,SIDE */
static int read_region(const char *value, void *field) {
    lt_request *request = field;
    return read_share(&value, ',', &request->x) && read_share(&value, ',', &request->y) &&
           read_share(&value, '\0', &request->side) && request->side > 0.0f;
}

static int read_map(const char *value, void *field) {
    cli_settings *settings = field;
    settings->map = 1;
    settings->map_label = value;
    return !value || *value != '\0';
}

static int read_runs(const char *value, void *field) {
    return read_number(value, 100000, field);
}

static int read_draws(const char *value, void *field) {
    return read_number(value, 10000, field);
}

static int read_seed(const char *value, void *field) {
    return read_number(value, UINT32_MAX, field);
}

/* One of several, CLASS=NAME. */
static int read_class_map(const char *value, void *field) {
    cli_settings *settings = field;
    const char *equals = strchr(value, '=');
    if (!equals || equals == value || equals[1] == '\0' || settings->map_count == CLI_MAPS) return 0;
    settings->maps[settings->map_count++] = value;
    return 1;
}

/* One of several classes. */
static int read_malignant(const char *value, void *field) {
    cli_settings *settings = field;
    if (*value == '\0' || settings->malignant_count == CLI_MAPS) return 0;
    settings->malignant[settings->malignant_count++] = value;
    return 1;
}

static int read_megapixels(const char *value, void *field) {
    return read_number(value, 1000, field);
}

/* A finite number up to `end`, the byte behind it; moves *at on. */
static int read_real(const char **at, char end, float *out) {
    char *after;
    *out = strtof(*at, &after);
    int whole = after != *at && *after == end && isfinite(*out);
    *at = after + 1;
    return whole;
}

/* One number for all channels, or R,G,B. */
static int read_channels(const char *value, float out[3]) {
    if (!strchr(value, ',')) {
        int whole = read_real(&value, '\0', &out[0]);
        out[1] = out[2] = out[0];
        return whole;
    }
    return read_real(&value, ',', &out[0]) && read_real(&value, ',', &out[1]) && read_real(&value, '\0', &out[2]);
}

static int read_mean(const char *value, void *field) {
    cli_pixels *pixels = field;
    return pixels->has_mean = read_channels(value, pixels->mean);
}

static int read_std(const char *value, void *field) {
    cli_pixels *pixels = field;
    int whole = read_channels(value, pixels->std);
    return pixels->has_std = whole && pixels->std[0] > 0 && pixels->std[1] > 0 && pixels->std[2] > 0;
}

/* LOW,HIGH: what the pixel values 0 and 255 become. */
static int read_range(const char *value, void *field) {
    static const float most = 255;
    cli_pixels *pixels = field;
    float low, high;
    if (!read_real(&value, ',', &low) || !read_real(&value, '\0', &high) || !(high > low)) return 0;
    for (int c = 0; c < 3; c++) {
        pixels->std[c] = most / (high - low);
        pixels->mean[c] = -low * pixels->std[c];
    }
    return pixels->has_mean = pixels->has_std = 1;
}

typedef struct option {
    cli_option text;
    const char *wanted; /* completes "--name needs …" */
    reader *read; /* NULL for a switch, whose field becomes 1; gets NULL where a value in brackets is left out */
    size_t field; /* offset in cli_settings */
    int commands; /* bits of those that take it */
} option;

/* The commands that run a model. */
enum { WITH_MODEL = CLI_CLASSIFY | CLI_BENCH | CLI_EVALUATE };

/* Lines of the table that are alike: a switch, a file's name, and what is stated of a network's pixels. */
#define SWITCH(name, about, field, commands) \
    {{name, NULL, about, NULL}, NULL, NULL, offsetof(cli_settings, field), commands}
#define FILE_NAME(name, value, about, field, commands) \
    {{name, value, about, NULL}, "a file name", read_text, offsetof(cli_settings, field), commands}
#define PIXELS(name, value, about, wanted, read) \
    {{name, value, about, NULL}, wanted, read, offsetof(cli_settings, pixels), WITH_MODEL}

static const option options[] = {
    FILE_NAME("--model", "FILE",
              "the model; else $LENTIGO_MODEL, else what `model use` chose, else the one that came along", model,
              WITH_MODEL),
    FILE_NAME("--labels", "FILE", "the model's classes, one a line, where its file does not name them", labels,
              WITH_MODEL),
    PIXELS("--range", "LOW,HIGH",
           "what black and white are to the network, where its file does not say it: 0,1 or -1,1",
           "two numbers, the lower first", read_range),
    PIXELS("--mean", "R[,G,B]", "the same by channel, of 0 to 255: what is taken off a pixel",
           "a number, or three with commas between", read_mean),
    PIXELS("--std", "R[,G,B]", "and what it is then divided by", "a number above 0, or three with commas between",
           read_std),
    {{"--malignant", "CLASS", "that class is malignant, where the model's file does not say which are; repeated", NULL},
     "a class",
     read_malignant,
     0,
     WITH_MODEL},
    SWITCH("--json", "one JSON object a line", json, CLI_CLASSIFY | CLI_INSPECT | CLI_BENCH | CLI_EVALUATE | CLI_MODEL),
    SWITCH("--csv", "a table for spreadsheets, one row a photo", csv, CLI_CLASSIFY),
    SWITCH("--csv", "lines for a spreadsheet: figure, value, low, high", csv, CLI_EVALUATE),
    {{"--map", "CLASS=NAME[,NAME…]",
      "pictures whose diagnosis is called NAME are of CLASS, or with none=NAME left out; repeated", NULL},
     "CLASS=NAME",
     read_class_map,
     0,
     CLI_EVALUATE},
    {{"--pictures", "FOLDER", "where the files of a CSV file lie; beside it by default", NULL},
     "a folder",
     read_text,
     offsetof(cli_settings, pictures),
     CLI_EVALUATE},
    {{"--draws", "N", "of the bootstrap, 1000 by default", NULL},
     "a number from 1 to 10000",
     read_draws,
     offsetof(cli_settings, draws),
     CLI_EVALUATE},
    {{"--seed", "N", "of the bootstrap, 1 by default", NULL},
     "a number from 1 on",
     read_seed,
     offsetof(cli_settings, seed),
     CLI_EVALUATE},
    SWITCH("-0", "names on standard input end in a 0 byte alone (find -print0); without FILE they are read from there",
           zero, CLI_CLASSIFY),
    SWITCH("--logits", "also what the network gave, before temperature and prior", logits, CLI_CLASSIFY),
    {{"--prior", "NAME", "how common the classes are: data (as in training, the default) or uniform", "data uniform"},
     "data or uniform",
     read_prior,
     offsetof(cli_settings, request.prior),
     CLI_CLASSIFY},
    {{"--region", "X,Y,SIDE",
      "classify the square around X, Y (shares of width and height) of SIDE (of the shorter side)", NULL},
     "three numbers from 0 to 1, the last above 0",
     read_region,
     offsetof(cli_settings, request),
     CLI_CLASSIFY},
    {{"--turn", "N", "turn the upright photo N times by a quarter, clockwise", "0 1 2 3"},
     "0, 1, 2 or 3",
     read_turns,
     offsetof(cli_settings, request.quarter_turns),
     CLI_CLASSIFY},
    {{"--views", "N", "take the mean over N views, turned and mirrored: 1, 4 or 8; 1 by default", "1 4 8"},
     "1, 4 or 8",
     read_views,
     offsetof(cli_settings, views),
     CLI_CLASSIFY},
    {{"--map", "[=LABEL]", "also how much each place speaks for a class, that of the result by default", NULL},
     "a label",
     read_map,
     0,
     CLI_CLASSIFY},
    FILE_NAME("--similar", "ATLAS", "also the lesions of an atlas that look most like the photo, as model/lesion.atlas",
              similar, CLI_CLASSIFY),
    {{"--threads", "N", "1 to 64, 1 by default", NULL},
     "a number from 1 to 64",
     read_threads,
     offsetof(cli_settings, threads),
     WITH_MODEL},
    {{"--megapixels", "N", "read photos of up to N million pixels, 50 by default", NULL},
     "a number from 1 to 1000",
     read_megapixels,
     offsetof(cli_settings, megapixels),
     CLI_CLASSIFY},
    SWITCH("--full-decode", "never decode a large JPEG at a reduced size", full_decode, CLI_CLASSIFY),
    FILE_NAME("--keys", "FILE", "public keys that are trusted, PEM or base64 (list, fetch, verify)", keys, CLI_MODEL),
    {{"--runs", "N", "measure N times, 50 by default", NULL},
     "a number from 1 to 100000",
     read_runs,
     offsetof(cli_settings, runs),
     CLI_BENCH},
};

enum { OPTIONS = sizeof options / sizeof *options };

/* The option that an argument names: --name or --name=value. */
static const option *find(int command, const char *argument) {
    size_t length = strcspn(argument, "=");
    for (int i = 0; i < OPTIONS; i++)
        if ((options[i].commands & command) && strlen(options[i].text.name) == length &&
            strncmp(options[i].text.name, argument, length) == 0)
            return &options[i];
    return NULL;
}

static int complain(const char *name, const char *what) {
    fprintf(stderr, "lentigo: %s %s\n", name, what);
    return CLI_USAGE;
}

/* Set one option from its argument, and the next one where the value stands there. Moves *at on. */
static int set(const option *o, char **arguments, int count, int *at, cli_settings *settings) {
    const char *value = strchr(arguments[*at], '=');
    void *field = (char *)settings + o->field;
    if (!o->read) {
        if (value) return complain(o->text.name, "takes no value");
        *(int *)field = 1;
        return CLI_OK;
    }
    if (value)
        value++;
    else if (o->text.value[0] != '[' && *at + 1 < count)
        value = arguments[++*at];
    if ((value || o->text.value[0] == '[') && o->read(value, field)) return CLI_OK;
    fprintf(stderr, "lentigo: %s needs %s\n", o->text.name, o->wanted);
    return CLI_USAGE;
}

int cli_parse(int command, char **arguments, int count, cli_settings *settings, cli_files *files) {
    int only_files = 0;
    *files = (cli_files){arguments, 0};
    for (int at = 0; at < count; at++) {
        char *argument = arguments[at];
        if (only_files || argument[0] != '-' || argument[1] == '\0') {
            files->names[files->count++] = argument; /* at or before the place it came from */
        } else if (strcmp(argument, "--") == 0) {
            only_files = 1;
        } else {
            const option *o = find(command, argument);
            if (!o) return complain(argument, "is no option of this command; --help lists them");
            if (set(o, arguments, count, &at, settings) != CLI_OK) return CLI_USAGE;
        }
    }
    return CLI_OK;
}

const cli_option *cli_next_option(int command, int *at) {
    while (*at < OPTIONS) {
        const option *o = &options[(*at)++];
        if (o->commands & command) return &o->text;
    }
    return NULL;
}
