/*
 * scarce.h - allocations that fail when told to. To be included once in a program, which is linked so that
 * malloc and its like come here first (see the build's rules for test_memory*).
 */
#ifndef SCARCE_H
#define SCARCE_H

#include <stdlib.h>

static long made;             /* allocations since the count was last set to 0 */
static long failing_from = -1; /* the number of the first that fails; -1: none does */
static int fails_once;         /* only that one */

static int fails(void) {
    long number = made++;
    return failing_from >= 0 && (fails_once ? number == failing_from : number >= failing_from);
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *pointer, size_t size);
int __real_posix_memalign(void **pointer, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *pointer, size_t size);
int __wrap_posix_memalign(void **pointer, size_t alignment, size_t size);

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *pointer, size_t size) {
    return fails() ? NULL : __real_realloc(pointer, size);
}

int __wrap_posix_memalign(void **pointer, size_t alignment, size_t size) {
    return fails() ? 12 : __real_posix_memalign(pointer, alignment, size);
}

#endif
