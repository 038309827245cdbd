/*
 * The blocks of a progressive scan (annex G), which brings a band of the coefficients (spectral selection), or one more bit
 * of them (successive approximation).
 *
 * Of a block that is not looked at only this is kept: which of its AC coefficients are not zero, since a scan that
 * refines them has a bit for each of those.
 */
#include "jpeg_bits.h"

/* The upper bits of a DC coefficient (G.1.2.1). */
static int read_dc_first(jpeg *j, int n, int16_t *kept) {
    int16_t dc;
    if (!jpeg_read_dc(j, n, 1 << j->scan.al, &dc)) return 0;
    if (kept != NULL) kept[0] = dc;
    return 1;
}

/* Where coefficient k, in zigzag order, is kept; NULL where it is not. */
static int16_t *place_of(const jpeg_plane *p, int16_t *kept, int k) {
    uint32_t at = jpeg_zigzag[k], u = at % JPEG_BLOCK, v = at / JPEG_BLOCK;
    return kept != NULL && u < p->block_x && v < p->block_y ? kept + v * p->block_x + u : NULL;
}

/* The length of an EOB run (G.1.2.2), this block included, for its symbol EOBn. */
static int eob_run(jpeg_bits *b, int symbol) {
    int bits = jpeg_zeros_of(symbol);
    return (1 << bits) + (bits > 0 ? (int)jpeg_take(b, bits) : 0);
}

/* Coefficients of the scan's band, a bit each, from k on. */
static uint64_t band_from(const jpeg_scan *scan, int k) {
    uint64_t band = (UINT64_MAX >> (JPEG_COEFFICIENTS - 1 - scan->se));
    return k < JPEG_COEFFICIENTS ? band & UINT64_MAX << k : 0;
}

/* Zeros before the next coefficient that has been other than zero, from k on. */
static int clear_from(uint64_t before, int k) {
    uint64_t ahead = before >> k;
    return ahead == 0 ? JPEG_COEFFICIENTS : __builtin_ctzll(ahead);
}

/*
 * Symbols whose coefficients from *k on are not kept and none of which has been other than zero before: several at a time. Adds
 * to *found; 0 where there is none, -1 where the band ends with them.
 */
static int pass_symbols(jpeg *j, uint64_t before, int *k, uint64_t *found) {
    const jpeg_pass *pass = &j->passes[j->bits.window >> (64 - JPEG_LOOK)];
    if (pass->length == 0 || pass->far > clear_from(before, *k) || *k + pass->far + pass->ends > j->scan.se + 1)
        return 0;
    jpeg_drop(&j->bits, pass->length);
    *found |= (uint64_t)pass->found << *k;
    *k += pass->far;
    return pass->ends ? -1 : 1;
}

/* The last coefficient of a block that is kept, in zigzag order; -1 where none is. */
static int last_kept(const jpeg *j, int n, const int16_t *kept) {
    return kept != NULL ? j->planes[n].last : -1;
}

/* The upper bits of the band's coefficients (G.1.2.2). */
static int read_ac_first(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    const jpeg_scan *scan = &j->scan;
    jpeg_bits *b = &j->bits;
    const jpeg_codes *codes = &j->ac_codes[j->frame.component[n].ta];
    uint64_t found = 0; /* in a register, which *nonzero is not */
    int k = scan->ss, end = scan->se, last = last_kept(j, n, kept), good = 1;
    while (k <= end) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int passed = k > last ? pass_symbols(j, 0, &k, &found) : 0;
        if (passed < 0) break;
        if (passed > 0) continue;
        int symbol = jpeg_symbol(b, codes), bits = jpeg_size_of(symbol);
        good = symbol >= 0;
        if (!good) break;
        if (jpeg_is_end((uint32_t)symbol)) {
            j->eob_run = eob_run(b, symbol) - 1;
            break;
        }
        k += jpeg_zeros_of(symbol);
        good = bits == 0 || k < JPEG_COEFFICIENTS;
        if (!good) break;
        if (bits > 0) {
            int value = jpeg_receive(b, bits);
            int16_t *place = k <= last ? place_of(&j->planes[n], kept, k) : NULL;
            if (place != NULL) *place = (int16_t)(value * (1 << scan->al));
            found |= (uint64_t)1 << k;
        }
        k++;
    }
    *nonzero |= found;
    return good;
}

/* The correction bit of coefficient k, which is not zero (G.1.2.3). */
static void correct(jpeg *j, int n, int16_t *kept, int k) {
    if (j->bits.count < 1) jpeg_refill(j);
    if (!jpeg_take(&j->bits, 1)) return;
    int16_t *place = place_of(&j->planes[n], kept, k), bit = (int16_t)(1 << j->scan.al);
    if (place != NULL && (*place & bit) == 0) *place = (int16_t)(*place + (*place > 0 ? bit : -bit));
}

