/* group.c - the columns that figures of some answers are computed from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

#define TINY 1e-12 /* least probability that a logarithm is taken of; training/metrics.py has the same */

static const float *shares_of(const fig_group *group, uint32_t prior, uint32_t position) {
    uint32_t classes = group->table->setup.classes;
    return group->table->shares + ((size_t)group->rows[position] * PRIORS + prior) * classes;
}

int group_is(const fig_group *group, which w, uint32_t position) {
    return (group->columns[(size_t)w.column * group->count + position] == w.value) != w.not;
}

float group_score(const fig_group *group, uint32_t score, uint32_t position) {
    uint32_t classes = group->table->setup.classes;
    if (score == 0) return group->table->answers[group->rows[position]].malignant;
    return shares_of(group, (score - 1) / classes, position)[(score - 1) % classes];
}

static uint32_t likeliest(const float *shares, uint32_t classes) {
    uint32_t best = 0;
    for (uint32_t c = 1; c < classes; c++)
        if (shares[c] > shares[best]) best = c;
    return best;
}

/* Classes that come before this one: likelier, or as likely and of a smaller index. */
static uint32_t rank(const float *shares, uint32_t classes, uint32_t class) {
    uint32_t before = 0;
    for (uint32_t c = 0; c < classes; c++)
        before += shares[c] > shares[class] || (shares[c] == shares[class] && c < class);
    return before;
}

static void fill_measures(const fig_group *group, uint32_t i) {
    const fig_answer *answer = &group->table->answers[group->rows[i]];
    const float *data = shares_of(group, DATA, i);
    double brier = 0.0, own = (double)data[answer->truth];
    for (uint32_t c = 0; c < group->table->setup.classes; c++) {
        double off = (double)data[c] - (c == answer->truth);
        brier += off * off;
    }
    group->measures[SET_SIZE * (size_t)group->count + i] = answer->set_count;
    group->measures[NLL * (size_t)group->count + i] = -log(own > TINY ? own : TINY);
    group->measures[BRIER * (size_t)group->count + i] = brier;
}

/* The bin of 0..1 in equal parts; what lies at an edge belongs below it. */
static uint8_t bin_of(double confidence) {
    uint8_t bin = 0;
    while (bin + 1 < BINS && confidence > (double)(bin + 1) / (double)BINS) bin++;
    return bin;
}

static void fill_row(const fig_group *group, uint32_t i) {
    const fig_setup *setup = &group->table->setup;
    const fig_answer *answer = &group->table->answers[group->rows[i]];
    const float *shares[PRIORS] = {shares_of(group, DATA, i), shares_of(group, UNIFORM, i)};
    uint32_t values[COLUMNS] = {0}, before = rank(shares[DATA], setup->classes, answer->truth);
    values[TRUTH] = answer->truth;
    for (uint32_t p = 0; p < PRIORS; p++) values[SAID + p] = likeliest(shares[p], setup->classes);
    values[TOP_2] = before < 2;
    values[TOP_3] = before < 3;
    values[MALIGNANT] = setup->malignant[answer->truth] != 0;
    values[HELD] = answer->in_set != 0;
    values[ABSTAIN] = answer->abstain != 0;
    values[NOT_A_LESION] = answer->not_a_lesion != 0;
    values[FAULTED] = answer->faulted != 0;
    values[RIGHT] = values[SAID + DATA] == answer->truth;
    values[RIGHT_UNIFORM] = values[SAID + UNIFORM] == answer->truth;
    values[ALL] = 1;
    for (uint32_t p = 0; p < setup->points; p++)
        values[CALLED + p] = answer->malignant >= setup->thresholds[answer->kind * setup->points + p];
    for (uint32_t c = 0; c < COLUMNS; c++) group->columns[(size_t)c * group->count + i] = values[c];
    group->bin[i] = bin_of((double)shares[DATA][values[SAID + DATA]]);
    fill_measures(group, i);
}

/* A score and whose it is, for sorting. */
typedef struct ranked {
    float score;
    uint32_t position;
} ranked;

