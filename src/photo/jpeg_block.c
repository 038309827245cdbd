/*
 * The blocks of a baseline scan (F.2.2): from bits to the coefficients that are needed.
 *
 * A large photo is reduced, so that most coefficients are passed over. That is nearly all the time a large photo
 * takes, so it is done here by tables that pass over several at once, and by 64 bits at a time: half the time that
 * stb_image needs for its own way to read them.
 */
#include "jpeg_bits.h"

#include <string.h>

/* ---- bits ---- */

/* The next byte of the entropy-coded data (NEXTBIT, F.2.2.5): FF is stored as FF 00 (B.1.1.5), and FF with anything else is a
 * marker (B.1.1.2), which ends the data unless it is a stray one. */
static uint32_t next_byte(jpeg *j) {
    jpeg_bits *b = &j->bits;
    while (b->at < b->end) {
        if (*b->at != 0xFF) return *b->at++;
        const uint8_t *code = b->at;
        while (code < b->end && *code == 0xFF) code++;
        if (code == b->end) break;
        if (*code == 0x00) {
            b->at = code + 1;
            return 0xFF;
        }
        b->at = code - 1;
        if (!jpeg_is_stray(j, b->at)) break;
        b->at += 2;
    }
    b->ended = 1;
    return 0;
}

static uint64_t big64(const uint8_t *b) {
    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 | (uint64_t)b[3] << 32 |
           (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 | (uint64_t)b[6] << 8 | b[7];
}

/* Make more bits known where the next 8 bytes are there and none is FF, as most are; else 0. */
static inline int refill_at_once(jpeg_bits *b) {
    const uint64_t ones = 0x0101010101010101u;
    if (b->end - b->at < (ptrdiff_t)sizeof ones) return 0;
    uint64_t word = big64(b->at);
    if (((~word - ones) & word & (ones << 7)) != 0) return 0;
    int bytes = (63 - b->count) / 8;
    b->window |= word >> b->count;
    b->at += bytes;
    b->count += 8 * bytes;
    return 1;
}

void jpeg_refill(jpeg *j) {
    jpeg_bits *b = &j->bits;
    if (refill_at_once(b)) return;
    while (b->count <= JPEG_FULL) {
        uint64_t byte = b->ended ? 0 : next_byte(j);
        b->window |= byte << (JPEG_FULL - b->count);
        b->count += 8;
        if (b->ended) b->invented += 8;
    }
}

/* ---- blocks ---- */

int jpeg_long_symbol(jpeg_bits *b, const jpeg_huffman *table) {
    uint32_t front = (uint32_t)(b->window >> (64 - JPEG_CODE_BITS));
    for (int length = JPEG_LOOK + 1; length <= JPEG_CODE_BITS; length++) {
        if (front >= table->maxcode[length]) continue;
        int index = (int)(front >> (JPEG_CODE_BITS - length)) + table->delta[length];
        if (index < 0 || index > UINT8_MAX) return -1;
        jpeg_drop(b, length);
        return table->values[index];
    }
    return -1;
}

int jpeg_far_difference(jpeg_bits *b, const jpeg_codes *codes) {
    int size = jpeg_symbol(b, codes);
    return size < 0 || size > JPEG_DC_BITS ? JPEG_NO_DIFFERENCE : jpeg_receive(b, size);
}

/* The AC coefficients from *k on, in zigzag order (figure A.6), that are needed (F.2.2.2). *k is where the others begin, or
 * JPEG_COEFFICIENTS where there are none. */
static int read_needed(jpeg *j, int n, int16_t *block, int *k) {
    const jpeg_component *c = &j->frame.component[n];
    const jpeg_codes *codes = &j->ac_codes[c->ta];
    jpeg_bits *b = &j->bits;
    int last = j->planes[n].last;
    while (*k <= last) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        int code = jpeg_symbol(b, codes);
        if (code < 0) return 0;
        if (jpeg_is_end((uint32_t)code)) {
            *k = JPEG_COEFFICIENTS;
            return 1;
        }
        *k += (int)jpeg_distance((uint32_t)code);
        int value = jpeg_receive(b, jpeg_size_of(code));
        int at = jpeg_zigzag[*k - 1];
        if (value != 0) block[at] = (int16_t)(value * c->steps[at]);
    }
    return 1;
}

/* Pass over one AC symbol; the coefficient behind it, where it begins at k, or 0 where the bits are no code. */
static int skip_symbol(jpeg_bits *b, const jpeg_codes *codes, int k) {
    int code = jpeg_symbol(b, codes);
    if (code < 0) return 0;
    if (jpeg_is_end((uint32_t)code)) return JPEG_COEFFICIENTS;
    jpeg_drop(b, jpeg_size_of(code));
    return k + (int)jpeg_distance((uint32_t)code);
}

/*
 * Pass over the AC coefficients from k on, several at a time where the table of runs knows them. A code that the look-up has
 * may have its value behind it: so many look-ups find all their bits after one refill, and there is no asking in between, which
 * processors would foretell badly.
 */
static int skip_rest(jpeg *j, int n, int k) {
    enum { LOOK_UPS = JPEG_FULL / (JPEG_LOOK + JPEG_AC_BITS) };
    const jpeg_codes *codes = &j->ac_codes[j->frame.component[n].ta];
    jpeg_bits *b = &j->bits;
    while (k < JPEG_COEFFICIENTS) {
        if (!refill_at_once(b)) jpeg_refill(j);
        int i = 0;
        for (; i < LOOK_UPS && k < JPEG_COEFFICIENTS; i++) {
            uint32_t run = codes->run[b->window >> (64 - JPEG_LOOK)];
            int ends = (int)(run >> JPEG_ENDS_SHIFT), far = (int)(run >> JPEG_FAR_SHIFT & JPEG_FAR);
            if (run == 0 || k + far + ends > JPEG_COEFFICIENTS) break;
            jpeg_drop(b, (int)(run & JPEG_LENGTH));
            k = ends ? JPEG_COEFFICIENTS : k + far;
        }
        if (i == 0 && (k = skip_symbol(b, codes, k)) == 0) return 0;
    }
    return 1;
}

int jpeg_read_block(jpeg *j, int n, int16_t *block) {
    jpeg_bits *b = &j->bits;
    if (block != NULL && j->planes[n].last > 0) memset(block, 0, JPEG_COEFFICIENTS * sizeof *block);
    if (b->count < JPEG_ENOUGH) jpeg_refill(j);
    int k = 1;
    int16_t dc;
    if (!jpeg_read_dc(j, n, j->frame.component[n].steps[0], &dc)) return 0;
    if (block != NULL) block[0] = dc;
    if (block != NULL && !read_needed(j, n, block, &k)) return 0;
    return skip_rest(j, n, k) && !jpeg_overran(b);
}
