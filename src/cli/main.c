/* main.c - `lentigo`: which command, and help. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

typedef struct command {
    const char *name, *arguments, *summary;
    int bit; /* for the options' table */
    int (*run)(const cli_settings *settings, const cli_files *files);
    const char *notes;
} command;

static const command commands[] = {
    {"classify", "[OPTION]… FILE…", "classify photos of skin lesions, JPEG or PNG", CLI_CLASSIFY, cli_classify,
     "FILE - reads file names from standard input, each ended by a line break or a 0 byte.\n"
     "With --json each photo gives one line:\n"
     "  {\"file\",\"label\",\"probabilities\":{},\"malignant\",\"prior\",\"set\":[],\"abstain\",\n"
     "   \"not_a_lesion\",\"ood_score\",\"quality\":{…,\"faults\":[]},\"views\",\n"
     "   \"model\":{\"name\",\"version\"},\"ms\":{\"decode\",\"resize\",\"infer\"},\n"
     "   \"photo\":{\"width\",\"height\",\"scale\"}}, with --map also "
     "\"map\":{\"label\",\"width\",\"height\",\"values\"},\n"
     "with --similar "
     "\"similar\":[{\"id\",\"label\",\"similarity\",\"confirmed\",\"source\",\"where\",\"attribution\",\n"
     "\"licence\",\"picture\":{\"offset\",\"bytes\",\"pixels\"}}], a WebP file in the atlas,\n"
     "or {\"file\",\"error\"}. The exit status is 0 only where every photo was classified.\n"
     "\nAn aid for study, not a medical device.\n"},
    {"inspect", "[OPTION]… FILE", "say what a model file holds", CLI_INSPECT, cli_inspect, ""},
    {"evaluate", "[OPTION]… FOLDER|CSV", "say how well the model does on pictures whose diagnosis is known",
     CLI_EVALUATE, cli_evaluate,
     "FOLDER has a subfolder for each diagnosis, named after a class (id or name) or as --map says, with the pictures "
     "in\n"
     "it. CSV has a line for each picture: its columns file, diagnosis and, if they are known, lesion are found by "
     "name.\n"
     "Figures are those of the model's report, with 95 % intervals by bootstrap over lesions: pictures of one lesion "
     "are\n"
     "drawn together. The exit status is 0 only where every picture was answered.\n"},
    {"bench", "[OPTION]… [FILE]…", "measure this machine, on photos if some are given", CLI_BENCH, cli_bench, ""},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const command *find(const char *name) {
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int help(const command *about) {
    if (about) {
        printf("lentigo %s %s\n%s\n\n", about->name, about->arguments, about->summary);
        cli_print_options(about->bit);
        if (*about->notes) printf("\n%s", about->notes);
        return CLI_OK;
    }
    printf("lentigo COMMAND …\nclassifies photos of skin lesions; an aid for study, not a medical device\n\n");
    for (int i = 0; i < COMMANDS; i++) printf("  %-9s %s\n", commands[i].name, commands[i].summary);
    printf("  %-9s %s\n", "help", "help COMMAND lists a command's options");
    return CLI_OK;
}

static int is_help(const char *argument) {
    return strcmp(argument, "help") == 0 || strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

static int unknown(const char *name) {
    fprintf(stderr, "lentigo: there is no command \"%s\"; lentigo help lists them\n", name);
    return CLI_USAGE;
}

int main(int argc, char **argv) {
    cli_settings settings = {.threads = 1, .runs = 50, .views = 1, .draws = 1000, .seed = 1};
    cli_files files;
    lt_request_default(&settings.request);
    if (argc < 2) {
        fprintf(stderr, "lentigo: which command? lentigo help lists them\n");
        return CLI_USAGE;
    }
    if (is_help(argv[1])) {
        const command *about = argc > 2 ? find(argv[2]) : NULL;
        return argc > 2 && !about ? unknown(argv[2]) : help(about);
    }
    const command *chosen = find(argv[1]);
    if (!chosen) return unknown(argv[1]);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_help(argv[i]) && argv[i][0] == '-') return help(chosen);
    int parsed = cli_parse(chosen->bit, argv + 2, argc - 2, &settings, &files);
    return parsed == CLI_OK ? chosen->run(&settings, &files) : parsed;
}
