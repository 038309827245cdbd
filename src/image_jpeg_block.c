/*
 * The blocks of a baseline scan: from bits to the coefficients that are needed.
 *
 * A large photo is reduced, so that most coefficients are passed over. That is nearly all the time a large photo
 * takes, so it is done here by tables that pass over several at once, and by 64 bits at a time: half the time that
 * stb_image needs for its own way to read them.
 */
#include "image_jpeg_parts.h"

#include <string.h>

/* ---- bits ---- */

enum {
    ENOUGH = 32, /* bits that the longest code with its value fits in */
    FULL = 56    /* bits that a refill brings at least */
};

/* The next byte of the data: FF is stored as FF 00, and FF with anything else is a marker. */
static uint32_t next_byte(jpeg_bits *b) {
    if (b->at < b->end && *b->at != 0xFF) return *b->at++;
    const uint8_t *after = b->at;
    while (after < b->end && *after == 0xFF) after++;
    if (after > b->at && after < b->end && *after == 0x00) {
        b->at = after + 1;
        return 0xFF;
    }
    b->ended = 1;
    return 0;
}

static uint64_t big64(const uint8_t *b) {
    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 | (uint64_t)b[3] << 32 |
           (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 | (uint64_t)b[6] << 8 | b[7];
}

static void refill(jpeg_bits *b) {
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
    while (b->count <= FULL) {
        uint64_t byte = b->ended ? 0 : next_byte(b);
        b->window |= byte << (FULL - b->count);
        b->count += 8;
        if (b->ended) b->invented += 8;
    }
}

static void drop(jpeg_bits *b, int count) {
    b->window <<= count;
    b->count -= count;
}

/* A value of that many bits, as JPEG writes them: the lower half of the range stands for the negative ones. */
static int receive(jpeg_bits *b, int count) {
    if (count == 0) return 0;
    int value = (int)(b->window >> (64 - count));
    drop(b, count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
}

/* The next symbol, -1 where the bits are no code. */
static int symbol(jpeg_bits *b, const stbi__huffman *table, const jpeg_codes *codes) {
    uint32_t entry = codes->one[b->window >> (64 - JPEG_LOOK)];
    if (entry != 0) {
        drop(b, (int)(entry & 31));
        return (int)(entry >> 8);
    }
    uint32_t front = (uint32_t)(b->window >> 48);
    for (int length = JPEG_LOOK + 1; length <= 16; length++) {
        if (front >= table->maxcode[length]) continue;
        int index = (int)(front >> (16 - length)) + table->delta[length];
        if (index < 0 || index > 255) return -1;
        drop(b, length);
        return table->values[index];
    }
    return -1;
}

/* ---- tables ---- */

static void make_one(jpeg_codes *codes, const stbi__huffman *table) {
    memset(codes->one, 0, sizeof codes->one);
    for (int i = 0; i < 256 && table->size[i] != 0; i++) {
        int free_bits = JPEG_LOOK - table->size[i];
        if (free_bits < 0) continue;
        for (int k = 0; k < 1 << free_bits; k++)
            codes->one[(table->code[i] << free_bits) + k] = (uint16_t)(table->values[i] << 8 | table->size[i]);
    }
}

static int is_end(uint32_t code) {
    return (code & 15) == 0 && code != 0xF0;
}

/* How far an AC symbol goes: the zeros before a coefficient and that one, or 16 zeros. */
static uint32_t distance(uint32_t code) {
    return (code >> 4) + 1;
}

static void make_run(jpeg_codes *codes) {
    enum { FAR = 64 };
    for (uint32_t bits = 0; bits < 1 << JPEG_LOOK; bits++) {
        uint32_t length = 0, far = 0, ends = 0;
        while (length < JPEG_LOOK && far < FAR && !ends) {
            uint32_t entry = codes->one[bits << length & ((1 << JPEG_LOOK) - 1)], code = entry >> 8;
            if (entry == 0 || length + (entry & 31) > JPEG_LOOK) break; /* its code goes on beyond these bits */
            ends = (uint32_t)is_end(code);
            far += ends ? 0 : distance(code);
            length += (entry & 31) + (ends ? 0 : code & 15);
        }
        codes->run[bits] = (uint16_t)(ends << 12 | far << 5 | length);
    }
}

void jpeg_begin_data(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    j->bits = (jpeg_bits){.at = z->s->img_buffer, .end = z->s->img_buffer_end};
    for (int k = 0; k < z->scan_n; k++) {
        int dc = z->img_comp[z->order[k]].hd, ac = z->img_comp[z->order[k]].ha;
        make_one(&j->dc_codes[dc], &z->huff_dc[dc]);
        make_one(&j->ac_codes[ac], &z->huff_ac[ac]);
        make_run(&j->ac_codes[ac]);
    }
}

void jpeg_end_data(jpeg *j) {
    j->stb.s->img_buffer += j->bits.at - j->stb.s->img_buffer;
}

int jpeg_skip_restart(jpeg *j) {
    jpeg_bits *b = &j->bits;
    refill(b);
    while (b->ended && b->end - b->at >= 2 && b->at[1] == 0xFF) b->at++;
    if (!b->ended || b->end - b->at < 2 || !STBI__RESTART(b->at[1])) return 0;
    *b = (jpeg_bits){.at = b->at + 2, .end = b->end};
    return 1;
}

/* ---- blocks ---- */

static int read_mean(jpeg *j, int n, int16_t *mean) {
    stbi__jpeg *z = &j->stb;
    int table = z->img_comp[n].hd, unit = z->dequant[z->img_comp[n].tq][0];
    int bits = symbol(&j->bits, &z->huff_dc[table], &j->dc_codes[table]);
    if (bits < 0 || bits > 15) return jpeg_damaged(j, "bad huffman code");
    int step = receive(&j->bits, bits);
    if (!stbi__addints_valid(z->img_comp[n].dc_pred, step)) return jpeg_damaged(j, "bad delta");
    int dc = z->img_comp[n].dc_pred += step;
    if (!stbi__mul2shorts_valid(dc, unit)) return jpeg_damaged(j, "mean value out of range");
    *mean = (int16_t)(dc * unit);
    return 1;
}

/* The coefficients from *k that are needed. *k is where the others begin, or 64 where there are none. */
static int read_needed(jpeg *j, int n, int16_t *block, int *k) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    int table = z->img_comp[n].ha, last = j->planes[n].last;
    while (*k <= last) {
        if (b->count < ENOUGH) refill(b);
        int code = symbol(b, &z->huff_ac[table], &j->ac_codes[table]);
        if (code < 0) return jpeg_damaged(j, "bad huffman code");
        if (is_end((uint32_t)code)) {
            *k = JPEG_COEFFICIENTS;
            return 1;
        }
        *k += (int)distance((uint32_t)code);
        int value = receive(b, code & 15), at = stbi__jpeg_dezigzag[*k - 1]; /* it has 15 more entries than a block */
        if (value != 0) block[at] = (int16_t)(value * z->dequant[z->img_comp[n].tq][at]);
    }
    return 1;
}

static int skip_rest(jpeg *j, int n, int k) {
    stbi__jpeg *z = &j->stb;
    jpeg_bits *b = &j->bits;
    int table = z->img_comp[n].ha;
    const jpeg_codes *codes = &j->ac_codes[table];
    while (k < JPEG_COEFFICIENTS) {
        if (b->count < ENOUGH) refill(b);
        uint32_t run = codes->run[b->window >> (64 - JPEG_LOOK)];
        int ends = (int)(run >> 12), far = (int)(run >> 5 & 127);
        if (run != 0 && k + far + ends <= JPEG_COEFFICIENTS) {
            drop(b, (int)(run & 31));
            k = ends ? JPEG_COEFFICIENTS : k + far;
            continue;
        }
        int code = symbol(b, &z->huff_ac[table], codes);
        if (code < 0) return jpeg_damaged(j, "bad huffman code");
        drop(b, is_end((uint32_t)code) ? 0 : code & 15);
        k = is_end((uint32_t)code) ? JPEG_COEFFICIENTS : k + (int)distance((uint32_t)code);
    }
    return 1;
}

int jpeg_read_block(jpeg *j, int n, int16_t *block) {
    jpeg_bits *b = &j->bits;
    if (j->planes[n].last > 0) memset(block, 0, JPEG_COEFFICIENTS * sizeof *block);
    if (b->count < ENOUGH) refill(b);
    int k = 1;
    if (!read_mean(j, n, block) || !read_needed(j, n, block, &k) || !skip_rest(j, n, k)) return 0;
    return b->count < b->invented ? jpeg_damaged(j, "the data ends early") : 1;
}
