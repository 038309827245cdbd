#include "spoil.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static mk_tensor *tensor_of(mk_model *m, const smallnet_parts *parts, size_t which) {
    return &m->tensors[*(const int32_t *)(const void *)((const char *)parts + which)];
}

static mk_op *op_of(mk_model *m, const smallnet_parts *parts, size_t which) {
    return &m->ops[*(const uint32_t *)(const void *)((const char *)parts + which)];
}

static void spoil_tensor(const spoil_step *s, mk_tensor *t) {
    int32_t value = (int32_t)fmax(fmin(s->value, INT32_MAX), INT32_MIN), *words = t->data;
    float real = (float)s->value;
    switch (s->kind) {
    case DIM: t->dims[s->index] = value; break;
    case RANK: t->rank = (uint32_t)value; break;
    case TYPE: t->type = value; break;
    case SCALE: t->scales[s->index] = real; break;
    case SCALES: t->scale_count = (uint32_t)value; break;
    case ZERO: t->zero_point = (int64_t)s->value; break;
    case ZEROS: t->zero_count = (uint32_t)value; break;
    case AXIS: t->axis = value; break;
    case BUFFER: t->buffer = value; break;
    case DATA_SIZE: t->data_size = (uint32_t)value; break;
    case DATA_WORD: words[s->index] = value; break;
    case DATA_FLOAT: memcpy(&words[s->index], &real, sizeof real); break;
    default: break;
    }
}

static void spoil_op(const spoil_step *s, mk_op *op) {
    int32_t value = (int32_t)s->value;
    switch (s->kind) {
    case OP_INPUT: op->inputs[s->index] = value; break;
    case OP_INPUTS: op->input_count = (uint32_t)value; break;
    case OP_OUTPUT: op->outputs[0] = value; break;
    case OP_OUTPUTS: op->output_count = (uint32_t)value; break;
    case OP_CODE: op->code = value; break;
    case OP_CUSTOM: op->code = 32, op->custom = "Flex"; break;
    case OP_VERSION: op->version = value; break;
    case OP_OPCODE: op->opcode = value; break;
    case OP_OPTION: op->options[s->index] = value; break;
    case OP_TYPE: op->options_type = (uint8_t)value; break;
    default: break;
    }
}

static void spoil_model(const spoil_step *s, mk_model *m) {
    int32_t value = (int32_t)s->value;
    switch (s->kind) {
    case VERSION: m->version = (uint32_t)value; break;
    case SUBGRAPHS: m->subgraph_count = (uint32_t)value; break;
    case INPUT: m->inputs[0] = value; break;
    case INPUTS: m->input_count = (uint32_t)value; break;
    case OUTPUT: m->outputs[0] = value; break;
    case OUTPUTS: m->output_count = (uint32_t)value; break;
    case METADATA: m->metadata = "{}", m->metadata_buffer = (uint32_t)value; break;
    default: break;
    }
}

static void spoil_description(const spoil_step *s, mk_model *m, const smallnet_parts *parts) {
    if (s->kind == CONSTANT) {
        void *zeros = calloc(1, (size_t)s->value);
        if (!zeros) abort();
        mk_fill(m, *(const int32_t *)(const void *)((const char *)parts + s->which), zeros, (size_t)s->value);
        free(zeros);
    } else if (s->kind == SWAP) {
        mk_op *op = op_of(m, parts, s->which), kept = op[0];
        op[0] = op[1];
        op[1] = kept;
    } else if (s->kind >= DIM && s->kind < OP_INPUT) {
        spoil_tensor(s, tensor_of(m, parts, s->which));
    } else if (s->kind >= OP_INPUT && s->kind < SWAP) {
        spoil_op(s, op_of(m, parts, s->which));
    } else {
        spoil_model(s, m);
    }
}

static void spoil_bytes(const spoil_step *s, mk_model *m, const smallnet_parts *parts) {
    fbw *file = &m->file;
    const mk_tensor *t = tensor_of(m, parts, s->which);
    uint32_t value = (uint32_t)(int64_t)s->value;
    size_t vtable = t->at - fbw_get32(file, t->at), lists[2] = {m->tensors_at, m->ops_at};
    switch (s->kind) {
    case WORD_AT: fbw_put32(file, (size_t)s->index, value); break;
    case ROOT_FIELD: fbw_put32(file, fbw_field(file, m->root_at, (unsigned)s->index), value); break;
    case TENSOR_FIELD: fbw_put32(file, fbw_field(file, t->at, (unsigned)s->index), value); break;
    case COUNT_AT: fbw_put32(file, t->shape_at, value); break;
    case SCALES_OFF:
        fbw_link(file, fbw_field(file, t->quantisation_at, 2), t->scales_at + 1);
        fbw_put32(file, t->scales_at + 1, t->scale_count);
        break;
    case BUFFER_QUAD: fbw_put64(file, fbw_field(file, t->buffer_at, (unsigned)s->index), (uint64_t)s->value); break;
    case VTABLE_SIZE: fbw_put16(file, vtable, (uint16_t)value); break;
    case VTABLE_OFF: fbw_put32(file, t->at, value); break;
    case FIELD_OFF: fbw_put16(file, vtable + 4 + 2 * (size_t)s->index, (uint16_t)value); break;
    case GRAPH_COUNT: fbw_put32(file, lists[s->index], value); break;
    case CUT: file->size = file->size * value / 16; break;
    default: break;
    }
}

mk_model *spoiled(const spoil_step *steps, size_t count) {
    smallnet_parts parts;
    mk_model *m = smallnet(steps[0].kind != FLOAT_NET, &parts);
    for (size_t i = 0; i < count; i++)
        if (steps[i].kind < AFTER) spoil_description(&steps[i], m, &parts);
    mk_write(m);
    for (size_t i = 0; i < count; i++)
        if (steps[i].kind > AFTER) spoil_bytes(&steps[i], m, &parts);
    return m;
}
