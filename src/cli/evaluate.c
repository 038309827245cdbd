/* evaluate.c - `lentigo evaluate`: how well the model does on pictures whose diagnosis is known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <yyjson.h>

#include "answer/documents.h"
#include "cases.h"
#include "cli.h"
#include "figures/figures.h"

/* What is answered by --map none=NAME: the pictures are left out. */
static const char none[] = "none";

enum { LEFT_OUT = -1, UNKNOWN = -2 };

/* One run of the command. */
typedef struct run {
    const cli_settings *settings;
    const char *path;
    lt_engine *engine;
    const lt_model *model;
    lt_result *data, *uniform; /* of the last picture, by both priors */
    cli_cases cases;
    int *classes;       /* [cases.count] of each case, or LEFT_OUT */
    uint32_t *lesions;  /* [cases.count]: the same number, the same lesion */
    const char **files; /* [fig_count(table)], those that were answered */
    const char **reasons; /* [cases.count]: why there is no answer; NULL: there is one, or none was wanted */
    fig_table *table;
    uint32_t left_out, failed;
} run;

/* ---- whose diagnosis is which class ---------------------------------------------------------- */

static int same(const char *name, const char *text, size_t size) {
    return strlen(name) == size && strncasecmp(name, text, size) == 0;
}

/* The class of that id or name; UNKNOWN where there is none. */
static int class_called(const lt_model *model, const char *text, size_t size) {
    for (uint32_t c = 0; c < model->label_count; c++)
        if (same(model->labels[c].id, text, size) || same(model->labels[c].name, text, size)) return (int)c;
    return UNKNOWN;
}

/* Is the diagnosis among the names behind the '=' of CLASS=NAME[,NAME…]? */
static int is_listed(const char *map, const char *diagnosis) {
    const char *at = strchr(map, '=');
    while (at) {
        size_t size = strcspn(++at, ",");
        if (same(diagnosis, at, size)) return 1;
        at = strchr(at, ',');
    }
    return 0;
}

static int class_of(const run *r, const char *diagnosis) {
    for (uint32_t i = 0; i < r->settings->map_count; i++) {
        const char *map = r->settings->maps[i];
        size_t size = strcspn(map, "=");
        if (!is_listed(map, diagnosis)) continue;
        int class = class_called(r->model, map, size);
        return class == UNKNOWN ? LEFT_OUT : class;
    }
    int class = class_called(r->model, diagnosis, strlen(diagnosis));
    return class == UNKNOWN && same(none, diagnosis, strlen(diagnosis)) ? LEFT_OUT : class;
}

/* Every class that --map names must be one of the model's. */
static int check_maps(const run *r) {
    for (uint32_t i = 0; i < r->settings->map_count; i++) {
        const char *map = r->settings->maps[i];
        size_t size = strcspn(map, "=");
        if (class_called(r->model, map, size) != UNKNOWN || same(none, map, size)) continue;
        cli_complain("--map ", map, "the model has no such class; lentigo inspect lists them");
        return 0;
    }
    return 1;
}

/* Find the class of every case. Says which diagnoses are none, each once. */
static int name_classes(run *r) {
    int unknown = 0;
    for (size_t i = 0; i < r->cases.count; i++) {
        const char *diagnosis = r->cases.items[i].diagnosis;
        r->classes[i] = class_of(r, diagnosis);
        if (r->classes[i] != UNKNOWN) continue;
        int said = 0;
        for (size_t k = 0; k < i && !said; k++)
            said = r->classes[k] == UNKNOWN && strcmp(r->cases.items[k].diagnosis, diagnosis) == 0;
        if (!said) cli_complain("diagnosis ", diagnosis, "no class of the model has this id or name");
        unknown = 1;
    }
    if (unknown)
        fprintf(stderr, "lentigo: --map CLASS=NAME says which class is meant, --map none=NAME leaves them out\n");
    return !unknown;
}

typedef struct numbered {
    const char *lesion;
    size_t index;
} numbered;

static int by_lesion(const void *a, const void *b) {
    return strcmp(((const numbered *)a)->lesion, ((const numbered *)b)->lesion);
}

