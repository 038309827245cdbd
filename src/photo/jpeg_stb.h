/*
 * jpeg_stb.h - what stb_image does for a JPEG: it reads the segments before the data of a scan, and makes pixels of blocks and
 * rows of full size. Only jpeg_stb.c compiles it and knows its structures; the other files see what it found here, by the
 * names of ITU-T T.81.
 */
#ifndef LT_PHOTO_JPEG_STB_H
#define LT_PHOTO_JPEG_STB_H

#include <stddef.h>
#include <stdint.h>

enum {
    JPEG_COMPONENTS = 4,    /* most of a frame that is read: those of CMYK */
    JPEG_TABLES = 4,        /* destinations for Huffman tables of a class (B.2.4.2) */
    JPEG_COEFFICIENTS = 64, /* of a block */
    JPEG_CODE_BITS = 16     /* of the longest Huffman code (B.2.4.2) */
};

/* The two classes of Huffman tables, Tc (B.2.4.2). */
typedef enum jpeg_class { JPEG_DC, JPEG_AC } jpeg_class;

/* The bytes of a file that are still to be read. */
typedef struct jpeg_file {
    const uint8_t *at, *end;
} jpeg_file;

typedef struct jpeg_component {
    uint32_t h, v;         /* Hi, Vi (B.2.2) */
    const uint16_t *steps; /* [JPEG_COEFFICIENTS], row-major: its quantisation table (Tqi); 0 where none was defined */
    int td, ta; /* Tdj, Taj (B.2.3): its Huffman tables in the scan that had it last */
} jpeg_component;

/* The frame header (B.2.2), and what other segments say for all that comes after them. */
typedef struct jpeg_frame {
    uint32_t width, height; /* X, Y: pixels */
    int count; /* Nf: 1, 3 or 4 */
    jpeg_component component[JPEG_COMPONENTS];
    int progressive;
    int restart_interval; /* Ri (B.2.4.4): MCUs, 0 for no intervals */
    int jfif; /* there is a segment of JFIF */
    int adobe_transform; /* of Adobe's segment: 0 for none, 1 for YCbCr, 2 for YCCK; -1 where there is no such segment */
    int named_rgb; /* how many of three components are called R, G and B, in this order */
} jpeg_frame;

/* A scan header (B.2.3). */
typedef struct jpeg_scan {
    int count; /* Ns */
    int order[JPEG_COMPONENTS]; /* index of the component Csj */
    int ss, se, ah, al; /* spectral selection and successive approximation: 0, 63, 0, 0 in a sequential frame */
} jpeg_scan;

/* A Huffman table (annex C, F.2.2.3). Its arrays are stb_image's, and change where the file defines the table anew. */
typedef struct jpeg_huffman {
    const uint16_t *code; /* [256] HUFFCODE */
    const uint8_t *size; /* [257] HUFFSIZE; 0 behind the last */
    const uint8_t *values; /* [256] HUFFVAL */
    const unsigned *maxcode; /* by length: MAXCODE + 1 as the first of JPEG_CODE_BITS bits */
    const int *delta; /* by length: VALPTR - MINCODE */
} jpeg_huffman;

/* Order of the coefficients (figure A.6): where number k of a block lies in rows of eight. Beyond the last there are
 * JPEG_LONGEST_RUN more, all of them that of the last one. */
enum { JPEG_LONGEST_RUN = 15 };
extern const uint8_t *const jpeg_zigzag;

/* Its state: a piece of memory of that size, all 0 at first. */
typedef struct jpeg_stb jpeg_stb;
size_t jpeg_stb_size(void);

/*
 * Read up to the end of the frame header; a segment from behind its marker, no frame or scan header; a scan header from behind
 * its marker. file->at goes behind what was read, and not beyond the end. 0 where that is wrong: jpeg_stb_reason says how, as
 * long as this thread reads no other file, or is NULL.
 */
int jpeg_stb_read_header(jpeg_stb *stb, jpeg_file *file, jpeg_frame *frame);
int jpeg_stb_read_segment(jpeg_stb *stb, jpeg_file *file, int marker, jpeg_frame *frame);
int jpeg_stb_read_scan_header(jpeg_stb *stb, jpeg_file *file, jpeg_frame *frame, jpeg_scan *scan);
const char *jpeg_stb_reason(void);

/* The Huffman table of class tc at destination th, 0 to below JPEG_TABLES; whether there is one; and one that is not from the
 * file: how many codes have 1 to JPEG_CODE_BITS bits, and the values of all, in order, which must be right. */
jpeg_huffman jpeg_stb_huffman(const jpeg_stb *stb, jpeg_class tc, int th);
int jpeg_stb_has_huffman(const jpeg_stb *stb, jpeg_class tc, int th);
void jpeg_stb_define_huffman(jpeg_stb *stb, jpeg_class tc, int th, const uint8_t lengths[JPEG_CODE_BITS],
                             const uint8_t *values, size_t count);

/* The inverse DCT (A.3.3) of a block, dequantised and aligned to 16 bytes: 8 rows of 8 pixels, stride bytes apart. */
void jpeg_stb_idct(const jpeg_stb *stb, int16_t block[JPEG_COEFFICIENTS], uint8_t *out, size_t stride);

/*
 * A row of samples, count of them, enlarged repeat_x times: by interpolation where repeat_x or repeat_y is 2 and the other 1
 * or 2, else each is repeated. far: the row that is the next nearest where repeat_y is 2. out: [count * repeat_x] u8, and
 * JPEG_LINE_SLACK bytes that may be written behind it.
 */
enum { JPEG_LINE_SLACK = 4 };
void jpeg_stb_enlarge(const jpeg_stb *stb, uint32_t repeat_x, uint32_t repeat_y, uint8_t *near, uint8_t *far,
                      uint32_t count, uint8_t *out);

/* A row by the equations of JFIF: [width, 3] u8, and one byte that may be written behind it. */
void jpeg_stb_ycc_to_rgb(const jpeg_stb *stb, const uint8_t *y, const uint8_t *cb, const uint8_t *cr, uint32_t width,
                         uint8_t *rgb);

#endif
