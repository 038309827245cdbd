#include "linear.h"

#include <math.h>
#include <string.h>

/* Value i of an entry; it may lie at any address. */
static float value_at(const uint8_t *values, size_t i) {
    float value;
    memcpy(&value, values + i * sizeof value, sizeof value);
    return value;
}

/* "3 channels and a bias", or that times the scores. */
static lt_status wrong_size(const linear_entry *entry, uint32_t scores, uint32_t channels, lt_error *error) {
    unsigned long long needed = ((unsigned long long)channels + 1) * scores * sizeof(float);
    if (scores == 1)
        return lt_fail(error, LT_MODEL_METADATA, "%s: %zu bytes, but %u channels and a bias take %llu", entry->name,
                       entry->size, (unsigned)channels, needed);
    return lt_fail(error, LT_MODEL_METADATA, "%s: %zu bytes, but %u scores of %u channels and a bias take %llu",
                   entry->name, entry->size, (unsigned)scores, (unsigned)channels, needed);
}

lt_status linear_read(const linear_entry *entry, uint32_t scores, uint32_t channels, linear *out, lt_error *error) {
    if (!entry->bytes)
        return lt_fail(error, LT_MODEL_METADATA, "metadata.%s: the file has no entry %s", entry->field, entry->name);
    if (channels == 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "%s: the network has no global pooling to take features of",
                       entry->name);
    size_t count = entry->size / sizeof(float), each = count / scores;
    if (entry->size % sizeof(float) != 0 || count % scores != 0 || each == 0 || each - 1 != channels)
        return wrong_size(entry, scores, channels, error);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value_at(entry->bytes, i)))
            return lt_fail(error, LT_MODEL_METADATA, "%s: value %zu is not a finite number", entry->name, i);
    *out = (linear){.values = entry->bytes, .bytes = entry->size, .scores = scores, .channels = channels};
    return LT_OK;
}

enum { AT_ONCE = 4, CHUNK = 64 }; /* scores whose sums do not wait for each other; channels */

/* The sums of `count` channels over all positions, each in the positions' order. */
static void pool(const float *features, size_t positions, uint32_t channels, uint32_t count, double sums[CHUNK]) {
    for (uint32_t c = 0; c < count; c++) sums[c] = 0.0;
    for (size_t p = 0; p < positions; p++, features += channels)
        for (uint32_t c = 0; c < count; c++) sums[c] += (double)features[c];
}

/*
 * The scores from `first` on, count of them up to AT_ONCE. A score is linear, so the features are summed over the positions
 * first, and every score is taken of these sums, in the channels' order.
 */
static void some_scores(const linear *l, uint32_t first, uint32_t count, const float *features, size_t positions,
                        double out[AT_ONCE]) {
    size_t step = (l->channels + (size_t)1) * sizeof(float);
    const uint8_t *values[AT_ONCE];
    double scores[AT_ONCE] = {0}, sums[CHUNK];
    for (uint32_t i = 0; i < AT_ONCE; i++) values[i] = l->values + (first + (i < count ? i : 0)) * step;
    for (uint32_t from = 0; from < l->channels; from += CHUNK) {
        uint32_t channels = l->channels - from < CHUNK ? l->channels - from : CHUNK;
        pool(features + from, positions, l->channels, channels, sums);
        for (uint32_t c = 0; c < channels; c++)
            for (uint32_t i = 0; i < AT_ONCE; i++) scores[i] += (double)value_at(values[i], from + c) * sums[c];
    }
    for (uint32_t i = 0; i < count; i++)
        out[i] = scores[i] / (double)positions + (double)value_at(values[i], l->channels);
}

double linear_score(const linear *l, uint32_t which, const float *features, size_t positions) {
    double score[AT_ONCE];
    some_scores(l, which, 1, features, positions, score);
    return score[0];
}

uint32_t linear_largest(const linear *l, const float *features, size_t positions) {
    uint32_t best = 0;
    double most = 0.0;
    for (uint32_t first = 0; first < l->scores; first += AT_ONCE) {
        uint32_t count = l->scores - first < AT_ONCE ? l->scores - first : AT_ONCE;
        double scores[AT_ONCE];
        some_scores(l, first, count, features, positions, scores);
        for (uint32_t i = 0; i < count; i++) {
            if (first + i > 0 && !(scores[i] > most)) continue;
            best = first + i;
            most = scores[i];
        }
    }
    return best;
}
