/*
 * inflate.h - zlib streams (RFC 1950 and 1951), in pieces.
 *
 * Nothing is held but the last 32 KiB, which later bytes may repeat: what is not wanted of a stream takes no memory,
 * and a stream that grows without end is stopped by the one who takes its bytes.
 */
#ifndef LT_PHOTO_INFLATE_H
#define LT_PHOTO_INFLATE_H

#include <stddef.h>
#include <stdint.h>

enum { INFLATE_WINDOW = 32768, INFLATE_LOOK = 10, INFLATE_LONGEST = 15, INFLATE_SYMBOLS = 288 };

/* A Huffman code: by the next INFLATE_LOOK bits length << 9 | symbol, 0 for longer ones; those by length. */
typedef struct inflate_code {
    uint16_t quick[1 << INFLATE_LOOK];
    uint16_t counts[INFLATE_LONGEST + 1];
    uint16_t symbols[INFLATE_SYMBOLS];
} inflate_code;

/* Give the next bytes of the stream, borrowed until the next call; 0 where it ends. */
typedef int inflate_input(void *context, const uint8_t **bytes, size_t *size);

/* Take the next bytes of what was deflated; 0 where no more are wanted. */
typedef int inflate_output(void *context, const uint8_t *bytes, size_t size);

typedef enum inflate_end {
    INFLATE_DONE,   /* the stream's own end */
    INFLATE_ENOUGH, /* no more were wanted */
    INFLATE_CUT,    /* the input ended before; all that it had was put out */
    INFLATE_WRONG   /* the stream is damaged; all that came before was put out */
} inflate_end;

/* The state; the caller provides the memory, which need not be cleared. */
typedef struct inflater {
    inflate_input *input;
    inflate_output *output;
    void *context;
    const uint8_t *at, *end;
    uint64_t bits; /* the next ones, the first one lowest */
    int count;     /* how many are known */
    int dry;       /* the input has ended */
    inflate_end state;
    inflate_code literals, distances;
    uint8_t window[2 * INFLATE_WINDOW];
    size_t used, sent; /* of window: bytes there are, and those that were put out */
} inflater;

/* Inflate a zlib stream. Its checksum is not looked at. */
inflate_end inflate_run(inflater *f, inflate_input *input, inflate_output *output, void *context);

#endif
