/*
 * DICOM files (part 10) of one picture: a baseline JPEG in fragments, or 8-bit RGB as it is. The elements are walked one
 * by one, each within its file; all else is refused by name. No text of the file is kept or repeated.
 */
#include "dicom.h"

#include <string.h>

/* The preamble with "DICM" (part 10, 7.1); sequences within sequences that are walked; bytes of a UID (part 5, 9.1). Channels of
 * RGB, and the bits of each. */
enum { PREAMBLE = 132, DEEPEST = 8, MOST_UID = 64, RGB = 3, DEPTH = 8 };

#define UNDEFINED 0xFFFFFFFFu /* a length: the end has to be looked for */

/* Elements, by group and number. */
enum {
    TRANSFER_SYNTAX = 0x00020010,
    SAMPLES = 0x00280002,
    PHOTOMETRIC = 0x00280004,
    PLANAR = 0x00280006,
    FRAMES = 0x00280008,
    ROWS = 0x00280010,
    COLUMNS = 0x00280011,
    ALLOCATED = 0x00280100,
    STORED = 0x00280101,
    PIXELS = 0x7FE00010
};
#define ITEM         0xFFFEE000u
#define ITEM_END     0xFFFEE00Du
#define SEQUENCE_END 0xFFFEE0DDu

typedef struct dicom {
    const uint8_t *bytes;
    size_t size, at;
    int is_implicit; /* elements do not say what they hold; only their lengths */
    uint32_t samples, planar, frames, rows, columns, allocated, stored;
    int is_rgb;
} dicom;

/* One element's header; its value, or what is in it, begins at d->at. */
typedef struct element {
    uint32_t tag, length;
    char vr[2];
} element;

static lt_status damaged(lt_error *error) {
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: damaged DICOM file");
}

static lt_status refuse(lt_error *error, const char *what) {
    return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a DICOM file %s is not read", what);
}

static uint32_t little16(const uint8_t *b) {
    return (uint32_t)(b[0] | b[1] << 8);
}

static uint32_t little32(const uint8_t *b) {
    return little16(b) | little16(b + 2) << 16;
}

static int has(const dicom *d, size_t size) {
    return size <= d->size - d->at;
}

/* Representations whose length has four bytes, after two that are empty. */
static int is_long(const char vr[2]) {
    static const char names[] = "OBODOFOLOVOWSQSVUCUNURUTUV";
    for (size_t i = 0; i + 1 < sizeof names; i += 2)
        if (memcmp(vr, names + i, 2) == 0) return 1;
    return 0;
}

static uint32_t group_of(uint32_t tag) {
    return tag >> 16;
}

/*
 * Read an element's header (part 5, 7.1): group, number, and the length in four bytes; or, where elements say what they hold, a
 * representation and the length in two bytes, or two empty ones and the length in four. Items never say what they hold. 0 where
 * the file ends within it.
 */
static int read_header(dicom *d, element *e) {
    enum { NUMBER_AT = 2, VR_AT = 4, SHORT_AT = 6, HEADER = 8, LONG = 4 };
    if (!has(d, HEADER)) return 0;
    const uint8_t *b = d->bytes + d->at;
    *e = (element){.tag = little16(b) << 16 | little16(b + NUMBER_AT)};
    d->at += HEADER;
    if (d->is_implicit || group_of(e->tag) == group_of(ITEM)) {
        e->length = little32(b + VR_AT);
        return 1;
    }
    memcpy(e->vr, b + VR_AT, sizeof e->vr);
    if (!is_long(e->vr)) {
        e->length = little16(b + SHORT_AT);
        return 1;
    }
    if (!has(d, LONG)) return 0;
    e->length = little32(b + HEADER);
    d->at += LONG;
    return 1;
}

/* Pass over a value, with all that is in it where its end has to be looked for. 0 where the file ends before. */
static int skip_value(dicom *d, const element *first) {
    uint32_t depth = 0;
    element e = *first;
    for (;;) {
        if (e.length == UNDEFINED) {
            if (++depth > DEEPEST) return 0;
        } else if (e.tag == ITEM_END || e.tag == SEQUENCE_END) {
            if (depth > 0) depth--;
        } else {
            if (!has(d, e.length)) return 0;
            d->at += e.length;
        }
        if (depth == 0) return 1;
        if (!read_header(d, &e)) return 0;
    }
}

static uint32_t number_of(const dicom *d, const element *e) {
    return e->length >= 2 ? little16(d->bytes + d->at) : 0;
}

/* What of an element counts here; its value is there. */
static void take_element(dicom *d, const element *e) {
    const uint8_t *value = d->bytes + d->at;
    switch (e->tag) {
    case SAMPLES: d->samples = number_of(d, e); break;
    case PLANAR: d->planar = number_of(d, e); break;
    case ROWS: d->rows = number_of(d, e); break;
    case COLUMNS: d->columns = number_of(d, e); break;
    case ALLOCATED: d->allocated = number_of(d, e); break;
    case STORED: d->stored = number_of(d, e); break;
    case PHOTOMETRIC: d->is_rgb = e->length >= RGB && memcmp(value, "RGB", RGB) == 0; break;
    case FRAMES: /* a text; anything but one digit 1 is more than one */
        d->frames = 2;
        if (e->length >= 1 && value[0] == '1' && (e->length == 1 || value[1] == ' ' || value[1] == 0)) d->frames = 1;
        break;
    default: break;
    }
}

