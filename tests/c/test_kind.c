/* A model that tells kinds of picture, through the public interface; and broken files of its format. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lentigo.h"
#include "smallkinds.h"

enum { SIDE = 24, DERMOSCOPIC = 0, CLINICAL = 1, ROUNDS = 4000, MOST_CHANGES = 6 };

/* How bright the pictures are that the small model takes for one kind, the other, and neither. */
enum { BRIGHT = 225, DIM = 120, BLACK = 10 };

static lt_engine *engine;
static mk_model *model;
static lt_result *result;

/* `result` is made anew, for the model that is loaded. */
static lt_status renew_result(void) {
    lt_result_free(result);
    return lt_result_create(engine, &result);
}

static int set_up(void **state) {
    (void)state;
    model = smallkinds();
    mk_write(model);
    if (lt_create(NULL, &engine) != LT_OK) return -1;
    uint8_t *copy = malloc(model->file.size); /* gone once the model is loaded */
    if (!copy) return -1;
    memcpy(copy, model->file.bytes, model->file.size);
    lt_status status = lt_load_model(engine, copy, model->file.size);
    free(copy);
    if (status != LT_OK) return -1;
    return renew_result() == LT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    lt_result_free(result);
    lt_destroy(engine);
    mk_free(model);
    return 0;
}

static const uint8_t *draw(uint8_t grey) {
    static uint8_t rgba[SIDE * SIDE * 4];
    for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(grey + i / 4 % 5);
    return rgba;
}

static void classify(uint8_t grey) {
    if (lt_classify_rgba(engine, draw(grey), SIDE, SIDE, NULL, result) != LT_OK) fail_msg("%s", lt_error_text(engine));
}

static void assert_json_kind(const char *kind) {
    char text[4096], wanted[64] = ",\"kind\":\"";
    assert_true(lt_result_json(engine, result, NULL, text, sizeof text) < sizeof text);
    strcat(strcat(wanted, kind), "\",");
    assert_non_null(strstr(text, wanted));
}

/* The kind of the last photo as the definition has it, from the engine's own feature map. */
static uint32_t expected_kind(void) {
    float map[16 * SMALLKINDS_CHANNELS];
    uint32_t shape[3];
    double scores[SMALLKINDS];
    assert_int_equal(lt_feature_map(engine, map, sizeof map / sizeof *map, shape), LT_OK);
    for (int k = 0; k < SMALLKINDS; k++) {
        scores[k] = (double)smallkinds_kind[k][SMALLKINDS_CHANNELS];
        for (int i = 0; i < 16 * SMALLKINDS_CHANNELS; i++)
            scores[k] += (double)smallkinds_kind[k][i % SMALLKINDS_CHANNELS] * (double)map[i] / 16;
    }
    return scores[1] > scores[0];
}

static void each_kind_is_told(void **state) {
    (void)state;
    static const struct {
        uint8_t grey;
        uint32_t kind;
        int not_a_lesion;
        const char *id;
    } cases[] = {
        {BRIGHT, DERMOSCOPIC, 0, "dermoscopic"}, {DIM, CLINICAL, 0, "clinical"}, {BLACK, CLINICAL, 1, "neither"}};
    assert_int_equal(lt_get_model(engine)->kind_count, 2);
    assert_string_equal(lt_get_model(engine)->kinds[CLINICAL].name, "Close-up without a dermatoscope");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        classify(cases[i].grey);
        assert_int_equal(result->kind, cases[i].kind);
        assert_int_equal(result->kind, expected_kind());
        assert_int_equal(result->not_a_lesion != 0, cases[i].not_a_lesion);
        assert_json_kind(cases[i].id);
    }
}

/* Shares, quality and "not a lesion" by the numbers of the picture's kind. */
static void the_numbers_are_those_of_the_kind(void **state) {
    (void)state;
    static const uint8_t greys[] = {BRIGHT, DIM, BLACK};
    for (size_t i = 0; i < sizeof greys; i++) {
        classify(greys[i]);
        const lt_kind *kind = &lt_get_model(engine)->kinds[result->kind];
        double terms[SMALLNET_CLASSES], sum = 0;
        for (int k = 0; k < SMALLNET_CLASSES; k++)
            sum += terms[k] = exp((double)result->logits[k] / (double)kind->temperature + (double)kind->log_prior[k]);
        for (int k = 0; k < SMALLNET_CLASSES; k++)
            assert_float_equal(result->probabilities[k], (float)(terms[k] / sum), 1e-6);
        assert_int_equal(result->not_a_lesion != 0, result->ood_score > kind->ood_threshold);
        int dark = result->quality->values[LT_BRIGHTNESS] < kind->quality[LT_BRIGHTNESS].min;
        assert_int_equal((result->quality->faults & 1u << LT_DARK) != 0, dark);
    }
}

