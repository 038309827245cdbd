/*
 * threads.h - threads for XNNPACK that a busy processor cannot hold up.
 *
 *     pthreadpool_t pool = NULL;
 *     if (thr_start(2, NULL, &pool, &error) != LT_OK) …error.text…
 *     pthreadpool_parallelize_1d(pool, task, argument, range, 0);
 *     thr_end(pool);
 */
#ifndef LT_NET_THREADS_H
#define LT_NET_THREADS_H

#include <pthreadpool.h>

#include "base/error.h"

/*
 * Start count - 1 threads, 1..64, that work beside the one which calls; *pool is NULL for 1, and where the build has no
 * threads. memory (NULL: malloc and free) is borrowed until thr_end. The caller owns *pool and frees it with thr_end.
 * Errors: LT_MEMORY where one cannot be started; none is left then.
 */
lt_status thr_start(uint32_t count, const lt_allocator *memory, pthreadpool_t *pool, lt_error *error);

/* End the threads; NULL is allowed. */
void thr_end(pthreadpool_t pool);

#endif
