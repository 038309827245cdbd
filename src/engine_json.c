/* What is written about the engine and its answers. */
#include "engine.h"

#include "answer/documents.h"
#include "answer/quality.h"
#include "base/json.h"
#include "base/sized.h"
#include "kernels/kernel.h"

/* The map of a class in l->map; NULL where there is none. */
static const float *map_of(const loaded *l, uint32_t label) {
    if (!l->map || l->views == 0 || label >= l->model->label_count) return NULL;
    cam_map(&l->cam, l->features, label, l->map);
    return l->map;
}

size_t lt_result_json(const lt_engine *engine, const lt_result *result, const lt_extras *extras, char *out,
                      size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    lt_extras chosen = {0};
    json_out json;
    if (!model || !result || result->model != model->fingerprint || result->views == 0) return 0;
    if (extras && !sized_read(extras, SIZED_UP_TO(lt_extras, map_label), &chosen, sizeof chosen)) return 0;
    json_begin(&json, out, capacity);
    doc_result_open(&json, model, result, &chosen);
    const loaded *l = engine->current;
    const float *map = chosen.map ? map_of(l, chosen.map_label) : NULL;
    if (map) {
        json_raw(&json, ",\"map\":");
        doc_map(&json, model->labels[chosen.map_label].id, map, l->cam.height, l->cam.width);
    }
    json_raw(&json, "}");
    return json_end(&json);
}

size_t lt_quality_json(const lt_quality *quality, char *out, size_t capacity) {
    lt_quality known;
    json_out json;
    if (!quality || !sized_read(quality, QUALITY_LEAST, &known, sizeof known)) return 0;
    if (known.measure_count > LT_MEASURE_COUNT) known.measure_count = LT_MEASURE_COUNT;
    json_begin(&json, out, capacity);
    doc_quality(&json, &known);
    return json_end(&json);
}

size_t lt_map_json(const lt_engine *engine, uint32_t label, char *out, size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    const float *map = model ? map_of(engine->current, label) : NULL;
    json_out json;
    if (!map) return 0;
    json_begin(&json, out, capacity);
    doc_map(&json, model->labels[label].id, map, engine->current->cam.height, engine->current->cam.width);
    return json_end(&json);
}

size_t lt_model_json(const lt_engine *engine, char *out, size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    json_out json;
    if (!model) return 0;
    json_begin(&json, out, capacity);
    doc_model_open(&json, model);
    json_raw(&json, "}");
    return json_end(&json);
}

size_t lt_kernels_json(const lt_engine *engine, char *out, size_t capacity) {
    if (!engine || !engine->current) return 0;
    json_out json;
    int written = 0;
    json_begin(&json, out, capacity);
    json_raw(&json, "[");
    for (size_t i = 0;; i++) {
        const kn_kind *kernel = kn_line(i); /* NULL, the last: XNNPACK */
        uint32_t count = engine->current->kernels[i];
        if (count > 0) {
            json_raw(&json, written++ ? ",{\"name\":" : "{\"name\":");
            json_string(&json, kernel ? kernel->name : "XNNPACK");
            json_raw(&json, ",\"operators\":");
            json_unsigned(&json, count);
            json_raw(&json, "}");
        }
        if (!kernel) break;
    }
    json_raw(&json, "]");
    return json_end(&json);
}
