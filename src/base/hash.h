/* hash.h - a number by which bytes are known again; no protection against forgers. */
#ifndef LT_BASE_HASH_H
#define LT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START 0xCBF29CE484222325u

/* FNV-1a over words of 8 bytes, [size] u8 taken as little-endian, from the hash of what came before, or HASH_START. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size);

#endif
