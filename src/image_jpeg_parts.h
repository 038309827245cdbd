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
    JPEG_BLOCK = 8,        /* pixels of a block's side, full size */
    JPEG_COEFFICIENTS = 64 /* of a block */
};

/* One component (Y, Cb, …) at the size it is decoded to. */
typedef struct jpeg_plane {
    uint32_t block_x, block_y;   /* 1, 2, 4 or 8: pixels of a block as decoded */
    uint32_t blocks_x, blocks_y; /* with those that only fill up the last unit */
    uint32_t used_x, used_y;     /* blocks that hold something of the picture */
    uint32_t repeat_x, repeat_y; /* pixels of the picture for one of the jpeg_plane */
    uint32_t columns, rows;      /* pixels that the picture needs */
    size_t stride;               /* bytes from row to row */
    uint8_t *pixels;             /* [blocks_y * block_y, stride] u8 */
    int16_t *coefficients;       /* progressive only: [blocks_y, blocks_x, kept] */
    uint32_t kept;               /* coefficients kept of each block: 64, or 1 where it is the mean */
    uint8_t *line;               /* one row at the picture's width */
    int begun;                   /* a scan has brought its mean values */
} jpeg_plane;

typedef struct jpeg {
    stbi__jpeg stb;
    stbi__context context;
    jpeg_plane planes[4];
    uint32_t scale;         /* 1, 2, 4 or 8 */
    uint32_t width, height; /* of the picture as decoded */
    int starved;            /* blocks read since the data of this scan or restart interval ended */
} jpeg;

/* Read up to the frame header, then up to the end marker. 0 where the file is damaged; jpeg_reason() says how. */
int jpeg_read_header(jpeg *j, const uint8_t *bytes, size_t size);
int jpeg_read_scans(jpeg *j);
const char *jpeg_reason(void);

/* From complete planes to a picture in scratch memory: grey or RGB. */
lt_status jpeg_make_picture(jpeg *j, img_scratch *scratch, img_picture *out, lt_error *error);

#endif
