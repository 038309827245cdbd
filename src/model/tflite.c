#include "tflite.h"

#include "base/memory.h"
#include "base/wide.h"
#include "ops.h"
#include "survey.h"
#include "tflite_code.h"
#include "tflite_tensor.h"
#include "widen.h"

/* Numbers of the fields in the file's tables. */
enum { MODEL_VERSION, MODEL_CODES, MODEL_SUBGRAPHS, MODEL_DESCRIPTION, MODEL_BUFFERS, MODEL_METADATA = 6 };
enum { SUBGRAPH_TENSORS, SUBGRAPH_INPUTS, SUBGRAPH_OUTPUTS, SUBGRAPH_OPERATORS };
enum { METADATA_NAME, METADATA_BUFFER };

enum { SCHEMA_VERSION = 3, NO_OPTIONS = 0 };

/* A file while it is being read. */
typedef struct reader {
    const lt_allocator *memory;
    fb_file file;
    fb_table model, subgraph;
    fb_vector codes, buffers, tensors, operators;
    tfl_graph *graph;
    uint8_t *written; /* [tensor_count] not 0: a constant, the input, or an earlier operator's output */
    widen_room room;  /* for constants of another type than the file's */
} reader;

/* ---- the file's lists ---- */

static lt_status too_many(reader *r, const char *what, uint32_t count, uint32_t most) {
    return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "%u %s, at most %u are read", (unsigned)count, what, (unsigned)most);
}

static lt_status open_lists(reader *r, const uint8_t *bytes, size_t size, lt_error *error) {
    fb_file *file = &r->file;
    r->model = fb_root(file, bytes, size, "TFL3", error);
    uint32_t version = fb_u32(file, r->model, MODEL_VERSION, 0, "version");
    fb_vector subgraphs = fb_elements(file, r->model, MODEL_SUBGRAPHS, 4, "subgraphs");
    r->codes = fb_elements(file, r->model, MODEL_CODES, 4, "operator codes");
    r->buffers = fb_elements(file, r->model, MODEL_BUFFERS, 4, "buffers");
    if (file->status != LT_OK) return file->status;
    if (version != SCHEMA_VERSION)
        return fb_fail(file, LT_MODEL_UNSUPPORTED, "schema version %u, version %d is read", (unsigned)version,
                       SCHEMA_VERSION);
    if (subgraphs.count != 1)
        return fb_fail(file, subgraphs.count ? LT_MODEL_UNSUPPORTED : LT_MODEL_FORMAT, "%u subgraphs, one is needed",
                       (unsigned)subgraphs.count);
    r->subgraph = fb_table_of(file, subgraphs, 0, "subgraph");
    fb_part(file, "subgraph", 0);
    r->tensors = fb_elements(file, r->subgraph, SUBGRAPH_TENSORS, 4, "tensors");
    r->operators = fb_elements(file, r->subgraph, SUBGRAPH_OPERATORS, 4, "operators");
    if (file->status != LT_OK) return file->status;
    if (r->tensors.count == 0) return fb_fail(file, LT_MODEL_FORMAT, "no tensors");
    if (r->operators.count == 0) return fb_fail(file, LT_MODEL_FORMAT, "no operators");
    if (r->tensors.count > TFL_MAX_TENSORS) return too_many(r, "tensors", r->tensors.count, TFL_MAX_TENSORS);
    if (r->operators.count > TFL_MAX_OPERATORS) return too_many(r, "operators", r->operators.count, TFL_MAX_OPERATORS);
    return LT_OK;
}

/* Operator i of the file; its lists of inputs and outputs. */
static fb_table operator_table(reader *r, uint32_t i, fb_vector *inputs, fb_vector *outputs) {
    fb_part(&r->file, "operator", i);
    fb_table table = fb_table_of(&r->file, r->operators, i, "operator");
    *inputs = fb_elements(&r->file, table, OPERATOR_INPUTS, sizeof(int32_t), "inputs");
    *outputs = fb_elements(&r->file, table, OPERATOR_OUTPUTS, sizeof(int32_t), "outputs");
    return table;
}

