/* What lies behind the answer to the photo classified last: its features, and which places spoke for a class. */
#include "engine.h"

#include <string.h>

/* What both readers of the first view's features check; name is the function's. */
static lt_status begin_reading(lt_engine *engine, const char *name, const void *shape, int values) {
    lt_error *error = &engine->error;
    lt_clear(error);
    if (!shape) return lt_fail(error, LT_ARGUMENT, "%s: no place for the shape", name);
    if (!engine->current) return lt_fail(error, LT_NO_MODEL, "%s: load a model first", name);
    if (values && engine->current->views == 0)
        return lt_fail(error, LT_ARGUMENT, "%s: this model has classified no photo yet", name);
    return LT_OK;
}

lt_status lt_feature_map(lt_engine *engine, float *out, size_t capacity, uint32_t shape[3]) {
    if (!engine) return LT_ARGUMENT;
    lt_status status = begin_reading(engine, "lt_feature_map", shape, out != NULL);
    if (status != LT_OK) return status;
    const loaded *l = engine->current;
    memcpy(shape, l->feature_shape, sizeof l->feature_shape);
    if (!l->features) return lt_fail(&engine->error, LT_MODEL_UNSUPPORTED, "the network has no global pooling");
    if (!out) return LT_OK;
    if (capacity < engine_features(l))
        return lt_fail(&engine->error, LT_ARGUMENT, "the feature map has %zu numbers, there is room for %zu",
                       engine_features(l), capacity);
    memcpy(out, l->features, engine_features(l) * sizeof *out);
    return LT_OK;
}

lt_status lt_class_map(lt_engine *engine, uint32_t label, float *out, size_t capacity, uint32_t shape[2]) {
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    lt_status status = begin_reading(engine, "lt_class_map", shape, out != NULL);
    if (status != LT_OK) return status;
    const loaded *l = engine->current;
    const cam *c = &l->cam;
    shape[0] = c->height;
    shape[1] = c->width;
    if (!c->weights)
        return lt_fail(error, LT_MODEL_UNSUPPORTED, "the network does not end in global pooling and one dense layer");
    if (label >= l->model->label_count)
        return lt_fail(error, LT_ARGUMENT, "lt_class_map: class %u of %u", (unsigned)label,
                       (unsigned)l->model->label_count);
    if (!out) return LT_OK;
    if (capacity < (size_t)c->height * c->width)
        return lt_fail(error, LT_ARGUMENT, "the class map has %zu numbers, there is room for %zu",
                       (size_t)c->height * c->width, capacity);
    cam_map(c, l->features, label, out);
    return LT_OK;
}
