/* test_tflite.c - the model reader against broken files, one defect each, by name. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/op_kind.h"
#include "model/tflite.h"
#include "spoil.h"

enum { STEPS = 4 };

typedef struct defect {
    const char *name;
    spoil_step steps[STEPS];
    lt_status status;
    const char *text; /* found in the error */
} defect;

#define T(part)     offsetof(smallnet_parts, part)
#define FORMAT      LT_MODEL_FORMAT
#define UNSUPPORTED LT_MODEL_UNSUPPORTED

/* clang-format off */
static const defect defects[] = {
    /* the file as a whole */
    {"bad magic", {{WORD_AT, 0, 4, 0x21212121}}, FORMAT, "file: identifier is 21 21 21 21, not \"TFL3\""},
    {"a web page instead", {{WORD_AT, 0, 0, 0x4f44213c}, {WORD_AT, 0, 4, 0x50595443}}, FORMAT, "it looks like a web page"},
    {"gzip-compressed", {{WORD_AT, 0, 0, 0x00088b1f}, {WORD_AT, 0, 4, 0}}, FORMAT, "it is gzip-compressed"},
    {"wrong version", {{VERSION, 0, 0, 2}}, UNSUPPORTED, "schema version 2, version 3 is read"},
    {"cut at half", {{CUT, 0, 0, 8}}, FORMAT, "at byte"},
    {"empty", {{CUT, 0, 0, 0}}, FORMAT, "file: 0 bytes are too few"},
    {"root offset past the end", {{WORD_AT, 0, 0, 1000000}}, FORMAT, "root: offset leads outside the file"},
    {"root offset 0", {{WORD_AT, 0, 0, 0}}, FORMAT, "root: offset leads outside the file"},
    {"offset past the end", {{TENSOR_FIELD, T(conv_filter), 0, 0x00ffffff}}, FORMAT, "shape: offset leads outside the file"},
    {"offset that wraps", {{TENSOR_FIELD, T(conv_filter), 0, 4294967290.0}}, FORMAT, "shape: offset leads outside the file"},
    {"vector length past the end", {{COUNT_AT, T(conv_filter), 0, 100000}}, FORMAT, "shape: vector runs past the end"},
    {"vector length that wraps", {{COUNT_AT, T(conv_filter), 0, 0x40000001}}, FORMAT, "shape: vector runs past the end"},
    {"vtable too short", {{VTABLE_SIZE, T(conv_filter), 0, 2}}, FORMAT, "field list too short"},
    {"vtable of odd size", {{VTABLE_SIZE, T(conv_filter), 0, 7}}, FORMAT, "field list too short"},
    {"vtable past the end", {{VTABLE_SIZE, T(conv_filter), 0, 65534}}, FORMAT, "field list too short or cut off"},
    {"vtable before the file", {{VTABLE_OFF, T(conv_filter), 0, 1e8}}, FORMAT, "field list outside the file"},
    {"vtable behind the file", {{VTABLE_OFF, T(conv_filter), 0, -1e8}}, FORMAT, "field list outside the file"},
    {"field outside its table", {{FIELD_OFF, T(conv_filter), 2, 4000}}, FORMAT, "buffer: field outside its table"},
    {"field over the table's start", {{FIELD_OFF, T(conv_filter), 2, 2}}, FORMAT, "buffer: field outside its table"},
    {"recursion: a table that is its own shape", {{TENSOR_FIELD, T(conv_filter), 0, 4294967292.0}}, FORMAT, "shape"},
    {"recursion: the root is its own subgraph list", {{ROOT_FIELD, 0, 2, 4294967280.0}}, FORMAT, "subgraphs"},
    {"no subgraph", {{SUBGRAPHS, 0, 0, 0}}, FORMAT, "0 subgraphs"},
    {"two subgraphs", {{SUBGRAPHS, 0, 0, 2}}, UNSUPPORTED, "2 subgraphs"},
    {"no tensors", {{GRAPH_COUNT, 0, 0, 0}}, FORMAT, "no tensors"},
    {"no operators", {{GRAPH_COUNT, 0, 1, 0}}, FORMAT, "no operators"},

    /* tensors */
    {"rank 0", {{RANK, T(conv_output), 0, 0}}, UNSUPPORTED, "the output has no shape"},
    {"rank 5", {{RANK, T(conv_output), 0, 5}}, UNSUPPORTED, "rank 5"},
    {"dimension 0", {{DIM, T(conv_output), 1, 0}}, FORMAT, "a dimension is 0"},
    {"dimension negative", {{DIM, T(conv_output), 1, -8}}, FORMAT, "a dimension is -8"},
    {"dimension huge", {{DIM, T(conv_output), 1, 2147483647}}, UNSUPPORTED, "too many elements"},
    {"product overflow", {{DIM, T(conv_output), 1, 65536}, {DIM, T(conv_output), 2, 65536}}, UNSUPPORTED, "too many elements"},
    {"tensors too large together", {{DIM, T(conv_output), 1, 4000000}, {DIM, T(conv_output), 2, 4}, {DIM, T(pooled), 1, 2000000}}, UNSUPPORTED, "computed tensors hold more than"},
    {"shape and buffer differ", {{DIM, T(conv_filter), 1, 2}}, FORMAT, "buffer holds 216 bytes, shape needs 144"},
    {"buffer too long", {{DATA_SIZE, T(conv_bias), 0, 28}}, FORMAT, "buffer holds 28 bytes, shape needs 32"},
    {"buffer out of range", {{BUFFER, T(conv_filter), 0, 500}}, FORMAT, "buffer 500 of"},
    {"buffer behind the model", {{BUFFER_QUAD, T(conv_filter), 1, 4294967296.0}}, FORMAT, "of 0 bytes at byte 4294967296 lies outside the file's"},
    {"buffer that reaches past the end", {{BUFFER_QUAD, T(conv_filter), 1, 64}, {BUFFER_QUAD, T(conv_filter), 2, 4294967296.0}}, FORMAT, "of 4294967296 bytes at byte 64 lies outside"},
    {"buffer behind the model that is too short", {{BUFFER_QUAD, T(conv_filter), 1, 64}, {BUFFER_QUAD, T(conv_filter), 2, 215}}, FORMAT, "buffer holds 215 bytes, shape needs 216"},
    {"buffer of a given size", {{BUFFER_QUAD, T(conv_filter), 2, 216}}, FORMAT, "has a size and no place"},
    {"type float16", {{TYPE, T(conv_output), 0, MK_F16}}, UNSUPPORTED, "output is FLOAT16, not INT8"},
    {"type int64", {{TYPE, T(conv_output), 0, MK_I64}}, UNSUPPORTED, "type INT64 (4) is not supported"},
    {"type unknown", {{TYPE, T(conv_output), 0, 99}}, UNSUPPORTED, "type unknown (99)"},
    {"scale 0", {{SCALE, T(conv_output), 0, 0}}, FORMAT, "scale 0 is 0"},
    {"scale negative", {{SCALE, T(conv_filter), 3, -0.1}}, FORMAT, "scale 3 is -0.1"},
    {"scale NaN", {{SCALE, T(conv_output), 0, NAN}}, FORMAT, "scale 0 is"},
    {"scale infinite", {{SCALE, T(conv_output), 0, INFINITY}}, FORMAT, "scale 0 is inf"},
    {"scale denormal", {{SCALE, T(conv_output), 0, 1e-40}}, FORMAT, "scale 0 is 9.99995e-41"},
    {"scales misaligned", {{SCALES_OFF, T(conv_filter), 0, 0}}, FORMAT, "scales are not aligned"},
    {"scale count and channels differ", {{SCALES, T(conv_filter), 0, 7}, {ZEROS, T(conv_filter), 0, 7}}, FORMAT, "7 scales for 8 channels"},
    {"quantised axis out of range", {{AXIS, T(conv_filter), 0, 4}}, FORMAT, "quantized dimension 4"},
    {"quantised axis negative", {{AXIS, T(conv_filter), 0, -1}}, FORMAT, "quantized dimension -1"},
    {"zero point count differs", {{ZEROS, T(conv_filter), 0, 3}}, FORMAT, "zero points and scales differ in number: 3"},
    {"zero point out of range", {{ZERO, T(conv_output), 0, 128}}, FORMAT, "zero point 128"},
    {"zero point far out of range", {{ZERO, T(conv_output), 0, -4294967424.0}}, FORMAT, "zero point -4294967424"},
    {"weights not symmetric", {{ZERO, T(conv_filter), 0, 1}}, FORMAT, "zero point 1"},
    {"int8 without a scale", {{SCALES, T(conv_output), 0, 0}, {ZEROS, T(conv_output), 0, 0}}, FORMAT, "the output is int8 with 0 scales"},
    {"NaN weight", {{FLOAT_NET, 0, 0, 0}, {DATA_FLOAT, T(conv_filter), 17, NAN}}, FORMAT, "not a finite number in element 17"},
    {"infinite weight", {{FLOAT_NET, 0, 0, 0}, {DATA_FLOAT, T(dense_weights), 3, -INFINITY}}, FORMAT, "not a finite number in element 3"},

    /* input and output */
    {"two inputs", {{INPUTS, 0, 0, 2}}, UNSUPPORTED, "2 inputs, one is needed"},
    {"no input", {{INPUTS, 0, 0, 0}}, FORMAT, "0 inputs"},
    {"input out of range", {{INPUT, 0, 0, 70}}, FORMAT, "inputs: tensor 70 of"},
    {"input negative", {{INPUT, 0, 0, -1}}, FORMAT, "inputs: tensor -1 of"},
    {"input of one channel", {{DIM, T(input), 3, 1}}, UNSUPPORTED, "not of shape 1 x height x width x 3"},
    {"input of two pictures", {{DIM, T(input), 0, 2}}, UNSUPPORTED, "not of shape 1 x height x width x 3"},
    {"input is a constant", {{CONSTANT, T(input), 0, 3072}}, UNSUPPORTED, "is not a FLOAT32 or INT8 tensor to fill"},
    {"input of integers", {{TYPE, T(input), 0, MK_I32}}, UNSUPPORTED, "is not a FLOAT32 or INT8 tensor to fill"},
    {"two outputs", {{OUTPUTS, 0, 0, 2}}, UNSUPPORTED, "2 outputs, one is needed"},
    {"output out of range", {{OUTPUT, 0, 0, 70}}, FORMAT, "outputs: tensor 70 of"},
    {"output is the input", {{OUTPUT, 0, 0, 0}}, FORMAT, "is not written by an operator"},
    {"output is a picture", {{OUTPUT, 0, 0, 4}}, UNSUPPORTED, "is not a list of numbers"},
    {"metadata's buffer out of range", {{METADATA, 0, 0, 99}}, FORMAT, "metadata 0: buffer 99 of"},

    /* operators: which, in what order, with what */
    {"opcode index out of range", {{OP_OPCODE, T(conv), 0, 99}}, FORMAT, "opcode index 99 of"},
    {"unknown operator", {{OP_CODE, T(conv), 0, 67}}, UNSUPPORTED, "operators that are not run: TRANSPOSE_CONV"},
    {"several unknown operators", {{OP_CODE, T(conv), 0, 67}, {OP_CODE, T(add), 0, 118}, {OP_CUSTOM, T(depthwise), 0, 0}, {OP_VERSION, T(dense), 0, 99}}, UNSUPPORTED, "operators that are not run: TRANSPOSE_CONV, Flex (custom), IF, FULLY_CONNECTED (version 99)"},
    {"operator without a name", {{OP_CODE, T(conv), 0, 9999}}, UNSUPPORTED, "builtin code 9999"},
    {"custom operator", {{OP_CUSTOM, T(conv), 0, 0}}, UNSUPPORTED, "operators that are not run: Flex (custom)"},
    {"operator version", {{OP_VERSION, T(conv), 0, 99}}, UNSUPPORTED, "operators that are not run: CONV_2D (version 99)"},
    {"operator version 0", {{OP_VERSION, T(conv), 0, 0}}, UNSUPPORTED, "CONV_2D (version 0)"},
    {"too few inputs", {{OP_INPUTS, T(add), 0, 1}}, FORMAT, "(ADD): 1 inputs and 1 outputs"},
    {"too many inputs", {{OP_INPUTS, T(add), 0, 3}}, FORMAT, "(ADD): 3 inputs and 1 outputs"},
    {"far too many inputs", {{OP_INPUTS, T(concat), 0, 70}}, UNSUPPORTED, "70 inputs, at most 64"},
    {"no output", {{OP_OUTPUTS, T(add), 0, 0}}, FORMAT, "(ADD): 2 inputs and 0 outputs"},
    {"two outputs of one operator", {{OP_OUTPUTS, T(add), 0, 2}}, FORMAT, "(ADD): 2 inputs and 2 outputs"},
    {"tensor out of range", {{OP_INPUT, T(add), 1, 79}}, FORMAT, "input 1 is tensor 79 of"},
    {"tensor negative", {{OP_INPUT, T(add), 1, -2}}, FORMAT, "input 1 is tensor -2 of"},
    {"input left out", {{OP_INPUT, T(add), 1, -1}}, FORMAT, "input 1 is left out"},
    {"output out of range", {{OP_OUTPUT, T(add), 0, 79}}, FORMAT, "output is tensor 79 of"},
    {"operators not in order", {{SWAP, T(pad), 0, 0}}, FORMAT, "which no earlier operator writes"},
    {"operator that reads itself", {{OP_INPUT, T(conv), 0, 4}}, FORMAT, "which no earlier operator writes"},
    {"tensor written twice", {{OP_OUTPUT, T(depthwise), 0, 4}}, FORMAT, "which already has a value"},
    {"constant written", {{OP_OUTPUT, T(depthwise), 0, 2}}, FORMAT, "which already has a value"},
    {"options of another operator", {{OP_TYPE, T(conv), 0, 5}}, FORMAT, "options of type 5, not 1"},

    /* operators: windows and weights */
    {"stride 0", {{OP_OPTION, T(conv), 1, 0}}, FORMAT, "stride width is 0"},
    {"stride negative", {{OP_OPTION, T(conv), 2, -1}}, FORMAT, "stride height is -1"},
    {"stride huge", {{OP_OPTION, T(conv), 2, 2147483647}}, FORMAT, "stride height is 2147483647"},
    {"dilation 0", {{OP_OPTION, T(conv), 4, 0}}, FORMAT, "dilation width is 0"},
    {"window larger than the input", {{OP_OPTION, T(depthwise), 5, 9}}, FORMAT, "window width 19 is larger than the input's 10"},
    {"padding of an unknown kind", {{OP_OPTION, T(conv), 0, 2}}, UNSUPPORTED, "padding of kind 2"},
    {"fused activation unknown", {{OP_OPTION, T(conv), 3, 4}}, UNSUPPORTED, "fused activation 4"},
    {"filter 0", {{OP_OPTION, T(max_pool), 4, 0}}, FORMAT, "filter height is 0"},
    {"output shape of a maximum", {{OP_OPTION, T(max_pool), 1, 5}}, FORMAT, "output shape is 1x8x8x8, the inputs give 1x8x2x8"},
    {"stride over the window", {{OP_OPTION, T(max_pool), 1, 5}, {DIM, T(most_output), 2, 2}}, UNSUPPORTED, "stride width 5 is larger than the window's 3"},
    {"window of far too many elements", {{OP_OPTION, T(max_pool), 3, 65536}, {OP_OPTION, T(max_pool), 4, 65536}}, UNSUPPORTED, "window of 4294967296 elements"},
    {"filter depth not the input's", {{DIM, T(conv_filter), 3, 2}, {DATA_SIZE, T(conv_filter), 0, 144}}, FORMAT, "8 filters of depth 2 do not fit an input of depth 3"},
    {"group 0: a filter deeper than the input", {{DIM, T(conv_filter), 0, 2}, {DIM, T(conv_filter), 3, 12}, {SCALES, T(conv_filter), 0, 2}, {ZEROS, T(conv_filter), 0, 2}}, FORMAT, "2 filters of depth 12 do not fit an input of depth 3"},
    {"groups do not divide the filters", {{DIM, T(conv_filter), 3, 1}, {DATA_SIZE, T(conv_filter), 0, 72}}, FORMAT, "8 filters of depth 1 do not fit"},
    {"depth multiplier not the weights'", {{OP_OPTION, T(depthwise), 3, 2}}, FORMAT, "depth multiplier is 2, the weights give 1"},
    {"weights are computed", {{OP_INPUT, T(conv), 1, 1}}, UNSUPPORTED, "input 1 is not a constant"},
    {"input is a constant operand", {{OP_INPUT, T(conv), 0, 2}}, UNSUPPORTED, "input 0 is a constant"},
    {"weights of another type", {{OP_INPUT, T(conv), 1, 3}}, UNSUPPORTED, "input 1 is INT32, not INT8"},
    {"weights of another rank", {{RANK, T(conv_filter), 0, 3}, {DATA_SIZE, T(conv_filter), 0, 72}}, FORMAT, "input 1 has rank 3, not 4"},
    {"weights' scales on another axis", {{AXIS, T(conv_filter), 0, 3}, {SCALES, T(conv_filter), 0, 3}, {ZEROS, T(conv_filter), 0, 3}}, FORMAT, "belong to axis 3, not 0"},
    {"bias of wrong type", {{OP_INPUT, T(conv), 2, 2}}, UNSUPPORTED, "input 2 is INT8, not INT32"},
    {"bias too short", {{DIM, T(conv_bias), 0, 7}, {SCALES, T(conv_bias), 0, 0}, {ZEROS, T(conv_bias), 0, 0}, {DATA_SIZE, T(conv_bias), 0, 28}}, FORMAT, "7 biases for 8 channels"},
    {"bias scale wrong", {{SCALE, T(conv_bias), 5, 0.5}}, FORMAT, "scale 5 of the bias is 0.5"},
    {"products too large for the output", {{SCALE, T(conv_output), 0, 1e-8}, {SCALES, T(conv_bias), 0, 0}, {ZEROS, T(conv_bias), 0, 0}}, UNSUPPORTED, "scale 0 of the weights is too large for the output's"},
    {"activation leaves one value", {{SCALE, T(conv_output), 0, 1e6}}, UNSUPPORTED, "the activation leaves a single int8 value"},
    {"output shape of a convolution", {{DIM, T(conv_output), 2, 7}}, FORMAT, "output shape is 1x8x7x8, the inputs give 1x8x8x8"},
    {"output type of a convolution", {{TYPE, T(conv_output), 0, MK_F32}}, UNSUPPORTED, "output is FLOAT32, not INT8"},
    {"dense weights do not fit", {{DIM, T(dense_weights), 1, 15}, {DATA_SIZE, T(dense_weights), 0, 75}}, FORMAT, "weights of depth 15 do not fit the input"},
    {"dense weights shuffled", {{OP_OPTION, T(dense), 1, 1}}, UNSUPPORTED, "shuffled weights"},

    /* operators: the others */
    {"padding negative", {{DATA_WORD, T(paddings), 2, -1}}, FORMAT, "padding -1, 1 of axis 1"},
    {"padding huge", {{DATA_WORD, T(paddings), 2, 2147483647}}, FORMAT, "padding 2147483647, 1 of axis 1"},
    {"paddings of another shape", {{DIM, T(paddings), 0, 2}, {DIM, T(paddings), 1, 4}}, FORMAT, "the list of paddings is 2x4, not 4x2"},
    {"padding changes the scale", {{SCALE, T(conv_output), 0, 0.02}}, UNSUPPORTED, "scale or zero point changes"},
    {"mean over other axes", {{DATA_WORD, T(axes), 0, 3}}, FORMAT, "output shape is"},
    {"mean over one axis twice", {{DATA_WORD, T(axes), 0, 2}}, FORMAT, "output shape is"},
    {"mean over an axis that is not there", {{DATA_WORD, T(axes), 0, 4}}, FORMAT, "axis 4 outside the rank of 4"},
    {"joined axis out of range", {{OP_OPTION, T(concat), 0, 4}}, FORMAT, "axis outside the rank of 4"},
    {"joined axis below the range", {{OP_OPTION, T(concat), 0, -5}}, FORMAT, "axis outside the rank of 4"},
    {"joined inputs do not fit", {{OP_INPUT, T(concat), 1, 4}}, FORMAT, "input 1 does not fit input 0"},
    {"operands do not fit", {{OP_INPUT, T(add), 1, 1}}, FORMAT, "axes of 8 and 3 do not fit"},
    {"softmax with another beta", {{OP_OPTION, T(softmax), 0, 0x40000000}}, UNSUPPORTED, "beta is 2, not 1"},
    {"new shape of another size", {{DIM, T(pooled), 3, 8}}, FORMAT, "output shape is 1x1x1x8"},
};
/* clang-format on */

