/* main.c - `lentigo`: which command, and help. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const cli_command cli_commands[] = {
    {"classify", "[OPTION]… FILE…", "classify photos of skin lesions: JPEG, PNG, DICOM", CLI_CLASSIFY, cli_classify,
     "FILE - reads file names from standard input, each ended by a line break or a 0 byte.\n"
     "With --json each photo gives one line:\n"
     "  {\"file\",\"label\",\"probabilities\":{},\"malignant\",\"prior\",\"set\":[],\"abstain\",\n"
     "   \"not_a_lesion\",\"ood_score\",\"kind\",\"quality\":{…,\"faults\":[]},\"views\",\n"
     "   \"model\":{\"name\",\"version\"},\"ms\":{\"decode\",\"resize\",\"infer\"},\n"
     "   \"photo\":{\"width\",\"height\",\"scale\",\"missing\",\"colour\",\"profile\"}}, with --map also\n"
     "   \"map\":{\"label\",\"width\",\"height\",\"values\"},\n"
     "with --similar\n"
     "   \"similar\":[{\"id\",\"label\",\"similarity\",\"confirmed\",\"source\",\"where\",\"attribution\",\n"
     "   \"licence\",\"picture\":{\"offset\",\"bytes\",\"pixels\"}}], a WebP file in the atlas,\n"
     "or {\"file\",\"error\"}. With --csv the columns are\n"
     "  file,label,malignant,set,abstain,not_a_lesion,faults,(each class),prior,kind,model,error.\n"
     "On a terminal how far it is stands on standard error, and results have colours unless NO_COLOR is set.\n"
     "Ctrl+C ends it after the photo it is on; a second one at once.\n",
     NULL},
    {"inspect", "[OPTION]… FILE", "say what a model file holds", CLI_INSPECT, cli_inspect, "", NULL},
    {"evaluate", "[OPTION]… FOLDER|CSV", "say how well the model does on pictures of known lesions", CLI_EVALUATE,
     cli_evaluate,
     "FOLDER has a subfolder for each diagnosis, named after a class (id or name) or as --map says, with the pictures "
     "in\n"
     "it. CSV has a line for each picture: its columns file, diagnosis and, if they are known, lesion are found by "
     "name.\n"
     "Figures are those of the model's report, with 95 % intervals by bootstrap over lesions: pictures of one lesion "
     "are\n"
     "drawn together.\n",
     NULL},
    {"bench", "[OPTION]… [FILE]…", "measure this machine, on photos if some are given", CLI_BENCH, cli_bench, "", NULL},
    {"model", "list|fetch|verify|use|remove [OPTION]…", "bring newer models here, and choose which is used", CLI_MODEL,
     cli_model,
     "  list [ADDRESS]            the models that are here, or those of a catalogue\n"
     "  fetch ADDRESS [MODEL]     bring one here, the best by default, and its atlas; goes on where it was cut\n"
     "  verify [ADDRESS|FILE]     check those that are here, a catalogue with all its models, or a file\n"
     "  use MODEL|built-in        what is taken where no model is named\n"
     "  remove MODEL              delete one that is not used\n"
     "ADDRESS is where catalog.json lies: https://…, http://… or a folder. MODEL is ID or ID@VERSION. A catalogue "
     "counts\n"
     "only if a key that is trusted has signed it: those of --keys, and from then on those that it names itself. What "
     "is\n"
     "refused is told with its reason: signature, unknown-key, expired, older, format, catalog, length, hash,\n"
     "not-a-model, engine-too-old, self-test, storage, network. Models lie in $LENTIGO_MODELS, else in\n"
     "$XDG_DATA_HOME/lentigo/models, else in ~/.local/share/lentigo/models.\n",
     "list fetch verify use remove"},
    {"completion", "bash|zsh", "print what completes this command in a shell", 0, cli_completion,
     "  eval \"$(lentigo completion bash)\"\n  eval \"$(lentigo completion zsh)\"\n", "bash zsh"},
    {NULL, NULL, NULL, 0, NULL, NULL, NULL},
};

static const char exit_codes[] = "\nExit status: 0 where all went well, for every photo; 1 where something failed;\n"
                                 "2 where the command line is wrong; 130 after Ctrl+C, 143 after SIGTERM.\n"
                                 "\nAn aid for study, not a medical device.\n";

static const cli_command *find(const char *name) {
    for (const cli_command *c = cli_commands; c->name; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}

static int help(const cli_command *about) {
    if (about) {
        printf("lentigo %s %s\n%s\n\n", about->name, about->arguments, about->summary);
        const cli_option *o;
        for (int at = 0; (o = cli_next_option(about->bit, &at));)
            printf("  %-14s %-9s %s\n", o->name, o->value ? o->value : "", o->about);
        printf("%s%s%s", about->bit && *about->notes ? "\n" : "", about->notes, exit_codes);
        return CLI_OK;
    }
    printf("lentigo COMMAND …\nclassifies photos of skin lesions\n\n");
    for (const cli_command *c = cli_commands; c->name; c++) printf("  %-10s %s\n", c->name, c->summary);
    printf("  %-10s %s\n%s", "help", "help COMMAND lists a command's options", exit_codes);
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
    cli_settings settings = {.threads = 1, .runs = 50, .views = 1, .draws = 1000, .seed = 1, .commands = cli_commands};
    cli_files files;
    lt_request_default(&settings.request);
    if (argc < 2) {
        fprintf(stderr, "lentigo: which command? lentigo help lists them\n");
        return CLI_USAGE;
    }
    if (is_help(argv[1])) {
        const cli_command *about = argc > 2 ? find(argv[2]) : NULL;
        return argc > 2 && !about ? unknown(argv[2]) : help(about);
    }
    const cli_command *chosen = find(argv[1]);
    if (!chosen) return unknown(argv[1]);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_help(argv[i]) && argv[i][0] == '-') return help(chosen);
    int parsed = cli_parse(chosen->bit, argv + 2, argc - 2, &settings, &files);
    return parsed == CLI_OK ? chosen->run(&settings, &files) : parsed;
}
