#include "result.h"

#include <string.h>

#include "base/memory.h"

size_t result_bytes(uint32_t classes) {
    return sizeof(full_result) + (size_t)classes * 2 * (sizeof(uint32_t) + sizeof(float));
}

full_result *result_create(const lt_allocator *memory, uint64_t model, uint32_t classes) {
    full_result *r = mem_take_clear(memory, result_bytes(classes));
    if (!r) return NULL;
    if (memory) r->memory = *memory;
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

void result_copy(const full_result *from, full_result *to) {
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
    if (!shown) return;
    const lt_allocator memory = result_of(shown)->memory;
    mem_give(&memory, shown);
}

lt_status lt_result_copy(const lt_result *from, lt_result *to) {
    if (!from || !to || from->model != to->model) return LT_ARGUMENT;
    result_copy((const full_result *)(const void *)from, result_of(to));
    return LT_OK;
}
