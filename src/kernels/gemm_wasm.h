/*
 * gemm_wasm.h - the tile of gemm.h in WebAssembly; included by gemm_wasm_relaxed.c and gemm_wasm.c, which define
 *
 *     KR, gemm_dot(sums, pixels, weights), gemm_weights(from)   a vector of four channels' weights
 */
enum { COLUMN_BYTES = 4 * KR, STEP_BYTES = 8 * KR, PANEL_STEP = 16, SUMS = 8 };

/* One step: the sums of rows 0 to 3, for channels 0 to 3 and 4 to 7. */
KN_INLINE void gemm_step(v128_t sums[SUMS], const uint8_t *panel, const uint8_t *weights) {
    v128_t low = gemm_weights(weights), high = gemm_weights(weights + COLUMN_BYTES);
    for (int row = 0; row < GEMM_ROWS; row++) {
        v128_t pixels = wasm_v128_load32_splat(panel + 4 * row);
        sums[2 * row] = gemm_dot(sums[2 * row], pixels, low);
        sums[2 * row + 1] = gemm_dot(sums[2 * row + 1], pixels, high);
    }
}

/* Two rows of 8 channels; count of them are there. */
KN_INLINE void gemm_store(const v128_t sums[4], const v128_t scales[2], const wasm_ends *ends, int8_t *a, int8_t *b,
                          uint32_t count) {
    v128_t one = wasm_i16x8_narrow_i32x4(wasm_round(sums[0], scales[0], ends), wasm_round(sums[1], scales[1], ends));
    v128_t two = wasm_i16x8_narrow_i32x4(wasm_round(sums[2], scales[0], ends), wasm_round(sums[3], scales[1], ends));
    v128_t bytes = wasm_i8x16_min(wasm_i8x16_narrow_i16x8(one, two), ends->most);
    if (count == GEMM_COLUMNS) {
        wasm_v128_store64_lane(a, bytes, 0);
        wasm_v128_store64_lane(b, bytes, 1);
        return;
    }
    int8_t both[2 * GEMM_COLUMNS];
    wasm_v128_store(both, bytes);
    for (uint32_t i = 0; i < count; i++) {
        a[i] = both[i];
        b[i] = both[GEMM_COLUMNS + i];
    }
}

static void gemm_spread(const int8_t *weights, uint32_t depth, uint8_t *to) {
    for (; depth >= KR; depth -= KR, weights += KR, to += STEP_BYTES) memcpy(to, weights, KR);
    for (uint32_t i = 0; i < depth; i++) to[i] = (uint8_t)weights[i];
}

static void gemm_columns(const gemm_tile *job) {
    const wasm_ends ends = wasm_ends_of(job->zero, job->min, job->max);
    const uint8_t *weights = job->packed;
    for (uint32_t channel = 0; channel < job->channels; channel += GEMM_COLUMNS) {
        v128_t sums[SUMS], scales[2] = {wasm_v128_load(weights + 32), wasm_v128_load(weights + 48)};
        for (int i = 0; i < SUMS; i++) sums[i] = wasm_v128_load(weights + 16 * (i % 2));
        weights += 64;
        const uint8_t *panel = job->panel;
        uint32_t steps = job->steps;
        KN_ROLLED
        do {
            gemm_step(sums, panel, weights);
            panel += PANEL_STEP;
            weights += STEP_BYTES;
        } while (--steps);
        uint32_t count = job->channels - channel < GEMM_COLUMNS ? job->channels - channel : GEMM_COLUMNS;
        gemm_store(sums, scales, &ends, job->out[0] + channel, job->out[1] + channel, count);
        gemm_store(sums + 4, scales, &ends, job->out[2] + channel, job->out[3] + channel, count);
    }
}
