/*
 * netrun.c - runs a network on raw inputs, for the tests in Python.
 *
 *     netrun MODEL < inputs > outputs
 *
 * Standard input holds one [height, width, 3] i8 or f32 tensor after the other, standard output gets
 * [classes] f32 for each, and to standard error goes what went wrong.
 */
#include <stdio.h>
#include <stdlib.h>

#include "netload.h"

static uint8_t *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    uint8_t *bytes = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long end = ftell(file);
        rewind(file);
        bytes = end > 0 ? malloc((size_t)end) : NULL;
        *size = bytes ? fread(bytes, 1, (size_t)end, file) : 0;
    }
    fclose(file);
    return bytes;
}

static int run_all(net *n, lt_error *error) {
    static float outputs[LT_MAX_LABELS];
    const net_io *in = net_input(n);
    size_t size = (size_t)in->height * in->width * 3 * (in->is_int8 ? 1 : sizeof(float));
    while (fread(in->data, 1, size, stdin) == size) {
        if (net_run(n, outputs, error) != LT_OK) return 1;
        fwrite(outputs, sizeof(float), net_classes(n), stdout);
    }
    return fflush(stdout) != 0;
}

int main(int count, char **arguments) {
    lt_error error = {.text = "usage: netrun MODEL < inputs > outputs"};
    size_t size = 0;
    uint8_t *bytes = count == 2 ? read_whole(arguments[1], &size) : NULL;
    net *n = NULL;
    int failed = !bytes || net_from_file(bytes, size, 1, &n, &error) != LT_OK;
    free(bytes); /* nothing of the file is needed any more */
    failed = failed || run_all(n, &error);
    if (failed) fprintf(stderr, "%s\n", error.text);
    net_free(n);
    return failed;
}