/* Read from memory that ends where the file ends, so that a byte too far is seen. */
static lt_status read_exactly(const mk_model *m, tfl_graph **graph, uint8_t **bytes, lt_error *error) {
    *bytes = malloc(m->file.size ? m->file.size : 1);
    assert_non_null(*bytes);
    memcpy(*bytes, m->file.bytes, m->file.size);
    return tfl_read(*bytes, m->file.size, NULL, graph, error);
}

static void each_defect_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof defects / sizeof defects[0]; i++) {
        lt_error error = {.status = LT_OK};
        tfl_graph *graph;
        uint8_t *bytes;
        mk_model *m = spoiled(defects[i].steps, STEPS);
        lt_status status = read_exactly(m, &graph, &bytes, &error);
        if (status != defects[i].status || !strstr(error.text, defects[i].text) || graph)
            fail_msg("%s: status %d: \"%s\"", defects[i].name, (int)status, error.text);
        assert_int_equal(error.status, status);
        free(bytes);
        mk_free(m);
    }
}

static tfl_graph *read_good(const mk_model *m, uint8_t **bytes) {
    lt_error error = {.status = LT_OK};
    tfl_graph *graph;
    if (read_exactly(m, &graph, bytes, &error) != LT_OK) fail_msg("%s", error.text);
    assert_string_equal(error.text, "");
    return graph;
}

