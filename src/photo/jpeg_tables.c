/* The Huffman tables that are meant where a JPEG has none: typical ones of ITU-T T.81, K.3. */
#include "jpeg_parts.h"

#include <string.h>

enum { LENGTHS = JPEG_CODE_BITS, DC_SYMBOLS = 12, AC_SYMBOLS = 162, LUMA = 0, CHROMA = 1 };

/* How many codes there are of 1 to 16 bits (tables K.3 to K.6), by LUMA and CHROMA. */
static const uint8_t dc_lengths[2][LENGTHS] = {{0, 1, 5, 1, 1, 1, 1, 1, 1}, {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
static const uint8_t ac_lengths[2][LENGTHS] = {{0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D},
                                               {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77}};

/* Their symbols in the order of the codes, as far as this order is not that of their values; what follows are all the
 * others, by value. */
static const uint8_t luma_first[] = {0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13,
                                     0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42,
                                     0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72, 0x82};
static const uint8_t chroma_first[] = {0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12,
                                       0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14,
                                       0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15,
                                       0x62, 0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1};

static void build(stbi__huffman *table, const uint8_t lengths[LENGTHS]) {
    int counts[LENGTHS];
    for (int i = 0; i < LENGTHS; i++) counts[i] = lengths[i];
    (void)stbi__build_huffman(table, counts); /* cannot fail: these tables are right */
}

static void fill_ac_symbols(stbi__huffman *table, const uint8_t *first, size_t first_count) {
    enum { MOST_BITS = 10 }; /* of an AC coefficient of 8-bit samples */
    size_t count = first_count;
    memcpy(table->values, first, first_count);
    for (int symbol = 0; symbol < 256 && count < AC_SYMBOLS; symbol++) {
        int bits = symbol & 15, is_used = bits >= 1 && bits <= MOST_BITS;
        if (is_used && memchr(first, symbol, first_count) == NULL) table->values[count++] = (uint8_t)symbol;
    }
}

void jpeg_default_tables(stbi__jpeg *z) {
    for (int i = LUMA; i <= CHROMA; i++) {
        if (!jpeg_has_table(&z->huff_dc[i])) {
            build(&z->huff_dc[i], dc_lengths[i]);
            for (uint8_t k = 0; k < DC_SYMBOLS; k++) z->huff_dc[i].values[k] = k;
        }
        if (jpeg_has_table(&z->huff_ac[i])) continue;
        build(&z->huff_ac[i], ac_lengths[i]);
        if (i == LUMA)
            fill_ac_symbols(&z->huff_ac[i], luma_first, sizeof luma_first);
        else
            fill_ac_symbols(&z->huff_ac[i], chroma_first, sizeof chroma_first);
    }
}
