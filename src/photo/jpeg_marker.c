/* Markers in the entropy-coded data of a scan (B.1.1.2): which ends it, and which is but in the way. */
#include "jpeg_parts.h"

#include <string.h>

const uint8_t *jpeg_find_marker(const uint8_t *at, const uint8_t *end) {
    while (end - at >= 2) {
        at = memchr(at, 0xFF, (size_t)(end - at) - 1);
        if (at == NULL) return NULL;
        if (at[1] != 0x00 && at[1] != 0xFF) return at;
        at++;
    }
    return NULL;
}

/* Whether a marker that is no restart marker ends the data, or is but damage: a segment has a length that leads to the
 * next marker. */
static int ends_data(const uint8_t *marker, const uint8_t *end) {
    enum {
        MARKER = 2,
        LENGTH = 2,
        COUNT_AT = MARKER + LENGTH
    }; /* bytes; what a scan header begins with is Ns (B.2.3) */
    if (marker[1] == JPEG_EOI) return 1;
    if (marker[1] == JPEG_SOI) return end - marker > MARKER && marker[MARKER] == 0xFF;
    if (marker[1] < JPEG_SOF0 || end - marker <= COUNT_AT) return 0;
    size_t length = (size_t)(marker[MARKER] << 8 | marker[MARKER + 1]);
    if (marker[1] == JPEG_SOS) return length == 6 + 2 * (size_t)marker[COUNT_AT]; /* Ls, table B.3 */
    return length >= LENGTH && length < (size_t)(end - marker) - MARKER && marker[MARKER + length] == 0xFF;
}

void jpeg_look_ahead(jpeg_restarts *r, const uint8_t *from) {
    int gone = 0;
    while (gone < r->count && r->found[gone] < from) gone++;
    r->count -= gone;
    for (int i = 0; i < r->count; i++) r->found[i] = r->found[i + gone];
    if (r->at < from) r->at = from;
    while (r->count < JPEG_AHEAD && r->stop == NULL) {
        const uint8_t *marker = jpeg_find_marker(r->at, r->end);
        if (marker == NULL)
            r->stop = r->end;
        else if (jpeg_restart_number(marker) >= 0)
            r->found[r->count++] = marker;
        else if (ends_data(marker, r->end))
            r->stop = marker;
        if (marker != NULL) r->at = marker + 2;
    }
}

int jpeg_find_number(const jpeg_restarts *r, int first, int number) {
    for (int i = first; i < r->count; i++)
        if (jpeg_restart_number(r->found[i]) == number) return i;
    return -1;
}

int jpeg_is_stray(jpeg *j, const uint8_t *marker) {
    int number = jpeg_restart_number(marker), due = j->bits.due;
    if (number < 0 || number == due) return number >= 0 && marker == j->bits.stray;
    if (due < 0) return 1;
    jpeg_look_ahead(&j->restarts, marker);
    return jpeg_find_number(&j->restarts, 1, due) >= 0;
}
