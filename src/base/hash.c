#include "hash.h"

#define FNV_PRIME 0x100000001B3u

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    hash ^= size;
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word = 0;
        for (size_t k = 0; k < 8 && i + k < size; k++) word |= (uint64_t)at[i + k] << 8 * k;
        hash = (hash ^ word) * FNV_PRIME;
        hash ^= hash >> 32;
    }
    return hash;
}
