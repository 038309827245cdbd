/* draw.c - intervals by bootstrap over lesions, as training/bootstrap.py computes them from its own draws. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

/* SplitMix64 (Steele, Lea and Flood, 2014): the same draws on every machine. */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Draw as many lesions as there are, with replacement: how often each picture is in it. */
static void draw(const fig_group *group, uint64_t *state, uint32_t *drawn, double *weights) {
    memset(drawn, 0, group->lesions * sizeof *drawn);
    for (uint32_t i = 0; i < group->lesions; i++) drawn[(next(state) >> 32) * group->lesions >> 32]++;
    for (uint32_t i = 0; i < group->count; i++) weights[i] = (double)drawn[group->lesion[i]];
}

static void all_values(const fig_group *group, const double *weights, double *values) {
    for (uint32_t f = 0; f < group->table->figures; f++)
        values[f] = value_of(group, &group->table->list[f], weights, values);
}

static int by_value(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Percentile of sorted values, between two of them by linear interpolation, as numpy.quantile. */
static double percentile(const double *sorted, uint32_t count, double share) {
    double at = share * (double)(count - 1);
    uint32_t below = (uint32_t)at;
    if (below + 1 >= count) return sorted[count - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

/*
 * The interval of a figure from its value in each draw, [draws], which is sorted. Where all or none are hit every draw
 * says the same, which is no certainty: the open side then has the exact binomial bound (Clopper and Pearson, 1934).
 */
static fig_estimate estimate(const fig_group *group, const figure *f, double value, double *values, uint32_t draws) {
    const double tail = (1.0 - FIG_LEVEL) / 2.0;
    uint32_t known = 0;
    if (f->type == SHARE && (value == 0.0 || value == 1.0)) {
        double bound = pow(tail, 1.0 / (double)group_lesions(group, f->of));
        return value == 1.0 ? (fig_estimate){1.0, bound, 1.0} : (fig_estimate){0.0, 0.0, 1.0 - bound};
    }
    for (uint32_t d = 0; d < draws; d++)
        if (!isnan(values[d])) values[known++] = values[d];
    if (known == 0) return (fig_estimate){value, NAN, NAN};
    qsort(values, known, sizeof *values, by_value);
    return (fig_estimate){value, percentile(values, known, tail), percentile(values, known, 1.0 - tail)};
}

/* Scratch of one group's draws. */
typedef struct scratch {
    double *weights; /* [count] */
    double *now;     /* [figures], of one draw */
    double *values;  /* [figures, draws] */
    uint32_t *drawn; /* [lesions] */
} scratch;

static void compute(fig_group *group, uint32_t draws, uint64_t seed, const scratch *s) {
    uint32_t figures = group->table->figures;
    for (uint32_t d = 0; d < draws; d++) {
        draw(group, &seed, s->drawn, s->weights);
        all_values(group, s->weights, s->now);
        for (uint32_t f = 0; f < figures; f++) s->values[(size_t)f * draws + d] = s->now[f];
    }
    for (uint32_t i = 0; i < group->count; i++) s->weights[i] = 1.0;
    all_values(group, s->weights, s->now);
    for (uint32_t f = 0; f < figures; f++)
        group->estimates[f] = estimate(group, &group->table->list[f], s->now[f], s->values + (size_t)f * draws, draws);
}

lt_status draw_estimates(fig_group *group, uint32_t draws, uint64_t seed, lt_error *error) {
    size_t figures = group->table->figures;
    const scratch s = {malloc(group->count * sizeof *s.weights), malloc(figures * sizeof *s.now),
                       malloc(figures * draws * sizeof *s.values), malloc(group->lesions * sizeof *s.drawn)};
    group->estimates = malloc(figures * sizeof *group->estimates);
    int enough = s.weights && s.now && s.values && s.drawn && group->estimates;
    if (enough) compute(group, draws, seed, &s);
    free(s.weights);
    free(s.now);
    free(s.values);
    free(s.drawn);
    return enough ? LT_OK
                  : lt_fail(error, LT_MEMORY, "no memory for %u draws of %zu figures", (unsigned)draws, figures);
}
