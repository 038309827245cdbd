/* The Huffman tables that are meant where a JPEG has none: typical ones of ITU-T T.81, K.3. */
#include "jpeg_parts.h"

#include <string.h>

/* How many values there are (tables K.3 to K.6), and the destinations that baseline files have the tables at. */
enum { DC_VALUES = 12, AC_VALUES = 162, LUMA = 0, CHROMA = 1 };

/* How many codes there are of 1 to 16 bits (tables K.3 to K.6), by LUMA and CHROMA. */
static const uint8_t dc_lengths[2][JPEG_CODE_BITS] = {{0, 1, 5, 1, 1, 1, 1, 1, 1}, {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
static const uint8_t ac_lengths[2][JPEG_CODE_BITS] = {{0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D},
                                                      {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77}};

/* The values of the AC tables in the order of the codes, as far as that is not their own order; all the others follow, the
 * lowest first. */
static const uint8_t luma_first[] = {0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13,
                                     0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42,
                                     0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72, 0x82};
static const uint8_t chroma_first[] = {0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12,
                                       0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14,
                                       0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15,
                                       0x62, 0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1};

static void define_dc(jpeg_stb *stb, int th) {
    uint8_t values[DC_VALUES];
    for (uint8_t k = 0; k < DC_VALUES; k++) values[k] = k;
    jpeg_stb_define_huffman(stb, JPEG_DC, th, dc_lengths[th], values, DC_VALUES);
}

static void define_ac(jpeg_stb *stb, int th, const uint8_t *first, size_t first_count) {
    enum { MOST_BITS = 10 }; /* of an AC coefficient of 8-bit samples (table F.2) */
    uint8_t values[AC_VALUES];
    size_t count = first_count;
    memcpy(values, first, first_count);
    for (int symbol = 0; symbol <= UINT8_MAX && count < AC_VALUES; symbol++) {
        int bits = jpeg_size_of(symbol), is_used = bits >= 1 && bits <= MOST_BITS;
        if (is_used && memchr(first, symbol, first_count) == NULL) values[count++] = (uint8_t)symbol;
    }
    jpeg_stb_define_huffman(stb, JPEG_AC, th, ac_lengths[th], values, AC_VALUES);
}

void jpeg_default_tables(jpeg_stb *stb) {
    for (int th = LUMA; th <= CHROMA; th++)
        if (!jpeg_stb_has_huffman(stb, JPEG_DC, th)) define_dc(stb, th);
    if (!jpeg_stb_has_huffman(stb, JPEG_AC, LUMA)) define_ac(stb, LUMA, luma_first, sizeof luma_first);
    if (!jpeg_stb_has_huffman(stb, JPEG_AC, CHROMA)) define_ac(stb, CHROMA, chroma_first, sizeof chroma_first);
}
