#include "lentigo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cam.h"
#include "clock.h"
#include "decide.h"
#include "error.h"
#include "image.h"
#include "json.h"
#include "kernels/kernel.h"
#include "linear.h"
#include "meta.h"
#include "net.h"
#include "ops.h"
#include "quality.h"
#include "tflite.h"

/* A model ready to run, and what it saw last: everything that a load replaces as a whole. */
typedef struct loaded {
    net *net;
    lt_model *model;
    img_table table; /* pixel value to tensor value */
    img_want want;   /* what the image path has to deliver by default */
    uint8_t *rgb;    /* [want.height, want.width, 3] u8, the square classified last */
    uint8_t *probe;  /* the same, of lt_check_rgba */
    cam cam;         /* how class maps are made of the features */
    uint32_t feature_shape[3];
    float *features; /* [height, width, channels] f32, of the first view; NULL: the network has none */
    float *map;      /* [height, width] f32, for lt_map_json; NULL: the network has no class maps */
    linear ood;      /* values is NULL where the model has no score for "not a lesion" */
    linear kinds;    /* values is NULL where there is one kind only */
    uint32_t views;  /* of the square that are in the sums; 0: no photo was classified */
    double sums[LT_MAX_LABELS]; /* of the views' logits */
} loaded;

struct lt_engine {
    lt_options options;
    img_scratch *scratch;
    loaded *current; /* NULL before the first model */
    size_t peak;     /* bytes held while one model took another's place */
    lt_error error;
    lt_result answer;            /* being made; copied out when it is whole */
    float logits[LT_MAX_LABELS]; /* of the view being looked at */
};

void lt_options_default(lt_options *options) {
    *options = (lt_options){.threads = 1, .max_pixels = 50000000, .full_decode = 0};
}

void lt_request_default(lt_request *request) {
    *request = (lt_request){.prior = LT_PRIOR_DATA, .x = 0.5f, .y = 0.5f};
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
    free(l->probe);
    free(l->features);
    free(l->map);
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

static size_t map_bytes(const loaded *l) {
    return l->cam.weights ? (size_t)l->cam.height * l->cam.width * sizeof(float) : 0;
}

/* Values of the feature map; 0 where there is none. */
static size_t feature_count(const loaded *l) {
    return (size_t)l->feature_shape[0] * l->feature_shape[1] * l->feature_shape[2];
}

/* Bytes a model takes besides its file. */
static size_t loaded_bytes(const loaded *l) {
    if (!l) return 0;
    return sizeof *l + net_peak_bytes(l->net) + 2 * rgb_bytes(l) + feature_count(l) * sizeof(float) + map_bytes(l);
}

/* All the memory that photos are classified in; the net is there. */
static lt_status take_buffers(loaded *l, lt_error *error) {
    lt_error none; /* a network without a feature map is fine */
    if (net_feature_map(l->net, NULL, 0, l->feature_shape, &none) == LT_OK) cam_find(net_graph(l->net), &l->cam);
    size_t features = feature_count(l) * sizeof(float), map = map_bytes(l);
    l->rgb = malloc(rgb_bytes(l));
    l->probe = malloc(rgb_bytes(l));
    if (features > 0) l->features = malloc(features);
    if (map > 0) l->map = malloc(map);
    if (l->rgb && l->probe && (l->features || features == 0) && (l->map || map == 0)) return LT_OK;
    return lt_fail(error, LT_MEMORY, "no memory for %zu bytes of pixels and features",
                   2 * rgb_bytes(l) + features + map);
}

/* The numbers of the scores that the document asks for: for "not a lesion", and for the kinds where it has several. */
static lt_status read_scores(loaded *l, lt_error *error) {
    const tfl_graph *graph = net_graph(l->net);
    const lt_model *model = l->model;
    const linear_entry ood = {LINEAR_OOD_ENTRY, "ood", graph->ood, graph->ood_size};
    const linear_entry kinds = {LINEAR_KIND_ENTRY, "kinds", graph->kind, graph->kind_size};
    uint32_t channels = l->feature_shape[2];
    int asked = 0;
    for (uint32_t i = 0; i < model->kind_count; i++) asked |= !isnan(model->kinds[i].ood_threshold);
    lt_status status = asked ? linear_read(&ood, 1, channels, &l->ood, error) : LT_OK;
    if (status != LT_OK || model->kind_count == 1) return status;
    return linear_read(&kinds, model->kind_count, channels, &l->kinds, error);
}

/* FNV-1a over words of 8 bytes: not against forgers, but two models of ours never have the same. */
static uint64_t fingerprint(const uint8_t *bytes, size_t size) {
    uint64_t hash = 0xCBF29CE484222325u ^ size;
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < 8 && at + i < size; i++) word |= (uint64_t)bytes[at + i] << 8 * i;
        hash = (hash ^ word) * 0x100000001B3u;
        hash ^= hash >> 32;
    }
    return hash;
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

    l->model->fingerprint = fingerprint(bytes, size);
    l->want = (img_want){.width = input->width,
                         .height = input->height,
                         .crop = (double)l->model->crop,
                         .x = 0.5,
                         .y = 0.5,
                         .max_pixels = options->max_pixels,
                         .full_decode = options->full_decode};
    img_table_make(&l->table, l->model->mean, l->model->std, input->is_int8, input->scale, input->zero_point);
    status = take_buffers(l, error);
    return status == LT_OK ? read_scores(l, error) : status;
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

