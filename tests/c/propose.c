/*
 * propose WIDTH HEIGHT
 *
 * Reads pictures, [HEIGHT, WIDTH, 4] u8 each, one after the other from standard input and prints for each the
 * square that lt_propose_rgba proposes: x, y and side.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lentigo.h"

int main(int argc, char **argv) {
    if (argc != 3) return fputs("propose WIDTH HEIGHT\n", stderr), 2;
    uint32_t width = (uint32_t)strtoul(argv[1], NULL, 10), height = (uint32_t)strtoul(argv[2], NULL, 10);
    size_t size = (size_t)width * height * 4;
    uint8_t *rgba = malloc(size > 0 ? size : 1);
    lt_request request;
    lt_request_default(&request);
    lt_status status = rgba ? LT_OK : LT_MEMORY;
    while (status == LT_OK && size > 0 && fread(rgba, size, 1, stdin) == 1) {
        status = lt_propose_rgba(rgba, width, height, &request);
        if (status == LT_OK) printf("%.9g %.9g %.9g\n", (double)request.x, (double)request.y, (double)request.side);
    }
    free(rgba);
    if (status != LT_OK) fprintf(stderr, "%s\n", lt_status_text(status));
    return status == LT_OK ? 0 : 1;
}
