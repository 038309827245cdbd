/*
 * jpeg_parts.h - what the files of the JPEG decoder share; only they include it. Sections and figures in these files are
 * those of ITU-T T.81, whose words they use: block (a data unit of 8 x 8 samples, A.2), MCU, scan, restart interval, DC
 * and AC coefficient, band, EOB run.
 *
 * stb_image reads segments and turns blocks and rows of samples into pixels (jpeg_stb.c); the entropy-coded data is read in
 * these files, because
 *  - only a square is looked at: blocks outside of it are passed over, and nothing below it is read;
 *  - a reduced picture needs only the low frequencies of each block of 8 x 8, down to its DC coefficient alone:
 *    no full inverse transform, no memory for the full picture;
 *  - damage is bounded by restart markers, and what the file lacks is counted: a picture that is grey in part must
 *    not pass for a whole one.
 */
#ifndef LT_PHOTO_JPEG_PARTS_H
#define LT_PHOTO_JPEG_PARTS_H

#include "job.h"
#include "jpeg_stb.h"

enum {
    JPEG_BLOCK = 8,     /* pixels of a block's side, full size */
    JPEG_LOOK = 12,     /* bits that are looked up at once: tables of 2^12 fit a processor's nearest cache */
    JPEG_AHEAD = 4,     /* restart markers that are looked at to find the one that is due */
    JPEG_UNSENT = 255,  /* bits of a coefficient that are still to come: all */
    JPEG_ZRL = 0xF0,    /* the AC symbol that stands for 16 zeros (F.1.2.2.1) */
    JPEG_DC_BITS = 15,  /* most of a DC difference: of samples of 12 bits (table F.6); 11 of 8 (table F.1) */
    JPEG_AC_BITS = 15   /* most of an AC coefficient: that a symbol has room for (F.1.2.2.1) */
};

/* Codes of markers, the byte behind FF (table B.1). Those below SOF0 begin no segment; RST0 to RST7 follow each other round. */
enum {
    JPEG_SOF0 = 0xC0,
    JPEG_RST0 = 0xD0,
    JPEG_RST7 = 0xD7,
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_DNL = 0xDC,
    JPEG_RESTARTS = 8
};

/* An AC symbol RRRRSSSS (F.1.2.2.1): the zeros before a coefficient, and the bits of its value. */
static inline int jpeg_zeros_of(int symbol) {
    return symbol >> 4;
}

static inline int jpeg_size_of(int symbol) {
    return symbol & 15;
}

/* One component (Y, Cb, …) at the size it is decoded to, and the part of it that the square needs. */
typedef struct jpeg_plane {
    uint32_t block_x, block_y; /* 1, 2, 4 or 8: pixels of a block as decoded */
    uint32_t blocks_x, blocks_y; /* with those that only fill up the last MCU */
    uint32_t used_x, used_y; /* blocks that hold something of the picture */
    uint32_t repeat_x, repeat_y; /* pixels of the picture for one of the plane */
    uint32_t left, right; /* blocks that are decoded: from left to below right, */
    uint32_t top, bottom; /* and from top to below bottom */
    uint32_t column, columns; /* the first pixel of its rows that the square needs, and how many it needs */
    uint32_t rows; /* pixels that the whole picture has of it, from top to bottom */
    size_t stride; /* bytes from row to row */
    uint8_t *pixels; /* [(bottom - top) * block_y, stride] u8 */
    int16_t *coefficients; /* progressive only: [bottom - top, right - left, kept] */
    uint64_t *nonzero; /* progressive, kept > 1: [bottom, blocks_x], bit k for coefficient k in zigzag order */
    int last; /* the last coefficient that is needed, in zigzag order */
    int dc; /* PRED (A.3.5): the DC coefficient of the block before */
    uint32_t kept; /* coefficients kept of each block: block_y rows of block_x */
    uint8_t *line; /* one row at the picture's width */
    int begun; /* a scan has brought its DC coefficients */
    uint8_t unsent[JPEG_COEFFICIENTS]; /* by zigzag order: bits that are still to come, JPEG_UNSENT for all */
} jpeg_plane;

