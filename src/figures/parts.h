/* parts.h - what the files of this folder share. */
#ifndef LT_FIGURES_PARTS_H
#define LT_FIGURES_PARTS_H

#include "figures.h"

enum { DATA = 0, UNIFORM, PRIORS };

/* Bins of equal width of the calibration error (Guo et al., 2017), and rows of each list of failures. */
enum { BINS = 15, MOST_FAILURES = 20 };

/* ---- columns: one number a picture ---- */

typedef enum column {
    TRUTH = 0, /* class index */
    SAID,      /* + prior: the likeliest class */
    SAID_LAST = SAID + PRIORS - 1,
    TOP_2, /* 1: the truth is among the two likeliest for the data's prior */
    TOP_3,
    MALIGNANT, /* 1: the truth is malignant */
    HELD,      /* 1: the truth is in the prediction set */
    ABSTAIN,
    NOT_A_LESION,
    FAULTED,
    RIGHT, /* 1: the likeliest class for the data's prior is the truth */
    RIGHT_UNIFORM,
    ALL,    /* 1 */
    CALLED, /* + operating point: 1: the malignant sum reaches its threshold */
    COLUMNS = CALLED + LT_MAX_POINTS
} column;

/* Values that means are taken of. */
typedef enum measure { SET_SIZE = 0, NLL, BRIER, MEASURES } measure;

/* Which pictures: those whose number in a column is, or with `not` is not, the value. */
typedef struct which {
    uint8_t column, not;
    uint32_t value;
} which;

/* ---- figures ---- */

typedef enum figure_type {
    SHARE,    /* of `hit` among `of` */
    MEAN,     /* of measure `score` */
    AREA,     /* under the ROC curve of score `score` for `hit`; scores: 0 the malignant sum, then [prior, class] */
    AVERAGE,  /* of `count` figures from `first` on, each `step` further, that have a value */
    ECE,      /* for the data's prior */
    RARE_PPV, /* of `hit` for malignant lesions as rare as FIG_PREVALENCE; its shares stand at `first`, `first` + 1 */
} figure_type;

typedef struct figure {
    figure_type type;
    which hit, of;
    uint32_t score, first, step, count;
} figure;

/* Figures of a class and prior, of the headline, of an operating point, and the others. */
enum { OF_AUC = 0, OF_SENSITIVITY, OF_SPECIFICITY, OF_PPV, CLASS_FIGURES };
enum {
    ACCURACY = 0,
    ACCURACY_UNIFORM,
    BALANCED,
    BALANCED_DATA,
    MACRO_AUC,
    MACRO_AUC_UNIFORM,
    IN_TOP_2,
    IN_TOP_3,
    MALIGNANT_AUC,
    HEAD_NLL,
    HEAD_BRIER,
    HEAD_ECE,
    HEADLINE_FIGURES
};
enum { POINT_SENSITIVITY = 0, POINT_SPECIFICITY, POINT_PPV, POINT_RARE_PPV, POINT_FIGURES };
enum {
    SET_COVERAGE = 0,
    MEAN_SET,
    RATE_ABSTAIN,
    RIGHT_ANSWERED,
    RIGHT_ABSTAINED,
    RATE_NOT,
    RATE_FAULTED,
    OTHER_FIGURES
};

/* Where a figure stands in the list; list.c writes it in that order. */
static inline uint32_t class_figure(uint32_t class, uint32_t prior, uint32_t i) {
    return (class * PRIORS + prior) * CLASS_FIGURES + i;
}

static inline uint32_t headline_figure(uint32_t classes, uint32_t i) {
    return class_figure(classes, 0, 0) + i;
}

static inline uint32_t set_figure(uint32_t classes, uint32_t class) {
    return headline_figure(classes, HEADLINE_FIGURES) + class;
}

static inline uint32_t other_figure(uint32_t classes, uint32_t i) {
    return set_figure(classes, classes) + i;
}

static inline uint32_t point_figure(uint32_t classes, uint32_t point, uint32_t i) {
    return other_figure(classes, OTHER_FIGURES) + point * POINT_FIGURES + i;
}

typedef struct fig_estimate {
    double value, low, high; /* NaN where there is nothing to compute it from */
} fig_estimate;

typedef struct fig_bin {
    uint32_t pictures;
    double confidence, accuracy; /* sums */
} fig_bin;

/* Some of the answers, with what is computed of them. Rows are indices into the table. */
typedef struct fig_group {
    const fig_table *table;
    uint32_t count, lesions;
    uint32_t *rows;          /* owned, [count] */
    uint32_t *lesion;        /* owned, [count], 0..lesions - 1 */
    uint32_t *by_lesion;     /* owned, [count]: positions by rising lesion */
    uint32_t *columns;       /* owned, [COLUMNS, count] */
    double *measures;        /* owned, [MEASURES, count] */
    uint32_t *orders;        /* owned, [1 + PRIORS x classes, count]: positions by falling score */
    uint8_t *bin;            /* owned, [count], of the calibration error */
    fig_estimate *estimates; /* owned, [figures]; NULL before they are computed */
} fig_group;

struct fig_table {
    fig_setup setup;
    uint32_t count, capacity;
    fig_answer *answers; /* owned, [capacity]; data and uniform are NULL, see shares */
    float *shares;       /* owned, [capacity, PRIORS, classes] */
    uint32_t figures;
    figure *list;        /* owned, [figures] */
    fig_group groups[1 + LT_MAX_KINDS]; /* all, then each kind */
    uint32_t draws;
    uint64_t seed;
    float *scratch;      /* owned, [count] of the last fig_compute */
};

/* How many figures there are, and the list of them ([that many]). */
uint32_t list_size(const fig_setup *setup);
void list_figures(const fig_setup *setup, figure *list);

/* Gather the answers of a kind, or of all kinds where it is LT_MAX_KINDS. Errors: LT_MEMORY. */
lt_status group_gather(fig_group *group, const fig_table *table, uint32_t kind, lt_error *error);
void group_free(fig_group *group);

/* Score of a picture by its position in the group; numbered as in figure.score. */
float group_score(const fig_group *group, uint32_t score, uint32_t position);

/* Lesions among the pictures that `of` marks. */
uint32_t group_lesions(const fig_group *group, which of);

int group_is(const fig_group *group, which w, uint32_t position);

/*
 * A figure, each picture counted weights [count] times; NaN where there is nothing to compute it from. values
 * [figures] are those of the figures before it in the list.
 */
double value_of(const fig_group *group, const figure *f, const double *weights, const double *values);

/* Compute group->estimates. Errors: LT_MEMORY. */
lt_status draw_estimates(fig_group *group, uint32_t draws, uint64_t seed, lt_error *error);

#endif
