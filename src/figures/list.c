/* list.c - which figures there are, by the definitions of training/evaluate_figures.py. */
#include "parts.h"

static const which everyone = {ALL, 0, 1};

static figure share(which hit, which of) {
    return (figure){.type = SHARE, .hit = hit, .of = of};
}

static which is(uint32_t in, uint32_t value) {
    return (which){(uint8_t)in, 0, value};
}

static which is_not(uint32_t in, uint32_t value) {
    return (which){(uint8_t)in, 1, value};
}

/* The mean over classes of one of their figures. */
static figure over_classes(const fig_setup *setup, uint32_t prior, uint32_t i) {
    return (figure){
        .type = AVERAGE, .first = class_figure(0, prior, i), .step = class_figure(1, 0, 0), .count = setup->classes};
}

static void list_class(uint32_t classes, uint32_t class, uint32_t prior, figure *out) {
    uint32_t said = SAID + prior;
    out[OF_AUC] = (figure){.type = AREA, .hit = is(TRUTH, class), .score = 1 + prior * classes + class};
    out[OF_SENSITIVITY] = share(is(said, class), is(TRUTH, class));
    out[OF_SPECIFICITY] = share(is_not(said, class), is_not(TRUTH, class));
    out[OF_PPV] = share(is(TRUTH, class), is(said, class));
}

static void list_headline(const fig_setup *setup, figure *out) {
    out[ACCURACY] = share(is(RIGHT, 1), everyone);
    out[ACCURACY_UNIFORM] = share(is(RIGHT_UNIFORM, 1), everyone);
    out[BALANCED] = over_classes(setup, UNIFORM, OF_SENSITIVITY);
    out[BALANCED_DATA] = over_classes(setup, DATA, OF_SENSITIVITY);
    out[MACRO_AUC] = over_classes(setup, DATA, OF_AUC);
    out[MACRO_AUC_UNIFORM] = over_classes(setup, UNIFORM, OF_AUC);
    out[IN_TOP_2] = share(is(TOP_2, 1), everyone);
    out[IN_TOP_3] = share(is(TOP_3, 1), everyone);
    out[MALIGNANT_AUC] = (figure){.type = AREA, .hit = is(MALIGNANT, 1), .score = 0};
    out[HEAD_NLL] = (figure){.type = MEAN, .score = NLL};
    out[HEAD_BRIER] = (figure){.type = MEAN, .score = BRIER};
    out[HEAD_ECE] = (figure){.type = ECE};
}

static void list_others(figure *out) {
    out[SET_COVERAGE] = share(is(HELD, 1), everyone);
    out[MEAN_SET] = (figure){.type = MEAN, .score = SET_SIZE};
    out[RATE_ABSTAIN] = share(is(ABSTAIN, 1), everyone);
    out[RIGHT_ANSWERED] = share(is(RIGHT, 1), is(ABSTAIN, 0));
    out[RIGHT_ABSTAINED] = share(is(RIGHT, 1), is(ABSTAIN, 1));
    out[RATE_NOT] = share(is(NOT_A_LESION, 1), everyone);
    out[RATE_FAULTED] = share(is(FAULTED, 1), everyone);
}

/* `first` is where they stand in the whole list. */
static void list_point(uint32_t point, uint32_t first, figure *out) {
    uint32_t called = CALLED + point;
    out[POINT_SENSITIVITY] = share(is(called, 1), is(MALIGNANT, 1));
    out[POINT_SPECIFICITY] = share(is(called, 0), is(MALIGNANT, 0));
    out[POINT_PPV] = share(is(MALIGNANT, 1), is(called, 1));
    out[POINT_RARE_PPV] = (figure){.type = RARE_PPV, .first = first + POINT_SENSITIVITY};
}

uint32_t list_size(const fig_setup *setup) {
    return point_figure(setup->classes, setup->points, 0);
}

void list_figures(const fig_setup *setup, figure *list) {
    uint32_t classes = setup->classes;
    for (uint32_t c = 0; c < classes; c++) {
        for (uint32_t prior = 0; prior < PRIORS; prior++)
            list_class(classes, c, prior, list + class_figure(c, prior, 0));
        list[set_figure(classes, c)] = share(is(HELD, 1), is(TRUTH, c));
    }
    list_headline(setup, list + headline_figure(classes, 0));
    list_others(list + other_figure(classes, 0));
    for (uint32_t p = 0; p < setup->points; p++)
        list_point(p, point_figure(classes, p, 0), list + point_figure(classes, p, 0));
}
