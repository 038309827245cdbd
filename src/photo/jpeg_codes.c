/*
 * What is looked up by the next bits of a scan: the symbol that they begin with, and how far several symbols go. Made of its
 * Huffman tables before its data is read, apart from the loops that use it, which are built for speed.
 */
#include "jpeg_bits.h"

#include <string.h>

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

static void make_run(jpeg_codes *codes) {
    enum { FAR = 64 };
    for (uint32_t bits = 0; bits < 1 << JPEG_LOOK; bits++) {
        uint32_t length = 0, far = 0, ends = 0;
        while (length < JPEG_LOOK && far < FAR && !ends) {
            uint32_t entry = codes->one[bits << length & ((1 << JPEG_LOOK) - 1)], code = entry >> JPEG_SYMBOL_SHIFT;
            if (entry == 0 || length + (entry & JPEG_LENGTH) > JPEG_LOOK)
                break; /* its code goes on beyond these bits */
            ends = (uint32_t)jpeg_is_end(code);
            far += ends ? 0 : jpeg_distance(code);
            length += (entry & JPEG_LENGTH) + (ends ? 0 : (uint32_t)jpeg_size_of((int)code));
        }
        codes->run[bits] = (uint16_t)(ends << JPEG_ENDS_SHIFT | far << JPEG_FAR_SHIFT | length);
    }
}

/* Differences of DC coefficients, of those codes that have their value within the bits. */
static void make_differences(jpeg_codes *codes) {
    for (uint32_t bits = 0; bits < 1 << JPEG_LOOK; bits++) {
        uint32_t entry = codes->one[bits], size = entry >> JPEG_SYMBOL_SHIFT;
        uint32_t length = (entry & JPEG_LENGTH) + size;
        codes->run[bits] = 0;
        if (entry == 0 || size > JPEG_DC_NEAR || length > JPEG_LOOK) continue;
        jpeg_bits value = {.window = (uint64_t)bits << (64 - JPEG_LOOK + (entry & JPEG_LENGTH))};
        uint32_t difference = (uint32_t)(jpeg_receive(&value, (int)size) + JPEG_DC_ZERO);
        codes->run[bits] = (uint16_t)(difference << JPEG_FAR_SHIFT | length);
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
            int is_eob = jpeg_is_end((uint32_t)symbol), far = is_eob ? 0 : jpeg_zeros_of(symbol) + 1;
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

/* What is looked up for a Huffman table of the DC class, by its destination. */
static void make_dc(jpeg *j, int destination) {
    jpeg_codes *dc = &j->dc_codes[destination];
    dc->table = jpeg_stb_huffman(j->stb, JPEG_DC, destination);
    if (j->frame.progressive && j->scan.ss > 0) return;
    make_one(dc);
    make_differences(dc);
}

/* The same of the AC class. */
static void make_ac(jpeg *j, int destination) {
    jpeg_codes *ac = &j->ac_codes[destination];
    ac->table = jpeg_stb_huffman(j->stb, JPEG_AC, destination);
    if (!j->frame.progressive || j->scan.ss > 0) make_one(ac);
    if (!j->frame.progressive) make_run(ac);
    if (j->frame.progressive && j->scan.ss > 0) make_passes(j->passes, ac, j->scan.ah > 0 ? 1 : JPEG_AC_BITS);
}

void jpeg_make_codes(jpeg *j) {
    uint32_t dc_made = 0, ac_made = 0; /* a bit for each destination: components share tables, as Cb and Cr do */
    for (int k = 0; k < j->scan.count; k++) {
        const jpeg_component *c = &j->frame.component[j->scan.order[k]];
        uint32_t dc = 1u << c->td, ac = 1u << c->ta;
        if ((dc_made & dc) == 0) make_dc(j, c->td);
        if ((ac_made & ac) == 0) make_ac(j, c->ta);
        dc_made |= dc;
        ac_made |= ac;
    }
}
