#include "lentigo.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "decide.h"
#include "error.h"
#include "image.h"
#include "json.h"
#include "meta.h"
#include "net.h"

/* A model ready to run: everything that a load replaces as a whole. */
typedef struct loaded {
    net *net;
    lt_model *model;
    img_table table; /* pixel value to tensor value */
    img_want want;   /* what the image path has to deliver */
    uint8_t *rgb;    /* [want.height, want.width, 3] u8, what it delivers */
    int has_run;     /* the feature map holds a photo's */
} loaded;

struct lt_engine {
    lt_options options;
    img_scratch *scratch;
    loaded *current; /* NULL before the first model */
    size_t peak;     /* bytes held while one model took another's place */
    lt_error error;
    lt_result answer; /* being made; copied out when it is whole */
};

static const struct {
    const char *name, *text;
} statuses[LT_STATUS_COUNT] = {
    [LT_OK] = {"LT_OK", "fine"},
    [LT_ARGUMENT] = {"LT_ARGUMENT", "the function was called with a wrong argument"},
    [LT_NO_MODEL] = {"LT_NO_MODEL", "no model is loaded"},
    [LT_MEMORY] = {"LT_MEMORY", "there is not enough memory"},
    [LT_MODEL_FORMAT] = {"LT_MODEL_FORMAT", "the model file is damaged or not a .tflite file"},
    [LT_MODEL_UNSUPPORTED] = {"LT_MODEL_UNSUPPORTED", "the model uses something this engine does not run"},
    [LT_MODEL_METADATA] = {"LT_MODEL_METADATA", "the model's metadata are wrong"},
    [LT_IMAGE_FORMAT] = {"LT_IMAGE_FORMAT", "the photo is damaged or neither JPEG nor PNG"},
    [LT_IMAGE_UNSUPPORTED] = {"LT_IMAGE_UNSUPPORTED", "the photo is of a kind that is not read"},
    [LT_IMAGE_SIZE] = {"LT_IMAGE_SIZE", "the photo has too many pixels, or none"},
    [LT_RUNTIME] = {"LT_RUNTIME", "the computation failed"},
};

static const char *const prior_names[LT_PRIOR_COUNT] = {"data", "uniform"};

static int is_prior(lt_prior prior) {
    return (unsigned)prior < LT_PRIOR_COUNT;
}

const char *lt_status_text(lt_status status) {
    return (unsigned)status < LT_STATUS_COUNT ? statuses[status].text : "an unknown status";
}

const char *lt_status_name(lt_status status) {
    return (unsigned)status < LT_STATUS_COUNT ? statuses[status].name : "unknown";
}

const char *lt_prior_name(lt_prior prior) {
    return is_prior(prior) ? prior_names[prior] : "unknown";
}

lt_status lt_prior_from_name(const char *name, lt_prior *out) {
    if (!name || !out) return LT_ARGUMENT;
    for (int i = 0; i < LT_PRIOR_COUNT; i++) {
        if (strcmp(name, prior_names[i]) != 0) continue;
        *out = (lt_prior)i;
        return LT_OK;
    }
    return LT_ARGUMENT;
}

void lt_options_default(lt_options *options) {
    *options = (lt_options){.threads = 1, .max_pixels = 50000000, .full_decode = 0};
}

/* ---- making and loading ---------------------------------------------------------------------- */

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

static void free_loaded(loaded *l) {
    if (!l) return;
    net_free(l->net);
    free(l->model);
    free(l->rgb);
    free(l);
}

void lt_destroy(lt_engine *engine) {
    if (!engine) return;
    free_loaded(engine->current);
    img_scratch_free(engine->scratch);
    free(engine);
}

static size_t rgb_bytes(const loaded *l) {
    return (size_t)l->want.width * l->want.height * 3;
}

/* Bytes a model takes besides its file. */
static size_t loaded_bytes(const loaded *l) {
    return l ? sizeof *l + net_peak_bytes(l->net) + rgb_bytes(l) : 0;
}

static lt_status load_net(loaded *l, const lt_options *options, const uint8_t *bytes, size_t size, lt_error *error) {
    lt_status status = net_load(bytes, size, options->threads, &l->net, error);
    if (status != LT_OK) return status;
    const net_io *input = net_input(l->net);
    meta_net expected = {net_classes(l->net), input->width, input->height, size};
    const uint8_t *json;
    size_t json_size;
    net_metadata(l->net, &json, &json_size);
    status = meta_read(json, json_size, &expected, &l->model, error);
    if (status != LT_OK) return status;

    l->want = (img_want){input->width, input->height, l->model->crop, options->max_pixels, options->full_decode};
    img_table_make(&l->table, l->model->mean, l->model->std, input->is_int8, input->scale, input->zero_point);
    l->rgb = malloc(rgb_bytes(l));
    return l->rgb ? LT_OK : lt_fail(error, LT_MEMORY, "no memory for %zu bytes of pixels", rgb_bytes(l));
}

