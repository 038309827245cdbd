/*
 * memset.c - memset for WebAssembly. The C library's, which is built for size, writes byte by byte; libraries call it, and
 * calloc does, to clear most of what they allocate. Here it is one instruction.
 */
#include <string.h>

#if defined(__wasm_bulk_memory__)
void *memset(void *to, int value, size_t size) {
    return __builtin_memset(to, value, size);
}
#endif