/* The same number for the same id; a picture without one shows a lesion of its own. Returns 0 where memory is short. */
static int number_lesions(run *r) {
    numbered *sorted = malloc(r->cases.count * sizeof *sorted);
    size_t count = 0;
    uint32_t next = 0;
    if (!sorted) return 0;
    for (size_t i = 0; i < r->cases.count; i++) {
        if (r->cases.items[i].lesion)
            sorted[count++] = (numbered){r->cases.items[i].lesion, i};
        else
            r->lesions[i] = next++;
    }
    qsort(sorted, count, sizeof *sorted, by_lesion);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(sorted[i].lesion, sorted[i - 1].lesion) != 0) next++;
        r->lesions[sorted[i].index] = next;
    }
    free(sorted);
    return 1;
}

/* ---- answering ------------------------------------------------------------------------------- */

/* Classify one file. Returns NULL, or the reason why there is no answer. */
static const char *classify(const run *r, const char *file) {
    const char *reason = cli_classify_file(r->engine, file, r->settings, r->data);
    if (reason) return reason;
    lt_status status = lt_result_copy(r->data, r->uniform);
    if (status == LT_OK) status = lt_decide(r->engine, LT_PRIOR_UNIFORM, r->uniform);
    return status == LT_OK ? NULL : cli_reason(r->engine, status);
}

static int add(run *r, size_t i) {
    const lt_result *data = r->data;
    lt_error error;
    fig_answer answer = {.truth = (uint32_t)r->classes[i],
                         .lesion = r->lesions[i],
                         .kind = data->kind,
                         .set_count = data->set_count,
                         .abstain = data->abstain,
                         .not_a_lesion = data->not_a_lesion,
                         .faulted = data->quality->faults != 0,
                         .malignant = data->malignant,
                         .data = data->probabilities,
                         .uniform = r->uniform->probabilities};
    for (uint32_t k = 0; k < data->set_count; k++) answer.in_set |= data->set[k] == answer.truth;
    r->files[fig_count(r->table)] = r->cases.items[i].file;
    if (fig_add(r->table, &answer, &error) == LT_OK) return 1;
    cli_complain("", r->cases.items[i].file, error.text);
    return 0;
}

static void show_progress(const run *r, size_t done) {
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%zu of %zu%s", done, r->cases.count, done < r->cases.count ? "" : "\n");
}

/* Classify all cases. Returns 0 where it cannot go on. */
static int answer_all(run *r) {
    for (size_t i = 0; i < r->cases.count; i++) {
        const char *file = r->cases.items[i].file;
        show_progress(r, i);
        if (r->classes[i] == LEFT_OUT) {
            r->left_out++;
            continue;
        }
        const char *reason = classify(r, file);
        if (reason) {
            r->failed++;
            r->reasons[i] = strdup(reason);
            cli_complain("", file, reason);
            if (!r->reasons[i]) return 0;
        } else if (!add(r, i)) {
            return 0;
        }
    }
    show_progress(r, r->cases.count);
    return 1;
}

/* ---- telling --------------------------------------------------------------------------------- */

static size_t write_json(const run *r, char *text, size_t capacity) {
    json_out out;
    int listed = 0;
    json_begin(&out, text, capacity);
    json_raw(&out, "{\"model\":{\"name\":");
    json_string(&out, r->model->name);
    json_raw(&out, ",\"version\":");
    json_string(&out, r->model->version);
    json_raw(&out, "},\"source\":");
    json_string(&out, r->path);
    json_raw(&out, ",\"views\":");
    json_unsigned(&out, r->settings->views);
    json_raw(&out, ",\"left_out\":");
    json_unsigned(&out, r->left_out);
    json_raw(&out, ",\"failed\":[");
    for (size_t i = 0; i < r->cases.count; i++) {
        if (!r->reasons[i]) continue;
        if (listed++ > 0) json_raw(&out, ",");
        doc_failure(&out, r->cases.items[i].file, r->reasons[i]);
    }
    json_raw(&out, "],");
    fig_json(&out, r->table, r->files);
    json_raw(&out, "}");
    return json_end(&out);
}