static int is_share(float value) {
    return value >= 0.0f && value <= 1.0f;
}

static lt_status check_request(const char *name, const lt_request *request, lt_error *error) {
    if ((unsigned)request->prior >= LT_PRIOR_COUNT) return lt_fail(error, LT_ARGUMENT, "%s: unknown prior", name);
    if (!is_share(request->x) || !is_share(request->y))
        return lt_fail(error, LT_ARGUMENT, "%s: x %g, y %g: not both from 0 to 1", name, (double)request->x,
                       (double)request->y);
    if (!is_share(request->side))
        return lt_fail(error, LT_ARGUMENT, "%s: side %g is not from 0 to 1", name, (double)request->side);
    if (request->quarter_turns > 3)
        return lt_fail(error, LT_ARGUMENT, "%s: %u quarter turns, 0 to 3 are made", name,
                       (unsigned)request->quarter_turns);
    return LT_OK;
}

/* What every call on a photo checks first; out is where its answer goes. */
static lt_status begin(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                       const void *out) {
    if (!engine) return LT_ARGUMENT;
    lt_clear(&engine->error);
    if (!photo) return lt_fail(&engine->error, LT_ARGUMENT, "%s: no photo was given", name);
    lt_status status = check_request(name, request, &engine->error);
    if (status != LT_OK) return status;
    if (!out) return lt_fail(&engine->error, LT_ARGUMENT, "%s: no place for the result", name);
    if (!engine->current) return lt_fail(&engine->error, LT_NO_MODEL, "%s: load a model first", name);
    return LT_OK;
}

/* The request, or the defaults in *defaults where there is none. */
static const lt_request *or_default(const lt_request *request, lt_request *defaults) {
    lt_request_default(defaults);
    return request ? request : defaults;
}

static img_want want_of(const loaded *l, const lt_request *request) {
    img_want want = l->want;
    want.quarter_turns = request->quarter_turns;
    if (request->side > 0.0f) {
        want.crop = (double)request->side;
        want.x = (double)request->x;
        want.y = (double)request->y;
    }
    return want;
}

/* Keep the first view's features, and tell from them the kind of picture and whether this is a lesion at all. */
static lt_status judge_features(loaded *l, lt_result *answer, lt_error *error) {
    answer->kind = 0;
    answer->not_a_lesion = 0;
    answer->ood_score = NAN;
    if (!l->features) return LT_OK;
    lt_status status = net_feature_map(l->net, l->features, feature_count(l), l->feature_shape, error);
    if (status != LT_OK) return status;
    size_t positions = (size_t)l->feature_shape[0] * l->feature_shape[1];
    if (l->kinds.values) answer->kind = linear_largest(&l->kinds, l->features, positions);
    if (l->ood.values) answer->ood_score = (float)linear_score(&l->ood, 0, l->features, positions);
    /* false where either is NaN: the kind has no threshold, or the model no score */
    answer->not_a_lesion = answer->ood_score > l->model->kinds[answer->kind].ood_threshold;
    return LT_OK;
}

/*
 * Run the next view of the pixels in l->rgb and decide from the mean with those before; the answer is in
 * engine->answer, whole on LT_OK only, and nothing has changed on an error.
 */
static lt_status look(lt_engine *engine, lt_prior prior) {
    loaded *l = engine->current;
    lt_result *answer = &engine->answer;
    uint32_t count = l->model->label_count;
    double start = clock_ms();
    img_table_apply_view(&l->table, l->rgb, l->want.width, l->want.height, l->views, net_input(l->net)->data);
    lt_status status = net_run(l->net, engine->logits, &engine->error);
    if (status == LT_OK && l->views == 0) status = judge_features(l, answer, &engine->error);
    if (status != LT_OK) return status;
    if (net_gives_probabilities(l->net)) dec_logarithms(engine->logits, count);
    for (uint32_t i = 0; i < count; i++)
        answer->logits[i] = (float)((l->sums[i] + (double)engine->logits[i]) / (l->views + 1));
    status = dec_decide(l->model, prior, answer, &engine->error);
    if (status != LT_OK) return status;
    for (uint32_t i = 0; i < count; i++) l->sums[i] += (double)engine->logits[i];
    answer->views = ++l->views;
    answer->infer_ms += clock_ms() - start;
    return LT_OK;
}

