/*
 * JPEG, baseline and progressive, whole or at 1/2, 1/4 or 1/8 of its size.
 *
 * stb_image reads headers, Huffman codes and coefficients; what it does with them is decided here, because
 *  - a reduced picture needs only the low frequencies of each block of 8 x 8, down to its mean value alone:
 *    no full inverse transform, no memory for the full picture;
 *  - stb_image gives what it has of a file that ends early; here that is an error, since a half grey picture
 *    would get an answer as well.
 */
#include "image_parts.h"

#include "image_idct.h"

#include <string.h>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_ASSERT(x) ((void)0)
/* The parts of stb_image used in this file allocate nothing. */
#define STBI_MALLOC(size)          ((void)(size), NULL)
#define STBI_REALLOC(memory, size) ((void)(memory), (void)(size), NULL)
#define STBI_FREE(memory)          ((void)(memory))
/* It declares more than these settings define, which the compiler notices at the end of the file. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>

enum {
    BLOCK = 8,            /* pixels of a block's side, full size */
    COEFFICIENTS = 64,    /* of a block */
    MOST_SCANS = 100,     /* a progressive file has about ten; thousands are made to keep decoders busy */
    BUFFERED_BLOCKS = 32, /* most blocks in the 32 bits stb_image holds when the data has ended */
    LINE_SLACK = 4        /* bytes the upsampling may write past a line */
};

/* One component (Y, Cb, …) at the size it is decoded to. */
typedef struct plane {
    uint32_t block;              /* 1, 2, 4 or 8: pixels of a block's side as decoded */
    uint32_t blocks_x, blocks_y; /* with those that only fill up the last unit */
    uint32_t used_x, used_y;     /* blocks that hold something of the picture */
    uint32_t repeat_x, repeat_y; /* pixels of the picture for one of the plane */
    uint32_t columns, rows;      /* pixels that the picture needs */
    size_t stride;               /* bytes from row to row */
    uint8_t *pixels;             /* [blocks_y * block, stride] u8 */
    int16_t *coefficients;       /* progressive only: [blocks_y, blocks_x, kept] */
    uint32_t kept;               /* coefficients kept of each block: 64, or 1 where block is 1 */
    uint8_t *line;               /* one row at the picture's width */
    int begun;                   /* a scan has brought its mean values */
} plane;

typedef struct jpeg {
    stbi__jpeg stb;
    stbi__context context;
    plane planes[4];
    uint32_t scale;         /* 1, 2, 4 or 8 */
    uint32_t width, height; /* of the picture as decoded */
    int starved;            /* blocks read since the data of this scan or restart interval ended */
} jpeg;

/* ---- the planes ---- */

static uint32_t divide_up(uint32_t a, uint32_t b) {
    return (a + b - 1) / b;
}

/* The largest reduction that leaves the crop no smaller than what is wanted. */
static uint32_t choose_scale(uint32_t width, uint32_t height, const img_want *want) {
    uint32_t least = want->width > want->height ? want->width : want->height;
    uint32_t side = img_crop_side(width, height, want->crop), scale = 1;
    while (!want->full_decode && scale < BLOCK && side / (2 * scale) >= least) scale *= 2;
    return scale;
}

/*
 * Chroma is mostly stored at half size already, so it is reduced by half as much, where that is possible in
 * both directions: then no enlarging is left to do.
 */
static void plan_plane(const jpeg *j, plane *p, uint32_t ratio_x, uint32_t ratio_y) {
    p->block = BLOCK / j->scale;
    p->repeat_x = ratio_x;
    p->repeat_y = ratio_y;
    while (p->block < BLOCK && p->repeat_x % 2 == 0 && p->repeat_y % 2 == 0) {
        p->block *= 2;
        p->repeat_x /= 2;
        p->repeat_y /= 2;
    }
    p->columns = divide_up(j->width, p->repeat_x);
    p->rows = divide_up(j->height, p->repeat_y);
    p->stride = (size_t)p->blocks_x * p->block;
    p->kept = p->block == 1 ? 1 : COEFFICIENTS;
}

