/*
 * dw.h - depthwise convolutions of 3x3 and 5x5 with a stride of 1 or 2, by blocks of pixels.
 *
 * Layout. The padded input is woven once into rows of blocks: a block is 2x2 pixels (of bytes) or 1x2 pixels
 * (of i16) of `lanes` channels, the pixels of one channel side by side:
 *
 *     bytes   c0: p00 p01 p10 p11, c1: p00 p01 p10 p11, …        i16   c0: p0 p1, c1: p0 p1, …
 *
 * That is a vector, and one dot instruction with weights laid out alike adds a block's products to a sum for each
 * channel. A window of K columns lies in (K+1)/2 blocks wherever it starts; so weights are packed for a start at an
 * even and at an odd pixel, with zeros where a block reaches over the window. Only as many rows of blocks are held
 * as a window has: a ring, of which each thread has its own.
 *
 *     block row   [blocks][groups][lanes] x 4 bytes; the last group ends with the last channel
 *     packed      a pixel of input_zero, then for each parity of the row [groups] sets:
 *                 [lanes] i32 start, [lanes] f32 scale, [window rows][window columns][parities][lanes] x 4 bytes
 */
#ifndef LT_KERNELS_DW_H
#define LT_KERNELS_DW_H

#include "kernel.h"

enum {
    DW_COLUMNS = 4,    /* of the output, computed together */
    DW_MAX_ROWS = 5,   /* of blocks that a window reaches over */
    DW_LEAST_UNITS = 6 /* a call weaves up to 4 rows of blocks that its neighbour weaves too */
};

/* A row of blocks to be woven. */
typedef struct dw_weave {
    const int8_t *rows[2]; /* the input's rows behind it, [width, channels]; NULL: padding */
    const int8_t *outside; /* [channels] a pixel of padding */
    uint32_t width, channels, groups, blocks;
    int64_t left; /* column of the first block's first pixel; below 0 in the padding */
    void *out;
} dw_weave;

/* A row of the output to be computed. */
typedef struct dw_row {
    const uint8_t *rows[DW_MAX_ROWS]; /* of blocks, from the window's top */
    uint32_t window_rows, groups, channels, width;
    const uint8_t *sets; /* packed for this row's parity */
    int8_t *out;         /* [width, channels] */
    int8_t *spare;       /* [channels] takes what would stand behind the width */
    int8_t zero, min, max;
} dw_row;

/* What is different from one instruction to the next. */
typedef struct dw_form {
    uint32_t lanes;      /* channels of a vector */
    uint32_t block_rows; /* 2: bytes, 1: i16 */
    uint8_t flip;        /* xor'd to each byte; 0x80 where the instruction takes pixels as unsigned */
    void (*weave)(const dw_weave *job);
    void (*row)(const dw_row *job, uint32_t columns, uint32_t stride); /* columns of blocks in a window: 2, 3 */
} dw_form;

int dw_takes(const kn_kind *kind, const kn_shape *shape);
size_t dw_packed_bytes(const kn_kind *kind, const kn_shape *shape);
size_t dw_scratch_bytes(const kn_kind *kind, const kn_shape *shape);
uint32_t dw_units(const kn_kind *kind, const kn_shape *shape);
void dw_pack(const kn_kind *kind, const kn_conv *conv, void *packed);
void dw_run(const kn_kind *kind, const kn_shape *shape, const void *packed, const int8_t *in, int8_t *out,
            void *scratch, uint32_t first, uint32_t last);

#define DW_KIND(text, its_form, its_processor) \
    {.name = (text),                           \
     .form = &(its_form),                      \
     .least_units = DW_LEAST_UNITS,            \
     .can_run = (its_processor),               \
     .takes = dw_takes,                        \
     .packed_bytes = dw_packed_bytes,          \
     .scratch_bytes = dw_scratch_bytes,        \
     .units = dw_units,                        \
     .pack = dw_pack,                          \
     .run = dw_run}

extern const kn_kind dw_usdot_wasm, dw_sdot_wasm, dw_dot16_wasm, dw_avx512vnni, dw_avxvnni, dw_avx2, dw_neon_dot;

#endif
