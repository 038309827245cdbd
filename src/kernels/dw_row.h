/*
 * dw_row.h - a row of the output, written once for every instruction. Included by the file of each after it defined
 *
 *     dw_sums, dw_scales           vectors of LANES i32 and f32
 *     dw_ends                      what bounds and rounds, in registers
 *     dw_load(from)                a vector of either
 *     dw_dot(sums, block, taps)    sums + the products of each lane
 *     dw_ends_of(job)
 *     dw_store(sums, scales, ends, outs)   vectors of sums, each as [LANES] i8
 *
 * DW_COLUMNS columns at a time, so that a vector of weights is loaded for two (stride 1) or four (stride 2) of them. With a
 * stride of 1 they start at an even and an odd pixel of a block and of the next one, and with one of 2 each in a block of
 * its own. The loop over rows of blocks stays a loop: unrolled, it becomes one long chain of sums, and compilers of
 * WebAssembly run out of registers.
 */

/* The products of column j of the window's blocks; pixels: the blocks from it on that the columns begin in. Next taps. */
KN_INLINE const uint8_t *add_column(dw_sums sums[DW_COLUMNS], const dw_sums *pixels, const uint8_t *taps,
                                    uint32_t stride) {
    enum { VECTOR = LANES * 4 };
    dw_sums even = dw_load(taps);
    if (stride == 2) {
        KN_UNROLLED
        for (int i = 0; i < DW_COLUMNS; i++) sums[i] = dw_dot(sums[i], pixels[i], even);
        return taps + VECTOR;
    }
    dw_sums odd = dw_load(taps + VECTOR);
    KN_UNROLLED
    for (int i = 0; i < DW_COLUMNS; i++) sums[i] = dw_dot(sums[i], pixels[i / 2], i % 2 ? odd : even);
    return taps + (size_t)2 * VECTOR;
}

KN_INLINE void columns_of(const dw_row *job, uint32_t columns, uint32_t stride) {
    enum { VECTOR = LANES * 4, MOST_BLOCKS = DW_COLUMNS + 2 };
    const dw_ends ends = dw_ends_of(job);
    const uint32_t held = DW_COLUMNS * stride / 2; /* blocks that the columns begin in */
    size_t block = (size_t)job->groups * VECTOR, last = job->channels - LANES;
    for (uint32_t x = 0; x < job->width; x += DW_COLUMNS) {
        const uint8_t *set = job->sets;
        int8_t *outs[DW_COLUMNS];
        for (uint32_t i = 0; i < DW_COLUMNS; i++)
            outs[i] = x + i < job->width ? job->out + ((size_t)x + i) * job->channels : job->spare;
        size_t offset = x * stride / 2 * block, channel = 0;
        for (uint32_t group = 0; group < job->groups; group++, offset += VECTOR, channel += LANES) {
            dw_sums sums[DW_COLUMNS], scales = dw_load(set + VECTOR);
            KN_UNROLLED
            for (uint32_t i = 0; i < DW_COLUMNS; i++) sums[i] = dw_load(set);
            set += 2 * VECTOR;
            const uint8_t *const *rows = job->rows;
            uint32_t left = job->window_rows;
            KN_ROLLED
            do {
                const uint8_t *at = *rows++ + offset;
                dw_sums pixels[MOST_BLOCKS];
                KN_UNROLLED
                for (uint32_t i = 0; i < held + columns - 1; i++, at += block) pixels[i] = dw_load(at);
                KN_UNROLLED
                for (uint32_t j = 0; j < columns; j++) set = add_column(sums, pixels + j, set, stride);
            } while (--left);
            size_t at = channel < last ? channel : last;
            int8_t *const to[DW_COLUMNS] = {outs[0] + at, outs[1] + at, outs[2] + at, outs[3] + at};
            dw_store(sums, scales, &ends, to);
        }
    }
}

static void dw_columns(const dw_row *job, uint32_t columns, uint32_t stride) {
    if (columns == 2 && stride == 1)
        columns_of(job, 2, 1);
    else if (columns == 2)
        columns_of(job, 2, 2);
    else if (stride == 1)
        columns_of(job, 3, 1);
    else
        columns_of(job, 3, 2);
}
