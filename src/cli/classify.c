/* classify.c - `lentigo classify`: photos in, a table or JSON lines out. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/documents.h"
#include "base/json.h"
#include "cli.h"

/* One run of the command. */
typedef struct run {
    const cli_settings *settings;
    lt_engine *engine;
    lt_result result;
    uint32_t map_label; /* the class that --map names; LT_MAX_LABELS: the answer's */
    uint8_t *atlas; /* the file of --similar, which the engine borrows; NULL: none */
    char *line; /* [line_capacity], the JSON of one photo; grows */
    size_t line_capacity;
    int failed; /* photos without an answer */
} run;

/* ---- output ---------------------------------------------------------------------------------- */

/* Room for a line of `length` bytes. Returns 0 where memory is short. */
static int reserve(run *r, size_t length) {
    if (length < r->line_capacity) return 1;
    char *larger = realloc(r->line, length + 1);
    if (!larger) return 0;
    r->line = larger;
    r->line_capacity = length + 1;
    return 1;
}

/* The class whose map is asked for. */
static uint32_t map_label(const run *r) {
    return r->map_label < LT_MAX_LABELS ? r->map_label : r->result.order[0];
}

/* Write a result, and the similar lesions as its last member. Returns the length. */
static size_t write_result(const run *r, const lt_extras *extras) {
    static const char name[] = ",\"similar\":";
    char *line = r->line;
    size_t capacity = r->line_capacity;
    size_t length = lt_result_json(r->engine, &r->result, extras, line, capacity);
    if (!r->atlas || length == 0) return length;
    size_t start = length - 1 + sizeof name - 1; /* in the place of the closing brace */
    size_t similar = lt_similar_json(r->engine, NULL, 0);
    if (start + similar + 1 < capacity) {
        memcpy(line + length - 1, name, sizeof name);
        (void)lt_similar_json(r->engine, line + start, capacity - start);
        memcpy(line + start + similar, "}", 2);
    }
    return start + similar + 1;
}

/* Write the JSON of a result, or of the reason why there is none, into r->line. Returns its length. */
static size_t write_line(const run *r, const char *file, const char *reason) {
    json_out out;
    const lt_extras extras = {file, r->settings->logits, r->settings->map, map_label(r)};
    if (!reason) return write_result(r, &extras);
    json_begin(&out, r->line, r->line_capacity);
    doc_failure(&out, file, reason);
    return json_end(&out);
}

/* Returns 0 where memory is short. */
static int print_json(run *r, const char *file, const char *reason) {
    size_t length = write_line(r, file, reason);
    if (length >= r->line_capacity) {
        if (!reserve(r, length)) return 0;
        (void)write_line(r, file, reason);
    }
    puts(r->line);
    return 1;
}

static void report_failure(run *r, const char *file, const char *reason) {
    r->failed++;
    if (r->settings->json && print_json(r, file, reason)) return;
    cli_complain("", file, reason);
}

/* Print text and fill up to width characters. */
static void print_column(const char *text, int width) {
    int printed = cli_print_text(stdout, text);
    printf("%*s", printed < width ? width - printed : 0, "");
}

static void print_class(const run *r, uint32_t class) {
    static const char bar[] = "########################################";
    const lt_label *label = &lt_get_model(r->engine)->labels[class];
    float share = r->result.probabilities[class];
    printf("  ");
    print_column(label->id, 8);
    print_column(label->name, 40);
    printf(" %.3f", (double)share);
    if (r->settings->logits) printf(" %12.6f", (double)r->result.logits[class]);
    printf("  %.*s\n", (int)(share * 40.0f + 0.5f), bar);
}

/* Of what kind the picture is, where the model tells kinds. */
static void print_kind(const run *r) {
    const lt_kind *kind = &lt_get_model(r->engine)->kinds[r->result.kind];
    if (*kind->id == '\0') return;
    printf("  kind: ");
    cli_print_text(stdout, r->result.not_a_lesion ? LT_NEITHER : kind->id);
    printf(" (");
    if (r->result.not_a_lesion) printf("what follows is by the numbers for: ");
    cli_print_text(stdout, kind->name);
    printf(")\n");
}

