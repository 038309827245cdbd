#include "bench.h"

#include <stdlib.h>
#include <string.h>

const char bench_metadata[] =
    "{\"format\":1,\"name\":\"small\",\"version\":\"1.2.3\",\"temperature\":0.5,\"labels\":["
    "{\"id\":\"one\",\"malignant\":true},{\"id\":\"two\"},{\"id\":\"three\"},{\"id\":\"four\",\"malignant\":true},"
    "{\"id\":\"five\"}],\"log_prior\":[-1.609438,-0.9162907,-2.302585,-1.609438,-2.302585]}";
const float bench_shares[SMALLNET_CLASSES] = {0.2f, 0.4f, 0.1f, 0.2f, 0.1f};

const uint8_t bench_png[] = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
                             0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x02, 0x00, 0x00,
                             0x00, 0xfd, 0xd4, 0x9a, 0x73, 0x00, 0x00, 0x00, 0x16, 0x49, 0x44, 0x41, 0x54, 0x78,
                             0x9c, 0x63, 0x38, 0x31, 0xad, 0x22, 0xca, 0xc6, 0x88, 0xe1, 0xd2, 0x82, 0xa6, 0x00,
                             0x23, 0x0d, 0x00, 0x29, 0x26, 0x05, 0x3d, 0x44, 0xb4, 0xfb, 0xdc, 0x00, 0x00, 0x00,
                             0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
const uint8_t bench_pixels[16] = {200, 150, 120, 255, 90, 60, 50, 255, 210, 160, 130, 255, 80, 50, 40, 255};

const size_t bench_png_size = sizeof bench_png;

mk_model *bench_model(int with_softmax, const char *document) {
    mk_model *m = smallnet_with(1, with_softmax, document, NULL);
    mk_write(m);
    return m;
}

/* From an address that is no multiple of anything, and gone at once. */
lt_status bench_load(lt_engine *engine, const mk_model *m) {
    uint8_t *copy = malloc(m->file.size + 1);
    if (!copy) return LT_MEMORY;
    memcpy(copy + 1, m->file.bytes, m->file.size);
    lt_status status = lt_load_model(engine, copy + 1, m->file.size);
    free(copy);
    return status;
}

int bench_set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    if (!b || lt_create(NULL, &b->engine) != LT_OK) return -1;
    b->model = bench_model(0, bench_metadata);
    *state = b;
    if (bench_load(b->engine, b->model) != LT_OK) return -1;
    b->result = bench_result(b->engine);
    return b->result ? 0 : -1;
}

int bench_tear_down(void **state) {
    bench *b = *state;
    lt_result_free(b->result);
    lt_destroy(b->engine);
    mk_free(b->model);
    free(b);
    return 0;
}

const lt_request *bench_request(lt_prior prior) {
    static lt_request request;
    lt_request_default(&request);
    request.prior = prior;
    return &request;
}

lt_result *bench_result(lt_engine *engine) {
    lt_result *result = NULL;
    (void)lt_result_create(engine, &result);
    return result;
}

lt_result *bench_keep(lt_engine *engine, const lt_result *result) {
    lt_result *kept = bench_result(engine);
    if (kept && lt_result_copy(result, kept) == LT_OK) return kept;
    lt_result_free(kept);
    return NULL;
}

int bench_same(const lt_result *a, const lt_result *b) {
    size_t count = a->label_count;
    return a->model == b->model && a->views == b->views && a->kind == b->kind && b->label_count == count &&
           memcmp(a->order, b->order, count * sizeof *a->order) == 0 &&
           memcmp(a->probabilities, b->probabilities, count * sizeof *a->probabilities) == 0 &&
           memcmp(a->logits, b->logits, count * sizeof *a->logits) == 0 && a->malignant == b->malignant &&
           a->prior == b->prior && a->set_count == b->set_count &&
           memcmp(a->set, b->set, a->set_count * sizeof *a->set) == 0 && a->abstain == b->abstain &&
           a->not_a_lesion == b->not_a_lesion && memcmp(&a->ood_score, &b->ood_score, sizeof a->ood_score) == 0 &&
           memcmp(a->quality, b->quality, sizeof *a->quality) == 0 && a->photo_width == b->photo_width &&
           a->photo_height == b->photo_height && a->decode_scale == b->decode_scale && a->missing == b->missing &&
           a->colour == b->colour && strcmp(a->profile, b->profile) == 0;
}

lt_status bench_classify(bench *b, lt_prior prior) {
    return lt_classify(b->engine, bench_png, bench_png_size, bench_request(prior), b->result);
}
