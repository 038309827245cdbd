#include "tflite_tensor.h"

#include <math.h>

#include "base/wide.h"

/* Numbers of the fields in the file's tables. */
enum { TENSOR_SHAPE, TENSOR_TYPE, TENSOR_BUFFER, TENSOR_NAME, TENSOR_QUANTIZATION, TENSOR_VARIABLE, TENSOR_SPARSITY };
enum { SCALE = 2, ZERO_POINT = 3, DETAILS_TYPE = 4, QUANTIZED_AXIS = 6 };
enum { BUFFER_DATA, BUFFER_OFFSET, BUFFER_SIZE };

/* Weights may lie behind the flatbuffer, where it does not count their bytes: at a place in the whole file. */
static lt_status read_behind(fb_file *file, uint32_t i, uint64_t offset, uint64_t size, fb_vector *out) {
    if (!LT_WIDE) return fb_fail(file, LT_MODEL_UNSUPPORTED, "buffer %u lies behind the model proper", (unsigned)i);
    if (offset < 2) return fb_fail(file, LT_MODEL_FORMAT, "buffer %u has a size and no place", (unsigned)i);
    if (offset > file->size || size > file->size - offset)
        return fb_fail(file, LT_MODEL_FORMAT, "buffer %u of %llu bytes at byte %llu lies outside the file's %zu",
                       (unsigned)i, (unsigned long long)size, (unsigned long long)offset, file->size);
    *out = (fb_vector){.at = (uint32_t)offset, .count = (uint32_t)size};
    return LT_OK;
}

lt_status tfl_read_buffer(fb_file *file, fb_vector buffers, uint32_t i, fb_vector *out) {
    *out = (fb_vector){0};
    if (i >= buffers.count)
        return fb_fail(file, LT_MODEL_FORMAT, "buffer %u of %u", (unsigned)i, (unsigned)buffers.count);
    fb_table buffer = fb_table_of(file, buffers, i, "buffer");
    *out = fb_elements(file, buffer, BUFFER_DATA, 1, "buffer data");
    uint64_t offset = fb_u64(file, buffer, BUFFER_OFFSET, 0, "buffer offset");
    uint64_t size = fb_u64(file, buffer, BUFFER_SIZE, 0, "buffer size");
    /* 0 and 1 are what writers put there for data that lies in the buffer itself. */
    if (file->status == LT_OK && (offset > 1 || size > 1)) return read_behind(file, i, offset, size, out);
    return file->status;
}

static lt_status read_type(fb_file *file, fb_table table, tfl_tensor *tensor) {
    uint8_t type = fb_u8(file, table, TENSOR_TYPE, TFL_F32, "type");
    tensor->type = (tfl_type)type;
    int is_read = type == TFL_F32 || type == TFL_I32 || type == TFL_I8;
    if (!is_read && !(LT_WIDE && (type == TFL_F16 || type == TFL_U8)))
        return fb_fail(file, LT_MODEL_UNSUPPORTED, "type %s (%u) is not supported", tfl_type_name(tensor->type),
                       (unsigned)type);
    if (fb_u8(file, table, TENSOR_VARIABLE, 0, "is_variable") ||
        fb_subtable(file, table, TENSOR_SPARSITY, "sparsity").at)
        return fb_fail(file, LT_MODEL_UNSUPPORTED, "variable and sparse tensors are not supported");
    return file->status;
}

static lt_status read_shape(fb_file *file, fb_table table, tfl_tensor *tensor) {
    fb_vector shape = fb_elements(file, table, TENSOR_SHAPE, sizeof(int32_t), "shape");
    if (shape.count > TFL_MAX_RANK) return fb_fail(file, LT_MODEL_UNSUPPORTED, "rank %u", (unsigned)shape.count);
    tensor->rank = shape.count;
    tensor->elements = 1;
    for (uint32_t i = 0; i < shape.count; i++) {
        int32_t dim = fb_i32_of(file, shape, i);
        if (dim < 1) return fb_fail(file, LT_MODEL_FORMAT, "a dimension is %d", (int)dim);
        if ((uint64_t)dim > TFL_MAX_ELEMENTS / tensor->elements)
            return fb_fail(file, LT_MODEL_UNSUPPORTED, "too many elements, dimension %d", (int)dim);
        tensor->dims[i] = (uint32_t)dim;
        tensor->elements *= (uint32_t)dim;
    }
    return LT_OK;
}

/* int8 values span -128..127, uint8 0..255; those of one per channel are symmetric, as biases always are. */
static lt_status read_zero_points(fb_file *file, fb_vector points, tfl_tensor *tensor) {
    if (points.count != 0 && points.count != tensor->scale_count)
        return fb_fail(file, LT_MODEL_FORMAT, "zero points and scales differ in number: %u", (unsigned)points.count);
    int64_t least = 0, most = 0;
    if (tensor->type == TFL_I8 && tensor->scale_count == 1) {
        least = INT8_MIN;
        most = INT8_MAX;
    }
    if (LT_WIDE && tensor->type == TFL_U8 && tensor->scale_count == 1) most = UINT8_MAX;
    for (uint32_t i = 0; i < points.count; i++) {
        int64_t point = fb_i64_of(file, points, i);
        if (point < least || point > most) return fb_fail(file, LT_MODEL_FORMAT, "zero point %lld", (long long)point);
        tensor->zero_point = (int32_t)point;
    }
    return LT_OK;
}