/* The set, and whatever speaks against taking the answer for one. */
static void print_decision(const run *r) {
    const lt_result *result = &r->result;
    const lt_model *model = lt_get_model(r->engine);
    if (result->set_count > 0) {
        printf("  one of these, with a coverage of %g %%:", 100.0 * (double)model->kinds[result->kind].set_coverage);
        for (uint32_t i = 0; i < result->set_count; i++) {
            printf(" ");
            cli_print_text(stdout, model->labels[result->set[i]].id);
        }
        printf("\n");
    }
    if (result->abstain) printf("  not sure: no class is likely enough\n");
    if (result->not_a_lesion) printf("  does not look like a picture of a lesion as the model knows them\n");
    for (int i = 0; i < LT_FAULT_COUNT; i++)
        if (result->quality.faults & 1u << i) printf("  photo: %s\n", lt_fault_name((lt_fault)i));
    if (result->missing > 0) printf("  %.1f %% of the square is missing\n", 100.0 * (double)result->missing);
    if (result->colour == LT_COLOUR_UNREAD) {
        printf("  its colours are taken for sRGB (");
        cli_print_text(stdout, result->profile);
        printf(")\n");
    }
}

/* The map as digits, 0 for the least and 9 for the most. */
static void print_map(const run *r) {
    uint32_t shape[2], label = map_label(r);
    (void)lt_class_map(r->engine, label, NULL, 0, shape);
    size_t count = (size_t)shape[0] * shape[1];
    float *map = malloc(count * sizeof *map), least = INFINITY, most = -INFINITY;
    if (!map || lt_class_map(r->engine, label, map, count, shape) != LT_OK) {
        free(map);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        least = fminf(least, map[i]);
        most = fmaxf(most, map[i]);
    }
    printf("  where ");
    cli_print_text(stdout, lt_get_model(r->engine)->labels[label].id);
    printf(" is seen, 0 for %.3g to 9 for %.3g\n", (double)least, (double)most);
    for (size_t i = 0; i < count; i++) {
        float share = most > least ? (map[i] - least) / (most - least) : 0.0f;
        printf("%s%d%s", i % shape[1] == 0 ? "    " : " ", (int)(share * 9.0f + 0.5f),
               (i + 1) % shape[1] == 0 ? "\n" : "");
    }
    free(map);
}

/* What looks alike, and whose pictures those are. */
static void print_similar(const run *r) {
    lt_neighbour found[LT_NEIGHBOURS];
    uint32_t count;
    if (lt_similar(r->engine, found, &count) != LT_OK) return;
    printf("  looks to the network like lesions of known diagnosis; no proof:");
    for (uint32_t i = 0; i < count; i++) {
        printf(" ");
        cli_print_text(stdout, lt_get_model(r->engine)->labels[found[i].label].id);
        printf(" (%.2f)", (double)found[i].similarity);
    }
    printf("\n  (--json names each with its source and licence)\n");
}

static void print_table(const run *r, const char *file) {
    const lt_result *result = &r->result;
    cli_print_text(stdout, file);
    printf("\n");
    print_kind(r);
    for (uint32_t i = 0; i < result->label_count; i++) print_class(r, result->order[i]);
    printf("  malignant %.3f in all; prior: %s\n", (double)result->malignant, lt_prior_name(result->prior));
    print_decision(r);
    if (r->settings->map) print_map(r);
    if (r->atlas) print_similar(r);
    printf("  %u x %u pixels, decoded at 1/%u in %.1f ms, resized in %.1f ms, inference %.1f ms\n",
           (unsigned)result->photo_width, (unsigned)result->photo_height, (unsigned)result->decode_scale,
           result->decode_ms, result->resize_ms, result->infer_ms);
}

/* ---- input ----------------------------------------------------------------------------------- */

