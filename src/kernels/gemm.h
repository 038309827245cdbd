/*
 * gemm.h - convolutions and dense layers as products of matrices, by tiles of 4 pixels by 8 channels.
 *
 * A pixel of the output is a row of A: the bytes under its window, row after row; depth = kernel height * kernel
 * width * input channels of them. With a kernel of 1x1 and a stride of 1 the input is A, else a row is gathered.
 * Four rows are laid out as a panel, a step of `kr` bytes of each side by side, and every channel is computed from
 * it before the next four. The weights are packed once for that:
 *
 *     panel     [steps][4 rows] x 4 bytes: four bytes (kr 4), or two i16 (kr 2)
 *     packed    a pixel of input_zero, then for every 8 channels
 *               [8] i32 start, [8] f32 scale, [steps][8 channels][kr] i8
 *
 * A step of a tile loads four bytes of each row into all lanes of a vector and takes their dot products with two
 * vectors of weights: 8 sums a step stay in registers, and everything comes from two pointers that only go up.
 */
#ifndef LT_KERNELS_GEMM_H
#define LT_KERNELS_GEMM_H

#include "kernel.h"

enum { GEMM_ROWS = 4, GEMM_COLUMNS = 8 };

/* Four pixels' work. */
typedef struct gemm_tile {
    const uint8_t *panel;
    uint32_t steps;
    const uint8_t *packed;   /* from the first 8 channels on */
    uint32_t channels;
    int8_t *out[GEMM_ROWS];  /* [channels]; the same one again where there are fewer pixels */
    int8_t zero, min, max;
} gemm_tile;

/* What is different from one instruction to the next. */
typedef struct gemm_form {
    uint32_t kr;  /* bytes of a row in a step: 4, or 2 where they are widened to i16 */
    uint8_t flip; /* xor'd to each byte; 0x80 where the instruction takes pixels as unsigned */

    /* Lay out four rows of depth bytes, with KN_SLACK behind each, as [chunks of 16 bytes] of the panel. */
    void (*lay)(const int8_t *const rows[GEMM_ROWS], uint32_t depth, uint8_t *panel);
    void (*tile)(const gemm_tile *job);

    /*
     * Put a channel's weights [depth] where each step of 8 channels has them. Called channel by channel, so that a browser
     * compiles it well while a model is loaded; one long loop would stay as it is compiled at first.
     */
    void (*spread)(const int8_t *weights, uint32_t depth, uint8_t *to);
} gemm_form;

int gemm_takes(const kn_kind *kind, const kn_shape *shape);
size_t gemm_packed_bytes(const kn_kind *kind, const kn_shape *shape);
size_t gemm_scratch_bytes(const kn_kind *kind, const kn_shape *shape);
uint32_t gemm_units(const kn_kind *kind, const kn_shape *shape);
void gemm_pack(const kn_kind *kind, const kn_conv *conv, void *packed);
void gemm_run(const kn_kind *kind, const kn_shape *shape, const void *packed, const int8_t *in, int8_t *out,
              void *scratch, uint32_t first, uint32_t last);

#define GEMM_KIND(text, its_form, its_processor) \
    {.name = (text),                             \
     .form = &(its_form),                        \
     .least_units = 1,                           \
     .can_run = (its_processor),                 \
     .takes = gemm_takes,                        \
     .packed_bytes = gemm_packed_bytes,          \
     .scratch_bytes = gemm_scratch_bytes,        \
     .units = gemm_units,                        \
     .pack = gemm_pack,                          \
     .run = gemm_run}

extern const kn_kind gemm_usdot_wasm, gemm_sdot_wasm, gemm_dot16_wasm;

#endif
