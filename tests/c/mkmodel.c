/*
 * mkmodel.c - writes the tests' small int8 network, with metadata, for the tests in Node and Python.
 *
 *     mkmodel FILE          of format 1
 *     mkmodel FILE kinds    of format 2: two kinds of picture, the last layer in single precision
 *     mkmodel FILE described    in f32, by other people: TFLite Metadata, and its labels in an archive behind it
 *     mkmodel FILE unsaid   the same without any
 *     mkmodel FILE tested VERSION     of format 1, of that version, with a self-test
 *     mkmodel FILE failing VERSION    with a self-test that says something else than the network gives
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "described.h"
#include "model/selftest.h"
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

/* What the network gives for the picture of its self-test, by the way of a photo. */
static void answer(const mk_model *m, float logits[SMALLNET_CLASSES]) {
    enum { SIDE = SMALLNET_SIDE };
    static uint8_t rgb[SIDE * SIDE * 3], rgba[SIDE * SIDE * 4];
    const lt_request whole = {.size = sizeof whole, .prior = LT_PRIOR_DATA, .x = 0.5f, .y = 0.5f, .side = 1.0f};
    lt_engine *engine = NULL;
    lt_result *result = NULL;
    selftest_draw(1, SIDE, SIDE, rgb);
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        memcpy(rgba + 4 * i, rgb + 3 * i, 3);
        rgba[4 * i + 3] = 255;
    }
    if (lt_create(NULL, &engine) != LT_OK || lt_load_model(engine, m->file.bytes, m->file.size) != LT_OK ||
        lt_result_create(engine, &result) != LT_OK ||
        lt_classify_rgba(engine, rgba, SIDE, SIDE, &whole, result) != LT_OK)
        abort();
    memcpy(logits, result->logits, SMALLNET_CLASSES * sizeof *logits);
    lt_result_free(result);
    lt_destroy(engine);
}

/* Of that version, with a self-test that is right or wrong. */
static mk_model *with_self_test(const char *version, int right) {
    static char document[4096], entry[400];
    float logits[SMALLNET_CLASSES];
    const char *at = strstr(metadata, "1.2.3");
    (void)snprintf(document, sizeof document, "%.*s%s%s", (int)(at - metadata), metadata, version, at + 5);
    mk_model *m = of_format_1();
    m->metadata = document;
    mk_write(m);
    answer(m, logits);
    if (!right) logits[3] = nextafterf(logits[3], 100.0f);
    int length = snprintf(entry, sizeof entry, "{\"input\":\"blocks:1\",\"logits\":[");
    for (int i = 0; i < SMALLNET_CLASSES; i++)
        length +=
            snprintf(entry + length, sizeof entry - (size_t)length, "%s%.9g", i > 0 ? "," : "", (double)logits[i]);
    (void)snprintf(entry + length, sizeof entry - (size_t)length, "]}");
    m->selftest = entry;
    return m;
}

/* By other people; written already. */
static mk_model *foreign(const char *how) {
    static const described whole = {.name = "Somebody's",
                                    .version = "1.2.3",
                                    .author = "Somebody",
                                    .licence = "CC0-1.0",
                                    .mean = {100, 110, 120},
                                    .std = {50, 60, 70},
                                    .channels = 3,
                                    .labels = "one\ntwo\nthree\nfour\nfive\n"};
    static const described silent = {0};
    int says = strcmp(how, "described") == 0;
    if (!says && strcmp(how, "unsaid") != 0) return NULL;
    return described_write(smallnet_with(0, SMALLNET_SHARES, NULL, NULL), says ? &whole : &silent);
}

static mk_model *wanted(int count, char **arguments) {
    if (count == 2) return of_format_1();
    if (count == 3 && strcmp(arguments[2], "kinds") == 0) return smallkinds();
    if (count == 4 && strcmp(arguments[2], "tested") == 0) return with_self_test(arguments[3], 1);
    if (count == 4 && strcmp(arguments[2], "failing") == 0) return with_self_test(arguments[3], 0);
    return NULL;
}

int main(int count, char **arguments) {
    mk_model *m = wanted(count, arguments), *other = !m && count == 3 ? foreign(arguments[2]) : NULL;
    if (!m && !other) {
        fprintf(stderr, "usage: mkmodel FILE [kinds | described | unsaid | tested VERSION | failing VERSION]\n");
        return 2;
    }
    if (m) mk_write(m);
    if (!m) m = other;
    FILE *file = fopen(arguments[1], "wb");
    int failed = !file || fwrite(m->file.bytes, 1, m->file.size, file) != m->file.size;
    if (file && fclose(file) != 0) failed = 1;
    if (failed) perror(arguments[1]);
    mk_free(m);
    return failed;
}