static void *take(img_scratch *scratch, uint64_t size, lt_error *error) {
    void *memory = img_scratch_take(scratch, size);
    if (memory == NULL) img_no_memory(size, error);
    return memory;
}

static lt_status take_plane(const jpeg *j, plane *p, img_scratch *scratch, lt_error *error) {
    uint64_t blocks = (uint64_t)p->blocks_x * p->blocks_y;
    p->pixels = take(scratch, blocks * p->block * p->block, error);
    if (p->pixels == NULL) return LT_MEMORY;
    p->line = take(scratch, (uint64_t)j->width + LINE_SLACK, error);
    if (p->line == NULL) return LT_MEMORY;
    if (!j->stb.progressive) return LT_OK;
    p->coefficients = take(scratch, blocks * p->kept * sizeof *p->coefficients, error);
    return p->coefficients == NULL ? LT_MEMORY : LT_OK;
}

/* Lay out all components; the frame header has been read. A unit is one block of the coarsest component. */
static lt_status take_planes(jpeg *j, img_scratch *scratch, lt_error *error) {
    stbi__jpeg *z = &j->stb;
    uint32_t width = j->context.img_x, height = j->context.img_y;
    z->img_h_max = z->img_v_max = 1;
    for (int n = 0; n < j->context.img_n; n++) {
        if (z->img_comp[n].h > z->img_h_max) z->img_h_max = z->img_comp[n].h;
        if (z->img_comp[n].v > z->img_v_max) z->img_v_max = z->img_comp[n].v;
    }
    z->img_mcu_x = (int)divide_up(width, (uint32_t)z->img_h_max * BLOCK);
    z->img_mcu_y = (int)divide_up(height, (uint32_t)z->img_v_max * BLOCK);
    for (int n = 0; n < j->context.img_n; n++) {
        uint32_t h = (uint32_t)z->img_comp[n].h, v = (uint32_t)z->img_comp[n].v;
        uint32_t ratio_x = (uint32_t)z->img_h_max / h, ratio_y = (uint32_t)z->img_v_max / v;
        if (ratio_x * h != (uint32_t)z->img_h_max || ratio_y * v != (uint32_t)z->img_v_max)
            return lt_fail(error, LT_IMAGE_UNSUPPORTED,
                           "photo: a JPEG whose component %d is sampled %ux%u of %dx%d is not read", n + 1, h, v,
                           z->img_h_max, z->img_v_max);
        plane *p = &j->planes[n];
        p->blocks_x = (uint32_t)z->img_mcu_x * h;
        p->blocks_y = (uint32_t)z->img_mcu_y * v;
        p->used_x = divide_up(divide_up(width, ratio_x), BLOCK);
        p->used_y = divide_up(divide_up(height, ratio_y), BLOCK);
        plan_plane(j, p, ratio_x, ratio_y);
        lt_status status = take_plane(j, p, scratch, error);
        if (status != LT_OK) return status;
    }
    return LT_OK;
}

/* ---- blocks; every function here returns 0 where the data is wrong, and stb_image keeps the reason ---- */

static int damaged(const char *reason) {
    stbi__g_failure_reason = reason;
    return 0;
}

/* Read a block for its mean alone: the dequantised first coefficient. The others are passed over. */
static int read_mean(stbi__jpeg *z, int n, int16_t *mean) {
    int bits = stbi__jpeg_huff_decode(z, &z->huff_dc[z->img_comp[n].hd]);
    if (bits < 0 || bits > 15) return damaged("bad huffman code");
    int step = bits > 0 ? stbi__extend_receive(z, bits) : 0;
    if (!stbi__addints_valid(z->img_comp[n].dc_pred, step)) return damaged("bad delta");
    int dc = z->img_comp[n].dc_pred += step, unit = z->dequant[z->img_comp[n].tq][0];
    if (!stbi__mul2shorts_valid(dc, unit)) return damaged("mean value out of range");
    *mean = (int16_t)(dc * unit);

    int ac = z->img_comp[n].ha;
    for (int k = 1; k < COEFFICIENTS; k++) {
        if (z->code_bits < 16) stbi__grow_buffer_unsafe(z);
        int quick = z->fast_ac[ac][z->code_buffer >> (32 - FAST_BITS)], skip;
        if (quick != 0) { /* a code and its value at once: zeros before it in bits 4..7, length in 0..3 */
            skip = quick & 15;
            k += quick >> 4 & 15;
        } else {
            int code = stbi__jpeg_huff_decode(z, &z->huff_ac[ac]);
            if (code < 0) return damaged("bad huffman code");
            skip = code & 15;
            if (skip == 0 && code != 0xF0) break;
            k += code >> 4;
        }
        if (z->code_bits < skip) stbi__grow_buffer_unsafe(z);
        if (z->code_bits < skip) return damaged("bad huffman code");
        z->code_buffer <<= skip;
        z->code_bits -= skip;
    }
    return 1;
}

