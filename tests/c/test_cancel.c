/* Ending a call from another thread, and from a signal handler in the midst of a photo. */
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "photo.h"

enum { SIDE = 384 };

/* Noise, so that a row of blocks takes more than a page of memory. */
static void noise(uint32_t x, uint32_t y, uint16_t *values) {
    for (uint32_t c = 0; c < 3; c++) values[c] = (uint16_t)((x * 2654435761u ^ y * 40503u ^ c * 977u) >> 7 & 255);
}

static photo written(int progressive) {
    photo file = {0};
    photo_write_jpeg(&file, &(photo_jpeg){.width = SIDE,
                                          .height = SIDE,
                                          .components = 3,
                                          .h = 1,
                                          .v = 1,
                                          .quantum = 1,
                                          .adobe = 0,
                                          .progressive = progressive,
                                          .source = noise});
    return file;
}

static void a_cancelled_engine_does_nothing_until_it_resumes(void **state) {
    bench *b = *state;
    photo file = written(0);
    lt_photo *p = NULL;
    lt_request request;
    lt_quality quality = {.size = sizeof quality};
    uint8_t rgba[4] = {1, 2, 3, 4}, drawn[4] = {1, 2, 3, 4};
    lt_request_default(&request);
    assert_int_equal(lt_photo_open(b->engine, file.bytes, file.size, &p), LT_OK);
    assert_int_equal(lt_photo_classify(p, NULL, b->result), LT_OK);
    lt_result *before = bench_keep(b->engine, b->result);
    lt_cancel(b->engine);
    assert_int_equal(lt_look_again(b->engine, b->result), LT_CANCELLED);
    assert_string_equal(lt_error_text(b->engine), "the network was cancelled");
    assert_int_equal(lt_photo_check(p, NULL, &quality), LT_CANCELLED);
    assert_int_equal(lt_photo_propose(p, &request), LT_CANCELLED);
    assert_int_equal(lt_photo_draw(p, NULL, 1, drawn), LT_CANCELLED);
    assert_memory_equal(drawn, rgba, sizeof rgba);
    assert_int_equal(lt_check_rgba(b->engine, bench_pixels, 2, 2, NULL, &quality), LT_CANCELLED);
    assert_true(bench_same(b->result, before));
    /* what neither reads a photo nor runs the network is not concerned */
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_UNIFORM, b->result), LT_OK);
    assert_int_equal(lt_decide(b->engine, LT_PRIOR_DATA, b->result), LT_OK);
    /* and none of that has disturbed the look at the photo */
    lt_resume(b->engine);
    assert_int_equal(lt_look_again(b->engine, b->result), LT_OK);
    lt_result *looked = bench_keep(b->engine, b->result);
    assert_int_equal(lt_photo_classify(p, NULL, b->result), LT_OK);
    assert_true(bench_same(b->result, before));
    assert_int_equal(lt_look_again(b->engine, b->result), LT_OK);
    assert_true(bench_same(b->result, looked));
    lt_cancel(b->engine);
    assert_int_equal(lt_photo_classify(p, NULL, b->result), LT_CANCELLED);
    assert_int_equal(lt_classify(b->engine, file.bytes, file.size, NULL, b->result), LT_CANCELLED);
    assert_true(bench_same(b->result, looked));
    lt_cancel(NULL);
    lt_resume(NULL);
    lt_result_free(before);
    lt_result_free(looked);
    lt_photo_close(p);
    photo_free(&file);
}

/* ---- in the midst of a photo ----------------------------------------------------------------- */

/*
 * A file in memory with two pages that cannot be read at first. Whoever comes to the first has the engine cancelled by the
 * handler of the signal; coming to the second is too far. Both become readable then.
 */
static struct {
    lt_engine *engine;
    uint8_t *first, *second;
    size_t page;
    volatile sig_atomic_t reached_first, reached_second;
} trap;

