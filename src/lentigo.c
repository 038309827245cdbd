/* Making an engine, and ending it. */
#include "engine.h"

#include <stdlib.h>

void lt_options_default(lt_options *options) {
    *options = (lt_options){.threads = 1, .max_pixels = 50000000, .max_bytes = UINT64_MAX, .full_decode = 0};
}

void lt_request_default(lt_request *request) {
    *request = (lt_request){.prior = LT_PRIOR_DATA, .x = 0.5f, .y = 0.5f};
}

lt_status lt_create(const lt_options *options, lt_engine **out) {
    lt_options chosen;
    if (!out) return LT_ARGUMENT;
    *out = NULL;
    lt_options_default(&chosen);
    if (options) chosen = *options;
    if (chosen.threads < 1 || chosen.threads > 64 || chosen.max_pixels < 1) return LT_ARGUMENT;
    lt_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return LT_MEMORY;
    engine->options = chosen;
    lt_status status = img_scratch_create(&engine->scratch, &engine->error);
    if (status != LT_OK) {
        free(engine);
        return status;
    }
    *out = engine;
    return LT_OK;
}

void lt_destroy(lt_engine *engine) {
    if (!engine) return;
    engine_free_loaded(engine->current);
    img_scratch_free(engine->scratch);
    free(engine);
}

const lt_model *lt_get_model(const lt_engine *engine) {
    return engine && engine->current ? engine->current->model : NULL;
}

const char *lt_error_text(const lt_engine *engine) {
    return engine ? engine->error.text : "";
}

size_t lt_peak_bytes(const lt_engine *engine) {
    if (!engine) return 0;
    size_t now = sizeof *engine + engine_loaded_bytes(engine->current) + img_scratch_peak(engine->scratch);
    return now > engine->peak ? now : engine->peak;
}
