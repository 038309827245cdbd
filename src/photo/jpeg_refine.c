/*
 * The blocks of a progressive scan (annex G), which brings a band of the coefficients (spectral selection), or one more bit
 * of them (successive approximation).
 *
 * Of a block that is not looked at only this is kept: which of its AC coefficients are not zero, since a scan that
 * refines them has a bit for each of those.
 */
#include "jpeg_bits.h"

/* The upper bits of a DC coefficient, by their difference from the block before (G.1.2.1). */
static int read_dc_first(jpeg *j, int n, int16_t *kept) {
    stbi__jpeg *z = &j->stb;
    int table = z->img_comp[n].hd, unit = 1 << z->succ_low;
    int bits = jpeg_symbol(&j->bits, &z->huff_dc[table], &j->dc_codes[table]);
    if (bits < 0 || bits > 15) return 0;
    int step = jpeg_receive(&j->bits, bits);
    if (!stbi__addints_valid(z->img_comp[n].dc_pred, step)) return 0;
    int dc = z->img_comp[n].dc_pred += step;
    if (!stbi__mul2shorts_valid(dc, unit)) return 0;
    if (kept != NULL) kept[0] = (int16_t)(dc * unit);
    return 1;
}

/* Where coefficient k, in zigzag order, is kept; NULL where it is not. */
static int16_t *place_of(const jpeg_plane *p, int16_t *kept, int k) {
    uint32_t at = stbi__jpeg_dezigzag[k], u = at % JPEG_BLOCK, v = at / JPEG_BLOCK;
    return kept != NULL && u < p->block_x && v < p->block_y ? kept + v * p->block_x + u : NULL;
}

/* The length of an EOB run (G.1.2.2), this block included, for its symbol EOBn. */
static int eob_run(jpeg_bits *b, int symbol) {
    int bits = jpeg_zeros_of(symbol);
    return (1 << bits) + (bits > 0 ? (int)jpeg_take(b, bits) : 0);
}

enum { ZRL_RUN = 15 }; /* run length of ZRL, the one symbol without a value that is no EOBn */

/* Coefficients of the scan's band, a bit each, from k on. */
static uint64_t band_from(const stbi__jpeg *z, int k) {
    uint64_t band = (UINT64_MAX >> (JPEG_COEFFICIENTS - 1 - z->spec_end));
    return k < JPEG_COEFFICIENTS ? band & UINT64_MAX << k : 0;
}

/* The upper bits of the band's coefficients (G.1.2.2). */
static int read_ac_first(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    const stbi__huffman *table = &z->huff_ac[z->img_comp[n].ha];
    const jpeg_codes *codes = &j->ac_codes[z->img_comp[n].ha];
    uint64_t found = 0; /* in a register, which *nonzero is not */
    int end = z->spec_end, good = 0;
    for (int k = z->spec_start;; k++) {
        if (k > end) {
            good = 1;
            break;
        }
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int symbol = jpeg_symbol(b, table, codes);
        if (symbol < 0) break;
        int run = jpeg_zeros_of(symbol), bits = jpeg_size_of(symbol);
        if (bits == 0 && run < ZRL_RUN) {
            z->eob_run = eob_run(b, symbol) - 1;
            good = 1;
            break;
        }
        k += run;
        if (bits == 0) continue;
        if (k >= JPEG_COEFFICIENTS) break;
        found |= (uint64_t)1 << k;
        if (kept == NULL) {
            jpeg_drop(b, bits);
            continue;
        }
        int value = jpeg_receive(b, bits);
        int16_t *place = place_of(&j->planes[n], kept, k);
        if (place != NULL) *place = (int16_t)(value * (1 << z->succ_low));
    }
    *nonzero |= found;
    return good;
}

/* The correction bit of coefficient k, which is not zero (G.1.2.3). */
static void correct(jpeg *j, int n, int16_t *kept, int k) {
    if (j->bits.count < 1) jpeg_refill(j);
    if (!jpeg_take(&j->bits, 1)) return;
    int16_t *place = place_of(&j->planes[n], kept, k), bit = (int16_t)(1 << j->stb.succ_low);
    if (place != NULL && (*place & bit) == 0) *place = (int16_t)(*place + (*place > 0 ? bit : -bit));
}

/* Pass over so many bits, which may be more than are known at once. */
static inline void drop_many(jpeg *j, int count) {
    while (count > 0) {
        int some = count < JPEG_ENOUGH ? count : JPEG_ENOUGH;
        if (j->bits.count < some) jpeg_refill(j);
        jpeg_drop(&j->bits, some);
        count -= some;
    }
}

/* The correction bits of these coefficients; of a block that is passed over only how many there are counts. */
static void correct_all(jpeg *j, int n, int16_t *kept, uint64_t which) {
    if (kept != NULL) {
        for (; which != 0; which &= which - 1) correct(j, n, kept, __builtin_ctzll(which));
        return;
    }
    drop_many(j, __builtin_popcountll(which));
}

