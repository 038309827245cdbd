/*
 * pthreadpool's loops (portable-api.c) give each thread a range of pieces, and a thread that has finished its own takes
 * from the others'. They stand on `pthreadpool_parallelize`, which pthreadpool has as well; the one here replaces it.
 *
 * pthreadpool's waits until every thread has looked at every call, and on a busy processor that takes as long as the system
 * leaves one of them waiting for its turn. Here a thread enters a call, and the caller waits for those alone that are
 * inside when no piece is left. One that comes late finds the call closed, and the caller has done its pieces.
 */
#include "threads.h"

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)

lt_status thr_start(uint32_t count, const lt_allocator *memory, pthreadpool_t *pool, lt_error *error) {
    (void)count, (void)memory, (void)error;
    *pool = NULL;
    return LT_OK;
}

void thr_end(pthreadpool_t pool) {
    (void)pool;
}

#else

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"

#if defined(__EMSCRIPTEN__)
#include <emscripten/threading.h>
#include <math.h>
#else
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/* Inner headers of pthreadpool, of the version in toolchain/pins.txt. */
#include <threadpool-atomics.h>
#include <threadpool-common.h>
#include <threadpool-object.h>
#if !defined(__EMSCRIPTEN__)
#include <threadpool-utils.h>
#endif

/* The state of a pool: how many threads are inside the call, whether it is open, whether to end, and its number. */
enum { INSIDE = 0xff, OPEN = 1 << 8, QUIT = 1 << 9, CALL = 1 << 10 };

/*
 * How often a thread looks before it sleeps, which costs the system some microseconds. Between two operators of a network
 * there are few; longer spinning takes time from the very thread that is waited for, where processors are short.
 */
#if defined(__EMSCRIPTEN__)
enum { LOOKS = 20000 };
#else
enum { LOOKS = 1000 };
#endif

typedef struct pool {
    _Alignas(PTHREADPOOL_CACHELINE_SIZE) _Atomic uint32_t state;
    _Atomic uint32_t asleep; /* threads that wait for a call in their sleep */
    _Alignas(PTHREADPOOL_CACHELINE_SIZE) _Atomic uint32_t left; /* changes when the last thread leaves a closed call */
    _Alignas(PTHREADPOOL_CACHELINE_SIZE) thread_function_t function;
    uint32_t flags; /* of the call */
    uint32_t started; /* threads beside the caller */
    const lt_allocator *memory;
    void *base; /* what it gave */
} pool;

/* Pthreadpool's part, which ends with an entry for each thread, comes right behind ours. */
static struct pthreadpool *shared_of(pool *p) {
    return (struct pthreadpool *)(void *)(p + 1);
}

static pool *pool_of(struct pthreadpool *shared) {
    return (pool *)(void *)shared - 1;
}

/* ---- waiting ---- */

static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
#if defined(__EMSCRIPTEN__)
    (void)emscripten_futex_wait((volatile void *)word, value, INFINITY);
#else
    (void)syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL);
#endif
}

static void wake_all(_Atomic uint32_t *word) {
#if defined(__EMSCRIPTEN__)
    (void)emscripten_futex_wake((volatile void *)word, INT_MAX);
#else
    (void)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX);
#endif
}

/* Is there something to do for a thread that has seen the call `last`? */
static int is_news(uint32_t state, uint32_t last) {
    return (state & QUIT) != 0 || ((state & OPEN) != 0 && state / CALL != last);
}

static uint32_t await_call(pool *p, uint32_t last) {
    uint32_t state = atomic_load_explicit(&p->state, memory_order_acquire);
    for (int i = 0; i < LOOKS && !is_news(state, last); i++) {
        pthreadpool_yield();
        state = atomic_load_explicit(&p->state, memory_order_acquire);
    }
    if (is_news(state, last)) return state;
    (void)atomic_fetch_add(&p->asleep, 1);
    /* Either the caller sees one more asleep and wakes it, or the state it wrote is seen here. */
    while (!is_news(state = atomic_load(&p->state), last)) sleep_while(&p->state, state);
    (void)atomic_fetch_sub(&p->asleep, 1);
    return state;
}

/* No piece is left; those inside finish theirs. */
static void await_others(pool *p) {
    uint32_t left = atomic_load(&p->left);
    uint32_t state = atomic_fetch_and(&p->state, ~(uint32_t)OPEN);
    for (int i = 0; i < LOOKS && (state & INSIDE) != 0; i++) {
        pthreadpool_yield();
        state = atomic_load_explicit(&p->state, memory_order_acquire);
    }
    while ((atomic_load_explicit(&p->state, memory_order_acquire) & INSIDE) != 0) sleep_while(&p->left, left);
}

/* ---- a thread ---- */

