/* memory.h - memory from the engine's allocator; NULL stands for malloc and free. */
#ifndef LT_BASE_MEMORY_H
#define LT_BASE_MEMORY_H

#include "lentigo.h"

/* size bytes, aligned as malloc's; NULL where there are none. Freed with mem_give and the same allocator. */
void *mem_take(const lt_allocator *memory, size_t size);

/* The same, all 0. */
void *mem_take_clear(const lt_allocator *memory, size_t size);

/* NULL is allowed. */
void mem_give(const lt_allocator *memory, void *pointer);

#endif
