/* classify.c - `lentigo classify`: photos in, a table, JSON lines or rows of CSV out. */
#include "classify.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "progress.h"
#include "stop.h"

static void report_failure(run *r, const char *file, const char *reason) {
    r->failed++;
    if (r->settings->json && json_print(r, file, reason)) return;
    if (r->settings->csv)
        csv_print(r, file, reason);
    else
        cli_complain("", file, reason);
}

static void report_answer(run *r, const char *file) {
    if (r->settings->csv)
        csv_print(r, file, NULL);
    else if (!r->settings->json)
        table_print(r, file);
    else if (!json_print(r, file, NULL))
        report_failure(r, file, lt_status_text(LT_MEMORY));
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

/* All photos, one after the other, until they end, nobody reads on, or the run is to stop. */
static void classify_all(run *r, names *n, progress *p) {
    char name[PATH_MAX];
    int shares_terminal = isatty(STDOUT_FILENO);
    for (names_step step; !ferror(stdout) && !stop_asked() && (step = names_next(n, name)) != NAMES_END;) {
        const char *reason =
            step == NAMES_LONG ? "the name is too long" : cli_classify_file(r->engine, name, r->settings, r->result);
        if (shares_terminal || reason) progress_clear(p);
        if (reason)
            report_failure(r, name, reason);
        else
            report_answer(r, name);
        fflush(stdout); /* whoever reads the lines gets each when it is there */
        int all = 0;
        size_t left = p->shown ? names_left(n, &all) : 0;
        progress_step(p, left, all);
    }
    progress_clear(p);
    if (n->error) report_failure(r, "-", n->error);
}

int cli_classify(const cli_settings *settings, const cli_files *files) {
    static char *listed[] = {"-"};
    cli_files photos = *files;
    names n;
    progress p;
    if (photos.count == 0 && settings->zero) photos = (cli_files){listed, 1};
    if (photos.count == 0) {
        fprintf(stderr, "lentigo: which photos? lentigo classify --help says how\n");
        return CLI_USAGE;
    }
    if (settings->csv && (settings->json || settings->logits || settings->map || settings->similar)) {
        fprintf(stderr, "lentigo: --csv goes without --json, --logits, --map and --similar\n");
        return CLI_USAGE;
    }
    lt_engine *engine = cli_open(settings);
    if (!engine) return CLI_FAILED;
    run r = {.settings = settings, .engine = engine};
    int several = photos.count > 1 || strcmp(photos.names[0], "-") == 0;
    progress_start(&p, several && progress_possible());
    if (lt_result_create(r.engine, &r.result) != LT_OK) fprintf(stderr, "lentigo: %s\n", lt_error_text(r.engine));
    if (!r.result || prepare(&r) != CLI_OK || load_atlas(&r) != CLI_OK ||
        !names_start(&n, &photos, settings->zero, p.shown)) {
        lt_result_free(r.result);
        lt_destroy(engine);
        free(r.atlas);
        return CLI_FAILED;
    }
    stop_listen();
    if (settings->csv) csv_print_head(&r);
    classify_all(&r, &n, &p);
    if (!settings->json && !settings->csv) printf("An aid for study, not a diagnosis.\n");
    int lost = fflush(stdout) != 0 || ferror(stdout);
    names_end(&n);
    free(r.line);
    lt_result_free(r.result);
    lt_destroy(engine);
    free(r.atlas);
    stop_finish();
    return r.failed > 0 || lost ? CLI_FAILED : CLI_OK;
}
