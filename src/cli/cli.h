/* cli.h - the command line: settings, commands and what they share. Not part of the library. */
#ifndef LT_CLI_CLI_H
#define LT_CLI_CLI_H

#include <stdio.h>

#include "lentigo.h"

/* Exit codes. */
enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

/* Largest files that are read, bytes. */
#define CLI_MAX_PHOTO  ((size_t)256 << 20)
#define CLI_MAX_MODEL  ((size_t)1 << 30)
#define CLI_MAX_ATLAS  ((size_t)64 << 20)
#define CLI_MAX_LABELS ((size_t)1 << 20)

/* How often --map and --malignant may be given, each. */
#define CLI_MAPS 64

/* What --mean, --std and --range say of the pixels that a network takes: (pixel - mean) / std of R, G, B. */
typedef struct cli_pixels {
    int has_mean, has_std;
    float mean[3], std[3];
} cli_pixels;

/* What the options of all commands were set to. */
typedef struct cli_settings {
    const char *model; /* path; NULL: LENTIGO_MODEL, or the one that is used, or that of the clone */
    const char *labels; /* path of a text with a label a line, for a model that has none; NULL: none */
    cli_pixels pixels;  /* of such a model */
    const char *malignant[CLI_MAPS]; /* [malignant_count] ids of its classes */
    uint32_t malignant_count;
    int json;          /* machine-readable output, one object a line */
    int csv;           /* a table for spreadsheets */
    int zero;          /* not 0: only a 0 byte ends a name on standard input */
    int logits;        /* with the network's own values */
    int full_decode;   /* lt_options.full_decode */
    uint32_t megapixels; /* lt_options.max_pixels in millions; 0: the default */
    uint32_t views;    /* of each photo */
    int map;           /* not 0: with a class map */
    const char *map_label; /* of that class; NULL: the answer's */
    const char *similar;   /* path of an atlas; NULL: none */
    lt_request request; /* the prior, and what of each photo is classified */
    uint32_t threads; /* lt_options.threads */
    uint32_t runs;    /* of a benchmark */
    const char *pictures;       /* folder that a CSV file's names are relative to; NULL: its own */
    const char *maps[CLI_MAPS]; /* [map_count] CLASS=NAME[,NAME…] */
    uint32_t map_count;
    uint32_t draws, seed; /* of the bootstrap */
    const char *keys; /* path of a file of public keys; NULL: none */
    const struct cli_command *commands; /* all of them, for completion; a line without a name ends the list */
} cli_settings;

/* What is left of the arguments: file names, borrowed from argv. */
typedef struct cli_files {
    char **names; /* [count] */
    int count;
} cli_files;

/* The commands. Each returns an exit code and has then said on stderr what went wrong. */
int cli_classify(const cli_settings *settings, const cli_files *files);
int cli_inspect(const cli_settings *settings, const cli_files *files);
int cli_bench(const cli_settings *settings, const cli_files *files);
int cli_evaluate(const cli_settings *settings, const cli_files *files);
int cli_model(const cli_settings *settings, const cli_files *files);
int cli_completion(const cli_settings *settings, const cli_files *files);

/* A command, for its help and for the shells. */
typedef struct cli_command {
    const char *name, *arguments, *summary;
    int bit; /* of cli_parse's `command`; 0: it takes no options */
    int (*run)(const cli_settings *settings, const cli_files *files);
    const char *notes;
    const char *words; /* what its first argument may be, with blanks between; NULL: file names */
} cli_command;

/* The bits of cli_parse's `command`: which options go with which command. */
enum { CLI_CLASSIFY = 1, CLI_INSPECT = 2, CLI_BENCH = 4, CLI_EVALUATE = 8, CLI_MODEL = 16 };

/*
 * Read arguments ([count] strings) of one command into *settings and *files (a part of arguments, which
 * is reordered). CLI_OK, or CLI_USAGE after a message on stderr.
 */
int cli_parse(int command, char **arguments, int count, cli_settings *settings, cli_files *files);

/* An option, for help and shells. */
typedef struct cli_option {
    const char *name;
    const char
        *value;   /* how the help calls it; NULL for a switch; in brackets: it may be left out, and follows a '=' */
    const char *about;
    const char *choices; /* all the values there are, with blanks between; NULL where they are not a list */
} cli_option;

/* The options of a command, one by one: *at is 0 at first. NULL where there are no more. */
const cli_option *cli_next_option(int command, int *at);

/*
 * Read a whole regular file of at most limit bytes. The caller frees *bytes. Returns NULL, or the reason
 * why not (static text, or strerror's, good until the next call), and then *bytes is NULL.
 */
const char *cli_read_file(const char *path, size_t limit, uint8_t **bytes, size_t *size);

/* Print text for a terminal: what is not UTF-8, and control characters, as \xNN. Returns its width. */
int cli_print_text(FILE *to, const char *text);

/* Say on stderr, escaped like that, that something is wrong with a file; kind is "" or "model ". */
void cli_complain(const char *kind, const char *file, const char *reason);

/* Make an engine and load the model. The caller frees it; NULL after a message on stderr. */
lt_engine *cli_open(const cli_settings *settings);

/*
 * Open a photo ([size] u8, borrowed for the call), classify what is requested of it (NULL: the defaults), and look at it
 * until there are so many views (1..lt_model.views). Errors: as lt_photo_classify and lt_look_again.
 */
lt_status cli_classify_bytes(lt_engine *engine, const uint8_t *bytes, size_t size, const lt_request *request,
                             uint32_t views, lt_result *result);

/*
 * The same of the file at path, as the settings say. Returns NULL, or why there is no answer, as cli_read_file or
 * cli_reason gives it.
 */
const char *cli_classify_file(lt_engine *engine, const char *path, const cli_settings *settings, lt_result *result);

/* An engine call's outcome as one line; static text of the status where the engine gives none. */
const char *cli_reason(const lt_engine *engine, lt_status status);

#endif
