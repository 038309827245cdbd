/* smallatlas.h - an atlas of a few made-up lesions for a small model, for tests. */
#ifndef SMALLATLAS_H
#define SMALLATLAS_H

#include <stddef.h>
#include <stdint.h>

enum { SMALLATLAS_DIMS = 3, SMALLATLAS_COUNT = 9, SMALLATLAS_SOURCES = 2, SMALLATLAS_MOST = 4096 };

/* Where the numbers of the header stand in the file. */
enum {
    AT_VERSION = 8,
    AT_LABELS = 12,
    AT_KEY = 16,
    AT_CHANNELS = 24,
    AT_KINDS = 28,
    AT_DIMS = 32,
    AT_COUNT = 36,
    AT_SOURCES = 40,
    AT_PIXELS = 44,
    AT_TEXT_SIZE = 48,
    AT_PICTURE_SIZE = 52,
    AT_PARTS = 56
};

/* Where the tables begin, for so many channels. */
typedef struct smallatlas_parts {
    size_t offsets, scales, rows, codes, label, kind, source, sizes, text, pictures;
} smallatlas_parts;

/*
 * Write the atlas of a network into out [SMALLATLAS_MOST]; returns its size. Its projection takes the first three
 * channels as they are. Seven lesions are of kind 0, two of kind 1 (where there are so many); parts may be NULL.
 */
size_t smallatlas(uint64_t key, uint32_t channels, uint32_t labels, uint32_t kinds, uint8_t *out,
                  smallatlas_parts *parts);

/* Put a number at a place of the file. */
void put_u32(uint8_t *at, uint32_t value);

#endif