/* From the pixels in engine->current->rgb to the answer; *result is written on LT_OK only. */
static lt_status infer(lt_engine *engine, const img_info *info, lt_prior prior, lt_result *result) {
    loaded *l = engine->current;
    lt_result *answer = &engine->answer;
    double start = clock_ms();
    quality_measure(l->rgb, l->want.width, l->want.height, &answer->quality);
    answer->model = l->model->fingerprint;
    answer->photo_width = info->width;
    answer->photo_height = info->height;
    answer->decode_scale = info->decode_scale;
    answer->missing = (float)info->missing;
    answer->colour = info->colour;
    memcpy(answer->profile, info->profile, sizeof answer->profile);
    answer->decode_ms = info->decode_ms;
    answer->resize_ms = info->resize_ms + clock_ms() - start;
    answer->infer_ms = 0.0;
    l->views = 0;
    memset(l->sums, 0, sizeof l->sums);
    lt_status status = look(engine, prior);
    if (status != LT_OK) return status;
    quality_judge(&l->model->kinds[answer->kind], &answer->quality);
    if (info->missing > 0) answer->quality.faults |= 1u << LT_CUT;
    *result = *answer;
    return LT_OK;
}

lt_status lt_classify(lt_engine *engine, const void *photo, size_t size, const lt_request *request, lt_result *result) {
    img_info info;
    lt_request defaults;
    request = or_default(request, &defaults);
    lt_status status = begin(engine, "lt_classify", photo, request, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = want_of(l, request);
    status = img_from_file(engine->scratch, photo, size, &want, l->rgb, &info, &engine->error);
    return status == LT_OK ? infer(engine, &info, request->prior, result) : status;
}

lt_status lt_photo_bytes(lt_engine *engine, const void *photo, size_t size, const lt_request *request,
                         uint64_t *bytes) {
    lt_request defaults;
    request = or_default(request, &defaults);
    lt_status status = begin(engine, "lt_photo_bytes", photo, request, bytes);
    if (status != LT_OK) return status;
    img_want want = want_of(engine->current, request);
    return img_bytes_needed(photo, size, &want, bytes, &engine->error);
}

lt_status lt_classify_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                           const lt_request *request, lt_result *result) {
    img_info info;
    lt_request defaults;
    request = or_default(request, &defaults);
    lt_status status = begin(engine, "lt_classify_rgba", rgba, request, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = want_of(l, request);
    status = img_from_rgba(engine->scratch, rgba, width, height, &want, l->rgb, &info, &engine->error);
    return status == LT_OK ? infer(engine, &info, request->prior, result) : status;
}

lt_status lt_check_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const lt_request *request, lt_quality *out) {
    img_info info;
    lt_request defaults;
    request = or_default(request, &defaults);
    lt_status status = begin(engine, "lt_check_rgba", rgba, request, out);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = want_of(l, request);
    status = img_from_rgba(engine->scratch, rgba, width, height, &want, l->probe, &info, &engine->error);
    if (status != LT_OK) return status;
    quality_measure(l->probe, want.width, want.height, out);
    quality_judge_unknown(l->model, out);
    return LT_OK;
}

/* Is *result the one that the sums stand for? */
static int is_latest(const loaded *l, const lt_result *result) {
    if (result->label_count != l->model->label_count || result->views != l->views) return 0;
    if (result->kind >= l->model->kind_count || result->model != l->model->fingerprint) return 0;
    for (uint32_t i = 0; i < result->label_count; i++)
        if (result->logits[i] != (float)(l->sums[i] / l->views)) return 0;
    return 1;
}

