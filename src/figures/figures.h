/*
 * figures.h - how well a model does on pictures whose diagnosis is known: the figures of training/evaluate_figures.py.
 *
 *     fig_table *t = NULL;
 *     if (fig_open(&setup, &t, &error) != LT_OK) …error.text…
 *     for (…) if (fig_add(t, &answer, &error) != LT_OK) …
 *     if (fig_compute(t, 1000, 0, &error) == LT_OK) …fig_json(&json, t, names)…
 *     fig_close(t);
 *
 * Each figure has the definition that training/metrics.py gives it, and an interval by bootstrap over lesions
 * (training/bootstrap.py): pictures of one lesion are drawn together. All sums are in double and in one order.
 */
#ifndef LT_FIGURES_FIGURES_H
#define LT_FIGURES_FIGURES_H

#include "base/error.h"
#include "base/json.h"

/* Bounds of what is measured at once: memory grows with pictures x (classes + points). */
#define FIG_MAX_PICTURES 100000
#define FIG_MAX_CLASSES  64
#define FIG_MAX_DRAWS    10000

/* Interval between the percentiles (1 - level) / 2 and (1 + level) / 2 of the draws. */
#define FIG_LEVEL 0.95

/* Malignant lesions where everyone's spots are looked at, for the second PPV; training/decision.py's PREVALENCE. */
#define FIG_PREVALENCE 0.02

/* What is known of the model. Borrowed until fig_close. */
typedef struct fig_setup {
    uint32_t classes;              /* 2..FIG_MAX_CLASSES */
    const char *const *labels;     /* [classes] ids */
    const uint8_t *malignant;      /* [classes], 0 or 1 */
    uint32_t kinds;                /* 1..LT_MAX_KINDS */
    const char *const *kind_ids;   /* [kinds]; "" where the model tells none */
    uint32_t points;               /* operating points that every kind has, 0..LT_MAX_POINTS */
    const char *const *point_names; /* [points] */
    const float *thresholds;       /* [kinds, points], on the malignant sum */
    const float *coverage;         /* [kinds]: that prediction sets are made for; 0: the kind has no sets */
} fig_setup;

/* The answer to one picture. */
typedef struct fig_answer {
    uint32_t truth;         /* class index */
    uint32_t lesion;        /* pictures with the same number show one lesion */
    uint32_t kind;          /* whose numbers decided */
    uint32_t set_count;     /* classes in the prediction set */
    int in_set;             /* not 0: the truth is among them */
    int abstain, not_a_lesion, faulted;
    float malignant;        /* the malignant sum, for the data's prior */
    const float *data;      /* [classes] probabilities for the data's prior, borrowed for the call */
    const float *uniform;   /* [classes] for equal priors */
} fig_answer;

typedef struct fig_table fig_table;

/* Begin a table. The caller frees *out with fig_close. Errors: LT_ARGUMENT naming the field, LT_MEMORY. */
lt_status fig_open(const fig_setup *setup, fig_table **out, lt_error *error);
void fig_close(fig_table *table);

/* Add an answer. Errors: LT_ARGUMENT naming the field, LT_MEMORY; the table is then as before. */
lt_status fig_add(fig_table *table, const fig_answer *answer, lt_error *error);

/* Answers so far. */
uint32_t fig_count(const fig_table *table);

/*
 * Compute all figures, with so many draws, 1..FIG_MAX_DRAWS, of the bootstrap; the same draws for the same seed.
 * Errors: LT_ARGUMENT (no answers, too many draws), LT_MEMORY.
 */
lt_status fig_compute(fig_table *table, uint32_t draws, uint64_t seed, lt_error *error);

/*
 * What fig_compute found, as members of a JSON object that the caller has opened and closes; names as in figures.json of
 * training/evaluate.py. names [fig_count] are the pictures' names, NULL: "picture" is their index in the order of
 * fig_add. Figures have six decimals, null where there is nothing to compute them from.
 */
void fig_json(json_out *out, const fig_table *table, const char *const *names);

/*
 * An object with such members, as lines for a spreadsheet: figure, value, low, high. A figure is called by its members'
 * names, and places in lists from 0 on, with a dot between. Errors: LT_MEMORY.
 */
lt_status fig_csv(json_out *out, const char *json, lt_error *error);

#endif
