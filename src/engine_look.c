/* The way of a photo: from its bytes or pixels to the answer, and to one more look. */
#include "engine.h"

#include <math.h>
#include <string.h>

#include "answer/decide.h"
#include "answer/quality.h"
#include "base/clock.h"
#include "base/sized.h"
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
                       const void *out, square_call *call) {
    if (!engine) return LT_ARGUMENT;
    lt_error *error = &engine->error;
    lt_clear(error);
    cancel_begin(&engine->cancel);
    if (!photo) return lt_fail(error, LT_ARGUMENT, "%s: no photo was given", name);
    lt_request_default(&call->request);
    if (request && !sized_read(request, SIZED_UP_TO(lt_request, quarter_turns), &call->request, sizeof call->request))
        return lt_fail(error, LT_ARGUMENT, "%s: request.size is that of no version", name);
    lt_status status = check_request(name, &call->request, error);
    if (status != LT_OK) return status;
    if (!out) return lt_fail(error, LT_ARGUMENT, "%s: no place for the result", name);
    if (engine->current) call->want = engine_want(&engine->current->want, &call->request);
    return LT_OK;
}

lt_status engine_begin_with_model(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                                  const void *out, square_call *call) {
    lt_status status = engine_begin(engine, name, photo, request, out, call);
    if (status != LT_OK || engine->current) return status;
    return lt_fail(&engine->error, LT_NO_MODEL, "%s: load a model first", name);
}

lt_status engine_begin_answer(lt_engine *engine, const char *name, const void *photo, const lt_request *request,
                              const lt_result *result, square_call *call) {
    lt_status status = engine_begin_with_model(engine, name, photo, request, result, call);
    if (status != LT_OK || result->model == engine->current->model->fingerprint) return status;
    return lt_fail(&engine->error, LT_ARGUMENT, "%s: the result is of another model", name);
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
static lt_status judge_features(loaded *l, lt_error *error) {
    lt_result *answer = &l->answer->shown;
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
 * Run the next view of the pixels in l->rgb and decide from the mean with those before; the answer is in l->answer, whole
 * on LT_OK only, and nothing has changed on an error.
 */
static lt_status look(loaded *l, lt_prior prior, lt_error *error) {
    uint32_t count = l->model->label_count;
    double start = clock_ms();
    input_apply_view(&l->table, l->rgb, l->want.width, l->want.height, l->views, net_input(l->net)->data);
    lt_status status = net_run(l->net, l->logits, error);
    if (status == LT_OK && l->views == 0) status = judge_features(l, error);
    if (status != LT_OK) return status;
    if (net_gives_probabilities(l->net)) dec_logarithms(l->logits, count);
    for (uint32_t i = 0; i < count; i++)
        l->answer->logits[i] = (float)((l->sums[i] + (double)l->logits[i]) / (l->views + 1));
    status = dec_decide(l->model, prior, l->answer, error);
    if (status != LT_OK) return status;
    for (uint32_t i = 0; i < count; i++) l->sums[i] += (double)l->logits[i];
    l->answer->shown.views = ++l->views;
    l->answer->shown.infer_ms += clock_ms() - start;
    return LT_OK;
}

lt_status engine_infer(lt_engine *engine, const square_call *call, lt_result *out) {
    loaded *l = engine->current;
    const img_info *info = &call->info;
    full_result *answer = l->answer;
    lt_result *shown = &answer->shown;
    double start = clock_ms();
    quality_measure(l->rgb, l->want.width, l->want.height, &answer->quality);
    shown->photo_width = info->width;
    shown->photo_height = info->height;
    shown->decode_scale = info->decode_scale;
    shown->missing = (float)info->missing;
    shown->colour = info->colour;
    memcpy(answer->profile, info->profile, sizeof answer->profile);
    shown->decode_ms = info->decode_ms;
    shown->resize_ms = info->resize_ms + clock_ms() - start;
    shown->infer_ms = 0.0;
    l->views = 0;
    memset(l->sums, 0, l->model->label_count * sizeof *l->sums);
    lt_status status = look(l, call->request.prior, &engine->error);
    if (status != LT_OK) return status;
    quality_judge(&l->model->kinds[shown->kind], &answer->quality);
    if (shown->missing > 0) answer->quality.faults |= 1u << LT_CUT;
    result_copy(answer, result_of(out));
    return LT_OK;
}

lt_status lt_classify_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                           const lt_request *request, lt_result *out) {
    square_call call;
    lt_status status = engine_begin_answer(engine, "lt_classify_rgba", rgba, request, out, &call);
    if (status != LT_OK) return status;
    uint8_t *rgb = engine->current->rgb;
    status = img_from_rgba(engine->scratch, rgba, width, height, &call.want, rgb, &call.info, &engine->error);
    return status == LT_OK ? engine_infer(engine, &call, out) : status;
}

lt_status engine_check(lt_engine *engine, const char *name, const square_call *call, lt_quality *out) {
    const loaded *l = engine->current;
    lt_quality quality;
    quality_measure(l->probe, l->want.width, l->want.height, &quality);
    quality_judge_unknown(l->model, &quality);
    if (call->info.missing > 0) quality.faults |= 1u << LT_CUT;
    if (sized_write(&quality, sizeof quality, QUALITY_LEAST, out)) return LT_OK;
    return lt_fail(&engine->error, LT_ARGUMENT, "%s: the size of the quality is that of no version", name);
}

lt_status lt_check_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const lt_request *request, lt_quality *out) {
    static const char name[] = "lt_check_rgba";
    square_call call;
    lt_status status = engine_begin_with_model(engine, name, rgba, request, out, &call);
    if (status != LT_OK) return status;
    uint8_t *rgb = engine->current->probe;
    status = img_from_rgba(engine->scratch, rgba, width, height, &call.want, rgb, &call.info, &engine->error);
    return status == LT_OK ? engine_check(engine, name, &call, out) : status;
}

/* Is it the one that the sums stand for? */
static int is_latest(const loaded *l, const lt_result *shown) {
    if (shown->views != l->views) return 0;
    for (uint32_t i = 0; i < shown->label_count; i++)
        if (shown->logits[i] != (float)(l->sums[i] / l->views)) return 0;
    return 1;
}

lt_status lt_look_again(lt_engine *engine, lt_result *out) {
    static const char name[] = "lt_look_again";
    square_call call;
    lt_status status = engine_begin_answer(engine, name, engine, NULL, out, &call);
    if (status != LT_OK) return status;
    loaded *l = engine->current;
    lt_error *error = &engine->error;
    if (l->views == 0) return lt_fail(error, LT_ARGUMENT, "%s: this model has classified no photo yet", name);
    if (!is_latest(l, out)) return lt_fail(error, LT_ARGUMENT, "%s: not the result of the last photo", name);
    if (l->views == l->model->views)
        return lt_fail(error, LT_ARGUMENT, "%s: all %u views are done", name, (unsigned)l->views);
    result_copy(result_of(out), l->answer);
    status = look(l, out->prior, error);
    if (status == LT_OK) result_copy(l->answer, result_of(out));
    return status;
}

lt_status lt_decide(lt_engine *engine, lt_prior prior, lt_result *out) {
    lt_request request;
    square_call call;
    lt_request_default(&request);
    request.prior = prior;
    lt_status status = engine_begin_answer(engine, "lt_decide", engine, &request, out, &call);
    if (status != LT_OK) return status;
    if (out->views == 0) return lt_fail(&engine->error, LT_ARGUMENT, "lt_decide: the result has no answer yet");
    return dec_decide(engine->current->model, prior, result_of(out), &engine->error);
}