static void write_block(stbi__jpeg *z, const plane *p, size_t x, size_t y, int16_t *coefficients) {
    uint8_t *out = p->pixels + y * p->block * p->stride + x * p->block;
    if (p->block == BLOCK)
        z->idct_block_kernel(out, (int)p->stride, coefficients);
    else
        img_idct(p->block, coefficients, out, p->stride);
}

/* The next block of a baseline scan, at block x, y of component n. */
static int read_block(jpeg *j, int n, size_t x, size_t y) {
    stbi__jpeg *z = &j->stb;
    plane *p = &j->planes[n];
    STBI_SIMD_ALIGN(int16_t, block[COEFFICIENTS]);
    int dc = z->img_comp[n].hd, ac = z->img_comp[n].ha;
    if (p->block == 1) {
        if (!read_mean(z, n, block)) return 0;
    } else if (!stbi__jpeg_decode_block(z, block, &z->huff_dc[dc], &z->huff_ac[ac], z->fast_ac[ac], n,
                                        z->dequant[z->img_comp[n].tq])) {
        return 0;
    }
    write_block(z, p, x, y, block);
    return 1;
}

/* The same for a progressive scan, which brings some of the coefficients, or some of their bits. */
static int refine_block(jpeg *j, int n, size_t x, size_t y) {
    stbi__jpeg *z = &j->stb;
    plane *p = &j->planes[n];
    int16_t *kept = p->coefficients + (y * p->blocks_x + x) * p->kept;
    int ac = z->img_comp[n].ha;
    if (z->spec_start > 0) return stbi__jpeg_decode_block_prog_ac(z, kept, &z->huff_ac[ac], z->fast_ac[ac]);
    int16_t whole[COEFFICIENTS]; /* stb_image clears a whole block */
    int16_t *block = p->kept == 1 ? whole : kept;
    block[0] = kept[0];
    if (!stbi__jpeg_decode_block_prog_dc(z, block, &z->huff_dc[z->img_comp[n].hd], n)) return 0;
    kept[0] = block[0];
    return 1;
}

/* ---- scans ---- */

static int scan_block(jpeg *j, int n, size_t x, size_t y) {
    stbi__jpeg *z = &j->stb;
    /* Past the end of the data stb_image reads zeros for ever. A block has at least one bit of its own, unless
     * it lies in a run of empty ones, so few can follow from what was still buffered. */
    if ((z->nomore || stbi__at_eof(z->s)) && z->eob_run == 0 && j->starved++ == BUFFERED_BLOCKS)
        return damaged("the data ends early");
    return z->progressive ? refine_block(j, n, x, y) : read_block(j, n, x, y);
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
    if (z->code_bits < 24) stbi__grow_buffer_unsafe(z);
    if (!STBI__RESTART(z->marker)) return damaged("a restart marker is missing");
    stbi__jpeg_reset(z);
    j->starved = 0;
    return 1;
}

static int read_scan(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    const plane *first = &j->planes[z->order[0]];
    int across = z->scan_n == 1 ? (int)first->used_x : z->img_mcu_x;
    int down = z->scan_n == 1 ? (int)first->used_y : z->img_mcu_y;
    stbi__jpeg_reset(z);
    j->starved = 0;
    for (int y = 0; y < down; y++)
        for (int x = 0; x < across; x++) {
            if (z->todo == 0 && !restart(j)) return 0;
            z->todo--; /* units to the next restart marker */
            if (!scan_unit(j, x, y)) return 0;
        }
    return 1;
}

