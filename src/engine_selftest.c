/* The self-test that travels in a model file: its picture through the network, held against the file's numbers. */
#include <math.h>

#include "answer/decide.h"
#include "engine.h"
#include "model/selftest.h"

/* Draws into the square of lt_check_rgba, so that what is kept of the photo classified last stays. */
static lt_status run(lt_engine *engine, uint32_t seed) {
    loaded *l = engine->current;
    selftest_draw(seed, l->want.width, l->want.height, l->probe);
    input_apply(&l->table, l->probe, (size_t)l->want.width * l->want.height, net_input(l->net)->data);
    lt_status status = net_run(l->net, l->logits, &engine->error);
    if (status == LT_OK && net_gives_probabilities(l->net)) dec_logarithms(l->logits, l->model->label_count);
    return status;
}

lt_status lt_self_test(lt_engine *engine) {
    selftest test;
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    lt_clear(error);
    cancel_begin(&engine->cancel);
    if (!engine->current) return lt_fail(error, LT_NO_MODEL, "lt_self_test: load a model first");
    const loaded *l = engine->current;
    const lt_model *model = l->model;
    if (!l->selftest) return lt_fail(error, LT_NO_SELF_TEST, "the model file has no entry lentigo.selftest");
    lt_status status =
        selftest_read(l->selftest, l->selftest_bytes, model->label_count, &engine->options.allocator, &test, error);
    if (status == LT_OK) status = run(engine, test.seed);
    for (uint32_t i = 0; i < model->label_count && status == LT_OK; i++)
        if (!(fabsf(l->logits[i] - test.logits[i]) <= test.tolerance))
            status = lt_fail(error, LT_SELF_TEST, "class %u, %.40s: the network gives %.9g, its self-test says %.9g",
                             (unsigned)i, model->labels[i].id, (double)l->logits[i], (double)test.logits[i]);
    return status;
}