static void classify(run *r, const char *file) {
    uint8_t *bytes;
    size_t size;
    const char *reason = cli_read_file(file, CLI_MAX_PHOTO, &bytes, &size);
    if (!reason) {
        lt_status status = lt_classify(r->engine, bytes, size, &r->settings->request, &r->result);
        for (uint32_t i = 1; i < r->settings->views && status == LT_OK; i++)
            status = lt_look_again(r->engine, &r->result);
        if (status != LT_OK) reason = cli_reason(r->engine, status);
    }
    free(bytes);
    if (reason)
        report_failure(r, file, reason);
    else if (!r->settings->json)
        print_table(r, file);
    else if (!print_json(r, file, NULL))
        report_failure(r, file, lt_status_text(LT_MEMORY));
    fflush(stdout); /* whoever reads the lines gets each when it is there */
}

/*
 * Read one name into name ([PATH_MAX]) from standard input, ended by a line break or a 0 byte. Returns
 * its length, PATH_MAX where it is longer (name then holds its start), or -1 at the end.
 */
static int read_name(char *name) {
    int length = 0;
    int byte;
    while ((byte = getchar()) != EOF && byte != '\n' && byte != '\0') {
        if (length < PATH_MAX - 1) name[length] = (char)byte;
        if (length < PATH_MAX) length++;
    }
    name[length < PATH_MAX - 1 ? length : PATH_MAX - 1] = '\0';
    return byte == EOF && length == 0 ? -1 : length;
}

static void classify_listed(run *r) {
    char name[PATH_MAX];
    int length;
    while (!ferror(stdout) && (length = read_name(name)) >= 0) {
        if (length >= PATH_MAX)
            report_failure(r, name, "the name is too long");
        else if (length > 0)
            classify(r, name);
    }
    if (ferror(stdin)) report_failure(r, "-", "standard input cannot be read");
}

/* Take in the atlas that --similar names. Says on stderr what is wrong with it. */
static int load_atlas(run *r) {
    size_t size;
    const char *path = r->settings->similar;
    if (!path) return CLI_OK;
    const char *reason = cli_read_file(path, CLI_MAX_ATLAS, &r->atlas, &size);
    if (!reason) {
        lt_status status = lt_load_atlas(r->engine, r->atlas, size);
        if (status == LT_OK) return CLI_OK;
        reason = cli_reason(r->engine, status);
    }
    cli_complain("--similar: ", path, reason);
    return CLI_FAILED;
}

/* Can the loaded model do what the options ask for? Says so on stderr where it cannot. */
static int prepare(run *r) {
    const cli_settings *settings = r->settings;
    const lt_model *model = lt_get_model(r->engine);
    uint32_t shape[2], count = model->label_count;
    r->map_label = LT_MAX_LABELS;
    if (settings->views > model->views) {
        fprintf(stderr, "lentigo: --views: this model has %u\n", (unsigned)model->views);
        return CLI_FAILED;
    }
    if (settings->map && lt_class_map(r->engine, 0, NULL, 0, shape) != LT_OK) {
        fprintf(stderr, "lentigo: --map: %s\n", lt_error_text(r->engine));
        return CLI_FAILED;
    }
    if (!settings->map || !settings->map_label) return CLI_OK;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(model->labels[i].id, settings->map_label) == 0) r->map_label = i;
    if (r->map_label < count) return CLI_OK;
    cli_complain("--map: the model has no label ", settings->map_label, "lentigo inspect lists them");
    return CLI_FAILED;
}

int cli_classify(const cli_settings *settings, const cli_files *files) {
    cli_engine engine;
    if (files->count == 0) {
        fprintf(stderr, "lentigo: which photos? lentigo classify --help says how\n");
        return CLI_USAGE;
    }
    if (cli_open(settings, &engine) != CLI_OK) return CLI_FAILED;
    run r = {.settings = settings, .engine = engine.engine};
    if (prepare(&r) != CLI_OK || load_atlas(&r) != CLI_OK) {
        cli_close(&engine);
        free(r.atlas);
        return CLI_FAILED;
    }
    for (int i = 0; i < files->count && !ferror(stdout); i++) {
        if (strcmp(files->names[i], "-") == 0)
            classify_listed(&r);
        else
            classify(&r, files->names[i]);
    }
    if (!settings->json) printf("An aid for study, not a diagnosis.\n");
    int lost = fflush(stdout) != 0 || ferror(stdout);
    free(r.line);
    cli_close(&engine);
    free(r.atlas);
    return r.failed > 0 || lost ? CLI_FAILED : CLI_OK;
}
