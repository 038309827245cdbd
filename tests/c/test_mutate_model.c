/*
 * test_mutate_model.c - ten thousand broken models from a fixed seed: each is refused with a text, or
 * runs. The sanitizers watch; the bytes end where their memory ends.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "netload.h"
#include "smallnet.h"

enum { ROUNDS = 10000, MOST_CHANGES = 6 };

/* Numbers that are wrong in most places. */
static const uint32_t odd_words[] = {0,          1,          2,          3,          4,          5,          7,
                                     8,          16,         127,        128,        255,        256,        0x7fff,
                                     0xffff,     0x10000,    65537,      1 << 24,    0x3fffffff, 0x40000000, 0x7fffffff,
                                     0x80000000, 0xfffffffe, 0xffffffff, 0x7fc00000, 0x7f800000, 0x00000001};

typedef struct tally {
    int refused, ran, other;
} tally;

static uint32_t seed = 987654321;

static uint32_t next(uint32_t below) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

static void put_word(uint8_t *bytes, size_t size, uint32_t word) {
    if (size < 4) return;
    memcpy(bytes + next((uint32_t)(size - 3) / 4) * 4, &word, 4);
}

static void change(uint8_t *bytes, size_t size) {
    uint32_t at = next((uint32_t)size), from = next((uint32_t)size), word;
    switch (next(6)) {
    case 0: bytes[at] ^= (uint8_t)(1u << next(8)); break;
    case 1: bytes[at] = (uint8_t)next(256); break;
    case 2: put_word(bytes, size, odd_words[next(sizeof odd_words / sizeof odd_words[0])]); break;
    case 3: put_word(bytes, size, next((uint32_t)size)); break;
    case 4:
        memcpy(&word, bytes + from % (size - 3), 4);
        put_word(bytes, size, word + next(9) - 4);
        break;
    default: memmove(bytes + at, bytes + from, (size - (at > from ? at : from)) % 64); break;
    }
}

static void try_to_run(uint8_t *bytes, size_t size, tally *count) {
    lt_error error = {.status = LT_OK};
    float logits[LT_MAX_LABELS];
    net *n;
    lt_status status = net_from_file(bytes, size, 1, &n, &error);
    assert_int_equal(error.status, status);
    if (status == LT_OK) {
        const net_io *in = net_input(n);
        size_t values = (size_t)in->height * in->width * 3;
        memset(in->data, 1, in->is_int8 ? values : values * sizeof(float));
        status = net_run(n, logits, &error);
        assert_true(status == LT_OK || status == LT_RUNTIME);
        count->ran++;
    } else {
        assert_null(n);
        assert_non_null(strchr(error.text, ' ')); /* a sentence */
        if (status == LT_MODEL_FORMAT || status == LT_MODEL_UNSUPPORTED)
            count->refused++;
        else
            count->other++;
    }
    net_free(n);
}

static void broken_models_are_refused_or_run(void **state) {
    (void)state;
    tally count = {0};
    mk_model *models[2] = {smallnet_with(1, 1, "{\"format\":1}", NULL), smallnet(0, NULL)};
    for (int i = 0; i < 2; i++) mk_write(models[i]);
    for (int round = 0; round < ROUNDS; round++) {
        const fbw *file = &models[round % 4 == 3]->file;
        size_t size = next(20) == 0 ? 1 + next((uint32_t)file->size) : file->size;
        uint8_t *bytes = malloc(size);
        assert_non_null(bytes);
        memcpy(bytes, file->bytes, size);
        for (uint32_t i = 1 + next(MOST_CHANGES); i > 0 && size > 64; i--) change(bytes, size);
        try_to_run(bytes, size, &count);
        free(bytes);
    }
    for (int i = 0; i < 2; i++) mk_free(models[i]);
    assert_true(count.refused > ROUNDS / 2 && count.ran > ROUNDS / 50);
    assert_int_equal(count.other, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_models_are_refused_or_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
