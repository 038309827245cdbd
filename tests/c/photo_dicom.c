#include "photo_dicom.h"

#include <stdlib.h>
#include <string.h>

static void little(photo *file, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) photo_add(file, &(uint8_t){(uint8_t)(value >> 8 * i)}, 1);
}

static void element(photo *file, int implicit, uint32_t tag, const char *vr, const void *value, uint32_t size) {
    uint32_t even = size + size % 2;
    little(file, tag >> 16, 2);
    little(file, tag & 0xFFFF, 2);
    if (implicit) {
        little(file, even, 4);
    } else {
        int is_long = vr[0] == 'O' || memcmp(vr, "SQ", 2) == 0;
        photo_add(file, vr, 2);
        if (is_long) little(file, 0, 2);
        little(file, even, is_long ? 4 : 2);
    }
    if (size > 0) photo_add(file, value, size);
    if (size % 2) photo_add(file, "\0", 1);
}

static void number(photo *file, const photo_dicom *d, uint32_t tag, uint32_t value) {
    uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    element(file, d->implicit, tag, "US", bytes, 2);
}

/* A sequence whose end has to be looked for, with one of the same kind in its item. */
static void nested(photo *file) {
    for (int depth = 0; depth < 2; depth++) {
        little(file, 0x0008, 2);
        little(file, 0x1140, 2);
        photo_add(file, "SQ\0\0\xFF\xFF\xFF\xFF", 8);
        photo_add(file, "\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 8);
        element(file, 0, 0x00280010, "US", "\1\0", 2); /* not the picture's rows */
    }
    for (int depth = 0; depth < 2; depth++) photo_add(file, "\xFE\xFF\x0D\xE0\0\0\0\0\xFE\xFF\xDD\xE0\0\0\0\0", 16);
}

static void pixels(photo *file, const photo_dicom *d) {
    uint32_t count = d->width * d->height;
    uint8_t *rgb = malloc((size_t)count * 3);
    if (rgb == NULL) abort();
    for (uint32_t i = 0; i < count; i++) {
        uint16_t values[4];
        d->source(i % d->width, i / d->width, values);
        for (uint32_t c = 0; c < 3; c++) rgb[d->planar ? c * count + i : 3 * i + c] = (uint8_t)values[c];
    }
    element(file, d->implicit, 0x7FE00010, "OB", rgb, 3 * count);
    free(rgb);
}

static void fragments(photo *file, const photo_dicom *d) {
    photo picture = {0};
    photo_write_jpeg(&picture, &(photo_jpeg){.width = d->width,
                                             .height = d->height,
                                             .components = 3,
                                             .h = 1,
                                             .v = 1,
                                             .quantum = 2,
                                             .adobe = 1,
                                             .source = d->source});
    if (picture.size % 2) photo_add(&picture, "\0", 1);
    photo_add(file, "\xE0\x7F\x10\0OB\0\0\xFF\xFF\xFF\xFF\xFE\xFF\x00\xE0\0\0\0\0", 20);
    size_t each = picture.size / (size_t)d->fragments / 2 * 2;
    for (int i = 0; i < d->fragments; i++) {
        size_t from = (size_t)i * each, size = i + 1 == d->fragments ? picture.size - from : each;
        photo_add(file, "\xFE\xFF\x00\xE0", 4);
        little(file, (uint32_t)size, 4);
        photo_add(file, picture.bytes + from, size);
    }
    photo_add(file, "\xFE\xFF\xDD\xE0\0\0\0\0", 8);
    photo_free(&picture);
}

void photo_write_dicom(photo *file, const photo_dicom *d) {
    photo_add(file, (uint8_t[128]){0}, 128);
    photo_add(file, "DICM", 4);
    element(file, 0, 0x00020001, "OB", "\0\1", 2);
    element(file, 0, 0x00020010, "UI", d->syntax, (uint32_t)strlen(d->syntax));
    element(file, d->implicit, 0x00100010, "PN", "Nobody^At All", 13);
    if (d->nested) nested(file);
    number(file, d, 0x00280002, d->samples);
    element(file, d->implicit, 0x00280004, "CS", d->photometric, (uint32_t)strlen(d->photometric));
    number(file, d, 0x00280006, (uint32_t)d->planar);
    if (d->frames != NULL) element(file, d->implicit, 0x00280008, "IS", d->frames, (uint32_t)strlen(d->frames));
    number(file, d, 0x00280010, d->height);
    number(file, d, 0x00280011, d->width);
    number(file, d, 0x00280100, d->bits);
    number(file, d, 0x00280101, d->bits);
    if (d->fragments > 0)
        fragments(file, d);
    else
        pixels(file, d);
}

photo_dicom photo_dicom_native(uint32_t width, uint32_t height, photo_source *source) {
    return (photo_dicom){.width = width,
                         .height = height,
                         .syntax = "1.2.840.10008.1.2.1",
                         .samples = 3,
                         .bits = 8,
                         .photometric = "RGB ",
                         .source = source};
}

photo_dicom photo_dicom_jpeg(uint32_t width, uint32_t height, photo_source *source) {
    photo_dicom d = photo_dicom_native(width, height, source);
    d.syntax = "1.2.840.10008.1.2.4.50";
    d.photometric = "YBR_FULL_422";
    d.fragments = 1;
    return d;
}
