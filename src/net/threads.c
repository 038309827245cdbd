#include "threads.h"

#include <pthread.h>

enum { MOST_THREADS = 64 };

static void *pass_gate(void *gate) {
    (void)pthread_mutex_lock(gate);
    (void)pthread_mutex_unlock(gate);
    return NULL;
}

lt_status thr_check(uint32_t count, lt_error *error) {
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t threads[MOST_THREADS];
    uint32_t started = 0;
    (void)pthread_mutex_lock(&gate);
    while (started < count && started < MOST_THREADS && pthread_create(&threads[started], NULL, pass_gate, &gate) == 0)
        started++;
    (void)pthread_mutex_unlock(&gate);
    for (uint32_t i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    if (started == count) return LT_OK;
    return lt_fail(error, LT_MEMORY, "only %u of %u threads could be started", (unsigned)started, (unsigned)count);
}
