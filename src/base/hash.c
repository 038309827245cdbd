#include "hash.h"

#include <string.h>

#define FNV_PRIME 0x100000001B3u

static uint64_t with_word(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * FNV_PRIME;
    return hash ^ hash >> 32;
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    uint64_t word; /* little-endian, as every target we have is */
    hash ^= size;
    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = with_word(hash, word);
    }
    if (size == 0) return hash;
    word = 0;
    memcpy(&word, at, size);
    return with_word(hash, word);
}
