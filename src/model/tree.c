#include "tree.h"

#include <string.h>

#include "base/memory.h"

static void *take(void *memory, size_t size) {
    return mem_take(memory, size);
}

static void give(void *memory, void *pointer) {
    mem_give(memory, pointer);
}

static void *resize(void *memory, void *pointer, size_t old, size_t size) {
    void *moved = mem_take(memory, size);
    if (!moved) return NULL;
    memcpy(moved, pointer, old < size ? old : size);
    mem_give(memory, pointer);
    return moved;
}

yyjson_doc *tree_read(const uint8_t *json, size_t size, const lt_allocator *memory, yyjson_read_err *wrong) {
    const yyjson_alc allocator = {take, resize, give, (void *)(uintptr_t)memory};
    return yyjson_read_opts((char *)(uintptr_t)json, size, YYJSON_READ_NOFLAG, &allocator, wrong);
}
