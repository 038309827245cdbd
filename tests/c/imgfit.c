/*
 * imgfit FILE WIDTH HEIGHT CROP whole|reduced [REPEATS [X Y TURNS]]
 *
 * Writes what the image path makes of a photo, [HEIGHT, WIDTH, 3] u8, to standard output and one line to
 * standard error: width, height and decode scale of the photo, milliseconds of decoding and resizing, and the
 * most bytes of scratch memory. With REPEATS the times are the medians of that many goes; X and Y are the centre of
 * the square as shares of the sides.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/image.h"

enum { MOST_REPEATS = 1000 };

static uint8_t *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    uint8_t *bytes = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        *size = (size_t)ftell(file);
        bytes = malloc(*size + 1);
        rewind(file);
        if (bytes != NULL) *size = fread(bytes, 1, *size, file);
    }
    fclose(file);
    return bytes;
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, rising);
    return values[count / 2];
}

int main(int argc, char **argv) {
    if (argc < 6) return fputs("imgfit FILE WIDTH HEIGHT CROP whole|reduced [REPEATS [X Y TURNS]]\n", stderr), 2;
    size_t size = 0, repeats = argc > 6 ? strtoul(argv[6], NULL, 10) : 1;
    if (repeats < 1 || repeats > MOST_REPEATS) return fputs("REPEATS is 1 to 1000\n", stderr), 2;
    uint8_t *bytes = read_file(argv[1], &size);
    img_want want = {.width = (uint32_t)strtoul(argv[2], NULL, 10),
                     .height = (uint32_t)strtoul(argv[3], NULL, 10),
                     .crop = strtod(argv[4], NULL),
                     .x = argc > 9 ? strtod(argv[7], NULL) : 0.5,
                     .y = argc > 9 ? strtod(argv[8], NULL) : 0.5,
                     .quarter_turns = argc > 9 ? (uint32_t)strtoul(argv[9], NULL, 10) : 0,
                     .max_pixels = 50000000,
                     .full_decode = strcmp(argv[5], "whole") == 0};
    uint8_t *rgb = malloc((size_t)want.width * want.height * 3);
    img_scratch *scratch = NULL;
    lt_error error;
    lt_clear(&error);
    if (bytes == NULL || rgb == NULL || img_scratch_create(NULL, &scratch, &error) != LT_OK)
        return fprintf(stderr, "%s: cannot be read\n", argv[1]), 2;

    static double decode[MOST_REPEATS], resize[MOST_REPEATS];
    img_info info = {0};
    lt_status status = LT_OK;
    for (size_t i = 0; i < repeats && status == LT_OK; i++) {
        status = img_from_file(scratch, bytes, size, &want, rgb, &info, &error);
        decode[i] = info.decode_ms;
        resize[i] = info.resize_ms;
    }
    if (status == LT_OK) {
        fwrite(rgb, 3, (size_t)want.width * want.height, stdout);
        fprintf(stderr, "%u %u %u %.3f %.3f %zu\n", info.width, info.height, info.decode_scale, median(decode, repeats),
                median(resize, repeats), img_scratch_peak(scratch));
    } else {
        fprintf(stderr, "%s\n", error.text);
    }
    img_scratch_free(scratch);
    free(rgb);
    free(bytes);
    return status == LT_OK ? 0 : 1;
}
