/* The blocks of a JPEG: from Huffman codes to pixels of the planes. */
#include "image_jpeg_parts.h"

#include "image_idct.h"

enum {
    MOST_SCANS = 100,    /* a progressive file has about ten; thousands are made to keep decoders busy */
    BUFFERED_BLOCKS = 32 /* most blocks in the 32 bits stb_image holds when the data has ended */
};

/* ---- blocks; 0 where the data is wrong ---- */

static void write_block(stbi__jpeg *z, const jpeg_plane *p, size_t x, size_t y, int16_t *coefficients) {
    uint8_t *out = p->pixels + y * p->block_y * p->stride + x * p->block_x;
    if (p->block_x == JPEG_BLOCK && p->block_y == JPEG_BLOCK)
        z->idct_block_kernel(out, (int)p->stride, coefficients);
    else
        img_idct(p->block_x, p->block_y, coefficients, out, p->stride);
}

static int read_block(jpeg *j, int n, size_t x, size_t y) {
    STBI_SIMD_ALIGN(int16_t, block[JPEG_COEFFICIENTS]);
    if (!jpeg_read_block(j, n, block)) return 0;
    write_block(&j->stb, &j->planes[n], x, y, block);
    return 1;
}

/* A block of a progressive scan, which brings some of the coefficients, or some of their bits. */
static int refine_block(jpeg *j, int n, size_t x, size_t y) {
    stbi__jpeg *z = &j->stb;
    jpeg_plane *p = &j->planes[n];
    int16_t *kept = p->coefficients + (y * p->blocks_x + x) * p->kept;
    int ac = z->img_comp[n].ha;
    if (z->spec_start > 0) return stbi__jpeg_decode_block_prog_ac(z, kept, &z->huff_ac[ac], z->fast_ac[ac]);
    int16_t whole[JPEG_COEFFICIENTS]; /* stb_image clears a whole block */
    int16_t *block = p->kept == 1 ? whole : kept;
    block[0] = kept[0];
    if (!stbi__jpeg_decode_block_prog_dc(z, block, &z->huff_dc[z->img_comp[n].hd], n)) return 0;
    kept[0] = block[0];
    return 1;
}

/* ---- scans ---- */

static int scan_block(jpeg *j, int n, size_t x, size_t y) {
    stbi__jpeg *z = &j->stb;
    if (!z->progressive) return read_block(j, n, x, y);
    /* Past the end of the data stb_image reads zeros for ever. A block has at least one bit of its own, unless
     * it lies in a run of empty ones, so few can follow from what was still buffered. */
    if ((z->nomore || stbi__at_eof(z->s)) && z->eob_run == 0 && j->starved++ == BUFFERED_BLOCKS)
        return jpeg_damaged(j, "the data ends early");
    return refine_block(j, n, x, y);
}

/* One unit: a single block where a component has a scan of its own, else all blocks of a tile. */
static int scan_unit(jpeg *j, int across, int down) {
    stbi__jpeg *z = &j->stb;
    if (z->scan_n == 1) return scan_block(j, z->order[0], (size_t)across, (size_t)down);
    for (int k = 0; k < z->scan_n; k++) {
        int n = z->order[k], h = z->img_comp[n].h, v = z->img_comp[n].v;
        for (int i = 0; i < h * v; i++)
            if (!scan_block(j, n, (size_t)(across * h + i % h), (size_t)(down * v + i / h))) return 0;
    }
    return 1;
}

static int restart(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    if (z->progressive && z->code_bits < 24) stbi__grow_buffer_unsafe(z);
    if (z->progressive ? !STBI__RESTART(z->marker) : !jpeg_skip_restart(j))
        return jpeg_damaged(j, "a restart marker is missing");
    stbi__jpeg_reset(z);
    j->starved = 0;
    return 1;
}

static int read_units(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    const jpeg_plane *first = &j->planes[z->order[0]];
    int across = z->scan_n == 1 ? (int)first->used_x : z->img_mcu_x;
    int down = z->scan_n == 1 ? (int)first->used_y : z->img_mcu_y;
    for (int y = 0; y < down; y++)
        for (int x = 0; x < across; x++) {
            if (z->todo == 0 && !restart(j)) return 0;
            z->todo--; /* units to the next restart marker */
            if (!scan_unit(j, x, y)) return 0;
        }
    return 1;
}

static int read_scan(jpeg *j) {
    stbi__jpeg_reset(&j->stb);
    j->starved = 0;
    if (j->stb.progressive) return read_units(j);
    jpeg_begin_data(j);
    if (!read_units(j)) return 0;
    jpeg_end_data(j);
    return 1;
}

/*
 * Whether a scan brings nothing that this size needs. Where more than the mean is needed, all scans are: one that
 * refines can be read only with all that came before it.
 */