static void further_views_and_priors_keep_the_kind(void **state) {
    (void)state;
    lt_result *first = NULL;
    classify(DIM);
    assert_int_equal(lt_result_create(engine, &first), LT_OK);
    assert_int_equal(lt_result_copy(result, first), LT_OK);
    for (uint32_t i = 1; i < lt_get_model(engine)->views; i++) {
        assert_int_equal(lt_look_again(engine, result), LT_OK);
        assert_int_equal(result->kind, CLINICAL);
    }
    assert_int_equal(lt_result_copy(first, result), LT_OK);
    assert_int_equal(lt_decide(engine, LT_PRIOR_UNIFORM, result), LT_OK);
    assert_int_equal(result->kind, CLINICAL);
    assert_memory_not_equal(result->probabilities, first->probabilities, SMALLNET_CLASSES * sizeof(float));
    assert_int_equal(lt_decide(engine, LT_PRIOR_DATA, result), LT_OK);
    assert_memory_equal(result->probabilities, first->probabilities, SMALLNET_CLASSES * sizeof(float));
    lt_result_free(first);
}

/* The brightness from which a dermatoscopic picture is too dark is 0.2, for the other kind 0.1. */
static void a_check_faults_what_no_kind_allows(void **state) {
    (void)state;
    lt_quality quality = {.size = sizeof quality};
    static const struct {
        uint8_t grey;
        int dark;
    } cases[] = {{60, 0}, {35, 0}, {15, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(lt_check_rgba(engine, draw(cases[i].grey), SIDE, SIDE, NULL, &quality), LT_OK);
        assert_int_equal((quality.faults & 1u << LT_DARK) != 0, cases[i].dark);
    }
}

/* The mean of a map, and the bias, are the logit: exactly the last layer's, but for the rounding of the pooled int8. */
static void maps_speak_of_the_last_layer(void **state) {
    (void)state;
    smallnet_parts parts;
    mk_model *described = smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, &parts);
    const mk_op *dense = &described->ops[parts.dense];
    const float *weights = described->tensors[dense->inputs[1]].data,
                *biases = described->tensors[dense->inputs[2]].data;
    classify(DIM);
    for (uint32_t label = 0; label < SMALLNET_CLASSES; label++) {
        float map[16];
        uint32_t shape[2];
        assert_int_equal(lt_class_map(engine, label, map, 16, shape), LT_OK);
        double mean = 0, rounding = 0;
        for (int i = 0; i < 16; i++) mean += (double)map[i] / 16;
        for (int c = 0; c < 16; c++) rounding += fabs((double)weights[label * 16 + (uint32_t)c]) * 0.51 * 6 / 255;
        assert_float_equal((float)mean + biases[label], result->logits[label], rounding);
    }
    mk_free(described);
}

static void the_entries_are_needed(void **state) {
    (void)state;
    static const struct {
        const void *ood, *kind;
        size_t ood_size, kind_size;
        const char *text;
    } wrong[] = {
        {NULL, smallkinds_kind, 0, sizeof smallkinds_kind, "metadata.ood: the file has no entry lentigo.ood"},
        {smallkinds_ood, NULL, sizeof smallkinds_ood, 0, "metadata.kinds: the file has no entry lentigo.kind"},
        {smallkinds_ood, smallkinds_kind, sizeof smallkinds_ood, sizeof smallkinds_kind / 2,
         "lentigo.kind: 68 bytes, but 2 scores of 16 channels and a bias take 136"},
    };
    classify(DIM);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mk_model *m = smallkinds();
        m->ood = wrong[i].ood;
        m->ood_size = wrong[i].ood_size;
        m->kind = wrong[i].kind;
        m->kind_size = wrong[i].kind_size;
        mk_write(m);
        assert_int_equal(lt_load_model(engine, m->file.bytes, m->file.size), LT_MODEL_METADATA);
        assert_string_equal(lt_error_text(engine), wrong[i].text);
        mk_free(m);
        assert_int_equal(lt_decide(engine, LT_PRIOR_DATA, result), LT_OK); /* by the model loaded before */
    }
}

