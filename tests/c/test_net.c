/* test_net.c - the network: edges, answers, feature map, threads, and what it refuses. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "net/input.h"
#include "netload.h"
#include "smallnet.h"

enum { FULLY_CONNECTED = 9, CONV_2D = 3, PIXELS = SMALLNET_SIDE * SMALLNET_SIDE * 3 };

static net *load(mk_model *m, uint32_t threads) {
    lt_error error = {.status = LT_OK};
    net *n;
    mk_write(m);
    uint8_t *copy = malloc(m->file.size);
    assert_non_null(copy);
    memcpy(copy, m->file.bytes, m->file.size);
    if (net_from_file(copy, m->file.size, threads, &n, &error) != LT_OK) fail_msg("%s", error.text);
    assert_string_equal(error.text, "");
    free(copy);
    return n;
}

/* The same picture on every machine, as the network wants it. */
static void fill(const net *n) {
    const net_io *in = net_input(n);
    for (size_t i = 0; i < (size_t)in->height * in->width * 3; i++) {
        int value = (int)((i * i * 37 + i * 11 + 5) % 256) - 128;
        if (in->is_int8)
            ((int8_t *)in->data)[i] = (int8_t)value;
        else
            ((float *)in->data)[i] = (float)(value + 1) / 128;
    }
}

static void run(net *n, float *logits) {
    lt_error error = {.status = LT_OK};
    fill(n);
    if (net_run(n, logits, &error) != LT_OK) fail_msg("%s", error.text);
    assert_string_equal(error.text, "");
}

static void the_int8_edges_are_elided(void **state) {
    (void)state;
    mk_model *m = smallnet(1, NULL);
    net *n = load(m, 1);
    const net_io *in = net_input(n);
    assert_int_equal(in->height, SMALLNET_SIDE);
    assert_int_equal(in->width, SMALLNET_SIDE);
    assert_true(in->is_int8);
    assert_true(in->scale == 1.0f / 128);
    assert_int_equal(in->zero_point, -1);
    assert_int_equal(net_classes(n), SMALLNET_CLASSES);
    assert_true(net_gives_probabilities(n));
    assert_true(net_peak_bytes(n) > m->file.size / 4);
    net_free(n);
    mk_free(m);
}

static void a_float_network_takes_floats(void **state) {
    (void)state;
    mk_model *m = smallnet(0, NULL);
    net *n = load(m, 1);
    assert_false(net_input(n)->is_int8);
    assert_true(net_input(n)->scale == 1);
    assert_int_equal(net_input(n)->zero_point, 0);
    float shares[SMALLNET_CLASSES], sum = 0;
    run(n, shares);
    for (int i = 0; i < SMALLNET_CLASSES; i++) sum += shares[i];
    assert_true(fabsf(sum - 1) < 1e-6f);
    net_free(n);
    mk_free(m);
}

/* The steps of the int8 logits; tests/training/test_operators.py compares them with LiteRT's. */
static void int8_logits_are_these(void **state) {
    (void)state;
    static const int steps[SMALLNET_CLASSES] = {-132, 28, 26, -91, -92};
    mk_model *m = smallnet_with(1, 0, NULL, NULL);
    net *n = load(m, 1);
    float logits[SMALLNET_CLASSES];
    assert_false(net_gives_probabilities(n));
    for (int again = 0; again < 3; again++) {
        run(n, logits);
        for (int i = 0; i < SMALLNET_CLASSES; i++) assert_int_equal(lrintf(logits[i] * 20), steps[i]);
    }
    net_free(n);
    mk_free(m);
}

static void threads_and_neighbours_change_nothing(void **state) {
    (void)state;
    mk_model *models[2] = {smallnet_with(1, 0, NULL, NULL), smallnet_with(1, 0, NULL, NULL)};
    net *alone = load(models[0], 1), *shared = load(models[1], 2);
    float a[SMALLNET_CLASSES], b[SMALLNET_CLASSES], again[SMALLNET_CLASSES];
    run(alone, a);
    run(shared, b);
    run(alone, again);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_equal(a, again, sizeof a);
    net_free(alone);
    run(shared, again);
    assert_memory_equal(a, again, sizeof a);
    net_free(shared);
    mk_free(models[0]);
    mk_free(models[1]);
}

