#include "hash.h"

#include <string.h>

#define FNV_PRIME 0x100000001B3u

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    hash ^= size;
    for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
        uint64_t word = 0; /* little-endian, as every target we have is */
        if (size - i >= sizeof word)
            memcpy(&word, at + i, sizeof word);
        else
            memcpy(&word, at + i, size - i);
        hash = (hash ^ word) * FNV_PRIME;
        hash ^= hash >> 32;
    }
    return hash;
}
