/* files.c - reading files, printing names, saying what is wrong with them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli.h"

/* Read exactly size bytes and make sure that there are no more. */
static const char *read_all(int file, uint8_t *bytes, size_t size) {
    size_t have = 0;
    uint8_t more;
    while (have < size) {
        ssize_t got = read(file, bytes + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return strerror(errno);
        if (got == 0) return "became shorter while it was read";
        have += (size_t)got;
    }
    return read(file, &more, 1) == 0 ? NULL : "became longer while it was read";
}

static const char *read_open(int file, size_t limit, uint8_t **bytes, size_t *size) {
    static char text[80];
    struct stat about;
    if (fstat(file, &about) != 0) return strerror(errno);
    if (S_ISDIR(about.st_mode)) return "is a folder";
    if (!S_ISREG(about.st_mode)) return "is no regular file";
    if ((uintmax_t)about.st_size > limit) {
        (void)snprintf(text, sizeof text, "has %ju bytes, more than %zu", (uintmax_t)about.st_size, limit);
        return text;
    }
    *size = (size_t)about.st_size;
    *bytes = malloc(*size > 0 ? *size : 1);
    if (!*bytes) return "does not fit into memory";
    const char *reason = read_all(file, *bytes, *size);
    if (!reason) return NULL;
    free(*bytes);
    *bytes = NULL;
    return reason;
}

const char *cli_read_file(const char *path, size_t limit, uint8_t **bytes, size_t *size) {
    *bytes = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us up */
    if (file < 0) return strerror(errno);
    const char *reason = read_open(file, limit, bytes, size);
    (void)close(file);
    return reason;
}

/* Length of the character at text that may go to a terminal as it is; 0: escape one byte. */
static size_t printable(const char *text, size_t left) {
    size_t length = utf8_length(text, left);
    unsigned char first = (unsigned char)text[0];
    int control = first < 0x20 || first == 0x7f || (first == 0xc2 && (unsigned char)text[1] < 0xa0);
    return control ? 0 : length;
}

int cli_print_text(FILE *to, const char *text) {
    size_t left = strlen(text);
    int width = 0;
    while (left > 0) {
        size_t length = printable(text, left);
        if (length == 0) {
            width += fprintf(to, "\\x%02x", (unsigned char)*text);
            length = 1;
        } else {
            (void)fwrite(text, 1, length, to);
            width++;
        }
        text += length;
        left -= length;
    }
    return width;
}

void cli_complain(const char *kind, const char *file, const char *reason) {
    (void)fflush(stdout);
    fprintf(stderr, "lentigo: %s", kind);
    cli_print_text(stderr, file);
    fprintf(stderr, ": ");
    cli_print_text(stderr, reason);
    fprintf(stderr, "\n");
}

const char *cli_reason(const lt_engine *engine, lt_status status) {
    const char *text = lt_error_text(engine);
    return *text ? text : lt_status_text(status);
}