/* The place of the zero behind `zeros` others from k on; one behind the band where there is none. */
static int pass_zeros(const stbi__jpeg *z, uint64_t nonzero, int k, int zeros) {
    uint64_t left = ~nonzero & band_from(z, k);
    for (; zeros > 0; zeros--) left &= left - 1;
    return left != 0 ? __builtin_ctzll(left) : z->spec_end + 1;
}

/* As read_ac_refinement, for a block that is passed over: its bits are but counted. */
static int pass_ac_refinement(jpeg *j, int n, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    const stbi__huffman *table = &z->huff_ac[z->img_comp[n].ha];
    const jpeg_codes *codes = &j->ac_codes[z->img_comp[n].ha];
    uint64_t before = *nonzero, found = 0, zeros = ~before & band_from(z, z->spec_start);
    int k = z->spec_start, end = z->spec_end;
    while (z->eob_run == 0 && k <= end) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int symbol = jpeg_symbol(b, table, codes);
        if (symbol < 0) return 0;
        int run = jpeg_zeros_of(symbol), bits = jpeg_size_of(symbol);
        if (bits == 0 && run < ZRL_RUN) {
            z->eob_run = eob_run(b, symbol);
            break;
        }
        if (bits > 1) return 0;
        jpeg_drop(b, bits);
        for (int i = run; i > 0; i--) zeros &= zeros - 1;
        if (zeros == 0) { /* the rest of the band is corrected */
            correct_all(j, n, NULL, before & band_from(z, k));
            k = end + 1;
            break;
        }
        int at = __builtin_ctzll(zeros), corrected = at - k - run; /* what lies between and is no zero */
        zeros &= zeros - 1;
        drop_many(j, corrected);
        found |= (uint64_t)(unsigned)bits << at;
        k = at + 1;
    }
    *nonzero |= found;
    if (z->eob_run == 0) return 1;
    correct_all(j, n, NULL, before & band_from(z, k));
    z->eob_run--;
    return 1;
}

/* One more bit of the band's coefficients, and those that become other than zero by it (G.1.2.3). */
static int read_ac_refinement(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    int table = z->img_comp[n].ha, k = z->spec_start;
    if (kept == NULL) return pass_ac_refinement(j, n, nonzero);
    while (z->eob_run == 0 && k <= z->spec_end) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int symbol = jpeg_symbol(b, &z->huff_ac[table], &j->ac_codes[table]);
        if (symbol < 0) return 0;
        int run = jpeg_zeros_of(symbol), bits = jpeg_size_of(symbol), value = 0;
        if (bits == 0 && run < ZRL_RUN) {
            z->eob_run = eob_run(b, symbol);
            break;
        }
        if (bits > 1) return 0; /* a coefficient that was zero can have but this one bit */
        if (bits == 1) value = jpeg_take(b, 1) ? 1 << z->succ_low : -(1 << z->succ_low);
        int at = pass_zeros(z, *nonzero, k, run);
        correct_all(j, n, kept, *nonzero & band_from(z, k) & ~band_from(z, at));
        if (at <= z->spec_end && bits == 1) {
            int16_t *place = place_of(&j->planes[n], kept, at);
            *nonzero |= (uint64_t)1 << at;
            if (place != NULL) *place = (int16_t)value;
        }
        k = at + 1;
    }
    if (z->eob_run == 0) return 1;
    correct_all(j, n, kept, *nonzero & band_from(z, k));
    z->eob_run--;
    return 1;
}

int jpeg_refine_block(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    int good = 1;
    if (j->bits.count < JPEG_ENOUGH) jpeg_refill(j);
    if (z->spec_start > 0 && z->succ_high == 0 && z->eob_run > 0)
        z->eob_run--;
    else if (z->spec_start > 0)
        good = z->succ_high == 0 ? read_ac_first(j, n, kept, nonzero) : read_ac_refinement(j, n, kept, nonzero);
    else if (z->succ_high == 0)
        good = read_dc_first(j, n, kept);
    else if (jpeg_take(&j->bits, 1) && kept != NULL)
        kept[0] = (int16_t)(kept[0] + (1 << z->succ_low));
    return good && !jpeg_overran(&j->bits);
}

uint32_t jpeg_pass_eob_run(jpeg *j, uint32_t x, uint32_t y, uint64_t most) {
    stbi__jpeg *z = &j->stb;
    const jpeg_plane *p = &j->planes[z->order[0]];
    jpeg_bits *b = &j->bits;
    const uint64_t *nonzero = p->nonzero + (size_t)y * p->blocks_x + x, band = band_from(z, z->spec_start);
    uint32_t count = p->used_x - x, passed = 0;
    if (count > most) count = (uint32_t)most;
    if (count > (uint32_t)z->eob_run) count = (uint32_t)z->eob_run;
    if (z->succ_high == 0) passed = count;
    for (; passed < count; passed++) {
        uint64_t which = nonzero[passed] & band;
        if (which == 0) continue;
        int bits = __builtin_popcountll(which);
        if (x + passed >= p->left && x + passed < p->right && y >= p->top) break;
        if (b->count < bits) jpeg_refill(j);
        if (b->count < bits || b->invented > 0) break;
        jpeg_drop(b, bits);
    }
    z->eob_run -= (int)passed;
    return passed;
}
