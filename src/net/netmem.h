/*
 * netmem.h - the memory XNNPACK gets: counted for each network, and never short at the one place
 * where XNNPACK does not look whether it got any.
 *
 * XNNPACK takes one allocator for the whole process. What it asks for on a thread is put down to the
 * account that the thread has opened.
 */
#ifndef LT_NET_NETMEM_H
#define LT_NET_NETMEM_H

#include <stddef.h>
#include <stdint.h>
#include <xnnpack.h>

#include "lentigo.h"

typedef struct netmem {
    const lt_allocator *allocator; /* that all of it is from; borrowed; NULL: malloc and free */
    size_t now, peak;  /* bytes held, and the most there were */
    int failed;        /* not 0 once a request was refused */
    uint8_t *plan;     /* [plan_size] set aside for XNNPACK's memory planner; NULL: none */
    size_t plan_size;  /* bytes */
    size_t plan_used;  /* bytes handed out */
} netmem;

/* Give XNNPACK its allocator; the first call of the process counts. */
enum xnn_status netmem_initialize(void);

/* From now on XNNPACK's requests on this thread belong to this account; NULL: to none. */
void netmem_open(netmem *memory);

/* Zeroed memory on an account, 64-byte aligned; NULL where it is short. Freed with netmem_free. */
void *netmem_allocate(netmem *memory, size_t size);

/* Free what netmem_allocate gave; NULL is allowed. */
void netmem_free(void *pointer);

/*
 * Set bytes aside for xnn_reshape_runtime, whose planner writes to what it asked for unseen. Plain
 * requests are met from them until netmem_end_plan. Returns 0 where memory is short.
 */
int netmem_begin_plan(netmem *memory, size_t size);
void netmem_end_plan(netmem *memory);

#endif
