/* The way of a photo: from its bytes or pixels to the answer, and to one more look. */
#include "engine.h"

#include <math.h>
#include <string.h>

#include "answer/decide.h"
#include "answer/quality.h"
#include "base/clock.h"
#include "photo/image.h"

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

lt_status engine_begin(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
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

const lt_request *engine_request(const lt_request *request, lt_request *defaults) {
    lt_request_default(defaults);
    return request ? request : defaults;
}

img_want engine_want(const img_want *usual, const lt_request *request) {
    img_want want = *usual;
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
    lt_status status = net_feature_map(l->net, l->features, engine_features(l), l->feature_shape, error);
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
    input_apply_view(&l->table, l->rgb, l->want.width, l->want.height, l->views, net_input(l->net)->data);
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

lt_status engine_infer(lt_engine *engine, const img_info *info, lt_prior prior, lt_result *result) {
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

lt_status lt_classify_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                           const lt_request *request, lt_result *result) {
    img_info info;
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = engine_begin(engine, "lt_classify_rgba", rgba, request, result);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = engine_want(&l->want, request);
    status = img_from_rgba(engine->scratch, rgba, width, height, &want, l->rgb, &info, &engine->error);
    return status == LT_OK ? engine_infer(engine, &info, request->prior, result) : status;
}

lt_status lt_check_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const lt_request *request, lt_quality *out) {
    img_info info;
    lt_request defaults;
    request = engine_request(request, &defaults);
    lt_status status = engine_begin(engine, "lt_check_rgba", rgba, request, out);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    img_want want = engine_want(&l->want, request);
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
    lt_status status = engine_begin(engine, name, engine, engine_request(NULL, &defaults), result);
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
    lt_status status = engine_begin(engine, "lt_decide", engine, &request, result);
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