/* Pass over so many bits, which may be more than are known at once. */
static void drop_many(jpeg *j, int count) {
    while (count > 0) {
        int some = count < JPEG_ENOUGH ? count : JPEG_ENOUGH;
        if (j->bits.count < some) jpeg_refill(j);
        jpeg_drop(&j->bits, some);
        count -= some;
    }
}

/* The correction bits of these coefficients, of which those beyond the last that is kept are only passed over. */
static void correct_all(jpeg *j, int n, int16_t *kept, int last, uint64_t which) {
    for (; which != 0 && __builtin_ctzll(which) <= last; which &= which - 1)
        correct(j, n, kept, __builtin_ctzll(which));
    drop_many(j, __builtin_popcountll(which));
}

/* The place of the zero behind `zeros` others from k on; one behind the band where there is none. */
static int pass_zeros(uint64_t before, int k, int end, int zeros) {
    while (k <= end) {
        int clear = clear_from(before, k);
        if (zeros < clear) return k + zeros <= end ? k + zeros : end + 1;
        zeros -= clear;
        k += clear;
        uint64_t others = ~(before >> k);
        k += others == 0 ? JPEG_COEFFICIENTS : __builtin_ctzll(others);
    }
    return end + 1;
}

/* One more bit of the band's coefficients, and those that become other than zero by it (G.1.2.3). */
static int read_ac_refinement(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    const jpeg_scan *scan = &j->scan;
    jpeg_bits *b = &j->bits;
    const jpeg_codes *codes = &j->ac_codes[j->frame.component[n].ta];
    uint64_t before = *nonzero, found = 0;
    int k = scan->ss, end = scan->se, last = last_kept(j, n, kept), good = 1;
    while (j->eob_run == 0 && k <= end) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int passed = k > last ? pass_symbols(j, before, &k, &found) : 0;
        if (passed < 0) j->eob_run = 1;
        if (passed != 0) continue;
        int symbol = jpeg_symbol(b, codes), bits = jpeg_size_of(symbol);
        good =
            symbol >= 0 && (jpeg_is_end((uint32_t)symbol) || bits <= 1); /* what was zero can have but this one bit */
        if (!good) break;
        if (jpeg_is_end((uint32_t)symbol)) {
            j->eob_run = eob_run(b, symbol);
            break;
        }
        uint32_t is_positive = bits == 1 ? jpeg_take(b, 1) : 0;
        int run = jpeg_zeros_of(symbol), at = pass_zeros(before, k, end, run);
        if (k > last && at <= end)
            drop_many(j, at - k - run);
        else
            correct_all(j, n, kept, last, before & band_from(scan, k) & ~band_from(scan, at));
        if (at <= end && bits == 1) {
            int16_t *place = at <= last ? place_of(&j->planes[n], kept, at) : NULL;
            if (place != NULL) *place = (int16_t)(is_positive ? 1 << scan->al : -(1 << scan->al));
            found |= (uint64_t)1 << at;
        }
        k = at + 1;
    }
    *nonzero |= found;
    if (!good || j->eob_run == 0) return good;
    correct_all(j, n, kept, last, before & band_from(scan, k));
    j->eob_run--;
    return 1;
}

int jpeg_refine_block(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    const jpeg_scan *scan = &j->scan;
    int good = 1;
    if (j->bits.count < JPEG_ENOUGH) jpeg_refill(j);
    if (scan->ss > 0 && scan->ah == 0 && j->eob_run > 0)
        j->eob_run--;
    else if (scan->ss > 0)
        good = scan->ah == 0 ? read_ac_first(j, n, kept, nonzero) : read_ac_refinement(j, n, kept, nonzero);
    else if (scan->ah == 0)
        good = read_dc_first(j, n, kept);
    else if (jpeg_take(&j->bits, 1) && kept != NULL)
        kept[0] = (int16_t)(kept[0] + (1 << scan->al));
    return good && !jpeg_overran(&j->bits);
}

uint32_t jpeg_pass_eob_run(jpeg *j, uint32_t x, uint32_t y, uint64_t most) {
    const jpeg_scan *scan = &j->scan;
    const jpeg_plane *p = &j->planes[scan->order[0]];
    jpeg_bits *b = &j->bits;
    const uint64_t *nonzero = p->nonzero + (size_t)y * p->blocks_x + x, band = band_from(scan, scan->ss);
    uint32_t count = p->used_x - x, passed = 0;
    if (count > most) count = (uint32_t)most;
    if (count > (uint32_t)j->eob_run) count = (uint32_t)j->eob_run;
    if (scan->ah == 0) passed = count;
    for (; passed < count; passed++) {
        uint64_t which = nonzero[passed] & band;
        if (which == 0) continue;
        int bits = __builtin_popcountll(which);
        if (x + passed >= p->left && x + passed < p->right && y >= p->top) break;
        if (b->count < bits) jpeg_refill(j);
        if (b->count < bits || b->invented > 0) break;
        jpeg_drop(b, bits);
    }
    j->eob_run -= (int)passed;
    return passed;
}