static yyjson_val *at(yyjson_val *object, const char *name) {
    return yyjson_obj_get(object, name);
}

/* "0.853 (0.833 to 0.872)" */
static void print_estimate(yyjson_val *e) {
    yyjson_val *value = at(e, "value"), *low = at(e, "low"), *high = at(e, "high");
    if (!yyjson_is_num(value))
        printf("      -                 ");
    else if (!yyjson_is_num(low))
        printf("  %.3f                 ", yyjson_get_num(value));
    else
        printf("  %.3f (%.3f to %.3f)", yyjson_get_num(value), yyjson_get_num(low), yyjson_get_num(high));
}

static void print_named(const char *name, yyjson_val *e) {
    printf("  %-46s", name);
    print_estimate(e);
    printf("\n");
}

static const struct {
    const char *name, *title;
} headline[] = {
    {"accuracy", "accuracy, prior of the data"},    {"balanced_accuracy", "balanced accuracy, equal priors"},
    {"macro_auc", "macro AUC, prior of the data"},  {"macro_auc_uniform", "macro AUC, equal priors"},
    {"malignant_auc", "AUC of the malignant sum"},  {"top_2", "right class among the two likeliest"},
    {"ece", "expected calibration error, 15 bins"}, {"brier", "Brier score (0 to 2)"},
};

static void print_classes(yyjson_val *classes) {
    printf("\n  class   pictures  lesions  AUC                     sensitivity             specificity\n");
    size_t i, end;
    yyjson_val *id, *c;
    yyjson_obj_foreach(classes, i, end, id, c) {
        yyjson_val *data = at(c, "data");
        printf("  ");
        printf("%*s", 8 - cli_print_text(stdout, yyjson_get_str(id)), "");
        printf("%8.0f %8.0f", yyjson_get_num(at(c, "pictures")), yyjson_get_num(at(c, "lesions")));
        print_estimate(at(data, "auc"));
        print_estimate(at(data, "sensitivity"));
        print_estimate(at(data, "specificity"));
        printf("\n");
    }
}

static void print_confusion(yyjson_val *classes, yyjson_val *rows) {
    printf("\n  diagnosis by row, result by column (prior of the data)\n          ");
    size_t i, end, k, columns;
    yyjson_val *id, *of, *n;
    yyjson_obj_foreach(classes, i, end, id, of) {
        printf(" %7.7s", yyjson_get_str(id));
    }
    printf("\n");
    yyjson_obj_foreach(classes, i, end, id, of) {
        yyjson_val *row = yyjson_arr_get(rows, i);
        printf("  ");
        printf("%*s", 8 - cli_print_text(stdout, yyjson_get_str(id)), "");
        yyjson_arr_foreach(row, k, columns, n) {
            printf(" %7.0f", yyjson_get_num(n));
        }
        printf("\n");
    }
}

static void print_points(yyjson_val *points) {
    size_t i, end;
    yyjson_val *p;
    if (yyjson_arr_size(points) == 0) return;
    printf("\n  operating point   sensitivity             specificity             PPV here\n");
    yyjson_arr_foreach(points, i, end, p) {
        printf("  ");
        printf("%*s", 16 - cli_print_text(stdout, yyjson_get_str(at(p, "name"))), "");
        print_estimate(at(p, "sensitivity"));
        print_estimate(at(p, "specificity"));
        print_estimate(at(p, "ppv"));
        printf("\n");
    }
}

static void print_worst(const char *title, yyjson_val *rows) {
    enum { SHOWN = 5 };
    size_t shown, end;
    yyjson_val *row;
    if (yyjson_arr_size(rows) == 0) return;
    printf("\n  %s\n", title);
    yyjson_arr_foreach(rows, shown, end, row) {
        if (shown == SHOWN) break;
        printf("    ");
        cli_print_text(stdout, yyjson_get_str(at(row, "picture")));
        printf(": %s, result %s (%.3f), malignant %.3f\n", yyjson_get_str(at(row, "truth")),
               yyjson_get_str(at(row, "answer")), yyjson_get_num(at(row, "probability")),
               yyjson_get_num(at(row, "malignant")));
    }
}

