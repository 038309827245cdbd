/* json.c - the figures as JSON, named as in figures.json of training/evaluate.py. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

static void put_real(json_out *out, double value) {
    char text[40]; /* figures are shares, or means of small numbers */
    if (!isfinite(value)) {
        json_raw(out, "null");
        return;
    }
    (void)snprintf(text, sizeof text, "%.6f", value);
    json_number(out, text);
}

/* "name": or ,"name": */
static void name(json_out *out, int first, const char *text) {
    if (!first) json_raw(out, ",");
    json_string(out, text);
    json_raw(out, ":");
}

static void put_number(json_out *out, int first, const char *text, double value) {
    name(out, first, text);
    put_real(out, value);
}

static void put_count(json_out *out, int first, const char *text, uint32_t value) {
    name(out, first, text);
    json_unsigned(out, value);
}

static void put_estimate(json_out *out, int first, const char *text, const fig_estimate *e) {
    name(out, first, text);
    json_raw(out, "{");
    put_number(out, 1, "value", e->value);
    put_number(out, 0, "low", e->low);
    put_number(out, 0, "high", e->high);
    json_raw(out, "}");
}

static void put_counts(json_out *out, const fig_group *group, which of) {
    uint32_t pictures = 0;
    for (uint32_t i = 0; i < group->count; i++) pictures += group_is(group, of, i) != 0;
    put_count(out, 1, "pictures", pictures);
    put_count(out, 0, "lesions", group_lesions(group, of));
}

static const char *const priors[PRIORS] = {"data", "uniform"};

static const char *const headline_names[HEADLINE_FIGURES] = {
    [ACCURACY] = "accuracy",
    [ACCURACY_UNIFORM] = "accuracy_uniform",
    [BALANCED] = "balanced_accuracy",
    [BALANCED_DATA] = "balanced_accuracy_data",
    [MACRO_AUC] = "macro_auc",
    [MACRO_AUC_UNIFORM] = "macro_auc_uniform",
    [IN_TOP_2] = "top_2",
    [IN_TOP_3] = "top_3",
    [MALIGNANT_AUC] = "malignant_auc",
    [HEAD_NLL] = "nll",
    [HEAD_BRIER] = "brier",
    [HEAD_ECE] = "ece",
};

static const char *const class_names[CLASS_FIGURES] = {"auc", "sensitivity", "specificity", "ppv"};
static const char *const point_names[POINT_FIGURES] = {"sensitivity", "specificity", "ppv", "ppv_at_2_percent"};

static void put_headline(json_out *out, const fig_group *group) {
    uint32_t classes = group->table->setup.classes;
    json_raw(out, ",\"headline\":{");
    for (uint32_t i = 0; i < HEADLINE_FIGURES; i++)
        put_estimate(out, i == 0, headline_names[i], &group->estimates[headline_figure(classes, i)]);
    json_raw(out, "}");
}

static void put_classes(json_out *out, const fig_group *group) {
    const fig_setup *setup = &group->table->setup;
    json_raw(out, ",\"classes\":{");
    for (uint32_t c = 0; c < setup->classes; c++) {
        name(out, c == 0, setup->labels[c]);
        json_raw(out, "{");
        put_counts(out, group, (which){TRUTH, 0, c});
        for (uint32_t prior = 0; prior < PRIORS; prior++) {
            name(out, 0, priors[prior]);
            json_raw(out, "{");
            for (uint32_t i = 0; i < CLASS_FIGURES; i++)
                put_estimate(out, i == 0, class_names[i], &group->estimates[class_figure(c, prior, i)]);
            json_raw(out, "}");
        }
        json_raw(out, "}");
    }
    json_raw(out, "}");
}

/* Pictures of the class `truth` for which the class `said` was the likeliest. */
static uint32_t confused(const fig_group *group, uint32_t prior, uint32_t truth, uint32_t said) {
    const which is_truth = {TRUTH, 0, truth}, is_said = {(uint8_t)(SAID + prior), 0, said};
    uint32_t count = 0;
    for (uint32_t i = 0; i < group->count; i++) count += group_is(group, is_truth, i) && group_is(group, is_said, i);
    return count;
}

