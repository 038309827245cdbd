/* wasm_rule.c - asks the relaxed dot what it computes. */
#include "kernel.h"

#if defined(__wasm_relaxed_simd__)
#include "wasm.h"

enum { BYTES = 16, LANES = 4 };

/* Does the relaxed dot give the sums of `signed * (byte - offset)` on bytes that tell all rules apart? */
static int gives(int as_signed) {
    /* Volatile, or the compiler computes the answer itself by a rule of its own. */
    static const volatile int8_t a[BYTES] = {-128, -128, -128, -128, 127, 127, 127, 127, 1, -2, 3, -4, -128, 0, 127, 0};
    static const volatile uint8_t b[BYTES] = {255, 255, 255, 255, 255, 255, 255, 255, 128, 200, 7, 255, 128, 9, 255, 1};
    int8_t weights[BYTES];
    uint8_t pixels[BYTES];
    int32_t sums[LANES], wanted[LANES] = {0};
    for (int i = 0; i < BYTES; i++) {
        weights[i] = a[i];
        pixels[i] = b[i];
        wanted[i / LANES] += weights[i] * (as_signed ? (int8_t)pixels[i] : pixels[i]);
    }
    wasm_v128_store(sums, wasm_dot4(wasm_i32x4_const_splat(0), wasm_v128_load(pixels), wasm_v128_load(weights)));
    int same = 1;
    for (int i = 0; i < LANES; i++) same = same && sums[i] == wanted[i];
    return same;
}

int wasm_usdot(void) {
    return gives(0);
}

int wasm_sdot(void) {
    return gives(1);
}
#endif