static void the_feature_map_is_what_the_pooling_reads(void **state) {
    (void)state;
    mk_model *m = smallnet(0, NULL);
    net *n = load(m, 1);
    lt_error error = {.status = LT_OK};
    uint32_t shape[3];
    assert_int_equal(net_feature_map(n, NULL, 0, shape, &error), LT_OK);
    assert_int_equal(shape[0], 4);
    assert_int_equal(shape[1], 4);
    assert_int_equal(shape[2], 16);
    float shares[SMALLNET_CLASSES], map[4 * 4 * 16], highest = 0;
    run(n, shares);
    assert_int_equal(net_feature_map(n, map, 4 * 4 * 16, shape, &error), LT_OK);
    for (int i = 0; i < 4 * 4 * 8; i++) {
        int at = i / 8 * 16 + i % 8; /* both halves of the channels are the same */
        assert_true(map[at] == map[at + 8]);
        assert_true(map[at] >= 0 && map[at] <= 6);
        highest = fmaxf(highest, map[at]);
    }
    assert_true(highest > 0.1f);
    assert_int_equal(net_feature_map(n, map, 4 * 4 * 16 - 1, shape, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "the feature map has 256 numbers, there is room for 255");
    net_free(n);
    mk_free(m);
}

/* Picture of 2x2x3 -> [weights] -> list of 2. */
static mk_model *tiny(int is_int8, float weight) {
    mk_model *m = mk_new();
    int32_t x = mk_tensor_of(m, is_int8 ? MK_I8 : MK_F32, (int32_t[]){1, 2, 2, 3}, 4);
    int32_t w = mk_tensor_of(m, is_int8 ? MK_I8 : MK_F32, (int32_t[]){2, 12}, 2);
    int32_t y = mk_tensor_of(m, is_int8 ? MK_I8 : MK_F32, (int32_t[]){1, 2}, 2);
    float reals[24];
    int8_t ints[24];
    for (int i = 0; i < 24; i++) {
        reals[i] = i < 12 ? weight : -weight;
        ints[i] = i < 12 ? 1 : -1;
    }
    mk_fill(m, w, is_int8 ? (void *)ints : (void *)reals, is_int8 ? sizeof ints : sizeof reals);
    if (is_int8) {
        mk_quantise(m, x, 1, 0);
        mk_quantise(m, w, weight, 0);
        mk_quantise(m, y, 1, 0);
    }
    mk_op *op = mk_add(m, FULLY_CONNECTED, x, w, y);
    mk_options(op, 8, "bbb", (int32_t[]){0, 0, 0});
    m->inputs[m->input_count++] = x;
    m->outputs[m->output_count++] = y;
    return m;
}

static void an_int8_network_without_float_edges_runs(void **state) {
    (void)state;
    mk_model *m = tiny(1, 1);
    net *n = load(m, 1);
    float sums[2];
    lt_error error = {.status = LT_OK};
    uint32_t shape[3];
    for (int i = 0; i < 12; i++) ((int8_t *)net_input(n)->data)[i] = (int8_t)(i - 4);
    assert_int_equal(net_run(n, sums, &error), LT_OK);
    assert_true(sums[0] == 18 && sums[1] == -18);
    assert_int_equal(net_feature_map(n, NULL, 0, shape, &error), LT_MODEL_UNSUPPORTED);
    assert_string_equal(error.text, "the network has no global pooling");
    net_free(n);
    mk_free(m);
}

static void an_infinite_answer_is_an_error(void **state) {
    (void)state;
    mk_model *m = tiny(0, 3e38f);
    net *n = load(m, 1);
    float sums[2];
    lt_error error = {.status = LT_OK};
    for (int i = 0; i < 12; i++) ((float *)net_input(n)->data)[i] = 1;
    assert_int_equal(net_run(n, sums, &error), LT_RUNTIME);
    assert_string_equal(error.text, "output 0 of the network is not a finite number");
    net_free(n);
    mk_free(m);
}

/* ---- a last layer in single precision ---- */

enum { RELU_ACTIVATION = 1, RESHAPE = 22, RESHAPE_OPTIONS = 17, DEPTH = 16 };

/* The network that ends in DEQUANTIZE and a dense layer of f32; *dense is that layer. */
static mk_model *float_end(mk_op **dense) {
    smallnet_parts parts;
    mk_model *m = smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, &parts);
    *dense = &m->ops[parts.dense];
    return m;
}

