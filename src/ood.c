#include "ood.h"

#include <math.h>
#include <string.h>

/* Value i of the entry; it may lie at any address. */
static float value_at(const uint8_t *values, size_t i) {
    float value;
    memcpy(&value, values + i * sizeof value, sizeof value);
    return value;
}

lt_status ood_read(const uint8_t *bytes, size_t size, uint32_t channels, ood_model *out, lt_error *error) {
    if (!bytes) return lt_fail(error, LT_MODEL_METADATA, "metadata.ood: the file has no entry %s", OOD_ENTRY);
    if (channels == 0)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "%s: the network has no global pooling to take features of",
                       OOD_ENTRY);
    size_t count = size / sizeof(float);
    if (size % sizeof(float) != 0 || count == 0 || count - 1 != channels)
        return lt_fail(error, LT_MODEL_METADATA, "%s: %zu bytes, but %u channels and a bias take %zu", OOD_ENTRY, size,
                       (unsigned)channels, ((size_t)channels + 1) * sizeof(float));
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value_at(bytes, i)))
            return lt_fail(error, LT_MODEL_METADATA, "%s: value %zu is not a finite number", OOD_ENTRY, i);
    *out = (ood_model){.values = bytes, .channels = channels};
    return LT_OK;
}

float ood_score(const ood_model *ood, const float *features, size_t positions) {
    double sum = 0.0;
    for (size_t p = 0; p < positions; p++, features += ood->channels)
        for (uint32_t c = 0; c < ood->channels; c++) sum += (double)value_at(ood->values, c) * (double)features[c];
    return (float)(sum / (double)positions + (double)value_at(ood->values, ood->channels));
}
