/* ops_need.c - what the checks of operators ask for, each by a name. */
#include "ops_need.h"

#include <math.h>
#include <stdio.h>

#include "base/wide.h"

enum { SHAPE_TEXT = 48 };

const tfl_tensor *op_input(const op_site *site, uint32_t i) {
    if (i >= site->op->input_count || site->op->inputs[i] == TFL_NONE) return NULL;
    return &site->graph->tensors[site->op->inputs[i]];
}

const tfl_tensor *op_output(const op_site *site) {
    return &site->graph->tensors[site->op->output];
}

lt_status op_need_scale(const op_site *site, const tfl_tensor *tensor, const char *what) {
    if (op_failed(site)) return site->file->status;
    if (tensor->type != TFL_I8 || tensor->scale_count == 1) return LT_OK;
    return fb_fail(site->file, tensor->scale_count ? LT_MODEL_UNSUPPORTED : LT_MODEL_FORMAT,
                   "%s is int8 with %u scales, one is needed", what, (unsigned)tensor->scale_count);
}

lt_status op_need_computed(const op_site *site, uint32_t i, uint32_t rank) {
    const tfl_tensor *tensor = op_input(site, i);
    if (op_failed(site)) return site->file->status;
    if (!tensor) return fb_fail(site->file, LT_MODEL_FORMAT, "input %u is left out", (unsigned)i);
    if (tensor->data) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u is a constant", (unsigned)i);
    if (LT_WIDE && tensor->rank == 0)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u has no shape", (unsigned)i);
    if (tensor->type != TFL_F32 && tensor->type != TFL_I8)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u is %s", (unsigned)i, tfl_type_name(tensor->type));
    if (rank && tensor->rank != rank)
        return fb_fail(site->file, LT_MODEL_FORMAT, "input %u has rank %u, not %u", (unsigned)i, (unsigned)tensor->rank,
                       (unsigned)rank);
    return op_need_scale(site, tensor, "an input");
}

lt_status op_need_constant(const op_site *site, uint32_t i, tfl_type type, uint32_t rank) {
    const tfl_tensor *tensor = op_input(site, i);
    if (op_failed(site)) return site->file->status;
    if (!tensor) return fb_fail(site->file, LT_MODEL_FORMAT, "input %u is left out", (unsigned)i);
    if (!tensor->data) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u is not a constant", (unsigned)i);
    if (tensor->type != type)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "input %u is %s, not %s", (unsigned)i,
                       tfl_type_name(tensor->type), tfl_type_name(type));
    if (rank && tensor->rank != rank)
        return fb_fail(site->file, LT_MODEL_FORMAT, "input %u has rank %u, not %u", (unsigned)i, (unsigned)tensor->rank,
                       (unsigned)rank);
    return LT_OK;
}

lt_status op_need_output(const op_site *site, tfl_type type) {
    const tfl_tensor *output = op_output(site);
    if (op_failed(site)) return site->file->status;
    if (LT_WIDE && output->rank == 0) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the output has no shape");
    if (output->type != type)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "output is %s, not %s", tfl_type_name(output->type),
                       tfl_type_name(type));
    return op_need_scale(site, output, "the output");
}

static void shape_text(uint32_t rank, const uint32_t *dims, char out[SHAPE_TEXT]) {
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < rank; i++)
        used += (size_t)snprintf(out + used, SHAPE_TEXT - used, i ? "x%u" : "%u", (unsigned)dims[i]);
}

lt_status op_need_shape(const op_site *site, uint32_t rank, const uint32_t *dims) {
    const tfl_tensor *output = op_output(site);
    if (op_failed(site)) return site->file->status;
    int same = output->rank == rank;
    for (uint32_t i = 0; same && i < rank; i++) same = output->dims[i] == dims[i];
    if (same) return LT_OK;
    char derived[SHAPE_TEXT], stated[SHAPE_TEXT];
    shape_text(rank, dims, derived);
    shape_text(output->rank, output->dims, stated);
    return fb_fail(site->file, LT_MODEL_FORMAT, "output shape is %s, the inputs give %s", stated, derived);
}

lt_status op_need_same_scale(const op_site *site) {
    const tfl_tensor *input = op_input(site, 0);
    if (op_failed(site)) return site->file->status;
    if (input->type != TFL_I8 || tfl_same_scale(input, op_output(site))) return LT_OK;
    return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "scale or zero point changes from input to output");
}

/* A bound as the int8 output sees it. */
static float quantised(float bound, const tfl_tensor *output) {
    return rintf(fminf(fmaxf(bound / output->scales[0] + (float)output->zero_point, -128.0f), 127.0f));
}

lt_status op_set_activation(op_site *site, tfl_activation activation) {
    const tfl_tensor *output = op_output(site);
    if (op_failed(site)) return site->file->status;
    site->op->activation = activation;
    float least, most;
    tfl_bounds(activation, &least, &most);
    if (output->type == TFL_I8 && quantised(least, output) >= quantised(most, output))
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the activation leaves a single int8 value");
    return LT_OK;
}

lt_status op_read_activation(op_site *site, uint16_t field) {
    uint8_t code = fb_u8(site->file, site->options, field, TFL_ACT_NONE, "fused activation");
    if (code > TFL_ACT_RELU6) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "fused activation %u", (unsigned)code);
    return op_set_activation(site, (tfl_activation)code);
}

int32_t op_constant_i32(const tfl_tensor *tensor, uint32_t i) {
    return ((const int32_t *)(const void *)tensor->data)[i];
}