/* What the layer reads, out [DEPTH]: the same network cut off in front of it. */
static void run_up_to(int32_t tensor, float *out) {
    mk_op *dense;
    mk_model *m = float_end(&dense);
    m->outputs[0] = tensor;
    net *n = load(m, 1);
    assert_int_equal(net_classes(n), DEPTH);
    run(n, out);
    net_free(n);
    mk_free(m);
}

/* The layer as dense.h defines it, from the weights in the description. */
static void expect(const mk_model *m, const mk_op *dense, const float *values, float *out) {
    const float *weights = m->tensors[dense->inputs[1]].data;
    const float *bias = dense->input_count > 2 ? m->tensors[dense->inputs[2]].data : NULL;
    for (int k = 0; k < SMALLNET_CLASSES; k++) {
        double sum = 0;
        for (int i = 0; i < DEPTH; i++) sum += (double)weights[k * DEPTH + i] * (double)values[i];
        out[k] = (float)(sum + (bias ? (double)bias[k] : 0));
    }
}

static void a_last_layer_of_floats_is_exact(void **state) {
    (void)state;
    for (int with_bias = 0; with_bias < 2; with_bias++)
        for (uint32_t threads = 1; threads < 3; threads++) {
            mk_op *dense;
            mk_model *m = float_end(&dense);
            if (!with_bias) dense->input_count = 2;
            float values[DEPTH], wanted[SMALLNET_CLASSES], logits[SMALLNET_CLASSES];
            run_up_to(dense->inputs[0], values);
            expect(m, dense, values, wanted);
            net *n = load(m, threads);
            assert_int_equal(net_classes(n), SMALLNET_CLASSES);
            assert_false(net_gives_probabilities(n));
            for (int again = 0; again < 2; again++) {
                run(n, logits);
                assert_memory_equal(logits, wanted, sizeof wanted);
            }
            net_free(n);
            mk_free(m);
        }
}

/* The int8 network's own last layer has steps of 1/20, and its weights are rounded: no more than that is between them. */
static void it_is_near_the_int8_layer_and_has_no_steps(void **state) {
    (void)state;
    mk_op *dense;
    mk_model *m = float_end(&dense), *other = smallnet_with(1, SMALLNET_LOGITS, NULL, NULL);
    net *n = load(m, 1), *steps = load(other, 1);
    float logits[SMALLNET_CLASSES], rounded[SMALLNET_CLASSES];
    run(n, logits);
    run(steps, rounded);
    int between = 0;
    for (int i = 0; i < SMALLNET_CLASSES; i++) {
        assert_true(fabsf(fmaxf(logits[i], -6.6f) - rounded[i]) < 0.4f); /* where the int8 values end */
        between += fabsf(logits[i] * 20 - rintf(logits[i] * 20)) > 0.01f;
    }
    assert_true(between > 2);
    net_free(n);
    net_free(steps);
    mk_free(m);
    mk_free(other);
}

/* A RESHAPE of the floats, as some converters write it, changes nothing. */
static void a_reshape_before_the_layer_changes_nothing(void **state) {
    (void)state;
    mk_op *dense, *plain_dense;
    mk_model *m = float_end(&dense), *plain = float_end(&plain_dense);
    int32_t shape = mk_tensor_of(m, MK_I32, (int32_t[]){4}, 1);
    int32_t shaped = mk_tensor_of(m, MK_F32, (int32_t[]){1, 1, 1, DEPTH}, 4);
    mk_fill(m, shape, (int32_t[]){1, 1, 1, DEPTH}, 16);
    mk_op last = *dense, *reshape = dense;
    *reshape = *mk_add(m, RESHAPE, last.inputs[0], shape, shaped);
    mk_options(reshape, RESHAPE_OPTIONS, ".", (int32_t[]){0});
    last.inputs[0] = shaped;
    m->ops[m->op_count - 1] = last;
    float a[SMALLNET_CLASSES], b[SMALLNET_CLASSES];
    net *n = load(m, 1), *other = load(plain, 1);
    run(n, a);
    run(other, b);
    assert_memory_equal(a, b, sizeof a);
    net_free(n);
    net_free(other);
    mk_free(m);
    mk_free(plain);
}

