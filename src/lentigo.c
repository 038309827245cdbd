/* Making an engine, and ending it. */
#include "engine.h"

#include <string.h>

#include "base/memory.h"
#include "base/sized.h"

enum { MAX_THREADS = 64, DEFAULT_MAX_PIXELS = 50000000 };

void lt_options_init(lt_options *options, size_t size) {
    const lt_options defaults = {.threads = 1, .max_pixels = DEFAULT_MAX_PIXELS, .max_bytes = UINT64_MAX};
    memcpy(options, &size, sizeof size);
    (void)sized_write(&defaults, sizeof defaults, sizeof size, options);
}

void lt_request_init(lt_request *request, size_t size) {
    const lt_request defaults = {.prior = LT_PRIOR_DATA, .x = 0.5f, .y = 0.5f};
    memcpy(request, &size, sizeof size);
    (void)sized_write(&defaults, sizeof defaults, sizeof size, request);
}

lt_status lt_create(const lt_options *options, lt_engine **out) {
    lt_options chosen;
    if (!out) return LT_ARGUMENT;
    *out = NULL;
    lt_options_default(&chosen);
    if (options && !sized_read(options, SIZED_UP_TO(lt_options, allocator), &chosen, sizeof chosen)) return LT_ARGUMENT;
    if (chosen.threads < 1 || chosen.threads > MAX_THREADS || chosen.max_pixels < 1) return LT_ARGUMENT;
    if (!chosen.allocator.allocate != !chosen.allocator.release) return LT_ARGUMENT;
    lt_engine *engine = mem_take_clear(&chosen.allocator, sizeof *engine);
    if (!engine) return LT_MEMORY;
    engine->options = chosen;
    lt_status status = img_scratch_create(&engine->options.allocator, &engine->scratch, &engine->error);
    if (status != LT_OK) {
        mem_give(&chosen.allocator, engine);
        return status;
    }
    *out = engine;
    return LT_OK;
}

void lt_destroy(lt_engine *engine) {
    if (!engine) return;
    const lt_allocator memory = engine->options.allocator;
    engine_free_loaded(engine->current, &memory);
    img_scratch_free(engine->scratch);
    mem_give(&memory, engine);
}

lt_status lt_result_create(lt_engine *engine, lt_result **out) {
    if (!out) return LT_ARGUMENT;
    *out = NULL;
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (!engine->current) return lt_fail(&engine->error, LT_NO_MODEL, "lt_result_create: load a model first");
    const lt_model *model = engine->current->model;
    full_result *r = result_create(&engine->options.allocator, model->fingerprint, model->label_count);
    if (!r) return lt_fail(&engine->error, LT_MEMORY, "no memory for a result");
    *out = &r->shown;
    return LT_OK;
}

void lt_cancel(lt_engine *engine) {
    if (engine) atomic_store(&engine->cancel.asked, 1);
}

void lt_resume(lt_engine *engine) {
    if (engine) atomic_store(&engine->cancel.asked, 0);
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