static lt_status read_scales(fb_file *file, fb_vector scales, tfl_tensor *tensor) {
    const uint8_t *bytes = fb_bytes(file, scales);
    if ((uintptr_t)bytes % sizeof(float) != 0)
        return fb_fail(file, LT_MODEL_FORMAT, "scales are not aligned, byte %u", (unsigned)scales.at);
    tensor->scales = (const float *)(const void *)bytes;
    tensor->scale_count = scales.count;
    for (uint32_t i = 0; i < scales.count; i++)
        if (!isnormal(tensor->scales[i]) || tensor->scales[i] < 0)
            return fb_fail(file, LT_MODEL_FORMAT, "scale %u is %g", (unsigned)i, (double)tensor->scales[i]);
    return LT_OK;
}

static lt_status read_quantization(fb_file *file, fb_table table, tfl_tensor *tensor) {
    fb_table quantization = fb_subtable(file, table, TENSOR_QUANTIZATION, "quantization");
    if (tensor->type == TFL_F32 || (LT_WIDE && tensor->type == TFL_F16)) return file->status; /* leftovers */
    fb_vector scales = fb_elements(file, quantization, SCALE, sizeof(float), "scale");
    fb_vector points = fb_elements(file, quantization, ZERO_POINT, sizeof(int64_t), "zero_point");
    int32_t axis = fb_i32(file, quantization, QUANTIZED_AXIS, 0, "quantized_dimension");
    uint8_t details = fb_u8(file, quantization, DETAILS_TYPE, 0, "type of details");
    if (file->status != LT_OK) return file->status;
    if (details != 0) return fb_fail(file, LT_MODEL_UNSUPPORTED, "quantization of type %u", (unsigned)details);
    if (read_scales(file, scales, tensor) != LT_OK) return file->status;
    if (scales.count > 1) {
        if (axis < 0 || (uint32_t)axis >= tensor->rank)
            return fb_fail(file, LT_MODEL_FORMAT, "quantized dimension %d", (int)axis);
        if (scales.count != tensor->dims[axis])
            return fb_fail(file, LT_MODEL_FORMAT, "%u scales for %u channels", (unsigned)scales.count,
                           (unsigned)tensor->dims[axis]);
        tensor->channel_axis = (uint32_t)axis;
    }
    return read_zero_points(file, points, tensor);
}

/* Weights that are not finite would poison every answer. */
static lt_status need_finite(fb_file *file, const tfl_tensor *tensor) {
    const float *values = (const float *)(const void *)tensor->data;
    for (uint64_t i = 0; i < tensor->elements; i++)
        if (!isfinite(values[i]))
            return fb_fail(file, LT_MODEL_FORMAT, "not a finite number in element %llu", (unsigned long long)i);
    return LT_OK;
}

static lt_status read_data(fb_file *file, fb_table table, fb_vector buffers, tfl_tensor *tensor) {
    uint32_t index = fb_u32(file, table, TENSOR_BUFFER, 0, "buffer");
    fb_vector data;
    if (tfl_read_buffer(file, buffers, index, &data) != LT_OK) return file->status;
    if (data.count == 0) {
        /* What DEQUANTIZE makes of a constant may have none; that of another operator is refused with it. */
        if (!LT_WIDE && tensor->rank == 0) return fb_fail(file, LT_MODEL_UNSUPPORTED, "no shape");
        return LT_OK;
    }
    size_t size = tfl_type_size(tensor->type);
    if (data.count != tensor->elements * size)
        return fb_fail(file, LT_MODEL_FORMAT, "buffer holds %u bytes, shape needs %llu", (unsigned)data.count,
                       (unsigned long long)(tensor->elements * size));
    tensor->data = fb_bytes(file, data);
    if ((uintptr_t)tensor->data % size != 0)
        return fb_fail(file, LT_MODEL_FORMAT, "buffer is not aligned, byte %u", (unsigned)data.at);
    return tensor->type == TFL_F32 ? need_finite(file, tensor) : LT_OK;
}

static lt_status read_tensor(fb_file *file, fb_table table, fb_vector buffers, tfl_tensor *tensor) {
    fb_vector name = fb_string(file, table, TENSOR_NAME, "name");
    tensor->name = (const char *)fb_bytes(file, name);
    tensor->name_size = name.count;
    if (read_type(file, table, tensor) != LT_OK || read_shape(file, table, tensor) != LT_OK ||
        read_quantization(file, table, tensor) != LT_OK)
        return file->status;
    if (LT_WIDE && tensor->type == TFL_U8) {
        tensor->moved = 1;
        tensor->type = TFL_I8;
        tensor->zero_point -= TFL_MOVE;
    }
    return read_data(file, table, buffers, tensor);
}

lt_status tfl_read_tensors(fb_file *file, fb_vector tensors, fb_vector buffers, tfl_graph *graph) {
    uint64_t computed = 0;
    for (uint32_t i = 0; i < graph->tensor_count; i++) {
        tfl_tensor *tensor = &graph->tensors[i];
        fb_part(file, "tensor", i);
        fb_table table = fb_table_of(file, tensors, i, "tensor");
        if (read_tensor(file, table, buffers, tensor) != LT_OK || file->status != LT_OK) return file->status;
        if (!tensor->data) computed += tensor->elements;
        if (computed > TFL_MAX_ELEMENTS)
            return fb_fail(file, LT_MODEL_UNSUPPORTED, "the computed tensors hold more than %llu elements",
                           (unsigned long long)TFL_MAX_ELEMENTS);
    }
    return LT_OK;
}
