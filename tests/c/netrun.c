/*
 * netrun.c - runs a network on raw inputs, for the tests in Python.
 *
 *     netrun MODEL [TENSOR...] < inputs > outputs
 *
 * Standard input holds one [height, width, 3] i8 or f32 tensor after the other, standard output gets
 * [classes] f32 for each, and to standard error goes what went wrong. With numbers of tensors behind it, standard
 * output gets the values of each, [inputs, elements] f32, in place of the network's output: the model is run anew as one
 * that ends there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/tflite.h"
#include "net/net.h"

enum { MOST_BYTES = 1 << 30 };

/* Everything that is left of a file; NULL where that is nothing or too much. */
static uint8_t *read_whole(FILE *file, size_t *size) {
    uint8_t *bytes = NULL;
    size_t room = 1 << 16;
    *size = 0;
    for (size_t got = 1; got > 0 && *size < MOST_BYTES; *size += got) {
        if (!bytes || *size == room) bytes = realloc(bytes, room *= 2);
        if (!bytes) return NULL;
        got = fread(bytes + *size, 1, room - *size, file);
    }
    return bytes;
}

static uint8_t *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    uint8_t *bytes = read_whole(file, size);
    fclose(file);
    return bytes;
}

/* Inputs to outputs of a network with so many of the latter. */
static int run_all(net *n, const uint8_t *inputs, size_t inputs_size, uint32_t count, lt_error *error) {
    float *outputs = malloc(count * sizeof *outputs);
    const net_io *in = net_input(n);
    size_t size = (size_t)in->height * in->width * 3 * (in->is_int8 ? 1 : sizeof(float));
    int failed = !outputs;
    for (size_t at = 0; !failed && size <= inputs_size - at; at += size) {
        memcpy(in->data, inputs + at, size);
        failed = net_run(n, outputs, error) != LT_OK || fwrite(outputs, sizeof(float), count, stdout) != count;
    }
    free(outputs);
    return failed;
}

/* The graph ends at another tensor; operators that are not needed for it are not run. */
static int end_at(tfl_graph *graph, const char *number, lt_error *error) {
    char *end;
    unsigned long tensor = strtoul(number, &end, 10);
    if (*end != '\0' || tensor >= graph->tensor_count || graph->tensors[tensor].data || tensor == graph->input) {
        (void)lt_fail(error, LT_ARGUMENT, "%s: no number of a tensor that is computed", number);
        return 0;
    }
    graph->output = (uint32_t)tensor;
    graph->classes = (uint32_t)graph->tensors[tensor].elements;
    graph->probabilities = 0;
    return 1;
}

/* The network runs when nothing of the file is left. */
static int load(const uint8_t *bytes, size_t size, const char *tensor, net **n, uint32_t *count, lt_error *error) {
    tfl_graph *graph;
    if (tfl_read(bytes, size, NULL, &graph, error) != LT_OK) return 1;
    int failed =
        (tensor && !end_at(graph, tensor, error)) || net_load(graph, &(net_options){.threads = 1}, n, error) != LT_OK;
    *count = graph->classes;
    tfl_free(graph);
    return failed;
}

static int run(const char *path, const char *tensor, const uint8_t *inputs, size_t inputs_size, lt_error *error) {
    size_t size;
    uint32_t count = 0;
    net *n = NULL;
    uint8_t *bytes = read_file(path, &size);
    int failed = !bytes || load(bytes, size, tensor, &n, &count, error);
    free(bytes);
    failed = failed || run_all(n, inputs, inputs_size, count, error);
    net_free(n);
    return failed;
}

int main(int count, char **arguments) {
    lt_error error = {.text = "usage: netrun MODEL [TENSOR...] < inputs > outputs"};
    size_t size = 0;
    uint8_t *inputs = read_whole(stdin, &size);
    int failed = count < 2 || !inputs;
    if (count == 2) failed = failed || run(arguments[1], NULL, inputs, size, &error);
    for (int i = 2; i < count; i++) failed = failed || run(arguments[1], arguments[i], inputs, size, &error);
    failed = fflush(stdout) != 0 || failed;
    if (failed) fprintf(stderr, "%s\n", error.text);
    free(inputs);
    return failed;
}
