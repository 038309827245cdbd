#include "sized.h"

#include <string.h>

/* The size of a structure, by its first member; 0 where it is that of no version. */
static size_t size_of(const void *structure, size_t least) {
    size_t size;
    memcpy(&size, structure, sizeof size);
    return size < least || size > SIZED_MOST ? 0 : size;
}

int sized_read(const void *from, size_t least, void *out, size_t own) {
    const unsigned char *bytes = from;
    size_t size = size_of(from, least);
    if (size == 0) return 0;
    for (size_t i = own; i < size; i++)
        if (bytes[i] != 0) return 0;
    memset(out, 0, own);
    memcpy(out, from, size < own ? size : own);
    memcpy(out, &own, sizeof own);
    return 1;
}

int sized_write(const void *from, size_t own, size_t least, void *out) {
    size_t size = size_of(out, least);
    if (size == 0) return 0;
    memset(out, 0, size);
    memcpy(out, from, size < own ? size : own);
    memcpy(out, &size, sizeof size);
    return 1;
}