static void a_good_file_is_described(void **state) {
    (void)state;
    smallnet_parts parts;
    mk_model *m = smallnet_with(1, 1, "{\"format\":1}", &parts);
    mk_write(m);
    uint8_t *bytes;
    tfl_graph *graph = read_good(m, &bytes);
    assert_int_equal(graph->tensor_count, m->tensor_count);
    assert_int_equal(graph->op_count, m->op_count);
    assert_int_equal(graph->input, parts.input);
    assert_int_equal(graph->output, parts.output);
    assert_int_equal(graph->classes, SMALLNET_CLASSES);
    assert_true(graph->probabilities);
    assert_int_equal(graph->feature, graph->ops[parts.pool].inputs[0]);
    assert_int_equal(graph->description_size, 4);
    assert_memory_equal(graph->description, "test", 4);
    assert_int_equal(graph->metadata_size, 12);
    assert_memory_equal(graph->metadata, "{\"format\":1}", 12);
    assert_string_equal(graph->ops[parts.depthwise].kind->name, "DEPTHWISE_CONV_2D");
    tfl_free(graph);
    free(bytes);
    mk_free(m);
}

static void a_constant_stays_in_the_file(void **state) {
    (void)state;
    smallnet_parts parts;
    mk_model *m = smallnet(1, &parts);
    mk_write(m);
    uint8_t *bytes;
    tfl_graph *graph = read_good(m, &bytes);
    const tfl_tensor *filter = &graph->tensors[parts.conv_filter];
    assert_ptr_equal(filter->data, bytes + m->tensors[parts.conv_filter].data_at + 4);
    assert_int_equal(filter->elements, 8 * 3 * 3 * 3);
    assert_int_equal(filter->scale_count, 8);
    assert_ptr_equal(filter->scales, bytes + m->tensors[parts.conv_filter].scales_at + 4);
    assert_string_equal(tfl_type_name(filter->type), "INT8");
    tfl_free(graph);
    free(bytes);
    mk_free(m);
}

