/* test_threads.c - threads: every piece runs once, whoever comes late, and the caller sees all of it. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "net/threads.h"

enum { MOST_PIECES = 257, CALLS = 400, TILE = 3 };

/* What a call writes: how often each piece ran, and by which thread. Plain, so that a race shows. */
typedef struct record {
    uint32_t runs[MOST_PIECES];
    uint32_t by[MOST_PIECES];
    atomic_int in_thread[64]; /* calls inside, by thread */
    int slow;                 /* not 0: the piece gives its processor away while it runs */
} record;

static void note(void *context, size_t piece) {
    record *r = context;
    r->runs[piece]++;
    if (r->slow) (void)sched_yield();
}

static void note_with_thread(void *context, size_t thread, size_t piece) {
    record *r = context;
    assert_int_equal(atomic_fetch_add(&r->in_thread[thread], 1), 0);
    note(context, piece);
    r->by[piece] = (uint32_t)thread;
    assert_int_equal(atomic_fetch_sub(&r->in_thread[thread], 1), 1);
}

static void note_tile(void *context, size_t start, size_t tile) {
    for (size_t i = 0; i < tile; i++) note(context, start + i);
}

static pthreadpool_t start(uint32_t count) {
    pthreadpool_t pool;
    lt_error error;
    if (thr_start(count, NULL, &pool, &error) != LT_OK) fail_msg("%s", error.text);
    return pool;
}

static void check_once(const record *r, size_t pieces, uint32_t threads) {
    for (size_t i = 0; i < pieces; i++) {
        assert_int_equal(r->runs[i], 1);
        assert_true(r->by[i] < threads);
    }
    for (size_t i = pieces; i < MOST_PIECES; i++) assert_int_equal(r->runs[i], 0);
}

static void run_calls(uint32_t threads, int slow) {
    pthreadpool_t pool = start(threads);
    record *r = calloc(1, sizeof *r);
    assert_non_null(r);
    for (size_t call = 0; call < CALLS; call++) {
        size_t pieces = call % MOST_PIECES + 1;
        memset(r, 0, sizeof *r);
        r->slow = slow;
        if (call % 2 == 0)
            pthreadpool_parallelize_1d_with_thread(pool, note_with_thread, r, pieces, 0);
        else
            pthreadpool_parallelize_1d_tile_1d(pool, note_tile, r, pieces, TILE, PTHREADPOOL_FLAG_DISABLE_DENORMALS);
        check_once(r, pieces, threads);
    }
    free(r);
    thr_end(pool);
}

static void every_piece_runs_once(void **state) {
    (void)state;
    for (uint32_t threads = 1; threads <= 9; threads += 2) run_calls(threads, 0);
}

/* Many more threads than processors: most come late to most calls. */
static void late_threads_are_not_missed(void **state) {
    (void)state;
    run_calls(48, 1);
}

static void pause_then_call(uint32_t threads) {
    static const struct timespec asleep = {.tv_nsec = 3000000};
    pthreadpool_t pool = start(threads);
    for (int i = 0; i < 20; i++) {
        record r = {.slow = i % 2};
        (void)nanosleep(&asleep, NULL);
        pthreadpool_parallelize_1d(pool, note, &r, MOST_PIECES, 0);
        check_once(&r, MOST_PIECES, threads);
    }
    thr_end(pool);
}

static void sleeping_threads_miss_nothing(void **state) {
    (void)state;
    pause_then_call(2);
    pause_then_call(5);
}

static void *use_a_pool(void *argument) {
    (void)argument;
    run_calls(3, 1);
    return NULL;
}

static void two_pools_do_not_meet(void **state) {
    (void)state;
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, use_a_pool, NULL), 0);
    run_calls(3, 1);
    assert_int_equal(pthread_join(other, NULL), 0);
}

static void a_pool_without_calls_ends(void **state) {
    (void)state;
    for (uint32_t threads = 1; threads <= 64; threads++) thr_end(start(threads));
    thr_end(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_runs_once),         cmocka_unit_test(late_threads_are_not_missed),
        cmocka_unit_test(sleeping_threads_miss_nothing), cmocka_unit_test(two_pools_do_not_meet),
        cmocka_unit_test(a_pool_without_calls_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