/* Any other end is XNNPACK's as before: with an activation, and where the floats come from no int8 tensor. */
static void other_ends_are_computed_as_before(void **state) {
    (void)state;
    mk_op *dense;
    mk_model *m = float_end(&dense);
    float values[DEPTH], wanted[SMALLNET_CLASSES], logits[SMALLNET_CLASSES];
    run_up_to(dense->inputs[0], values);
    expect(m, dense, values, wanted);
    dense->options[0] = RELU_ACTIVATION;
    net *n = load(m, 1);
    run(n, logits);
    for (int i = 0; i < SMALLNET_CLASSES; i++) assert_float_equal(logits[i], fmaxf(wanted[i], 0), 1e-5);
    net_free(n);
    mk_free(m);
}

/* Nothing but the dense layer: the input itself is turned into floats. */
static void a_picture_straight_into_the_layer_runs(void **state) {
    (void)state;
    mk_model *m = tiny(0, 1);
    int32_t small = mk_tensor_of(m, MK_I8, (int32_t[]){1, 2, 2, 3}, 4);
    mk_quantise(m, small, 0.5f, 0);
    mk_op dense = m->ops[0];
    m->ops[0] = *mk_add(m, 6, small, -1, 0);
    m->ops[1] = dense;
    m->inputs[0] = small;
    net *n = load(m, 1);
    float sums[2];
    lt_error error = {.status = LT_OK};
    assert_true(net_input(n)->is_int8);
    for (int i = 0; i < 12; i++) ((int8_t *)net_input(n)->data)[i] = (int8_t)(i - 4);
    assert_int_equal(net_run(n, sums, &error), LT_OK);
    assert_true(sums[0] == 9 && sums[1] == -9);
    net_free(n);
    mk_free(m);
}

static void an_infinite_logit_of_it_is_an_error(void **state) {
    (void)state;
    mk_op *dense;
    mk_model *m = float_end(&dense);
    float *weights = m->tensors[dense->inputs[1]].data;
    for (int i = 0; i < DEPTH; i++) weights[2 * DEPTH + i] = 3e38f;
    net *n = load(m, 1);
    float logits[SMALLNET_CLASSES];
    lt_error error = {.status = LT_OK};
    fill(n);
    assert_int_equal(net_run(n, logits, &error), LT_RUNTIME);
    assert_string_equal(error.text, "output 2 of the network is not a finite number");
    net_free(n);
    mk_free(m);
}

/* An operator whose output nobody reads: left out, and its int8 output may be anything. */
static void an_operator_without_a_reader_is_left_out(void **state) {
    (void)state;
    mk_model *with = smallnet_with(1, 0, NULL, NULL), *without = smallnet_with(1, 0, NULL, NULL);
    smallnet_parts parts;
    mk_free(smallnet_with(1, 0, NULL, &parts));
    int32_t dims[] = {1, 8, 8, 8}, aside = mk_tensor_of(with, MK_I8, dims, 4);
    mk_quantise(with, aside, 1, 0);
    mk_add(with, 117, parts.conv_output, -1, aside);
    net *a = load(with, 1), *b = load(without, 1);
    float x[SMALLNET_CLASSES], y[SMALLNET_CLASSES];
    run(a, x);
    run(b, y);
    assert_memory_equal(x, y, sizeof x);
    net_free(a);
    net_free(b);
    mk_free(with);
    mk_free(without);
}

static void a_convolution_without_bias_adds_nothing(void **state) {
    (void)state;
    smallnet_parts parts;
    mk_model *zero = smallnet_with(1, 0, NULL, &parts), *none = smallnet_with(1, 0, NULL, NULL);
    memset(zero->tensors[parts.conv_bias].data, 0, zero->tensors[parts.conv_bias].data_size);
    none->ops[parts.conv].input_count = 2;
    net *a = load(zero, 1), *b = load(none, 1);
    float x[SMALLNET_CLASSES], y[SMALLNET_CLASSES];
    run(a, x);
    run(b, y);
    assert_memory_equal(x, y, sizeof x);
    net_free(a);
    net_free(b);
    mk_free(zero);
    mk_free(none);
}

