/*
 * dw_row.h - a row of the output, written once for every instruction. Included by the file of each after it defined
 *
 *     dw_sums, dw_scales           vectors of LANES i32 and f32
 *     dw_ends                      what bounds and rounds, in registers
 *     dw_load(from)                a vector of either
 *     dw_dot(sums, block, taps)    sums + the products of each lane
 *     dw_ends_of(job)
 *     dw_store(a, b, scales, ends, out_a, out_b)   two vectors of sums as [LANES] i8 each
 *
 * Two columns at a time: with a stride of 1 they lie in the same blocks, at an even and an odd pixel; with one
 * of 2 they have the same weights. The loop over rows of blocks stays a loop: unrolled, it becomes one long
 * chain of sums, and compilers of WebAssembly run out of registers.
 */

KN_INLINE void columns_of(const dw_row *job, uint32_t columns, uint32_t stride) {
    enum { VECTOR = LANES * 4 };
    const dw_ends ends = dw_ends_of(job);
    size_t block = (size_t)job->groups * VECTOR, last = job->channels - LANES;
    for (uint32_t x = 0; x < job->width; x += 2) {
        const uint8_t *set = job->sets;
        int8_t *out_a = job->out + (size_t)x * job->channels;
        int8_t *out_b = x + 1 < job->width ? out_a + job->channels : job->spare;
        size_t offset = (stride == 1 ? x / 2 : x) * block, channel = 0;
        for (uint32_t group = 0; group < job->groups; group++, offset += VECTOR, channel += LANES) {
            dw_sums a = dw_load(set), b = a;
            dw_sums scales = dw_load(set + VECTOR);
            set += 2 * VECTOR;
            const uint8_t *const *rows = job->rows;
            uint32_t left = job->window_rows;
            KN_ROLLED
            do {
                const uint8_t *at = *rows++ + offset;
                dw_sums pixels = dw_load(at);
                for (uint32_t j = 0; j < columns; j++) {
                    at += block;
                    dw_sums taps = dw_load(set);
                    set += VECTOR;
                    a = dw_dot(a, pixels, taps);
                    dw_sums next = stride == 2 || j + 1 < columns ? dw_load(at) : pixels;
                    if (stride == 1) {
                        b = dw_dot(b, pixels, dw_load(set));
                        set += VECTOR;
                    } else {
                        b = dw_dot(b, next, taps);
                    }
                    pixels = next;
                }
            } while (--left);
            size_t at = channel < last ? channel : last;
            dw_store(a, b, scales, &ends, out_a + at, out_b + at);
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
