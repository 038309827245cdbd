/* table.c - answers come in, groups are made of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

static lt_status no_memory(lt_error *error) {
    return lt_fail(error, LT_MEMORY, "no memory for the answers");
}

lt_status fig_open(const fig_setup *setup, fig_table **out, lt_error *error) {
    const struct {
        const char *name;
        uint32_t value, least, most;
    } fields[] = {{"classes", setup->classes, 2, FIG_MAX_CLASSES},
                  {"kinds", setup->kinds, 1, LT_MAX_KINDS},
                  {"points", setup->points, 0, LT_MAX_POINTS}};
    *out = NULL;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].value < fields[i].least || fields[i].value > fields[i].most)
            return lt_fail(error, LT_ARGUMENT, "figures: %s: %u, from %u to %u are allowed", fields[i].name,
                           (unsigned)fields[i].value, (unsigned)fields[i].least, (unsigned)fields[i].most);
    fig_table *t = calloc(1, sizeof *t);
    if (!t) return no_memory(error);
    t->setup = *setup;
    t->figures = list_size(setup);
    t->list = calloc(t->figures, sizeof *t->list);
    if (!t->list) {
        fig_close(t);
        return no_memory(error);
    }
    list_figures(setup, t->list);
    *out = t;
    return LT_OK;
}

static void clear(fig_table *t) {
    for (size_t i = 0; i < sizeof t->groups / sizeof *t->groups; i++) group_free(&t->groups[i]);
}

void fig_close(fig_table *t) {
    if (!t) return;
    clear(t);
    free(t->answers);
    free(t->shares);
    free(t->list);
    free(t->scratch);
    free(t);
}

uint32_t fig_count(const fig_table *t) {
    return t->count;
}

/* Room for one more. */
static lt_status reserve(fig_table *t, lt_error *error) {
    enum { FIRST = 64 };
    if (t->count < t->capacity) return LT_OK;
    uint32_t capacity = t->capacity > 0 ? 2 * t->capacity : FIRST;
    fig_answer *answers = realloc(t->answers, capacity * sizeof *answers);
    if (!answers) return no_memory(error);
    t->answers = answers;
    float *shares = realloc(t->shares, (size_t)capacity * PRIORS * t->setup.classes * sizeof *shares);
    if (!shares) return no_memory(error);
    t->shares = shares;
    t->capacity = capacity;
    return LT_OK;
}

static lt_status check_shares(const char *name, const float *shares, uint32_t classes, lt_error *error) {
    for (uint32_t c = 0; c < classes; c++)
        if (!(shares[c] >= 0.0f && shares[c] <= 1.0f))
            return lt_fail(error, LT_ARGUMENT, "figures: %s[%u]: %g, not from 0 to 1", name, (unsigned)c,
                           (double)shares[c]);
    return LT_OK;
}

static lt_status check_answer(const fig_setup *setup, const fig_answer *answer, lt_error *error) {
    if (answer->truth >= setup->classes)
        return lt_fail(error, LT_ARGUMENT, "figures: truth: class %u of %u", (unsigned)answer->truth,
                       (unsigned)setup->classes);
    if (answer->kind >= setup->kinds)
        return lt_fail(error, LT_ARGUMENT, "figures: kind: %u of %u", (unsigned)answer->kind, (unsigned)setup->kinds);
    if (!isfinite(answer->malignant)) return lt_fail(error, LT_ARGUMENT, "figures: malignant: not a finite number");
    lt_status status = check_shares("data", answer->data, setup->classes, error);
    return status == LT_OK ? check_shares("uniform", answer->uniform, setup->classes, error) : status;
}

lt_status fig_add(fig_table *t, const fig_answer *answer, lt_error *error) {
    size_t classes = t->setup.classes;
    lt_status status = check_answer(&t->setup, answer, error);
    if (status == LT_OK && t->count == FIG_MAX_PICTURES)
        status = lt_fail(error, LT_ARGUMENT, "figures: more than %d pictures", FIG_MAX_PICTURES);
    if (status == LT_OK) status = reserve(t, error);
    if (status != LT_OK) return status;
    float *shares = t->shares + t->count * PRIORS * classes;
    memcpy(shares, answer->data, classes * sizeof *shares);
    memcpy(shares + classes, answer->uniform, classes * sizeof *shares);
    t->answers[t->count] = *answer;
    t->answers[t->count].data = t->answers[t->count].uniform = NULL;
    t->count++;
    return LT_OK;
}

lt_status fig_compute(fig_table *t, uint32_t draws, uint64_t seed, lt_error *error) {
    clear(t);
    if (t->count == 0) return lt_fail(error, LT_ARGUMENT, "figures: no answers");
    if (draws < 1 || draws > FIG_MAX_DRAWS)
        return lt_fail(error, LT_ARGUMENT, "figures: %u draws, from 1 to %d are allowed", (unsigned)draws,
                       FIG_MAX_DRAWS);
    float *scratch = realloc(t->scratch, t->count * sizeof *scratch);
    if (!scratch) return no_memory(error);
    t->scratch = scratch;
    t->draws = draws;
    t->seed = seed;
    for (uint32_t g = 0; g <= t->setup.kinds; g++) {
        fig_group *group = &t->groups[g];
        lt_status status = group_gather(group, t, g == 0 ? LT_MAX_KINDS : g - 1, error);
        int wanted = group->count > 0 && (g == 0 || group->count < t->count);
        if (status == LT_OK && wanted) status = draw_estimates(group, draws, seed, error);
        if (status != LT_OK) {
            clear(t);
            return status;
        }
    }
    return LT_OK;
}