/* The fragments of a JPEG, behind the table of where frames begin: in one piece. */
static lt_status take_fragments(dicom *d, img_scratch *scratch, img_job *job, lt_error *error) {
    element e;
    uint64_t total = 0;
    int count = 0;
    if (!read_header(d, &e) || e.tag != ITEM || !has(d, e.length)) return damaged(error);
    d->at += e.length;
    size_t first = d->at;
    for (;;) {
        if (!read_header(d, &e)) return damaged(error);
        if (e.tag == SEQUENCE_END) break;
        if (e.tag != ITEM || !has(d, e.length)) return damaged(error);
        d->at += e.length;
        total += e.length;
        count++;
    }
    d->at = first;
    if (count == 1) {
        (void)read_header(d, &e);
        job->bytes = d->bytes + d->at;
        job->size = e.length;
        return LT_OK;
    }
    uint8_t *whole = img_scratch_take(scratch, total), *to = whole;
    if (whole == NULL) return img_no_memory(total, error);
    for (; count > 0; count--) {
        (void)read_header(d, &e);
        memcpy(to, d->bytes + d->at, e.length);
        to += e.length;
        d->at += e.length;
    }
    job->bytes = whole;
    job->size = (size_t)total;
    return LT_OK;
}

/* Pixels as they are; those of one channel after those of another are put together. */
static lt_status take_native(dicom *d, uint32_t length, img_scratch *scratch, img_job *job, const img_want *want,
                             lt_error *error) {
    uint64_t count = (uint64_t)d->rows * d->columns;
    if (d->samples != RGB || !d->is_rgb || d->allocated != DEPTH || d->stored != DEPTH)
        return refuse(error, "whose pixels are not RGB of 8 bits");
    lt_status status = img_check_size(d->columns, d->rows, want, error);
    if (status != LT_OK) return status;
    if (d->planar > 1 || length < RGB * count || length > RGB * count + 1 || !has(d, length)) return damaged(error);
    const uint8_t *pixels = d->bytes + d->at;
    job->picture = (img_picture){.pixels = pixels,
                                 .width = d->columns,
                                 .height = d->rows,
                                 .channels = RGB,
                                 .full_width = d->columns,
                                 .full_height = d->rows,
                                 .scale = 1};
    job->square = img_find_square(d->columns, d->rows, 1, job->orientation, want);
    if (!img_begin_pixels(scratch, job, want, d->planar ? img_piece_bytes(RGB * count) : 0, &status, error))
        return status;
    if (!d->planar) return LT_OK;
    uint8_t *mixed = img_scratch_take(scratch, RGB * count);
    if (mixed == NULL) return img_no_memory(RGB * count, error);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < RGB; c++) mixed[RGB * i + c] = pixels[c * count + i];
    job->picture.pixels = mixed;
    return LT_OK;
}

/* The group of elements that says how the others are written. *is_jpeg: the pixels are a baseline JPEG. */
static lt_status read_meta(dicom *d, int *is_jpeg, lt_error *error) {
    static const char explicit_little[] = "1.2.840.10008.1.2.1", implicit[] = "1.2.840.10008.1.2",
                      baseline[] = "1.2.840.10008.1.2.4.50";
    char uid[MOST_UID + 1] = "";
    element e;
    for (;;) {
        size_t before = d->at;
        if (!read_header(d, &e)) return damaged(error);
        if (e.tag >> 16 != 2) {
            d->at = before;
            break;
        }
        if (e.length == UNDEFINED || !has(d, e.length)) return damaged(error);
        if (e.tag == TRANSFER_SYNTAX && e.length <= MOST_UID) {
            memcpy(uid, d->bytes + d->at, e.length);
            uid[e.length] = '\0';
        }
        d->at += e.length;
    }
    for (char *c = uid; *c != '\0'; c++)
        if ((*c < '0' || *c > '9') && *c != '.') *c = '\0';
    *is_jpeg = strcmp(uid, baseline) == 0;
    d->is_implicit = strcmp(uid, implicit) == 0;
    if (*is_jpeg || d->is_implicit || strcmp(uid, explicit_little) == 0) return LT_OK;
    return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a DICOM file of transfer syntax %s is not read",
                   uid[0] != '\0' ? uid : "unknown");
}

lt_status img_open_dicom(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    enum { UPRIGHT = 1 };
    dicom d = {.bytes = job->bytes, .size = job->size, .at = PREAMBLE, .frames = 1};
    int is_jpeg = 0;
    element e;
    job->orientation = UPRIGHT;
    col_unstated(&job->colour);
    lt_status status = read_meta(&d, &is_jpeg, error);
    if (status != LT_OK) return status;
    for (;;) {
        if (d.at == d.size) return refuse(error, "without a picture");
        if (!read_header(&d, &e)) return damaged(error);
        if (e.tag == PIXELS) break;
        if (e.length != UNDEFINED && !has(&d, e.length)) return damaged(error);
        if (e.length != UNDEFINED) take_element(&d, &e);
        if (!skip_value(&d, &e)) return damaged(error);
    }
    if (d.frames != 1) return refuse(error, "of several pictures");
    if (!is_jpeg) return take_native(&d, e.length, scratch, job, want, error);
    if (e.length != UNDEFINED) return damaged(error);
    status = take_fragments(&d, scratch, job, error);
    if (status == LT_OK) status = img_find_kind(job->bytes, job->size, &job->kind, error);
    if (status == LT_OK && job->kind != LT_PHOTO_JPEG) return damaged(error);
    return status;
}
