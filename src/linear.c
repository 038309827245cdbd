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
    *out = (linear){.values = entry->bytes, .scores = scores, .channels = channels};
    return LT_OK;
}

double linear_score(const linear *l, uint32_t which, const float *features, size_t positions) {
    const uint8_t *values = l->values + (size_t)which * (l->channels + (size_t)1) * sizeof(float);
    double sum = 0.0;
    for (size_t p = 0; p < positions; p++, features += l->channels)
        for (uint32_t c = 0; c < l->channels; c++) sum += (double)value_at(values, c) * (double)features[c];
    return sum / (double)positions + (double)value_at(values, l->channels);
}

uint32_t linear_largest(const linear *l, const float *features, size_t positions) {
    uint32_t best = 0;
    double most = linear_score(l, 0, features, positions);
    for (uint32_t i = 1; i < l->scores; i++) {
        double score = linear_score(l, i, features, positions);
        if (!(score > most)) continue;
        best = i;
        most = score;
    }
    return best;
}
