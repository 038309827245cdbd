#include "decide.h"

#include <float.h>
#include <math.h>

void dec_logarithms(float *values, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) values[i] = (float)log((double)(values[i] < FLT_MIN ? FLT_MIN : values[i]));
}

/* The logarithm of class i's share, but for a constant. */
static double score(const lt_kind *kind, lt_prior prior, const float *logits, uint32_t i) {
    double scaled = (double)logits[i] / (double)kind->temperature;
    return prior == LT_PRIOR_DATA ? scaled + (double)kind->log_prior[i] : scaled;
}

/* Insertion sort of order ([count]) by falling score: stable, no memory, and count is small. */
static void sort(const lt_kind *kind, lt_prior prior, const float *logits, uint32_t count, uint32_t *order) {
    for (uint32_t i = 0; i < count; i++) {
        double own = score(kind, prior, logits, i);
        uint32_t place = i;
        while (place > 0 && score(kind, prior, logits, order[place - 1]) < own) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
}

/* What the exponentials of the scores are divided by; the largest score is taken off first, so that none overflows
 * and the sum is at least 1. */
typedef struct total {
    double largest, sum;
} total;

static total add_up(const lt_kind *kind, lt_prior prior, const float *logits, uint32_t count) {
    total t = {score(kind, prior, logits, 0), 0.0};
    for (uint32_t i = 1; i < count; i++) t.largest = fmax(t.largest, score(kind, prior, logits, i));
    for (uint32_t i = 0; i < count; i++) t.sum += exp(score(kind, prior, logits, i) - t.largest);
    return t;
}

static double share(const lt_kind *kind, lt_prior prior, const float *logits, total t, uint32_t i) {
    return exp(score(kind, prior, logits, i) - t.largest) / t.sum;
}

/* The likeliest class belongs to the set whatever its threshold: leaving it out would read as a contradiction. */
static void choose_set(const lt_kind *kind, full_result *r) {
    lt_prior prior = kind->set_prior;
    const float *logits = r->logits;
    uint32_t likeliest = r->order[0], count = r->shown.label_count, chosen = 0;
    for (uint32_t i = 1; i < count; i++)
        if (score(kind, prior, logits, r->order[i]) > score(kind, prior, logits, likeliest)) likeliest = r->order[i];
    total t = add_up(kind, prior, logits, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t class = r->order[i];
        double own = share(kind, prior, logits, t, class);
        if (class == likeliest || own >= (double)kind->set_thresholds[class]) r->set[chosen++] = class;
    }
    r->shown.set_count = chosen;
}

lt_status dec_decide(const lt_model *model, lt_prior prior, full_result *r, lt_error *error) {
    const lt_kind *kind = &model->kinds[r->shown.kind];
    const float *logits = r->logits;
    uint32_t count = model->label_count;
    for (uint32_t i = 0; i < count; i++)
        if (!isfinite(logits[i]))
            return lt_fail(error, LT_RUNTIME, "logit %u of the network is not a finite number", (unsigned)i);

    sort(kind, prior, logits, count, r->order);
    total t = add_up(kind, prior, logits, count);
    double malignant = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        double own = share(kind, prior, logits, t, i);
        r->probabilities[i] = (float)own;
        if (model->labels[i].malignant) malignant += own;
    }
    r->shown.malignant = (float)malignant;
    r->shown.prior = prior;
    r->shown.set_count = 0;
    if (kind->set_thresholds) choose_set(kind, r);
    /* the largest share of all is 1 over the sum */
    r->shown.abstain = 1.0 / add_up(kind, LT_PRIOR_DATA, logits, count).sum < (double)kind->confidence;
    return LT_OK;
}
