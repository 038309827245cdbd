/*
 * image_jpeg_parts.h - what the files of the JPEG decoder share; only they include it.
 *
 * stb_image reads headers, Huffman codes and coefficients; what it does with them is decided in these files,
 * because
 *  - a reduced picture needs only the low frequencies of each block of 8 x 8, down to its mean value alone:
 *    no full inverse transform, no memory for the full picture;
 *  - stb_image gives what it has of a file that ends early; here that is an error, since a half grey picture
 *    would get an answer as well.
 */
#ifndef LT_IMAGE_JPEG_PARTS_H
#define LT_IMAGE_JPEG_PARTS_H

#include "image_parts.h"

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
    JPEG_BLOCK = 8,         /* pixels of a block's side, full size */
    JPEG_COEFFICIENTS = 64, /* of a block */
    JPEG_LOOK = 11          /* bits that are looked up at once */
};

/* One component (Y, Cb, …) at the size it is decoded to. */
typedef struct jpeg_plane {
    uint32_t block_x, block_y;   /* 1, 2, 4 or 8: pixels of a block as decoded */
    uint32_t blocks_x, blocks_y; /* with those that only fill up the last unit */
    uint32_t used_x, used_y;     /* blocks that hold something of the picture */
    uint32_t repeat_x, repeat_y; /* pixels of the picture for one of the plane */
    uint32_t columns, rows;      /* pixels that the picture needs */
    size_t stride;               /* bytes from row to row */
    uint8_t *pixels;             /* [blocks_y * block_y, stride] u8 */
    int16_t *coefficients;       /* progressive only: [blocks_y, blocks_x, kept] */
    int last;                    /* the last coefficient that is needed, in the order of the file */
    uint32_t kept;               /* coefficients kept of each block: 64, or 1 where it is the mean */
    uint8_t *line;               /* one row at the picture's width */
    int begun;                   /* a scan has brought its mean values */
} jpeg_plane;

/* What the next JPEG_LOOK bits say, 0 where they say too little. */
typedef struct jpeg_codes {
    uint16_t one[1 << JPEG_LOOK]; /* the first symbol: length of its code in bits 0..4, symbol in 8..15 */
    uint16_t run[1 << JPEG_LOOK]; /* as many whole coefficients as there are: length in bits 0..4, how far they go in
                                     5..11, 1 in 12 where the block ends with them */
} jpeg_codes;

/* The data of a baseline scan, bit by bit. */
typedef struct jpeg_bits {
    const uint8_t *at, *end;
    uint64_t window; /* the next bits, the first one on top */
    int count;       /* how many of them are known */
    int invented;    /* how many of those are zeros that follow the end of the data */
    int ended;       /* at is at a marker or at the end of the file */
} jpeg_bits;

typedef struct jpeg {
    stbi__jpeg stb;
    stbi__context context;
    jpeg_plane planes[4];
    uint32_t scale;         /* 1, 2, 4 or 8 */
    uint32_t width, height; /* of the picture as decoded */
    jpeg_codes dc_codes[4], ac_codes[4]; /* of the scan that is read */
    jpeg_bits bits;
    int starved;        /* progressive: blocks read since the data of a scan or restart interval ended */
    const char *reason; /* what is wrong, NULL where stb_image knows */
} jpeg;

/* Read up to the frame header, then up to the end marker. 0 where the file is damaged; jpeg_reason says how. */
int jpeg_read_header(jpeg *j, const uint8_t *bytes, size_t size);
int jpeg_read_scans(jpeg *j);
const char *jpeg_reason(const jpeg *j);

/* Note what is wrong; 0, so that it can be returned. */
static inline int jpeg_damaged(jpeg *j, const char *reason) {
    j->reason = reason;
    return 0;
}

/*
 * The data of a baseline scan, whose header has been read: begin, then block after block as they are stored, with
 * jpeg_skip_restart where a restart marker is due, then end. 0 where the data is wrong.
 * block: [64] i16, dequantised, row-major; only what the component's plane needs is set ([1] for the mean alone).
 */
void jpeg_begin_data(jpeg *j);
int jpeg_read_block(jpeg *j, int n, int16_t *block);
int jpeg_skip_restart(jpeg *j);
void jpeg_end_data(jpeg *j);

/* From complete planes to a picture in scratch memory: grey or RGB. */
lt_status jpeg_make_picture(jpeg *j, img_scratch *scratch, img_picture *out, lt_error *error);

#endif