static void on_trap(int number, siginfo_t *info, void *context) {
    (void)context;
    const uint8_t *at = info->si_addr;
    if (at >= trap.first && at < trap.first + trap.page) {
        trap.reached_first = 1;
        lt_cancel(trap.engine);
        (void)mprotect(trap.first, trap.page, PROT_READ);
    } else if (at >= trap.second && at < trap.second + trap.page) {
        trap.reached_second = 1;
        (void)mprotect(trap.second, trap.page, PROT_READ);
    } else {
        (void)signal(number, SIG_DFL); /* a fault of another kind comes again and ends the program */
    }
}

static void set_trap(lt_engine *engine, uint8_t *bytes, size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = size / page;
    trap.engine = engine;
    trap.page = page;
    trap.first = bytes + pages / 4 * page;
    trap.second = bytes + pages / 2 * page;
    trap.reached_first = trap.reached_second = 0;
    assert_int_equal(mprotect(trap.first, page, PROT_NONE), 0);
    assert_int_equal(mprotect(trap.second, page, PROT_NONE), 0);
}

static void a_photo_is_not_read_further(void **state) {
    bench *b = *state;
    lt_options options;
    lt_engine *engine = NULL;
    lt_options_default(&options);
    options.full_decode = 1; /* so that all of the file is needed */
    assert_int_equal(lt_create(&options, &engine), LT_OK);
    assert_int_equal(bench_load(engine, b->model), LT_OK);
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO}, before;
    assert_int_equal(sigaction(SIGSEGV, &action, &before), 0);
    for (int progressive = 0; progressive < 2; progressive++) {
        photo file = written(progressive);
        uint8_t *bytes = mmap(NULL, file.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_true(bytes != MAP_FAILED);
        memcpy(bytes, file.bytes, file.size);
        set_trap(engine, bytes, file.size);
        assert_int_equal(lt_classify(engine, bytes, file.size, NULL, b->result), LT_CANCELLED);
        assert_string_equal(lt_error_text(engine), "photo: reading it was cancelled");
        assert_true(trap.reached_first);
        assert_false(trap.reached_second);
        assert_int_equal(b->result->views, 0);
        lt_resume(engine);
        (void)mprotect(trap.second, trap.page, PROT_READ);
        assert_int_equal(munmap(bytes, file.size), 0);
        photo_free(&file);
    }
    assert_int_equal(sigaction(SIGSEGV, &before, NULL), 0);
    lt_destroy(engine);
}

/* ---- from another thread --------------------------------------------------------------------- */

static atomic_int begun;

static void *cancel_soon(void *engine) {
    while (!atomic_load(&begun)) (void)sched_yield();
    lt_cancel(engine);
    return NULL;
}

/* Photo after photo, view after view, until another thread has had enough, wherever that is. */
static void another_thread_ends_it(void **state) {
    bench *b = *state;
    enum { ROUNDS = 20 };
    photo file = written(1);
    lt_result *last = bench_result(b->engine);
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t thread;
        lt_status status = LT_OK;
        atomic_store(&begun, 0);
        assert_int_equal(pthread_create(&thread, NULL, cancel_soon, b->engine), 0);
        while (status == LT_OK) {
            atomic_store(&begun, 1);
            status = lt_classify(b->engine, file.bytes, file.size, NULL, b->result);
            for (int view = 1; view < 4 && status == LT_OK; view++) status = lt_look_again(b->engine, b->result);
            if (status == LT_OK) (void)lt_result_copy(b->result, last);
        }
        assert_int_equal(status, LT_CANCELLED);
        assert_int_equal(pthread_join(thread, NULL), 0);
        lt_resume(b->engine);
    }
    /* and every answer there was is the whole one */
    assert_int_equal(lt_classify(b->engine, file.bytes, file.size, NULL, b->result), LT_OK);
    for (int view = 1; view < 4; view++) assert_int_equal(lt_look_again(b->engine, b->result), LT_OK);
    assert_true(last->views == 0 || bench_same(last, b->result));
    lt_result_free(last);
    photo_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_MODEL(a_cancelled_engine_does_nothing_until_it_resumes),
        WITH_MODEL(a_photo_is_not_read_further),
        WITH_MODEL(another_thread_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
