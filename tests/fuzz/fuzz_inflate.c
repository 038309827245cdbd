/* zlib streams: the same bytes come out however the input is cut into pieces, and none after the taker has enough. */
#include <string.h>

#include "photo/inflate.h"
#include "targets.h"

/* A stream that grows without end is stopped here. */
enum { MOST = 1 << 18 };

typedef struct stream {
    const uint8_t *bytes;
    size_t size, at, piece; /* input, and how much of it is given at a time */
    uint32_t count, sum;    /* of the output */
    int enough;
} stream;

static int give(void *context, const uint8_t **bytes, size_t *size) {
    stream *s = context;
    if (s->at == s->size) return 0;
    *bytes = s->bytes + s->at;
    *size = s->size - s->at < s->piece ? s->size - s->at : s->piece;
    s->at += *size;
    return 1;
}

static int take(void *context, const uint8_t *bytes, size_t size) {
    stream *s = context;
    FUZZ_PROMISE(!s->enough);
    for (size_t i = 0; i < size; i++) s->sum = (s->sum + bytes[i]) * 16777619u;
    s->count += (uint32_t)size;
    s->enough = s->count >= MOST;
    return !s->enough;
}

static void run(const uint8_t *bytes, size_t size) {
    static inflater state;
    stream whole = {.bytes = bytes, .size = size, .piece = size}, pieces = {.bytes = bytes, .size = size};
    pieces.piece = size > 0 ? 1 + bytes[size - 1] % 7u : 1;
    memset(&state, 0xA5, sizeof state); /* what is there before does not count */
    inflate_end first = inflate_run(&state, give, take, &whole);
    inflate_end second = inflate_run(&state, give, take, &pieces);
    FUZZ_PROMISE(first == second && whole.count == pieces.count && whole.sum == pieces.sum);
}

const fuzz_target fuzz_inflate = {.name = "inflate", .run = run};
