#include "inflate.h"

#include <string.h>

/* ---- bits ---- */

static uint64_t little64(const uint8_t *b) {
    return (uint64_t)b[7] << 56 | (uint64_t)b[6] << 48 | (uint64_t)b[5] << 40 | (uint64_t)b[4] << 32 |
           (uint64_t)b[3] << 24 | (uint64_t)b[2] << 16 | (uint64_t)b[1] << 8 | b[0];
}

/* Make at least 56 bits known, or all that there are. */
static void fill(inflater *f) {
    if (f->end - f->at >= 8) {
        int bytes = (63 - f->count) / 8;
        f->bits |= little64(f->at) << f->count;
        f->at += bytes;
        f->count += 8 * bytes;
        return;
    }
    f->bits &= ((uint64_t)1 << f->count) - 1; /* of a byte that was known in part only */
    while (f->count <= 56) {
        if (f->at == f->end) {
            size_t size = 0;
            if (f->dry || !f->input(f->context, &f->at, &size)) {
                f->dry = 1;
                f->at = f->end;
                return;
            }
            f->end = f->at + size;
            continue;
        }
        f->bits |= (uint64_t)*f->at++ << f->count;
        f->count += 8;
    }
}

static uint32_t stop(inflater *f, inflate_end state) {
    if (f->state == INFLATE_DONE) f->state = state;
    return 0;
}

/* count bits, 0 to 16; 0 and a state where there are not so many. */
static uint32_t take(inflater *f, int count) {
    if (f->count < count) fill(f);
    if (f->count < count) return stop(f, INFLATE_CUT);
    uint32_t value = (uint32_t)(f->bits & ((1u << count) - 1));
    f->bits >>= count;
    f->count -= count;
    return value;
}

/* ---- codes ---- */

/* Make a code of the lengths of its symbols' codes, 0 for those without. 0 where there are too many of a length. */
static int make_code(inflate_code *code, const uint8_t *lengths, uint32_t symbols) {
    uint16_t starts[INFLATE_LONGEST + 2] = {0};
    uint32_t next = 0, firsts[INFLATE_LONGEST + 1];
    memset(code->quick, 0, sizeof code->quick);
    memset(code->counts, 0, sizeof code->counts);
    for (uint32_t i = 0; i < symbols; i++) code->counts[lengths[i]]++;
    code->counts[0] = 0;
    for (uint32_t length = 1; length <= INFLATE_LONGEST; length++) {
        firsts[length] = next = (next + code->counts[length - 1]) << 1;
        if (next + code->counts[length] > 1u << length) return 0;
        starts[length + 1] = (uint16_t)(starts[length] + code->counts[length]);
    }
    for (uint32_t i = 0; i < symbols; i++) {
        uint32_t length = lengths[i], bits = 0;
        if (length == 0) continue;
        code->symbols[starts[length]++] = (uint16_t)i;
        uint32_t value = firsts[length]++;
        if (length > INFLATE_LOOK) continue;
        for (uint32_t k = 0; k < length; k++) bits |= (value >> k & 1) << (length - 1 - k); /* read from the top */
        for (; bits < 1u << INFLATE_LOOK; bits += 1u << length) code->quick[bits] = (uint16_t)(length << 9 | i);
    }
    return 1;
}

/* A symbol whose code is longer than INFLATE_LOOK bits, or none. */
static uint32_t long_symbol(inflater *f, const inflate_code *code) {
    uint32_t value = 0, first = 0, index = 0;
    for (int length = 1; length <= INFLATE_LONGEST && length <= f->count; length++) {
        value |= (uint32_t)(f->bits >> (length - 1) & 1);
        uint32_t count = code->counts[length];
        if (value < first + count) {
            f->bits >>= length;
            f->count -= length;
            return code->symbols[index + value - first];
        }
        index += count;
        first = (first + count) << 1;
        value <<= 1;
    }
    return stop(f, f->count < INFLATE_LONGEST ? INFLATE_CUT : INFLATE_WRONG);
}

static uint32_t symbol(inflater *f, const inflate_code *code) {
    if (f->count < INFLATE_LONGEST) fill(f);
    uint32_t entry = code->quick[f->bits & ((1 << INFLATE_LOOK) - 1)];
    int length = (int)(entry >> 9);
    if (length == 0 || length > f->count) return long_symbol(f, code);
    f->bits >>= length;
    f->count -= length;
    return entry & 511;
}

/* ---- output ---- */

/* Put out what there is and keep the last INFLATE_WINDOW bytes. */
static void send(inflater *f) {
    if (f->used > f->sent && f->state != INFLATE_ENOUGH &&
        !f->output(f->context, f->window + f->sent, f->used - f->sent))
        f->state = INFLATE_ENOUGH;
    size_t kept = f->used < INFLATE_WINDOW ? f->used : INFLATE_WINDOW;
    memmove(f->window, f->window + f->used - kept, kept);
    f->used = f->sent = kept;
}

static void put(inflater *f, uint8_t byte) {
    f->window[f->used++] = byte;
    if (f->used == sizeof f->window) send(f);
}

static void repeat(inflater *f, uint32_t length, uint32_t distance) {
    if (distance > f->used) { /* all that there was, or the last INFLATE_WINDOW bytes of it at least */
        stop(f, INFLATE_WRONG);
        return;
    }
    if (length >= sizeof f->window - f->used) {
        while (length-- > 0) put(f, f->window[f->used - distance]);
        return;
    }
    uint8_t *to = f->window + f->used;
    const uint8_t *from = to - distance;
    f->used += length;
    while (length-- > 0) *to++ = *from++; /* byte by byte: they may overlap */
}