/* A Huffman table of the scan, and what the next JPEG_LOOK bits say by it, 0 where they say too little. */
typedef struct jpeg_codes {
    jpeg_huffman table;
    uint16_t one[1 << JPEG_LOOK]; /* the first symbol: length of its code in bits 0..4, symbol in 8..15 */
    uint16_t
        run[1 << JPEG_LOOK]; /* AC: as many whole coefficients as there are: length in bits 0..4, how far they go in
                                     5..11, 1 in 12 where the block ends with them; DC: the difference with its code:
                                     length in 0..4, JPEG_DC_ZERO more than it in 5..15 */
} jpeg_codes;

/* What the next JPEG_LOOK bits of an AC scan of a progressive frame say, where no coefficient that they reach needs a
 * correction bit: as many whole symbols as there are. */
typedef struct jpeg_pass {
    uint8_t length; /* bits; 0 where they say too little */
    uint8_t far; /* how many coefficients they go over */
    uint8_t ends; /* not 0: and then the band ends, by EOB0 */
    uint32_t found; /* bit i: the coefficient i from here is not zero */
} jpeg_pass;

/* The restart markers that come next in the data of a scan; each byte is looked at once. */
typedef struct jpeg_restarts {
    const uint8_t *at, *end; /* looked at up to at */
    const uint8_t *found[JPEG_AHEAD]; /* where they are, in order */
    int count;
    const uint8_t *stop; /* where the scan's data ends for sure; NULL where that was not reached */
} jpeg_restarts;

/* The data of a scan, bit by bit. */
typedef struct jpeg_bits {
    const uint8_t *at, *end;
    uint64_t window; /* the next bits, the first one on top */
    int count; /* how many of them are known */
    int invented; /* how many of those are zeros that follow the end of the data */
    int ended; /* at is at a marker or at the end of the file */
    int due; /* 0..7: the restart marker that ends this interval; -1 where none does */
    const uint8_t *stray; /* a marker to pass over; NULL for none */
} jpeg_bits;

/* What is known of an MCU of the square, one with all components, by rising harm. */
enum { JPEG_WHOLE, JPEG_COARSE /* lacks detail */, JPEG_GREY /* lacks a DC coefficient */ };

typedef struct jpeg {
    jpeg_stb *stb;
    jpeg_file file;
    jpeg_frame frame;
    jpeg_scan scan; /* the one that is read */
    jpeg_plane planes[JPEG_COMPONENTS];
    uint32_t scale; /* 1, 2, 4 or 8 */
    uint32_t x, y, width, height; /* the pixels that are looked at, in the picture as decoded */
    uint32_t mcu_x, mcu_y; /* pixels of an MCU with all components, as decoded */
    uint32_t mcus_x, mcus_y; /* such MCUs of the whole picture */
    uint32_t left, right, top,
        bottom; /* such MCUs that hold some of them: from left to below right, top to below bottom */
    uint8_t *state; /* [bottom - top, right - left] JPEG_WHOLE … JPEG_GREY */
    jpeg_codes dc_codes[JPEG_TABLES], ac_codes[JPEG_TABLES]; /* of the scan that is read */
    int eob_run; /* EOBRUN (G.1.2.2): blocks of the band that are still to end */
    jpeg_pass passes[1 << JPEG_LOOK]; /* of the AC scan that is read; one has a single table */
    jpeg_bits bits;
    jpeg_restarts restarts;
    int skips_intervals; /* 0 once the interval has changed: what an AC scan has passed over, the next may need */
    uint64_t lacking; /* bytes of a piece of memory that could not be had, 0 where all could */
    const char *reason; /* what is wrong, NULL where stb_image knows */
    cancel *cancel; /* ends reading early */
} jpeg;

/* ---- segments and scans (jpeg_scan.c) ---- */

/* Read as many scans as the square needs and the file has. 0 where that gives no picture. */
int jpeg_read_scans(jpeg *j);
const char *jpeg_reason(const jpeg *j);

/* Note what is wrong; 0, so that it can be returned. */
static inline int jpeg_damaged(jpeg *j, const char *reason) {
    j->reason = reason;
    return 0;
}

