/*
 * Two engines in two threads load models, read photos and write at the same time, under ThreadSanitizer: they share
 * nothing. ThreadSanitizer ends the program with a status of its own where it has seen a race.
 *
 * XNNPACK is not built with it, so each engine computes on its own thread alone; what is seen is our own code and the
 * JSON parser, which is compiled for this program once more.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lentigo.h"
#include "photo.h"
#include "smallkinds.h"

enum { ENGINES = 2, ROUNDS = 25, SIDE = 96 };

static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)((x * (3 + c) + y * 5) % 256);
}

typedef struct job {
    const mk_model *model;
    const photo *picture;
    float probabilities[SMALLNET_CLASSES];
    const char *wrong; /* NULL: nothing */
} job;

/* One engine from its making to its end; what is wrong, NULL where nothing is. */
static const char *one_life(const job *j, float probabilities[SMALLNET_CLASSES]) {
    static _Thread_local char text[1 << 16];
    lt_engine *engine = NULL;
    lt_result *result = NULL;
    if (lt_create(NULL, &engine) != LT_OK) return "no engine";
    const char *wrong = NULL;
    for (int load = 0; load < 2 && !wrong; load++)
        if (lt_load_model(engine, j->model->file.bytes, j->model->file.size) != LT_OK) wrong = "no model";
    if (!wrong && lt_result_create(engine, &result) != LT_OK) wrong = "no result";
    if (!wrong && lt_classify(engine, j->picture->bytes, j->picture->size, NULL, result) != LT_OK) wrong = "no answer";
    if (!wrong && lt_look_again(engine, result) != LT_OK) wrong = "no second look";
    if (!wrong && lt_result_json(engine, result, NULL, text, sizeof text) == 0) wrong = "no JSON of the result";
    if (!wrong && lt_model_json(engine, text, sizeof text) == 0) wrong = "no JSON of the model";
    if (!wrong) memcpy(probabilities, result->probabilities, sizeof(float) * SMALLNET_CLASSES);
    lt_result_free(result);
    lt_destroy(engine);
    return wrong;
}

static void *work(void *argument) {
    job *j = argument;
    for (int round = 0; round < ROUNDS && !j->wrong; round++) {
        float probabilities[SMALLNET_CLASSES] = {0};
        j->wrong = one_life(j, probabilities);
        if (j->wrong) break;
        if (round > 0 && memcmp(probabilities, j->probabilities, sizeof probabilities) != 0)
            j->wrong = "another answer";
        memcpy(j->probabilities, probabilities, sizeof probabilities);
    }
    return NULL;
}

int main(void) {
    mk_model *model = smallkinds();
    mk_write(model);
    const photo_jpeg coded = {.width = SIDE,
                              .height = SIDE,
                              .components = 3,
                              .h = 2,
                              .v = 2,
                              .quantum = 2,
                              .progressive = 1,
                              .adobe = -1,
                              .source = waves};
    photo picture = {0};
    photo_write_jpeg(&picture, &coded);
    job jobs[ENGINES];
    pthread_t threads[ENGINES];
    int failed = 0;
    for (int i = 0; i < ENGINES; i++) {
        jobs[i] = (job){.model = model, .picture = &picture};
        if (pthread_create(&threads[i], NULL, work, &jobs[i]) != 0) return 1;
    }
    for (int i = 0; i < ENGINES; i++) {
        (void)pthread_join(threads[i], NULL);
        if (jobs[i].wrong) fprintf(stderr, "engine %d: %s\n", i, jobs[i].wrong);
        failed |= jobs[i].wrong != NULL;
    }
    failed |= memcmp(jobs[0].probabilities, jobs[1].probabilities, sizeof jobs[0].probabilities) != 0;
    photo_free(&picture);
    mk_free(model);
    if (!failed) printf("%d engines, %d lives each: no race, one answer\n", ENGINES, ROUNDS);
    return failed;
}