static void print_group(yyjson_val *g) {
    printf("%.0f pictures of %.0f lesions; in brackets 95 %% intervals by bootstrap over lesions\n\n",
           yyjson_get_num(at(g, "pictures")), yyjson_get_num(at(g, "lesions")));
    for (size_t i = 0; i < sizeof headline / sizeof *headline; i++)
        print_named(headline[i].title, at(at(g, "headline"), headline[i].name));
    yyjson_val *sets = at(g, "sets");
    if (yyjson_is_obj(sets)) {
        print_named("right class in the set", at(sets, "coverage"));
        print_named("classes in the set, mean", at(sets, "size"));
    }
    print_named("no clear match", at(at(g, "abstain"), "rate"));
    print_named("judged not to be a lesion", at(g, "not_a_lesion"));
    print_named("photo judged to be hard to read", at(g, "faulted"));
    print_classes(at(g, "classes"));
    print_points(at(g, "operating_points"));
    print_confusion(at(g, "classes"), at(at(g, "confusion"), "data"));
}

static void print_text(const run *r, yyjson_val *root) {
    printf("%s %s on ", r->model->name, r->model->version);
    cli_print_text(stdout, r->path);
    printf(": ");
    print_group(root);
    print_worst("wrong results with the highest probabilities", at(at(root, "failures"), "confident"));
    print_worst("malignant lesions that looked least malignant", at(at(root, "failures"), "missed"));
    size_t i, end;
    yyjson_val *id, *kind;
    yyjson_obj_foreach(at(root, "kinds"), i, end, id, kind) {
        printf("\n%s: ", yyjson_get_str(id));
        print_group(kind);
    }
    if (r->left_out + r->failed > 0)
        printf("\n%u pictures left out, %u without a result\n", (unsigned)r->left_out, (unsigned)r->failed);
    printf("\nAn aid for study, not a medical device.\n");
}

/* Print the JSON text in the form that is asked for. Returns 0 where memory is short. */
static int print_as_wanted(const run *r, const char *json) {
    lt_error error;
    json_out out;
    if (r->settings->json) return puts(json) >= 0;
    if (!r->settings->csv) {
        yyjson_doc *root = yyjson_read(json, strlen(json), YYJSON_READ_NOFLAG);
        if (root) print_text(r, yyjson_doc_get_root(root));
        yyjson_doc_free(root);
        return root != NULL;
    }
    json_begin(&out, NULL, 0);
    if (fig_csv(&out, json, &error) != LT_OK) return 0;
    size_t length = json_end(&out);
    char *text = malloc(length + 1);
    if (!text) return 0;
    json_begin(&out, text, length + 1);
    int done = fig_csv(&out, json, &error) == LT_OK;
    (void)json_end(&out);
    if (done) (void)fputs(text, stdout);
    free(text);
    return done;
}

static int print_figures(const run *r) {
    size_t length = write_json(r, NULL, 0);
    char *json = malloc(length + 1);
    int done = json != NULL;
    if (done) {
        (void)write_json(r, json, length + 1);
        done = print_as_wanted(r, json);
    }
    free(json);
    if (!done) fprintf(stderr, "lentigo: %s\n", lt_status_text(LT_MEMORY));
    return done;
}

/* ---- the command ----------------------------------------------------------------------------- */

/* What the figures have to know of the model; the arrays are the setup's own. */
typedef struct model_facts {
    const char *labels[FIG_MAX_CLASSES], *kinds[LT_MAX_KINDS], *points[LT_MAX_POINTS];
    uint8_t malignant[FIG_MAX_CLASSES];
    float thresholds[LT_MAX_KINDS * LT_MAX_POINTS], coverage[LT_MAX_KINDS];
} model_facts;

static const lt_operating_point *point_of(const lt_kind *kind, const char *name) {
    for (uint32_t i = 0; i < kind->point_count; i++)
        if (strcmp(kind->points[i].name, name) == 0) return &kind->points[i];
    return NULL;
}