static int falling(const void *a, const void *b) {
    const ranked *first = a, *second = b;
    if (first->score != second->score) return first->score < second->score ? 1 : -1;
    return (first->position > second->position) - (first->position < second->position);
}

static void sort_scores(const fig_group *group, ranked *scratch) {
    for (uint32_t s = 0; s < 1 + PRIORS * group->table->setup.classes; s++) {
        for (uint32_t i = 0; i < group->count; i++) scratch[i] = (ranked){group_score(group, s, i), i};
        qsort(scratch, group->count, sizeof *scratch, falling);
        for (uint32_t i = 0; i < group->count; i++) group->orders[(size_t)s * group->count + i] = scratch[i].position;
    }
}

/* A picture and its lesion, for sorting. */
typedef struct owned {
    uint32_t lesion, position;
} owned;

static int by_lesion(const void *a, const void *b) {
    const owned *first = a, *second = b;
    if (first->lesion != second->lesion) return first->lesion < second->lesion ? -1 : 1;
    return (first->position > second->position) - (first->position < second->position);
}

/* Number the lesions 0, 1, … by the order of their own numbers. */
static void number_lesions(fig_group *group, owned *scratch) {
    const fig_answer *answers = group->table->answers;
    for (uint32_t i = 0; i < group->count; i++) scratch[i] = (owned){answers[group->rows[i]].lesion, i};
    qsort(scratch, group->count, sizeof *scratch, by_lesion);
    for (uint32_t i = 0; i < group->count; i++) {
        if (i == 0 || scratch[i].lesion != scratch[i - 1].lesion) group->lesions++;
        group->lesion[scratch[i].position] = group->lesions - 1;
        group->by_lesion[i] = scratch[i].position;
    }
}

uint32_t group_lesions(const fig_group *group, which of) {
    uint32_t count = 0, last = group->lesions;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t position = group->by_lesion[i];
        if (group->lesion[position] == last || !group_is(group, of, position)) continue;
        last = group->lesion[position];
        count++;
    }
    return count;
}

lt_status group_gather(fig_group *group, const fig_table *table, uint32_t kind, lt_error *error) {
    *group = (fig_group){.table = table};
    for (uint32_t i = 0; i < table->count; i++) group->count += kind == LT_MAX_KINDS || table->answers[i].kind == kind;
    if (group->count == 0) return LT_OK;
    size_t count = group->count, scores = 1 + PRIORS * (size_t)table->setup.classes;
    group->rows = malloc(count * sizeof *group->rows);
    group->lesion = malloc(count * sizeof *group->lesion);
    group->by_lesion = malloc(count * sizeof *group->by_lesion);
    group->columns = malloc(COLUMNS * count * sizeof *group->columns);
    group->measures = malloc(MEASURES * count * sizeof *group->measures);
    group->orders = malloc(scores * count * sizeof *group->orders);
    group->bin = malloc(count);
    ranked *scores_of = malloc(count * sizeof *scores_of);
    owned *owners = malloc(count * sizeof *owners);
    if (!group->rows || !group->lesion || !group->by_lesion || !group->columns || !group->measures || !group->orders ||
        !group->bin || !scores_of || !owners) {
        free(scores_of);
        free(owners);
        group_free(group);
        return lt_fail(error, LT_MEMORY, "no memory for the figures of %zu pictures", count);
    }
    uint32_t filled = 0;
    for (uint32_t i = 0; i < table->count; i++)
        if (kind == LT_MAX_KINDS || table->answers[i].kind == kind) group->rows[filled++] = i;
    for (uint32_t i = 0; i < group->count; i++) fill_row(group, i);
    sort_scores(group, scores_of);
    number_lesions(group, owners);
    free(scores_of);
    free(owners);
    return LT_OK;
}

void group_free(fig_group *group) {
    free(group->rows);
    free(group->lesion);
    free(group->by_lesion);
    free(group->columns);
    free(group->measures);
    free(group->orders);
    free(group->bin);
    free(group->estimates);
    *group = (fig_group){0};
}