/* ---- markers (jpeg_marker.c) ---- */

/* Restart marker at a place where there is a marker: its number 0..7, -1 for another marker. */
static inline int jpeg_restart_number(const uint8_t *marker) {
    return marker[1] >= JPEG_RST0 && marker[1] <= JPEG_RST7 ? marker[1] - JPEG_RST0 : -1;
}

/* The next marker, FF and a code, from `at` on, past fill bytes; NULL where there is none. */
const uint8_t *jpeg_find_marker(const uint8_t *at, const uint8_t *end);

/* Is the restart marker here, within an interval that another one ends, or none, in the way? */
int jpeg_is_stray(jpeg *j, const uint8_t *marker);

/* Make the next restart markers from `from` on known. */
void jpeg_look_ahead(jpeg_restarts *r, const uint8_t *from);

/* The restart marker of that number among those, not before index `first`; -1 where it is not. */
int jpeg_find_number(const jpeg_restarts *r, int first, int number);

/* ---- restart intervals (jpeg_restart.c) ---- */

/* Begin to read the data of a scan at the file's place; leave that behind what was read. */
void jpeg_begin_data(jpeg *j);
void jpeg_end_data(jpeg *j);

/* Go over all MCUs of a scan that the square needs, by restart intervals. */
void jpeg_read_intervals(jpeg *j);

/* ---- MCUs of a scan (jpeg_mcu.c): Hi x Vi blocks of each component (A.2.3), or one block where a component has a scan of
 * its own (A.2.2) ---- */

/* A row has `across` of them, there are `rows`, and those that the square needs lie from left to below right and from top to
 * below bottom. */
typedef struct jpeg_extent {
    uint32_t across, rows, left, right, top, bottom;
} jpeg_extent;

jpeg_extent jpeg_scan_extent(const jpeg *j);

/* Decode an MCU; 0 where its data is wrong or has ended. */
int jpeg_read_mcu(jpeg *j, uint32_t x, uint32_t y);

/* Note that an MCU of this scan is lost; what was read of it is taken back. */
void jpeg_lose_mcu(jpeg *j, uint32_t x, uint32_t y);

/* Progressive: from the coefficients, once complete, to pixels: dequantised (A.3.4) and transformed. */
void jpeg_finish_plane(jpeg *j, const jpeg_plane *p, const uint16_t steps[JPEG_COEFFICIENTS]);

/* ---- blocks ---- */

/*
 * Baseline: block [64] i16, dequantised, row-major; only what the component's plane needs is set ([1] for DC alone).
 * block is NULL for one that is passed over. 0 where the data is wrong or has ended.
 */
int jpeg_read_block(jpeg *j, int n, int16_t *block);

/*
 * Progressive: what the scan brings for one block. kept: [planes[n].kept] i16, NULL for a block that is passed over;
 * nonzero: its bits, read and written in AC scans.
 */
int jpeg_refine_block(jpeg *j, int n, int16_t *kept, uint64_t *nonzero);

/*
 * Progressive: within an EOB run of an AC scan, pass over blocks from (x, y) on to the end of their row, and at most so
 * many: those of which nothing is kept, or which the run brings nothing for. How many they were.
 */
uint32_t jpeg_pass_eob_run(jpeg *j, uint32_t x, uint32_t y, uint64_t most);

/* Make what is looked up in the data of the scan (jpeg_codes.c). */
void jpeg_make_codes(jpeg *j);

/* The Huffman tables of the standard for those that the file does not have: motion JPEG leaves them out. */
void jpeg_default_tables(jpeg_stb *stb);

/* ---- rows (jpeg_rows.c) ---- */

/* The picture that will come of it, without its pixels, and the size of those. */
img_picture jpeg_picture(const jpeg *j);
uint64_t jpeg_picture_bytes(const jpeg *j);

/* From complete planes to pixels in scratch memory: grey or RGB. */
lt_status jpeg_make_pixels(jpeg *j, img_scratch *scratch, const uint8_t **out, lt_error *error);

#endif
