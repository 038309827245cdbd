/*
 * mkmodel.c - writes the tests' small int8 network, with metadata, for the tests in Node and Python.
 *
 *     mkmodel FILE          of format 1
 *     mkmodel FILE kinds    of format 2: two kinds of picture, the last layer in single precision
 */
#include <stdio.h>
#include <string.h>

#include "smallkinds.h"

static const char metadata[] =
    "{\"format\":1,\"name\":\"small\",\"version\":\"1.2.3\",\"labels\":["
    "{\"id\":\"one\",\"name\":\"The first\",\"about\":\"A class.\",\"malignant\":true},"
    "{\"id\":\"two\",\"name\":\"The second\",\"about\":\"A class.\",\"malignant\":false},"
    "{\"id\":\"three\",\"name\":\"The third\",\"about\":\"A class.\",\"malignant\":false},"
    "{\"id\":\"four\",\"name\":\"The fourth\",\"about\":\"A class.\",\"malignant\":true},"
    "{\"id\":\"five\",\"name\":\"The fifth \\u00e9\",\"about\":\"A class.\",\"malignant\":false}],"
    "\"preprocessing\":{\"crop\":1.0,\"width\":16,\"height\":16,\"mean\":[127,127,127],\"std\":[128,128,128],"
    "\"filter\":\"triangle\"},\"log_prior\":[-1.2,-2.3,-0.9,-3.1,-1.918],\"temperature\":0.8,"
    "\"thresholds\":{\"malignant\":0.25,\"confidence\":0.5},\"conformal\":{\"coverage\":0.9,\"prior\":\"uniform\","
    "\"thresholds\":[0.1,0.1,0.1,0.1,0.1]},\"operating_points\":[{\"name\":\"0.90\",\"threshold\":0.2,"
    "\"sensitivity\":0.9,\"specificity\":0.8,\"ppv\":0.5,\"ppv_at_2_percent\":0.08}],"
    "\"quality\":{\"sharpness\":{\"min\":0.05},\"brightness\":{\"min\":0.2,\"max\":0.95},\"contrast\":{\"min\":0.1}},"
    "\"ood\":{\"score\":\"linear\",\"threshold\":0.5},"
    "\"licence\":\"CC0-1.0\",\"attribution\":\"made by a program\"}";

/* Weights of the 16 channels, then the bias. */
static const float ood[17] = {0.3f, -0.7f, 1.1f, -0.2f, 0.9f,  -1.3f, 0.4f, 0.6f, -0.8f,
                              1.7f, -0.1f, 0.5f, -0.6f, -1.9f, 0.8f,  0.2f, 0.25f};

static mk_model *of_format_1(void) {
    mk_model *m = smallnet_with(1, SMALLNET_LOGITS, metadata, NULL);
    m->ood = ood;
    m->ood_size = sizeof ood;
    return m;
}

int main(int count, char **arguments) {
    int kinds = count == 3 && strcmp(arguments[2], "kinds") == 0;
    if (count != 2 && !kinds) {
        fprintf(stderr, "usage: mkmodel FILE [kinds]\n");
        return 2;
    }
    mk_model *m = kinds ? smallkinds() : of_format_1();
    mk_write(m);
    FILE *file = fopen(arguments[1], "wb");
    int failed = !file || fwrite(m->file.bytes, 1, m->file.size, file) != m->file.size;
    if (file && fclose(file) != 0) failed = 1;
    if (failed) perror(arguments[1]);
    mk_free(m);
    return failed;
}
