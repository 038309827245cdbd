#include "scratch.h"

#include "base/memory.h"

/* Under AddressSanitizer the memory between two pieces is out of bounds, so that a write past a piece is
 * caught although both lie in one block. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define FORBID(memory, size) ASAN_POISON_MEMORY_REGION(memory, size)
#define ALLOW(memory, size)  ASAN_UNPOISON_MEMORY_REGION(memory, size)
#else
#define FORBID(memory, size) ((void)(memory), (void)(size))
#define ALLOW(memory, size)  ((void)(memory), (void)(size))
#endif

enum { ALIGN = 16, GAP = 16, BLOCK_STEP = 1 << 16 };

/* A block of memory, cut into pieces from its front. */
typedef struct block {
    struct block *next;
    size_t size, used; /* of the bytes after this header */
} block;

enum { HEADER = (sizeof(block) + ALIGN - 1) / ALIGN * ALIGN };

struct img_scratch {
    lt_allocator memory;
    block *blocks; /* the newest first; only that one is cut further */
    size_t held, peak;
};

static uint8_t *block_bytes(block *b) {
    return (uint8_t *)b + HEADER;
}

static block *block_add(img_scratch *s, size_t size) {
    size_t whole = (size + BLOCK_STEP - 1) / BLOCK_STEP * BLOCK_STEP;
    block *b = mem_take(&s->memory, HEADER + whole);
    if (b == NULL) return NULL;
    *b = (block){.next = s->blocks, .size = whole};
    FORBID(block_bytes(b), whole);
    s->blocks = b;
    s->held += HEADER + whole;
    if (s->held > s->peak) s->peak = s->held;
    return b;
}

static void blocks_free(img_scratch *s) {
    for (block *b = s->blocks, *next; b != NULL; b = next) {
        next = b->next;
        ALLOW(block_bytes(b), b->size);
        mem_give(&s->memory, b);
    }
    s->blocks = NULL;
    s->held = sizeof *s;
}

lt_status img_no_memory(uint64_t size, lt_error *error) {
    return lt_fail(error, LT_MEMORY, "photo: no memory for %llu bytes", (unsigned long long)size);
}

lt_status img_scratch_create(const lt_allocator *memory, img_scratch **out, lt_error *error) {
    static const lt_allocator usual = {0};
    *out = NULL;
    img_scratch *s = mem_take(memory, sizeof *s);
    if (s == NULL) return img_no_memory(sizeof *s, error);
    *s = (img_scratch){.memory = memory ? *memory : usual, .held = sizeof *s, .peak = sizeof *s};
    *out = s;
    return LT_OK;
}

void img_scratch_free(img_scratch *scratch) {
    if (scratch == NULL) return;
    const lt_allocator memory = scratch->memory;
    blocks_free(scratch);
    mem_give(&memory, scratch);
}

size_t img_scratch_held(const img_scratch *scratch) {
    return scratch->held;
}

size_t img_scratch_peak(const img_scratch *scratch) {
    return scratch->peak;
}

uint64_t img_piece_bytes(uint64_t size) {
    return (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
}

uint64_t img_scratch_growth(const img_scratch *scratch, uint64_t pieces) {
    const block *b = scratch->blocks;
    if (b != NULL && pieces <= b->size - b->used) return 0;
    return HEADER + (pieces + BLOCK_STEP - 1) / BLOCK_STEP * BLOCK_STEP;
}

int img_scratch_reserve(img_scratch *scratch, uint64_t pieces) {
    if (img_scratch_growth(scratch, pieces) == 0) return 1;
    return pieces <= IMG_MOST_BYTES && block_add(scratch, (size_t)pieces) != NULL;
}

void *img_scratch_take(img_scratch *scratch, uint64_t size) {
    if (size > IMG_MOST_BYTES) return NULL;
    size_t piece = (size_t)img_piece_bytes(size);
    block *b = scratch->blocks;
    if (b == NULL || piece > b->size - b->used) b = block_add(scratch, piece);
    if (b == NULL) return NULL;
    uint8_t *memory = block_bytes(b) + b->used;
    b->used += piece;
    ALLOW(memory, (size_t)size);
    return memory;
}

/*
 * Several blocks become one, large enough for the same photo again: so a scratch settles after its largest
 * photo and allocates no more. Where that one block cannot be had, the next photo starts from nothing.
 */
void img_scratch_reset(img_scratch *scratch) {
    size_t used = 0;
    for (block *b = scratch->blocks; b != NULL; b = b->next) used += b->used;
    if (scratch->blocks != NULL && scratch->blocks->next == NULL && scratch->held <= IMG_KEPT_BYTES) {
        scratch->blocks->used = 0;
        FORBID(block_bytes(scratch->blocks), scratch->blocks->size);
        return;
    }
    blocks_free(scratch);
    if (used > 0 && used <= IMG_KEPT_BYTES) (void)block_add(scratch, used);
}
