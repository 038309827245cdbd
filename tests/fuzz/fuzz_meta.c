/* The metadata document of a model of five classes, and its self-test. */
#include <math.h>
#include <string.h>

#include "model/meta.h"
#include "model/selftest.h"
#include "targets.h"

static void run_selftest(const uint8_t *bytes, size_t size, uint32_t classes) {
    static selftest test;
    lt_error error = {.status = LT_OK};
    lt_status status = selftest_read(bytes, size, classes, NULL, &test, &error);
    FUZZ_PROMISE(error.status == status);
    FUZZ_PROMISE(status == LT_OK || status == LT_MODEL_METADATA || status == LT_MODEL_UNSUPPORTED);
    for (uint32_t i = 0; status == LT_OK && i < classes; i++) FUZZ_PROMISE(isfinite(test.logits[i]));
    FUZZ_PROMISE(status != LT_OK || test.tolerance >= 0);
}

static void run(const uint8_t *bytes, size_t size) {
    const meta_net shape = {.classes = 5, .width = 16, .height = 16, .file_bytes = size};
    lt_error error = {.status = LT_OK};
    lt_model *model = NULL;
    lt_status status = meta_read(bytes, size, &shape, NULL, &model, &error);
    FUZZ_PROMISE(error.status == status && (model == NULL) == (status != LT_OK));
    FUZZ_PROMISE(status == LT_OK || status == LT_MODEL_METADATA || status == LT_MODEL_UNSUPPORTED);
    FUZZ_PROMISE(status == LT_OK || strchr(error.text, ' ') != NULL);
    for (uint32_t k = 0; model != NULL && k < model->kind_count; k++) {
        FUZZ_PROMISE(model->kinds[k].temperature > 0 && model->kinds[k].point_count <= LT_MAX_POINTS);
        for (uint32_t i = 0; i < model->label_count; i++) FUZZ_PROMISE(isfinite(model->kinds[k].log_prior[i]));
    }
    free(model);
    run_selftest(bytes, size, shape.classes);
}

const fuzz_target fuzz_meta = {.name = "meta", .run = run};
