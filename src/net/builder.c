/* builder.c - the values of a subgraph in the making. */
#include "builder.h"

#include <string.h>

void op_note(op_builder *builder, enum xnn_status status) {
    builder->calls++;
    if (builder->status == xnn_status_success) builder->status = status;
}

void op_sizes(const tfl_tensor *tensor, size_t sizes[TFL_MAX_RANK]) {
    for (uint32_t i = 0; i < tensor->rank; i++) sizes[i] = tensor->dims[i];
}

uint32_t op_make_value(op_builder *builder, const tfl_tensor *tensor, const void *data, uint32_t external,
                       uint32_t flags) {
    size_t sizes[TFL_MAX_RANK];
    op_sizes(tensor, sizes);
    uint32_t id = XNN_INVALID_VALUE_ID;
    if (tensor->type == TFL_I8)
        op_note(builder,
                xnn_define_quantized_tensor_value(builder->subgraph, xnn_datatype_qint8, tensor->zero_point,
                                                  tensor->scales[0], tensor->rank, sizes, data, external, flags, &id));
    else
        op_note(builder, xnn_define_tensor_value(builder->subgraph, xnn_datatype_fp32, tensor->rank, sizes, data,
                                                 external, flags, &id));
    return id;
}

/* A constant that kernels read: they read past its end, which in the file may be the end of memory. */
static const void *with_slack(op_builder *builder, const tfl_tensor *tensor) {
    size_t size = (size_t)tensor->elements * tfl_type_size(tensor->type);
    void *copy = builder->keep(builder->context, size + XNN_EXTRA_BYTES);
    if (copy)
        memcpy(copy, tensor->data, size);
    else
        op_note(builder, xnn_status_out_of_memory);
    return copy;
}

uint32_t op_value(op_builder *builder, int32_t index) {
    const tfl_tensor *tensor = &builder->graph->tensors[index];
    if (builder->values[index] == XNN_INVALID_VALUE_ID && !op_builder_failed(builder)) {
        const void *data = tensor->data ? with_slack(builder, tensor) : NULL;
        if (!op_builder_failed(builder))
            builder->values[index] = op_make_value(builder, tensor, data, XNN_INVALID_VALUE_ID, 0);
    }
    return builder->values[index];
}

void op_external(op_builder *builder, int32_t index, uint32_t id, uint32_t flags) {
    builder->values[index] = op_make_value(builder, &builder->graph->tensors[index], NULL, id, flags);
}

/* A value like the tensor, but f32. */
static uint32_t float_like(op_builder *builder, int32_t index) {
    tfl_tensor tensor = builder->graph->tensors[index];
    tensor.type = TFL_F32;
    return op_make_value(builder, &tensor, NULL, XNN_INVALID_VALUE_ID, 0);
}

void op_convert(op_builder *builder, uint32_t from, uint32_t to) {
    if (!op_builder_failed(builder))
        op_note(builder, xnn_define_unary(builder->subgraph, xnn_unary_convert, NULL, from, to, 0));
}

uint32_t op_float_input(op_builder *builder, int32_t index) {
    uint32_t id = op_value(builder, index);
    if (builder->graph->tensors[index].type == TFL_F32) return id;
    uint32_t real = float_like(builder, index);
    op_convert(builder, id, real);
    return real;
}

uint32_t op_float_output(op_builder *builder, const tfl_op *op) {
    int32_t index = (int32_t)op->output;
    return builder->graph->tensors[index].type == TFL_F32 ? op_value(builder, index) : float_like(builder, index);
}

void op_finish_output(op_builder *builder, const tfl_op *op, uint32_t written) {
    uint32_t output = op_value(builder, (int32_t)op->output);
    if (output != written) op_convert(builder, written, output);
}
