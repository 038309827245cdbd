/*
 * targets.h - what is fuzzed: functions that take any bytes, and end the program where a promise is broken.
 *
 * libFuzzer calls one of them (`make fuzz`), test_corpus.c all of them with what is kept in corpus/.
 */
#ifndef FUZZ_TARGETS_H
#define FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct fuzz_target {
    const char *name;                            /* of its folder in corpus/ */
    void (*run)(const uint8_t *bytes, size_t size); /* bytes: [size] u8, a heap block of exactly that size */
    size_t (*mend)(uint8_t *bytes, size_t size); /* repairs what would stop most mutated inputs early; may be NULL */
} fuzz_target;

extern const fuzz_target fuzz_photo, fuzz_png, fuzz_dicom, fuzz_inflate, fuzz_colour, fuzz_model, fuzz_meta, fuzz_atlas,
    fuzz_catalog;

/* All of them; NULL ends the list. */
extern const fuzz_target *const fuzz_targets[];

/* The target of that name, or NULL. */
const fuzz_target *fuzz_find(const char *name);

/* A promise that holds whatever the input is. */
#define FUZZ_PROMISE(condition)                                                             \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                        \
        }                                                                                   \
    } while (0)

#endif