static int scan_is_idle(const jpeg *j) {
    return j->stb.progressive && j->stb.spec_start > 0 && j->planes[j->stb.order[0]].kept == 1;
}

/* Not 0 where a Huffman table was defined: stb_image ends its list of code limits with this one. */
static int is_built(const stbi__huffman *table) {
    return table->maxcode[17] != 0;
}

/* Check a scan's header against what has come before it. */
static int check_scan(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    int begins = z->spec_start == 0 && z->succ_high == 0;
    if (z->progressive && z->spec_start > 0 && z->scan_n != 1) return jpeg_damaged(j, "bad scan");
    for (int k = 0; k < z->scan_n; k++) {
        int n = z->order[k];
        int needs_dc = begins, needs_ac = !z->progressive || z->spec_start > 0;
        if ((needs_dc && !is_built(&z->huff_dc[z->img_comp[n].hd])) ||
            (needs_ac && !is_built(&z->huff_ac[z->img_comp[n].ha])))
            return jpeg_damaged(j, "a Huffman table is missing");
        if (z->dequant[z->img_comp[n].tq][0] == 0) return jpeg_damaged(j, "a quantisation table is missing");
        if (begins) j->planes[n].begun = 1;
        if (!j->planes[n].begun) return jpeg_damaged(j, "scans out of order");
    }
    return 1;
}

/* The next marker, past anything that is none; 0 at the end of the file. */
static int next_marker(stbi__jpeg *z) {
    int marker;
    do {
        if (z->marker == STBI__MARKER_none) z->marker = stbi__skip_jpeg_junk_at_end(z);
        if (z->marker == STBI__MARKER_none) return 0;
        marker = stbi__get_marker(z);
    } while (STBI__RESTART(marker));
    return marker;
}

static int next_scan(jpeg *j) {
    if (!stbi__process_scan_header(&j->stb) || !check_scan(j)) return 0;
    if (!scan_is_idle(j)) return read_scan(j);
    stbi__jpeg_reset(&j->stb); /* next_marker passes over its data */
    return 1;
}

/* The height once more, which some files have after the first scan. */
static int check_height(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    int length = stbi__get16be(z->s), height = stbi__get16be(z->s);
    return length == 4 && (uint32_t)height == z->s->img_y ? 1 : jpeg_damaged(j, "two heights");
}

/* All that follows the frame header, up to the end marker. */
static int read_to_end(jpeg *j) {
    enum { HEIGHT = 0xDC };
    stbi__jpeg *z = &j->stb;
    int marker, scans = 0;
    while (!stbi__EOI(marker = next_marker(z))) {
        if (marker == 0) return jpeg_damaged(j, "the file ends early");
        if (stbi__SOS(marker) && scans++ == MOST_SCANS) return jpeg_damaged(j, "too many scans");
        int good = stbi__SOS(marker)  ? next_scan(j)
                   : marker == HEIGHT ? check_height(j)
                                      : stbi__process_marker(z, marker);
        if (!good) return 0;
    }
    for (int n = 0; n < j->context.img_n; n++)
        if (!j->planes[n].begun) return jpeg_damaged(j, "a colour is missing");
    return 1;
}

/* Progressive: from the coefficients, complete now, to pixels. */
static void finish_plane(stbi__jpeg *z, const jpeg_plane *p, uint16_t dequant[JPEG_COEFFICIENTS]) {
    for (size_t y = 0; y < p->used_y; y++)
        for (size_t x = 0; x < p->used_x; x++) {
            int16_t *block = p->coefficients + (y * p->blocks_x + x) * p->kept;
            if (p->kept == 1)
                *block = (int16_t)(*block * dequant[0]);
            else
                stbi__jpeg_dequantize(block, dequant);
            write_block(z, p, x, y, block);
        }
}

int jpeg_read_header(jpeg *j, const uint8_t *bytes, size_t size) {
    stbi__g_failure_reason = NULL;
    j->stb.s = &j->context;
    stbi__start_mem(&j->context, bytes, (int)size);
    stbi__setup_jpeg(&j->stb);
    return stbi__decode_jpeg_header(&j->stb, STBI__SCAN_header);
}

int jpeg_read_scans(jpeg *j) {
    if (!read_to_end(j)) return 0;
    for (int n = 0; n < j->context.img_n && j->stb.progressive; n++)
        finish_plane(&j->stb, &j->planes[n], j->stb.dequant[j->stb.img_comp[n].tq]);
    return 1;
}

const char *jpeg_reason(const jpeg *j) {
    if (j->reason != NULL) return j->reason;
    const char *reason = stbi_failure_reason();
    return reason != NULL ? reason : "bad segment";
}
