#include "netmem.h"

#include <string.h>

#include "base/memory.h"

enum { ALIGNMENT = 64 };

/* Stands right before each piece of memory handed out. */
typedef struct block {
    netmem *owner; /* NULL: on no account */
    void *base;    /* what the allocator gave */
    size_t size;   /* bytes asked for */
} block;

static _Thread_local netmem *open_account;

static void *take(netmem *memory, size_t alignment, size_t size) {
    size_t room = sizeof(block) + alignment;
    char *base = size <= SIZE_MAX - room ? mem_take(memory ? memory->allocator : NULL, size + room) : NULL;
    if (!base) {
        if (memory) memory->failed = 1;
        return NULL;
    }
    char *start = base + sizeof(block);
    start += (alignment - (uintptr_t)start % alignment) % alignment;
    ((block *)(void *)start)[-1] = (block){.owner = memory, .base = base, .size = size};
    if (memory) {
        memory->now += size;
        if (memory->now > memory->peak) memory->peak = memory->now;
    }
    return start;
}

static void give_back(void *pointer) {
    if (!pointer) return;
    block *head = (block *)pointer - 1;
    if (head->owner) head->owner->now -= head->size;
    mem_give(head->owner ? head->owner->allocator : NULL, head->base);
}

/* ---- XNNPACK's side ---- */

static int is_planned(const netmem *memory, const void *pointer) {
    uintptr_t at = (uintptr_t)pointer, start = memory ? (uintptr_t)memory->plan : 0;
    return start != 0 && at >= start && at < start + memory->plan_size;
}

static void *allocate(void *context, size_t size) {
    (void)context;
    netmem *memory = open_account;
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (memory && memory->plan && rounded >= size && rounded <= memory->plan_size - memory->plan_used) {
        memory->plan_used += rounded;
        return memory->plan + memory->plan_used - rounded;
    }
    return take(memory, ALIGNMENT, size);
}

static void *aligned_allocate(void *context, size_t alignment, size_t size) {
    (void)context;
    return take(open_account, alignment > ALIGNMENT ? alignment : ALIGNMENT, size);
}

static void deallocate(void *context, void *pointer) {
    (void)context;
    if (!is_planned(open_account, pointer)) give_back(pointer);
}

static void *reallocate(void *context, void *pointer, size_t size) {
    (void)context;
    void *grown = take(open_account, ALIGNMENT, size);
    if (!grown || !pointer) return grown;
    size_t old = ((block *)pointer - 1)->size;
    memcpy(grown, pointer, old < size ? old : size);
    give_back(pointer);
    return grown;
}

enum xnn_status netmem_initialize(void) {
    static const struct xnn_allocator allocator = {
        .allocate = allocate,
        .reallocate = reallocate,
        .deallocate = deallocate,
        .aligned_allocate = aligned_allocate,
        .aligned_deallocate = deallocate,
    };
    return xnn_initialize(&allocator);
}

/* ---- our side ---- */

void netmem_open(netmem *memory) {
    open_account = memory;
}

void *netmem_allocate(netmem *memory, size_t size) {
    void *pointer = take(memory, ALIGNMENT, size);
    if (pointer) memset(pointer, 0, size);
    return pointer;
}

void netmem_free(void *pointer) {
    give_back(pointer);
}

int netmem_begin_plan(netmem *memory, size_t size) {
    memory->plan = netmem_allocate(memory, size);
    memory->plan_size = size;
    memory->plan_used = 0;
    return memory->plan != NULL;
}

void netmem_end_plan(netmem *memory) {
    netmem_free(memory->plan);
    memory->plan = NULL;
}
