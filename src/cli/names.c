#include "names.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stop.h"

/* Bytes of names that are held; with `ahead` enough for some ten thousand. */
enum { HELD = 2 * PATH_MAX, HELD_AHEAD = 1 << 20 };

int names_start(names *n, const cli_files *files, int zero, int ahead) {
    size_t capacity = ahead ? HELD_AHEAD : HELD;
    *n = (names){.files = files, .zero = zero, .ahead = ahead, .capacity = capacity, .bytes = malloc(capacity)};
    return n->bytes != NULL;
}

void names_end(names *n) {
    free(n->bytes);
}

/* Read once, which may wait. Returns 0 where nothing came. */
static int fill(names *n) {
    if (n->start > 0) memmove(n->bytes, n->bytes + n->start, n->end - n->start);
    n->end -= n->start;
    n->start = 0;
    if (n->done || n->end == n->capacity) return 0;
    ssize_t got;
    do got = read(STDIN_FILENO, n->bytes + n->end, n->capacity - n->end);
    while (got < 0 && errno == EINTR && !stop_asked());
    if (got < 0 && errno == EINTR) return 0;
    if (got < 0) n->error = strerror(errno);
    if (got <= 0) n->done = 1;
    if (got > 0) n->end += (size_t)got;
    return got > 0;
}

/* The byte that ends the name at `from`, or NULL where it has not come yet. */
static const char *find_end(const names *n, size_t from) {
    for (size_t i = from; i < n->end; i++)
        if (n->bytes[i] == '\0' || (n->bytes[i] == '\n' && !n->zero)) return n->bytes + i;
    return NULL;
}

/* Go on behind the name that is at the start, however long it is. */
static void skip(names *n) {
    const char *end;
    while (!(end = find_end(n, n->start))) {
        n->start = n->end;
        if (!fill(n)) return;
    }
    n->start = (size_t)(end - n->bytes) + 1;
}

static names_step next_listed(names *n, char *name) {
    for (;;) {
        const char *end = find_end(n, n->start);
        size_t length = (end ? (size_t)(end - n->bytes) : n->end) - n->start;
        if (length >= PATH_MAX) {
            memcpy(name, n->bytes + n->start, PATH_MAX - 1);
            name[PATH_MAX - 1] = '\0';
            skip(n);
            return NAMES_LONG;
        }
        if (!end && !n->done) {
            if (!fill(n) && !n->done) return NAMES_END;
            continue;
        }
        if (!end && length == 0) return NAMES_END;
        memcpy(name, n->bytes + n->start, length);
        name[length] = '\0';
        n->start += length + (end != NULL);
        if (length > 0) return NAMES_ONE;
    }
}

names_step names_next(names *n, char *name) {
    while (n->at < n->files->count) {
        const char *argument = n->files->names[n->at];
        if (strcmp(argument, "-") == 0) {
            names_step step = next_listed(n, name);
            if (step != NAMES_END || !n->done) return step;
            n->at++;
            continue;
        }
        n->at++;
        size_t length = strlen(argument);
        memcpy(name, argument, length < PATH_MAX ? length : PATH_MAX - 1);
        name[length < PATH_MAX ? length : PATH_MAX - 1] = '\0';
        return length < PATH_MAX ? NAMES_ONE : NAMES_LONG;
    }
    return NAMES_END;
}

/* Those of standard input that have come. */
static size_t count_listed(names *n) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (n->ahead && !n->done && n->end - n->start < n->capacity && poll(&input, 1, 0) == 1)
        if (!fill(n)) break;
    size_t count = 0, at = n->start;
    for (const char *end; (end = find_end(n, at)); at = (size_t)(end - n->bytes) + 1) count += end > n->bytes + at;
    return count + (n->done && at < n->end); /* the last one may have nothing behind it */
}

size_t names_left(names *n, int *all) {
    size_t count = 0;
    int listed = 0;
    for (int i = n->at; i < n->files->count; i++) {
        int is_list = strcmp(n->files->names[i], "-") == 0;
        count += is_list ? 0 : 1;
        listed |= is_list;
    }
    if (listed) count += count_listed(n);
    *all = !listed || n->done;
    return count;
}