/* All operators' inputs together, each operator's number of them within bounds. */
static lt_status count_inputs(reader *r, uint32_t *total) {
    *total = 0;
    for (uint32_t i = 0; i < r->operators.count; i++) {
        fb_vector inputs, outputs;
        (void)operator_table(r, i, &inputs, &outputs);
        if (r->file.status != LT_OK) return r->file.status;
        if (inputs.count > TFL_MAX_INPUTS)
            return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "%u inputs, at most %d are read", (unsigned)inputs.count,
                           TFL_MAX_INPUTS);
        *total += inputs.count;
    }
    return LT_OK;
}

/* One block: the graph, its tensors, its operators, their inputs, and `written` of the reader. */
static lt_status allocate(reader *r) {
    uint32_t inputs;
    if (count_inputs(r, &inputs) != LT_OK) return r->file.status;
    size_t tensors = r->tensors.count, ops = r->operators.count;
    size_t size =
        sizeof(tfl_graph) + tensors * sizeof(tfl_tensor) + ops * sizeof(tfl_op) + inputs * sizeof(int32_t) + tensors;
    tfl_graph *graph = mem_take_clear(r->memory, size);
    if (!graph) return fb_fail(&r->file, LT_MEMORY, "no memory for a graph of %zu bytes", size);
    graph->memory = r->memory;
    graph->bytes = r->file.bytes;
    graph->size = r->file.size;
    graph->tensor_count = (uint32_t)tensors;
    graph->op_count = (uint32_t)ops;
    graph->feature = TFL_NONE;
    graph->allocated = size;
    graph->tensors = (tfl_tensor *)(graph + 1);
    graph->ops = (tfl_op *)(graph->tensors + tensors);
    int32_t *next = (int32_t *)(graph->ops + ops);
    r->written = (uint8_t *)(next + inputs);
    graph->ops[0].inputs = next;
    r->graph = graph;
    return LT_OK;
}

/* ---- operators ---- */

static lt_status foreign_operator(reader *r, const tfl_code *code) {
    if (code->builtin == TFL_CUSTOM) {
        const char *name = (const char *)fb_bytes(&r->file, code->custom);
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "custom operator \"%.*s\" is not supported",
                       code->custom.count < 64 ? (int)code->custom.count : 64, name ? name : "");
    }
    const char *name = op_foreign_name(code->builtin);
    return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "%s (builtin code %d) is not supported", name ? name : "an operator",
                   (int)code->builtin);
}

/* Which operator a table names. */
static lt_status read_kind(reader *r, fb_table table, const op_kind **out) {
    tfl_code code;
    if (tfl_read_code(&r->file, r->codes, table, &code) != LT_OK) return r->file.status;
    *out = op_find(code.builtin);
    if (!*out) return foreign_operator(r, &code);
    r->file.kind = (*out)->name;
    if (code.version < 1 || code.version > (*out)->version)
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "version %d, versions 1 to %u are known", (int)code.version,
                       (unsigned)(*out)->version);
    return LT_OK;
}

