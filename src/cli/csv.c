/* csv.c - a photo's answer as a row for spreadsheets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "classify.h"

static int by_id(const void *a, const void *b) {
    return strcmp((*(const lt_label *const *)a)->id, (*(const lt_label *const *)b)->id);
}

/* The classes in the order of their ids: [label_count] of out. */
static void sort_labels(const lt_model *model, const lt_label *out[LT_MAX_LABELS]) {
    for (uint32_t i = 0; i < model->label_count; i++) out[i] = &model->labels[i];
    qsort(out, model->label_count, sizeof *out, by_id);
}

/* A text in quotes where it needs them. A spreadsheet would run one that begins like a formula: an apostrophe keeps it a
 * text. */
static void print_cell(const char *text) {
    int quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (quoted) putchar('"');
    if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL) putchar('\'');
    for (; *text != '\0'; text++) {
        if (*text == '"') putchar('"');
        putchar(*text);
    }
    if (quoted) putchar('"');
}

/* A cell after another one. */
static void print_next(const char *text) {
    putchar(',');
    print_cell(text);
}

static void print_number(float value) {
    char text[32];
    json_out out;
    json_begin(&out, text, sizeof text);
    json_float(&out, value);
    (void)json_end(&out);
    printf(",%s", text);
}

void csv_print_head(const run *r) {
    const lt_model *model = lt_get_model(r->engine);
    const lt_label *labels[LT_MAX_LABELS];
    sort_labels(model, labels);
    printf("file,label,malignant,set,abstain,not_a_lesion,faults");
    for (uint32_t i = 0; i < model->label_count; i++) print_next(labels[i]->id);
    printf(",prior,kind,model,error\r\n");
}

/* The names of a set or of faults, with blanks between. */
static void print_set(const run *r) {
    const lt_model *model = lt_get_model(r->engine);
    putchar(',');
    for (uint32_t i = 0; i < r->result->set_count; i++) {
        if (i > 0) putchar(' ');
        print_cell(model->labels[r->result->set[i]].id);
    }
}

static void print_faults(uint32_t faults) {
    const char *between = ",";
    if (faults == 0) putchar(',');
    for (int i = 0; i < LT_FAULT_COUNT; i++) {
        if (!(faults & 1u << i)) continue;
        printf("%s%s", between, lt_fault_name((lt_fault)i));
        between = " ";
    }
}

static void print_answer(const run *r) {
    const lt_result *result = r->result;
    const lt_model *model = lt_get_model(r->engine);
    const lt_label *labels[LT_MAX_LABELS];
    const char *kind = model->kinds[result->kind].id;
    sort_labels(model, labels);
    print_next(model->labels[result->order[0]].id);
    print_number(result->malignant);
    print_set(r);
    printf(",%s,%s", result->abstain ? "true" : "false", result->not_a_lesion ? "true" : "false");
    print_faults(result->quality->faults);
    for (uint32_t i = 0; i < model->label_count; i++) print_number(result->probabilities[labels[i] - model->labels]);
    print_next(lt_prior_name(result->prior));
    print_next(*kind != '\0' && result->not_a_lesion ? LT_NEITHER : kind);
    print_next(model->name);
    putchar(' ');
    print_cell(model->version);
    putchar(',');
}

/* Columns between the file and the reason, but for those of the classes. */
enum { ANSWER_COLUMNS = 9 };

void csv_print(const run *r, const char *file, const char *reason) {
    print_cell(file);
    if (reason) {
        for (uint32_t i = 0; i < ANSWER_COLUMNS + lt_get_model(r->engine)->label_count; i++) putchar(',');
        print_next(reason);
    } else {
        print_answer(r);
    }
    printf("\r\n");
}