/* The file ends where readable memory ends: packing must not read a byte more. Then it is gone. */
static void nothing_is_read_behind_the_file(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        mk_model *m = i < 2 ? smallnet(i, NULL) : smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, NULL);
        mk_write(m);
        size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (m->file.size + 3) / 4 * 4, room = (size / page + 2) * page;
        uint8_t *memory = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_true(memory != MAP_FAILED);
        assert_int_equal(mprotect(memory + room - page, page, PROT_NONE), 0);
        uint8_t *bytes = memory + room - page - size;
        memcpy(bytes, m->file.bytes, m->file.size);
        lt_error error = {.status = LT_OK};
        net *n;
        float logits[SMALLNET_CLASSES];
        assert_int_equal(net_from_file(bytes, m->file.size, 1, &n, &error), LT_OK);
        assert_int_equal(munmap(memory, room), 0); /* nor later: running it would trap */
        run(n, logits);
        net_free(n);
        mk_free(m);
    }
}

static void wrong_numbers_of_threads_are_refused(void **state) {
    (void)state;
    mk_model *m = smallnet(1, NULL);
    mk_write(m);
    lt_error error = {.status = LT_OK};
    net *n = (net *)m;
    assert_int_equal(net_from_file(m->file.bytes, m->file.size, 0, &n, &error), LT_ARGUMENT);
    assert_null(n);
    assert_int_equal(net_from_file(m->file.bytes, m->file.size, 65, &n, &error), LT_ARGUMENT);
    assert_string_equal(error.text, "threads: 65, 1 to 64 are allowed");
    net_free(NULL);
    mk_free(m);
}

/* Two forms of input that differ by one step: of one of them every value is the pixel's less 128. */
static void pixels_that_only_move_have_the_values_of_the_table(void **state) {
    (void)state;
    enum { LEVELS = 256 };
    static const int32_t zero_points[] = {-1, 0};
    uint8_t rgb[3 * LEVELS];
    int8_t tensor[3 * LEVELS];
    for (int i = 0; i < 3 * LEVELS; i++) rgb[i] = (uint8_t)(i / 3);
    for (int form = 0; form < 2; form++) {
        input_table table;
        input_table_make(&table, (float[]){127, 127, 127}, (float[]){128, 128, 128}, 1, 1.0f / 128, zero_points[form]);
        assert_int_equal(table.moves, form == 0);
        input_apply(&table, rgb, LEVELS, tensor);
        for (int i = 0; i < 3 * LEVELS; i++) assert_int_equal(tensor[i], table.value.i8[i % 3][i / 3]);
        assert_int_equal(tensor[0], form == 0 ? -128 : -127);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_that_only_move_have_the_values_of_the_table),
        cmocka_unit_test(the_int8_edges_are_elided),
        cmocka_unit_test(a_float_network_takes_floats),
        cmocka_unit_test(int8_logits_are_these),
        cmocka_unit_test(threads_and_neighbours_change_nothing),
        cmocka_unit_test(the_feature_map_is_what_the_pooling_reads),
        cmocka_unit_test(an_int8_network_without_float_edges_runs),
        cmocka_unit_test(an_infinite_answer_is_an_error),
        cmocka_unit_test(a_last_layer_of_floats_is_exact),
        cmocka_unit_test(it_is_near_the_int8_layer_and_has_no_steps),
        cmocka_unit_test(a_reshape_before_the_layer_changes_nothing),
        cmocka_unit_test(other_ends_are_computed_as_before),
        cmocka_unit_test(a_picture_straight_into_the_layer_runs),
        cmocka_unit_test(an_infinite_logit_of_it_is_an_error),
        cmocka_unit_test(an_operator_without_a_reader_is_left_out),
        cmocka_unit_test(a_convolution_without_bias_adds_nothing),
        cmocka_unit_test(nothing_is_read_behind_the_file),
        cmocka_unit_test(wrong_numbers_of_threads_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
