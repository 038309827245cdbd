#include "result.h"

#include <stdlib.h>
#include <string.h>

size_t result_bytes(uint32_t classes) {
    return sizeof(result) + (size_t)classes * 2 * (sizeof(uint32_t) + sizeof(float));
}

result *result_create(uint64_t model, uint32_t classes) {
    result *r = calloc(1, result_bytes(classes));
    if (!r) return NULL;
    r->order = (uint32_t *)(void *)(r + 1);
    r->set = r->order + classes;
    r->probabilities = (float *)(void *)(r->set + classes);
    r->logits = r->probabilities + classes;
    r->shown = (lt_result){.model = model,
                           .label_count = classes,
                           .order = r->order,
                           .probabilities = r->probabilities,
                           .logits = r->logits,
                           .set = r->set,
                           .quality = &r->quality,
                           .profile = r->profile};
    return r;
}

void result_copy(const result *from, result *to) {
    size_t arrays = result_bytes(from->shown.label_count) - sizeof *from;
    lt_result shown = from->shown;
    shown.order = to->order;
    shown.probabilities = to->probabilities;
    shown.logits = to->logits;
    shown.set = to->set;
    shown.quality = &to->quality;
    shown.profile = to->profile;
    to->shown = shown;
    to->quality = from->quality;
    memcpy(to->profile, from->profile, sizeof to->profile);
    memmove(to->order, from->order, arrays);
}

void lt_result_free(lt_result *shown) {
    free(shown);
}

lt_status lt_result_copy(const lt_result *from, lt_result *to) {
    if (!from || !to || from->model != to->model) return LT_ARGUMENT;
    result_copy((const result *)(const void *)from, result_of(to));
    return LT_OK;
}
