/*
 * The blocks of a progressive scan, which brings some of the coefficients, or one more bit of them.
 *
 * Of a block that is not looked at only this is kept: which of its AC coefficients are not zero, since a scan that
 * refines them has a bit for each of those.
 */
#include "jpeg_bits.h"

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

/* The length of a run of blocks without further coefficients, this one included, for its code. */
static int end_of_band(jpeg_bits *b, int code) {
    int bits = code >> 4;
    return (1 << bits) + (bits > 0 ? (int)jpeg_take(b, bits) : 0);
}

enum { SIXTEEN_ZEROS = 15 }; /* the upper half of the one symbol without a value that ends nothing */

static int read_ac_first(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    int table = z->img_comp[n].ha;
    if (z->eob_run > 0) return z->eob_run--, 1;
    for (int k = z->spec_start; k <= z->spec_end; k++) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int code = jpeg_symbol(b, &z->huff_ac[table], &j->ac_codes[table]);
        if (code < 0) return 0;
        int run = code >> 4, bits = code & 15;
        if (bits == 0 && run < SIXTEEN_ZEROS) {
            z->eob_run = end_of_band(b, code) - 1;
            return 1;
        }
        k += run;
        if (bits == 0) continue;
        if (k >= JPEG_COEFFICIENTS) return 0;
        int value = jpeg_receive(b, bits);
        int16_t *place = place_of(&j->planes[n], kept, k);
        *nonzero |= (uint64_t)1 << k;
        if (place != NULL) *place = (int16_t)(value * (1 << z->succ_low));
    }
    return 1;
}

/* The next bit of coefficient k, which is not zero. */
static void correct(jpeg *j, int n, int16_t *kept, int k) {
    if (j->bits.count < 1) jpeg_refill(j);
    if (!jpeg_take(&j->bits, 1)) return;
    int16_t *place = place_of(&j->planes[n], kept, k), bit = (int16_t)(1 << j->stb.succ_low);
    if (place != NULL && (*place & bit) == 0) *place = (int16_t)(*place + (*place > 0 ? bit : -bit));
}

/* Correct the coefficients from k on and pass over `zeros` others. The place of the next zero, or one behind the band. */
static int pass_zeros(jpeg *j, int n, int16_t *kept, uint64_t nonzero, int k, int zeros) {
    for (; k <= j->stb.spec_end; k++) {
        if (nonzero >> k & 1)
            correct(j, n, kept, k);
        else if (zeros-- == 0)
            break;
    }
    return k;
}

static int read_ac_refinement(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    int table = z->img_comp[n].ha, k = z->spec_start;
    while (z->eob_run == 0 && k <= z->spec_end) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int code = jpeg_symbol(b, &z->huff_ac[table], &j->ac_codes[table]);
        if (code < 0) return 0;
        int run = code >> 4, bits = code & 15, value = 0;
        if (bits == 0 && run < SIXTEEN_ZEROS) {
            z->eob_run = end_of_band(b, code);
            break;
        }
        if (bits > 1) return 0; /* a coefficient that was zero can have but this one bit */
        if (bits == 1) value = jpeg_take(b, 1) ? 1 << z->succ_low : -(1 << z->succ_low);
        k = pass_zeros(j, n, kept, *nonzero, k, run);
        if (k <= z->spec_end && value != 0) {
            int16_t *place = place_of(&j->planes[n], kept, k);
            *nonzero |= (uint64_t)1 << k;
            if (place != NULL) *place = (int16_t)value;
        }
        k++;
    }
    if (z->eob_run == 0) return 1;
    (void)pass_zeros(j, n, kept, *nonzero, k, JPEG_COEFFICIENTS);
    z->eob_run--;
    return 1;
}

int jpeg_refine_block(jpeg *j, int n, int16_t *kept, uint64_t *nonzero) {
    stbi__jpeg *z = &j->stb;
    int good = 1;
    if (j->bits.count < JPEG_ENOUGH) jpeg_refill(j);
    if (z->spec_start > 0)
        good = z->succ_high == 0 ? read_ac_first(j, n, kept, nonzero) : read_ac_refinement(j, n, kept, nonzero);
    else if (z->succ_high == 0)
        good = read_dc_first(j, n, kept);
    else if (jpeg_take(&j->bits, 1) && kept != NULL)
        kept[0] = (int16_t)(kept[0] + (1 << z->succ_low));
    return good && !jpeg_overran(&j->bits);
}
