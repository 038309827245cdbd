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

void jpeg_refill(jpeg *j) {
    jpeg_bits *b = &j->bits;
    const uint64_t ones = 0x0101010101010101u;
    if (b->end - b->at >= 8) {
        uint64_t word = big64(b->at);
        if (((~word - ones) & word & (ones << 7)) == 0) { /* no byte is FF */
            int bytes = (63 - b->count) / 8;
            b->window |= word >> b->count;
            b->at += bytes;
            b->count += 8 * bytes;
            return;
        }
    }
    while (b->count <= JPEG_FULL) {
        uint64_t byte = b->ended ? 0 : next_byte(j);
        b->window |= byte << (JPEG_FULL - b->count);
        b->count += 8;
        if (b->ended) b->invented += 8;
    }
}

/* ---- tables ---- */

static void make_one(jpeg_codes *codes) {
    const jpeg_huffman *table = &codes->table;
    memset(codes->one, 0, sizeof codes->one);
    for (int i = 0; i <= UINT8_MAX && table->size[i] != 0; i++) {
        int free_bits = JPEG_LOOK - table->size[i];
        if (free_bits < 0) continue;
        for (int k = 0; k < 1 << free_bits; k++)
            codes->one[(table->code[i] << free_bits) + k] =
                (uint16_t)(table->values[i] << JPEG_SYMBOL_SHIFT | table->size[i]);
    }
}

/* EOB: the rest of the block is zero. What has no value and is no ZRL is taken for it. */
static int is_end(uint32_t code) {
    return jpeg_size_of((int)code) == 0 && code != JPEG_ZRL;
}

/* How far an AC symbol goes: its zeros and the coefficient behind them, or the 16 zeros of ZRL. */
static uint32_t distance(uint32_t code) {
    return (uint32_t)jpeg_zeros_of((int)code) + 1;
}

static void make_run(jpeg_codes *codes) {
    enum { FAR = 64 };
    for (uint32_t bits = 0; bits < 1 << JPEG_LOOK; bits++) {
        uint32_t length = 0, far = 0, ends = 0;
        while (length < JPEG_LOOK && far < FAR && !ends) {
            uint32_t entry = codes->one[bits << length & ((1 << JPEG_LOOK) - 1)], code = entry >> JPEG_SYMBOL_SHIFT;
            if (entry == 0 || length + (entry & JPEG_LENGTH) > JPEG_LOOK)
                break; /* its code goes on beyond these bits */
            ends = (uint32_t)is_end(code);
            far += ends ? 0 : distance(code);
            length += (entry & JPEG_LENGTH) + (ends ? 0 : (uint32_t)jpeg_size_of((int)code));
        }
        codes->run[bits] = (uint16_t)(ends << JPEG_ENDS_SHIFT | far << JPEG_FAR_SHIFT | length);
    }
}

/* As make_run, with where the coefficients lie; refinement has no values of more than one bit (G.1.2.3). */
static void make_passes(jpeg_pass *passes, const jpeg_codes *codes, int most_bits) {
    enum { FAR = 32 }; /* bits of `found` */
    for (uint32_t bits = 0; bits < 1 << JPEG_LOOK; bits++) {
        jpeg_pass pass = {0};
        while (pass.length < JPEG_LOOK && !pass.ends) {
            uint32_t entry = codes->one[bits << pass.length & ((1 << JPEG_LOOK) - 1)];
            int symbol = (int)(entry >> JPEG_SYMBOL_SHIFT), size = jpeg_size_of(symbol);
            int is_eob = size == 0 && symbol != JPEG_ZRL, far = is_eob ? 0 : jpeg_zeros_of(symbol) + 1;
            int length = pass.length + (int)(entry & JPEG_LENGTH) + size;
            if (entry == 0 || length > JPEG_LOOK || pass.far + far > FAR) break;
            if (size > most_bits || (is_eob && symbol != 0)) break; /* no symbol, or one with a run behind it */
            pass.length = (uint8_t)length;
            pass.far = (uint8_t)(pass.far + far);
            pass.ends = (uint8_t)is_eob;
            if (size > 0) pass.found |= 1u << (pass.far - 1);
        }
        passes[bits] = pass;
    }
}

void jpeg_make_codes(jpeg *j) {
    enum { MOST_BITS = 15 }; /* that a symbol has room for */
    for (int k = 0; k < j->scan.count; k++) {
        const jpeg_component *c = &j->frame.component[j->scan.order[k]];
        jpeg_codes *dc = &j->dc_codes[c->td], *ac = &j->ac_codes[c->ta];
        dc->table = jpeg_stb_huffman(j->stb, JPEG_DC, c->td);
        ac->table = jpeg_stb_huffman(j->stb, JPEG_AC, c->ta);
        if (!j->frame.progressive || j->scan.ss == 0) make_one(dc);
        if (!j->frame.progressive || j->scan.ss > 0) make_one(ac);
        if (!j->frame.progressive) make_run(ac);
        if (j->frame.progressive && j->scan.ss > 0) make_passes(j->passes, ac, j->scan.ah > 0 ? 1 : MOST_BITS);
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
        if (is_end((uint32_t)code)) {
            *k = JPEG_COEFFICIENTS;
            return 1;
        }
        *k += (int)distance((uint32_t)code);
        int value = jpeg_receive(b, jpeg_size_of(code));
        int at = jpeg_zigzag[*k - 1];
        if (value != 0) block[at] = (int16_t)(value * c->steps[at]);
    }
    return 1;
}

/* Pass over the AC coefficients from k on, several at a time where the table of runs knows them. */
static int skip_rest(jpeg *j, int n, int k) {
    jpeg_bits *b = &j->bits;
    const jpeg_codes *codes = &j->ac_codes[j->frame.component[n].ta];
    while (k < JPEG_COEFFICIENTS) {
        if (b->count < JPEG_ENOUGH) jpeg_refill(j);
        uint32_t run = codes->run[b->window >> (64 - JPEG_LOOK)];
        int ends = (int)(run >> JPEG_ENDS_SHIFT), far = (int)(run >> JPEG_FAR_SHIFT & JPEG_FAR);
        if (run != 0 && k + far + ends <= JPEG_COEFFICIENTS) {
            jpeg_drop(b, (int)(run & JPEG_LENGTH));
            k = ends ? JPEG_COEFFICIENTS : k + far;
            continue;
        }
        int code = jpeg_symbol(b, codes);
        if (code < 0) return 0;
        jpeg_drop(b, is_end((uint32_t)code) ? 0 : jpeg_size_of(code));
        k = is_end((uint32_t)code) ? JPEG_COEFFICIENTS : k + (int)distance((uint32_t)code);
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
