#include "smallatlas.h"

#include <stdio.h>
#include <string.h>

/* Directions of the lesions, in the first three channels. */
static const int8_t codes[SMALLATLAS_COUNT][SMALLATLAS_DIMS] = {{127, 0, 0},   {0, 127, 0},   {0, 0, 127},
                                                                {127, 127, 0}, {127, 0, 127}, {127, 127, 127},
                                                                {-127, 0, 0},  {64, 0, 0},    {0, 64, 64}};

void put_u32(uint8_t *at, uint32_t value) {
    for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> 8 * i);
}

static void put_f32(uint8_t *at, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_u32(at, bits);
}

static size_t put_texts(char *to) {
    static const char *const fixed[] = {"small",        "1.0.0",  "First set", "here",         "(c) someone",
                                        "CC BY-NC 4.0", "Second", "there",     "(c) somebody", "CC0"};
    size_t size = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) size += (size_t)sprintf(to + size, "%s", fixed[i]) + 1;
    for (int i = 0; i < SMALLATLAS_COUNT; i++) {
        size += (size_t)sprintf(to + size, "P_%d", i) + 1;
        size += (size_t)sprintf(to + size, "%s", i % 2 ? "follow-up" : "histopathology") + 1;
    }
    return size;
}

size_t smallatlas(uint64_t key, uint32_t channels, uint32_t labels, uint32_t kinds, uint8_t *out,
                  smallatlas_parts *parts) {
    smallatlas_parts own;
    if (!parts) parts = &own;
    memset(out, 0, SMALLATLAS_MOST);
    memcpy(out, "LNTGATLS", 8);
    put_u32(out + AT_VERSION, 1);
    put_u32(out + AT_LABELS, labels);
    put_u32(out + AT_KEY, (uint32_t)key);
    put_u32(out + AT_KEY + 4, (uint32_t)(key >> 32));
    put_u32(out + AT_CHANNELS, channels);
    put_u32(out + AT_KINDS, kinds);
    put_u32(out + AT_DIMS, SMALLATLAS_DIMS);
    put_u32(out + AT_COUNT, SMALLATLAS_COUNT);
    put_u32(out + AT_SOURCES, SMALLATLAS_SOURCES);
    put_u32(out + AT_PIXELS, 160);
    parts->offsets = AT_PARTS;
    parts->scales = parts->offsets + SMALLATLAS_DIMS * 4;
    parts->rows = parts->scales + SMALLATLAS_DIMS * 4;
    parts->codes = parts->rows + (size_t)SMALLATLAS_DIMS * channels;
    parts->label = parts->codes + sizeof codes;
    parts->kind = parts->label + SMALLATLAS_COUNT;
    parts->source = parts->kind + SMALLATLAS_COUNT;
    parts->sizes = parts->source + SMALLATLAS_COUNT;
    parts->text = parts->sizes + SMALLATLAS_COUNT * 4;
    for (size_t d = 0; d < SMALLATLAS_DIMS; d++) {
        put_f32(out + parts->scales + d * 4, 0.5f);
        out[parts->rows + d * channels + d] = 2;
    }
    memcpy(out + parts->codes, codes, sizeof codes);
    uint32_t pictures = 0;
    for (uint32_t i = 0; i < SMALLATLAS_COUNT; i++) {
        out[parts->label + i] = (uint8_t)(i % labels);
        out[parts->kind + i] = i >= 7 && kinds > 1;
        out[parts->source + i] = i % SMALLATLAS_SOURCES;
        put_u32(out + parts->sizes + (size_t)i * 4, 10 + i);
        pictures += 10 + i;
    }
    size_t text = put_texts((char *)out + parts->text);
    parts->pictures = parts->text + text;
    put_u32(out + AT_TEXT_SIZE, (uint32_t)text);
    put_u32(out + AT_PICTURE_SIZE, pictures);
    return parts->pictures + pictures;
}