static void put_confusion(json_out *out, const fig_group *group) {
    uint32_t classes = group->table->setup.classes;
    json_raw(out, ",\"confusion\":{");
    for (uint32_t prior = 0; prior < PRIORS; prior++) {
        name(out, prior == 0, priors[prior]);
        for (uint32_t truth = 0; truth < classes; truth++) {
            json_raw(out, truth == 0 ? "[[" : ",[");
            for (uint32_t said = 0; said < classes; said++) {
                if (said > 0) json_raw(out, ",");
                json_unsigned(out, confused(group, prior, truth, said));
            }
            json_raw(out, "]");
        }
        json_raw(out, "]");
    }
    json_raw(out, "}");
}

static void put_points(json_out *out, const fig_group *group) {
    const fig_setup *setup = &group->table->setup;
    json_raw(out, ",\"operating_points\":[");
    for (uint32_t p = 0; p < setup->points; p++) {
        json_raw(out, p > 0 ? ",{\"name\":" : "{\"name\":");
        json_string(out, setup->point_names[p]);
        json_raw(out, ",\"thresholds\":{");
        for (uint32_t k = 0; k < setup->kinds; k++) {
            name(out, k == 0, setup->kind_ids[k]);
            json_float(out, setup->thresholds[k * setup->points + p]);
        }
        json_raw(out, "}");
        for (uint32_t i = 0; i < POINT_FIGURES; i++)
            put_estimate(out, 0, point_names[i], &group->estimates[point_figure(setup->classes, p, i)]);
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

/* The bins of the calibration error that hold pictures. */
static void put_reliability(json_out *out, const fig_group *group) {
    const which right = {RIGHT, 0, 1};
    int listed = 0;
    json_raw(out, ",\"reliability\":[");
    for (uint32_t b = 0; b < BINS; b++) {
        double pictures = 0, confidence = 0, rights = 0;
        for (uint32_t i = 0; i < group->count; i++) {
            if (group->bin[i] != b) continue;
            pictures++;
            confidence += (double)group_score(group, 1 + group->columns[(size_t)(SAID + DATA) * group->count + i], i);
            rights += group_is(group, right, i);
        }
        if (pictures == 0) continue;
        json_raw(out, listed++ ? ",{" : "{");
        put_count(out, 1, "pictures", (uint32_t)pictures);
        put_number(out, 0, "confidence", confidence / pictures);
        put_number(out, 0, "accuracy", rights / pictures);
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

static void put_sets(json_out *out, const fig_group *group) {
    const fig_setup *setup = &group->table->setup;
    float nominal = 0;
    for (uint32_t k = 0; k < setup->kinds; k++) nominal = setup->coverage[k] > nominal ? setup->coverage[k] : nominal;
    if (!(nominal > 0)) {
        json_raw(out, ",\"sets\":null");
        return;
    }
    name(out, 0, "sets");
    json_raw(out, "{\"nominal\":");
    json_float(out, nominal);
    put_estimate(out, 0, "coverage", &group->estimates[other_figure(setup->classes, SET_COVERAGE)]);
    put_estimate(out, 0, "size", &group->estimates[other_figure(setup->classes, MEAN_SET)]);
    json_raw(out, ",\"classes\":{");
    for (uint32_t c = 0; c < setup->classes; c++)
        put_estimate(out, c == 0, setup->labels[c], &group->estimates[set_figure(setup->classes, c)]);
    json_raw(out, "}}");
}

static void put_marks(json_out *out, const fig_group *group) {
    const fig_estimate *others = group->estimates + other_figure(group->table->setup.classes, 0);
    json_raw(out, ",\"abstain\":{");
    put_estimate(out, 1, "rate", &others[RATE_ABSTAIN]);
    put_estimate(out, 0, "accuracy_answered", &others[RIGHT_ANSWERED]);
    put_estimate(out, 0, "accuracy_abstained", &others[RIGHT_ABSTAINED]);
    json_raw(out, "}");
    put_estimate(out, 0, "not_a_lesion", &others[RATE_NOT]);
    put_estimate(out, 0, "faulted", &others[RATE_FAULTED]);
}

/* ---- the worst ---- */

static void put_failure(json_out *out, const fig_group *group, uint32_t position, const char *const *names) {
    const fig_table *t = group->table;
    const fig_answer *answer = &t->answers[group->rows[position]];
    uint32_t said = group->columns[(size_t)(SAID + DATA) * group->count + position];
    json_raw(out, "{\"picture\":");
    if (names)
        json_string(out, names[group->rows[position]]);
    else
        json_unsigned(out, group->rows[position]);
    json_raw(out, ",\"truth\":");
    json_string(out, t->setup.labels[answer->truth]);
    json_raw(out, ",\"answer\":");
    json_string(out, t->setup.labels[said]);
    json_raw(out, ",\"probability\":");
    json_float(out, group_score(group, 1 + said, position));
    json_raw(out, ",\"malignant\":");
    json_float(out, answer->malignant);
    json_raw(out, "}");
}

/* The next position behind `after` by falling `sure`, of equal ones by position, among those that `of` marks. */
static uint32_t next_worst(const fig_group *group, which of, const float *sure, uint32_t after) {
    uint32_t best = group->count;
    for (uint32_t i = 0; i < group->count; i++) {
        if (!group_is(group, of, i)) continue;
        if (after < group->count && (sure[i] > sure[after] || (sure[i] == sure[after] && i <= after))) continue;
        if (best == group->count || sure[i] > sure[best]) best = i;
    }
    return best;
}

static void put_worst(json_out *out, const fig_group *group, which of, const float *sure, const char *const *names) {
    uint32_t at = group->count;
    json_raw(out, "[");
    for (int listed = 0; listed < MOST_FAILURES; listed++) {
        at = next_worst(group, of, sure, at);
        if (at == group->count) break;
        if (listed > 0) json_raw(out, ",");
        put_failure(out, group, at, names);
    }
    json_raw(out, "]");
}

/* The surest wrong answers, and the malignant lesions that looked least so; the sureness of each is in scratch. */
static void put_failures(json_out *out, const fig_group *group, const char *const *names, float *scratch) {
    for (uint32_t i = 0; i < group->count; i++)
        scratch[i] = group_score(group, 1 + group->columns[(size_t)(SAID + DATA) * group->count + i], i);
    json_raw(out, ",\"failures\":{\"confident\":");
    put_worst(out, group, (which){RIGHT, 0, 0}, scratch, names);
    for (uint32_t i = 0; i < group->count; i++) scratch[i] = -group_score(group, 0, i);
    json_raw(out, ",\"missed\":");
    put_worst(out, group, (which){MALIGNANT, 0, 1}, scratch, names);
    json_raw(out, "}");
}

/* ---- all ---- */

static void put_group(json_out *out, const fig_group *group) {
    put_counts(out, group, (which){ALL, 0, 1});
    put_headline(out, group);
    put_classes(out, group);
    put_confusion(out, group);
    put_points(out, group);
    put_reliability(out, group);
    put_sets(out, group);
    put_marks(out, group);
}

void fig_json(json_out *out, const fig_table *t, const char *const *names) {
    int listed = 0;
    put_group(out, &t->groups[0]);
    put_failures(out, &t->groups[0], names, t->scratch);
    json_raw(out, ",\"bootstrap\":{\"draws\":");
    json_unsigned(out, t->draws);
    json_raw(out, ",\"seed\":");
    json_unsigned(out, t->seed);
    put_number(out, 0, "level", FIG_LEVEL);
    json_raw(out, "},\"kinds\":{");
    for (uint32_t k = 0; k < t->setup.kinds; k++) {
        if (!t->groups[1 + k].estimates) continue;
        name(out, listed++ == 0, t->setup.kind_ids[k]);
        json_raw(out, "{");
        put_group(out, &t->groups[1 + k]);
        json_raw(out, "}");
    }
    json_raw(out, "}");
}