#if defined(__EMSCRIPTEN__)

/* WebAssembly has no such mode. */
static void run(pool *p, struct thread_info *thread) {
    p->function(shared_of(p), thread);
}

#else

/* f32 that is too small for its usual form counts as zero in a thread as it does in the caller. */
static void run(pool *p, struct thread_info *thread) {
    int flush = (p->flags & PTHREADPOOL_FLAG_DISABLE_DENORMALS) != 0;
    struct fpu_state state = get_fpu_state();
    if (flush) disable_fpu_denormals();
    p->function(shared_of(p), thread);
    if (flush) set_fpu_state(state);
}

#endif

static void leave(pool *p) {
    uint32_t state = atomic_fetch_sub(&p->state, 1) - 1;
    if ((state & (INSIDE | OPEN)) != 0) return;
    (void)atomic_fetch_add(&p->left, 1);
    wake_all(&p->left);
}

static void *work(void *argument) {
    struct thread_info *thread = argument;
    pool *p = pool_of(thread->threadpool);
    for (uint32_t last = 0;;) {
        uint32_t state = await_call(p, last);
        if (state & QUIT) return NULL;
        if (!atomic_compare_exchange_weak(&p->state, &state, state + 1)) continue;
        last = state / CALL;
        run(p, thread);
        leave(p);
    }
}

/* ---- a call ---- */

/* What the loops of pthreadpool call. The threads read what is written here once they have entered. */
PTHREADPOOL_INTERNAL void pthreadpool_parallelize(struct pthreadpool *shared, thread_function_t function,
                                                  const void *params, size_t params_size, void *task, void *context,
                                                  size_t range, uint32_t flags) {
    pool *p = pool_of(shared);
    size_t threads = shared->threads_count.value, each = range / threads, more = range % threads, start = 0;
    p->function = function;
    p->flags = flags;
    pthreadpool_store_relaxed_void_p(&shared->task, task);
    pthreadpool_store_relaxed_void_p(&shared->argument, context);
    if (params_size > 0) memcpy(&shared->params, params, params_size);
    for (size_t i = 0; i < threads; i++) {
        struct thread_info *thread = &shared->threads[i];
        size_t length = each + (i < more);
        pthreadpool_store_relaxed_size_t(&thread->range_start, start);
        pthreadpool_store_relaxed_size_t(&thread->range_end, start + length);
        pthreadpool_store_relaxed_size_t(&thread->range_length, length);
        start += length;
    }
    uint32_t closed = atomic_load_explicit(&p->state, memory_order_relaxed);
    atomic_store(&p->state, (closed + CALL) | OPEN);
    if (atomic_load(&p->asleep) > 0) wake_all(&p->state);
    run(p, &shared->threads[0]);
    await_others(p);
}

/* ---- start and end ---- */

static void end(pool *p) {
    (void)atomic_fetch_or(&p->state, QUIT);
    wake_all(&p->state);
    for (uint32_t i = 1; i <= p->started; i++) (void)pthread_join(shared_of(p)->threads[i].thread_object, NULL);
    mem_give(p->memory, p->base);
}

lt_status thr_start(uint32_t count, const lt_allocator *memory, pthreadpool_t *out, lt_error *error) {
    size_t size = sizeof(pool) + sizeof(struct pthreadpool) + count * sizeof(struct thread_info);
    *out = NULL;
    if (count < 2) return LT_OK;
    uint8_t *base = mem_take_clear(memory, size + PTHREADPOOL_CACHELINE_SIZE);
    if (!base) return lt_fail(error, LT_MEMORY, "no memory for %u threads", (unsigned)count);
    size_t over = (uintptr_t)base % PTHREADPOOL_CACHELINE_SIZE;
    pool *p = (pool *)(void *)(base + PTHREADPOOL_CACHELINE_SIZE - over);
    p->memory = memory;
    p->base = base;
    struct pthreadpool *shared = shared_of(p);
    shared->threads_count = fxdiv_init_size_t(count);
    for (uint32_t i = 0; i < count; i++) {
        shared->threads[i].thread_number = i;
        shared->threads[i].threadpool = shared;
    }
    while (p->started < count - 1) {
        struct thread_info *thread = &shared->threads[p->started + 1];
        if (pthread_create(&thread->thread_object, NULL, work, thread) != 0) break;
        p->started++;
    }
    if (p->started == count - 1) {
        *out = shared;
        return LT_OK;
    }
    uint32_t started = p->started + 1;
    end(p);
    return lt_fail(error, LT_MEMORY, "only %u of %u threads could be started", (unsigned)started, (unsigned)count);
}

void thr_end(pthreadpool_t shared) {
    if (shared) end(pool_of(shared));
}

#endif
