#include "decide.h"

#include <float.h>
#include <math.h>

void dec_logarithms(float *values, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) values[i] = (float)log((double)(values[i] < FLT_MIN ? FLT_MIN : values[i]));
}

/* The logarithm of class i's share, but for a constant. */
static double score(const lt_model *model, lt_prior prior, const float *logits, uint32_t i) {
    double scaled = (double)logits[i] / (double)model->temperature;
    return prior == LT_PRIOR_DATA ? scaled + (double)model->log_prior[i] : scaled;
}

/* Insertion sort of order ([count]) by falling score: stable, no memory, and count is small. */
static void sort(const lt_model *model, lt_prior prior, const float *logits, uint32_t count, uint32_t *order) {
    for (uint32_t i = 0; i < count; i++) {
        double own = score(model, prior, logits, i);
        uint32_t place = i;
        while (place > 0 && score(model, prior, logits, order[place - 1]) < own) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
}

lt_status dec_decide(const lt_model *model, lt_prior prior, lt_result *result, lt_error *error) {
    const float *logits = result->logits;
    uint32_t count = model->label_count;
    for (uint32_t i = 0; i < count; i++)
        if (!isfinite(logits[i]))
            return lt_fail(error, LT_RUNTIME, "logit %u of the network is not a finite number", (unsigned)i);

    sort(model, prior, logits, count, result->order);
    /* the largest score is taken off all, so that no exponential overflows and the sum is at least 1 */
    double largest = score(model, prior, logits, result->order[0]);
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++) sum += exp(score(model, prior, logits, i) - largest);

    double malignant = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        double share = exp(score(model, prior, logits, i) - largest) / sum;
        result->probabilities[i] = (float)share;
        if (model->labels[i].malignant) malignant += share;
    }
    result->malignant = (float)malignant;
    result->label_count = count;
    result->prior = prior;
    return LT_OK;
}