/* Check an operator's inputs and output and mark the output as written. */
static lt_status read_edges(reader *r, tfl_op *op, fb_vector inputs, fb_vector outputs) {
    const op_kind *kind = op->kind;
    if (inputs.count < kind->least || inputs.count > kind->most || outputs.count != 1)
        return fb_fail(&r->file, LT_MODEL_FORMAT, "%u inputs and %u outputs", (unsigned)inputs.count,
                       (unsigned)outputs.count);
    int32_t *list = (int32_t *)op->inputs;
    for (uint32_t k = 0; k < inputs.count; k++) {
        list[k] = fb_i32_of(&r->file, inputs, k);
        if (list[k] == TFL_NONE) continue;
        if (list[k] < 0 || (uint32_t)list[k] >= r->graph->tensor_count)
            return fb_fail(&r->file, LT_MODEL_FORMAT, "input %u is tensor %d of %u", (unsigned)k, (int)list[k],
                           (unsigned)r->graph->tensor_count);
        if (!r->written[list[k]])
            return fb_fail(&r->file, LT_MODEL_FORMAT, "input %u is tensor %d, which no earlier operator writes",
                           (unsigned)k, (int)list[k]);
    }
    int32_t output = fb_i32_of(&r->file, outputs, 0);
    if (output < 0 || (uint32_t)output >= r->graph->tensor_count)
        return fb_fail(&r->file, LT_MODEL_FORMAT, "output is tensor %d of %u", (int)output,
                       (unsigned)r->graph->tensor_count);
    if (r->written[output])
        return fb_fail(&r->file, LT_MODEL_FORMAT, "output is tensor %d, which already has a value", (int)output);
    r->written[output] = 1;
    op->input_count = inputs.count;
    op->output = (uint32_t)output;
    return LT_OK;
}

/* The constant that a DEQUANTIZE reads; NULL: it is another operator, or its input is computed. */
static const tfl_tensor *folded_input(const reader *r, const tfl_op *op) {
    if (op->kind->code != OP_DEQUANTIZE || op->inputs[0] == TFL_NONE) return NULL;
    const tfl_tensor *input = &r->graph->tensors[op->inputs[0]];
    return input->data ? input : NULL;
}

/* Operator i of the file, to *op; *folded: it is not needed, as its output is a constant. */
static lt_status read_operator(reader *r, uint32_t i, tfl_op *op, const int32_t *list, int *folded) {
    fb_vector inputs, outputs;
    fb_table table = operator_table(r, i, &inputs, &outputs);
    op->inputs = list;
    if (read_kind(r, table, &op->kind) != LT_OK || read_edges(r, op, inputs, outputs) != LT_OK) return r->file.status;
    if (LT_WIDE && folded_input(r, op)) {
        *folded = 1;
        return widen_fold(&r->file, folded_input(r, op), &r->graph->tensors[op->output], &r->room);
    }
    uint8_t type = fb_u8(&r->file, table, OPERATOR_OPTIONS_TYPE, NO_OPTIONS, "type of options");
    op_site site = {.file = &r->file, .graph = r->graph, .op = op};
    if (op->kind->options != NO_OPTIONS) {
        if (type != NO_OPTIONS && type != op->kind->options)
            return fb_fail(&r->file, LT_MODEL_FORMAT, "options of type %u, not %u", (unsigned)type,
                           (unsigned)op->kind->options);
        site.options = fb_subtable(&r->file, table, OPERATOR_OPTIONS, "options");
    }
    op->kind->check(&site);
    return r->file.status;
}

static lt_status read_operators(reader *r) {
    const int32_t *next = r->graph->ops[0].inputs;
    uint32_t count = r->graph->op_count, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        tfl_op *op = &r->graph->ops[kept];
        int folded = 0;
        if (read_operator(r, i, op, next, &folded) != LT_OK) return r->file.status;
        next += op->input_count;
        kept += !folded;
    }
    r->graph->op_count = kept;
    return LT_OK;
}

/* Bytes of the constants that DEQUANTIZE makes of constants, at most; what is wrong there is found later. */
static uint64_t folded_bytes(reader *r) {
    uint64_t size = 0;
    for (uint32_t i = 0; i < r->operators.count; i++) {
        fb_vector inputs, outputs;
        tfl_code code;
        fb_table table = operator_table(r, i, &inputs, &outputs);
        if (tfl_read_code(&r->file, r->codes, table, &code) != LT_OK) return 0;
        if (code.builtin != OP_DEQUANTIZE || inputs.count != 1 || outputs.count != 1) continue;
        int32_t from = fb_i32_of(&r->file, inputs, 0), to = fb_i32_of(&r->file, outputs, 0);
        int64_t tensors = r->graph->tensor_count;
        if (from < 0 || from >= tensors || to < 0 || to >= tensors || !r->graph->tensors[from].data) continue;
        size += widen_bytes(r->graph->tensors[to].elements);
    }
    return size;
}