lt_status lt_load_model(lt_engine *engine, const void *bytes, size_t size) {
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (!bytes) return lt_fail(&engine->error, LT_ARGUMENT, "lt_load_model: bytes is NULL");
    loaded *next = calloc(1, sizeof *next);
    if (!next) return lt_fail(&engine->error, LT_MEMORY, "no memory for a model");
    lt_status status = load_net(next, &engine->options, bytes, size, &engine->error);
    if (status != LT_OK) {
        free_loaded(next);
        return status;
    }
    size_t both =
        sizeof *engine + loaded_bytes(engine->current) + loaded_bytes(next) + img_scratch_held(engine->scratch);
    if (both > engine->peak) engine->peak = both;
    free_loaded(engine->current);
    engine->current = next;
    return LT_OK;
}

const lt_model *lt_get_model(const lt_engine *engine) {
    return engine && engine->current ? engine->current->model : NULL;
}

/* ---- the way of a photo ---------------------------------------------------------------------- */

/* What every call on a photo checks first. */
static lt_status begin(lt_engine *engine, const char *name, const void *photo, lt_prior prior,
                       const lt_result *result) {
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (!photo) return lt_fail(&engine->error, LT_ARGUMENT, "%s: no photo was given", name);
    if (!is_prior(prior)) return lt_fail(&engine->error, LT_ARGUMENT, "%s: unknown prior", name);
    if (!result) return lt_fail(&engine->error, LT_ARGUMENT, "%s: no place for the result", name);
    if (!engine->current) return lt_fail(&engine->error, LT_NO_MODEL, "%s: load a model first", name);
    return LT_OK;
}

/* From the pixels in engine->current->rgb to the answer; *result is written on LT_OK only. */
static lt_status infer(lt_engine *engine, const img_info *info, lt_prior prior, lt_result *result) {
    loaded *l = engine->current;
    lt_result *answer = &engine->answer;
    double start = clock_ms();
    img_table_apply(&l->table, l->rgb, (size_t)l->want.width * l->want.height, net_input(l->net)->data);
    lt_status status = net_run(l->net, answer->logits, &engine->error);
    if (status != LT_OK) return status;
    l->has_run = 1;
    if (net_gives_probabilities(l->net)) dec_logarithms(answer->logits, l->model->label_count);
    status = dec_decide(l->model, prior, answer, &engine->error);
    if (status != LT_OK) return status;
    answer->infer_ms = clock_ms() - start;
    answer->photo_width = info->width;
    answer->photo_height = info->height;
    answer->decode_scale = info->decode_scale;
    answer->decode_ms = info->decode_ms;
    answer->resize_ms = info->resize_ms;
    *result = *answer;
    return LT_OK;
}

lt_status lt_classify(lt_engine *engine, const void *photo, size_t size, lt_prior prior, lt_result *result) {
    img_info info;
    lt_status status = begin(engine, "lt_classify", photo, prior, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    status = img_from_file(engine->scratch, photo, size, &l->want, l->rgb, &info, &engine->error);
    return status == LT_OK ? infer(engine, &info, prior, result) : status;
}

lt_status lt_classify_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height, lt_prior prior,
                           lt_result *result) {
    img_info info;
    lt_status status = begin(engine, "lt_classify_rgba", rgba, prior, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    status = img_from_rgba(engine->scratch, rgba, width, height, &l->want, l->rgb, &info, &engine->error);
    return status == LT_OK ? infer(engine, &info, prior, result) : status;
}

lt_status lt_decide(lt_engine *engine, lt_prior prior, lt_result *result) {
    lt_status status = begin(engine, "lt_decide", engine, prior, result);
    if (status != LT_OK) return status;
    const lt_model *model = engine->current->model;
    if (result->label_count != model->label_count)
        return lt_fail(&engine->error, LT_ARGUMENT, "lt_decide: the result has %u classes, the model %u",
                       (unsigned)result->label_count, (unsigned)model->label_count);
    return dec_decide(model, prior, result, &engine->error);
}

lt_status lt_feature_map(lt_engine *engine, float *out, size_t capacity, uint32_t shape[3]) {
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    lt_clear(error);
    if (!shape) return lt_fail(error, LT_ARGUMENT, "lt_feature_map: no place for the shape");
    if (!engine->current) return lt_fail(error, LT_NO_MODEL, "lt_feature_map: load a model first");
    if (out && !engine->current->has_run)
        return lt_fail(error, LT_ARGUMENT, "lt_feature_map: this model has classified no photo yet");
    return net_feature_map(engine->current->net, out, capacity, shape, error);
}

/* ---- reading about it ------------------------------------------------------------------------ */

size_t lt_result_json(const lt_engine *engine, const lt_result *result, const char *file, int with_logits, char *out,
                      size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    json_out json;
    if (!model || !result || result->label_count != model->label_count) return 0;
    if (result->order[0] >= model->label_count) return 0;
    json_begin(&json, out, capacity);
    json_result(&json, model, result, file, with_logits);
    return json_end(&json);
}

size_t lt_model_json(const lt_engine *engine, char *out, size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    json_out json;
    if (!model) return 0;
    json_begin(&json, out, capacity);
    json_model_open(&json, model);
    json_raw(&json, "}");
    return json_end(&json);
}

const char *lt_error_text(const lt_engine *engine) {
    return engine ? engine->error.text : "";
}

size_t lt_peak_bytes(const lt_engine *engine) {
    if (!engine) return 0;
    size_t now = sizeof *engine + loaded_bytes(engine->current) + img_scratch_peak(engine->scratch);
    return now > engine->peak ? now : engine->peak;
}
