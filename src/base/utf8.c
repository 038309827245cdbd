#include "utf8.h"

#include <stdint.h>

/* The forms of RFC 3629: by first byte, the length and the second byte's range; the rest are 80..bf. */
static const struct form {
    uint8_t first, last;   /* of the first byte */
    uint8_t length;        /* of the character */
    uint8_t lowest, highest; /* of the second byte */
} forms[] = {
    {0x00, 0x7f, 1, 0x00, 0x00}, {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static int continues(const uint8_t *text, size_t size, const struct form *form) {
    if (form->length > size) return 0;
    if (form->length == 1) return 1;
    if (text[1] < form->lowest || text[1] > form->highest) return 0;
    for (size_t i = 2; i < form->length; i++)
        if (text[i] < 0x80 || text[i] > 0xbf) return 0;
    return 1;
}

size_t utf8_length(const char *text, size_t size) {
    const uint8_t *bytes = (const uint8_t *)text;
    if (size == 0) return 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (bytes[0] >= forms[i].first && bytes[0] <= forms[i].last)
            return continues(bytes, size, &forms[i]) ? forms[i].length : 0;
    return 0;
}

size_t utf8_check(const char *text, size_t size) {
    size_t at = 0;
    while (at < size) {
        size_t length = utf8_length(text + at, size - at);
        if (length == 0) break;
        at += length;
    }
    return at;
}