/* One kind needs no entry: there is nothing to tell. */
static void one_kind_is_always_it(void **state) {
    (void)state;
    mk_model *m = smallnet_with(1, SMALLNET_FLOAT_LOGITS,
                                "{\"format\":2,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"},"
                                "{\"id\":\"e\"}],\"kinds\":[{\"id\":\"only\"}]}",
                                NULL);
    mk_write(m);
    assert_int_equal(lt_load_model(engine, m->file.bytes, m->file.size), LT_OK);
    assert_int_equal(renew_result(), LT_OK);
    classify(DIM);
    assert_int_equal(result->kind, 0);
    assert_json_kind("only");
    assert_int_equal(lt_load_model(engine, model->file.bytes, model->file.size), LT_OK);
    assert_int_equal(renew_result(), LT_OK);
    mk_free(m);
}

/* ---- broken files ---- */

static uint32_t seed = 246813579;

static uint32_t next(uint32_t below) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

/* Half of the changes fall on the document and the entries behind it, which are the file's last bytes. */
static void spoil(uint8_t *bytes, size_t size) {
    static const char odd[] = "{}[]\",:0-9.e\\ \x80\xff";
    size_t from = next(2) && size > 5000 ? size - 5000 : 0, at = from + next((uint32_t)(size - from));
    switch (next(4)) {
    case 0: bytes[at] ^= (uint8_t)(1u << next(8)); break;
    case 1: bytes[at] = (uint8_t)odd[next(sizeof odd)]; break;
    case 2: bytes[at] = (uint8_t)next(256); break;
    default: memmove(bytes + at, bytes + from, (size - at) % 16); break;
    }
}

/* Loaded or refused with a text; what is loaded answers, and its documents can be written. */
static int try_to_use(const uint8_t *bytes, size_t size) {
    lt_status status = lt_load_model(engine, bytes, size);
    if (status != LT_OK) {
        assert_true(status == LT_MODEL_FORMAT || status == LT_MODEL_UNSUPPORTED || status == LT_MODEL_METADATA);
        assert_true(strlen(lt_error_text(engine)) > 10);
        return 0;
    }
    assert_int_equal(renew_result(), LT_OK);
    status = lt_classify_rgba(engine, draw((uint8_t)next(256)), SIDE, SIDE, NULL, result);
    assert_true(status == LT_OK || status == LT_RUNTIME);
    assert_true(lt_model_json(engine, NULL, 0) > 0);
    if (status != LT_OK) return 1;
    assert_true(result->kind < lt_get_model(engine)->kind_count);
    assert_true(lt_result_json(engine, result, NULL, NULL, 0) > 0);
    return 1;
}

static void broken_files_are_refused_or_work(void **state) {
    (void)state;
    int used = 0;
    uint8_t *before = NULL;
    for (int round = 0; round < ROUNDS; round++) {
        size_t size = next(20) == 0 ? 1 + next((uint32_t)model->file.size) : model->file.size;
        uint8_t *bytes = malloc(size);
        assert_non_null(bytes);
        memcpy(bytes, model->file.bytes, size);
        for (uint32_t i = 1 + next(MOST_CHANGES); i > 0; i--) spoil(bytes, size);
        if (try_to_use(bytes, size)) {
            used++;
            free(before); /* the engine has let it go */
            before = bytes;
        } else {
            free(bytes);
        }
    }
    assert_int_equal(lt_load_model(engine, model->file.bytes, model->file.size), LT_OK);
    free(before);
    assert_true(used > ROUNDS / 50 && used < ROUNDS / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_told),
        cmocka_unit_test(the_numbers_are_those_of_the_kind),
        cmocka_unit_test(further_views_and_priors_keep_the_kind),
        cmocka_unit_test(a_check_faults_what_no_kind_allows),
        cmocka_unit_test(maps_speak_of_the_last_layer),
        cmocka_unit_test(the_entries_are_needed),
        cmocka_unit_test(one_kind_is_always_it),
        cmocka_unit_test(broken_files_are_refused_or_work),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