static void no_metadata_and_no_softmax_is_fine(void **state) {
    (void)state;
    mk_model *m = smallnet_with(0, 0, "{}", NULL);
    m->metadata_name = "other";
    mk_write(m);
    uint8_t *bytes;
    tfl_graph *graph = read_good(m, &bytes);
    assert_null(graph->metadata);
    assert_false(graph->probabilities);
    tfl_free(graph);
    free(bytes);
    mk_free(m);
}

/* Every defect aside, no length of a good file may be read past its end. */
static void no_shorter_file_is_read_past_its_end(void **state) {
    (void)state;
    mk_model *m = smallnet_with(1, 1, "{\"format\":1}", NULL);
    mk_write(m);
    size_t whole = m->file.size;
    int refused = 0;
    for (m->file.size = 0; m->file.size < whole; m->file.size += 13) {
        lt_error error = {.status = LT_OK};
        tfl_graph *graph;
        uint8_t *bytes;
        lt_status status = read_exactly(m, &graph, &bytes, &error);
        assert_true(status == LT_MODEL_FORMAT || status == LT_OK);
        refused += status != LT_OK;
        tfl_free(graph);
        free(bytes);
    }
    assert_true(refused > (int)(whole / 13) * 9 / 10);
    mk_free(m);
}

static void bytes_at_an_odd_address_are_refused(void **state) {
    (void)state;
    mk_model *m = smallnet(1, NULL);
    mk_write(m);
    lt_error error = {.status = LT_OK};
    tfl_graph *graph;
    assert_int_equal(tfl_read(m->file.bytes + 1, m->file.size - 1, NULL, &graph, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "the model's bytes do not start at a multiple of 4");
    mk_free(m);
}

static void more_than_two_gigabytes_are_refused(void **state) {
    (void)state;
    mk_model *m = smallnet(1, NULL);
    mk_write(m);
    lt_error error = {.status = LT_OK};
    tfl_graph *graph;
    assert_int_equal(tfl_read(m->file.bytes, (size_t)INT32_MAX + 1, NULL, &graph, &error), LT_MODEL_UNSUPPORTED);
    assert_string_equal(error.text, "file: 2147483648 bytes, at most 2 GiB are read");
    mk_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_file_is_described),
        cmocka_unit_test(a_constant_stays_in_the_file),
        cmocka_unit_test(no_metadata_and_no_softmax_is_fine),
        cmocka_unit_test(each_defect_is_named),
        cmocka_unit_test(no_shorter_file_is_read_past_its_end),
        cmocka_unit_test(bytes_at_an_odd_address_are_refused),
        cmocka_unit_test(more_than_two_gigabytes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