/* Literals whose codes are short, as long as there is room for them and input for their bits. */
static void read_literals(inflater *f) {
    enum { LITERALS = 256, ROOM = 8 };
    uint64_t bits = f->bits;
    int count = f->count;
    size_t used = f->used;
    const uint8_t *at = f->at, *end = f->end;
    while (end - at >= 8 && used + ROOM < sizeof f->window) {
        if (count < INFLATE_LOOK) {
            int bytes = (63 - count) / 8;
            bits |= little64(at) << count;
            at += bytes;
            count += 8 * bytes;
        }
        uint32_t entry = f->literals.quick[bits & ((1 << INFLATE_LOOK) - 1)];
        if (entry == 0 || (entry & 511) >= LITERALS) break;
        bits >>= entry >> 9;
        count -= (int)(entry >> 9);
        f->window[used++] = (uint8_t)entry;
    }
    f->bits = bits;
    f->count = count;
    f->used = used;
    f->at = at;
}

/* ---- blocks ---- */

static void read_stored(inflater *f) {
    take(f, f->count & 7);
    uint32_t size = take(f, 16), inverse = take(f, 16);
    if (f->state == INFLATE_DONE && (size ^ inverse) != 0xFFFF) stop(f, INFLATE_WRONG);
    while (size-- > 0 && f->state == INFLATE_DONE) {
        uint32_t byte = take(f, 8);
        if (f->state == INFLATE_DONE) put(f, (uint8_t)byte);
    }
}

static void read_coded(inflater *f) {
    enum { END = 256, LENGTHS = 29, DISTANCES = 30 };
    static const uint16_t length_base[LENGTHS] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                  31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    static const uint8_t length_bits[LENGTHS] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    while (f->state == INFLATE_DONE) {
        read_literals(f);
        uint32_t s = symbol(f, &f->literals);
        if (f->state != INFLATE_DONE || s == END) return;
        if (s < END) {
            put(f, (uint8_t)s);
            continue;
        }
        s -= END + 1;
        if (s >= LENGTHS) {
            stop(f, INFLATE_WRONG);
            return;
        }
        uint32_t length = length_base[s] + take(f, length_bits[s]), d = symbol(f, &f->distances);
        if (d >= DISTANCES) {
            stop(f, INFLATE_WRONG);
            return;
        }
        int bits = d < 4 ? 0 : (int)(d / 2 - 1);
        uint32_t distance = (d < 4 ? d : (2 + d % 2) << bits) + 1 + take(f, bits);
        if (f->state == INFLATE_DONE) repeat(f, length, distance);
    }
}

static void make_fixed(inflater *f) {
    uint8_t lengths[INFLATE_SYMBOLS];
    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    (void)make_code(&f->literals, lengths, INFLATE_SYMBOLS);
    memset(lengths, 5, 30);
    (void)make_code(&f->distances, lengths, 30);
}

static void read_codes(inflater *f) {
    enum { CODES = 19, REPEAT = 16, ZEROS = 17, MORE_ZEROS = 18 };
    static const uint8_t order[CODES] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint8_t lengths[INFLATE_SYMBOLS + 32] = {0};
    uint32_t literals = take(f, 5) + 257, distances = take(f, 5) + 1, count = take(f, 4) + 4, n = 0;
    for (uint32_t i = 0; i < count; i++) lengths[order[i]] = (uint8_t)take(f, 3);
    if (literals > INFLATE_SYMBOLS || !make_code(&f->literals, lengths, CODES)) {
        stop(f, INFLATE_WRONG);
        return;
    }
    memset(lengths, 0, CODES);
    while (n < literals + distances && f->state == INFLATE_DONE) {
        uint32_t s = symbol(f, &f->literals), times = 1;
        uint8_t value = s < REPEAT ? (uint8_t)s : 0;
        if (s == REPEAT && n > 0) value = lengths[n - 1];
        if (s == REPEAT && n == 0) stop(f, INFLATE_WRONG);
        if (s == REPEAT) times = take(f, 2) + 3;
        if (s == ZEROS) times = take(f, 3) + 3;
        if (s == MORE_ZEROS) times = take(f, 7) + 11;
        if (times > literals + distances - n) {
            stop(f, INFLATE_WRONG);
            return;
        }
        while (times-- > 0) lengths[n++] = value;
    }
    if (f->state == INFLATE_DONE &&
        (!make_code(&f->literals, lengths, literals) || !make_code(&f->distances, lengths + literals, distances)))
        stop(f, INFLATE_WRONG);
}

static void read_header(inflater *f) {
    enum { DEFLATE = 8, DICTIONARY = 0x20 };
    uint32_t method = take(f, 8), flags = take(f, 8);
    if ((method & 15) != DEFLATE || (method << 8 | flags) % 31 != 0 || flags & DICTIONARY) stop(f, INFLATE_WRONG);
}

inflate_end inflate_run(inflater *f, inflate_input *input, inflate_output *output, void *context) {
    enum { STORED, FIXED, DYNAMIC };
    f->input = input;
    f->output = output;
    f->context = context;
    f->at = f->end = NULL;
    f->bits = 0;
    f->count = f->dry = 0;
    f->state = INFLATE_DONE;
    f->used = f->sent = 0;
    read_header(f);
    for (uint32_t last = 0; !last && f->state == INFLATE_DONE;) {
        last = take(f, 1);
        uint32_t kind = take(f, 2);
        if (f->state != INFLATE_DONE) break;
        if (kind == FIXED) make_fixed(f);
        if (kind == DYNAMIC) read_codes(f);
        if (kind > DYNAMIC) stop(f, INFLATE_WRONG);
        if (f->state != INFLATE_DONE) break;
        if (kind == STORED)
            read_stored(f);
        else
            read_coded(f);
    }
    send(f);
    return f->state;
}
