/* threads.h - can so many threads be started? */
#ifndef LT_NET_THREADS_H
#define LT_NET_THREADS_H

#include "base/error.h"

/*
 * Start `count` threads, 1..64, have all of them there at once, and end them. LT_MEMORY where one cannot be started: the
 * pool of the inference library does not look, and would wait for it for ever.
 */
lt_status thr_check(uint32_t count, lt_error *error);

#endif