/* Whether a scan brings nothing that this size needs: the highest frequencies used, by zigzag position. */
static int scan_is_idle(const jpeg *j) {
    static const int last_used[BLOCK + 1] = {[1] = 0, [2] = 4, [4] = 24, [8] = 63};
    return j->stb.progressive && j->stb.spec_start > last_used[j->planes[j->stb.order[0]].block];
}

/* Not 0 where a Huffman table was defined: stb_image ends its list of code limits with this one. */
static int is_built(const stbi__huffman *table) {
    return table->maxcode[17] != 0;
}

/* Check a scan's header against what has come before it. */
static int check_scan(jpeg *j) {
    stbi__jpeg *z = &j->stb;
    int begins = z->spec_start == 0 && z->succ_high == 0;
    if (z->progressive && z->spec_start > 0 && z->scan_n != 1) return damaged("bad scan");
    for (int k = 0; k < z->scan_n; k++) {
        int n = z->order[k];
        int needs_dc = begins, needs_ac = !z->progressive || z->spec_start > 0;
        if ((needs_dc && !is_built(&z->huff_dc[z->img_comp[n].hd])) ||
            (needs_ac && !is_built(&z->huff_ac[z->img_comp[n].ha])))
            return damaged("a Huffman table is missing");
        if (z->dequant[z->img_comp[n].tq][0] == 0) return damaged("a quantisation table is missing");
        if (begins) j->planes[n].begun = 1;
        if (!j->planes[n].begun) return damaged("scans out of order");
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
static int check_height(stbi__jpeg *z) {
    int length = stbi__get16be(z->s), height = stbi__get16be(z->s);
    return length == 4 && (uint32_t)height == z->s->img_y ? 1 : damaged("two heights");
}

/* All that follows the frame header, up to the end marker. */
static int read_scans(jpeg *j) {
    enum { HEIGHT = 0xDC };
    stbi__jpeg *z = &j->stb;
    int marker, scans = 0;
    while (!stbi__EOI(marker = next_marker(z))) {
        if (marker == 0) return damaged("the file ends early");
        if (stbi__SOS(marker) && scans++ == MOST_SCANS) return damaged("too many scans");
        int good = stbi__SOS(marker)  ? next_scan(j)
                   : marker == HEIGHT ? check_height(z)
                                      : stbi__process_marker(z, marker);
        if (!good) return 0;
    }
    for (int n = 0; n < j->context.img_n; n++)
        if (!j->planes[n].begun) return damaged("a colour is missing");
    return 1;
}

/* Progressive: from the coefficients, complete now, to pixels. */
static void finish_plane(stbi__jpeg *z, const plane *p, uint16_t dequant[COEFFICIENTS]) {
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

/* ---- from planes to RGB ---- */

/* Row y of the picture, of one component: a row of its plane, enlarged where the plane is smaller. */
static const uint8_t *plane_line(const stbi__jpeg *z, const plane *p, uint32_t y) {
    uint32_t row = y / p->repeat_y, other = row;
    uint8_t *near = p->pixels + row * p->stride;
    if (p->repeat_x == 1 && p->repeat_y == 1) return near;
    if (p->repeat_y == 2) { /* the row on the other side of y */
        if (y % 2 == 1 && row + 1 < p->rows) other = row + 1;
        if (y % 2 == 0 && row > 0) other = row - 1;
    }
    uint8_t *far = p->pixels + other * p->stride;
    resample_row_func enlarge = p->repeat_x == 1 && p->repeat_y == 2   ? stbi__resample_row_v_2
                                : p->repeat_x == 2 && p->repeat_y == 1 ? stbi__resample_row_h_2
                                : p->repeat_x == 2 && p->repeat_y == 2 ? z->resample_row_hv_2_kernel
                                                                       : stbi__resample_row_generic;
    return enlarge(p->line, near, far, (int)p->columns, (int)p->repeat_x);
}

/* How the components make a row: lines is one row of each, rgb [width, 3] u8 with a byte to spare. */
typedef void row_maker(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width);

static void row_grey(const stbi__jpeg *z, uint8_t *grey, const uint8_t *lines[4], uint32_t width) {
    (void)z;
    memcpy(grey, lines[0], width);
}

static void row_rgb(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    (void)z;
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = lines[c][x];
}

static void row_ycc(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    z->YCbCr_to_RGB_kernel(rgb, lines[0], lines[1], lines[2], (int)width, 3);
}

/* Four inks are stored inverted, as Adobe does it: 255 is no ink. */
static void row_cmyk(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    row_rgb(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = stbi__blinn_8x8(rgb[3 * x + c], lines[3][x]);
}

static void row_ycck(const stbi__jpeg *z, uint8_t *rgb, const uint8_t *lines[4], uint32_t width) {
    row_ycc(z, rgb, lines, width);
    for (size_t x = 0; x < width; x++)
        for (size_t c = 0; c < 3; c++) rgb[3 * x + c] = stbi__blinn_8x8((uint8_t)(255 - rgb[3 * x + c]), lines[3][x]);
}

static row_maker *choose_row(const jpeg *j) {
    enum { ADOBE_PLAIN = 0, ADOBE_YCCK = 2 };
    const stbi__jpeg *z = &j->stb;
    if (j->context.img_n == 1) return row_grey;
    if (j->context.img_n == 4) return z->app14_color_transform == ADOBE_YCCK ? row_ycck : row_cmyk;
    int named_rgb = z->rgb == 3; /* the components are called R, G and B */
    return named_rgb || (z->app14_color_transform == ADOBE_PLAIN && !z->jfif) ? row_rgb : row_ycc;
}

static lt_status make_picture(jpeg *j, img_scratch *scratch, img_picture *out, lt_error *error) {
    uint32_t channels = j->context.img_n == 1 ? 1 : 3;
    size_t stride = (size_t)j->width * channels;
    uint8_t *pixels = take(scratch, (uint64_t)stride * j->height + 1, error);
    if (pixels == NULL) return LT_MEMORY;
    row_maker *make_row = choose_row(j);
    const uint8_t *lines[4];
    for (uint32_t y = 0; y < j->height; y++) {
        for (int n = 0; n < j->context.img_n; n++) lines[n] = plane_line(&j->stb, &j->planes[n], y);
        make_row(&j->stb, pixels + y * stride, lines, j->width);
    }
    *out = (img_picture){pixels, j->width, j->height, channels, j->context.img_x, j->context.img_y, j->scale};
    return LT_OK;
}

/* ---- the file ---- */

static lt_status fail(lt_error *error) {
    const char *reason = stbi_failure_reason();
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: damaged JPEG (%s)", reason ? reason : "bad segment");
}

lt_status img_decode_jpeg(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want,
                          img_picture *out, lt_error *error) {
    jpeg *j = take(scratch, sizeof *j, error);
    if (j == NULL) return LT_MEMORY;
    memset(j, 0, sizeof *j);
    stbi__g_failure_reason = NULL;
    j->stb.s = &j->context;
    stbi__start_mem(&j->context, bytes, (int)size);
    stbi__setup_jpeg(&j->stb);
    if (!stbi__decode_jpeg_header(&j->stb, STBI__SCAN_header)) return fail(error);

    uint32_t width = j->context.img_x, height = j->context.img_y;
    lt_status status = img_check_size(width, height, want, error);
    if (status != LT_OK) return status;
    j->scale = choose_scale(width, height, want);
    j->width = divide_up(width, j->scale);
    j->height = divide_up(height, j->scale);
    status = take_planes(j, scratch, error);
    if (status != LT_OK) return status;
    if (!read_scans(j)) return fail(error);
    if (j->stb.progressive)
        for (int n = 0; n < j->context.img_n; n++)
            finish_plane(&j->stb, &j->planes[n], j->stb.dequant[j->stb.img_comp[n].tq]);
    return make_picture(j, scratch, out, error);
}
