#include "widen.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum { ALIGNMENT = 16 };

/* IEEE 754 binary16. */
enum { F16_FRACTION = 10, F16_EXPONENTS = 31, F16_BIAS = 15 };

static uint64_t aligned(uint64_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

uint64_t widen_bytes(uint64_t elements) {
    return aligned(elements * sizeof(float));
}

/* The next piece of the room; NULL where there is none, which a file that was counted rightly never meets. */
static void *take(widen_room *room, uint64_t size) {
    uint64_t whole = aligned(size);
    if (whole > room->left) return NULL;
    void *piece = room->next;
    room->next += whole;
    room->left -= (size_t)whole;
    return piece;
}

static void move_down(tfl_tensor *tensor, uint8_t *to) {
    for (uint64_t i = 0; i < tensor->elements; i++) to[i] = (uint8_t)(tensor->data[i] - TFL_MOVE);
    tensor->data = to;
}

lt_status widen_start(fb_file *file, tfl_graph *graph, uint64_t folded, widen_room *room) {
    uint64_t size = folded;
    *room = (widen_room){0};
    for (uint32_t i = 0; i < graph->tensor_count; i++)
        if (graph->tensors[i].moved && graph->tensors[i].data) size += aligned(graph->tensors[i].elements);
    if (size == 0) return LT_OK;
    graph->made = size <= SIZE_MAX ? mem_take(graph->memory, (size_t)size) : NULL;
    if (!graph->made) return fb_fail(file, LT_MEMORY, "no memory for %llu bytes of weights", (unsigned long long)size);
    graph->allocated += (size_t)size;
    *room = (widen_room){.next = graph->made, .left = (size_t)size};
    for (uint32_t i = 0; i < graph->tensor_count; i++) {
        tfl_tensor *tensor = &graph->tensors[i];
        if (tensor->moved && tensor->data) move_down(tensor, take(room, tensor->elements));
    }
    return LT_OK;
}

static float from_half(const uint8_t *bytes) {
    uint32_t half = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
    int exponent = (int)(half >> F16_FRACTION & F16_EXPONENTS);
    uint32_t fraction = half & ((1u << F16_FRACTION) - 1);
    float size;
    if (exponent == F16_EXPONENTS)
        size = fraction ? NAN : INFINITY;
    else if (exponent == 0)
        size = ldexpf((float)fraction, 1 - F16_BIAS - F16_FRACTION);
    else
        size = ldexpf((float)(fraction | 1u << F16_FRACTION), exponent - F16_BIAS - F16_FRACTION);
    return half >> 15 ? -size : size;
}

/* Elements from one step of the channels' axis to the next. */
static uint64_t channel_step(const tfl_tensor *tensor) {
    uint64_t step = 1;
    for (uint32_t i = tensor->channel_axis + 1; i < tensor->rank; i++) step *= tensor->dims[i];
    return step;
}

static void from_int8(const tfl_tensor *input, float *to) {
    const int8_t *values = (const int8_t *)input->data;
    uint64_t step = channel_step(input);
    for (uint64_t i = 0; i < input->elements; i++)
        to[i] = (float)(values[i] - input->zero_point) * input->scales[i / step % input->scale_count];
}

lt_status widen_fold(fb_file *file, const tfl_tensor *input, tfl_tensor *output, widen_room *room) {
    int same = input->rank == output->rank && memcmp(input->dims, output->dims, sizeof input->dims) == 0;
    if (!same || output->type != TFL_F32)
        return fb_fail(file, LT_MODEL_FORMAT, "the output is not FLOAT32 of the input's shape");
    if (input->type != TFL_F16 && !(input->type == TFL_I8 && input->scale_count > 0))
        return fb_fail(file, LT_MODEL_UNSUPPORTED, "the constant is %s without a scale",
                       tfl_type_name(tfl_file_type(input)));
    float *to = take(room, output->elements * sizeof *to);
    if (!to) return fb_fail(file, LT_MODEL_FORMAT, "more constants than were counted");
    if (input->type == TFL_I8) from_int8(input, to);
    for (uint64_t i = 0; i < input->elements; i++) {
        if (input->type == TFL_F16) to[i] = from_half(input->data + 2 * i);
        if (!isfinite(to[i]))
            return fb_fail(file, LT_MODEL_FORMAT, "not a finite number in element %llu", (unsigned long long)i);
    }
    output->data = (const uint8_t *)to;
    return LT_OK;
}
