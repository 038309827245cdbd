/* value.c - one figure of a group, by the definitions of training/metrics.py. */
#include <math.h>

#include "parts.h"

static double share(const fig_group *group, const figure *f, const double *weights) {
    double hit = 0.0, of = 0.0;
    for (uint32_t i = 0; i < group->count; i++) {
        if (!group_is(group, f->of, i)) continue;
        of += weights[i];
        if (group_is(group, f->hit, i)) hit += weights[i];
    }
    return hit / of;
}

static double mean(const fig_group *group, const double *values, const double *weights) {
    double sum = 0.0, all = 0.0;
    for (uint32_t i = 0; i < group->count; i++) {
        sum += weights[i] * values[i];
        all += weights[i];
    }
    return sum / all;
}

/* Area under the ROC curve; equal scores count half. */
static double area(const fig_group *group, const figure *f, const double *weights) {
    const uint32_t *order = group->orders + (size_t)f->score * group->count;
    double found = 0.0, alarms = 0.0, sum = 0.0;
    for (uint32_t i = 0; i < group->count;) {
        float score = group_score(group, f->score, order[i]);
        double hits = 0.0, others = 0.0;
        for (; i < group->count && group_score(group, f->score, order[i]) == score; i++)
            *(group_is(group, f->hit, order[i]) ? &hits : &others) += weights[order[i]];
        sum += others * (found + hits / 2);
        found += hits;
        alarms += others;
    }
    return sum / (found * alarms);
}

static double average(const figure *f, const double *values) {
    double sum = 0.0, known = 0.0;
    for (uint32_t i = 0; i < f->count; i++) {
        double value = values[f->first + i * f->step];
        if (isnan(value)) continue;
        sum += value;
        known++;
    }
    return sum / known;
}

/* Mean distance, over the bins, between how sure the answers are and how often they are right. */
static double calibration_error(const fig_group *group, const double *weights) {
    const which right = {RIGHT, 0, 1};
    double gaps[BINS] = {0}, sum = 0.0, all = 0.0;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t said = group->columns[(size_t)(SAID + DATA) * group->count + i];
        double confidence = (double)group_score(group, 1 + said, i);
        gaps[group->bin[i]] += weights[i] * ((double)group_is(group, right, i) - confidence);
        all += weights[i];
    }
    for (int b = 0; b < BINS; b++) sum += fabs(gaps[b]);
    return sum / all;
}

static double rare_ppv(const figure *f, const double *values) {
    double found = values[f->first] * FIG_PREVALENCE;
    double alarms = (1.0 - values[f->first + 1]) * (1.0 - FIG_PREVALENCE);
    return found / (found + alarms);
}

double value_of(const fig_group *group, const figure *f, const double *weights, const double *values) {
    switch (f->type) {
    case SHARE: return share(group, f, weights);
    case MEAN: return mean(group, group->measures + (size_t)f->score * group->count, weights);
    case AREA: return area(group, f, weights);
    case AVERAGE: return average(f, values);
    case ECE: return calibration_error(group, weights);
    case RARE_PPV: return rare_ppv(f, values);
    }
    return NAN;
}
