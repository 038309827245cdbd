#include "memory.h"

#include <stdlib.h>
#include <string.h>

void *mem_take(const lt_allocator *memory, size_t size) {
    if (size == 0) size = 1;
    return memory && memory->allocate ? memory->allocate(memory->context, size) : malloc(size);
}

void *mem_take_clear(const lt_allocator *memory, size_t size) {
    void *pointer = mem_take(memory, size);
    if (pointer) memset(pointer, 0, size);
    return pointer;
}

void mem_give(const lt_allocator *memory, void *pointer) {
    if (!pointer) return;
    if (memory && memory->allocate)
        memory->release(memory->context, pointer);
    else
        free(pointer);
}