static int every_kind_has(const lt_model *model, const char *point) {
    for (uint32_t k = 0; k < model->kind_count; k++)
        if (!point_of(&model->kinds[k], point)) return 0;
    return 1;
}

/* Operating points are compared by name, and only those that all kinds have. */
static fig_setup set_up(const lt_model *model, model_facts *facts) {
    fig_setup setup = {.classes = model->label_count,
                       .labels = facts->labels,
                       .malignant = facts->malignant,
                       .kinds = model->kind_count,
                       .kind_ids = facts->kinds,
                       .point_names = facts->points,
                       .thresholds = facts->thresholds,
                       .coverage = facts->coverage};
    for (uint32_t c = 0; c < model->label_count && c < FIG_MAX_CLASSES; c++) {
        facts->labels[c] = model->labels[c].id;
        facts->malignant[c] = model->labels[c].malignant != 0;
    }
    for (uint32_t i = 0; i < model->kinds[0].point_count; i++)
        if (every_kind_has(model, model->kinds[0].points[i].name))
            facts->points[setup.points++] = model->kinds[0].points[i].name;
    for (uint32_t k = 0; k < model->kind_count; k++) {
        facts->kinds[k] = model->kinds[k].id;
        facts->coverage[k] = model->kinds[k].set_coverage;
        for (uint32_t p = 0; p < setup.points; p++)
            facts->thresholds[k * setup.points + p] = point_of(&model->kinds[k], facts->points[p])->threshold;
    }
    return setup;
}

/* Open the table and the lists. Returns 0 after a message. */
static int prepare(run *r, const fig_setup *setup) {
    lt_error error;
    size_t count = r->cases.count;
    r->classes = malloc(count * sizeof *r->classes);
    r->lesions = malloc(count * sizeof *r->lesions);
    r->files = malloc(count * sizeof *r->files);
    r->reasons = calloc(count, sizeof *r->reasons);
    int whole = r->classes && r->lesions && r->files && r->reasons && number_lesions(r) &&
                lt_result_create(r->engine, &r->data) == LT_OK && lt_result_create(r->engine, &r->uniform) == LT_OK;
    if (!whole) {
        fprintf(stderr, "lentigo: %s\n", lt_status_text(LT_MEMORY));
        return 0;
    }
    if (r->settings->views > r->model->views) {
        fprintf(stderr, "lentigo: --views: this model has %u\n", (unsigned)r->model->views);
        return 0;
    }
    if (fig_open(setup, &r->table, &error) == LT_OK) return check_maps(r) && name_classes(r);
    fprintf(stderr, "lentigo: %s\n", error.text);
    return 0;
}

static int evaluate(run *r) {
    lt_error error;
    if (!answer_all(r)) return 0;
    if (fig_compute(r->table, r->settings->draws, r->settings->seed, &error) == LT_OK) return print_figures(r);
    fprintf(stderr, "lentigo: %s\n", fig_count(r->table) == 0 ? "no picture gave a result" : error.text);
    return 0;
}

int cli_evaluate(const cli_settings *settings, const cli_files *files) {
    model_facts facts;
    if (files->count != 1) {
        fprintf(stderr, "lentigo: evaluate takes one folder or CSV file\n");
        return CLI_USAGE;
    }
    lt_engine *engine = cli_open(settings);
    if (!engine) return CLI_FAILED;
    run r = {.settings = settings, .path = files->names[0], .engine = engine, .model = lt_get_model(engine)};
    fig_setup setup = set_up(r.model, &facts);
    int done = cli_list_cases(r.path, settings->pictures, &r.cases) && prepare(&r, &setup) && evaluate(&r);
    fig_close(r.table);
    for (size_t i = 0; r.reasons && i < r.cases.count; i++) free((char *)r.reasons[i]);
    free(r.classes);
    free(r.lesions);
    free(r.files);
    free(r.reasons);
    lt_result_free(r.data);
    lt_result_free(r.uniform);
    cli_free_cases(&r.cases);
    lt_destroy(engine);
    return done && r.failed == 0 && fflush(stdout) == 0 ? CLI_OK : CLI_FAILED;
}