lt_status lt_look_again(lt_engine *engine, lt_result *result) {
    static const char name[] = "lt_look_again";
    lt_request defaults;
    lt_status status = begin(engine, name, engine, or_default(NULL, &defaults), result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    lt_error *error = &engine->error;
    if (l->views == 0) return lt_fail(error, LT_ARGUMENT, "%s: this model has classified no photo yet", name);
    if (!is_latest(l, result)) return lt_fail(error, LT_ARGUMENT, "%s: not the result of the last photo", name);
    if (l->views == l->model->views)
        return lt_fail(error, LT_ARGUMENT, "%s: all %u views are done", name, (unsigned)l->views);
    engine->answer = *result;
    status = look(engine, result->prior);
    if (status == LT_OK) *result = engine->answer;
    return status;
}

lt_status lt_decide(lt_engine *engine, lt_prior prior, lt_result *result) {
    lt_request request;
    lt_request_default(&request);
    request.prior = prior;
    lt_status status = begin(engine, "lt_decide", engine, &request, result);
    if (status != LT_OK) return status;
    const lt_model *model = engine->current->model;
    if (result->label_count != model->label_count)
        return lt_fail(&engine->error, LT_ARGUMENT, "lt_decide: the result has %u classes, the model %u",
                       (unsigned)result->label_count, (unsigned)model->label_count);
    if (result->model != model->fingerprint)
        return lt_fail(&engine->error, LT_ARGUMENT, "lt_decide: the result is of another model");
    if (result->kind >= model->kind_count)
        return lt_fail(&engine->error, LT_ARGUMENT, "lt_decide: the result is of kind %u, the model has %u",
                       (unsigned)result->kind, (unsigned)model->kind_count);
    return dec_decide(model, prior, result, &engine->error);
}

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
    if (capacity < feature_count(l))
        return lt_fail(&engine->error, LT_ARGUMENT, "the feature map has %zu numbers, there is room for %zu",
                       feature_count(l), capacity);
    memcpy(out, l->features, feature_count(l) * sizeof *out);
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

/* ---- reading about it ------------------------------------------------------------------------ */

/* The map of a class in l->map; NULL where there is none. */
static const float *map_of(const loaded *l, uint32_t label) {
    if (!l->map || l->views == 0 || label >= l->model->label_count) return NULL;
    cam_map(&l->cam, l->features, label, l->map);
    return l->map;
}

/* Are the kind and the classes that the JSON names the model's? */
static int names_what_is_in(const lt_model *model, const lt_result *result) {
    uint32_t count = model->label_count;
    if (result->kind >= model->kind_count || result->label_count != count || result->order[0] >= count ||
        result->set_count > count)
        return 0;
    for (uint32_t i = 0; i < result->set_count; i++)
        if (result->set[i] >= count) return 0;
    return 1;
}

size_t lt_result_json(const lt_engine *engine, const lt_result *result, const lt_extras *extras, char *out,
                      size_t capacity) {
    static const lt_extras none = {0};
    const lt_model *model = lt_get_model(engine);
    json_out json;
    if (!model || !result || !names_what_is_in(model, result)) return 0;
    if (!extras) extras = &none;
    json_begin(&json, out, capacity);
    json_result_open(&json, model, result, extras);
    const loaded *l = engine->current;
    const float *map = extras->map ? map_of(l, extras->map_label) : NULL;
    if (map) {
        json_raw(&json, ",\"map\":");
        json_map(&json, model->labels[extras->map_label].id, map, l->cam.height, l->cam.width);
    }
    json_raw(&json, "}");
    return json_end(&json);
}

size_t lt_quality_json(const lt_quality *quality, char *out, size_t capacity) {
    json_out json;
    if (!quality) return 0;
    json_begin(&json, out, capacity);
    json_quality(&json, quality);
    return json_end(&json);
}

size_t lt_map_json(const lt_engine *engine, uint32_t label, char *out, size_t capacity) {
    const lt_model *model = lt_get_model(engine);
    const float *map = model ? map_of(engine->current, label) : NULL;
    json_out json;
    if (!map) return 0;
    json_begin(&json, out, capacity);
    json_map(&json, model->labels[label].id, map, engine->current->cam.height, engine->current->cam.width);
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

/* Operators that run on the kernel. */
static uint32_t count_operators(const tfl_graph *graph, const kn_kind *kernel) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->op_count; i++) count += op_kernel(graph, &graph->ops[i]) == kernel;
    return count;
}

size_t lt_kernels_json(const lt_engine *engine, char *out, size_t capacity) {
    if (!engine || !engine->current) return 0;
    const tfl_graph *graph = net_graph(engine->current->net);
    json_out json;
    int written = 0;
    json_begin(&json, out, capacity);
    json_raw(&json, "[");
    for (size_t i = 0;; i++) {
        const kn_kind *kernel = kn_line(i); /* NULL, the last: XNNPACK */
        uint32_t count = count_operators(graph, kernel);
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

const char *lt_error_text(const lt_engine *engine) {
    return engine ? engine->error.text : "";
}

size_t lt_peak_bytes(const lt_engine *engine) {
    if (!engine) return 0;
    size_t now = sizeof *engine + loaded_bytes(engine->current) + img_scratch_peak(engine->scratch);
    return now > engine->peak ? now : engine->peak;
}
