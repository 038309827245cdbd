/* classify.h - what the files of `lentigo classify` share: a run, and the ways to put out its answers. */
#ifndef LT_CLI_CLASSIFY_H
#define LT_CLI_CLASSIFY_H

#include "cli.h"

/* One run of the command. */
typedef struct run {
    const cli_settings *settings;
    lt_engine *engine;
    lt_result *result;
    uint32_t map_label; /* the class that --map names; LT_MAX_LABELS: the answer's */
    uint8_t *atlas;     /* the file of --similar, which the engine borrows; NULL: none */
    char *line;         /* [line_capacity], the JSON of one photo; grows */
    size_t line_capacity;
    int failed; /* photos without an answer */
} run;

/* The class whose map is asked for. */
static inline uint32_t run_map_label(const run *r) {
    return r->map_label < LT_MAX_LABELS ? r->map_label : r->result->order[0];
}

/* Print the answer for a person: the verdict, what speaks against it, then the table. */
void table_print(const run *r, const char *file);

/* Print a photo's line of JSON: its answer, or the reason why there is none. Returns 0 where memory is short. */
int json_print(run *r, const char *file, const char *reason);

/*
 * Print a photo's row of CSV (RFC 4180), and the first row, which names the columns: file, label, malignant, set,
 * abstain, not_a_lesion, faults, each class by its id, prior, kind, model, error. They are those of the app's table.
 */
void csv_print_head(const run *r);
void csv_print(const run *r, const char *file, const char *reason);

#endif
