/*
 * test_memory_allocator.c - an engine with an allocator of the caller's: all memory comes from it, all goes back to it, and
 * any of it may be refused. Linked so that malloc and its like are counted (scarce.h): they are called by nobody else.
 */
#include "check.h"

#include <string.h>

#include "lentigo.h"
#include "photo.h"
#include "scarce.h"
#include "smallatlas.h"
#include "smallkinds.h"

enum { SIDE = 96, DRAWN = 16, GUARD = 16, FILES = 3 };

/* What the allocator has given; each piece begins with its guard, so that a pointer from elsewhere is seen. */
typedef struct purse {
    long given, back; /* pieces */
    long fails_at;    /* the number of the one that is refused; -1: none */
} purse;

static const char guard[GUARD] = "lentigo's purse";

static void *allocate(void *context, size_t size) {
    purse *p = context;
    assert_true(size > 0);
    if (p->given == p->fails_at) {
        p->fails_at = -1;
        return NULL;
    }
    uint8_t *piece = __real_malloc(GUARD + size);
    assert_non_null(piece);
    memcpy(piece, guard, GUARD);
    p->given++;
    return piece + GUARD;
}

static void release(void *context, void *memory) {
    purse *p = context;
    uint8_t *piece = (uint8_t *)memory - GUARD;
    assert_memory_equal(piece, guard, GUARD);
    memset(piece, 0, GUARD);
    free(piece);
    p->back++;
}

static void waves(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)((x * (3 + c) + y * 5) % 256);
}

static mk_model *model;
static photo files[FILES]; /* baseline, progressive, PNG */
static uint8_t atlas_bytes[1 << 16];

static int set_up(void **state) {
    (void)state;
    model = smallkinds();
    mk_write(model);
    for (int i = 0; i < 2; i++)
        photo_write_jpeg(&files[i], &(photo_jpeg){.width = SIDE,
                                                  .height = SIDE,
                                                  .components = 3,
                                                  .h = 2,
                                                  .v = 2,
                                                  .quantum = 2,
                                                  .progressive = i,
                                                  .adobe = -1,
                                                  .source = waves});
    photo_write_png(&files[2], &(photo_png){.width = SIDE, .height = SIDE, .depth = 8, .colour = 2, .source = waves});
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (int i = 0; i < FILES; i++) photo_free(&files[i]);
    mk_free(model);
    return 0;
}

/* All that takes memory once an engine has its model; LT_MEMORY where any of it was refused, else LT_OK. */
static lt_status use(lt_engine *engine, lt_result *result) {
    lt_status worst = LT_OK;
    for (int i = 0; i < FILES; i++) {
        lt_photo *p = NULL;
        lt_request request;
        uint8_t rgba[DRAWN * DRAWN * 4];
        lt_request_default(&request);
        if (lt_photo_open(engine, files[i].bytes, files[i].size, &p) != LT_OK) {
            worst = LT_MEMORY;
            continue;
        }
        const lt_status steps[] = {lt_photo_propose(p, &request), lt_photo_draw(p, NULL, DRAWN, rgba),
                                   lt_photo_classify(p, NULL, result)};
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
            if (steps[k] == LT_OK) continue;
            assert_int_equal(steps[k], LT_MEMORY);
            worst = LT_MEMORY;
        }
        lt_photo_close(p);
    }
    smallatlas_parts parts;
    uint32_t shape[3];
    assert_int_equal(lt_feature_map(engine, NULL, 0, shape), LT_OK);
    const lt_model *m = lt_get_model(engine);
    size_t size = smallatlas(lt_network(engine), shape[2], m->label_count, m->kind_count, atlas_bytes, &parts);
    lt_status status = lt_load_atlas(engine, atlas_bytes, size);
    assert_true(status == LT_OK || status == LT_MEMORY);
    return status == LT_OK ? worst : status;
}

/* An engine's whole life; LT_MEMORY where any of it was refused. */
static lt_status live(purse *p, uint32_t threads) {
    static uint8_t odd[1 << 20];
    lt_options options;
    lt_engine *engine;
    lt_result *result = NULL;
    assert_true(model->file.size < sizeof odd);
    memcpy(odd + 1, model->file.bytes, model->file.size);
    lt_options_default(&options);
    options.allocator = (lt_allocator){allocate, release, p};
    options.threads = threads;
    lt_status status = lt_create(&options, &engine);
    if (status != LT_OK) return status;
    for (int load = 0; load < 2 && status == LT_OK; load++)
        status = lt_load_model(engine, odd + 1, model->file.size); /* at an odd address, so that it is copied */
    if (status == LT_OK) status = lt_result_create(engine, &result);
    if (status == LT_OK) status = use(engine, result);
    assert_true(status == LT_OK || status == LT_MEMORY);
    lt_destroy(engine);
    lt_result_free(result); /* it may outlive the engine */
    return status;
}

static void all_memory_is_the_callers(void **state) {
    (void)state;
    for (uint32_t threads = 1; threads <= 2; threads++) {
        purse p = {.fails_at = -1};
        made = 0;
        assert_int_equal(live(&p, threads), LT_OK);
        assert_int_equal(made, 0);
        assert_true(p.given > 100);
        assert_int_equal(p.given, p.back);
    }
}

/* Some are done without: what a photo took is kept for the next one only where that is one piece. */
static void any_of_it_may_be_refused(void **state) {
    (void)state;
    long refused = 0;
    for (long n = 0;; n++) {
        purse p = {.fails_at = n};
        lt_status status = live(&p, 1);
        assert_int_equal(p.given, p.back);
        if (p.fails_at == n) { /* so many are not asked for */
            assert_int_equal(status, LT_OK);
            break;
        }
        refused += status == LT_MEMORY;
    }
    assert_true(refused > 100);
}

static void half_an_allocator_is_none(void **state) {
    (void)state;
    lt_options options;
    lt_engine *engine;
    lt_options_default(&options);
    options.allocator.allocate = allocate;
    assert_int_equal(lt_create(&options, &engine), LT_ARGUMENT);
    options.allocator = (lt_allocator){.release = release};
    assert_int_equal(lt_create(&options, &engine), LT_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_memory_is_the_callers),
        cmocka_unit_test(any_of_it_may_be_refused),
        cmocka_unit_test(half_an_allocator_is_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