/* Bring constants into types that are computed with. */
static lt_status widen(reader *r) {
    uint64_t folded = folded_bytes(r);
    fb_part(&r->file, "file", FB_ONLY);
    return r->file.status != LT_OK ? r->file.status : widen_start(&r->file, r->graph, folded, &r->room);
}

/* ---- input, output, and what hangs on them ---- */

/* The one tensor of the subgraph's list of inputs or outputs. */
static lt_status read_end(reader *r, uint16_t field, const char *what, uint32_t *out) {
    fb_part(&r->file, "subgraph", 0);
    fb_vector list = fb_elements(&r->file, r->subgraph, field, sizeof(int32_t), what);
    if (r->file.status != LT_OK) return r->file.status;
    if (list.count != 1)
        return fb_fail(&r->file, list.count ? LT_MODEL_UNSUPPORTED : LT_MODEL_FORMAT, "%u %s, one is needed",
                       (unsigned)list.count, what);
    int32_t index = fb_i32_of(&r->file, list, 0);
    if (index < 0 || (uint32_t)index >= r->graph->tensor_count)
        return fb_fail(&r->file, LT_MODEL_FORMAT, "%s: tensor %d of %u", what, (int)index,
                       (unsigned)r->graph->tensor_count);
    *out = (uint32_t)index;
    return LT_OK;
}

static int is_real_or_i8(const tfl_tensor *tensor) {
    return tensor->type == TFL_F32 || (tensor->type == TFL_I8 && tensor->scale_count == 1);
}

static lt_status read_input(reader *r) {
    if (read_end(r, SUBGRAPH_INPUTS, "inputs", &r->graph->input) != LT_OK) return r->file.status;
    const tfl_tensor *input = &r->graph->tensors[r->graph->input];
    fb_part(&r->file, "input", FB_ONLY);
    if (input->data || !is_real_or_i8(input))
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "tensor %u is not a FLOAT32 or INT8 tensor to fill",
                       (unsigned)r->graph->input);
    if (input->rank != 4 || input->dims[0] != 1 || input->dims[3] != 3)
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "tensor %u is not of shape 1 x height x width x 3",
                       (unsigned)r->graph->input);
    r->written[r->graph->input] = 1;
    return LT_OK;
}

static lt_status read_output(reader *r) {
    tfl_graph *graph = r->graph;
    if (read_end(r, SUBGRAPH_OUTPUTS, "outputs", &graph->output) != LT_OK) return r->file.status;
    const tfl_tensor *output = &graph->tensors[graph->output];
    fb_part(&r->file, "output", FB_ONLY);
    if (!r->written[graph->output] || output->data || graph->output == graph->input)
        return fb_fail(&r->file, LT_MODEL_FORMAT, "tensor %u is not written by an operator", (unsigned)graph->output);
    if (output->elements != output->dims[output->rank - 1])
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "tensor %u is not a list of numbers", (unsigned)graph->output);
    if (output->elements > LT_MAX_LABELS)
        return fb_fail(&r->file, LT_MODEL_UNSUPPORTED, "%llu classes, at most %d are read",
                       (unsigned long long)output->elements, LT_MAX_LABELS);
    graph->classes = (uint32_t)output->elements;
    return LT_OK;
}

static const tfl_op *writer_of(const tfl_graph *graph, uint32_t tensor) {
    for (uint32_t i = graph->op_count; i-- > 0;)
        if (graph->ops[i].output == tensor) return &graph->ops[i];
    return NULL;
}

/* The last operator that computes something, and the tensor before the last pooling over all of it. */
static void derive_ends(tfl_graph *graph) {
    const tfl_op *last = writer_of(graph, graph->output);
    while (last && last->kind->traits & OP_RENDERS) last = writer_of(graph, (uint32_t)last->inputs[0]);
    graph->probabilities = last && (last->kind->traits & OP_PROBABILITIES) != 0;
    for (uint32_t i = graph->op_count; i-- > 0 && graph->feature == TFL_NONE;) {
        const tfl_op *op = &graph->ops[i];
        if (op_is_global_pool(graph, op) && (uint32_t)op->inputs[0] != graph->input) graph->feature = op->inputs[0];
    }
}

