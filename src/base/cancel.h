/*
 * cancel.h - a wish from another thread that what is at work may end.
 *
 * The wish stands until it is taken back, which may be while a call is at work. So a call that has once seen it has seen
 * it for good: what it has left out must not pass for an answer.
 */
#ifndef LT_BASE_CANCEL_H
#define LT_BASE_CANCEL_H

#include <stdatomic.h>
#include <stddef.h>

typedef struct cancel {
    atomic_int asked; /* from any thread */
    atomic_int seen;  /* by the call that is at work, on any of its threads */
} cancel;

/* A call begins, and has seen nothing yet. */
static inline void cancel_begin(cancel *c) {
    atomic_store_explicit(&c->seen, 0, memory_order_relaxed);
}

/* Is the call to end? c may be NULL: no. */
static inline int cancel_seen(cancel *c) {
    if (c == NULL) return 0;
    if (atomic_load_explicit(&c->asked, memory_order_relaxed)) atomic_store_explicit(&c->seen, 1, memory_order_relaxed);
    return atomic_load_explicit(&c->seen, memory_order_relaxed);
}

#endif
