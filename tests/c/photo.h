/* photo.h - small JPEG and PNG files for the tests, written from their specifications. */
#ifndef PHOTO_H
#define PHOTO_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a growing file. Free with photo_free. */
typedef struct photo {
    uint8_t *bytes;
    size_t size, room;
} photo;

void photo_add(photo *file, const void *bytes, size_t size);
void photo_add16(photo *file, uint32_t value); /* most significant byte first */
void photo_add32(photo *file, uint32_t value);
void photo_free(photo *file);

/* The samples of a picture as the file stores them: values[channels] at x, y. */
typedef void photo_source(uint32_t x, uint32_t y, uint16_t *values);

typedef struct photo_jpeg {
    uint32_t width, height;
    uint32_t components;     /* 1, 3 or 4 */
    uint32_t h, v;           /* sampling of the first component (and of the fourth); the others have 1 x 1 */
    uint32_t quantum;        /* each coefficient is a multiple of this; 1 loses almost nothing */
    uint32_t restart;        /* units between restart markers, 0 for none */
    int apart;               /* each component in a scan of its own */
    int progressive;         /* spectral selection and successive approximation, AC bits refined once */
    int adobe;               /* transform of an APP14 segment, -1 for no such segment */
    uint32_t orientation;    /* in an EXIF segment; 0 for no such segment */
    int no_tables;           /* coded by the standard's Huffman tables, which are left out; baseline only */
    photo_source *source;    /* values 0..255 */
} photo_jpeg;

void photo_write_jpeg(photo *file, const photo_jpeg *p);

typedef enum photo_deflate { PHOTO_STORED, PHOTO_FIXED, PHOTO_DYNAMIC } photo_deflate;

typedef struct photo_png {
    uint32_t width, height, depth, colour;
    int interlaced;
    photo_deflate deflate;
    const uint8_t *palette; /* [palette_count, 3], where colour is 3 */
    uint32_t palette_count;
    const uint8_t *transparency; /* content of a tRNS chunk, NULL for none */
    uint32_t transparency_size;
    uint32_t orientation; /* in an eXIf chunk; 0 for no such chunk */
    photo_source *source; /* values of depth bits */
} photo_png;

void photo_write_png(photo *file, const photo_png *p);

/* One chunk with its checksum. */
void photo_png_chunk(photo *file, const char *name, const uint8_t *content, uint32_t size);

/* Give every chunk of a PNG the checksum it should have; stops where a chunk runs past the end. */
void photo_png_repair(photo *file);

/* A TIFF block with one directory that holds the orientation; little: byte order. */
void photo_write_exif(photo *file, uint32_t orientation, int little);

#endif