/* One entry of the metadata list: keep its bytes where it is one of ours and the first of its name. */
static void read_entry(reader *r, fb_table entry) {
    fb_file *file = &r->file;
    const struct {
        const char *name;
        const uint8_t **bytes;
        size_t *size;
    } ours[] = {{TFL_DOCUMENT_ENTRY, &r->graph->metadata, &r->graph->metadata_size},
                {TFL_OOD_ENTRY, &r->graph->ood, &r->graph->ood_size},
                {TFL_KIND_ENTRY, &r->graph->kind, &r->graph->kind_size},
                {TFL_SELFTEST_ENTRY, &r->graph->selftest, &r->graph->selftest_size},
#if LT_WIDE
                {TFL_FOREIGN_ENTRY, &r->graph->described, &r->graph->described_size}
#endif
    };
    fb_vector name = fb_string(file, entry, METADATA_NAME, "name");
    uint32_t buffer = fb_u32(file, entry, METADATA_BUFFER, 0, "buffer");
    for (size_t i = 0; i < sizeof ours / sizeof *ours && file->status == LT_OK; i++) {
        if (*ours[i].bytes || !fb_equals(file, name, ours[i].name)) continue;
        fb_vector data;
        if (tfl_read_buffer(file, r->buffers, buffer, &data) != LT_OK) return;
        *ours[i].bytes = fb_bytes(file, data);
        *ours[i].size = data.count;
    }
}

static lt_status read_metadata(reader *r) {
    fb_file *file = &r->file;
    fb_part(file, "metadata", FB_ONLY);
    fb_vector list = fb_elements(file, r->model, MODEL_METADATA, 4, "entries");
    for (uint32_t i = 0; i < list.count && file->status == LT_OK; i++) {
        fb_part(file, "metadata", i);
        read_entry(r, fb_table_of(file, list, i, "entry"));
    }
    return file->status;
}

static lt_status read_graph(reader *r) {
    fb_part(&r->file, "file", FB_ONLY);
    fb_vector description = fb_string(&r->file, r->model, MODEL_DESCRIPTION, "description");
    r->graph->description = (const char *)fb_bytes(&r->file, description);
    r->graph->description_size = description.count;
    if (LT_WIDE && survey_operators(&r->file, r->codes, r->operators) != LT_OK) return r->file.status;
    if (tfl_read_tensors(&r->file, r->tensors, r->buffers, r->graph) != LT_OK) return r->file.status;
    if (LT_WIDE && widen(r) != LT_OK) return r->file.status;
    for (uint32_t i = 0; i < r->graph->tensor_count; i++) r->written[i] = r->graph->tensors[i].data != NULL;
    if (read_input(r) != LT_OK || read_operators(r) != LT_OK || read_output(r) != LT_OK) return r->file.status;
    derive_ends(r->graph);
    return read_metadata(r);
}

lt_status tfl_read(const uint8_t *bytes, size_t size, const lt_allocator *memory, tfl_graph **out, lt_error *error) {
    reader r = {.memory = memory};
    *out = NULL;
    if ((uintptr_t)bytes % sizeof(float) != 0)
        return lt_fail(error, LT_ARGUMENT, "the model's bytes do not start at a multiple of %zu", sizeof(float));
    if (open_lists(&r, bytes, size, error) != LT_OK || allocate(&r) != LT_OK) return r.file.status;
    if (read_graph(&r) == LT_OK)
        *out = r.graph;
    else
        tfl_free(r.graph);
    return r.file.status;
}

void tfl_free(tfl_graph *graph) {
    if (!graph) return;
    if (LT_WIDE) mem_give(graph->memory, graph->made);
    mem_give(graph->memory, graph);
}
